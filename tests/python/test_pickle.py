"""Pickle, copy and hash of every class."""

from __future__ import annotations

import copy
import pickle

import copydesk
import pytest
from conftest import ARTICLE, GOLDENS


def objects() -> dict[str, object]:
    document = copydesk.clean(ARTICLE)
    normalized = copydesk.Normalizer(surrogates=False).normalize("a\ud800 &amp; \ufb01")
    found = {
        "cleaner": copydesk.Cleaner(),
        "cleaner with options": copydesk.Cleaner(
            keep=["title", "body"],
            balance="drop_junk",
            dateline="strip",
            inline="strip",
            separator="\n",
            markup="keep",
            normalizer=copydesk.Normalizer(form="NFKC"),
        ),
        "normalizer": copydesk.Normalizer(),
        "normalizer with options": copydesk.Normalizer(quotes="curly", marks=None, spaces=False, bidi="strip"),
        "document": document,
        "document of bytes": copydesk.clean(ARTICLE.encode("utf-16")),
        "empty document": copydesk.clean(""),
        "normalized": normalized,
        "change": normalized.changes[0],
        "byline": copydesk.parse_byline("BY NORA QUILL, editor, n@orla.example"),
        "timestamp": copydesk.parse_timestamps("4 May 2016 09:30")[0],
        "caption": copydesk.parse_caption("A ferry waits. (AFP)"),
        "dateline": copydesk.parse_dateline("PARIS, May 4 (Reuters) - It rained.", published="2016-05-04"),
    }
    for golden in GOLDENS:
        one = copydesk.clean(golden.text)
        for part in (*one.blocks, one.byline, one.published, one.updated, one.dateline, *one.captions):
            if part is not None:
                found[type(part).__name__] = part
                for inner in (
                    *getattr(part, "evidence", ()),
                    *getattr(part, "inline", ()),
                    *getattr(part, "people", ()),
                    *getattr(part, "places", ()),
                ):
                    found[type(inner).__name__] = inner
                if getattr(part, "date", None) is not None:
                    found["PartialDate"] = part.date
    return found


OBJECTS = objects()


@pytest.mark.parametrize("it", OBJECTS.values(), ids=OBJECTS)
def test_pickle_and_copy(it):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        state = pickle.dumps(it, protocol)
        again = pickle.loads(state)
        assert type(again) is type(it) and again == it and hash(again) == hash(it) and repr(again) == repr(it)
        assert pickle.dumps(again, protocol) == state == pickle.dumps(pickle.loads(state), protocol)
    assert copy.copy(it) == it == copy.deepcopy(it)
    assert it != object()


def test_a_restored_document_is_the_same():
    document = copydesk.clean(ARTICLE)
    again = pickle.loads(pickle.dumps(document))
    assert again.to_json() == document.to_json()
    assert [again.source_span(i, i + 1) for i in range(len(again.text))] == [
        document.source_span(i, i + 1) for i in range(len(document.text))
    ]


def test_blocks_share_their_document():
    document = copydesk.clean(ARTICLE)
    assert len(pickle.dumps(document.blocks)) < 2 * len(pickle.dumps(document))


def test_a_restored_cleaner_answers_the_same():
    for name in ("cleaner", "cleaner with options"):
        cleaner = OBJECTS[name]
        assert pickle.loads(pickle.dumps(cleaner)).clean(ARTICLE) == cleaner.clean(ARTICLE)


def test_equality_sees_differences():
    one, two = copydesk.clean("One line."), copydesk.clean("Two lines.")
    assert one != two and one.blocks != two.blocks and one.blocks[0] == copydesk.clean("One line.").blocks[0]
    assert copydesk.Cleaner() != copydesk.Cleaner(balance="drop_junk")
    assert copydesk.Normalizer() != copydesk.Normalizer(marks=3)


def test_errors_can_be_pickled():
    for call in (
        lambda: copydesk.Cleaner(balance="x"),
        lambda: copydesk.Cleaner(model="/does/not/exist"),
        lambda: copydesk.Cleaner().clean_many([1]),
    ):
        with pytest.raises(Exception) as caught:
            call()
        again = pickle.loads(pickle.dumps(caught.value))
        assert type(again) is type(caught.value) and str(again) == str(caught.value)


def test_a_foreign_state_is_refused():
    from copydesk import _core

    with pytest.raises(copydesk.FormatError, match="another version"):
        _core._restore("Document", b"{}")
    with pytest.raises(TypeError, match="Poem"):
        _core._restore("Poem", b"{}")
    with pytest.raises(IndexError):
        _core._block(copydesk.clean("one"), 1)
