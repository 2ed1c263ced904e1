"""Columns of Arrow made of Python's values, whatever stands among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["column", "days", "local", "strings"]

# What Arrow raises for values that it has no type for.
_NO_TYPE = (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError, UnicodeEncodeError)

_SURROGATES = re.compile("[\ud800-\udfff]")


def column(values: Iterable[Any]) -> Any:
    """A column of the type that Arrow takes the values for; null where one is missing."""
    made = pa.array(values, from_pandas=True)
    # Of NaN alone, which is how pandas has a column without values.
    return pa.nulls(len(made)) if pa.types.is_floating(made.type) and made.null_count == len(made) else made


def days(values: Iterable[Any]) -> Any:
    """The same of days. Times of a zone are given as the zone's clock shows them, for their day is the one that is written."""
    made = column(values)
    if not pa.types.is_timestamp(made.type) or made.type.tz is None:
        return made
    # Arrow has one zone for all, and each value may have another.
    return column([value.replace(tzinfo=None) if isinstance(value, datetime) else value for value in values])


def local(values: Any) -> Any:
    """The same of a column of Arrow."""
    return pc.local_timestamp(values) if pa.types.is_timestamp(values.type) and values.type.tz is not None else values


def strings(values: Iterable[Any], called: str, on_error: Literal["raise", "null", "keep"]) -> Any:
    """The same of strings. Those that Arrow has no type for (strings beside bytes, lone surrogates, which come out as U+FFFD) become a
    column of bytes. An item that is neither is null where `on_error` is not "raise".

    Raises `TypeError` for such an item, with its place in what is `called` so.
    """
    try:
        return column(values)
    except _NO_TYPE:
        items = [_bytes(value, f"{called}[{at}]", on_error) for at, value in enumerate(values)]
        return pa.array(items, pa.large_binary())


def _bytes(value: Any, called: str, on_error: str) -> bytes | None:
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value).encode()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    if on_error != "raise" or _missing(value):
        return None
    raise TypeError(f"{called} must be str, bytes or None, not {type(value).__name__}")


def _missing(value: Any) -> bool:
    try:
        return bool(pa.array([value], from_pandas=True).null_count == 1)
    except _NO_TYPE:
        return False
