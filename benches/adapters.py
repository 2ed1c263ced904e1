"""What it costs to have texts elsewhere than in Rust: each door beside Rust's own batch, on the same texts in the same run.

    python benches/adapters.py [--rounds N] [--texts N] [--no-rust] [FILE ...]

The files are lines of JSON with a "text"; without any, it is data/lines/corpus.jsonl of ../shared (COPYDESK_SHARED names another folder), and
without that the articles under examples/. In every round each door does all texts once, one after the other, so that what slows the
machine down slows all of them; shown are the median of the rounds in seconds, and what it takes more than the batch, the median of the
rounds: of the time that passed, and of the time of all processors, which other work on the machine counts for less in (Linux alone).

The batch is that of benches/beside.rs, which cargo builds and which waits for its turn: `clean_texts` in Rust is what doors that give
the text alone are compared with, `clean_many` what all others are, for Rust reads every field of a document in any case. Built with the
profile of the package. Without cargo, or with --no-rust, `copydesk.clean_texts` is what all are compared with, of a list to a list.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import copydesk

ROOT = pathlib.Path(__file__).resolve().parents[1]
CLEANER = copydesk.Cleaner()

Door = Callable[[int], object]

#: The fields that are built.
TEXT, DOCUMENTS, USUAL = "text alone", "documents", "the usual fields"


def corpus(names: list[str]) -> tuple[str, list[str]]:
    """The texts, and where they are from."""
    shared = pathlib.Path(os.environ.get("COPYDESK_SHARED") or ROOT.parent / "shared") / "data" / "lines" / "corpus.jsonl"
    paths = [pathlib.Path(name) for name in names] or [shared]
    if all(path.is_file() for path in paths):
        lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
        return ", ".join(path.name for path in paths), [json.loads(line)["text"] for line in lines]
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    return "examples", texts * (4_000_000 // sum(map(len, texts)))


def of_arrow(texts: list[str], fields: list[str] | None) -> Door:
    import pyarrow as pa

    table = pa.table({"text": texts})
    return lambda threads: pa.table(CLEANER.clean_arrow(table, fields=fields, threads=threads))


def of_polars(texts: list[str], fields: list[str] | None) -> Door:
    import copydesk.polars
    import polars as pl

    frame = pl.DataFrame({"text": texts})
    return lambda threads: frame.select(copydesk.polars.Texts(pl.col("text")).clean(fields, threads=threads))


def of_pandas(texts: list[str], fields: list[str] | None) -> Door:
    import copydesk.pandas
    import pandas as pd

    series = pd.Series(texts)
    return lambda threads: copydesk.pandas.clean(series, fields, threads=threads)


def of_duckdb(texts: list[str], fields: list[str] | None) -> Door:
    import copydesk.duckdb
    import duckdb
    import pyarrow as pa

    connection, given = duckdb.connect(), pa.table({"text": texts})
    connection.execute("CREATE TABLE news AS FROM given")

    def query(threads: int) -> Any:
        connection.execute(f"SET threads = {threads}")
        copydesk.duckdb.register(connection, fields=fields, threads=threads)
        return pa.table(connection.sql("SELECT clean(text) FROM news"))

    return query


def of_datasets(texts: list[str], fields: list[str] | None, *, form: str | None = "arrow") -> Door:
    import copydesk.datasets
    import datasets

    datasets.disable_progress_bars()
    datasets.disable_caching()
    news = datasets.Dataset.from_dict({"text": texts}).with_format(form)

    def map(threads: int) -> Any:
        clean = copydesk.datasets.clean(fields=fields, threads=threads)
        return news.map(clean, batched=True, features=clean.features(news), keep_in_memory=True)

    return map


DOORS: dict[str, tuple[str, Callable[[list[str], list[str] | None], Door]]] = {
    "clean_arrow, pyarrow": ("pyarrow", of_arrow),
    "Polars": ("polars", of_polars),
    "pandas": ("pandas", of_pandas),
    "DuckDB": ("duckdb", of_duckdb),
    "datasets, with_format(\"arrow\")": ("datasets", of_datasets),
    "datasets, lists": ("datasets", lambda texts, fields: of_datasets(texts, fields, form=None)),
}


def doors(texts: list[str]) -> dict[tuple[str, str], Door]:
    """What is measured, by its name and the fields that it builds; what is not installed is left out."""
    found: dict[tuple[str, str], Door] = {
        ("clean_texts, list to list", TEXT): lambda threads: CLEANER.clean_texts(texts, threads=threads),
        ("clean_many, list to list", DOCUMENTS): lambda threads: CLEANER.clean_many(texts, threads=threads),
    }
    for name, (library, door) in DOORS.items():
        try:
            importlib.import_module(library)
        except ImportError as error:
            print(f"left out: {name} ({error})")
            continue
        found[name, TEXT] = door(texts, ["text"])
        found[name, USUAL] = door(texts, None)
    return found


class Rust:
    """Rust's batch in a process of its own, which works when it is asked to."""

    def __init__(self, texts: list[str]) -> None:
        build = ["cargo", "bench", "--locked", "--bench", "beside", "--no-run", "--message-format", "json"]
        told = subprocess.run(build, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
        (program,) = (
            made["executable"] for made in map(json.loads, told.splitlines()) if made.get("executable") and made["target"]["name"] == "beside"
        )
        path = pathlib.Path(tempfile.mkdtemp()) / "texts.jsonl"
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        self._process = subprocess.Popen([program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def door(self, what: str) -> Callable[[int], tuple[float, float]]:
        """The seconds that it takes to make "texts" or "documents"."""
        given, told = self._process.stdin, self._process.stdout
        assert given is not None and told is not None

        def run(threads: int) -> tuple[float, float]:
            used = self._used()
            given.write(f"{what} {threads}\n")
            given.flush()
            return float(told.readline()), self._used() - used

        return run

    def _used(self) -> float:
        """The time that the process has had of all processors, which Linux has a clock for."""
        return time.clock_gettime((~self._process.pid << 3) | 2) if sys.platform == "linux" else float("nan")


def bases(texts: list[str], *, rust: bool) -> dict[tuple[str, str], Callable[[int], tuple[float, float]]]:
    """What the doors are compared with: the first where they give the text alone, the last where they give more."""
    if rust and shutil.which("cargo"):
        batch = Rust(texts)
        return {("Rust's clean_texts", TEXT): batch.door("texts"), ("Rust's clean_many", DOCUMENTS): batch.door("documents")}
    print("without Rust: compared with clean_texts of Python")
    return {("clean_texts", TEXT): lambda threads: seconds(lambda: CLEANER.clean_texts(texts, threads=threads))}


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """The time that passed, and that of the processors."""
    start, used = time.perf_counter(), time.process_time()
    made = work()
    took = time.perf_counter() - start, time.process_time() - used
    del made
    return took


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=int, help="only so many of them")
    parser.add_argument("--no-rust", action="store_true")
    parser.add_argument("files", nargs="*")
    given = parser.parse_args()
    origin, texts = corpus(given.files)
    texts = texts[: given.texts]
    size = sum(len(text.encode()) for text in texts)
    print(f"{origin}: {len(texts)} texts, {size / 1e6:.1f} MB; {given.rounds} rounds", flush=True)
    measured, compared = doors(texts), bases(texts, rust=not given.no_rust)
    first, *_, last = [*compared, *compared]
    every = {**compared, **{name: partial(by_clock, door) for name, door in measured.items()}}
    for threads in (1, 2):
        times: dict[tuple[str, str], list[tuple[float, float]]] = {name: [] for name in every}
        for turn in range(given.rounds + 1):
            for name, door in every.items():
                took = door(threads)
                # The first round warms up.
                if turn:
                    times[name].append(took)
        print(f"\nthreads: {threads}")
        for name, all_times in times.items():
            base = times[first if name[1] == TEXT else last]
            wall = statistics.median(took for took, _ in all_times)
            more = [statistics.median(one[clock] / other[clock] for one, other in zip(all_times, base, strict=True)) - 1 for clock in (0, 1)]
            shown = f"{more[0]:+7.1%}  {more[1]:+7.1%} of processors" if name in measured else ""
            print(f"  {'; '.join(name):49} {wall:7.3f} s  {size / wall / 1e6:6.1f} MB/s  {shown}".rstrip(), flush=True)


def by_clock(door: Door, threads: int) -> tuple[float, float]:
    """The seconds that a door takes."""
    return seconds(lambda: door(threads))


if __name__ == "__main__":
    main()
