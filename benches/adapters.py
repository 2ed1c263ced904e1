"""What it costs to have texts in a frame: each door beside the batch, on the same texts in the same run.

    python benches/adapters.py [--rounds N] [--texts N] [--rust COMMAND] [FILE ...]

The files are lines of JSON with a "text"; without any, it is data/lines/corpus.jsonl of ../shared (COPYDESK_SHARED names another folder), and
without that the articles under examples/. In every round each door does all texts once, one after the other, so that what slows the
machine down slows all of them; shown are the median of the rounds in seconds, and what it takes more than the batch, the median of the
rounds: of the time that passed, and of the time of all processors, which other work on the machine counts for less in.

The batch is `clean_texts`, of a list to a list, in place of Rust's own: they differ by what it takes to make Python's strings. With
`--rust`, it is what the command says: it is called with a file of the texts, as lines of JSON, and the number of threads, and prints
the seconds that cleaning them took.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pathlib
import shlex
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from typing import Any

import copydesk

ROOT = pathlib.Path(__file__).resolve().parents[1]
CLEANER = copydesk.Cleaner()

Door = Callable[[int], object]


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


def doors(texts: list[str]) -> dict[str, Door]:
    """What is measured, by its name and the fields that it builds; what is not installed is left out."""
    found: dict[str, Door] = {"clean_many; documents": lambda threads: CLEANER.clean_many(texts, threads=threads)}
    for name, (library, door) in DOORS.items():
        try:
            importlib.import_module(library)
        except ImportError as error:
            print(f"left out: {name} ({error})")
            continue
        found[f"{name}; text alone"] = door(texts, ["text"])
        found[f"{name}; the usual fields"] = door(texts, None)
    return found


def batch(texts: list[str], command: str | None) -> Callable[[int], tuple[float, float]]:
    """The seconds that the batch takes."""
    if command is None:
        return lambda threads: seconds(lambda: CLEANER.clean_texts(texts, threads=threads))
    path = pathlib.Path(tempfile.mkdtemp()) / "texts.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")

    def run(threads: int) -> tuple[float, float]:
        done = subprocess.run([*shlex.split(command), str(path), str(threads)], capture_output=True, text=True, check=True)
        return float(done.stdout), float("nan")

    return run


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
    parser.add_argument("--rust", metavar="COMMAND")
    parser.add_argument("files", nargs="*")
    given = parser.parse_args()
    origin, texts = corpus(given.files)
    texts = texts[: given.texts]
    size = sum(len(text.encode()) for text in texts)
    print(f"{origin}: {len(texts)} texts, {size / 1e6:.1f} MB; {given.rounds} rounds", flush=True)
    measured, base = doors(texts), batch(texts, given.rust)
    called = "Rust's batch" if given.rust else "clean_texts; text alone"
    for threads in (1, 2):
        times: dict[str, list[tuple[float, float]]] = {called: [], **{name: [] for name in measured}}
        for turn in range(given.rounds + 1):
            took = {called: base(threads), **{name: seconds(lambda: door(threads)) for name, door in measured.items()}}  # noqa: B023
            # The first round warms up.
            for name, value in took.items() if turn else ():
                times[name].append(value)
        print(f"\nthreads: {threads}")
        for name, all_times in times.items():
            wall = statistics.median(took for took, _ in all_times)
            more = [
                statistics.median(one[clock] / other[clock] for one, other in zip(all_times, times[called], strict=True)) - 1
                for clock in (0, 1)
            ]
            print(f"  {name:49} {wall:7.3f} s  {size / wall / 1e6:6.1f} MB/s  {more[0]:+7.1%}  {more[1]:+7.1%} of processors", flush=True)


if __name__ == "__main__":
    main()
