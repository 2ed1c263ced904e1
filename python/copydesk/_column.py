"""What the adapters to frames have in common: how a column of texts is cleaned into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

from copydesk._core import ArrowStream, Cleaner, rules_version

__all__ = ["Fields", "Options", "Work", "default_cleaner", "reading", "work"]

Fields = str | Sequence[str] | None
"""A name: that field alone. Several: all of them together. None: the usual ones, as `Cleaner.clean_arrow` has them."""


class Options(TypedDict, total=False):
    """Options that every adapter takes."""

    html: bool
    """Whether the texts are pages. Default: they are plain text."""
    cleaner: Cleaner | None
    """Default: `Cleaner()`."""
    threads: int | None
    """1 or more. Default: one per processor."""
    on_error: Literal["raise", "null", "keep"]
    """Of a row that is refused, as `Cleaner.clean_arrow` takes it. Default: "raise"."""


_default: Cleaner | None = None


def default_cleaner() -> Cleaner:
    """Made once, when it is first wanted: making one takes longer than cleaning a short text."""
    global _default
    if _default is None:
        _default = Cleaner()
    return _default


@contextmanager
def reading() -> Iterator[None]:
    """Around what reads a stream. All that a stream can say of Ctrl-C is that it failed; `KeyboardInterrupt` is raised in its place when the
    interpreter next runs, which is here."""
    try:
        yield
    except Exception:
        raise


@dataclass(frozen=True)
class Work:
    """How columns are cleaned. It can be pickled, and is equal to one that does the same."""

    cleaner: Cleaner
    fields: tuple[str, ...] | None
    alone: bool
    """Whether one field is wanted itself, and not in a struct."""
    html: bool
    threads: int | None
    on_error: Literal["raise", "null", "keep"]
    hints: tuple[str, ...]
    """What is known of each text, of "source", "title", "lang" and "published"."""
    rules: str = rules_version
    """So that what a library keeps from an earlier version is not taken for what this one would make."""

    def stream(self, data: Any, into: str | None = None) -> ArrowStream:
        """What is made of a table with the columns "text" and `hints`, or of a column of texts: a column for each field, or beside those
        of the table one of that name, of structs."""
        return self.cleaner.clean_arrow(
            data,
            html="text" if self.html else None,
            fields=self.fields,
            into=into,
            threads=self.threads,
            on_error=self.on_error,
            **{hint: hint for hint in self.hints},
        )


def work(
    fields: Fields,
    hints: Iterable[str] = (),
    *,
    html: bool = False,
    cleaner: Cleaner | None = None,
    threads: int | None = None,
    on_error: Literal["raise", "null", "keep"] = "raise",
) -> Work:
    """The work that is asked for."""
    names = (fields,) if isinstance(fields, str) else None if fields is None else tuple(fields)
    made = cleaner or default_cleaner()
    return Work(made, names, isinstance(fields, str), html, threads, on_error, tuple(hints))
