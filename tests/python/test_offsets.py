"""Positions: code points of a str, bytes of bytes; blocks and white space rebuild the input."""

from __future__ import annotations

import re

import copydesk
import pytest
from conftest import ARTICLE, GOLDENS, ODD
from hypothesis import given, settings
from hypothesis import strategies as st


#: Line ends that are written out: tags of blocks, two characters, bars, what stands between the strings of a printed list.
WRITTEN = re.compile(r"<[^>]*>|&lt;.*?&gt;|\\+[nrt]|\[(?:SEP|sep|PAR|NEWLINE)\]|[\[\]'\",|*\u00b6\u00a6\u00b7\u2022\uff5c\u2424\u25cf\u25aa\u25a0]", re.DOTALL)


#: What lies between blocks.
def is_white(gap: str) -> bool:
    gap = WRITTEN.sub("", gap)
    return not gap.strip() or all(c.isspace() or c in "\x00\u200b\ufeff\u2060\u200e\u200f\u00ad" for c in gap)


def check(text: str, document: copydesk.Document) -> None:
    at = 0
    for block in document.blocks:
        assert at <= block.start <= block.end <= len(text)
        assert is_white(text[at : block.start]), ascii(text[at : block.start])
        at = block.end
        for inline in block.inline:
            assert block.start <= inline.start <= inline.end <= block.end
    assert is_white(text[at:])
    assert document.removed == [block for block in document.blocks if not block.kept]
    assert all(block.label in copydesk.LABELS for block in document.blocks)


def check_sources(text: str, document: copydesk.Document) -> None:
    """Every character that was not repaired is found where it came from; spans are in order."""
    before = (0, 0)
    for i, c in enumerate(document.text):
        span = document.source_span(i, i + 1)
        assert before[0] <= span[0] <= span[1] <= len(text)
        before = span
        given = text[span[0] : span[1]]
        if len(given) == 1 and given.isascii() and given.isalnum():
            assert given == c


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_blocks_rebuild_odd_texts(text, everything):
    document = everything.clean(text)
    check(text, document)
    check_sources(text, document)
    assert document.to_dict()["unit"] == "char"


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_blocks_rebuild_the_goldens(golden, everything):
    check(golden.text, everything.clean(golden.text))


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.characters(), max_size=300)
    | st.text(alphabet="a \n\r\t&;é日😀\u0301\ud800\udc00<>-.", max_size=80)
)
def test_blocks_rebuild_any_text(text):
    document = copydesk.Cleaner(keep=copydesk.LABELS).clean(text)
    check(text, document)
    check_sources(text, document)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data):
    document = copydesk.Cleaner(keep=copydesk.LABELS).clean(data)
    at = 0
    for block in document.blocks:
        assert at <= block.start <= block.end <= len(data)
        at = block.end
    if document.text:
        start, end = document.source_span(0, len(document.text))
        assert 0 <= start <= end <= len(data)


def test_source_span_of_a_repaired_word(everything):
    text = "Le cafe\u0301 &amp; le bar 😀 de la rue, tous les jours"
    document = everything.clean(text)
    at = document.text.index("&")
    start, end = document.source_span(at, at + 1)
    assert text[start:end] == "&amp;"
    at = document.text.index("café")
    start, end = document.source_span(at, at + 4)
    assert text[start:end] == "cafe\u0301"
    at = document.text.index("bar")
    start, end = document.source_span(at, at + 5)
    assert text[start:end] == "bar 😀"


@pytest.mark.parametrize("text", [ARTICLE, "", "\n one  caf&eacute;", "\ufeffa", "<b>日</b> two"])
def test_a_mark_that_opens_a_text_is_none_of_its_characters(text, everything):
    plain, marked, data = (everything.clean(it) for it in (text, "\ufeff" + text, b"\xef\xbb\xbf" + text.encode()))
    assert [block.text for block in marked.blocks] == [block.text for block in data.blocks]
    assert [block.label for block in marked.blocks] == [block.label for block in data.blocks]
    assert marked.text == data.text
    if not text.startswith("\ufeff"):
        # Everything stands one code point after where it stands without the mark.
        assert [(block.start, block.end) for block in marked.blocks] == [
            (block.start + 1, block.end + 1) for block in plain.blocks
        ]
        assert [marked.source_span(i, i + 1) for i in range(len(marked.text))] == [
            (start + 1, end + 1) for start, end in (plain.source_span(i, i + 1) for i in range(len(plain.text)))
        ]
    check("\ufeff" + text, marked)


def test_source_span_at_the_ends(everything):
    document = everything.clean("  one\n\ntwo  ")
    assert document.text == "one\n\ntwo"
    assert document.source_span(0, 8) == (2, 10)
    assert document.source_span(3, 5) == (5, 7)
    assert document.source_span(0, 10**12) == (2, 10)
    assert document.source_span(3, 3)[0] == document.source_span(3, 3)[1]
    with pytest.raises(ValueError, match="-1"):
        document.source_span(-1, 2)


def test_lone_surrogates_are_one_code_point_each(everything):
    text = "\ud800ab\udc00\n\ncd\ud800ef"
    document = everything.clean(text)
    assert document.text == "\ufffdab\ufffd\n\ncd\ufffdef"
    assert [(block.start, block.end) for block in document.blocks] == [(0, 4), (6, 11)]
    assert document.source_span(8, 9) == (8, 9)


BYTES = {
    "utf-8": "Un café à Paris 😀.\n\nUne autre ligne, très longue, de la même page.",
    "latin-1": "Un café à Paris, s'il vous plaît.\n\nUne autre ligne, très longue, de la même page, déjà.",
    "shift_jis": "東京で大雪が降り、電車が止まった。\n\n駅では多くの人が夜を過ごした。気象庁は警報を出した。",
    "utf-16": "Un café à Paris 😀.\n\nUne autre ligne, très longue, de la même page.",
    "utf-8-sig": "Un café à Paris.\n\nUne autre ligne.",
}


@pytest.mark.parametrize("charset", BYTES)
def test_bytes_count_bytes(charset, everything):
    text = BYTES[charset]
    data = text.encode(charset)
    document = everything.clean(data)
    assert document.text == text
    assert document.to_dict()["unit"] == "byte"
    codec = {"utf-16": "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be", "utf-8-sig": "utf-8"}.get(
        charset, charset
    )
    for block in document.blocks:
        assert data[block.start : block.end].decode(codec).lstrip("\ufeff") == block.text
    for i, c in enumerate(text):
        start, end = document.source_span(i, i + 1)
        if c != "\n":
            assert data[start:end].decode(codec).lstrip("\ufeff") == c
    for kind in (bytearray, memoryview):
        assert everything.clean(kind(data)) == document


def test_memoryview_with_strides(everything):
    assert everything.clean(memoryview(b"a-b-c-")[::2]).text == "abc"


def test_dateline_positions():
    text = "😀😀 \n\n" + ARTICLE
    document = copydesk.Cleaner().clean(text)
    assert document.dateline is not None
    assert text[document.dateline.start : document.dateline.end] == document.dateline.raw
    found = copydesk.parse_dateline("ZÜRICH, 4. Mai (dpa) - Es regnete.")
    assert found and found.raw == "ZÜRICH, 4. Mai (dpa) - "
    assert (found.start, found.end) == (0, len(found.raw))
