"""copydesk.ftfy has ftfy's names, arguments, defaults and manners, and explains what it does."""

from __future__ import annotations

import copy
import doctest
import io
import pickle
import re

import copydesk
import pytest
from conftest import ODD
from copydesk import ftfy
from copydesk.ftfy import fixes, formatting
from hypothesis import given, settings
from hypothesis import strategies as st

#: What the repairs have to do with, so that chance puts it together.
PIECES = [
    *"aeAZ \n\r\t<>;&#[1m…é日😀\x00\x0b\x0c\x7f\x81\x85\x92\x1b\u00ad\u200d\u2028\ufeff\ufffc\ufffd\ud83d\ude00\ud800",
    *"\u2018\u2019\u201c\u201e\u02bc\ufb01\u01c6\u0149\uff21\uff76\uff9e\uffe3\uffa1\uffc2\u3000",
    *"\u0301\u0327\u0323\u0344\u0f73\u1100\u1161\u212b\u0958",
    *["\r\n", "&amp;", "&lt;", "amp;", "8217;", "#x27;", "&EACUTE;", "&SZLIG;", "&nbsp;", "\x1b[1m"],
]
NASTY = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)
MOJIBAKE = ["Ã©", "Ã", "â€™", "â€œ", "Â ", "Ð¿", "Ñ€", "Å‚", "ðŸ˜€", "ÃƒÂ©", "√©", "cafÃ© ", "â€�", "Ã quoi "]
ANY = st.text(max_size=40) | st.lists(st.sampled_from([*PIECES, *MOJIBAKE]), max_size=12).map("".join)
SWITCHES = [name for name in ftfy.TextFixerConfig._fields if isinstance(getattr(ftfy.TextFixerConfig(), name), bool)]
CONFIGS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(SWITCHES, st.just(False)),
        "unescape_html": st.sampled_from([True, False, "auto"]),
        "normalization": st.sampled_from(["NFC", "NFD", "NFKC", "NFKD", None]),
        "max_decode_length": st.integers(1, 8),
    },
)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("", ""),
        ("“It’s”", "\"It's\""),
        ("&lt;b&gt; &amp;amp;", "<b> &"),
        ("&amp;\n<i>&amp;\n&amp;", "&\n<i>&amp;\n&amp;"),
        ("P&EACUTE;REZ, BUNDESSTRA&SZLIG;E, &nTILDE;", "PÉREZ, BUNDESSTRASSE, &nTILDE;"),
        ("ＬＯＵＤ\u3000ﾉｲｽﾞ", "LOUD ノイズ"),
        ("ﬂuﬃeﬆ, ǈubav", "fluffiest, Ljubav"),
        ("\x1b[36;44mblue\x1b[0m", "blue"),
        ("one\r\ntwo\rthree\u2028four\x0cfive", "one\ntwo\nthree\nfour\x0cfive"),
        ("\ufeffa\x00b", "ab"),
        ("\ud83d\ude00 \ud800", "😀 \ufffd"),
        ("cafe\u0301", "café"),
    ],
)
def test_fix_text(text, want):
    assert ftfy.fix_text(text) == ftfy.ftfy(text) == want
    assert ftfy.fix_text(text, ftfy.TextFixerConfig()) == want


@pytest.mark.parametrize("text", ["", "sound", "déjà vu – naïve…", "AT&T; R&D", "日本語。", "a\nb\n"])
def test_a_sound_text_is_the_same_object(text):
    for function in (ftfy.fix_text, ftfy.fix_text_segment, ftfy.fix_encoding, fixes.uncurl_quotes, fixes.unescape_html):
        assert function(text) is text


def test_options():
    text = "“&amp;” ﬁ"
    config = ftfy.TextFixerConfig(uncurl_quotes=False)
    assert ftfy.fix_text(text, config) == ftfy.fix_text(text, uncurl_quotes=False) == "“&” fi"
    assert ftfy.fix_text(text, config, unescape_html=False) == "“&amp;” fi"
    assert ftfy.fix_text("a\r\nb", max_decode_length=2) == "a\n\nb"
    assert ftfy.fix_text("e\u0301²", normalization="NFKC") == "é2"
    assert ftfy.fix_text("e\u0301", normalization=None) == "e\u0301"
    assert ftfy.fix_text("\ud83d\ude00", fix_surrogates=False) == "\ud83d\ude00"
    assert ftfy.fix_text("<&amp;", unescape_html=True) == "<&"
    with pytest.warns(DeprecationWarning, match="unescape_html"):
        assert ftfy.fix_text("&amp;", fix_entities=False) == "&amp;"


def test_config_is_a_named_tuple():
    config = ftfy.TextFixerConfig()._replace(explain=False)
    assert config == ftfy.TextFixerConfig(explain=False) != ftfy.TextFixerConfig()
    assert pickle.loads(pickle.dumps(config)) == copy.copy(config) == config
    assert ftfy.TextFixerConfig(False).unescape_html is False
    assert repr(ftfy.ExplanationStep("encode", "latin-1")) == "('encode', 'latin-1')"


def test_what_is_refused():
    for function in (
        ftfy.fix_text,
        ftfy.fix_text_segment,
        ftfy.fix_and_explain,
        ftfy.fix_encoding,
        ftfy.fix_encoding_and_explain,
    ):
        with pytest.raises(UnicodeError, match="decode it first"):
            function(b"bytes")
        with pytest.raises(TypeError, match="must be str, not"):
            function(None)
        with pytest.raises(ValueError, match="unexpected field names"):
            function("text", uncurl=False)
        with pytest.raises(ValueError, match="NFX"):
            function("text", normalization="NFX")
    with pytest.raises(TypeError):
        ftfy.TextFixerConfig(uncurl=False)
    with pytest.raises(UnicodeError, match="bytes are needed"):
        ftfy.guess_bytes("text")
    for step in [("sing", "NFC"), ("apply", "none"), ("transcode", "none")]:
        with pytest.raises(ValueError, match="Unknown"):
            ftfy.apply_plan("text", [step])


@settings(max_examples=400, deadline=None)
@given(ANY, CONFIGS)
def test_explanations_lead_to_the_text(text, options):
    explained = ftfy.fix_and_explain(text, **{**options, "explain": True})
    assert ftfy.apply_plan(text, explained.explanation) == explained.text
    assert ftfy.fix_text_segment(text, **options) == explained.text
    explained = ftfy.fix_encoding_and_explain(text, **options)
    assert ftfy.apply_plan(text, explained.explanation) == explained.text


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_explanations_of_odd_texts(text):
    explained = ftfy.fix_and_explain(text)
    assert ftfy.apply_plan(text, explained.explanation) == explained.text
    assert ftfy.fix_and_explain(text, explain=False) == (explained.text, None)


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_a_text_is_fixed_line_by_line(text):
    lines = [line for line in re.split(r"(?<=\n)", text) if line]
    options = {"unescape_html": True}
    assert ftfy.fix_text(text, **options) == "".join(ftfy.fix_text_segment(line, **options) for line in lines)


def test_files():
    assert list(ftfy.fix_file(io.StringIO("&amp;\n<\n&amp;\n"))) == ["&\n", "<\n", "&amp;\n"]
    assert list(ftfy.fix_file(io.BytesIO("déjà\r\nvu\r\n".encode()))) == ["déjà\n", "vu\n"]
    assert list(ftfy.fix_file(io.BytesIO(b"\xe9\n"), encoding="latin-1")) == ["é\n"]
    # ftfy raises UnicodeDecodeError at the second line.
    assert list(ftfy.fix_file(io.BytesIO(b"a\n\xe9\n"))) == ["a\n", "é\n"]
    with pytest.raises(UnicodeDecodeError):
        list(ftfy.fix_file(io.BytesIO(b"\xe9\n"), encoding="utf-8"))


def test_guesses():
    for data, want in [
        ("é".encode(), ("é", "utf-8")),
        ("é".encode("utf-16"), ("é", "utf-16")),
        (b"\xed\xa0\xbd\xed\xb8\x8d\xc0\x80", ("😍\0", "utf-8-variants")),
        (b"\x8e\r", ("é\r", "macroman")),
        (b"\x93\xe9\x81\x94\r\n", ("“é\x81”\r\n", "sloppy-windows-1252")),
    ]:
        assert ftfy.guess_bytes(data) == want


def test_codecs_are_read_in_pieces():
    data = "a é \0".encode().replace(b"\0", b"\xc0\x80") + b"\xed\xa0\xbd\xed\xb8\x8d \xe6\x97\xa5"
    want = "a é \0😍 日"
    assert data.decode("utf-8-variants") == want
    for size in range(1, len(data)):
        with io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-variants") as file:
            file._CHUNK_SIZE = size
            assert file.read() == want
    with pytest.raises(UnicodeDecodeError):
        b"\xed\xa0\xbd".decode("utf-8-variants")


def test_decode_escapes():
    assert fixes.decode_escapes(r"\u20a1 café \x41\101\t\U0001f600\N{DIGIT ONE} \q") == "₡ café AA\t😀1 \\q"


def test_width_in_cells(capsys):
    assert [formatting.character_width(char) for char in "車A\u200d\n"] == [2, 1, 0, -1]
    assert formatting.monospaced_width("\x1b[34mblue\x1b[m") == 4
    assert [f("ちゃ", 7, "-") for f in (formatting.display_ljust, formatting.display_rjust, formatting.display_center)] == [
        "ちゃ---",
        "---ちゃ",
        "-ちゃ--",
    ]
    with pytest.raises(ValueError, match="width 1"):
        formatting.display_ljust("a", 3, "車")
    ftfy.explain_unicode("é\n")
    assert capsys.readouterr().out.splitlines() == [
        "U+00E9  é       [Ll] LATIN SMALL LETTER E WITH ACUTE",
        r"U+000A  \n      [Cc] <unknown>",
    ]


def test_importing_copydesk_registers_nothing():
    assert not hasattr(copydesk, "fix_text")
    assert ftfy.is_bad is ftfy.badness.is_bad is fixes.is_bad
    assert set(ftfy.FIXERS) >= {"unescape_html", "restore_byte_a0", "uncurl_quotes", "fix_encoding"}


@pytest.mark.parametrize("module", [ftfy, fixes, formatting, ftfy.badness, ftfy.bad_codecs], ids=lambda it: it.__name__)
def test_examples(module):
    assert doctest.testmod(module).failed == 0
