"""The cases of tests/repair, through Python and the command line."""

from __future__ import annotations

import json
import subprocess
import sys

import copydesk
import pytest
from conftest import ROOT

#: The step `encoding` alone, with which encoding.jsonl runs.
ENCODING_ONLY = {
    **dict.fromkeys(("entities", "control", "terminal_escapes", "surrogates", "line_breaks", "spaces"), False),
    **dict.fromkeys(("zero_width", "ligatures", "widths", "soft_hyphens", "dehyphenate"), False),
    **{"bidi": "keep", "marks": None, "form": "none"},
}
CASES = [
    {**({"options": ENCODING_ONLY} if path.stem == "encoding" else {}), **json.loads(line)}
    for path in sorted((ROOT / "tests" / "repair").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").split("\n")
    if line
]


def test_there_are_cases():
    assert len(CASES) >= 300


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    normalizer = copydesk.Normalizer(**case.get("options", {}))
    repaired = normalizer.normalize(case["text"]).text
    assert (repaired == case["want"]) == ("known" not in case), (repaired, case.get("known"))
    assert normalizer.normalize(repaired).text == repaired
    if "options" not in case:
        assert copydesk.normalize(case["text"]) == repaired


def test_command(tmp_path):
    cases = [case for case in CASES if "options" not in case and "known" not in case]
    assert len(cases) >= 50
    wanted, paths = [], []
    for i, case in enumerate(cases):
        path = tmp_path / f"{i}.txt"
        path.write_text(case["text"], encoding="utf-8", newline="")
        paths.append(str(path))
        wanted.append(case["want"])
    done = subprocess.run([sys.executable, "-m", "copydesk", "normalize", *paths], capture_output=True, check=True)
    assert done.stdout.decode("utf-8") == "".join(wanted)


def test_tags_made_entities_are_taken_out_of_blocks():
    text = "The harbour &lt;b&gt;reopens&lt;/b&gt; &amp; the ferry sails &lt; 10 knots"
    for markup, want in {
        "strip": "The harbour reopens & the ferry sails < 10 knots",
        "keep": "The harbour <b>reopens</b> & the ferry sails < 10 knots",
    }.items():
        [block] = copydesk.Cleaner(markup=markup).clean(text).blocks
        assert block.text == want
