"""What Spark and Ray cost beside one process, on the hundred thousand articles of tests/clusters.

    PYTHONPATH=python target/venv-clusters/bin/python benches/clusters.py [--threads 1] [--rounds 3]

Each reads the files, cleans, and writes files, with two workers of a thread each (one process: `--threads`); then the same without the
cleaning. Starting the engine is not counted. Processor seconds are those of all processes; on a machine that does other work they say
more than those of the clock. Medians of the rounds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "clusters"))

import articles
import pyarrow as pa
import pyarrow.parquet as pq
import workers


def alone(corpus: Path, threads: int) -> Callable[[bool, Path], None]:
    import copydesk

    def run(clean: bool, target: Path) -> None:
        target.mkdir()
        for file in sorted(corpus.glob("*.parquet")):
            made = pq.read_table(file)
            if clean:
                made = pa.table(copydesk.Cleaner().clean_arrow(made, source="url", into="copydesk", threads=threads))
            pq.write_table(made, target / file.name)

    return run


def spark(corpus: Path, _: int) -> Callable[[bool, Path], None]:
    import copydesk.spark
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.files.maxPartitionBytes": "1g",
        "spark.sql.files.openCostInBytes": "1g",
        "spark.sql.files.minPartitionNum": "1",
    }
    builder = SparkSession.builder.master("local[2]")
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")

    def run(clean: bool, target: Path) -> None:
        df = session.read.parquet(str(corpus))
        (copydesk.spark.clean(df, source="url") if clean else df).write.parquet(str(target))

    return run


def ray(corpus: Path, _: int) -> Callable[[bool, Path], None]:
    import copydesk.ray
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=600_000_000)
    ray.data.DataContext.get_current().enable_progress_bars = False

    def run(clean: bool, target: Path) -> None:
        ds = ray.data.read_parquet(str(corpus), override_num_blocks=len(articles.SKEW))
        if clean:
            ds = ds.map_batches(copydesk.ray.Clean(source="url"), batch_format="pyarrow")
        ds.write_parquet(str(target))

    return run


ENGINES = {"one process": alone, "Spark": spark, "Ray": ray}


def measure(engine: str, corpus: Path, threads: int, rounds: int) -> None:
    """Prints a row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        run = ENGINES[engine](corpus, threads)
        run(True, Path(folder) / "before")
        row = [engine]
        for clean in (True, False):
            clock, processor = [], []
            for number in range(rounds):
                start, used = time.perf_counter(), workers.all_seconds()
                run(clean, Path(folder) / f"{clean}-{number}")
                clock.append(time.perf_counter() - start)
                processor.append(workers.all_seconds() - used)
            row += [f"{statistics.median(clock):.1f}", f"{statistics.median(processor):.1f}"]
    print("| " + " | ".join(row) + " |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    if options.engine:
        measure(options.engine, options.corpus, options.threads, options.rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        corpus = articles.write(Path(folder) / "articles")
        size = sum(pq.read_table(file, columns=["text"])["text"].nbytes for file in corpus.glob("*.parquet"))
        print(f"{sum(articles.SKEW)} articles, {size / 1e6:.1f} MB of text, load of the machine {os.getloadavg()[0]:.1f}\n")
        print("| | clock, s | processor, s | without cleaning: clock, s | processor, s |\n|---|---|---|---|---|", flush=True)
        for engine in ENGINES:
            command = [sys.executable, __file__, "--engine", engine, "--corpus", str(corpus)]
            command += ["--threads", str(options.threads), "--rounds", str(options.rounds)]
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
