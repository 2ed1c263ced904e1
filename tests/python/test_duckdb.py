"""`copydesk.duckdb`: functions of SQL with the values of `clean_many`, and relations through `clean_arrow`."""

from __future__ import annotations

import datetime

import copydesk
import pytest
from conftest import ARTICLE, GOLDENS, ODD, USUAL, fields_of, needs

duckdb = needs("duckdb")
pa = needs("pyarrow")
needs("numpy")

import copydesk.duckdb  # noqa: E402

TEXTS = [text for name, text in ODD.items() if name != "surrogates"] + [golden.text for golden in GOLDENS[:10]] + [None, ARTICLE]
WANT = fields_of(TEXTS)


@pytest.fixture
def connection():
    made = duckdb.connect()
    given = pa.table({"n": range(len(TEXTS)), "body": TEXTS})
    made.execute("CREATE TABLE news AS FROM given")
    copydesk.duckdb.register(made)
    yield made
    made.close()


def column(connection: object, query: str) -> list:
    return [row[0] for row in connection.sql(query).fetchall()]


def test_the_functions(connection):
    assert column(connection, "SELECT clean_text(body) FROM news ORDER BY n") == copydesk.clean_texts(TEXTS)
    assert column(connection, "SELECT clean(body) FROM news ORDER BY n") == WANT
    assert column(connection, "SELECT normalize_text(body) FROM news ORDER BY n") == copydesk.normalize_many(TEXTS)
    made = column(connection, "SELECT clean(body).dateline.agency_id FROM news ORDER BY n")
    assert made == [row and (row["dateline"] or {}).get("agency_id") for row in WANT]
    page = "<h1>Rain</h1><p>It rained all day, the city said &ndash; and all night.<aside>Share</aside>"
    assert connection.execute("SELECT clean_html(?).text", [page]).fetchall() == [(copydesk.clean_html(page).text,)]


def test_nothing_and_nulls(connection):
    for function in ("clean_text", "clean", "clean_html", "normalize_text"):
        assert column(connection, f"SELECT {function}(body) FROM news LIMIT 0") == []
        assert column(connection, f"SELECT {function}(body) FROM news WHERE n < 0") == []
        assert column(connection, f"SELECT {function}(NULL)") == [None]
        assert column(connection, f"SELECT {function}(NULL::VARCHAR) FROM range(5000)") == [None] * 5000
    assert column(connection, "SELECT typeof(clean(body)) FROM news WHERE n = 0")[0].startswith('STRUCT("text" VARCHAR, verdict VARCHAR')


def test_many_vectors_filters_and_groups(connection):
    query = "SELECT clean_text(body || i) FROM news, range(200) r(i) ORDER BY n, i"
    want = copydesk.clean_texts([text and f"{text}{i}" for text in TEXTS for i in range(200)])
    for threads in (1, 2):
        connection.execute(f"SET threads = {threads}")
        assert column(connection, query) == want
    stories = [n for n, row in enumerate(WANT) if row and row["verdict"] == "story"]
    assert column(connection, "SELECT n FROM news WHERE clean(body).verdict = 'story' ORDER BY n") == stories
    counted = dict(connection.sql("SELECT clean(body).lang, count(*) FROM news GROUP BY ALL").fetchall())
    langs = [row and row["lang"] for row in WANT]
    assert counted == {lang: langs.count(lang) for lang in langs}


def test_registering_again_replaces(connection):
    copydesk.duckdb.register(connection, fields=["title", "words"], cleaner=copydesk.Cleaner(keep=["title"]), threads=1)
    assert column(connection, "SELECT clean_text(body) FROM news ORDER BY n") == copydesk.Cleaner(keep=["title"]).clean_texts(TEXTS)
    assert column(connection, "SELECT typeof(clean(body)) FROM news LIMIT 1") == ["STRUCT(title VARCHAR, words BIGINT)"]
    copydesk.duckdb.register(connection, prefix="news_", fields=["verdict"])
    assert column(connection, "SELECT news_clean('Share this')") == [{"verdict": "no_story"}]
    assert column(connection, "SELECT typeof(clean('Share this'))") == ["STRUCT(title VARCHAR, words BIGINT)"]


def test_one_field_itself(connection):
    copydesk.duckdb.register(connection, fields="dateline", on_error="keep")
    assert column(connection, "SELECT clean(body).agency_id FROM news ORDER BY n") == [row and (row["dateline"] or {}).get("agency_id") for row in WANT]
    copydesk.duckdb.register(connection, fields="verdict")
    assert column(connection, "SELECT clean_html('<p>Share this')") == ["no_story"]
    assert column(connection, "SELECT typeof(clean('Share this'))") == ["VARCHAR"]


def test_types_that_are_cast_to_texts(connection):
    connection.execute("CREATE TYPE line AS ENUM ('Share this', 'It &amp; rained.')")
    connection.execute("CREATE TABLE lines AS SELECT unnest(['Share this', NULL, 'It &amp; rained.'])::line AS line")
    assert column(connection, "SELECT clean(line).verdict FROM lines") == ["no_story", None, "no_story"]
    assert column(connection, "SELECT normalize_text(line) FROM lines") == ["Share this", None, "It & rained."]
    assert column(connection, "SELECT clean_text(line) FROM lines WHERE line IS NULL AND line IS NOT NULL") == []
    with pytest.raises(duckdb.BinderException, match="VARCHAR"):
        connection.sql("SELECT clean(['Share this'])")


def test_what_is_refused(connection):
    with pytest.raises(copydesk.ConfigError, match="sense"):
        copydesk.duckdb.register(connection, fields=["sense"])
    with pytest.raises(copydesk.ConfigError, match="threads 0"):
        copydesk.duckdb.register(connection, threads=0)
    # What was there is left.
    assert column(connection, "SELECT clean(body) FROM news ORDER BY n") == WANT
    with pytest.raises(duckdb.BinderException, match="clean"):
        connection.sql("SELECT clean(DATE '2016-05-04', 1)").fetchall()


def test_every_field_has_a_type_of_sql(connection):
    fields = [*USUAL, "markdown", "words", "removed", "blocks"]
    copydesk.duckdb.register(connection, fields=fields)
    made = connection.execute("SELECT clean(?)", [ARTICLE]).fetchall()[0][0]
    assert list(made) == fields
    assert {name: made[name] for name in [*USUAL, "blocks"]} == fields_of([ARTICLE], [*USUAL, "blocks"])[0]


def test_a_relation_of_the_same_connection_through_a_cursor(connection):
    days = [datetime.date(2016, 2, 4)] * len(TEXTS)
    cursor = connection.cursor()
    given = cursor.sql("SELECT n, body, DATE '2016-02-04' AS day FROM news")
    stream = copydesk.Cleaner().clean_arrow(given, text="body", published="day", into="it")
    made = connection.sql("SELECT n, day, it FROM stream ORDER BY n").fetchall()
    want = fields_of(TEXTS, published=days)
    assert made == [(n, days[n], row) for n, row in enumerate(want)]
    stream = copydesk.Cleaner().clean_arrow(cursor.sql("FROM news"), text="body", into="it", fields=["title"])
    connection.execute("CREATE TABLE made AS FROM stream")
    assert column(connection, "SELECT it.title FROM made ORDER BY n") == [row and row["title"] for row in WANT]
