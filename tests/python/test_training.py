"""What training and its gate count with: publishers and their folds, figures, dresses, floors. Where the shared data is there,
the same numbers as its scorers give."""

from __future__ import annotations

import importlib.util
import itertools
import json
import sys

import pytest
from conftest import GOLDENS, ROOT, shared
from copydesk import LABELS, _core, clean

sys.path.insert(0, str(ROOT / "training"))

import crossval  # noqa: E402
import documents  # noqa: E402
import figures  # noqa: E402
import publishers  # noqa: E402
import robust  # noqa: E402


def theirs(name):
    """A scorer that stands beside the shared data."""
    spec = importlib.util.spec_from_file_location(f"shared_{name}", shared() / "eval" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def labelled(name):
    with open(shared() / "data" / "lines" / f"{name}.jsonl", encoding="utf-8") as file:
        return [json.loads(row) for row in file]


@pytest.mark.parametrize(
    "name",
    [
        "harbourpost",
        "The Harbour Post",
        "https://www.harbour-post.co.uk/news/2016/a.html",
        "m.harbourpost.com",
        "edition.harbourpost.com.au",
        "uk/HarbourPost",
        "harbourpost.com_20160504.html.gz",
        "harbourpost.blogspot.com",
        "harbourpostcom",
        "harbourposthtml",
    ],
)
def test_a_publisher_has_one_key(name):
    assert publishers.key(name) == "harbourpost"
    assert publishers.fold(name) == publishers.fold("harbourpost")


def test_keys_of_little():
    short = {"": "", ".": "", "www.": "", "The": "the", "theweek": "week", "thew": "thew", "net": "net", "x.com": "x"}
    assert {name: publishers.key(name) for name in short} == short
    assert {publishers.fold(f"paper {number}") for number in range(100)} == set(range(5))


def test_publishers_are_those_of_the_shared_data():
    scorer = theirs("publisher")
    names = set()
    for file in ("dev", "dev.pages", "silver", "corpus"):
        for doc in labelled(file):
            names |= {doc[key] for key in ("publisher_key", "source", "url", "id") if doc.get(key)}
    assert len(names) > 3000
    ours = {name: (publishers.key(name), publishers.fold(name)) for name in names}
    assert ours == {name: (scorer.canonical(name), scorer.fold(name)) for name in names}


def guessed(docs):
    """Guesses of which every third line or so is wrong, and every seventh decision."""
    out, number = {}, 0
    for doc in docs:
        out[doc["id"]] = []
        for label in doc["labels"]:
            number += 1
            said = LABELS[number % len(LABELS)] if number % 3 == 0 else label
            out[doc["id"]].append((said, (said in ("body", "heading")) != (number % 7 == 0)))
    return out


def test_figures_by_hand():
    doc = {"id": "a", "lang": "en", "lines": ["a b c", "d", "e f", "g h"], "labels": ["body", "nav", "body", "embed"]}
    found = figures.score([doc], {"a": [("body", True), ("body", True), ("nav", False), ("ad", True)]})
    assert (found["word_f"], found["loss"], found["junk"]) == (6 / 9, 1 - 3 / 5, 1 - 3 / 4)
    assert found["labels"]["body"] == {"precision": 0.5, "recall": 0.5, "f": 0.5, "gold": 2}
    assert figures.line("ALL", found).startswith("ALL                      docs    1  word F 0.6667  loss 0.4000")
    for guesses, says in (([("body", True)], "document 0: 1 labels for 4 lines"), ([], "document 0: 0 labels for 4 lines")):
        with pytest.raises(ValueError, match=says):
            figures.score([doc], {"a": guesses})
    with pytest.raises(ValueError, match="guesses for 0 documents, of 1"):
        _core.line_figures([("en", ["a"], ["body"])], [])
    with pytest.raises(ValueError, match="bodi.*title, deck"):
        _core.line_figures([("en", ["a"], ["bodi"])], [[("body", True)]])


@pytest.mark.parametrize("file", ["dev", "dev.pages"])
def test_figures_are_those_of_the_shared_scorer(file):
    docs, scorer = labelled(file), theirs("score_lines")
    guesses = guessed(docs)
    ours, their = figures.score(docs, guesses), scorer.score(docs, guesses)
    assert 0.3 < ours["word_f"] < 0.99
    assert ours["labels"].keys() == their["labels"].keys()
    for label, of in their["labels"].items():
        assert ours["labels"][label] == pytest.approx(of, abs=1e-12), label
    rest = {key for key in their if key != "labels"}
    assert {key: ours[key] for key in rest} == pytest.approx({key: their[key] for key in rest}, abs=1e-12)
    assert figures.line("ALL", ours) == scorer.line("ALL", their)


def test_each_line_has_the_block_that_covers_most_of_it():
    lines = ["By Nora Quill", "", "The ferry left at noon, and nobody saw it come back. The harbour was closed.", "Share this"]
    document = clean("\n".join(lines))
    ends = list(itertools.accumulate(len(line) + 1 for line in lines))
    spans = [(end - 1 - len(line), end - 1) for line, end in zip(lines, ends, strict=True)]
    found = _core.line_blocks(document, [*spans, (900, 910)])
    assert [at if at is None else document.blocks[at].start for at in found] == [0, None, spans[2][0], spans[3][0], None]
    assert _core.line_blocks(document, []) == []


def test_dresses_are_those_of_the_shared_scorer():
    scorer = theirs("score_dress")
    docs = labelled("dev")[::25]
    assert len(docs) > 30
    for doc in docs:
        left = scorer.extracted(doc)
        want = [(name, *make()) for name, make in scorer.dresses(doc)]
        want += [(f"extracted {name}", *make()) for name, make in scorer.dresses(left) if name in ("lines", "one_line")]
        made = [(name, *make()) for name, make in robust.line_ends(doc)]
        mine = robust.extracted(doc)
        made += [(f"extracted {name}", *make()) for name, make in robust.line_ends(mine) if name in ("lines", "one_line")]
        assert [(name, text.rstrip("\n"), spans) for name, text, spans in made] == [
            (name, text.rstrip("\n"), spans) for name, text, spans in want
        ], doc["id"]
        for _, text, _ in made:
            assert [word.span() for word in robust.WORD.finditer(text)] == [word.span() for word in scorer.words(text)]


def test_goldens_are_read_as_they_are_labelled():
    known = {golden.name: golden for golden in GOLDENS}
    goldens = documents.goldens()
    assert len(goldens) >= 40 and all(set(doc["labels"]) <= set(LABELS) for doc in goldens)
    for doc in goldens:
        golden = known[doc["id"]]
        assert doc["lang"] == golden.lang and len(doc["lines"]) == len(golden.lines) == len(doc["labels"])
        for line, (_, _, first) in zip(doc["lines"], golden.lines, strict=True):
            assert line.startswith(first)


def test_floors_rise_by_themselves_and_fall_with_a_reason(tmp_path):
    path = tmp_path / "floors.json"
    made = {"fast: mine: word F": 0.9, "fast: mine: body": 0.8}
    crossval.write_floors(path, None, floors=crossval.below(made))
    floors = json.loads(path.read_text())["floors"]
    assert floors == {"fast: mine: word F": 0.896, "fast: mine: body": 0.77}
    assert crossval.under(floors, made) == []
    assert crossval.under(floors, {**made, "fast: mine: body": 0.76}) == ["fast: mine: body is 0.7600, its floor 0.7700"]
    assert crossval.under(floors, {"fast: mine: body": 0.8}) == ["fast: mine: word F is 0.0000, its floor 0.8960"]
    worse = crossval.below({**made, "fast: mine: body": 0.7})
    with pytest.raises(SystemExit, match="would fall.*--reason"):
        crossval.write_floors(path, None, floors=worse)
    crossval.write_floors(path, "another way to count", floors=worse)
    written = json.loads(path.read_text())
    assert written["floors"] == worse
    assert written["lowered"] == [{"reason": "another way to count", "floors": {"fast: mine: body": [0.77, 0.67]}}]


def test_the_shipped_models_are_of_the_family_that_the_gate_measures(tmp_path, monkeypatch):
    kept = crossval.gate_models(tmp_path)
    assert crossval.strangers(kept) == []
    for file in (ROOT / "model").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    odd = tmp_path / "default.model"
    other = odd.read_bytes().replace(b'"balanced": 0.45', b'"balanced": 0.55', 1)
    odd.write_bytes(other.replace(_core.SCHEMA.encode(), b"0" * 16, 1))
    monkeypatch.setattr(crossval, "MODEL", tmp_path)
    wrong = "\n".join(crossval.strangers(kept | {"fast": ROOT / "model" / "fast.model"}))
    assert "default.model: thresholds is" in wrong and "the table of evidence 0000000000000000" in wrong
    assert "fast.model" not in wrong
