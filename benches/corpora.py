"""How fast the command goes through files, beside the library on the same texts, and in how much memory.

    .venv/bin/python benches/corpora.py --megabytes 100 [--copydesk target/release/copydesk]

Makes its files of the shared texts (../shared, or COPYDESK_SHARED), in a folder of its own that goes at the end. Seconds are those of the
clock, and processor seconds those of all threads: on a machine that does other work, the latter say more. The parquet files need pyarrow and a
command with the feature `columnar`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared"))


def texts() -> list[str]:
    found = []
    for name in ("dev.pages.jsonl", "dev.jsonl", "corpus.jsonl"):
        with open(SHARED / "data/lines" / name, encoding="utf-8") as file:
            for record in map(json.loads, file):
                found.append("\n".join(record["lines"]) if "lines" in record else record["text"])
    return found


def warc(kind: str, url: str, content: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def make(folder: Path, megabytes: int) -> dict[str, tuple[Path, int, int]]:
    """The files by their names: where they lie, how many documents, and how many bytes of text."""
    given, made = texts(), []
    size = 0
    while size < megabytes * 1e6:
        for text in given:
            made.append(text)
            size += len(text.encode())
            if size >= megabytes * 1e6:
                break
    files = {}
    lines = folder / "a.jsonl"
    with open(lines, "w", encoding="utf-8") as file:
        for i, text in enumerate(made):
            record = {"id": i, "url": f"https://site{i % 977}.example/{i}", "text": text, "score": i / 2, "tags": ["a"]}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    files["jsonl"] = (lines, len(made), size)
    packed = folder / "a.jsonl.gz"
    with gzip.open(packed, "wb", 6) as file:
        file.write(lines.read_bytes())
    files["jsonl.gz"] = (packed, len(made), size)
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        print("parquet: skipped, there is no pyarrow")
    else:
        table = pa.table({"id": range(len(made)), "text": made})
        parquet.write_table(table, folder / "a.parquet", row_group_size=5000, compression="zstd")
        files["parquet"] = (folder / "a.parquet", len(made), size)
    pages = SHARED / "data/html/pages.tar.xz"
    crawl, count, size = folder / "a.warc.gz", 0, 0
    with tarfile.open(pages) as archive, open(crawl, "wb") as file:
        for member in archive:
            if member.isfile():
                body = archive.extractfile(member).read()
                block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
                record = warc("response", f"https://orla.example/{member.name}", "application/http; msgtype=response", block)
                file.write(gzip.compress(record, 6))
                count, size = count + 1, size + len(body)
    files["warc.gz"] = (crawl, count, size)
    wet, count, size = folder / "a.warc.wet.gz", 0, 0
    with open(SHARED / "data/lines/dev.pages.jsonl", encoding="utf-8") as source, open(wet, "wb") as file:
        for record in map(json.loads, source):
            block = "\n".join(record["lines"]).encode()
            file.write(gzip.compress(warc("conversion", "https://orla.example/", "text/plain", block), 6))
            count, size = count + 1, size + len(block)
    files["wet.gz"] = (wet, count, size)
    return files


# Runs a command, and tells of the memory that it took: that of the children of a process is the most of all of them.
MEASURE = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
code = subprocess.run(sys.argv[1:]).returncode
seconds = time.perf_counter() - begun
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def measure(command: list[str]) -> tuple[int, float, float, float]:
    ran = subprocess.run([sys.executable, "-c", MEASURE, *command], capture_output=True, text=True, check=True)
    return tuple(json.loads(ran.stdout.splitlines()[-1]))


def library(files: dict, threads: int) -> tuple[float, float]:
    """Seconds, and processor seconds, of the library's own batch: documents with all fields, which the summary of a run counts."""
    import collections

    import copydesk

    with open(files["jsonl"][0], encoding="utf-8") as file:
        given = [json.loads(line)["text"] for line in file]
    cleaner = copydesk.Cleaner()
    begun, before = time.perf_counter(), time.process_time()
    collections.deque(cleaner.clean_iter(given, threads=threads), maxlen=0)
    return time.perf_counter() - begun, time.process_time() - before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--copydesk", default="")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--no-library", action="store_true")
    args = parser.parse_args()
    command = [args.copydesk] if args.copydesk else [sys.executable, "-m", "copydesk"]
    print(f"{'':22} {'documents':>9} {'MB':>6} {'s':>7} {'cpu s':>7} {'MB/cpu s':>9} {'MB memory':>9}")

    def row(name: str, count: int, size: int, seconds: float, cpu: float, memory: float | None) -> None:
        shown = f"{memory:9.0f}" if memory is not None else ""
        print(f"{name:22} {count:9} {size / 1e6:6.0f} {seconds:7.1f} {cpu:7.1f} {size / 1e6 / cpu:9.2f} {shown}", flush=True)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = make(folder, args.megabytes)
        for threads in map(int, args.threads.split(",")):
            if not args.no_library:
                row(f"library, {threads}", *files["jsonl"][1:], *library(files, threads), None)
            for what, (path, count, size) in files.items():
                out = folder / f"out-{threads}.{'parquet' if what == 'parquet' else 'jsonl.gz' if what.endswith('gz') else what}"
                code, seconds, cpu, memory = measure(
                    [*command, "clean", str(path), "-o", str(out), "--overwrite", "--quiet", "--threads", str(threads)]
                )
                if code == 0:
                    row(f"{what}, {threads}", count, size, seconds, cpu, memory)
                else:
                    print(f"{what}, {threads}: exit code {code}")


if __name__ == "__main__":
    main()
