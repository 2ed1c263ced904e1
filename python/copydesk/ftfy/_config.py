"""The options."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from copydesk import _core


class TextFixerConfig(NamedTuple):
    """What is to be fixed: every field is an option, and can be given to the functions as a keyword as well.

    >>> TextFixerConfig(uncurl_quotes=False) == TextFixerConfig()._replace(uncurl_quotes=False)
    True
    """

    unescape_html: str | bool = "auto"
    """Decodes HTML entities that end in `;`; `"auto"` does up to the first line that holds a `<`."""
    remove_terminal_escapes: bool = True
    """Removes colours and cursor moves: ESC, `[`, numbers, a letter."""
    fix_encoding: bool = True
    """Mends mojibake. The next four say how, and do nothing without it, but for `fix_c1_controls`."""
    restore_byte_a0: bool = True
    """Takes a space in mojibake for the byte A0."""
    replace_lossy_sequences: bool = True
    """Makes mojibake of which a byte was lost U+FFFD."""
    decode_inconsistent_utf8: bool = True
    """Mends mojibake in text that is sound elsewhere."""
    fix_c1_controls: bool = True
    """Reads U+0080 to U+009F as windows-1252 does."""
    fix_latin_ligatures: bool = True
    """Spells out `ﬁ`, `ĳ`, `ǆ`."""
    fix_character_width: bool = True
    """Gives full-width and half-width characters their ordinary width."""
    uncurl_quotes: bool = True
    """Straightens quotation marks and apostrophes."""
    fix_line_breaks: bool = True
    """Makes CR LF, CR, U+0085, U+2028 and U+2029 line feeds."""
    fix_surrogates: bool = True
    """Joins pairs of surrogates to characters; U+FFFD for those alone."""
    remove_control_chars: bool = True
    """Removes control characters that are not white space, and byte order marks."""
    normalization: Literal["NFC", "NFD", "NFKC", "NFKD"] | None = "NFC"
    """The form of Unicode; `None` leaves it."""
    max_decode_length: int = 1_000_000
    """The longest segment in code points: longer lines are fixed piece by piece."""
    explain: bool = True
    """Whether functions that can give an explanation do."""


_made = lru_cache(maxsize=128)(_core.Fixer)


def fixer_for(config: TextFixerConfig) -> _core.Fixer:
    """What does the work for a configuration; made once for each."""
    return _made(config)
