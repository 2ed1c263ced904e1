"""Text set in the cells of a terminal."""

from __future__ import annotations

from unicodedata import normalize

from copydesk._core import display_width
from copydesk.ftfy.fixes import remove_terminal_escapes

__all__ = ["character_width", "display_center", "display_ljust", "display_rjust", "monospaced_width"]


def character_width(char: str) -> int:
    """How many cells a character takes up: 0, 1 or 2; -1 for control characters."""
    return display_width(char)


def monospaced_width(text: str) -> int:
    """How many cells a text takes up; -1 where it holds a control character.

    >>> monospaced_width("ちゃぶ台返し")
    12
    """
    return display_width(remove_terminal_escapes(normalize("NFC", text)))


def display_ljust(text: str, width: int, fillchar: str = " ") -> str:
    """The text at the left of `width` cells, or as it is where it is wider or has no width."""
    return text + fillchar * _padding(text, width, fillchar)


def display_rjust(text: str, width: int, fillchar: str = " ") -> str:
    """The text at the right of `width` cells, or as it is where it is wider or has no width."""
    return fillchar * _padding(text, width, fillchar) + text


def display_center(text: str, width: int, fillchar: str = " ") -> str:
    """The text in the middle of `width` cells, or as it is where it is wider or has no width."""
    padding = _padding(text, width, fillchar)
    left = padding // 2
    return fillchar * left + text + fillchar * (padding - left)


def _padding(text: str, width: int, fillchar: str) -> int:
    if character_width(fillchar) != 1:
        raise ValueError("The padding character must have display width 1")
    taken = monospaced_width(text)
    return 0 if taken == -1 else max(0, width - taken)
