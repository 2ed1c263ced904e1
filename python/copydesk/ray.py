"""Ray Data: batches of a data set with a column of clean stories beside their own.

    import ray
    import copydesk.ray

    ds = ray.data.read_parquet("s3://crawl/2024/")
    ds = ds.map_batches(copydesk.ray.Clean("body", source="url"), batch_format="pyarrow")
    ds.write_parquet("s3://clean/2024/")

Needs Ray Data and, on every node, pyarrow and copydesk: `pip install 'copydesk[ray]'`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from copydesk._core import Cleaner
from copydesk._extras import extra
from copydesk._rows import Asked, listed

__all__ = ["Clean"]


class Clean:
    """What `Dataset.map_batches` is given, with `batch_format="pyarrow"`: an instance, for tasks; or this class, for a pool of actors.

    A pool makes the cleaner once in each actor, which pays where it has models or packs of its own:

        ds.map_batches(
            copydesk.ray.Clean,
            fn_constructor_kwargs={"text": "body", "source": "url"},
            batch_format="pyarrow",
            compute=ray.data.ActorPoolStrategy(size=8),
        )

    >>> import copydesk.ray, pyarrow
    >>> clean = copydesk.ray.Clean(fields=["verdict"])
    >>> clean(pyarrow.table({"id": [1, 2], "text": ["SHARE", None]})).to_pylist()
    [{'id': 1, 'text': 'SHARE', 'copydesk': {'verdict': 'no_story'}}, {'id': 2, 'text': None, 'copydesk': None}]
    """

    def __init__(
        self,
        text: str = "text",
        *,
        html: str | None = None,
        source: str | None = None,
        title: str | None = None,
        lang: str | None = None,
        published: str | None = None,
        fields: Sequence[str] | None = None,
        into: str = "copydesk",
        cleaner: Cleaner | None = None,
        threads: int | None = 1,
        on_error: Literal["raise", "null", "keep"] = "raise",
    ) -> None:
        """Says what is to be made of each batch.

        Args:
            text: The column of the texts, strings or binary. Default: "text".
            html: The column of pages, which are cleaned in place of texts. Default: none.
            source: The column of sites or addresses, as `Cleaner.clean` takes them. So are `title`, `lang` and
                `published` (dates, timestamps of which the day in UTC counts, or strings) columns of what is known of
                each text. Default: none.
            fields: The members of the struct, of those that `copydesk schema` lists. Default: all but "markdown",
                "words", "removed" and "blocks". Its types hang on no data; positions are bytes of UTF-8.
            into: The name of the new column; a column of that name is replaced. Default: "copydesk".
            cleaner: The cleaner; it is pickled with the content of its files. Default: `Cleaner()`.
            threads: Threads of a task or actor. Default: 1, because Ray counts one processor for each.
            on_error: What becomes of a row whose language or day cannot be read, or that copydesk fails on. "raise"
                fails the batch, and the number in the message counts its rows. With "null" its struct is null, with
                "keep" its text is what was given. Default: "raise".

        Raises:
            ConfigError: (a `ValueError`) A field or an option is not known.
            ImportError: Ray or pyarrow is not installed.
        """
        with extra("ray"):
            import pyarrow
            import ray  # noqa: F401
        self._asked = Asked(
            text=text,
            html=html,
            source=source,
            title=title,
            lang=lang,
            published=published,
            fields=listed(fields),
            into=into,
            threads=threads,
            on_error=on_error,
        )
        self._cleaner = Cleaner() if cleaner is None else cleaner
        # Of an empty table: an option that is wrong is said here, and not by a worker.
        self._asked.stream(self._cleaner, pyarrow.schema([(name, pyarrow.string()) for name in self._asked.columns()]).empty_table())

    def __call__(self, batch: Any) -> Any:
        """The rows of a batch, a `pyarrow.Table`, in order, with all their columns and the new one. Where the text is null, so is the struct.

        Raises `TypeError` for a batch that is no table of pyarrow, and `ConfigError` (a `ValueError`) for a column that is not
        there or holds no texts.
        """
        import pyarrow as pa

        if not isinstance(batch, pa.Table):
            raise TypeError(f'batch must be a pyarrow.Table, not {type(batch).__name__}: give map_batches batch_format="pyarrow"')
        asked = self._asked
        kind = pa.schema(asked.stream(self._cleaner, batch.schema.empty_table())).field(asked.into).type
        made = pa.chunked_array(list(asked.made(self._cleaner, batch, pa)), type=kind)
        if asked.into in batch.column_names:
            batch = batch.drop_columns([asked.into])
        return batch.append_column(pa.field(asked.into, kind), made)
