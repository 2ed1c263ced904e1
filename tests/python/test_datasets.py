"""`copydesk.datasets`: `map` of datasets and streams, in processes, with a cache that is found again."""

from __future__ import annotations

import dataclasses
import datetime
import pathlib
import pickle
import subprocess
import sys
import textwrap

import copydesk
import pytest
from conftest import ARTICLE, GOLDENS, ODD, USUAL, fields_of, needs

datasets = needs("datasets")
pa = needs("pyarrow")

import copydesk.datasets  # noqa: E402

TEXTS = [text for name, text in ODD.items() if name != "surrogates"] + [golden.text for golden in GOLDENS[:10]] + [None, ARTICLE]
WANT = fields_of(TEXTS)


@pytest.fixture(autouse=True)
def quiet():
    datasets.disable_progress_bars()
    datasets.disable_caching()
    yield
    datasets.enable_caching()


def news(texts: list = TEXTS, **columns: list) -> datasets.Dataset:
    given = {"n": list(range(len(texts))), "text": texts, **columns}
    return datasets.Dataset.from_dict(given, features=datasets.Features({name: kind(name) for name in given}))


def kind(name: str) -> datasets.Value:
    return datasets.Value({"n": "int64", "day": "date32"}.get(name, "string"))


@pytest.mark.parametrize("format", [None, "arrow"])
@pytest.mark.parametrize("num_proc", [None, 2])
def test_map(format, num_proc):
    given, clean = news().with_format(format), copydesk.datasets.clean("text")
    made = given.map(clean, batched=True, batch_size=5, num_proc=num_proc, features=clean.features(given)).with_format(None)
    assert made.column_names == ["n", "text", "copydesk"]
    assert made["copydesk"][:] == WANT
    assert made["text"][:] == TEXTS and made["n"][:] == list(range(len(TEXTS)))
    assert list(made.features["copydesk"]) == USUAL


@pytest.mark.parametrize("format", [None, "arrow"])
def test_shards_that_found_nothing_go_with_the_others(format):
    """The first shard is null throughout, the second has every field."""
    given = news([None] * 6 + [ARTICLE] * 6).with_format(format)
    clean = copydesk.datasets.clean()
    made = given.map(clean, batched=True, batch_size=2, num_proc=2, features=clean.features(given)).with_format(None)
    assert made["copydesk"][:] == [None] * 6 + fields_of([ARTICLE]) * 6
    nothing = news([]).with_format(format)
    assert clean.features(nothing) == made.features
    whole = datasets.concatenate_datasets([made, made.select([0])])
    assert whole.features == made.features


@pytest.mark.parametrize("format", [None, "arrow"])
def test_one_field_in_place_of_the_texts(format):
    given = news().with_format(format)
    clean = copydesk.datasets.clean("text", fields="text", into="text")
    made = given.map(clean, batched=True, features=clean.features(given)).with_format(None)
    assert made.column_names == ["n", "text"] and made["text"][:] == copydesk.clean_texts(TEXTS)
    clean = copydesk.datasets.clean("text", fields=["words", "title"], into="made")
    made = given.map(clean, batched=True, features=clean.features(given)).with_format(None)
    assert list(made["made"][0]) == ["words", "title"]


@pytest.mark.parametrize("format", [None, "arrow"])
def test_streams(format):
    stream = news().to_iterable_dataset(num_shards=3)
    stream = stream.with_format(format) if format else stream
    clean = copydesk.datasets.clean("text")
    made = stream.map(clean, batched=True, batch_size=4, features=clean.features(stream))
    assert [row["copydesk"] for row in made.with_format(None)] == WANT
    assert list(made.features) == ["n", "text", "copydesk"]
    assert next(iter(made.with_format(None).skip(3)))["copydesk"] == WANT[3]


def test_a_stream_that_does_not_know_its_features():
    def rows():
        yield from ({"text": text} for text in [*TEXTS, ODD["surrogates"]])

    stream = datasets.IterableDataset.from_generator(rows)
    clean = copydesk.datasets.clean(fields=["text"])
    with pytest.raises(copydesk.ConfigError, match="does not know its features"):
        clean.features(stream)
    made = [row["copydesk"] and row["copydesk"]["text"] for row in stream.map(clean, batched=True)]
    assert made == copydesk.clean_texts([*TEXTS, ODD["surrogates"]])
    assert list(clean.features(datasets.Features(text=datasets.Value("string")))) == ["text", "copydesk"]


@pytest.mark.parametrize("format", [None, "arrow"])
def test_what_is_known_of_each_text(format):
    texts = [ARTICLE, "PARIS, Jan 2 (Reuters) - It rained all day.", None]
    known = {"day": [datetime.date(2016, 2, 4), None, None], "code": ["en", "", None], "headline": ["Rain", None, None]}
    given = news(texts, **known, at=["https://a.example", None, None]).with_format(format)
    clean = copydesk.datasets.clean(published="day", lang="code", title="headline", source="at")
    made = given.map(clean, batched=True, features=clean.features(given)).with_format(None)
    want = fields_of(texts, published=known["day"], langs=known["code"], titles=known["headline"])
    assert made["copydesk"][:] == want and want[0]["title"] == "Rain"


def test_pages_and_cleaners():
    page = "<h1>Rain</h1><p>It rained all day, the city said &ndash; and all night.<aside>Share</aside>"
    cleaner = copydesk.Cleaner(keep=["title"])
    clean = copydesk.datasets.clean(html=True, fields="text", cleaner=cleaner)
    assert news([page, None]).map(clean, batched=True)["copydesk"][:] == [cleaner.clean_html(page).text, None]


def test_what_is_refused():
    for options, message in (({"fields": "sense"}, "sense"), ({"on_error": "ignore"}, "on_error"), ({"threads": 0}, "threads 0")):
        with pytest.raises(copydesk.ConfigError, match=message):
            copydesk.datasets.clean(**options)
    with pytest.raises(KeyError, match="body"):
        news().map(copydesk.datasets.clean("body"), batched=True)
    with pytest.raises(ValueError, match="Int64, which holds no texts"):
        news().map(copydesk.datasets.clean("n"), batched=True)
    given = news([ARTICLE, "It &amp; rained."], code=["en", "Klingon?"])
    with pytest.raises(ValueError, match="row 1.*Klingon"):
        given.map(copydesk.datasets.clean(lang="code"), batched=True)
    made = given.map(copydesk.datasets.clean(lang="code", fields="text", on_error="keep"), batched=True)
    assert made["copydesk"][1] == "It &amp; rained."
    made = given.map(copydesk.datasets.clean(lang="code", fields="verdict", on_error="null"), batched=True)
    assert made["copydesk"][:] == ["stub", None]


@pytest.mark.parametrize("given", [news([ARTICLE, None]), news([ARTICLE]).to_iterable_dataset()], ids=["dataset", "stream"])
def test_one_row_in_place_of_a_batch(given):
    with pytest.raises(TypeError, match="one row and not a batch: give it batched=True"):
        list(given.map(copydesk.datasets.clean()))
    with pytest.raises(TypeError, match="batched=True"):
        list(given.map(copydesk.datasets.clean("n", fields="text", lang="text")))
    # A row of Arrow is a table.
    made = given.take(1).with_format("arrow").map(copydesk.datasets.clean(fields="verdict")).with_format(None)
    assert [row["copydesk"] for row in made] == ["stub"]


@pytest.mark.parametrize("format", ["numpy", "pandas", "polars", "torch"])
def test_batches_of_every_format(format):
    (pytest.importorskip if format == "torch" else needs)(format)
    # NumPy's strings lose a NUL at their end before they are handed over.
    texts = [text and text.rstrip("\0") for text in TEXTS]
    # Tensors hold no days, but strings of them.
    days = [datetime.date(2016, 2, 4) if format != "torch" else "2016-02-04"] * len(texts)
    day = "day" if format != "torch" else "written"
    given = news(texts, **{day: days}).with_format(format)
    clean = copydesk.datasets.clean(published=day)
    made = given.map(clean, batched=True, batch_size=5, features=clean.features(given)).with_format(None)
    assert made.column_names == ["n", "text", day, "copydesk"] and made["n"][:] == list(range(len(texts)))
    assert made["copydesk"][:] == fields_of(texts, published=days) and made[day][:] == days
    clean = copydesk.datasets.clean(fields="text", into="text")
    replaced = given.map(clean, batched=True, features=clean.features(given)).with_format(None)
    assert replaced.column_names == ["n", "text", day] and replaced["text"][:] == copydesk.clean_texts(texts)


def test_a_batch_of_another_kind():
    with pytest.raises(TypeError, match=r'map hands over list: give the dataset with_format\(None\) or with_format\("arrow"\)'):
        copydesk.datasets.clean()([ARTICLE])


@pytest.mark.parametrize("format", [None, "arrow"])
def test_the_day_of_a_time_is_the_one_that_is_written(format):
    text = "TOKYO, Jan 1 (Reuters) - It rained all day, the city said."
    features = datasets.Features(text=datasets.Value("string"), day=datasets.Value("timestamp[us, tz=Asia/Tokyo]"))
    moment = datetime.datetime(2016, 7, 3, 0, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=9)))
    given = datasets.Dataset.from_dict({"text": [text] * 2, "day": [moment, None]}, features=features).with_format(format)
    made = given.map(copydesk.datasets.clean(published="day"), batched=True).with_format(None)["copydesk"][:]
    assert made == fields_of([text] * 2, published=[datetime.date(2016, 7, 3), None])
    assert made[:1] != fields_of([text], published=[datetime.date(2016, 7, 2)])


@pytest.mark.parametrize("batch_size", [1, 2, 3])
def test_a_hint_of_a_wrong_type_is_refused_with_its_row(batch_size):
    """Of a stream, which may hold anything; the size of a batch changes nothing."""

    def rows():
        yield {"text": ARTICLE, "code": "en"}
        yield {"text": "It &amp; rained.", "code": 3}
        if options["on_error"] != "raise":
            yield {"text": 3, "code": None}

    options = {}

    def made(**given):
        options.update(given)
        clean = copydesk.datasets.clean(lang="code", **options)
        stream = datasets.IterableDataset.from_generator(rows)
        return [row["copydesk"] for row in stream.map(clean, batched=True, batch_size=batch_size)]

    assert made(fields="verdict", on_error="null") == ["stub", None, None]
    assert made(fields="text", on_error="keep") == [copydesk.clean(ARTICLE).text, "It &amp; rained.", None]
    says = r"lang\[1\] must be str, bytes or None, not int" if batch_size > 1 else "Int64, which holds no texts"
    with pytest.raises((TypeError, copydesk.ConfigError), match=says):
        made(on_error="raise")


def test_splits():
    splits = datasets.DatasetDict(train=news(), test=news([None]))
    clean = copydesk.datasets.clean(fields="text")
    made = splits.map(clean, batched=True, features=clean.features(splits))
    assert made["train"]["copydesk"][:] == copydesk.clean_texts(TEXTS) and made["test"]["copydesk"][:] == [None]
    for odd in (datasets.DatasetDict(train=news(), test=news(code=TEXTS)), datasets.DatasetDict()):
        with pytest.raises(copydesk.ConfigError, match="the splits differ in their features, or there are none"):
            clean.features(odd)


PROGRAM = """
    import sys
    import copydesk, copydesk.datasets, datasets
    from copydesk._work import Work
    made = Work.stream
    def told(self, *args):
        print("cleaned", file=sys.stderr)
        return made(self, *args)
    cleaner = {cleaner}
    given = datasets.load_dataset("json", data_files={path!r}, split="train", cache_dir={cache!r})
    clean = copydesk.datasets.clean("text", fields=["text", "title"], cleaner=cleaner)
    features = clean.features(given)
    Work.stream = told
    made = given.map(clean, batched=True, num_proc={num_proc}, features=features)
    print(made._fingerprint, made.cache_files[0]["filename"], made[0]["copydesk"]["title"])
"""


def run(tmp_path: pathlib.Path, cleaner: str = "None", num_proc: int | None = None) -> tuple[str, bool]:
    path, cache = str(tmp_path / "news.jsonl"), str(tmp_path / "cache")
    program = textwrap.dedent(PROGRAM.format(cleaner=cleaner, path=path, cache=cache, num_proc=num_proc))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "couldn't be hashed" not in done.stderr
    return done.stdout, "cleaned" in done.stderr


@pytest.mark.parametrize("num_proc", [None, 2])
def test_the_cache_is_found_again_by_another_process(tmp_path, num_proc):
    news([ARTICLE] * 8).to_json(tmp_path / "news.jsonl")
    first, cleaned = run(tmp_path, num_proc=num_proc)
    assert cleaned and first.endswith("Ferry strike strands thousands\n")
    again, cleaned = run(tmp_path, num_proc=num_proc)
    assert again == first and not cleaned
    # A cleaner that is made anew with the defaults is the same, and one that keeps other blocks is not.
    again, cleaned = run(tmp_path, "copydesk.Cleaner()", num_proc=num_proc)
    assert again == first and not cleaned
    other, cleaned = run(tmp_path, "copydesk.Cleaner(keep=['title'])", num_proc=num_proc)
    assert cleaned and other != first


def test_the_fingerprint_is_that_of_what_is_asked_and_of_the_rules():
    from datasets.fingerprint import Hasher

    def of(*args: object, **options: object) -> str:
        return Hasher.hash(copydesk.datasets.clean(*args, **options))

    one = copydesk.datasets.clean(lang="code")
    assert Hasher.hash(one) == of(lang="code") == Hasher.hash(pickle.loads(pickle.dumps(one)))
    assert pickle.loads(pickle.dumps(one)) == one
    others = [of(), of("body"), of(fields="text"), of(fields=["text"]), of(html=True), of(into="x"), of(on_error="null"), of(title="code")]
    assert len({*others, Hasher.hash(one)}) == len(others) + 1
    assert Hasher.hash(dataclasses.replace(one, work=dataclasses.replace(one.work, rules="another"))) != Hasher.hash(one)
    assert one.work.rules == copydesk.rules_version


def test_a_hundred_thousand_rows():
    texts = [f"{n}. It rained.\n\nShare this" if n % 7 else None for n in range(100_000)]
    given = news(texts).with_format("arrow")
    clean = copydesk.datasets.clean(fields="text")
    made = given.map(clean, batched=True, num_proc=2, features=clean.features(given))
    assert made.with_format(None)["copydesk"][:] == copydesk.clean_texts(texts)
