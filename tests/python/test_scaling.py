"""docs/scaling.md: its tables are what its arithmetic gives."""

from __future__ import annotations

import re

from conftest import ROOT

PAGE = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")


def test_the_tables_follow_from_the_figures():
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.S)
    names: dict[str, object] = {}
    exec(compile(program, "docs/scaling.md", "exec"), names)
    rows = re.findall(r"^\| from (.+?) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", PAGE, flags=re.M)
    wanted = [names["from_pages"], names["from_texts"], names["slowest"]]
    assert [tuple(map(float, row[1:])) for row in rows] == [tuple(map(float, row)) for row in wanted]
    assert f"{names['read']:.0f} TB to be read" in PAGE
    for name, value in re.findall(r"^\| `(\w+)` \| ([\d.,]+)", PAGE, flags=re.M):
        assert float(value.replace(",", "")) == names[name], name


def test_lines_are_short():
    assert max(map(len, PAGE.splitlines())) <= 150, [line for line in PAGE.splitlines() if len(line) > 150]
