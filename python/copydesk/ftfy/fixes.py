"""The repairs one by one, as functions from text to text."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from itertools import product
from typing import Any

from copydesk import _core, ftfy
from copydesk.ftfy._config import TextFixerConfig, fixer_for

__all__ = [
    "FIXERS",
    "apply_plan",
    "convert_surrogate_pair",
    "decode_escapes",
    "decode_inconsistent_utf8",
    "fix_c1_controls",
    "fix_character_width",
    "fix_encoding",
    "fix_encoding_and_explain",
    "fix_latin_ligatures",
    "fix_line_breaks",
    "fix_surrogates",
    "is_bad",
    "remove_bom",
    "remove_control_chars",
    "remove_terminal_escapes",
    "replace_lossy_sequences",
    "restore_byte_a0",
    "uncurl_quotes",
    "unescape_html",
]

is_bad = _core.ftfy_is_bad


def unescape_html(text: str) -> str:
    """Decodes HTML entities that end in `;`, one layer of them; names in capitals stand for capitals.

    >>> unescape_html("P&EACUTE;REZ &amp;amp; &lt;b&gt;")
    'PÉREZ &amp; <b>'
    """
    return _core.ftfy_fix("unescape_html", text)


def remove_terminal_escapes(text: str) -> str:
    """Removes ESC, `[`, numbers and a letter: colours and cursor moves."""
    return _core.ftfy_fix("remove_terminal_escapes", text)


def uncurl_quotes(text: str) -> str:
    """Straightens quotation marks and apostrophes.

    >>> uncurl_quotes("\\u201cHere\\u2019s one\\u201d")
    '"Here\\'s one"'
    """
    return _core.ftfy_fix("uncurl_quotes", text)


def fix_latin_ligatures(text: str) -> str:
    """Spells out ligatures and digraphs of Latin letters.

    >>> fix_latin_ligatures("ﬂuﬃeﬆ")
    'fluffiest'
    """
    return _core.ftfy_fix("fix_latin_ligatures", text)


def fix_character_width(text: str) -> str:
    """Gives full-width and half-width characters, and the ideographic space, their ordinary width.

    >>> fix_character_width("Ｕﾀｰﾝ")
    'Uターン'
    """
    return _core.ftfy_fix("fix_character_width", text)


def fix_line_breaks(text: str) -> str:
    """Makes CR LF, CR, U+0085, U+2028 and U+2029 line feeds."""
    return _core.ftfy_fix("fix_line_breaks", text)


def fix_surrogates(text: str) -> str:
    """Joins pairs of surrogates to the characters they are; U+FFFD for those alone."""
    return _core.ftfy_fix("fix_surrogates", text)


def convert_surrogate_pair(match: re.Match[str]) -> str:
    """The character that the pair of surrogates of a match is."""
    return fix_surrogates(match.group(0))


def remove_control_chars(text: str) -> str:
    """Removes control characters that are not white space, format characters that are out of use, and byte order marks.
    U+0080 to U+009F stay: they may be a trace of mojibake."""
    return _core.ftfy_fix("remove_control_chars", text)


def remove_bom(text: str) -> str:
    """Removes byte order marks at the start."""
    return _core.ftfy_fix("remove_bom", text)


def fix_c1_controls(text: str) -> str:
    """Reads U+0080 to U+009F as windows-1252 does, where it has something there."""
    return _core.ftfy_fix("fix_c1_controls", text)


_ESCAPE = re.compile(
    r"\\U[0-9A-Fa-f]{8}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[0-7]{1,3}|\\N\{[^}]+\}|\\[\\'\"abfnrtv]"
)


def decode_escapes(text: str) -> str:
    """Decodes what Python's string literals have a backslash for; never run by the other functions.

    >>> decode_escapes("\\\\u20a1 is the currency symbol for the colón.")
    '₡ is the currency symbol for the colón.'
    """
    return _ESCAPE.sub(lambda match: match.group().encode("ascii").decode("unicode-escape"), text)


#: `à` without its byte A0, and Portuguese words that begin with it.
_GRAVE_A = re.compile(rb"\xc3 (?=(quel|quil|s | )?)")
#: UTF-8 of likely characters, a space for one of its bytes.
_SPACED = re.compile(
    rb"[\xc2\xc5\xce\xd0\xd9] |[\xe2\xe3] [\x80-\xbf]|[\xe0-\xe3][\x80-\xbf] "
    rb"|\xf0(?: [\x80-\xbf][\x80-\xbf]|[\x80-\xbf] [\x80-\xbf]|[\x80-\xbf][\x80-\xbf] )"
)
#: UTF-8 of which bytes were lost, one of them as a question mark at most; or a byte of which nothing is known.
_LOSSY = re.compile(
    rb"\xc2[\x1a?]|\xc3[\x1a?]|[\xc4-\xdf]\x1a"
    rb"|[\xe0-\xef](?![\x80-\xbf]{2}|\?\?)[\x80-\xbf\x1a?]{2}"
    rb"|[\xf0-\xf4](?![\x80-\xbf]{3}|\?.?\?|.\?\?)[\x80-\xbf\x1a?]{3}"
    rb"|\x1a",
    re.DOTALL,
)


def restore_byte_a0(byts: bytes) -> bytes:
    """Puts the byte A0 in the place of spaces that stand in UTF-8: `à` that lost it keeps the space after.

    >>> restore_byte_a0("voilà tout".encode().replace(b"\\xa0", b"")).decode()
    'voilà tout'
    """
    byts = _GRAVE_A.sub(lambda match: b"\xc3\xa0" if match.group(1) else b"\xc3\xa0 ", byts)
    return _SPACED.sub(lambda match: match.group().replace(b" ", b"\xa0"), byts)


def replace_lossy_sequences(byts: bytes) -> bytes:
    """Puts U+FFFD in the place of UTF-8 in which the byte 1A or a question mark stands for one that was lost.

    >>> replace_lossy_sequences(b"\\xe2\\x80\\x9chere\\xe2\\x80\\x1a").decode()
    '“here�'
    """
    return _LOSSY.sub("\ufffd".encode(), byts)


def decode_inconsistent_utf8(text: str) -> str:
    """Mends mojibake, which may stand in text that is sound elsewhere."""
    return fixer_for(TextFixerConfig()).fix_encoding(text)


def fix_encoding(text: str) -> str:
    """Deprecated copy of `copydesk.ftfy.fix_encoding`."""
    warnings.warn("`fix_encoding()` has moved to the main module of ftfy.", DeprecationWarning, stacklevel=2)
    return ftfy.fix_encoding(text)


def fix_encoding_and_explain(text: str) -> Any:
    """Deprecated copy of `copydesk.ftfy.fix_encoding_and_explain`."""
    warnings.warn("`fix_encoding_and_explain()` has moved to the main module of ftfy.", DeprecationWarning, stacklevel=2)
    return ftfy.fix_encoding_and_explain(text)


def apply_plan(text: str, plan: list[tuple[str, str]]) -> str:
    """Deprecated copy of `copydesk.ftfy.apply_plan`."""
    warnings.warn("`apply_plan()` has moved to the main module of ftfy.", DeprecationWarning, stacklevel=2)
    return ftfy.apply_plan(text, plan)


_SWITCHES = ("restore_byte_a0", "replace_lossy_sequences", "decode_inconsistent_utf8", "fix_c1_controls")


def encoding_fixer(config: TextFixerConfig) -> str:
    """The name in `FIXERS` of the repair of encodings by `config`: for explanations where no encodings say what was done."""
    off = [f"{name}=False" for name in _SWITCHES if not getattr(config, name)]
    return f"fix_encoding({', '.join(off)})" if off else "fix_encoding"


#: The functions that a step of an explanation can name.
FIXERS: dict[str, Callable[[Any], Any]] = {
    fixer.__name__: fixer
    for fixer in (
        unescape_html,
        remove_terminal_escapes,
        restore_byte_a0,
        replace_lossy_sequences,
        decode_inconsistent_utf8,
        fix_c1_controls,
        fix_latin_ligatures,
        fix_character_width,
        uncurl_quotes,
        fix_line_breaks,
        fix_surrogates,
        remove_control_chars,
    )
}
for _on in product((True, False), repeat=len(_SWITCHES)):
    _switched: dict[str, Any] = dict(zip(_SWITCHES, _on))
    _config = TextFixerConfig()._replace(**_switched)
    FIXERS[encoding_fixer(_config)] = fixer_for(_config).fix_encoding
