"""The labelled lines of tests/fields through Python and the command line; tests/it/fields.rs has them in Rust."""

from __future__ import annotations

import collections
import json
import math
import pickle
import subprocess
import sys
from typing import Any

import copydesk
import pytest
from conftest import ARTICLE, ODD, ROOT

#: What reads a file's lines: the kind of `copydesk parse`, the function, and the names of its keywords.
READERS: dict[str, tuple[str, Any, tuple[str, ...]]] = {
    "bylines": ("byline", copydesk.parse_byline, ("lang",)),
    "captions": ("caption", copydesk.parse_caption, ("lang",)),
    "datelines": ("dateline", copydesk.parse_dateline, ("lang", "published")),
    "timestamps": ("timestamp", copydesk.parse_timestamps, ("lang", "published", "now")),
}
KEYS = {"name", "kind", "lang", "text", "published", "now", "want", "known"}


def read_cases(file: str) -> list[dict[str, Any]]:
    path = ROOT / "tests" / "fields" / f"{file}.jsonl"
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(cases) >= 40, f"{file} has {len(cases)} cases"
    names = [case["name"] for case in cases]
    assert len(set(names)) == len(names), f"{file}: {[n for n, c in collections.Counter(names).items() if c > 1]} twice"
    for case in cases:
        assert case.keys() <= KEYS, f"{case['name']}: {case.keys() - KEYS} are not known"
        assert case["kind"] in {"wild", "synthetic", "negative"}, case["name"]
    return cases


CASES = {file: read_cases(file) for file in READERS}
PARAMS = [
    pytest.param(file, case, id=f"{file}-{case['name']}", marks=[pytest.mark.xfail(strict=True)] if "known" in case else [])
    for file, cases in CASES.items()
    for case in cases
]


def plain(it: Any, want: Any) -> Any:
    """The object as plain values, as deep as `want` goes. A key of `want` that it has not is an error."""
    if isinstance(want, dict):
        found = {}
        for key in want:
            value = it.get(key) if isinstance(it, dict) else getattr(it, key)
            found[key] = value.isoformat() if hasattr(value, "isoformat") else plain(value, want[key])
        return found
    if isinstance(want, list) and isinstance(it, list) and len(want) == len(it):
        return [plain(one, other) for one, other in zip(it, want, strict=True)]
    return it


def wrapped(file: str, found: Any) -> Any:
    """What is compared with `want`: a list of times under a key, and of sides of captions their names."""
    if file == "timestamps":
        return {"times": found} if found else None
    if file == "captions":
        keys = ("text", "credit", "credits", "kind", "sides")
        made = {key: found[key] if isinstance(found, dict) else getattr(found, key) for key in keys}
        made["sides"] = [side["side"] if isinstance(side, dict) else side.side for side in made["sides"]]
        return made
    return found


@pytest.mark.parametrize(("file", "case"), PARAMS)
def test_python(file, case):
    _, read, keywords = READERS[file]
    found = read(case["text"], **{key: case[key] for key in keywords if key in case})
    for it in [*getattr(found, "people", ()), *(found if isinstance(found, list) else [])]:
        written = it.name if hasattr(it, "name") else it.text
        assert case["text"][it.start : it.end] == written
    assert plain(wrapped(file, found), case["want"]) == case["want"]


@pytest.mark.parametrize("file", READERS)
def test_command(file):
    """One process for all lines that are read with the same options; a text of several lines is an argument."""
    kind, _, keywords = READERS[file]
    groups = collections.defaultdict(list)
    for case in CASES[file]:
        if "known" not in case:
            options = tuple(f"--{key}={case[key]}" for key in keywords if case.get(key) is not None)
            groups[options, case["text"] if "\n" in case["text"] else "-"].append(case)
    for (options, text), cases in groups.items():
        lines = "".join(case["text"] + "\n" for case in cases) if text == "-" else ""
        command = [sys.executable, "-m", "copydesk", "parse", kind, *options, "--", text]
        run = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
        found = [json.loads(line) for line in run.stdout.decode().splitlines()]
        assert len(found) == len(cases)
        for case, it in zip(cases, found, strict=True):
            assert plain(wrapped(file, it), case["want"]) == case["want"], case["name"]


@pytest.mark.parametrize("text", [ARTICLE, *ODD.values()], ids=["article", *ODD])
@pytest.mark.parametrize("how", [str, "utf-8", "utf-16"])
def test_positions_in_documents(text, how):
    given = text if how is str else text.encode(how, "surrogatepass")
    document = copydesk.clean(given)
    times = [time for time in (document.published, document.updated) if time]
    people = document.byline.people if document.byline else []
    if text == ARTICLE:
        assert (len(times), len(people)) == (1, 1)
    for it, written in [*((time, time.text) for time in times), *((person, person.name) for person in people)]:
        stretch = given[it.start : it.end]
        assert (stretch if isinstance(stretch, str) else stretch.decode(how.replace("utf-16", "utf-16-le"))) == written


def test_positions_after_other_characters():
    text = "😀 Ferry strike\n\nVon Zoë Müller, Piet Solberg\n\nVeröffentlicht am 4. März 2016, 9:30 Uhr\n\n"
    text += "Die Fähren blieben gestern im Hafen, weil die Mannschaften mehr Lohn verlangten, sagte der Kapitän.\n"
    document = copydesk.clean(text, lang="de")
    assert document.byline is not None and document.published is not None
    assert [text[p.start : p.end] for p in document.byline.people] == ["Zoë Müller", "Piet Solberg"]
    assert text[document.byline.start : document.byline.end] == "Von Zoë Müller, Piet Solberg"
    assert text[document.published.start : document.published.end] == "4. März 2016, 9:30 Uhr"
    raw = document.to_dict()
    assert raw["byline"]["people"][0]["start"] == document.byline.people[0].start
    assert raw["published"]["iso"] == "2016-03-04T09:30"


def test_wrong_use():
    for call, says in (
        (lambda: copydesk.parse_timestamps("x", now="2016-05-04"), "2016-05-04.*2016-02-04T09:30"),
        (lambda: copydesk.parse_timestamps("x", published="soon"), "soon"),
    ):
        with pytest.raises(copydesk.ConfigError, match=says):
            call()
    for call in (copydesk.parse_byline, copydesk.parse_caption, copydesk.parse_timestamps):
        with pytest.raises(TypeError):
            call(b"x")


def test_a_dateline_says_what_decided():
    found = copydesk.parse_dateline("PARIS, May 4 (Reuters) - It rained all day.")
    assert found is not None
    names = [clue.name for clue in found.evidence]
    assert {"bias", "known_agency", "capitals", "dash"} <= set(names)
    assert all(clue.detail and clue.over is None for clue in found.evidence)
    weights = [abs(clue.weight) for clue in found.evidence]
    assert weights == sorted(weights, reverse=True)
    assert found.score == pytest.approx(1 / (1 + math.exp(-sum(clue.weight for clue in found.evidence))), abs=1e-3)
    assert pickle.loads(pickle.dumps(found)).evidence == found.evidence
    document = copydesk.clean(ARTICLE)
    assert document.dateline is not None
    clues = [clue.name for clue in document.dateline.evidence if clue.name != "bias"]
    assert sorted(document.to_dict()["dateline"]["clues"]) == sorted(clues)
