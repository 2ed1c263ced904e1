"""`copydesk.pandas`: the values of `clean_many`, for a column of any dtype, with its index."""

from __future__ import annotations

import datetime
import math
import subprocess
import sys

import copydesk
import pytest
from conftest import ARTICLE, GOLDENS, ODD, USUAL, fields_of, needs

pd = needs("pandas")
pa = needs("pyarrow")

import copydesk.pandas  # noqa: E402

TEXTS = [text for name, text in ODD.items() if name != "surrogates"] + [golden.text for golden in GOLDENS[:10]] + [None, ARTICLE]
WANT = fields_of(TEXTS)
INDEX = [f"row {n % 5}" for n in range(len(TEXTS))]


def rows(frame: pd.DataFrame) -> list[dict]:
    """As Python's values, None for what is missing."""
    return pa.Table.from_pandas(frame, preserve_index=False).to_pylist()


def values(series: pd.Series) -> list:
    return pa.array(series).to_pylist()


EMPTY = dict.fromkeys(USUAL)

DTYPES = {
    "object": lambda texts: pd.Series(texts, dtype=object),
    "object with NaN": lambda texts: pd.Series([math.nan if text is None else text for text in texts], dtype=object),
    "object with NA": lambda texts: pd.Series([pd.NA if text is None else text for text in texts], dtype=object),
    "inferred": lambda texts: pd.Series(texts),
    "string": lambda texts: pd.Series(texts, dtype="string"),
    "string[python]": lambda texts: pd.Series(texts, dtype="string[python]"),
    "string[pyarrow]": lambda texts: pd.Series(texts, dtype="string[pyarrow]"),
    "arrow string": lambda texts: pd.Series(texts, dtype=pd.ArrowDtype(pa.string())),
    "arrow large_string": lambda texts: pd.Series(texts, dtype=pd.ArrowDtype(pa.large_string())),
    "category": lambda texts: pd.Series(texts, dtype="category"),
    "bytes": lambda texts: pd.Series([text and text.encode() for text in texts], dtype=object),
    "arrow binary": lambda texts: pd.Series(pa.array([text and text.encode() for text in texts]).to_pandas(), dtype=pd.ArrowDtype(pa.binary())),
}


@pytest.mark.parametrize("dtype", DTYPES)
def test_every_dtype_gives_the_same_with_the_index_kept(dtype):
    texts = DTYPES[dtype](TEXTS)
    texts.index, texts.name = INDEX, "body"
    before = texts.copy()
    made = copydesk.pandas.clean(texts)
    assert rows(made) == [row or EMPTY for row in WANT]
    assert list(made.index) == INDEX and list(made.columns) == USUAL
    assert all(isinstance(dtype, pd.ArrowDtype) for dtype in made.dtypes)
    pd.testing.assert_series_equal(texts, before)
    sliced = copydesk.pandas.clean(texts[3:9], "title")
    assert values(sliced) == [row and row["title"] for row in WANT[3:9]]
    assert list(sliced.index) == INDEX[3:9] and sliced.name == "title"


def test_the_dtypes_hang_on_no_data():
    want = copydesk.pandas.clean(pd.Series([ARTICLE])).dtypes
    for texts in (
        pd.Series([], dtype=object),
        pd.Series([], dtype="string"),
        pd.Series([None, None]),
        pd.Series([math.nan, math.nan]),
        pd.Series([pd.NA], dtype="string"),
        pd.Series([None], dtype=pd.ArrowDtype(pa.null())),
    ):
        made = copydesk.pandas.clean(texts)
        assert made.dtypes.equals(want) and len(made) == len(texts)
        assert made.isna().all(axis=None)
        assert copydesk.pandas.normalize(texts).isna().all()
        one = copydesk.pandas.clean(texts, "text")
        assert one.dtype == want["text"] and one.index.equals(texts.index)


def test_one_field_is_a_series_and_several_are_a_frame():
    texts = pd.Series(TEXTS, index=INDEX)
    one = copydesk.pandas.clean(texts, "text")
    assert isinstance(one, pd.Series) and values(one) == copydesk.clean_texts(TEXTS)
    frame = copydesk.pandas.clean(texts, ["text"])
    assert isinstance(frame, pd.DataFrame) and list(frame.columns) == ["text"]
    dateline = copydesk.pandas.clean(texts, "dateline")
    assert values(dateline.struct.field("agency_id")) == [row and (row["dateline"] or {}).get("agency_id") for row in WANT]


def test_a_column_of_many_chunks():
    chunked = pd.Series(pd.arrays.ArrowExtensionArray(pa.chunked_array([TEXTS[:2], [], TEXTS[2:]], pa.string())))
    assert rows(copydesk.pandas.clean(chunked)) == [row or EMPTY for row in WANT]


def test_strings_that_arrow_has_no_type_for():
    texts = [ODD["surrogates"], "caf\xe9", b"caf\xe9 closes", None, bytearray(b"One."), memoryview(b"Two."), math.nan, "\ud83d"]
    everything = copydesk.Cleaner(keep=copydesk.LABELS)
    made = copydesk.pandas.clean(pd.Series(texts, dtype=object), "text", cleaner=everything)
    assert values(made) == everything.clean_texts(texts)
    assert "\ufffd" in values(made)[0]


def test_what_is_no_text_is_named_with_its_place():
    mixed = pd.Series(["One.", 3, None], index=["a", "b", "c"], dtype=object)
    with pytest.raises(TypeError, match=r"texts\[1\] must be str, bytes or None, not int"):
        copydesk.pandas.clean(mixed)
    assert values(copydesk.pandas.clean(mixed, "verdict", on_error="null")) == ["no_story", None, None]
    for numbers in (pd.Series([1, 2]), pd.Series([1.5, math.nan]), pd.Series([1, None], dtype="Int64"), pd.Series([datetime.datetime(2016, 5, 4)])):
        with pytest.raises(copydesk.ConfigError, match="which holds no texts: cast it"):
            copydesk.pandas.clean(numbers)
    for nothing in ("One.", ["One."], pd.DataFrame({"text": ["One."]}), None):
        for function in (copydesk.pandas.clean, copydesk.pandas.normalize):
            with pytest.raises(TypeError, match=r'texts must be a series, not \w+: give a column such as frame\["text"\]'):
                function(nothing)


def test_what_is_known_of_each_text():
    frame = pd.DataFrame(
        {
            "text": [ARTICLE, "PARIS, Jan 2 (Reuters) - It rained all day.", None],
            "code": ["en", None, "de"],
            "day": pd.to_datetime(["2016-02-04", "2015-12-30", None]),
            "site": ["https://a.example", None, math.nan],
        },
        index=[7, 7, 9],
    )
    texts = [ARTICLE, "PARIS, Jan 2 (Reuters) - It rained all day.", None]
    days, codes = ["2016-02-04", "2015-12-30", None], ["en", None, "de"]
    want = [row or EMPTY for row in fields_of(texts, langs=codes, published=days, titles=["Rain"] * 3)]
    for day in (
        frame["day"],
        frame["day"].dt.tz_localize("Asia/Tokyo"),
        frame["day"].astype(pd.ArrowDtype(pa.timestamp("us"))),
        pd.Series([None if pd.isna(day) else day.date() for day in frame["day"]], index=frame.index, dtype=object),
        frame["day"].astype("category"),
        frame["day"].dt.tz_localize("Asia/Tokyo").astype("category"),
        pd.Series(days, index=frame.index),
        pd.Series(days, index=frame.index, dtype="string"),
    ):
        assert rows(copydesk.pandas.clean(frame["text"], lang=frame["code"], published=day, title="Rain", source=frame["site"])) == want
    for day in (datetime.date(2016, 5, 4), "2016-05-04", datetime.datetime(2016, 5, 4, 12), pd.Timestamp("2016-05-04 00:30", tz="Asia/Tokyo")):
        made = copydesk.pandas.clean(frame["text"], published=day)
        assert rows(made) == [row or EMPTY for row in fields_of(texts, published=["2016-05-04"] * 3)]
    missing = pd.Series([math.nan] * 3, index=frame.index)
    assert rows(copydesk.pandas.clean(frame["text"], lang=missing)) == [row or EMPTY for row in fields_of(texts)]
    with pytest.raises(copydesk.ConfigError, match="lang has another index than the texts"):
        copydesk.pandas.clean(frame["text"], lang=pd.Series(codes))


def test_a_row_that_is_refused():
    texts, codes = pd.Series([ARTICLE, "It &amp; rained."]), pd.Series(["en", "Klingon?"])
    with pytest.raises(ValueError, match="row 1.*Klingon"):
        copydesk.pandas.clean(texts, lang=codes)
    assert values(copydesk.pandas.clean(texts, "verdict", lang=codes, on_error="null")) == ["stub", None]
    assert values(copydesk.pandas.clean(texts, "text", lang=codes, on_error="keep"))[1] == "It &amp; rained."
    for options, error, message in (
        ({"fields": "sense"}, copydesk.ConfigError, "sense"),
        ({"threads": 0}, copydesk.ConfigError, "threads 0"),
        ({"langs": codes}, TypeError, "langs"),
    ):
        with pytest.raises(error, match=message):
            copydesk.pandas.clean(texts, **options)


ODD_HINTS = {
    "source": ["https://orla.example", 3, None, {"a": 1}],
    "title": [None, 3, "Rain", 2.5],
    "lang": ["en", 3, None, object()],
    "published": [datetime.date(2016, 2, 4), 3, "2016-02-04", ["2016"]],
}


@pytest.mark.parametrize("name", ODD_HINTS)
def test_a_hint_of_a_wrong_type_is_refused_with_its_row(name):
    texts = pd.Series([ARTICLE, "It &amp; rained.", None, "It &amp; snowed."])
    known = {name: pd.Series(ODD_HINTS[name], dtype=object)}
    with pytest.raises(TypeError, match=rf"{name}\[1\] must be .*None, not int"):
        copydesk.pandas.clean(texts, **known)
    assert values(copydesk.pandas.clean(texts, "verdict", on_error="null", **known)) == ["stub", None, None, None]
    kept = values(copydesk.pandas.clean(texts, "text", on_error="keep", **known))
    assert kept[1:] == ["It &amp; rained.", None, "It &amp; snowed."] and kept[0] == copydesk.clean(ARTICLE).text


def test_one_row_can_have_several_faults():
    texts = pd.Series(["It rained.", b"It snowed.", 3, "It &amp; froze."], dtype=object)
    known = {"lang": pd.Series([b"en", 3, "en", "Klingon?"], dtype=object), "title": pd.Series(["\ud800", 3, None, 3], dtype=object)}
    made = copydesk.pandas.clean(texts, ["text", "lang", "title"], on_error="keep", **known)
    assert rows(made) == [
        {"text": copydesk.clean("It rained.", lang="en").text, "lang": "en", "title": "\ufffd"},
        {"text": "It snowed.", "lang": None, "title": None},
        {"text": None, "lang": None, "title": None},
        {"text": "It &amp; froze.", "lang": None, "title": None},
    ]


def test_objects_that_arrow_knows_nothing_of_have_a_place():
    for odd in (object(), 2**80, {"a": object()}, 1 + 2j):
        for first in ("One.", odd):
            mixed = pd.Series([first, odd], dtype=object)
            with pytest.raises(TypeError, match=r"texts\[\d\] must be str, bytes or None"):
                copydesk.pandas.clean(mixed)
            assert values(copydesk.pandas.clean(mixed, "verdict", on_error="null"))[1] is None


def test_days_of_every_kind_beside_each_other():
    tokyo, oslo = (datetime.timezone(datetime.timedelta(hours=hours)) for hours in (9, 1))
    text = "TOKYO, Jan 1 (Reuters) - It rained all day, the city said."
    days = [
        datetime.datetime(2016, 7, 3, 0, 30, tzinfo=tokyo),
        datetime.datetime(2016, 7, 3, 23, 30, tzinfo=oslo),
        pd.Timestamp("2016-07-03 00:30", tz="Asia/Tokyo"),
        datetime.datetime(2016, 7, 3, 0, 30),
        datetime.date(2016, 7, 3),
        pd.Timestamp("2016-07-03").to_datetime64(),
        "2016-07-03",
    ]
    (written,), (before,) = (fields_of([text], ["dateline"], published=[f"2016-07-{day}"]) for day in ("03", "02"))
    assert written != before
    for some in (days, days[:3], days[:1], days[3:5]):
        given = pd.Series([*some, None, pd.NaT, math.nan], dtype=object)
        made = values(copydesk.pandas.clean(pd.Series([text] * len(given)), "dateline", published=given))
        assert made == [written["dateline"]] * len(some) + [row["dateline"] for row in fields_of([text], ["dateline"])] * 3


def test_one_value_for_all_texts():
    texts = pd.Series([ARTICLE, None], index=["a", "b"])
    for nothing in (None, math.nan, pd.NA, pd.NaT):
        for name in ("source", "title", "lang", "published"):
            pd.testing.assert_frame_equal(copydesk.pandas.clean(texts, **{name: nothing}), copydesk.pandas.clean(texts))
    assert copydesk.pandas.clean(texts, "title", title="a\ud800b")["a"] == "a\ufffdb"
    for several in (["en", "en"], {"a": "en"}, pd.Index(["en", "en"]), pd.array(["en", "en"])):
        with pytest.raises(TypeError, match=f"lang must be a series with the index of the texts, or one value for all, not {type(several).__name__}"):
            copydesk.pandas.clean(texts, lang=several)


@pytest.mark.parametrize("on_error", ["raise", "null", "keep"])
def test_one_value_that_cannot_be_read_is_said_at_once(on_error):
    for texts in (pd.Series([ARTICLE, None]), pd.Series([], dtype=object)):
        for known, error, message in (
            ({"source": 5}, TypeError, "source must be str or None, not int"),
            ({"title": 2.5}, TypeError, "title must be str or None, not float"),
            ({"lang": "Klingon?"}, copydesk.ConfigError, "Klingon"),
            ({"published": 20160504}, TypeError, "published must be a date"),
            ({"published": "someday"}, copydesk.ConfigError, "someday"),
        ):
            with pytest.raises(error, match=message):
                copydesk.pandas.clean(texts, "text", on_error=on_error, **known)
    assert values(copydesk.pandas.clean(pd.Series([ARTICLE]), "lang", lang=b"en")) == ["en"]


def test_periods_within_a_day_are_its_day():
    texts = pd.Series(["PARIS, Jan 2 (Reuters) - It rained all day.", "It rained.", None])
    days = pd.Series(pd.to_datetime(["2015-12-30", None, "2016-05-04"]))
    want = copydesk.pandas.clean(texts, published=days)
    for freq in ("D", "h"):
        periods = days.dt.to_period(freq)
        pd.testing.assert_frame_equal(copydesk.pandas.clean(texts, published=periods), want)
        pd.testing.assert_frame_equal(copydesk.pandas.clean(texts, published=periods.astype(object)), want)
    one = copydesk.pandas.clean(texts, published=days.dt.to_period("D")[0])
    pd.testing.assert_frame_equal(one, copydesk.pandas.clean(texts, published="2015-12-30"))
    months = days.dt.to_period("M")
    for longer in (months, months[0]):
        with pytest.raises(copydesk.ConfigError, match="published holds periods of the frequency ME?, longer than a day: say which day"):
            copydesk.pandas.clean(texts, published=longer)
    with pytest.raises(TypeError, match=r"published\[0\] must be a date, a datetime, a period within a day, a str or None, not Period"):
        copydesk.pandas.clean(texts, published=months.astype(object))


def test_any_index_and_any_array():
    texts = [ARTICLE, None, "Ein Bericht aus dem Hafen."]
    for index in (pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", 2)], names=["x", "y"]), pd.Index([1, 1, 1]), pd.Index(["c", None, "a"])):
        made = copydesk.pandas.clean(pd.Series(texts, index=index), ["lang"], lang=pd.Series(["en", "en", "de"], index=index))
        pd.testing.assert_index_equal(made.index, index)
        assert values(made["lang"]) == ["en", None, "de"]
    want = values(copydesk.pandas.clean(pd.Series(texts), "text"))
    sparse = pd.Series(pd.arrays.SparseArray(pd.Series(texts, dtype=object).to_numpy()))
    view = pa.string_view() if hasattr(pa, "string_view") else pa.large_string()
    views = pd.Series(pd.arrays.ArrowExtensionArray(pa.chunked_array([pa.array(texts, view)])))
    encoded = pd.Series(pd.arrays.ArrowExtensionArray(pa.array(texts).dictionary_encode()))
    for odd in (sparse, views, encoded):
        assert values(copydesk.pandas.clean(odd, "text")) == want
        assert values(copydesk.pandas.normalize(odd)) == copydesk.normalize_many(texts)


def test_pages():
    page = "<h1>Rain</h1><p>It rained all day, the city said &ndash; and all night.<aside>Share</aside>"
    assert values(copydesk.pandas.clean(pd.Series([page, None]), "text", html=True)) == [copydesk.clean_html(page).text, None]


def test_normalize():
    texts = TEXTS + ["a\ud800b"]
    series = pd.Series(texts, index=range(5, 5 + len(texts)), name="body", dtype=object)
    made = copydesk.pandas.normalize(series, threads=1)
    assert values(made) == copydesk.normalize_many(texts)
    assert made.index.equals(series.index) and made.name == "body"
    for dtype in DTYPES.values():
        if (given := dtype(TEXTS)).map(type).ne(bytes).all():
            assert values(copydesk.pandas.normalize(given, threads=2)) == copydesk.normalize_many(TEXTS)
    for no_text in (pd.Series([1, 2]), pd.Series([b"One."], dtype=object), pd.Series([b"One."], dtype=pd.ArrowDtype(pa.binary()))):
        with pytest.raises(TypeError, match=r"texts\[0\] must be str or None"):
            copydesk.pandas.normalize(no_text)


def test_the_accessor_is_registered_on_request_alone():
    program = (
        "import pandas, copydesk.pandas; assert not hasattr(pandas.Series, 'copydesk'); copydesk.pandas.register_accessor(); "
        "texts = pandas.Series(['salt &amp; pepper', None]); assert texts.copydesk.clean(['verdict']).shape == (2, 1); "
        "assert texts.copydesk.clean('verdict')[0] == 'no_story'; assert texts.copydesk.normalize()[0] == 'salt & pepper'; "
        "copydesk.pandas.register_accessor('news'); assert len(texts.news.clean()) == 2"
    )
    done = subprocess.run([sys.executable, "-W", "error::UserWarning", "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_hundred_thousand_rows():
    texts = [f"{n}. It rained.\n\nShare this" if n % 7 else None for n in range(100_000)]
    made = copydesk.pandas.clean(pd.Series(texts), ["text", "verdict"])
    assert values(made["text"]) == copydesk.clean_texts(texts)
