"""Tables of Arrow made of Python's values, whatever stands among them, and what is made of those."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk._core import _normalize_arrow, normalize_many
from copydesk._work import Work, reading

__all__ = ["cleaned", "normalized"]

# What Arrow raises for values that it has no type for.
_NO_TYPE = (pa.ArrowException, ValueError, OverflowError)

_SURROGATES = re.compile("[\ud800-\udfff]")

# No language: what refuses rows refuses one that has it.
_REFUSED = "?"


def cleaned(work: Work, given: Mapping[str, Any], called: str = "text") -> Any:
    """The table that is made of columns of Arrow or of values, called as in `work.columns`.

    A text that is none is null where `work.on_error` is not "raise", and a row with a hint of a wrong type is refused. Else both raise
    `TypeError` with the place; "text" is `called` so.
    """
    columns: dict[str, Any] = {}
    refused: set[int] = set()
    for name, values in given.items():
        # Arrow ends NumPy's strings at their first NUL.
        if type(values).__module__ == "numpy" and values.dtype.kind in "US":
            values = values.tolist()
        column = _days if name == "published" else _strings
        columns[name], odd = column(values, called if name == "text" else name, work.on_error)
        if name != "text":
            refused.update(odd)
    if refused:
        langs = columns["lang"].to_pylist() if "lang" in columns else [None] * len(columns["text"])
        marked = [_REFUSED if row in refused else lang for row, lang in enumerate(langs)]
        columns["lang"], _ = _strings(marked, "lang", "raise")
        work = replace(work, columns={**work.columns, "lang": "lang"})
    with reading():
        return pa.table(work.stream(pa.table(columns)))


def normalized(values: Any, threads: int | None) -> Any:
    """The texts of a column of Arrow or of values repaired, as an array of Arrow; each item that is none raises `TypeError`."""
    if _typed(values) or isinstance(values, (pa.Array, pa.ChunkedArray)):
        try:
            column = _column(values)
        except _NO_TYPE:  # lone surrogates
            column = None
        if column is not None and _holds_strings(column.type):
            if not hasattr(column, "__arrow_c_stream__") and isinstance(column, pa.ChunkedArray):  # pyarrow 15
                column = column.combine_chunks()
            with reading():
                return pa.table(_normalize_arrow(column, threads=threads)).column(0)
    plain = values.to_pylist() if isinstance(values, (pa.Array, pa.ChunkedArray)) else values.astype(object)
    return pa.array(normalize_many(plain, threads=threads), pa.string())


def _holds_strings(kind: Any) -> bool:
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    # By name: the lowest pyarrow knows no views.
    return str(plain) in ("null", "string", "large_string", "string_view")


def _strings(values: Any, called: str, on_error: str) -> tuple[Any, list[int]]:
    """A column of texts, and the places of what are none.

    Those that Arrow has no type for (strings beside bytes, lone surrogates, which come out as U+FFFD) become a column of bytes.
    """
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        return values, []
    try:
        made = _column(values)
    except _NO_TYPE:
        return _each(values, _bytes, pa.large_binary(), called, on_error)
    # A column of another type is a mistake, and said by who cleans; in a list it may be that each value is one.
    if on_error == "raise" or _typed(values) or _holds_texts(made.type):
        return made, []
    return _each(values, _bytes, pa.large_binary(), called, on_error)


def _days(values: Any, called: str, on_error: str) -> tuple[Any, list[int]]:
    """The same of days. Of a time with a zone it is the one that the zone's clock shows: the one that is written."""
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        return _local(values), []
    if _typed(values):
        try:
            return _local(_column(values)), []
        except _NO_TYPE:
            pass
    # Not by Arrow: it has one zone for all, and no type for dates beside strings.
    return _each(values, _day, pa.string(), called, on_error)


def _column(values: Any) -> Any:
    """A column of the type that Arrow takes the values for; null where one is missing."""
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        return values
    made = pa.array(values, from_pandas=True)
    # Of NaN alone, which is how pandas has a column without values, or of objects that are missing, such as NaT.
    untyped = pa.types.is_floating(made.type) or not _typed(values)
    return pa.nulls(len(made)) if untyped and made.null_count == len(made) else made


def _local(column: Any) -> Any:
    """Times as the clock of their zone shows them; categories as what they are."""
    plain = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
    return pc.local_timestamp(plain) if pa.types.is_timestamp(plain.type) and plain.type.tz is not None else plain


def _typed(values: Any) -> bool:
    """Whether a column has a type of its own, as those of pandas and NumPy that are not of objects."""
    return bool(getattr(values, "dtype", object) != object)


def _holds_texts(kind: Any) -> bool:
    """Of the types that Arrow takes values for."""
    return kind in (pa.null(), pa.string(), pa.large_string(), pa.binary(), pa.large_binary())


def _each(
    values: Iterable[Any], read: Callable[[Any], object], kind: Any, called: str, on_error: str
) -> tuple[Any, list[int]]:
    made: list[object] = []
    odd: list[int] = []
    for at, value in enumerate(values):
        try:
            made.append(read(value))
        except TypeError as error:
            if on_error == "raise":
                raise TypeError(f"{called}[{at}] must be {error}, not {type(value).__name__}") from None
            made.append(None)
            odd.append(at)
    return pa.array(made, kind), odd


def _bytes(value: Any) -> bytes | None:
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value).encode()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    if _known(value) is None:
        return None
    raise TypeError("str, bytes or None")


def _day(value: Any) -> str | None:
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    known = _known(value)
    if known is None:
        return None
    # Of pandas; one that is longer than a day says none.
    start, end = getattr(known, "start_time", None), getattr(known, "end_time", None)
    if isinstance(start, date) and isinstance(end, date) and start.day == end.day and (end - start).days == 0:
        known = start
    if isinstance(known, date):
        return date(known.year, known.month, known.day).isoformat()
    raise TypeError("a date, a datetime, a period within a day, a str or None")


def _known(value: Any) -> Any:
    """What Arrow takes a value for: NaN, NaT and NA for None, a scalar of NumPy for that of Python."""
    if isinstance(value, date) and value == value:  # NaT is a datetime, and not equal to itself
        return value
    try:
        return pa.array([value], from_pandas=True)[0].as_py()
    except _NO_TYPE:
        return value
