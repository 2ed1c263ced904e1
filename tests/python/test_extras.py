"""Libraries that come with an extra are imported by who asks for them, and an extra that is missing is named."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIBRARIES = ("datatrove", "numpy", "pandas", "pyarrow", "pyspark", "ray")


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_copydesk_imports_none_of_them():
    assert run(f"import copydesk, sys; print([name for name in {LIBRARIES} if name in sys.modules])") == "[]"


@pytest.mark.parametrize(
    ("library", "extra", "use"),
    [
        ("pyspark", "spark", "import copydesk.spark; copydesk.spark.clean(None)"),
        ("ray", "ray", "import copydesk.ray; copydesk.ray.Clean()"),
        ("datatrove", "datatrove", "import copydesk.datatrove"),
    ],
)
def test_an_extra_that_is_missing_is_named(library, extra, use):
    program = f"import sys\nsys.modules[{library!r}] = None\ntry:\n    {use}\nexcept ImportError as error:\n    print(error)"
    assert run(program).endswith(f"pip install 'copydesk[{extra}]'")
