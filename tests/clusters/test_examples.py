"""The examples run, and print what they are about."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import ROOT, java, needs


@pytest.mark.parametrize(
    ("name", "library", "says"),
    [
        ("spark_job", "pyspark", "The last gas lamp of the old harbour went out"),
        ("ray_data", "ray.data", "The last gas lamp of the old harbour went out"),
        ("datatrove_pipeline", "datatrove", "menu: no_story"),
    ],
)
def test_example(name, library, says):
    needs(library)
    if name == "spark_job":
        java()
    command = [sys.executable, str(ROOT / "examples" / f"{name}.py")]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert says in done.stdout
    assert "SHARE THIS ARTICLE" not in done.stdout.partition("Dropped:")[0]
