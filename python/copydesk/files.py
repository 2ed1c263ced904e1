"""Corpora in buckets: what the command `copydesk clean` does, for every path that fsspec knows.

>>> import fsspec
>>> from copydesk import files
>>> with fsspec.open("memory://crawl/a.jsonl", "wb") as file:
...     file.write(b'{"text": "It rained."}\\n')
23
>>> [made.target for made in files.clean("memory://crawl/*.jsonl", "memory://clean", options=["--quiet"])]
['memory://clean/a.jsonl.gz']

Needs fsspec, and for buckets what it needs (s3fs, gcsfs, …).
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Any

from copydesk._errors import ConfigError, FileError

__all__ = ["Made", "clean"]

# Bytes that are passed on at once.
_BUFFER = 1 << 20


@dataclass(frozen=True)
class Made:
    """What became of a file."""

    source: str
    target: str
    finished_before: bool
    """It was there already, and was not made again."""
    rejected: bool
    """Some of its records were rejected."""
    messages: str
    """What the command said of it: rejects, and a summary where `options` ask for one."""


def clean(
    sources: str | Iterable[str],
    target: str,
    *,
    to: str = "jsonl.gz",
    options: Iterable[str] = (),
    overwrite: bool = False,
    **storage: Any,
) -> list[Made]:
    """Cleans files into a folder, one after the other: each through the command `copydesk clean`, on all processors.

    Args:
        sources: Paths or patterns, with their protocols: "s3://crawl/*.warc.gz".
        target: The folder that they go to.
        to: Format of the outputs, as `--to` takes it. Default: lines of JSON, compressed with gzip.
        options: Further options of the command, such as `["--verdict", "story"]`.
        overwrite: Whether outputs that are there are made again. Default: they are left as they are.
        storage: Options of fsspec for the storage, such as `anon=True`.

    Returns:
        What became of each file, in the order of their names. An output gets its name when it is whole.

    Raises:
        ConfigError: No file is called so, or two of them would go to one output.
        FileError: One cannot be read or written, or the command does not know an option.
    """
    fsspec = import_module("fsspec")
    found = sorted(
        {path for source in ([sources] if isinstance(sources, str) else sources) for path in _expand(source, storage)}
    )
    if not found:
        raise ConfigError(f"there is no file that is called {sources!r}")
    targets: dict[str, str] = {}
    for source in found:
        name = source.rstrip("/").rsplit("/", 1)[-1]
        made = f"{target.rstrip('/')}/{name.split('.', 1)[0]}.{to}"
        if made in targets:
            raise ConfigError(f"{targets[made]} and {source} would both be written to {made}")
        targets[made] = source
    all_made = []
    for made, source in targets.items():
        storage_of, path = fsspec.core.url_to_fs(made, **storage)
        if not overwrite and storage_of.exists(path):
            all_made.append(Made(source, made, True, False, ""))
            continue
        storage_of.makedirs(storage_of._parent(path), exist_ok=True)
        partial = f"{path}.partial"
        code, messages = _through(fsspec.open(source, "rb", **storage), storage_of.open(partial, "wb"), to, options)
        if code not in (0, 1):
            storage_of.rm(partial)
            raise FileError(f"{source}: {messages.strip()}")
        storage_of.mv(partial, path)
        all_made.append(Made(source, made, False, code == 1, messages))
    return all_made


def _expand(source: str, storage: dict[str, Any]) -> list[str]:
    """The files that a path or a pattern means, with their protocol."""
    of, path = import_module("fsspec").core.url_to_fs(source, **storage)
    return [of.unstrip_protocol(found) for found in of.glob(path)]


def _through(source: Any, target: IO[bytes], to: str, options: Iterable[str]) -> tuple[int, str]:
    """Passes a file through the command; its exit code, and what it said."""
    command = [sys.executable, "-m", "copydesk", "clean", "-", "--to", to, *options]
    said: list[bytes] = []
    with (
        source as reading,
        target,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child,
    ):
        assert child.stdin is not None and child.stdout is not None and child.stderr is not None
        stdin, stderr = child.stdin, child.stderr
        failed: list[BaseException] = []

        def feed() -> None:
            try:
                with stdin:
                    while part := reading.read(_BUFFER):
                        stdin.write(part)
            except BrokenPipeError:
                pass  # it ended before, and says why
            except BaseException as error:
                failed.append(error)
                child.kill()

        threads = [threading.Thread(target=feed), threading.Thread(target=lambda: said.append(stderr.read()))]
        for thread in threads:
            thread.start()
        try:
            while part := child.stdout.read(_BUFFER):
                target.write(part)
        except BaseException:
            child.kill()
            raise
        finally:
            for thread in threads:
                thread.join()
        code = child.wait()
    if failed:
        raise FileError(f"cannot read {source}: {failed[0]}") from failed[0]
    return code, b"".join(said).decode("utf-8", "replace")
