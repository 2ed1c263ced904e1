"""What the tests of clusters share: the articles, what one process makes of them, and a session of each engine."""

from __future__ import annotations

import importlib
import itertools
import json
import os
import pathlib
import shutil
import sys
import tarfile
import types
from collections.abc import Iterator
from typing import Any

import pytest
from skips import ROOT, shared, skip


def needs(module: str) -> types.ModuleType:
    """A module that these tests need."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        skip(f"{error}; pip install -r tests/clusters/requirements.txt")


def java() -> None:
    """Skips where there is no Java, with CI=true too: it comes from no package of Python's."""
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and (pathlib.Path(home) / "bin" / "java").exists())):
        pytest.skip("Spark needs Java, 17 or newer: apt-get install -y openjdk-17-jre-headless", allow_module_level=True)


copydesk, pa, pq = needs("copydesk"), needs("pyarrow"), needs("pyarrow.parquet")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The folder of the articles."""
    import articles

    return articles.write(tmp_path_factory.mktemp("articles"))


def records(path: pathlib.Path) -> list[dict[str, Any]]:
    """The records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def pages(most: int) -> list[bytes]:
    """Pages as the servers sent them."""
    with tarfile.open(shared() / "data/html/pages.tar.xz") as files:
        members = (files.extractfile(member) for member in files if member.isfile())
        return [file.read() for file in itertools.islice(members, most) if file]


def assert_same(folder: pathlib.Path, alone: pa.Table) -> None:
    """That the files of a folder hold the rows that one process has made, each once."""
    made = pq.ParquetDataset(folder).read().sort_by("id")
    assert made.num_rows == alone.num_rows
    assert made.column_names == alone.column_names
    # Parquet calls the items of lists otherwise; the values are those that were written.
    assert made.cast(alone.schema).equals(alone)


@pytest.fixture(scope="session")
def alone(corpus: pathlib.Path) -> pa.Table:
    """What one process makes of the articles."""
    table = pq.ParquetDataset(corpus).read()
    made = pa.table(copydesk.Cleaner().clean_arrow(table, source="url", into="copydesk")).sort_by("id").replace_schema_metadata()
    # What is compared is worth it.
    assert made.num_rows == 100_000 and made["copydesk"].null_count == 101
    verdicts = made["copydesk"].combine_chunks().field("verdict")
    assert set(verdicts.drop_null().to_pylist()) == {"story", "stub", "no_story"}
    return made


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """Spark on two cores; a task that fails is tried three times."""
    java()
    sql = needs("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2,3]").appName("copydesk")
    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "2g",
        # A partition for each file, however small or large.
        "spark.sql.files.maxPartitionBytes": "1g",
        "spark.sql.files.openCostInBytes": "1g",
        "spark.sql.files.minPartitionNum": "1",
        "spark.sql.session.timeZone": "Europe/Berlin",
    }
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """Ray on this machine: two workers, and room for reading."""
    ray = needs("ray")
    needs("ray.data")
    ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False, object_store_memory=600_000_000)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()
