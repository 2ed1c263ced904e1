"""Columns of Polars: `pl.col("text").copydesk`, in every context, eager, lazy and streaming.

>>> import copydesk.polars
>>> import polars as pl
>>> story = "The tunnel under the harbour will close on Monday for at least a month, the city said."
>>> frame = pl.DataFrame({"text": [story + "\\n\\nSHARE THIS ARTICLE", None]})
>>> frame.select(pl.col("text").copydesk.text()).to_series().to_list() == [story, None]
True

Needs `pip install 'copydesk[polars]'`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Union

from copydesk._core import _normalize_arrow, normalize_many
from copydesk._errors import ConfigError
from copydesk._extras import extra
from copydesk._work import Fields, Options, Work, reading, work

with extra("polars"):
    import polars as pl

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["Hint", "PolarsOptions", "SeriesTexts", "Texts"]

Hint = Union[str, "pl.Expr", "pl.Series", None]
"""What is known of each text: the name of a column, an expression (`pl.lit("en")` for all) or a series."""


class PolarsOptions(Options, total=False):
    """Options of `Texts` and `SeriesTexts`, all of which may be left out."""

    source: Hint
    """The site or address that each text came from."""
    title: Hint
    """Its headline."""
    lang: Hint
    """Its language."""
    published: Hint
    """Its day: dates, datetimes, of which the day as written counts, or strings as `Cleaner.clean` takes them."""


class Texts:
    """What copydesk makes of an expression of texts: `pl.col("text").copydesk`.

    The expression is of strings, categories or binary. A null gives null, the order is kept, and the types hang on no data: a frame
    without rows and the schema of a lazy one have them too. Positions are bytes of UTF-8. Options are those of `PolarsOptions`.

    An expression cleans its texts wherever it stands in a query: ask once for all fields that you want, and `unnest` them.

    Type checkers do not know namespaces; `Texts(pl.col("text"))` is the same, and they know it.

    A field or option that is not known raises `ConfigError` at once. When the query runs, a column of another type raises
    `ConfigError` (`TypeError` from `normalize`), and a row that is refused, with its number in the batch, `polars.exceptions.ComputeError`.
    """

    def __init__(self, texts: pl.Expr) -> None:
        self._texts = texts

    def clean(self, fields: Fields = None, **options: Unpack[PolarsOptions]) -> pl.Expr:
        """A struct of fields; with one name, that field alone.

        fields: default: all but "markdown", "words", "removed" and "blocks".

        >>> import copydesk.polars, polars as pl
        >>> frame = pl.DataFrame({"text": ["Harbour tunnel closes\\n\\nIt closes on Monday, the city said."], "code": "en"})
        >>> frame.select(pl.col("text").copydesk.clean(["title", "lang"], lang="code")).unnest("text").row(0)
        ('Harbour tunnel closes', 'en')
        """
        return _cleaned(self._texts, fields, **options)

    def text(self, **options: Unpack[PolarsOptions]) -> pl.Expr:
        """The clean text alone, as a string: `clean("text")`."""
        return _cleaned(self._texts, "text", **options)

    def dateline(self, **options: Unpack[PolarsOptions]) -> pl.Expr:
        """The dateline of each text as a struct, null where it has none: `clean("dateline")`.

        >>> import copydesk.polars, polars as pl
        >>> frame = pl.DataFrame({"text": ["PARIS, May 4 (Reuters) - It rained all day, the city said."]})
        >>> frame.select(pl.col("text").copydesk.dateline().struct.field("agency_id")).item()
        'reuters'
        """
        return _cleaned(self._texts, "dateline", **options)

    def label(self, **options: Unpack[PolarsOptions]) -> pl.Expr:
        """All blocks of each text, a list of structs with "label", "text", "score" and more: `clean("blocks")`.

        >>> import copydesk.polars, polars as pl
        >>> frame = pl.DataFrame({"text": ["By Nora Quill\\n\\nShare this article"]})
        >>> blocks = frame.select(pl.col("text").copydesk.label()).explode("text").unnest("text")
        >>> blocks["label"].to_list()
        ['byline', 'share']
        """
        return _cleaned(self._texts, "blocks", **options)

    def normalize(self, *, threads: int | None = None) -> pl.Expr:
        """The texts repaired, as `copydesk.normalize_many` does it; of strings and categories alone.

        >>> import copydesk.polars, polars as pl
        >>> pl.select(pl.lit("salt &amp; pepper").copydesk.normalize()).item()
        'salt & pepper'
        """
        normalize_many([], threads=threads)  # what is wrong is said here
        return self._texts.map_batches(partial(_normalized, threads=threads), return_dtype=pl.String, is_elementwise=True)


class SeriesTexts:
    """What copydesk makes of a series of texts: `series.copydesk`, with the methods of `Texts`.

    What is known of each text is a series as long, or `pl.lit("en")` for all.
    """

    def __init__(self, texts: pl.Series) -> None:
        self._texts = texts

    def clean(self, fields: Fields = None, **options: Unpack[PolarsOptions]) -> pl.Series:
        """A series of structs; with one name, of that field alone."""
        return self._cleaned(fields, **options)

    def text(self, **options: Unpack[PolarsOptions]) -> pl.Series:
        """The clean texts.

        >>> import copydesk.polars, polars as pl
        >>> pl.Series(["Share this article", None]).copydesk.text().to_list()
        ['', None]
        """
        return self._cleaned("text", **options)

    def dateline(self, **options: Unpack[PolarsOptions]) -> pl.Series:
        """The dateline of each text, null where it has none."""
        return self._cleaned("dateline", **options)

    def label(self, **options: Unpack[PolarsOptions]) -> pl.Series:
        """All blocks of each text."""
        return self._cleaned("blocks", **options)

    def normalize(self, *, threads: int | None = None) -> pl.Series:
        """The texts repaired."""
        return self._of(Texts(pl.first()).normalize(threads=threads))

    def _cleaned(self, fields: Fields, **options: Unpack[PolarsOptions]) -> pl.Series:
        for name in ("source", "title", "lang", "published"):
            if isinstance(hint := options.get(name), str):
                raise ConfigError(f'{name}="{hint}" names a column, and a series has none: give a series, or pl.lit("{hint}") for all texts')
        return self._of(_cleaned(pl.first(), fields, **options))

    def _of(self, expression: pl.Expr) -> pl.Series:
        return self._texts.to_frame().select(expression).to_series()


def _cleaned(
    texts: pl.Expr,
    fields: Fields,
    *,
    source: Hint = None,
    title: Hint = None,
    lang: Hint = None,
    published: Hint = None,
    **options: Unpack[Options],
) -> pl.Expr:
    given = {"source": source, "title": title, "lang": lang, "published": published}
    hints = {name: hint for name, hint in given.items() if hint is not None}
    made = _Made(work(fields, hints, **options))
    if hints:
        # Names that no column of the texts is likely to have; the struct is called as the texts are.
        texts = pl.struct(texts, *[_expression(hint).alias(f"copydesk {name}") for name, hint in hints.items()])
    return texts.map_batches(made, return_dtype=made.dtype(), is_elementwise=True)


def _expression(hint: Hint) -> pl.Expr:
    if isinstance(hint, pl.Expr):
        return hint
    return pl.col(hint) if isinstance(hint, str) else pl.lit(hint)


@dataclass(frozen=True)
class _Made:
    """A function of a batch. It can be pickled, as a query that is sent elsewhere must be."""

    work: Work

    def __call__(self, texts: pl.Series) -> pl.Series:
        names = self.work.names()
        frame = texts.struct.unnest() if len(names) > 1 else texts.to_frame()
        if frame.width > len(names):
            columns = ", ".join(frame.columns[: 1 - len(names)])
            raise ConfigError(f"what is known of each text goes with one column, not with several ({columns}): write an expression for each")
        for kind in frame.dtypes:
            if kind == pl.Object:
                raise ConfigError(f"{texts.name!r} is of the type Object, which others cannot read: make it of pl.String")
        frame.columns = names
        return _read(self.work, frame.with_columns(*_readable(frame))).rename(texts.name)

    def dtype(self) -> pl.DataType:
        """The type of what is made: that of nothing."""
        return _read(self.work, pl.DataFrame(schema=dict.fromkeys(self.work.names(), pl.String))).dtype


def _read(work: Work, frame: pl.DataFrame) -> pl.Series:
    with reading():
        return pl.DataFrame(work.stream(frame)).to_series(-1)


def _readable(frame: pl.DataFrame) -> Iterable[pl.Expr]:
    """Columns that are given otherwise: nulls of no type, which Polars exports as others cannot read them; local times as days written."""
    for name, kind in frame.schema.items():
        if kind == pl.Null:
            yield pl.col(name).cast(pl.String)
        elif isinstance(kind, pl.Datetime) and kind.time_zone is not None:
            yield pl.col(name).dt.replace_time_zone(None)


def _normalized(texts: pl.Series, threads: int | None) -> pl.Series:
    if texts.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
        raise TypeError(f"{texts.name!r} is of the type {texts.dtype}, which holds no strings: cast it")
    with reading():
        return pl.DataFrame(_normalize_arrow(texts.cast(pl.String), threads=threads)).to_series().rename(texts.name)


pl.api.register_expr_namespace("copydesk")(Texts)
pl.api.register_series_namespace("copydesk")(SeriesTexts)
