"""Columns of pandas: a series of texts in, a frame or a series with the same index out.

>>> import copydesk.pandas
>>> import pandas as pd
>>> story = "The tunnel under the harbour will close on Monday for at least a month, the city said."
>>> frame = pd.DataFrame({"text": [story + "\\n\\nSHARE THIS ARTICLE", None]}, index=["a", "b"])
>>> made = copydesk.pandas.clean(frame["text"], ["text", "verdict"])
>>> made.loc["a", "text"] == story, made.loc["b", "text"] is pd.NA
(True, True)

Needs `pip install 'copydesk[pandas]'`: pandas 2.2 or newer, and pyarrow.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Union, overload

from copydesk._errors import ConfigError
from copydesk._extras import extra
from copydesk._work import Fields, Options, default_cleaner, work

with extra("pandas"):
    import pandas as pd
    import pyarrow  # noqa: F401

    from copydesk._values import cleaned, normalized

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["Hint", "PandasOptions", "clean", "normalize", "register_accessor"]

Hint = Union["pd.Series[Any]", str, date, None]
"""What is known of each text: a series with the index of the texts, or one value for all of them."""


class PandasOptions(Options, total=False):
    """Options of `clean`, all of which may be left out."""

    source: Hint
    """The site or address that each text came from."""
    title: Hint
    """Its headline."""
    lang: Hint
    """Its language."""
    published: Hint
    """Its day: dates, datetimes, of which the day as written counts, periods within a day, or strings as `Cleaner.clean` takes them."""


@overload
def clean(texts: pd.Series[Any], fields: str, **options: Unpack[PandasOptions]) -> pd.Series[Any]: ...
@overload
def clean(
    texts: pd.Series[Any], fields: list[str] | tuple[str, ...] | None = None, **options: Unpack[PandasOptions]
) -> pd.DataFrame: ...
def clean(
    texts: pd.Series[Any], fields: Fields = None, **options: Unpack[PandasOptions]
) -> pd.DataFrame | pd.Series[Any]:
    """A frame with a column for each field; with one name, a series of that field alone.

    texts: a series of strings, bytes or both, of any dtype that holds them. One that is missing (None, NaN, NA) gives NA.
    fields: default: all but "markdown", "words", "removed" and "blocks".
    options: those of `PandasOptions`.

    The index is that of texts. The columns are of Arrow's types (`pd.ArrowDtype`), whatever the texts are: `.struct.field("raw")`
    and `.list` read what is nested, and `astype(object)` gives dicts and lists. Positions are bytes of UTF-8.

    >>> import copydesk.pandas, pandas as pd
    >>> texts = pd.Series(["PARIS, May 4 (Reuters) - It rained all day, the city said."])
    >>> copydesk.pandas.clean(texts, "dateline", published="2024-05-14").struct.field("agency_id").item()
    'reuters'

    Raises `TypeError` for what is no series, and for an item that is no text or no hint, with its place; `ConfigError` (a `ValueError`)
    for a column that holds no texts, for a field that is not known, and for another index; `pyarrow.ArrowInvalid` (a `ValueError`,
    too) for a row that is refused, with its number. With on_error="null" or "keep" neither an item nor a row raises; one value for all
    texts that cannot be read does so always, as from `Cleaner.clean`.
    """
    return _cleaned(texts, fields, **options)


def normalize(texts: pd.Series[Any], *, threads: int | None = None) -> pd.Series[Any]:
    """The texts repaired, as `copydesk.normalize_many` does it, with the index of texts.

    >>> import copydesk.pandas, pandas as pd
    >>> copydesk.pandas.normalize(pd.Series(["salt &amp; pepper"])).item()
    'salt & pepper'
    """
    _check(texts)
    made = normalized(texts, threads)
    return pd.Series(pd.arrays.ArrowExtensionArray(made), index=texts.index, name=texts.name)


def register_accessor(name: str = "copydesk") -> None:
    """Gives every series the functions of this module, as `series.copydesk.clean(...)`. It is done when it is asked for alone.

    >>> import copydesk.pandas, pandas as pd
    >>> copydesk.pandas.register_accessor()
    >>> pd.Series(["Share this article"]).copydesk.clean("verdict").item()
    'no_story'
    """
    pd.api.extensions.register_series_accessor(name)(_Accessor)


class _Accessor:
    def __init__(self, texts: pd.Series[Any]) -> None:
        self._texts = texts

    def clean(self, fields: Fields = None, **options: Unpack[PandasOptions]) -> pd.DataFrame | pd.Series[Any]:
        """`copydesk.pandas.clean` of this series."""
        return _cleaned(self._texts, fields, **options)

    def normalize(self, *, threads: int | None = None) -> pd.Series[Any]:
        """`copydesk.pandas.normalize` of this series."""
        return normalize(self._texts, threads=threads)


def _cleaned(
    texts: pd.Series[Any],
    fields: Fields,
    *,
    source: Hint = None,
    title: Hint = None,
    lang: Hint = None,
    published: Hint = None,
    **options: Unpack[Options],
) -> pd.DataFrame | pd.Series[Any]:
    _check(texts)
    given = {"source": source, "title": title, "lang": lang, "published": published}
    hints = {name: _hint(name, hint, texts) for name, hint in given.items() if hint is not None}
    asked = replace(work(fields, hints, **options), into=None)
    made = cleaned(asked, {"text": texts, **hints}, "texts")
    columns = {
        name: pd.Series(pd.arrays.ArrowExtensionArray(values), index=texts.index, name=name)
        for name, values in zip(made.column_names, made.columns, strict=True)
    }
    return columns[fields] if isinstance(fields, str) else pd.DataFrame(columns, index=texts.index)


def _check(texts: object) -> None:
    if not isinstance(texts, pd.Series):
        kind = type(texts).__name__
        raise TypeError(f'texts must be a series, not {kind}: give a column such as frame["text"], or lists to copydesk.clean_many')


def _hint(name: str, hint: pd.Series[Any] | str | date, texts: pd.Series[Any]) -> Any:
    """What is known of each text. Times of a zone are given as the zone's clock shows them, for their day is the one that is written."""
    if not isinstance(hint, pd.Series):
        if not pd.api.types.is_scalar(hint):
            raise TypeError(f"{name} must be a series with the index of the texts, or one value for all, not {type(hint).__name__}")
        one: Any = hint
        if isinstance(hint, pd.Period):
            one = _days(name, hint, hint.freq)
        elif isinstance(hint, bytes):
            one = hint.decode(errors="replace")
        # Whatever becomes of rows: with one that cannot be read all of them would be refused.
        default_cleaner().clean("", **{name: one})
        return [one] * len(texts)
    if not hint.index.equals(texts.index):
        raise ConfigError(f"{name} has another index than the texts: take both from one frame, or reindex it")
    if isinstance(hint.dtype, pd.PeriodDtype):
        return _days(name, hint.dt, hint.dtype.freq)
    if getattr(hint.dtype, "tz", None) is not None or "tz=" in str(hint.dtype):
        return hint.dt.tz_localize(None)
    return hint


def _days(name: str, periods: Any, freq: Any) -> Any:
    """The days of periods that have one each."""
    any_one = pd.Period("2000-01-01", freq)
    if any_one.start_time.date() != any_one.end_time.date():
        raise ConfigError(f"{name} holds periods of the frequency {freq.freqstr}, longer than a day: say which day, as .dt.start_time does")
    return periods.start_time
