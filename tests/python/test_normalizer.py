"""Repair of characters."""

from __future__ import annotations

import copydesk
import pytest
from conftest import ODD
from hypothesis import given, settings
from hypothesis import strategies as st

ANY = st.text(alphabet=st.characters(), max_size=120) | st.text(
    alphabet="a \n&amp;é\u0301\ud800\udc00Ã©\ufb01\u200b\u202e<b>", max_size=60
)


def replay(text: str, normalized: copydesk.Normalized) -> str:
    made, at = [], 0
    for change in normalized.changes:
        assert change.start >= at
        assert text[change.start : change.end] == change.before
        made += [text[at : change.start], change.after]
        at = change.end
    return "".join([*made, text[at:]])


@pytest.mark.parametrize("surrogates", [True, False])
@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_changes_replay(text, surrogates):
    normalized = copydesk.Normalizer(surrogates=surrogates).normalize(text)
    assert replay(text, normalized) == normalized.text


@settings(max_examples=300, deadline=None)
@given(ANY, st.booleans())
def test_changes_of_any_text_replay(text, surrogates):
    normalizer = copydesk.Normalizer(surrogates=surrogates)
    normalized = normalizer.normalize(text)
    assert replay(text, normalized) == normalized.text
    assert normalizer.normalize(normalized.text).text == normalized.text
    if surrogates:
        assert copydesk.normalize(text) == normalized.text
    before = 0
    for i in range(len(normalized.text)):
        start, end = normalized.source_span(i, i + 1)
        assert before <= start <= end <= len(text)
        before = start


def test_a_sound_text_is_the_same_object():
    sound = "It’s a café."
    assert copydesk.normalize(sound) is sound
    many = copydesk.normalize_many([sound, None, float("nan"), "a&amp;b"])
    assert many == [sound, None, None, "a&b"] and many[0] is sound
    normalized = copydesk.Normalizer().normalize(sound)
    assert normalized.text is sound and normalized.changes == []
    assert [normalized.source_span(2, 4), normalized.source_span(5, 99)] == [(2, 4), (5, len(sound))]
    kept = "a\ud800b"
    assert copydesk.Normalizer(surrogates=False).normalize(kept).text is kept


def test_surrogates():
    assert copydesk.normalize("a\ud800b") == "a\ufffdb"
    assert copydesk.Normalizer(surrogates=False).normalize("a\ud800 &amp; \udfff").text == "a\ud800 & \udfff"
    [change] = copydesk.Normalizer().normalize("a\ud800b").changes
    assert (change.step, change.start, change.end, change.before, change.after) == (
        "surrogates",
        1,
        2,
        "\ud800",
        "\ufffd",
    )


def test_options_are_named_when_refused():
    for option, accepted in {"bidi": "balance", "quotes": "straight", "dashes": "ascii", "form": "NFKC"}.items():
        with pytest.raises(copydesk.ConfigError, match=f"{option}.*{accepted}"):
            copydesk.Normalizer(**{option: "loud"})
    with pytest.raises(ValueError, match="marks -1"):
        copydesk.Normalizer(marks=-1)


@pytest.mark.parametrize("wrong", [None, b"bytes", 3])
def test_only_text(wrong):
    for call in (copydesk.normalize, copydesk.Normalizer().normalize, copydesk.parse_dateline):
        with pytest.raises(TypeError, match="text must be str, not"):
            call(wrong)
    if wrong is not None:
        with pytest.raises(TypeError, match=r"texts\[1\] must be str or None, not"):
            copydesk.normalize_many(["a", wrong])


def test_many_for_any_number_of_threads():
    texts = [f"caf\u00c3\u00a9 &amp; {n}" if n % 3 else None for n in range(500)]
    want = [None if text is None else copydesk.normalize(text) for text in texts]
    for threads in (None, 1, 2, 7):
        assert copydesk.normalize_many(iter(texts), threads=threads) == want
