"""Texts and what is known of them as people hold them: frames, arrays, feeds; missing values; what is refused."""

from __future__ import annotations

import collections
import datetime
import decimal
import io
import itertools
import pathlib
import time
import types
from collections.abc import Callable, Iterable

import copydesk
import pytest
from conftest import ARTICLE
from copydesk import _core

CLEANER = copydesk.Cleaner()
LINE = "LONDON, May 4 (Reuters) - It rained all day in the harbour."


class NotATime(datetime.datetime):
    """Like pandas' NaT: a datetime that equals nothing."""

    def __ne__(self, other: object) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return False


class NotAvailable:
    """Like pandas' NA: every comparison gives itself, and it is neither true nor false."""

    def __ne__(self, other: object) -> NotAvailable:  # type: ignore[override]
        return self

    def __bool__(self) -> bool:
        raise TypeError("boolean value of NA is ambiguous")


class ArrowScalar:
    """Like a scalar of pyarrow."""

    def __init__(self, value: object) -> None:
        self.value = value

    def as_py(self) -> object:
        return self.value


MISSING: dict[str, object] = {
    "None": None,
    "nan": float("nan"),
    "Decimal": decimal.Decimal("NaN"),
    "like NaT": NotATime(1, 1, 1),
    "like NA": NotAvailable(),
    "like a null of Arrow": ArrowScalar(None),
    "like NaN in Arrow": ArrowScalar(float("nan")),
}
BLANK = {"empty": "", "blank": " \n\t", "blank in Arrow": ArrowScalar(" ")}
try:
    import numpy as np

    MISSING |= {"np.nan": np.float32("nan"), "np NaT": np.datetime64("NaT"), "np NaT of ns": np.datetime64("NaT", "ns")}
except ImportError:
    pass
try:
    import pandas as pd

    MISSING |= {"pd.NaT": pd.NaT, "pd.NA": pd.NA}
except ImportError:
    pass
try:
    import pyarrow as pa

    MISSING |= {"pa null": pa.scalar(None), "pa null text": pa.scalar(None, pa.string())}
    MISSING |= {"pa null time": pa.scalar(None, pa.timestamp("ns"))}
except ImportError:
    pass


@pytest.mark.parametrize("missing", (MISSING | BLANK).values(), ids=MISSING | BLANK)
def test_what_is_missing_says_nothing(missing):
    want = CLEANER.clean(LINE)
    assert want.dateline.date.resolved is None
    hints = {"source": missing, "title": missing, "lang": missing, "published": missing}
    assert CLEANER.clean(LINE, **hints) == copydesk.clean(LINE, **hints) == want
    rows = {"sources": [missing], "titles": [missing], "langs": [missing], "published": [missing]}
    assert CLEANER.clean_many([LINE], **rows) == list(CLEANER.clean_iter([LINE], **rows)) == [want]
    assert copydesk.parse_dateline(LINE, lang=missing, published=missing).date.resolved is None
    assert copydesk.parse_timestamps("yesterday", lang=missing, published=missing, now=missing)[0].iso is None
    assert copydesk.parse_byline("By Nora Quill", lang=missing) and copydesk.parse_caption("Rain.", lang=missing)
    assert copydesk.parse_inline("It rained. (AFP photo)", lang=missing)


@pytest.mark.parametrize("missing", MISSING.values(), ids=MISSING)
def test_a_text_that_is_missing_gives_none(missing):
    bad = {"langs": ["Klingonese", "en"], "published": ["soon", None]}
    for rows in ({}, bad):
        assert CLEANER.clean_many([missing, "a"], **rows)[0] is None
        assert CLEANER.clean_texts([missing, "a"], **rows)[0] is None
        assert next(CLEANER.clean_iter([missing, "a"], **rows)) is None
    assert copydesk.normalize_many([missing, "a"]) == [None, "a"]
    with pytest.raises(TypeError, match="text must be str or bytes, not"):
        copydesk.clean(missing)


DAYS: dict[str, object] = {
    "date": datetime.date(2016, 5, 14),
    "datetime": datetime.datetime(2016, 5, 14, 23, 59, tzinfo=datetime.timezone.utc),
    "ISO 8601": "2016-05-14T23:59:00+02:00",
    "feed": "Sat, 14 May 2016 09:30:00 GMT",
    "feed with an offset": "Sat, 14 May 2016 23:30:00 -0800",
    "feed without a weekday": "14 May 2016 09:30 EST",
    "feed with a short year": "14 May 16 09:30:00 UT",
    "page": "14. Mai 2016, 9.30 Uhr",
    "American page": "May 14, 2016",
    "time of feedparser": time.struct_time((2016, 5, 14, 9, 30, 0, 5, 135, 0)),
    "like a scalar of Arrow": ArrowScalar(datetime.datetime(2016, 5, 14, 9, 30)),
    "text like a scalar of Arrow": ArrowScalar("Sat, 14 May 2016 09:30:00 GMT"),
}
if "np NaT" in MISSING:
    DAYS |= {f"datetime64[{unit}]": np.datetime64("2016-05-14", unit) for unit in ("D", "s", "us", "ns")}
if "pd.NaT" in MISSING:
    DAYS |= {"Timestamp": pd.Timestamp("2016-05-14 09:30", tz="America/New_York")}
if "pa null" in MISSING:
    DAYS |= {"pa date": pa.scalar(datetime.date(2016, 5, 14)), "pa time": pa.scalar(datetime.datetime(2016, 5, 14, 9))}


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_days_of_publication(day):
    want = datetime.date(2016, 5, 4)
    assert CLEANER.clean(LINE, published=day).dateline.date.resolved == want
    assert CLEANER.clean_many([LINE], published=[day])[0].dateline.date.resolved == want
    assert copydesk.parse_dateline(LINE, published=day).date.resolved == want
    assert copydesk.parse_timestamps("yesterday", published=day)[0].iso == "2016-05-13"


@pytest.mark.parametrize(
    "now", ["Sat, 14 May 2016 09:30:00 GMT", "2016-05-14T09:30", datetime.datetime(2016, 5, 14, 9, 30)]
)
def test_now_is_read_like_days(now):
    assert copydesk.parse_timestamps("2 hours ago", now=now)[0].iso == "2016-05-14T07:30"


@pytest.mark.parametrize("name", ["English", "eng", "en-GB", "en_US.UTF-8", "EN", " english ", ArrowScalar("en")])
def test_languages_by_any_name(name):
    assert CLEANER.clean("Share", lang=name).lang == "en"
    assert CLEANER.clean_many(["Share"], langs=[name])[0].lang == "en"
    # Month first, as in English.
    assert copydesk.parse_timestamps("Published May 3, 2016", lang=name)[0].iso == "2016-05-03"


def test_languages_that_are_not_known():
    for call in (
        lambda lang: copydesk.clean("x", lang=lang),
        lambda lang: copydesk.parse_byline("x", lang=lang),
        lambda lang: copydesk.parse_caption("x", lang=lang),
        lambda lang: copydesk.parse_dateline("x", lang=lang),
        lambda lang: copydesk.parse_inline("x", lang=lang),
        lambda lang: copydesk.parse_timestamps("x", lang=lang),
    ):
        with pytest.raises(copydesk.ConfigError, match=r'^lang "Klingonese" is not known: .*en-GB.*Deutsch'):
            call("Klingonese")
        call("und")
    with pytest.raises(copydesk.ConfigError, match="did you mean German"):
        copydesk.clean("x", lang="Germn")
    with pytest.raises(copydesk.ConfigError, match=r'^langs\[1\]: lang "xx" is not known'):
        CLEANER.clean_many(["a", "b"], langs=["en", "xx"])


TEXTS = [LINE, "Ein Bericht aus dem Hafen.", ARTICLE, "Share"]
ROWS = {
    "sources": ["harbour.example", None, "https://orla.example/1", ""],
    "titles": ["It rained", "Tunnel closes for a month | The Orla Times", None, None],
    "langs": ["English", "de-DE", None, "eng"],
    "published": ["Sat, 14 May 2016 09:30:00 GMT", datetime.date(2016, 5, 4), None, "2016-05-04"],
}
ONE = {"sources": "source", "titles": "title", "langs": "lang", "published": "published"}
WANT = [
    CLEANER.clean(text, **{ONE[name]: row[at] for name, row in ROWS.items()}) for at, text in enumerate(TEXTS)
]


@pytest.mark.parametrize("threads", [None, 1, 3])
@pytest.mark.parametrize("wrap", [list, tuple, iter, collections.deque])
def test_hints_by_row(threads, wrap):
    rows = lambda: {name: wrap(row) for name, row in ROWS.items()}  # noqa: E731
    assert [document.lang for document in WANT][:2] == ["en", "de"] and WANT[1].site == "The Orla Times"
    assert CLEANER.clean_many(wrap(TEXTS), threads=threads, **rows()) == WANT
    assert copydesk.clean_many(wrap(TEXTS), threads=threads, **rows()) == WANT
    assert list(CLEANER.clean_iter(wrap(TEXTS), threads=threads, **rows())) == WANT
    texts = [document.text for document in WANT]
    assert CLEANER.clean_texts(wrap(TEXTS), threads=threads, **rows()) == texts
    assert copydesk.clean_texts(wrap(TEXTS), threads=threads, **rows()) == texts


@pytest.mark.parametrize("name", ROWS)
def test_hints_are_as_long_as_texts(name):
    calls = (CLEANER.clean_many, CLEANER.clean_texts, CLEANER.clean_iter, copydesk.clean_many, copydesk.clean_texts)
    for texts, row, which in (
        (["a", "b"], [None], "fewer"),
        (["a"], itertools.repeat(None), "more"),
        ([], [None], "more"),
    ):
        for call in calls:
            for on_error in ("raise", "null"):
                with pytest.raises(copydesk.ConfigError, match=f"there are {which} {name} than texts"):
                    list(call(texts, **{name: row}, on_error=on_error))
    with pytest.raises(TypeError, match=name + r"\[1\] must be .*, not int"):
        CLEANER.clean_many(["a", "b"], **{name: [None, 3]})
    with pytest.raises(TypeError, match=f"{name} must be an iterable"):
        CLEANER.clean_many(["a", "b"], **{name: "one for all"})


BAD = "By Nora Quill, PORT ELLEN, 4 May 2016 caf\u00e9 (AFP)"


def test_a_row_that_is_refused_costs_itself():
    texts = ["a", 3, "b", "c", BAD, None, "d", ["e"], "f"]
    langs = ["en", "en", "Klingonese", 7, "en", "xx", None, "en", "de"]
    published = [None, None, None, None, None, "soon", "soon", None, "2016-05-04"]
    rows = {"langs": langs, "published": published}
    want = [CLEANER.clean("a", lang="en"), *[None] * 7, CLEANER.clean("f", lang="de", published="2016-05-04")]
    _core._fail_on(BAD.encode())
    try:
        assert CLEANER.clean_many(texts, **rows, on_error="null") == want
        assert list(CLEANER.clean_iter(texts, **rows, on_error="null")) == want
        assert copydesk.clean_many(texts, **rows, on_error="null") == want
        texts_alone = [document and document.text for document in want]
        assert CLEANER.clean_texts(texts, **rows, on_error="null") == texts_alone
        assert copydesk.clean_texts(texts, **rows, on_error="null") == texts_alone
        with pytest.raises(copydesk.FaultError, match=r"^texts\[1\]"):
            CLEANER.clean_texts(["a", BAD])
    finally:
        _core._fail_on(None)
    for at, error, message in (
        (1, TypeError, r"texts\[1\] must be str, bytes or None, not int"),
        (2, copydesk.ConfigError, r'langs\[2\]: lang "Klingonese"'),
        (3, TypeError, r"langs\[3\] must be str or None, not int"),
        (6, copydesk.ConfigError, r'published\[6\]: published "soon"'),
        (7, TypeError, r"texts\[7\] must be str, bytes or None, not list"),
    ):
        sound = [i for i in range(at + 1) if i == at or want[i] is not None]
        fill = lambda row, other: [row[i] if i in sound else other for i in range(at + 1)]  # noqa: E731
        for call in (CLEANER.clean_many, CLEANER.clean_texts, lambda *a, **k: list(CLEANER.clean_iter(*a, **k))):
            with pytest.raises(error, match=message):
                call(fill(texts, None), langs=fill(langs, None), published=fill(published, None))
    with pytest.raises(copydesk.ConfigError, match='on_error "skip" is not known: use one of raise, null'):
        CLEANER.clean_many(["a"], on_error="skip")


def test_what_an_iterable_raises_is_no_bad_row():
    def texts():
        yield "a"
        raise LookupError("the shelf is empty")

    with pytest.raises(LookupError):
        CLEANER.clean_many(texts(), on_error="null")

    def stopped():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        CLEANER.clean_many([types.SimpleNamespace(as_py=stopped)], on_error="null")


class Frame:
    """Like a frame of pandas or polars."""

    columns = ("id", "text")

    def __getitem__(self, name: str) -> list[str]:
        return ["a"]

    def __iter__(self):
        return iter(self.columns)


class Table(Frame):
    """Like a table of pyarrow or a data set."""

    column_names = ("id", "text")


REFUSED: dict[str, tuple[object, str]] = {
    "frame": (Frame(), r"not Frame: .*df\[\"text\"\]"),
    "table": (Table(), r"not Table: .*df\[\"text\"\]"),
    "dict": ({"text": "a"}, r"not dict: .*keys: .*\.values\(\).*record\[\"text\"\]"),
    "mapping": (collections.ChainMap({"text": "a"}), r"not ChainMap: .*keys"),
    "set": ({"a", "b"}, r"not set: .*no order.*sorted"),
    "frozenset": (frozenset("a"), r"not frozenset: .*no order"),
    "file": (io.StringIO("a\nb"), r"not StringIO: .*lines: give \[file.read\(\)\]"),
    "path": (pathlib.Path("a.txt"), r"not \w*Path: .*read_bytes"),
}
COLUMNS: dict[str, Callable[[list], Iterable]] = {"list": list, "tuple": tuple}
if "pd.NaT" in MISSING:
    COLUMNS["pandas"] = pd.Series
    REFUSED["pandas"] = (pd.DataFrame({"text": ["a"]}), r"not DataFrame: .*df\[\"text\"\]")
if "pa null" in MISSING:
    COLUMNS["pyarrow"] = pa.array
    REFUSED["pyarrow"] = (pa.table({"text": ["a"]}), r"not Table: .*df\[\"text\"\]")
try:
    import polars as pl

    COLUMNS["polars"] = pl.Series
    REFUSED["polars"] = (pl.DataFrame({"text": ["a"]}), r"not DataFrame: .*df\[\"text\"\]")
except ImportError:
    pass


@pytest.mark.parametrize(("given", "message"), REFUSED.values(), ids=REFUSED)
def test_what_gives_no_texts_is_refused_with_the_cure(given, message):
    calls = (
        CLEANER.clean_many,
        CLEANER.clean_texts,
        CLEANER.clean_iter,
        copydesk.clean_many,
        copydesk.clean_texts,
        copydesk.normalize_many,
    )
    for call in calls:
        with pytest.raises(TypeError, match="texts must be a list, " + message):
            call(given)
    for name in ROWS:
        with pytest.raises(TypeError, match=f"{name} must be a list, {message}"):
            CLEANER.clean_many(["a"], **{name: given})
    with pytest.raises(TypeError, match=r"text must be str or bytes, not \w+: "):
        copydesk.clean(given)
    with pytest.raises(TypeError, match=r"texts\[1\] must be str, bytes or None, not \w+: "):
        CLEANER.clean_many(["a", given])


def test_an_open_file_is_not_read(tmp_path):
    path = tmp_path / "articles.txt"
    path.write_text("one\ntwo\n", encoding="utf-8")
    with path.open(encoding="utf-8") as file:
        with pytest.raises(TypeError, match="it would give its lines"):
            CLEANER.clean_many(file)
        assert len(CLEANER.clean_many(list(file))) == 2


def test_views_and_generators_are_iterables():
    records = {"a": "one", "b": "two"}
    want = [CLEANER.clean("one"), CLEANER.clean("two")]
    for texts in (records.values(), map(str, records.values()), collections.deque(records.values())):
        assert CLEANER.clean_many(texts) == want


def test_columns_of_pandas():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(
        {
            "text": [LINE, None, "Share", LINE],
            "lang": ["English", None, float("nan"), "eng"],
            "date": pd.to_datetime(["2016-05-14", None, None, "2017-05-14"]),
        }
    )
    texts = CLEANER.clean_many(frame["text"], langs=frame["lang"], published=frame["date"])
    assert [document and document.lang for document in texts] == ["en", None, None, "en"]
    assert texts[0].dateline.date.resolved == datetime.date(2016, 5, 4)
    assert texts[3].dateline.date.resolved == datetime.date(2017, 5, 4)
    want = CLEANER.clean_texts([LINE, None, "Share", LINE])
    for dtype in ("string", "object", "category"):
        assert CLEANER.clean_texts(frame["text"].astype(dtype)) == want


def test_arrays_of_numpy():
    np = pytest.importorskip("numpy")
    want = [CLEANER.clean(LINE, published="2016-05-14"), CLEANER.clean("b")]
    for dtype in (str, object):
        days = np.array(["2016-05-14", "NaT"], dtype="datetime64[ns]")
        assert CLEANER.clean_many(np.array([LINE, "b"], dtype=dtype), published=days) == want
    assert CLEANER.clean_many(np.array([b"a", b"b"])) == [CLEANER.clean(b"a"), CLEANER.clean(b"b")]
    assert CLEANER.clean(np.str_("a")) == CLEANER.clean("a")


def test_columns_of_arrow():
    pa = pytest.importorskip("pyarrow")
    texts = [LINE, None, "Share"]
    want = CLEANER.clean_many(texts, langs=["en", "de", None])
    langs = pa.array(["en", "de", None])
    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        assert CLEANER.clean_many(pa.array(texts, kind), langs=langs) == want
    assert CLEANER.clean_many(pa.chunked_array([texts[:1], texts[1:]]), langs=langs) == want
    assert CLEANER.clean_many(pa.array([b"a", None], pa.binary())) == [CLEANER.clean(b"a"), None]
    assert CLEANER.clean_many(pa.array([b"a"], pa.large_binary())) == [CLEANER.clean(b"a")]
    assert CLEANER.clean(pa.scalar("a")) == CLEANER.clean("a")
    assert copydesk.normalize_many(pa.array(["salt &amp; pepper", None])) == ["salt & pepper", None]
    with pytest.raises(TypeError, match=r"texts\[0\] must be str, bytes or None, not Int64Scalar"):
        CLEANER.clean_many(pa.array([1]))


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_columns_of_what_is_installed(column):
    days = column([datetime.date(2016, 5, 14), None])
    want = [CLEANER.clean(LINE, published="2016-05-14"), None]
    assert CLEANER.clean_many(column([LINE, None]), published=days) == want


def test_like_a_scalar_of_arrow():
    assert CLEANER.clean(ArrowScalar("a")) == CLEANER.clean("a")
    assert CLEANER.clean_many([ArrowScalar(b"a"), ArrowScalar(None)]) == [CLEANER.clean(b"a"), None]
    assert CLEANER.clean("x", title=ArrowScalar("A title")).title == "A title"


def test_rules_version():
    assert CLEANER.clean("a").rules_version == copydesk.rules_version == CLEANER.clean("a").to_dict()["rules_version"]


def test_parse_inline():
    text = "\U0001f600 It rained all day. (AFP photo)\n\nREAD MORE: The harbour floods"
    found = copydesk.parse_inline("\U0001f600 It rained all day. (AFP photo)")
    assert [(one.kind, one.start, one.end) for one in found] == [("credit", 20, 32)]
    assert copydesk.parse_inline("It rained.") == []
    assert {one.kind for block in copydesk.clean(text).blocks for one in block.inline} <= {"credit", "read_more"}
    with pytest.raises(TypeError, match="text must be str, not bytes"):
        copydesk.parse_inline(b"x")


def test_a_row_that_is_refused_can_keep_its_text():
    texts = [ARTICLE, "It &amp; rained.", b"caf\xe9 &amp; bar", "a\ud800b", None, 3]
    known = {"langs": ["en", "Klingon?", 5, "Klingon?", "Klingon?", "en"]}
    whole = copydesk.clean(ARTICLE, lang="en").text
    for clean in (copydesk.clean_texts, copydesk.Cleaner().clean_texts):
        for threads in (1, 2):
            kept = clean(texts, on_error="keep", threads=threads, **known)
            assert kept == [whole, "It &amp; rained.", "caf\ufffd &amp; bar", "a\ufffdb", None, None]
        assert clean(texts, on_error="null", **known) == [whole, None, None, None, None, None]
        with pytest.raises(copydesk.ConfigError, match='on_error "ignore" is not known: use one of raise, null, keep'):
            clean(texts, on_error="ignore")
    cleaner = copydesk.Cleaner()
    for documents in (copydesk.clean_many, cleaner.clean_many, cleaner.clean_iter, cleaner.clean_html_many, cleaner.clean_html_iter):
        with pytest.raises(copydesk.ConfigError, match='"keep" is for clean_texts and for columns: of documents use "null"'):
            documents(texts, on_error="keep")
