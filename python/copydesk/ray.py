"""Ray Data: batches of a data set with a column of clean stories beside their own.

    import ray
    import copydesk.ray

    ds = ray.data.read_parquet("s3://crawl/2024/")
    ds = ds.map_batches(copydesk.ray.Clean("body", source="url"), batch_format="pyarrow")
    ds.write_parquet("s3://clean/2024/")

Needs Ray Data and, on every node, pyarrow and copydesk: `pip install 'copydesk[ray]'`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk._extras import extra
from copydesk._work import TableOptions, table_work

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["Clean", "TableOptions"]


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

    def __init__(self, text: str = "text", **options: Unpack[TableOptions]) -> None:
        """Says what is to be made of each batch.

        Args:
            text: The column of the texts, strings or binary. Default: "text".
            options: Those of `TableOptions`: `html`, `source`, `title`, `lang` and `published` name columns; `fields`, `into`,
                `cleaner`, `threads` (of a task or actor; default: 1, because Ray counts one processor for each) and `on_error`.

        Raises:
            ConfigError: (a `ValueError`) A field or an option is not known.
            ImportError: Ray or pyarrow is not installed.
        """
        with extra("ray"):
            import pyarrow
            import ray  # noqa: F401
        self._work = table_work(text, **options)
        # Of no rows: an option that is wrong is said here, and not by a worker.
        self._work.type(pyarrow.schema([(name, pyarrow.string()) for name in self._work.names()]))

    def __call__(self, batch: Any) -> Any:
        """The rows of a batch, a `pyarrow.Table`, in order, with all their columns and the new one. Where the text is null, so is the struct.

        Raises `TypeError` for a batch that is no table of pyarrow, and `ConfigError` (a `ValueError`) for a column that is not
        there or holds no texts.
        """
        import pyarrow as pa

        if not isinstance(batch, pa.Table):
            raise TypeError(f'batch must be a pyarrow.Table, not {type(batch).__name__}: give map_batches batch_format="pyarrow"')
        into, kind = self._work.into, self._work.type(batch.schema)
        made = pa.chunked_array(list(self._work.parts(batch)), type=kind)
        if into in batch.column_names:
            batch = batch.drop_columns([into])
        return batch.append_column(pa.field(into, kind), made)
