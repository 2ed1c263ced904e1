"""What all adapters have in common: nobody pays for them who does not use them, and they say what they need."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
import subprocess
import sys

import pytest
from conftest import ROOT, needs

#: The adapters to frames, with what each needs.
FRAMES = {
    "datasets": ("datasets", "pyarrow"),
    "duckdb": ("duckdb", "pyarrow"),
    "pandas": ("pandas", "pyarrow"),
    "polars": ("polars",),
}
#: All of them.
ADAPTERS = {**FRAMES, "datatrove": ("datatrove",), "ray": ("ray",), "spark": ("pyspark", "pyarrow")}
#: What asks for the library, where importing the adapter does not.
USES = {"ray": "copydesk.ray.Clean()", "spark": "copydesk.spark.clean(None)"}


def run(program: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_importing_copydesk_imports_no_library():
    before = "import sys; before = set(sys.modules); import copydesk; "
    done = run(before + "print(sorted(name for name in set(sys.modules) - before))")
    assert done.returncode == 0, done.stderr
    loaded = set(re.findall(r"'([\w.]+)'", done.stdout))
    assert "copydesk._core" in loaded
    assert not {name for name in loaded if name.split(".")[0] in {"numpy", *sum(ADAPTERS.values(), ())}}
    assert {name for name in loaded if name.startswith("copydesk.")} == {"copydesk._core", "copydesk._errors"}


@pytest.mark.parametrize(("adapter", "library"), [(name, one) for name, all in ADAPTERS.items() for one in all])
def test_what_is_missing_is_named_with_its_extra(adapter, library):
    """Whether it is installed or not: it is hidden."""
    done = run(f"import sys; sys.modules[{library!r}] = None; import copydesk.{adapter}; {USES.get(adapter, '')}")
    assert done.returncode != 0
    assert f"ImportError: copydesk.{adapter} needs" in done.stderr
    assert f"pip install 'copydesk[{adapter}]'" in done.stderr and library in done.stderr


def test_every_adapter_has_an_extra():
    extras = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[project.optional-dependencies]")[2]
    for adapter, libraries in ADAPTERS.items():
        row = re.search(rf"^{adapter} = \[(.+)\](?: +#.*)?$", extras, flags=re.M)
        assert row, f"pyproject.toml has no extra {adapter}"
        named = re.findall(r'"([\w-]+)(?:\[\w+\])?>=[\d.]+"', row[1])
        assert set(named) >= set(libraries), f"{adapter}: {named}, each with its lowest version"


@pytest.mark.parametrize("adapter", FRAMES)
def test_its_examples_run_and_all_it_has_is_explained(adapter):
    for library in ADAPTERS[adapter]:
        needs(library)
    module = importlib.import_module(f"copydesk.{adapter}")
    found = [test for test in doctest.DocTestFinder(exclude_empty=False).find(module)]
    runner = doctest.DocTestRunner()
    for test in found:
        report: list[str] = []
        assert not runner.run(test, out=report.append).failed, "".join(report)
    assert runner.tries >= 3
    for name in module.__all__:
        public = getattr(module, name)
        if not inspect.isclass(public) and not inspect.isfunction(public):
            continue
        assert inspect.getdoc(public), name
        for member, it in vars(public).items() if inspect.isclass(public) else ():
            if inspect.isfunction(it) and not member.startswith("_"):
                assert inspect.getdoc(it), f"{name}.{member}"
                inspect.signature(it)
