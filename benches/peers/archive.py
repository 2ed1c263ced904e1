"""The pages of the shared data, out of their archives, and as text for tools that take no bytes."""

from __future__ import annotations

import pathlib
import re
import tarfile
from collections.abc import Iterator


def pages(folder: pathlib.Path, names: set[str]) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(folder / "pages.tar.xz") as tar:
        for member in tar:
            if member.name in names and (file := tar.extractfile(member)):
                yield member.name, file.read()


def decoded(html: bytes) -> str:
    named = re.search(rb"charset=[\"']?([\w-]+)", html[:8192])
    for charset in ("utf-8", named.group(1).decode() if named else "cp1252"):
        try:
            return html.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return html.decode("utf-8", "replace")
