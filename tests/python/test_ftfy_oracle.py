"""copydesk.ftfy against ftfy itself."""

from __future__ import annotations

import html.entities
import inspect
import io
import itertools

import pytest

from conftest import needs

theirs = needs("ftfy")

import copydesk  # noqa: E402
from copydesk import ftfy as ours  # noqa: E402
from hypothesis import given, settings  # noqa: E402
from test_ftfy import CONFIGS, NASTY  # noqa: E402

#: Entities that ftfy leaves: docs/ftfy.md.
LEFT_BY_THEM = {"CounterClockwiseContourIntegral;"}
CHARS = [chr(c) for c in range(0x110000)]


def test_signatures():
    for name in ours.__all__:
        their = getattr(theirs, name)
        if inspect.isfunction(their):
            our = inspect.signature(getattr(ours, name))
            assert list(our.parameters) == list(inspect.signature(their).parameters), name
            for parameter, value in inspect.signature(their).parameters.items():
                assert our.parameters[parameter].default == value.default
                assert our.parameters[parameter].kind == value.kind
    assert ours.TextFixerConfig._fields == theirs.TextFixerConfig._fields
    assert tuple(ours.TextFixerConfig()) == tuple(theirs.TextFixerConfig())
    assert ours.ExplainedText._fields == theirs.ExplainedText._fields
    assert ours.ExplanationStep._fields == theirs.ExplanationStep._fields
    assert set(ours.FIXERS) >= set(theirs.FIXERS)
    functions = {name for name, _ in inspect.getmembers(theirs.fixes, inspect.isfunction) if not name.startswith("_")}
    assert set(ours.fixes.__all__) >= functions
    functions = {name for name, it in inspect.getmembers(theirs.formatting, inspect.isfunction) if "ftfy" in it.__module__}
    assert set(ours.formatting.__all__) >= functions - {"remove_terminal_escapes"}


@pytest.mark.parametrize(
    "name",
    [
        "fix_c1_controls",
        "fix_character_width",
        "fix_latin_ligatures",
        "fix_line_breaks",
        "fix_surrogates",
        "remove_bom",
        "remove_control_chars",
        "remove_terminal_escapes",
        "uncurl_quotes",
    ],
)
def test_every_character(name):
    our, their = getattr(ours.fixes, name), getattr(theirs.fixes, name)
    assert [char for char in CHARS if our(char) != their(char)] == []


def test_every_entity():
    names = {name for name in html.entities.html5 if name.endswith(";")}
    # In capitals too, but for those that begin with a name that needs no `;`: &GTCIR;, &COPYSR;.
    short = tuple(name for name in html.entities.html5 if not name.endswith(";") and name.isupper())
    names |= {name.upper() for name in names if not name.upper().startswith(short)}
    differing = {name for name in names if ours.fixes.unescape_html("&" + name) != theirs.fixes.unescape_html("&" + name)}
    assert differing == LEFT_BY_THEM
    for code in [*range(0x3B), *range(0x3C, 0x3000), 0xD800, 0xDFFF, 0xFDD0, 0xFFFE, 0xFFFF, 0x10FFFF, 0x110000, 2**40]:
        for entity in (f"&#{code};", f"&#x{code:x};", f"&#X{code:06X};"):
            assert ours.fixes.unescape_html(entity) == theirs.fixes.unescape_html(entity), entity


@settings(max_examples=1500, deadline=None)
@given(NASTY.filter(lambda text: "#59;" not in text), CONFIGS)
def test_nasty_strings(text, options):
    options["fix_encoding"] = False
    for name in ("fix_text", "fix_text_segment", "fix_and_explain"):
        our = getattr(ours, name)(text, **options)
        assert our == getattr(theirs, name)(text, **options), name


@settings(max_examples=500, deadline=None)
@given(NASTY)
def test_single_repairs(text):
    for name in ("unescape_html", "fix_surrogates", "fix_line_breaks", "remove_terminal_escapes", "remove_bom"):
        if name != "unescape_html" or "#59;" not in text:
            assert getattr(ours.fixes, name)(text) == getattr(theirs.fixes, name)(text), name


@pytest.mark.parametrize("name", ["restore_byte_a0", "replace_lossy_sequences"])
def test_repairs_of_bytes(name):
    our, their = getattr(ours.fixes, name), getattr(theirs.fixes, name)
    tails = list(itertools.product(b"\x1a?\x80\x9f\xbfA ", repeat=3))
    given = [bytes([lead, *tail]) for lead in range(0xC0, 0x100) for tail in tails]
    given += [b"voil\xc3 le", b"\xc3 quele dia", b"\xc3 s vezes", b"\xc3 s", b"\xc3 ", b"\xe2\x80 x\x1a"]
    assert [data for data in given if our(data) != their(data)] == []


@pytest.mark.parametrize("encoding", [f"windows-125{n}" for n in range(9)] + ["iso-8859-8", "iso-8859-11", "cp1252"])
def test_sloppy_codecs(encoding):
    our = ours.bad_codecs.search_function(f"sloppy-{encoding}")
    their = theirs.bad_codecs.search_function(f"sloppy-{encoding}")
    every = bytes(range(256))
    text, _ = our.decode(every)
    assert (text, 256) == their.decode(every)
    assert our.encode(text) == their.encode(text)
    assert our.name == their.name


@pytest.mark.parametrize(
    "data", [b"\xed\xa0\xbd\xed\xb8\x8d", b"\xc0\x80", b"\xed\x80\x80", b"a\xed\xb8\x8d", b"\xc3", "é日😀".encode()]
)
@pytest.mark.parametrize("errors", ["strict", "replace", "ignore"])
def test_utf_8_variants(data, errors):
    answers = []
    for codec in (ours.bad_codecs, theirs.bad_codecs):
        try:
            answers.append(codec.search_function("utf-8-variants").decode(data, errors)[0])
        except UnicodeDecodeError:
            answers.append(None)
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "data",
    [b"", b"abc", "é".encode(), b"\xff\xfea\0", b"\xfe\xff\0a", b"\xc0\x80", b"\xe9", b"\xe9\r", b"\xe9\r\n", b"\xed\xa0\xbd"],
)
def test_guesses(data):
    assert ours.guess_bytes(data) == theirs.guess_bytes(data)


def test_files():
    text = "‘&amp;’\n<b>\n&amp;\r\nﬁ\n"
    assert list(ours.fix_file(io.StringIO(text))) == list(theirs.fix_file(io.StringIO(text)))
    assert list(ours.fix_file(io.BytesIO(text.encode()))) == list(theirs.fix_file(io.BytesIO(text.encode())))


def test_explain_unicode(capsys):
    text = "a\t\u0301車\x85\n\x00é(╯°□°)╯︵ ┻━┻"
    ours.explain_unicode(text)
    our = capsys.readouterr().out
    theirs.explain_unicode(text)
    assert our == capsys.readouterr().out


def test_padding():
    for text in ("Table flip", "(╯°□°)╯︵ ┻━┻", "ちゃぶ台返し", "\x1b[34mblue\x1b[m", "two\nlines", "입니다", "", "long" * 9):
        for name in ("display_ljust", "display_rjust", "display_center"):
            for width in (0, 5, 20, 21):
                our, their = getattr(ours.formatting, name), getattr(theirs.formatting, name)
                assert our(text, width, "▒") == their(text, width, "▒")


@pytest.mark.parametrize("escaped", [r"\u20a1 \n\t\x41\101\U0001f600\N{DIGIT ONE}\'\"\\ \q \z \u12", r"\8\0\377"])
def test_escapes(escaped):
    assert ours.fixes.decode_escapes(escaped) == theirs.fixes.decode_escapes(escaped)


#: The kinds of differences that docs/ftfy.md lists: a text, what becomes of it here, and what ftfy makes of it.
DIFFERENCES = {
    "mojibake that ftfy leaves": ("Señor ArgÃŒelles", "Señor Argüelles", "Señor ArgÃŒelles"),
    "accents taken apart": ("rÃ \u0327de huse", "røde huse", "rà \u0327de huse"),
    "entities": ("&#59; &GTCC; &CounterClockwiseContourIntegral;", "; ⪧ ∳", None),
    "digits in an escape": ("\x1b[٣m", "[٣m", ""),
}


@pytest.mark.parametrize("kind", DIFFERENCES)
def test_differences(kind):
    text, our, their = DIFFERENCES[kind]
    assert ours.fix_text(text) == our
    assert theirs.fix_text(text) == (text if their is None else their)


#: What `copydesk.normalize`, with the steps off that ftfy does not have, makes otherwise than ftfy with quotes kept.
NORMALIZER_DIFFERENCES = {
    "a < that is no tag": ("1 < 2 &amp; 3", "1 < 2 & 3", "1 < 2 &amp; 3"),
    "feeds of pages and columns": ("a\x0cb\x0bc", "a\nb\nc", "a\x0cbc"),
    "controls that mean nothing": ("a\x81b", "ab", "a\x81b"),
    "longer escapes": ("\x1b]0;title\x07a\x1b[?25l", "a", "]0;titlea[?25l"),
    "widths that would leave a mark alone": ("￣ ﾞ", "¯ ゛", " \u0304 \u3099"),
}


@pytest.mark.parametrize("kind", NORMALIZER_DIFFERENCES)
def test_differences_of_the_normalizer(kind):
    text, our, their = NORMALIZER_DIFFERENCES[kind]
    lean = copydesk.Normalizer(spaces=False, zero_width=False, soft_hyphens=False, bidi="keep", marks=None)
    assert lean.normalize(text).text == our
    assert theirs.fix_text(text, uncurl_quotes=False) == their


def test_what_ftfy_does_not_have():
    plan = ours.fix_and_explain("e\u0301").explanation
    assert ours.apply_plan("e\u0301", plan) == "é"
    with pytest.raises(ValueError, match="normalize"):
        theirs.apply_plan("e\u0301", plan)
    with pytest.raises(UnicodeDecodeError):
        list(theirs.fix_file(io.BytesIO(b"a\n\xe9\n")))
    assert list(ours.fix_file(io.BytesIO(b"a\n\xe9\n"))) == ["a\n", "é\n"]
