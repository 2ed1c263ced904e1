"""Whatever is given, there is an answer, and what is longer takes no longer than it should."""

from __future__ import annotations

import copydesk
import pytest
from conftest import grows

HOSTILE = {
    "nothing": b"",
    "nul": b"\x00" * 1000,
    "invalid UTF-8": b"\xff\xfe\xfd\xc3\x28" * 500,
    "half a UTF-16": b"\xff\xfea\x00b",
    "white space": b" \n\t\r\n" * 1000,
    "marks": ("a" + "\u0301" * 5000).encode(),
    "entities": b"&amp;" * 5000,
    "nested entities": b"&" + b"amp;" * 5000,
    "brackets": b"<" * 5000 + b"[" * 5000,
    "directions": "\u202e\u2067".encode() * 3000,
    "surrogates in UTF-8": b"\xed\xa0\x80" * 1000,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_there_is_an_answer(data):
    document = copydesk.clean(data)
    assert all(0 <= block.start <= block.end <= len(data) for block in document.blocks)
    copydesk.clean(data.decode("utf-8", "replace")).to_json()
    copydesk.normalize(data.decode("utf-8", "surrogateescape"))


LONG = {
    "one line": lambda size: "word and another " * (size // 17),
    "one word": lambda size: "a" * size,
    "a line of marks": lambda size: "e\u0301" * (size // 50),
    "one-letter lines": lambda size: "a\n" * (size // 100),
    "two-letter lines apart": lambda size: "ab\n\n" * (size // 400),
}


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_work_is_linear(make):
    """Eight times as much takes about eight times as long; 64 times would be quadratic."""
    assert grows(make(1_000_000), make(8_000_000), copydesk.clean, most=24) is None


def test_what_is_quadratic_is_found():
    def quadratic(text: str) -> int:
        return sum(text.count("a", at) for at in range(0, len(text), 50))

    assert "8 times as long takes" in (grows("a" * 20_000, "a" * 160_000, quadratic, most=24, tries=2) or "")


def test_dictionary_of_a_very_long_document():
    document = copydesk.clean("a\n" * 20_000)
    assert sum(1 for _ in document.to_dict()["blocks"]) == len(document.blocks)
