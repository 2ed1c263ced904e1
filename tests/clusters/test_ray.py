"""copydesk.ray in a real Ray on this machine."""

from __future__ import annotations

import doctest
import importlib
import os

import copydesk
import numpy
import pyarrow as pa
import pytest
from conftest import assert_same, needs, pages, records, shared

needs("ray.data")

import copydesk.ray
from workers import Killer

STORY = (
    "Ferry strike strands thousands\n\nPORT LESSING, Feb 4 (Reuters) - Ferry crews walked off the job early on Sunday, stranding "
    "some 4,000 people and halting freight to three islands, after talks over a new timetable broke down.\n\n"
    "Share this story"
)


def test_a_hundred_thousand_with_an_actor_killed(cluster, corpus, alone, tmp_path):
    notes = tmp_path / "notes"
    notes.mkdir()

    class Noted(copydesk.ray.Clean):
        """Leaves a file for each actor that was made."""

        def __init__(self, **options) -> None:
            super().__init__(**options)
            (notes / str(os.getpid())).touch()

    ds = cluster.data.read_parquet(str(corpus), override_num_blocks=8).map_batches(
        Noted,
        fn_constructor_kwargs={"source": "url"},
        batch_format="pyarrow",
        batch_size=1000,
        compute=cluster.data.ActorPoolStrategy(size=2),
    )
    with Killer() as killer:
        ds.write_parquet(str(tmp_path / "made"))
    actors = {int(note.name) for note in notes.iterdir()}
    assert killer.killed in actors, "no actor was killed: it was over too soon"
    assert len(actors) >= 3, "no actor took its place"
    assert_same(tmp_path / "made", alone)


def test_a_hundred_thousand_in_tasks_with_a_worker_killed(cluster, corpus, alone, tmp_path):
    clean = copydesk.ray.Clean(source="url")
    ds = cluster.data.read_parquet(str(corpus), override_num_blocks=8).map_batches(clean, batch_format="pyarrow", batch_size=1000)
    with Killer() as killer:
        ds.write_parquet(str(tmp_path / "made"))
    assert killer.killed is not None, "no worker was killed: it was over too soon"
    assert_same(tmp_path / "made", alone)


def test_columns_of_ray_are_carried_through(cluster):
    items = [{"text": STORY, "tensor": numpy.ones((2, 2)) * number, "id": number} for number in range(10)]
    ds = cluster.data.from_items(items).map_batches(copydesk.ray.Clean(fields=["verdict"]), batch_format="pyarrow")
    made = sorted(ds.take_all(), key=lambda row: row["id"])
    assert [row["tensor"].tolist() for row in made] == [item["tensor"].tolist() for item in items]
    assert [row["copydesk"] for row in made] == [{"verdict": copydesk.clean(STORY).verdict}] * 10


TEXTS = [STORY, "", None, "Share", "salt &amp; pepper", "caf\u00c3\u00a9", "東京で雪が降った。"]


@pytest.mark.parametrize(
    "column",
    [
        pa.chunked_array([pa.array(TEXTS[:3]), pa.array([], pa.string()), pa.array(TEXTS[3:])]),
        pa.chunked_array([pa.array(["before", *TEXTS, "after"])]).slice(1, len(TEXTS)),
        pa.chunked_array([pa.array(TEXTS, pa.large_string())]),
        pa.chunked_array([pa.array(TEXTS).dictionary_encode()]),
        pa.chunked_array([pa.array([text and text.encode() for text in TEXTS], pa.binary())]),
    ],
    ids=["chunked", "sliced", "large", "dictionary", "binary"],
)
def test_it_is_what_clean_many_makes(column):
    made = copydesk.ray.Clean(fields=["text", "verdict"])(pa.table({"n": range(len(TEXTS)), "text": column}))
    wanted = [one and {"text": one.text, "verdict": one.verdict} for one in copydesk.clean_many(TEXTS)]
    assert made["copydesk"].to_pylist() == wanted
    assert made["text"].equals(column) and made["n"].to_pylist() == list(range(len(TEXTS)))


def test_the_types_hang_on_no_data():
    clean = copydesk.ray.Clean(fields=["text", "byline", "tags"])
    full = clean(pa.table({"text": [STORY]})).schema
    assert clean(pa.table({"text": pa.array([], pa.string())})).schema == full
    assert clean(pa.table({"text": pa.array([None, None], pa.string())})).schema == full


def test_a_column_of_that_name_is_replaced():
    clean = copydesk.ray.Clean(fields=["verdict"], into="text")
    assert clean(pa.table({"text": ["Share"], "id": [1]})).to_pylist() == [{"id": 1, "text": {"verdict": "no_story"}}]


def test_what_is_wrong_is_said(cluster):
    clean = copydesk.ray.Clean()
    with pytest.raises(TypeError, match='not dict: give map_batches batch_format="pyarrow"'):
        clean({"text": numpy.array(["a"])})
    with pytest.raises(copydesk.ConfigError, match='no column text="text": the columns are "body"'):
        clean(pa.table({"body": ["a"]}))
    with pytest.raises(copydesk.ConfigError, match="which holds no texts: cast it"):
        clean(pa.table({"text": [1]}))
    bad = pa.table({"text": ["a", "b"], "day": ["2024-05-06", "someday"]})
    with pytest.raises(pa.ArrowInvalid, match='row 1: published "someday" is not a date'):
        copydesk.ray.Clean(published="day")(bad)
    assert copydesk.ray.Clean(published="day", on_error="keep", fields=["text"])(bad)["copydesk"][1].as_py() == {"text": "b"}
    assert copydesk.ray.Clean(published="day", on_error="null", fields=["text"])(bad)["copydesk"][1].as_py() is None
    made = copydesk.ray.Clean(published="day", on_error="keep", fields="text")(bad)
    assert made.column_names == ["text", "day", "copydesk"] and made["copydesk"].to_pylist()[1] == "b"


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"fields": "story"}, copydesk.ConfigError, 'field "story" is not known'),
        ({"fields": ["story"]}, copydesk.ConfigError, 'field "story" is not known'),
        ({"on_error": "ignore"}, copydesk.ConfigError, 'on_error "ignore" is not known'),
        ({"threads": 0}, copydesk.ConfigError, "threads 0"),
        ({"langs": "code"}, TypeError, "langs"),
    ],
)
def test_an_option_that_is_wrong_is_refused_before_anything_runs(options, error, says):
    with pytest.raises(error, match=says):
        copydesk.ray.Clean(**options)


def test_texts_of_others(cluster):
    data = shared() / "data"
    texts = [record["text"] for record in records(data / "prose/dev.jsonl")]
    found = pages(300)
    assert len(texts) > 3000 and len(found) == 300
    ds = cluster.data.from_arrow(pa.table({"id": range(len(texts)), "text": texts})).repartition(5)
    ds = ds.map_batches(copydesk.ray.Clean(fields=["text"]), batch_format="pyarrow")
    made = sorted(ds.take_all(), key=lambda row: row["id"])
    assert [row["copydesk"]["text"] for row in made] == copydesk.clean_texts(texts)
    ds = cluster.data.from_arrow(pa.table({"id": range(len(found)), "page": found})).repartition(5)
    ds = ds.map_batches(copydesk.ray.Clean(html="page", fields=["text"]), batch_format="pyarrow")
    made = sorted(ds.take_all(), key=lambda row: row["id"])
    wanted = [document.text for document in copydesk.Cleaner().clean_html_many(found)]
    assert [row["copydesk"]["text"] for row in made] == wanted


def test_its_examples_run(cluster):
    found = doctest.testmod(importlib.import_module("copydesk.ray"))
    assert found.attempted >= 3 and not found.failed
