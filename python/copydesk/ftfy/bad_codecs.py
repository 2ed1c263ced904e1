"""Codecs for what software makes of text: importing this registers them with Python.

`sloppy-windows-1252` and its like are encodings with gaps, in which a byte in a gap stands for the character of its number, and
the byte 1A for U+FFFD. `utf-8-variants` reads UTF-8 in which surrogates, or zero as two bytes, were encoded.

>>> b"\\xe2\\x80\\x9d \\xed\\xa0\\xbd\\xed\\xb8\\x8d".decode("utf-8-variants")
'” 😍'
"""

from __future__ import annotations

import codecs
import re
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["ok", "search_function"]

_SLOPPY = re.compile(r"sloppy-((?:windows-|cp)125[0-8]|iso-8859-(?:3|6|7|8|11))")
_UTF_8_VARIANTS = frozenset(
    [*(utf + var for utf in ("utf-8", "utf8") for var in ("-var", "-variant", "-variants"))]
    + ["cesu-8", "cesu8", "java-utf-8", "java-utf8"]
)


def ok() -> None:
    """Does nothing, but tells code checkers that the import is used."""


def search_function(encoding: str) -> codecs.CodecInfo | None:
    """What Python's `codecs` asks for a codec."""
    name = encoding.lower().replace("_", "-").replace(" ", "-")
    codec: _Codec
    if name in _UTF_8_VARIANTS:
        name, codec = "utf-8-variants", _Utf8Variants()
    elif sloppy := _SLOPPY.fullmatch(name):
        codec = _Sloppy(sloppy[1])
    else:
        return None
    return codecs.CodecInfo(
        codec.encode,
        codec.decode,
        streamreader=partial(_Reader, codec),
        streamwriter=partial(_Writer, codec),
        incrementalencoder=partial(_Encoder, codec),
        incrementaldecoder=_Utf8VariantsDecoder if isinstance(codec, _Utf8Variants) else partial(_Decoder, codec),
        name=name,
    )


class _Sloppy:
    def __init__(self, encoding: str) -> None:
        chars = [bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in range(256)]
        chars[0x1A] = "\ufffd"
        self.chars = "".join(chars)
        self.bytes: Any = codecs.charmap_build(self.chars)

    def encode(self, text: str, errors: str = "strict", /) -> tuple[bytes, int]:
        return codecs.charmap_encode(text, errors, self.bytes)

    def decode(self, data: Buffer, errors: str = "strict", /) -> tuple[str, int]:
        return codecs.charmap_decode(data, errors, self.chars)


#: What UTF-8 has no place for: zero as two bytes, a pair of surrogates.
_VARIANT = re.compile(rb"\xc0\x80|\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
#: The start of one at the end.
_STARTED = re.compile(rb"(?:\xc0|\xed(?:[\xa0-\xaf](?:[\x80-\xbf](?:\xed[\xb0-\xbf]?)?)?)?)\Z")


def _standard(variant: bytes) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        found = match.group()
        if found == b"\xc0\x80":
            return b"\0"
        return found.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16").encode()

    return _VARIANT.sub(one, variant)


class _Utf8Variants:
    def encode(self, text: str, errors: str = "strict", /) -> tuple[bytes, int]:
        return codecs.utf_8_encode(text, errors)

    def decode(self, data: Buffer, errors: str = "strict", /) -> tuple[str, int]:
        given = bytes(data)
        return _standard(given).decode("utf-8", errors), len(given)


class _Utf8VariantsDecoder(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, data: Buffer, errors: str, final: bool) -> tuple[str, int]:
        given = bytes(data)
        started = None if final else _STARTED.search(given)
        whole = given[: started.start()] if started else given
        standard = _standard(whole)
        text, used = codecs.utf_8_decode(standard, errors, final)
        # What is left over at the end is no variant, and as long in the bytes given.
        return text, len(whole) - (len(standard) - used)


_Codec = _Sloppy | _Utf8Variants


class _Encoder(codecs.IncrementalEncoder):
    def __init__(self, codec: _Codec, errors: str = "strict") -> None:
        super().__init__(errors)
        self._codec = codec

    def encode(self, text: str, final: bool = False) -> bytes:
        return self._codec.encode(text, self.errors)[0]


class _Decoder(codecs.IncrementalDecoder):
    def __init__(self, codec: _Codec, errors: str = "strict") -> None:
        super().__init__(errors)
        self._codec = codec

    def decode(self, data: Buffer, final: bool = False) -> str:
        return self._codec.decode(data, self.errors)[0]


class _Writer(codecs.StreamWriter):
    def __init__(self, codec: _Codec, stream: Any, errors: str = "strict") -> None:
        super().__init__(stream, errors)
        self._codec = codec

    def encode(self, text: str, errors: str = "strict") -> tuple[bytes, int]:
        return self._codec.encode(text, errors)


class _Reader(codecs.StreamReader):
    def __init__(self, codec: _Codec, stream: Any, errors: str = "strict") -> None:
        super().__init__(stream, errors)
        self._codec = codec

    def decode(self, data: Buffer, errors: str = "strict") -> tuple[str, int]:
        # A sequence may go on in the bytes to come.
        if isinstance(self._codec, _Utf8Variants):
            return _Utf8VariantsDecoder(errors)._buffer_decode(data, errors, False)
        return self._codec.decode(data, errors)


codecs.register(search_function)
