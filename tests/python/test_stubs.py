"""The stubs say what is there, and their examples run."""

from __future__ import annotations

import ast
import doctest
import subprocess
import sys

import copydesk
import pytest
from conftest import ROOT, needs

STUB = ROOT / "python" / "copydesk" / "_core.pyi"


@pytest.mark.parametrize(
    "check",
    [["mypy.stubtest", "copydesk", "--mypy-config-file", "pyproject.toml"], ["mypy", "--strict", "-p", "copydesk"]],
    ids=["stubtest", "mypy"],
)
def test_mypy(check):
    needs("mypy")
    done = subprocess.run([sys.executable, "-m", *check], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def docstrings() -> dict[str, str]:
    found = {}
    nodes = [("", ast.parse(STUB.read_text(encoding="utf-8")))]
    for name, node in nodes:
        before = name
        for child in getattr(node, "body", ()):
            if isinstance(child, (ast.ClassDef, ast.FunctionDef)):
                before = f"{name}.{child.name}".strip(".")
                nodes.append((before, child))
            elif isinstance(child, ast.AnnAssign) and isinstance(child.target, ast.Name):
                before = child.target.id
            elif (
                isinstance(child, ast.Expr)
                and isinstance(child.value, ast.Constant)
                and isinstance(child.value.value, str)
            ):
                found[before or "module"] = child.value.value
    return found


EXAMPLES = {name: text for name, text in {**docstrings(), "copydesk": copydesk.__doc__ or ""}.items() if ">>>" in text}


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name):
    test = doctest.DocTestParser().get_doctest(EXAMPLES[name], {}, name, str(STUB), 0)
    report: list[str] = []
    failed = doctest.DocTestRunner().run(test, out=report.append).failed
    assert not failed, "".join(report)
