"""`pl.col("text").copydesk`: the values of `clean_many` in every context of Polars."""

from __future__ import annotations

import datetime
import pickle

import copydesk
import pytest
from conftest import ARTICLE, GOLDENS, ODD, USUAL, fields_of, needs

pl = needs("polars")
pytest.importorskip("copydesk.polars")

from copydesk.polars import Texts  # noqa: E402

TEXTS = [text for name, text in ODD.items() if name != "surrogates"] + [golden.text for golden in GOLDENS[:10]] + [None, ARTICLE]
FRAME = pl.DataFrame({"n": range(len(TEXTS)), "body": TEXTS})
BODY = pl.col("body").copydesk
WANT = fields_of(TEXTS)
CLEAN = copydesk.clean_texts(TEXTS)


def test_the_values_and_the_names():
    made = FRAME.select("n", BODY.clean(), BODY.text().alias("clean"))
    assert made.columns == ["n", "body", "clean"]
    assert made["body"].to_list() == WANT
    assert made["clean"].to_list() == CLEAN and made["clean"].dtype == pl.String
    assert list(made.schema["body"].to_schema()) == USUAL
    made = FRAME.select(BODY.clean(["title", "words"]))
    assert made.schema == {"body": pl.Struct({"title": pl.String, "words": pl.Int64})}
    assert made["body"].struct.field("title").to_list() == [row and row["title"] for row in WANT]


def test_one_field_and_the_shortcuts():
    made = FRAME.select(a=BODY.clean("dateline"), b=BODY.dateline(), c=BODY.label(), d=BODY.clean("verdict_score"))
    assert made["a"].to_list() == made["b"].to_list() == [row and row["dateline"] for row in WANT]
    assert made["c"].to_list() == [row and row["blocks"] for row in fields_of(TEXTS, ["blocks"])]
    assert made["d"].to_list() == [row and row["verdict_score"] for row in WANT]
    assert FRAME.select(BODY.normalize())["body"].to_list() == copydesk.normalize_many(TEXTS)


@pytest.mark.parametrize("method", ["clean", "text", "dateline", "label", "normalize"])
def test_the_type_hangs_on_no_data(method):
    """The lazy schema says what comes, of no rows, of nulls, of nulls without a type."""
    want = FRAME.lazy().select(getattr(BODY, method)()).collect_schema()
    for frame in (
        FRAME,
        FRAME.head(0),
        FRAME.clear(),
        pl.DataFrame({"body": []}, schema={"body": pl.String}),
        pl.DataFrame({"body": [None, None]}),
        pl.DataFrame({"body": [None]}, schema={"body": pl.String}),
    ):
        assert frame.select(getattr(BODY, method)()).schema == want
        made = frame.lazy().select(getattr(BODY, method)()).collect(engine="streaming")
        assert made.schema == want and made.height == frame.height
    assert pl.DataFrame({"body": [None, None]}).select(getattr(BODY, method)())["body"].to_list() == [None, None]


def test_lazy_frames_filters_and_streaming():
    long = pl.concat([FRAME] * 40, rechunk=False)
    query = long.lazy().with_columns(BODY.clean(["text", "title"]).alias("made")).filter(pl.col("n") % 3 == 0)
    want = [row and {"text": row["text"], "title": row["title"]} for row in WANT[::3]] * 40
    for engine in ("in-memory", "streaming"):
        made = query.collect(engine=engine)
        assert made["made"].to_list() == want, engine
    kept = FRAME.lazy().filter(BODY.clean("title").is_not_null()).collect()
    assert kept["n"].to_list() == [n for n, row in enumerate(WANT) if row and row["title"]]


def test_groups_and_windows():
    frame = FRAME.with_columns(group=pl.col("n") % 3)
    made = frame.group_by("group", maintain_order=True).agg(BODY.text())
    assert made["body"].to_list() == [CLEAN[at::3] for at in range(3)]
    made = frame.with_columns(made=BODY.text().over("group"))
    assert made["made"].to_list() == CLEAN
    made = frame.with_columns(first=BODY.clean("title").first().over("group"))
    assert made["first"].to_list() == [WANT[n % 3]["title"] for n in range(len(TEXTS))]
    made = frame.group_by("group", maintain_order=True).agg(pl.col("body").sort_by("n", descending=True).copydesk.text())
    assert made["body"].to_list() == [CLEAN[at::3][::-1] for at in range(3)]
    assert frame.head(0).group_by("group").agg(BODY.text()).schema["body"] == pl.List(pl.String)
    lists = frame.group_by("group", maintain_order=True).agg("body")
    assert lists.select(pl.col("body").list.eval(pl.element().copydesk.text()))["body"].to_list() == [CLEAN[at::3] for at in range(3)]


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical, pl.Binary], ids=str)
def test_columns_that_hold_texts(kind):
    texts = [text for text in TEXTS if text is None or kind != pl.Categorical or "\0" not in text]
    column = pl.Series("body", texts, pl.String).cast(kind)
    assert column.copydesk.clean().to_list() == fields_of(texts)
    assert pl.concat([column[:3], column[3:]], rechunk=False).slice(1, 4).copydesk.text().to_list() == copydesk.clean_texts(texts[1:5])
    if kind == pl.Binary:
        assert pl.Series([b"caf\xe9 closes on Monday\xff"]).copydesk.label().to_list() == [
            row["blocks"] for row in fields_of([b"caf\xe9 closes on Monday\xff"], ["blocks"])
        ]


def test_enums_and_literals():
    assert pl.Series(["One.", None], dtype=pl.Enum(["One."])).copydesk.clean("verdict").to_list() == ["no_story", None]
    made = FRAME.select(pl.lit(ARTICLE).copydesk.clean("title"))
    assert made.item() == "Ferry strike strands thousands"


def test_what_is_known_of_each_text():
    frame = pl.DataFrame(
        {
            "title": [ARTICLE, "PARIS, Jan 2 (Reuters) - It rained all day.", None],
            "code": ["en", None, "de"],
            "day": [datetime.date(2016, 2, 4), datetime.date(2015, 12, 30), None],
            "site": ["https://a.example", None, None],
        }
    )
    texts = frame["title"].to_list()
    want = fields_of(texts, langs=frame["code"].to_list(), published=frame["day"].to_list(), titles=["Rain"] * 3)
    known = {"lang": "code", "published": pl.col("day"), "title": pl.lit("Rain"), "source": frame["site"]}
    assert frame.select(pl.col("title").copydesk.clean(**known))["title"].to_list() == want
    series = {"lang": frame["code"], "published": frame["day"], "title": pl.lit("Rain")}
    assert frame["title"].copydesk.clean(**series).to_list() == want
    assert frame.lazy().select(pl.col("title").copydesk.clean(**known)).collect(engine="streaming")["title"].to_list() == want
    nothing = {"lang": pl.lit(None), "published": pl.lit(None), "source": None}
    assert frame.select(pl.col("title").copydesk.clean(**nothing))["title"].to_list() == fields_of(texts)


def test_the_day_of_a_time_is_the_one_that_is_written():
    """Half an hour into the day in Tokyo is the day before in UTC, and the first of January another one."""
    text = "TOKYO, Jan 1 (Reuters) - It rained all day, the city said."
    written, before = (fields_of([text], published=[datetime.date(2016, 7, day)]) for day in (3, 2))
    assert written != before
    moment = pl.Series("day", [datetime.datetime(2016, 7, 3, 0, 30)])
    frame = pl.DataFrame({"text": [text], "local": moment, "zoned": moment.dt.replace_time_zone("Asia/Tokyo")})
    for column in ("local", "zoned"):
        assert frame.select(pl.col("text").copydesk.clean(published=column))["text"].to_list() == written


def test_pages_and_cleaners():
    page = "<h1>Rain</h1><p>It rained all day, the city said &ndash; and all night.<aside>Share</aside>"
    cleaner = copydesk.Cleaner(keep=["heading", "title", "body"])
    made = pl.Series([page, None]).copydesk.text(html=True, cleaner=cleaner)
    assert made.to_list() == [cleaner.clean_html(page).text, None]
    assert "–" in made[0] and "<" not in made[0]


def test_what_is_refused():
    for expression, error, message in (
        (lambda: BODY.clean(["sense"]), copydesk.ConfigError, "sense"),
        (lambda: BODY.clean("text", on_error="ignore"), copydesk.ConfigError, "on_error"),
        (lambda: BODY.clean(threads=0), copydesk.ConfigError, "threads 0"),
        (lambda: BODY.normalize(threads=0), copydesk.ConfigError, "threads 0"),
        (lambda: BODY.clean(langs="n"), TypeError, "langs"),
    ):
        with pytest.raises(error, match=message):
            expression()
    numbers = pl.DataFrame({"body": [1.0, None]})
    for method, error in (("clean", copydesk.ConfigError), ("text", copydesk.ConfigError), ("normalize", TypeError)):
        with pytest.raises(error, match="Float64, which holds no"):
            numbers.select(getattr(BODY, method)())
    frame = pl.DataFrame({"body": [ARTICLE, "It &amp; rained."], "code": ["en", "Klingon?"]})
    with pytest.raises(pl.exceptions.ComputeError, match="row 1.*Klingon"):
        frame.select(BODY.text(lang="code"))
    assert frame.select(BODY.clean("verdict", lang="code", on_error="null"))["body"].to_list() == ["stub", None]
    assert frame.select(BODY.text(lang="code", on_error="keep"))["body"].to_list()[1] == "It &amp; rained."


def test_types_that_hold_texts_and_those_that_do_not():
    texts = ["Share this", "By Nora Quill"]
    for kind in (pl.Enum(texts), pl.Categorical):
        series = pl.Series("body", texts, dtype=kind)
        assert series.copydesk.text().to_list() == copydesk.clean_texts(texts)
        assert series.copydesk.normalize().to_list() == texts
    objects = pl.Series("body", texts, dtype=pl.Object)
    with pytest.raises(copydesk.ConfigError, match="'body' is of the type Object, which others cannot read: make it of pl.String"):
        objects.copydesk.text()
    with pytest.raises(copydesk.ConfigError, match="which holds no texts: join what is in each, or explode it"):
        pl.Series([texts]).copydesk.text()
    paragraphs = pl.DataFrame({"body": [[ARTICLE, None], []]}).select(pl.col("body").list.eval(pl.element().copydesk.text()))
    assert paragraphs["body"].to_list() == [[copydesk.clean(ARTICLE).text, None], []]


def test_normalize_of_many_batches():
    texts = [f"{n} &amp; more, caf\u00e9" if n % 5 else None for n in range(5000)]
    for series in (pl.Series("it", texts), pl.concat([pl.Series("it", texts[:3000]), pl.Series("it", texts[3000:])], rechunk=False)):
        made = series.copydesk.normalize(threads=2)
        assert made.name == "it" and made.to_list() == copydesk.normalize_many(texts)
    assert pl.Series("it", [], dtype=pl.String).copydesk.normalize().dtype == pl.String


@pytest.mark.parametrize("name", ["source", "title", "lang", "published"])
def test_a_series_has_no_columns_to_name(name):
    """The name of the series itself, too, which would be its texts."""
    texts = pl.Series("en", [ARTICLE])
    for method in ("clean", "text", "dateline", "label"):
        with pytest.raises(copydesk.ConfigError, match=rf'{name}="en" names a column, and a series has none: .*pl.lit\("en"\)'):
            getattr(texts.copydesk, method)(**{name: "en"})


def test_several_columns_are_not_cleaned_with_hints_of_one():
    frame = pl.DataFrame({"a": ["Share this"], "b": ["Share that"], "code": ["en"]})
    with pytest.raises(copydesk.ConfigError, match=r"goes with one column, not with several \(a, b\): write an expression for each"):
        frame.select(pl.col("a", "b").copydesk.text(lang="code"))
    assert frame.select(pl.col("a", "b").copydesk.text()).row(0) == ("", "")


def test_a_query_can_be_sent_elsewhere():
    query = FRAME.lazy().select(BODY.text(cleaner=copydesk.Cleaner(keep=["title"])))
    sent = pickle.loads(pickle.dumps(query))
    assert sent.collect()["body"].to_list() == copydesk.Cleaner(keep=["title"]).clean_texts(TEXTS)


def test_a_hundred_thousand_rows():
    texts = [f"{n}. It rained.\n\nShare this" if n % 7 else None for n in range(100_000)]
    made = pl.DataFrame({"body": texts}).select(BODY.clean(["text", "verdict"]))["body"]
    want = copydesk.clean_texts(texts)
    assert made.struct.field("text").to_list() == want
    assert made.null_count() == sum(text is None for text in texts)


def test_checkers_know_the_class():
    made = FRAME.select(Texts(pl.col("body")).text(threads=1))
    assert made["body"].to_list() == CLEAN
