"""copydesk.dolma: attributes beside documents."""

from __future__ import annotations

import doctest
import importlib
import itertools
import json
import re

import copydesk
import pytest
from conftest import ARTICLE, GOLDENS, ODD
from copydesk import dolma

DOCUMENTS = [{"id": str(number), "text": text, "source": "orla"} for number, text in enumerate([ARTICLE, *ODD.values()])]


def test_spans_are_those_of_the_blocks():
    records = list(dolma.attributes(DOCUMENTS))
    for document, record, cleaned in zip(DOCUMENTS, records, copydesk.clean_many([one["text"] for one in DOCUMENTS]), strict=True):
        assert set(record) == {"id", "attributes"} and record["id"] == document["id"]
        spans = sorted(
            (start, end, score, name) for name, found in record["attributes"].items() for start, end, score in found
        )
        assert spans == [(block.start, block.end, block.score, f"copydesk__{block.label}") for block in cleaned.blocks]
        for found in record["attributes"].values():
            assert found == sorted(found)
        assert json.loads(json.dumps(record)) == record


@pytest.mark.parametrize("golden", GOLDENS[:20], ids=lambda golden: golden.name)
def test_characters_are_code_points(golden):
    """Between the spans there is nothing but white space and what stands for line ends."""
    text = "👩‍👩‍👧 東京 " + golden.text
    (record,) = dolma.attributes([{"id": "a", "text": text}])
    left = list(text)
    for start, end, _ in itertools.chain.from_iterable(record["attributes"].values()):
        assert 0 <= start < end <= len(text)
        left[start:end] = " " * (end - start)
    rest = re.sub(r"<[^<>]+>|\\n", " ", "".join(left))
    assert not rest.strip(), rest


def test_lines_of_both_files_stay_side_by_side():
    given = [{"id": 1, "text": None}, {"id": 2}, {"id": 3, "text": ""}, {"id": 4, "text": "Share this"}]
    records = list(dolma.attributes(given))
    assert [record["id"] for record in records] == [1, 2, 3, 4]
    assert [bool(record["attributes"]) for record in records] == [False, False, False, True]
    assert list(dolma.attributes([])) == []


def test_documents_may_be_endless():
    endless = dolma.attributes({"id": number, "text": "Share this"} for number in itertools.count())
    assert [record["id"] for record in itertools.islice(endless, 2000)] == list(range(2000))


def test_names_begin_with_the_prefix():
    (record,) = dolma.attributes([{"id": "a", "text": "Share this article"}], prefix="news__copydesk")
    assert list(record["attributes"]) == ["news__copydesk__share"]


def test_threads_change_nothing():
    assert list(dolma.attributes(DOCUMENTS * 20, threads=4)) == list(dolma.attributes(DOCUMENTS * 20))


def test_what_is_refused():
    with pytest.raises(copydesk.ConfigError, match="document 1 has no id"):
        list(dolma.attributes([{"id": 1, "text": "a"}, {"text": "b"}]))
    with pytest.raises(TypeError):
        list(dolma.attributes([{"id": 1, "text": 3}]))
    records = list(dolma.attributes([{"id": 1, "text": 3}, {"id": 2, "text": "Share this"}], on_error="null"))
    assert [len(record["attributes"]) for record in records] == [0, 1]


def test_its_examples_run():
    found = doctest.testmod(importlib.import_module("copydesk.dolma"))
    assert found.attempted >= 3 and not found.failed
