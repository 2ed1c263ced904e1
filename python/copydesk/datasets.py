"""Datasets of Hugging Face: a function for `map`, of datasets and of streams.

>>> import copydesk.datasets
>>> import datasets
>>> story = "The tunnel under the harbour will close on Monday for at least a month, the city said."
>>> news = datasets.Dataset.from_dict({"text": [story + "\\n\\nSHARE THIS ARTICLE", None]})
>>> clean = copydesk.datasets.clean("text", fields="text")
>>> made = news.map(clean, batched=True, features=clean.features(news))
>>> made["copydesk"][:] == [story, None]
True

Needs `pip install 'copydesk[datasets]'`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from copydesk._core import Cleaner
from copydesk._errors import ConfigError
from copydesk._extras import extra
from copydesk._work import Fields, Work, work

with extra("datasets"):
    import datasets
    import pyarrow as pa

    from copydesk._values import cleaned

__all__ = ["Clean", "clean"]


def clean(
    text: str = "text",
    *,
    html: bool = False,
    source: str | None = None,
    title: str | None = None,
    lang: str | None = None,
    published: str | None = None,
    fields: Fields = None,
    into: str = "copydesk",
    cleaner: Cleaner | None = None,
    threads: int = 1,
    on_error: Literal["raise", "null", "keep"] = "raise",
) -> Clean:
    """A function for `map(…, batched=True)`, which adds a column to a dataset or to a stream.

    text: the column of the texts: strings or binary. One that is None gives None.
    html: whether the texts are pages. Default: they are plain text.
    source, title, lang, published: columns of what is known of each text, as `Cleaner.clean` takes it.
    fields: the fields of the column, which is of structs; with one name, of that field alone. Default: all but "markdown", "words",
        "removed" and "blocks".
    into: the column. Default: "copydesk"; that of the texts is replaced where it is named.
    cleaner: default: `Cleaner()`.
    threads: 1 or more, for each process of `num_proc`. Default: 1.
    on_error: of a row that is refused, as one with a hint of a wrong type is: "raise" (default); with "null" it gives None; with
        "keep" its text is what was given.

    Give `map` the features, `features=clean.features(news)`: without them `datasets` guesses types from the first rows of every shard, and
    shards that have found nothing of a field do not go with the others. Any format does that `datasets` hands over batches in. Quickest
    is `news.with_format("arrow").map(…)`, without Python's objects; `map` leaves `remove_columns` undone there, and with frames.

    What the cache holds is found again, in other processes too, until `copydesk.rules_version` changes. Positions are bytes of UTF-8.

    >>> import copydesk.datasets, datasets
    >>> stream = datasets.Dataset.from_dict({"text": ["Share this article"] * 3}).to_iterable_dataset()
    >>> next(iter(stream.map(copydesk.datasets.clean(fields=["verdict"]), batched=True)))["copydesk"]
    {'verdict': 'no_story'}

    Raises `ConfigError` (a `ValueError`) for a field or an option that is not known, `KeyError` from `map` for a column that is not
    there, `TypeError` for one row in place of a batch (`batched=True` is missing) and for what is no text, `pyarrow.ArrowInvalid` (a
    `ValueError`) for a row that is refused, with its number in the batch.
    """
    given = {"source": source, "title": title, "lang": lang, "published": published}
    columns = {name: column for name, column in given.items() if column is not None}
    asked = work(fields, columns, html=html, cleaner=cleaner, threads=threads, on_error=on_error)
    made = Clean(asked, {"text": text, **columns}, into)
    made.type()
    return made


@dataclass(frozen=True)
class Clean:
    """What `clean` gives: a function of batches, which can be pickled."""

    work: Work
    columns: Mapping[str, str]
    """The columns that are read, by what they are."""
    into: str

    def __call__(self, batch: Any) -> Any:
        """The column of a batch, or a table of Arrow with it."""
        batch = _table(batch)
        if isinstance(batch, pa.Table):
            made = self._made({what: batch.column(name) for what, name in self.columns.items()})
            at = batch.column_names.index(self.into) if self.into in batch.column_names else None
            return batch.append_column(self.into, made) if at is None else batch.set_column(at, self.into, made)
        if not isinstance(batch, Mapping):
            raise TypeError(f'map hands over {type(batch).__name__}: give the dataset with_format(None) or with_format("arrow")')
        given = {what: batch[name] for what, name in self.columns.items()}
        if isinstance(given["text"], (str, bytes)) or not isinstance(given["text"], Collection):
            raise TypeError("map hands over one row and not a batch: give it batched=True")
        return {self.into: self._made(given).to_pylist()}

    def features(
        self, given: datasets.Dataset | datasets.IterableDataset | datasets.DatasetDict | datasets.IterableDatasetDict | datasets.Features
    ) -> datasets.Features:
        """The features of a dataset, or of all splits of one, with the new column, for `map(…, features=…)`.

        Raises `ConfigError` (a `ValueError`) for a stream that does not know its own, and for splits that differ in theirs.
        """
        if isinstance(given, (datasets.DatasetDict, datasets.IterableDatasetDict)):
            made = [self.features(split) for split in given.values()]
            if not made or any(one != made[0] for one in made):
                raise ConfigError("the splits differ in their features, or there are none: map each split with its own")
            return made[0]
        known = given if isinstance(given, datasets.Features) else given.features
        if known is None:
            raise ConfigError('the stream does not know its features: write them down, as datasets.Features(text=datasets.Value("string"))')
        new = datasets.Features.from_arrow_schema(pa.schema({self.into: self.type()}))
        return datasets.Features({**known, **new})

    def type(self) -> Any:
        """The type of the column, in Arrow."""
        return self.work.type(pa.schema([(what, pa.string()) for what in self.columns]))

    def _made(self, columns: Mapping[str, Any]) -> Any:
        return cleaned(self.work, columns).column(-1)


def _table(batch: Any) -> Any:
    """A frame of pandas or Polars, as `with_format` has them handed over, as a table. `map` takes one in its place, and with all columns:
    it drops those that a frame is given back without."""
    library = type(batch).__module__.partition(".")[0]
    if library == "pandas":
        return pa.Table.from_pandas(batch, preserve_index=False)
    return batch.to_arrow() if library == "polars" else batch
