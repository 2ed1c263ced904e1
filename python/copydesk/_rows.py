"""What workers of a cluster make of a table: a column more, from its texts alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from copydesk._core import Cleaner
from copydesk._errors import ConfigError


def listed(fields: Sequence[str] | None) -> tuple[str, ...] | None:
    """The fields; a str is none of them, for the column is of structs."""
    if isinstance(fields, str):
        raise ConfigError(f'fields must be a list, not a str: use fields=["{fields}"]')
    return None if fields is None else tuple(fields)


@dataclass(frozen=True)
class Asked:
    """What is asked for of a table, as `Cleaner.clean_arrow` takes it."""

    text: str
    html: str | None
    source: str | None
    title: str | None
    lang: str | None
    published: str | None
    fields: tuple[str, ...] | None
    into: str
    threads: int | None
    on_error: Literal["raise", "null", "keep"]

    def columns(self) -> list[str]:
        """The columns that are read, each once."""
        text = self.text if self.html is None else self.html
        hints = (self.source, self.title, self.lang, self.published)
        return list(dict.fromkeys([text, *(name for name in hints if name is not None)]))

    def stream(self, cleaner: Cleaner, table: Any) -> Any:
        """The stream of a table's rows, the column that is made last."""
        return cleaner.clean_arrow(
            table,
            text=self.text,
            html=self.html,
            source=self.source,
            title=self.title,
            lang=self.lang,
            published=self.published,
            fields=self.fields,
            into=self.into,
            threads=self.threads,
            on_error=self.on_error,
        )

    def made(self, cleaner: Cleaner, table: Any, pyarrow: Any) -> Iterator[Any]:
        """The column that is made of a table or batch of pyarrow, in order, some rows at a time.

        Only the columns that are read are handed over: types of others may mean something to their library alone.
        """
        stream = self.stream(cleaner, table.select(self.columns()))
        for batch in pyarrow.RecordBatchReader.from_stream(stream):
            yield batch.column(batch.num_columns - 1)
