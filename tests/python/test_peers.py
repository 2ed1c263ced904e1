"""benches/peers/run.py, on what is installed here and a document or two: the tables have their shape, and the picture is one."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from conftest import ROOT

sys.path[:0] = [str(ROOT / "benches"), str(ROOT / "benches" / "peers")]

import tools  # noqa: E402
import written  # noqa: E402

MARKS = "Before.\n\n<!-- peers: made by a command -->\nold\n<!-- /peers -->\n\nAfter.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    (folder / written.PAGE).write_text(MARKS, encoding="utf-8")
    run = [sys.executable, str(ROOT / "benches" / "peers" / "run.py"), "--here", "--sample", "2", "--rounds", "1", "--docs", str(folder)]
    run += ["--texts", str(ROOT / "nowhere"), "--pages", str(ROOT / "tests" / "pages")]
    printed = subprocess.run(run, check=True, capture_output=True, encoding="utf-8", env={"PYTHONUTF8": "1", "PATH": ""}).stdout
    return folder, printed


def test_every_tool_has_a_row_with_figures_or_the_reason(made):
    _, printed = made
    table = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in printed.splitlines() if line.startswith("| ")]
    table = [row for row in table if row[0] and row[0] != "---"]
    assert [row[0] for row in table] == [tool.name for tool in tools.TEXTS + tools.PAGES]
    assert all(len(row) == 4 and row[3] for row in table)
    speeds = {(at < len(tools.TEXTS), row[0]): row[1] for at, row in enumerate(table)}
    for known, is_text in ((tools.TEXTS, True), (tools.PAGES, False)):
        for tool in known:
            if tool.ours:
                assert float(speeds[is_text, tool.name].replace(",", "")) > 0
    # ftfy is installed for other tests, and with it the recipe can be run; the base is as fast as itself.
    assert table[len(tools.TEXTS) - 1][2] == "1 (1–1)"


def test_the_picture_is_well_formed_and_has_a_bar_for_each_tool_that_ran(made):
    folder, printed = made
    picture = ET.parse(folder / "performance-peers.svg").getroot()
    bars = picture.findall("{http://www.w3.org/2000/svg}rect")
    left_out = printed.count("| left out |")
    assert len(bars) == len(tools.TEXTS + tools.PAGES) - left_out
    assert all(float(bar.get("width", 0)) > 0 for bar in bars)


def test_the_page_gets_what_was_printed_between_its_marks(made):
    folder, printed = made
    before, after = MARKS.split("old\n")
    assert (folder / written.PAGE).read_text(encoding="utf-8") == before + printed.strip() + "\n" + after


def test_a_page_without_marks_is_refused(tmp_path):
    (tmp_path / written.PAGE).write_text("nothing\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has no <!-- peers"):
        written.write(tmp_path, "peers", "text")
