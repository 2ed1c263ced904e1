"""What the adapters have in common: how columns of texts are cleaned into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

from copydesk._core import ArrowStream, Cleaner, rules_version
from copydesk._errors import ConfigError

__all__ = ["Fields", "Options", "TableOptions", "Work", "default_cleaner", "listed", "reading", "table_work", "work"]

Fields = str | Sequence[str] | None
"""A name: that field itself. A list: a struct of them. None: a struct of the usual ones, as `Cleaner.clean_arrow` has them."""


class Options(TypedDict, total=False):
    """Options that every adapter of columns takes."""

    html: bool
    """Whether the texts are pages. Default: they are plain text."""
    cleaner: Cleaner | None
    """Default: `Cleaner()`."""
    threads: int | None
    """1 or more. Default: one per processor."""
    on_error: Literal["raise", "null", "keep"]
    """Of a row that is refused, as `Cleaner.clean_arrow` takes it. Default: "raise"."""


class TableOptions(TypedDict, total=False):
    """Options of `copydesk.spark.clean` and `copydesk.ray.Clean`, all of which may be left out.

    html: The column of pages, which are cleaned in place of texts. Default: none.
    source: The column of sites or addresses, as `Cleaner.clean` takes them. Default: none.
    title, lang, published: Columns of the headline, the language and the day of each text. Days are dates, timestamps of
        which the day in UTC counts, or strings. Default: none.
    fields: The members of the struct, a list of those that `copydesk schema` lists; with one name, the column is that field itself.
        Default: all but "markdown", "words", "removed" and "blocks". The types hang on no data; positions are bytes of UTF-8.
    into: The name of the new column; a column of that name is replaced. Default: "copydesk".
    cleaner: The cleaner. It is pickled with the content of its files, and made once in each worker. Default: `Cleaner()`.
    threads: Threads of a worker, 1 or more; None is one per processor. Default: 1, because engines run a worker for each core.
    on_error: What becomes of a row whose language or day cannot be read, or that copydesk fails on. "raise" fails the task,
        and the number in the message counts the rows of one batch; with "null" its struct is null; with "keep" its text is what
        was given, and all else null. Default: "raise".
    """

    html: str | None
    source: str | None
    title: str | None
    lang: str | None
    published: str | None
    fields: Fields
    into: str
    cleaner: Cleaner | None
    threads: int | None
    on_error: Literal["raise", "null", "keep"]


_default: Cleaner | None = None


def default_cleaner() -> Cleaner:
    """Made once, when it is first wanted: making one takes longer than cleaning a short text."""
    global _default
    if _default is None:
        _default = Cleaner()
    return _default


def listed(name: str, given: Iterable[str]) -> tuple[str, ...]:
    """What is given as a list. A str, which would be one of its letters, is none."""
    if isinstance(given, str):
        raise ConfigError(f'{name} must be a list, not a str: use {name}=["{given}"]')
    return tuple(given)


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
    columns: Mapping[str, str]
    """The columns that are read, by what `Cleaner.clean_arrow` calls them: "text" or "html", and what is known of each text."""
    fields: str | tuple[str, ...] | None
    into: str | None
    """The column that is made. None: a column for each field."""
    threads: int | None
    on_error: Literal["raise", "null", "keep"]
    rules: str = rules_version
    """So that what a library keeps from an earlier version is not taken for what this one would make."""

    def names(self) -> list[str]:
        """The columns that are read, each once."""
        return list(dict.fromkeys(self.columns.values()))

    def stream(self, data: Any) -> ArrowStream:
        """What is made of a table: a column for each field, or beside those of the table one of them all, the last."""
        return self.cleaner.clean_arrow(
            data, **self.columns, fields=self.fields, into=self.into, threads=self.threads, on_error=self.on_error
        )

    def type(self, schema: Any) -> Any:
        """The type of the last column that is made of a table with a schema of pyarrow. What is wrong with options or columns is said."""
        import pyarrow

        made = pyarrow.schema(self.stream(schema.empty_table()))
        return made.field(len(made) - 1).type

    def parts(self, table: Any) -> Iterator[Any]:
        """The last column that is made of a table or batch of pyarrow, in order, some rows at a time.

        Only the columns that are read are handed over: types of others may mean something to their library alone.
        """
        import pyarrow

        for batch in pyarrow.RecordBatchReader.from_stream(self.stream(table.select(self.names()))):
            yield batch.column(batch.num_columns - 1)


def work(
    fields: Fields,
    hints: Iterable[str] = (),
    *,
    html: bool = False,
    cleaner: Cleaner | None = None,
    threads: int | None = None,
    on_error: Literal["raise", "null", "keep"] = "raise",
) -> Work:
    """The work on a table with the columns "text" and `hints`, of "source", "title", "lang" and "published". What is made takes the place
    of the texts."""
    columns = {"html" if html else "text": "text", **{hint: hint for hint in hints}}
    return Work(cleaner or default_cleaner(), columns, _names(fields), "text", threads, on_error)


def table_work(
    text: str = "text",
    *,
    html: str | None = None,
    source: str | None = None,
    title: str | None = None,
    lang: str | None = None,
    published: str | None = None,
    fields: Fields = None,
    into: str = "copydesk",
    cleaner: Cleaner | None = None,
    threads: int | None = 1,
    on_error: Literal["raise", "null", "keep"] = "raise",
) -> Work:
    """The work on a table whose columns are called as its owner calls them."""
    read = {"text": text} if html is None else {"html": html}
    hints = {"source": source, "title": title, "lang": lang, "published": published}
    columns = {**read, **{hint: name for hint, name in hints.items() if name is not None}}
    return Work(cleaner or default_cleaner(), columns, _names(fields), into, threads, on_error)


def _names(fields: Fields) -> str | tuple[str, ...] | None:
    """The same for all, whatever holds them."""
    return fields if fields is None or isinstance(fields, str) else tuple(fields)
