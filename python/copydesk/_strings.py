"""Columns of Arrow made of Python's strings, whatever stands among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

import pyarrow as pa


__all__ = ["strings"]

_SURROGATES = re.compile("[\ud800-\udfff]")


def strings(values: Iterable[Any], on_error: Literal["raise", "null", "keep"]) -> Any:
    """A column of values, null where one is missing.

    What Arrow has no type for (strings beside bytes, lone surrogates, which come out as U+FFFD) becomes a column of bytes. An item that
    is neither is null where `on_error` is not "raise".

    Raises `TypeError` for such an item, with its place.
    """
    try:
        made = pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
        made = pa.array((_bytes(at, value, on_error) for at, value in enumerate(values)), pa.large_binary())
    # Of NaN alone, as pandas makes a column without values.
    return made.cast(pa.null()) if pa.types.is_floating(made.type) and made.null_count == len(made) else made


def _bytes(at: int, value: Any, on_error: Literal["raise", "null", "keep"]) -> bytes | None:
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value).encode()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    if on_error != "raise" or pa.array([value], from_pandas=True).null_count == 1:
        return None
    raise TypeError(f"texts[{at}] must be str, bytes or None, not {type(value).__name__}")
