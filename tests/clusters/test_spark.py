"""copydesk.spark in a real session of Spark."""

from __future__ import annotations

import doctest
import importlib
import datetime
import pickle

import copydesk
import pyarrow.parquet
import pytest
from conftest import assert_same, needs, pages, records, shared

needs("pyspark")

import copydesk.spark
from copydesk._work import table_work
from pyspark.errors import PythonException
from pyspark.sql import functions as F
from pyspark.sql import types as T
from workers import Killer

STORY = (
    "Ferry strike strands thousands\n\nPORT LESSING, Feb 4 (Reuters) - Ferry crews walked off the job early on Sunday, stranding "
    "some 4,000 people and halting freight to three islands, after talks over a new timetable broke down.\n\n"
    "Share this story"
)


def test_a_hundred_thousand_with_a_worker_killed(spark, corpus, alone, tmp_path):
    df = spark.read.parquet(str(corpus))
    spark.sparkContext.setJobGroup("killed", "a worker is killed")
    with Killer() as killer:
        copydesk.spark.clean(df, source="url").write.parquet(str(tmp_path / "made"))
    assert killer.killed is not None, "no worker was killed: it was over too soon"
    tracker = spark.sparkContext.statusTracker()
    jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup("killed")]
    failed = sum(tracker.getStageInfo(stage).numFailedTasks for job in jobs for stage in job.stageIds)
    assert failed > 0, "Spark has not noticed"
    assert_same(tmp_path / "made", alone)
    for part in (tmp_path / "made").glob("*.parquet"):
        ids = pyarrow.parquet.read_table(part)["id"].to_pylist()
        assert ids == sorted(ids), "rows of a partition have moved"


def test_every_other_column_is_carried_through(spark):
    moment = datetime.datetime(2024, 5, 1, 0, 30)
    values = [
        (number, STORY if number % 3 else None, {"a": 1}, [1, None], moment, moment.date(), bytearray(b"x\xff"))
        for number in range(50)
    ]
    df = spark.createDataFrame(values, "id int, text string, m map<string,int>, l array<int>, ts timestamp, d date, b binary")
    df = df.select(
        "*",
        F.lit("1.50").cast("decimal(10,2)").alias("price"),
        F.lit(3).alias("never null"),
        F.expr("interval '1' day").alias("for"),
        F.struct("id", "l").alias("nested"),
        F.col("id").alias("a.b"),
        F.col("id").alias("c`d"),
        F.col("id").alias("twice"),
        F.col("id").alias("twice"),
        F.col("id").alias("said", metadata={"comment": "of a column"}),
        *(F.lit(number).alias(f"column {number}") for number in range(300)),
    )
    made = copydesk.spark.clean(df, published="ts")
    assert made.columns == [*df.columns, "copydesk"]
    assert made.schema.fields[:-1] == df.schema.fields
    assert made.schema["said"].metadata == {"comment": "of a column"}
    got, given = made.collect(), df.collect()
    assert [tuple(row)[:-1] for row in got] == [tuple(row) for row in given]
    assert [row[-1] is None for row in got] == [row.text is None for row in given]
    assert got[1][-1].dateline.date.resolved == "2024-02-04"


def test_it_is_what_clean_many_makes(spark):
    texts = [STORY, "", None, "Share", "salt &amp; pepper", "caf\u00c3\u00a9", "東京で雪が降った。", STORY * 50]
    df = spark.createDataFrame(list(enumerate(texts)), "id int, text string").coalesce(1)
    got = copydesk.spark.clean(df, fields=["text", "verdict", "verdict_score", "lang", "title"]).orderBy("id").collect()
    for row, document in zip(got, copydesk.clean_many(texts), strict=True):
        wanted = document and (document.text, document.verdict, document.verdict_score, document.lang, document.title)
        assert (row.copydesk and tuple(row.copydesk)) == wanted


def test_the_types_hang_on_no_data(spark):
    df = spark.createDataFrame([], "text string")
    made = copydesk.spark.clean(df, fields=["markdown", "words", "tags", "removed"])
    assert made.collect() == []
    removed = T.ArrayType(T.StructType([T.StructField("label", T.StringType()), T.StructField("text", T.StringType())]))
    assert made.schema["copydesk"] == T.StructField(
        "copydesk",
        T.StructType(
            [
                T.StructField("markdown", T.StringType()),
                T.StructField("words", T.LongType()),
                T.StructField("tags", T.ArrayType(T.StringType())),
                T.StructField("removed", removed),
            ]
        ),
    )
    nothing = spark.createDataFrame([(None,), (None,)], "text string")
    assert [row.copydesk for row in copydesk.spark.clean(nothing).collect()] == [None, None]


def test_names_are_found_as_spark_finds_them(spark):
    df = spark.createDataFrame([(STORY, 1)], "Text string, CopyDesk int")
    assert copydesk.spark.clean(df, "text", fields=["verdict"]).columns == ["Text", "copydesk"]
    assert copydesk.spark.clean(df, "TEXT", into="text", fields=["verdict"]).columns == ["CopyDesk", "text"]
    spark.conf.set("spark.sql.caseSensitive", "true")
    try:
        assert copydesk.spark.clean(df, "Text", fields=["verdict"]).columns == ["Text", "CopyDesk", "copydesk"]
        with pytest.raises(copydesk.ConfigError, match='no column text="text": the columns are "Text", "CopyDesk"'):
            copydesk.spark.clean(df, "text")
    finally:
        spark.conf.unset("spark.sql.caseSensitive")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"text": "id"}, 'column "id" is of the type integer'),
        ({"text": "body"}, 'no column text="body"'),
        ({"source": "site"}, 'no column source="site"'),
        ({"fields": "story"}, 'field "story" is not known'),
        ({"fields": ["story"]}, 'field "story" is not known'),
        ({"fields": []}, "fields is empty"),
        ({"on_error": "ignore"}, 'on_error "ignore" is not known'),
        ({"threads": 0}, "threads 0"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(spark, options, says):
    df = spark.createDataFrame([(1, STORY)], "id int, text string")
    with pytest.raises(copydesk.ConfigError, match=says):
        copydesk.spark.clean(df, **options)


def test_one_field_itself(spark):
    df = spark.createDataFrame([(1, STORY), (2, None)], "id int, text string")
    made = copydesk.spark.clean(df, fields="verdict")
    assert made.schema["copydesk"].dataType == T.StringType()
    assert [tuple(row) for row in made.select("id", "copydesk").collect()] == [(1, copydesk.clean(STORY).verdict), (2, None)]


def test_rows_that_are_refused(spark):
    df = spark.createDataFrame([(STORY, "someday"), (STORY, "2024-05-06")], "text string, day string").coalesce(1)

    def structs(on_error: str) -> list[tuple[str | None, ...] | None]:
        made = copydesk.spark.clean(df, published="day", fields=["text", "verdict"], on_error=on_error).collect()
        return [None if row.copydesk is None else tuple(row.copydesk) for row in made]

    clean = copydesk.clean(STORY, published="2024-05-06")
    assert structs("null") == [None, (clean.text, clean.verdict)]
    assert structs("keep") == [(STORY, None), (clean.text, clean.verdict)]
    with pytest.raises(PythonException, match='row 0: published "someday" is not a date'):
        structs("raise")


def test_the_cleaner_goes_to_the_workers_and_is_made_once_in_each(spark, tmp_path):
    pack = tmp_path / "orla.toml"
    pack.write_text('[cues]\nshare = ["pass it on to a neighbour"]\n', encoding="utf-8")
    cleaner = copydesk.Cleaner(packs=[pack], keep=["body", "title"], separator="\n")
    wanted = cleaner.clean(STORY).text
    pack.unlink()
    df = spark.createDataFrame([(STORY,)] * 4, "text string").repartition(3)
    made = copydesk.spark.clean(df, cleaner=cleaner, fields=["text"]).collect()
    assert [row.copydesk.text for row in made] == [wanted] * 4
    assert "Ferry strike strands thousands" in wanted
    pickled = pickle.dumps(table_work(cleaner=cleaner))
    assert copydesk.spark._work(pickled) is copydesk.spark._work(bytes(bytearray(pickled)))


def test_texts_of_others(spark):
    """Stories of 120 languages, scraped texts, and pages as the servers sent them, in whatever charset."""
    data = shared() / "data"
    texts = [record["text"] for record in records(data / "prose/dev.jsonl")]
    texts += [record["text"] for record in records(data / "lines/corpus.jsonl")]
    found = pages(300)
    assert len(texts) > 3000 and len(found) == 300
    cleaner = copydesk.Cleaner()
    df = spark.createDataFrame(list(enumerate(texts)), "id int, text string")
    got = copydesk.spark.clean(df, fields=["text", "lang"]).orderBy("id").collect()
    assert [row.copydesk.text for row in got] == cleaner.clean_texts(texts)
    df = spark.createDataFrame([(number, bytearray(page)) for number, page in enumerate(found)], "id int, page binary")
    got = copydesk.spark.clean(df, html="page", fields=["text"]).orderBy("id").collect()
    assert [row.copydesk.text for row in got] == [document.text for document in cleaner.clean_html_many(found)]


def test_its_examples_run(spark):
    found = doctest.testmod(importlib.import_module("copydesk.spark"))
    assert found.attempted >= 4 and not found.failed
