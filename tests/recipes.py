"""The recipes of docs/data.md, by the section that shows them, and how one is run."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

from skips import ROOT

PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in PAGE.split("\n## ")[1:]}
RECIPES = {name: "\n".join(re.findall(r"```python\n(.*?)```", part, flags=re.S)) for name, part in SECTIONS.items() if "```python" in part}

#: Sections whose libraries tests/clusters/requirements.txt lists: `make test-clusters` runs them.
CLUSTERS = ("Spark", "Ray Data", "datatrove")


def run(name: str, folder: pathlib.Path) -> None:
    """Runs a recipe in a process of its own."""
    script = folder / "recipe.py"
    script.write_text(RECIPES[name], encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
