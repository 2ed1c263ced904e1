#!/usr/bin/env python3
"""Writes the checksum into the first line of model files, so that copydesk reads them after an edit.

    training/seal.py FILE …

The first line of a model names its format and holds the CRC-32 of all that follows: `copydesk model 2 crc32:0a1b2c3d`. It is there
to tell a damaged file from a sound one; copydesk refuses a file that does not agree with it. Who edits a model on purpose seals it
again. A model of version 1, which had no checksum, becomes one of version 2. Needs nothing but Python; training writes sealed files.
"""

import argparse
import os
import pathlib
import re
import shutil
import zlib

CHAIN, NETWORK, PAGE = b"copydesk model", b"copydesk network", b"copydesk page"
FIRST_LINE = re.compile(rb"(copydesk model|copydesk network|copydesk page) (?:1|2(?: [^\n]*)?)\n")


def sealed(kind, rest):
    """The file of a kind, CHAIN or NETWORK, and of all that stands after its first line."""
    return b"%s 2 crc32:%08x\n%s" % (kind, zlib.crc32(rest), rest)


def opened(content):
    """The kind of a file, and all that stands after its first line."""
    found = FIRST_LINE.match(content)
    if not found:
        raise ValueError(f"not a copydesk model of version 1 or 2: it begins {content[:24]!r}")
    return found[1], content[found.end() :]


def chain_at(content):
    """Where the chain inside a network's file begins; its end where there is none."""
    at = content.rfind(CHAIN + b" ")
    return at if at >= 0 else len(content)


def renewed(content):
    """The file with the checksums that it should have; that of a chain inside a network too."""
    kind, rest = opened(content)
    if kind == NETWORK and (at := chain_at(rest)) < len(rest):
        rest = rest[:at] + renewed(rest[at:])
    return sealed(kind, rest)


def replace(path, content):
    """Puts a file in the place of another, whole or not at all; a link goes on leading to it, and who may read it stays."""
    path = path.resolve()
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(beside, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, beside)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=pathlib.Path, metavar="FILE")
    for path in parser.parse_args().files:
        content = path.read_bytes()
        try:
            new = renewed(content)
        except ValueError as error:
            parser.error(f"{path}: {error}")
        if new == content:
            print(f"{path}: its checksum is right")
        else:
            replace(path, new)
            print(f"{path}: sealed")


if __name__ == "__main__":
    main()
