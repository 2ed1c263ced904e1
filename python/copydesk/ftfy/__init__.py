"""The functions of ftfy 6.3 with their names, arguments and defaults, made by copydesk.

    from copydesk import ftfy    # was: import ftfy

>>> from copydesk import ftfy
>>> ftfy.fix_text("&ldquo;The cafÃ© is closed,&rdquo; she said\\u2026")
'"The café is closed," she said…'

docs/ftfy.md says what differs. Whatever `str` is given, there is an answer; the GIL is released, and a text that needs
nothing comes back as the same object.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple, TextIO

from copydesk.ftfy import bad_codecs, badness, fixes, formatting
from copydesk.ftfy._config import TextFixerConfig, fixer_for
from copydesk.ftfy.badness import is_bad
from copydesk.ftfy.formatting import display_ljust

__all__ = [
    "FIXERS",
    "ExplainedText",
    "ExplanationStep",
    "TextFixerConfig",
    "apply_plan",
    "bad_codecs",
    "badness",
    "explain_unicode",
    "fix_and_explain",
    "fix_encoding",
    "fix_encoding_and_explain",
    "fix_file",
    "fix_text",
    "fix_text_segment",
    "fixes",
    "formatting",
    "ftfy",
    "guess_bytes",
    "is_bad",
]

__version__ = "6.3"
"""The version of ftfy whose functions these are."""

FIXERS = fixes.FIXERS
"""The functions that a step of an explanation can name."""


class ExplanationStep(NamedTuple):
    """One step from a text to the fixed one: ``("encode", "latin-1")``."""

    action: str
    """`"encode"`, `"decode"`, `"transcode"` (bytes to bytes), `"apply"` (text to text) or `"normalize"`."""
    parameter: str
    """The encoding, the function of `FIXERS`, or the normalization form."""

    def __repr__(self) -> str:
        return repr(tuple(self))


class ExplainedText(NamedTuple):
    """A fixed text, and the steps that `apply_plan` takes to it."""

    text: str
    explanation: list[ExplanationStep] | None
    """`None` where `explain` is off."""


_BYTES_GIVEN = (
    "a str is needed, and this is bytes: decode it first, with its encoding where you know it, or with "
    "copydesk.ftfy.guess_bytes where nobody does"
)


_DEFAULT_FIXER = fixer_for(TextFixerConfig())


def _config(config: TextFixerConfig | None, changes: dict[str, Any]) -> TextFixerConfig:
    if config is None:
        config = TextFixerConfig()
    if "fix_entities" in changes:
        warnings.warn("`fix_entities` has been renamed to `unescape_html`", DeprecationWarning, stacklevel=3)
        changes = {"unescape_html" if name == "fix_entities" else name: value for name, value in changes.items()}
    return config._replace(**changes) if changes else config


def fix_text(text: str, config: TextFixerConfig | None = None, **kwargs: Any) -> str:
    """The text with all that is wrong with it fixed, line by line.

    >>> fix_text("Ｂｒｏｋｅｎ text&hellip; it\\u2019s ﬂubberiﬁc!")
    "Broken text… it's flubberific!"
    """
    fixer = _DEFAULT_FIXER if config is None and not kwargs else fixer_for(_config(config, kwargs))
    if isinstance(text, bytes):
        raise UnicodeError(_BYTES_GIVEN)
    return fixer.fix_text(text)


ftfy = fix_text


def fix_text_segment(text: str, config: TextFixerConfig | None = None, **kwargs: Any) -> str:
    """The text fixed as one segment, whatever line ends it holds."""
    fixer = fixer_for(_config(config, kwargs))
    if isinstance(text, bytes):
        raise UnicodeError(_BYTES_GIVEN)
    return fixer.fix_segment(text)


def fix_and_explain(text: str, config: TextFixerConfig | None = None, **kwargs: Any) -> ExplainedText:
    """The text fixed as one segment, and the steps taken: `apply_plan` with them gives the same.

    >>> fix_and_explain("sÃ³ \\u2018aqui\\u2019")
    ExplainedText(text="só 'aqui'", explanation=[('apply', 'decode_inconsistent_utf8'), ('apply', 'uncurl_quotes')])
    """
    config = _config(config, kwargs)
    if not config.explain:
        return ExplainedText(fix_text_segment(text, config), None)
    fixer = fixer_for(config)
    if isinstance(text, bytes):
        raise UnicodeError(_BYTES_GIVEN)
    made, steps = fixer.explain_segment(text, True)
    if not _leads_to(made, text, steps):
        made, steps = fixer.explain_segment(text, False)
    return ExplainedText(made, _explanation(steps, config))


def fix_encoding(text: str, config: TextFixerConfig | None = None, **kwargs: Any) -> str:
    """The text with its mojibake mended, and nothing else.

    >>> fix_encoding("Ã³ &amp;")
    'ó &amp;'
    """
    fixer = _DEFAULT_FIXER if config is None and not kwargs else fixer_for(_config(config, kwargs))
    if isinstance(text, bytes):
        raise UnicodeError(_BYTES_GIVEN)
    return fixer.fix_encoding(text)


def fix_encoding_and_explain(text: str, config: TextFixerConfig | None = None, **kwargs: Any) -> ExplainedText:
    """The text with its mojibake mended, and the steps taken.

    >>> fix_encoding_and_explain("sÃ³")
    ExplainedText(text='só', explanation=[('encode', 'latin-1'), ('decode', 'utf-8')])
    """
    config = _config(config, kwargs)
    fixer = fixer_for(config)
    if isinstance(text, bytes):
        raise UnicodeError(_BYTES_GIVEN)
    made, steps = fixer.explain_encoding(text, True)
    if not _leads_to(made, text, steps):
        made, steps = fixer.explain_encoding(text, False)
    return ExplainedText(made, _explanation(steps, config))


def _leads_to(made: str, text: str, steps: list[tuple[str, str]]) -> bool:
    try:
        return apply_plan(text, steps) == made
    except UnicodeError:
        return False


def _explanation(steps: list[tuple[str, str]], config: TextFixerConfig) -> list[ExplanationStep]:
    name = fixes.encoding_fixer(config)
    return [ExplanationStep(action, name if to == "fix_encoding" else to) for action, to in steps]


def apply_plan(text: str, plan: Iterable[tuple[str, str]]) -> str:
    """The text after the steps of an explanation.

    >>> apply_plan("sÃ³", [("encode", "latin-1"), ("decode", "utf-8")])
    'só'
    """
    now: Any = text
    for action, parameter in plan:
        if action == "encode":
            now = now.encode(parameter)
        elif action == "decode":
            now = now.decode(parameter)
        elif action in ("transcode", "apply"):
            if parameter not in FIXERS:
                raise ValueError(f"Unknown function to apply: {parameter}")
            now = FIXERS[parameter](now)
        elif action == "normalize":
            now = _normalize(parameter, now)
        else:
            raise ValueError(f"Unknown plan step: {action}")
    result: str = now
    return result


def _normalize(form: Any, text: str) -> str:
    return unicodedata.normalize(form, text)


def fix_file(
    input_file: TextIO | BinaryIO | Iterable[str] | Iterable[bytes],
    encoding: str | None = None,
    config: TextFixerConfig | None = None,
    **kwargs: Any,
) -> Iterator[str]:
    """The lines of a file, fixed. Lines of bytes are decoded as `encoding`, or, where none is given, as `guess_bytes` guesses
    for the first; for a later line that is something else it guesses again."""
    config = _config(config, kwargs)
    guessed = encoding is None
    for given in input_file:
        if isinstance(given, str):
            line = given
        elif encoding is None:
            line, encoding = guess_bytes(given)
        else:
            try:
                line = given.decode(encoding)
            except UnicodeDecodeError:
                if not guessed:
                    raise
                line, encoding = guess_bytes(given)
        if config.unescape_html == "auto" and "<" in line:
            config = config._replace(unescape_html=False)
        yield fix_text_segment(line, config)


def guess_bytes(bstring: bytes) -> tuple[str, str]:
    """Bytes of which nobody knows the encoding, decoded, and the encoding guessed: UTF-16 where a byte order mark says so,
    UTF-8 or `utf-8-variants` where they can be that, `macroman` where lines end in CR alone, else `sloppy-windows-1252`.

    >>> guess_bytes("déjà".encode("windows-1252"))
    ('déjà', 'sloppy-windows-1252')
    """
    if isinstance(bstring, str):
        raise UnicodeError("bytes are needed, and this is a str, which was decoded already")
    if bstring.startswith((b"\xfe\xff", b"\xff\xfe")):
        return bstring.decode("utf-16"), "utf-16"
    encoding = "utf-8-variants" if b"\xed" in bstring or b"\xc0" in bstring else "utf-8"
    try:
        return bstring.decode(encoding), encoding
    except UnicodeDecodeError:
        encoding = "macroman" if b"\r" in bstring and b"\n" not in bstring else "sloppy-windows-1252"
        return bstring.decode(encoding), encoding


def explain_unicode(text: str) -> None:
    """Prints number, look, category and name of each character.

    >>> explain_unicode("é︵")
    U+00E9  é       [Ll] LATIN SMALL LETTER E WITH ACUTE
    U+FE35  ︵      [Ps] PRESENTATION FORM FOR VERTICAL LEFT PARENTHESIS
    """
    for char in text:
        shown = char if char.isprintable() else char.encode("unicode-escape").decode("ascii")
        category, name = unicodedata.category(char), unicodedata.name(char, "<unknown>")
        print(f"U+{ord(char):04X}  {display_ljust(shown, 7)} [{category}] {name}")
