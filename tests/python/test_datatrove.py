"""copydesk.datatrove: its steps in pipelines of datatrove."""

from __future__ import annotations

import doctest
import gzip
import importlib
import json
import pickle
import types

import copydesk
import pytest
from conftest import ARTICLE, ODD, ROOT, needs

needs("datatrove")
needs("regex")

from copydesk.datatrove import CopydeskFilter, CopydeskFormatter, _read, schema
from datatrove.data import Document
from datatrove.pipeline.writers.jsonl import JsonlWriter

STORY = (ROOT / "examples" / "wire-story.txt").read_text(encoding="utf-8")
TEXTS = [STORY, ARTICLE, *ODD.values(), "Share this article", "Home\nNews\nSport"]


def documents(texts=TEXTS, **metadata):
    return [Document(text, str(number), metadata=dict(metadata)) for number, text in enumerate(texts)]


@pytest.mark.parametrize("size", [1, 3, 256])
def test_it_is_what_clean_many_makes(size):
    step = CopydeskFormatter(batch_size=size, fields=["verdict", "title", "byline", "blocks", "markdown", "removed"])
    made = list(step.run(iter(documents())))
    wanted = copydesk.clean_many(TEXTS)
    assert [document.id for document in made] == [str(number) for number in range(len(TEXTS))]
    assert [document.text for document in made] == [one.text for one in wanted]
    for document, one in zip(made, wanted, strict=True):
        whole = one.to_dict()
        found = document.metadata["copydesk"]
        assert {name: found[name] for name in ("verdict", "title", "byline", "blocks")} == {
            name: whole[name] for name in ("verdict", "title", "byline", "blocks")
        }
        assert found["markdown"] == one.markdown
        assert found["removed"] == [{"label": block.label, "text": block.text} for block in one.removed]


def test_fields_are_those_of_the_dict():
    made = list(CopydeskFormatter().run(documents()))
    for document, one in zip(made, copydesk.clean_many(TEXTS), strict=True):
        found, whole = document.metadata["copydesk"], one.to_dict()
        assert found == {name: whole[name] for name in found} and "dateline" in found


def test_only_what_is_asked_for_is_read():
    """Of something that has no dict, and of which nothing else can be read."""
    made = types.SimpleNamespace(verdict="stub", tags=["rain"], byline=None, captions=[])
    assert _read(made, list(vars(made))) == vars(made)


def test_one_field_itself():
    pyarrow = needs("pyarrow")
    given = documents([ARTICLE, "Share"])
    made = [document.metadata["copydesk"] for document in CopydeskFormatter(fields="byline").run(given)]
    assert made == [copydesk.clean(ARTICLE).to_dict()["byline"], None] and made[0]
    metadata = schema("verdict").field("metadata").type
    assert metadata.field("copydesk").type == pyarrow.string()


def test_statistics():
    step = CopydeskFormatter()
    made = list(step.run(iter(documents())))
    counts = {name: step.stats[name].total for name in ("total", "story", "stub", "no_story", "failed")}
    verdicts = [document.metadata["copydesk"]["verdict"] for document in made]
    assert counts == {
        "total": len(TEXTS),
        "failed": 0,
        **{verdict: verdicts.count(verdict) for verdict in ("story", "stub", "no_story")},
    }
    assert step.stats["chars_given"].total == sum(map(len, TEXTS))
    assert step.stats["chars_kept"].total == sum(len(document.text) for document in made)


def test_what_is_known_is_read_from_the_metadata():
    (made,) = CopydeskFormatter(published="date", lang="language").run(documents([ARTICLE], date="2016-02-05", language="en"))
    wanted = copydesk.clean(ARTICLE, published="2016-02-05", lang="en")
    assert made.metadata["copydesk"]["dateline"]["date"]["resolved"] == wanted.dateline.date.resolved.isoformat()
    page = "<h1>Harbour tunnel closes</h1><p>It closes on Monday for a month, the city said.</p><aside>Read more</aside>"
    (made,) = CopydeskFormatter(html=True).run(documents([page], url="https://orla.example/tunnel"))
    assert made.text == copydesk.clean_html(page, url="https://orla.example/tunnel").text
    assert CopydeskFormatter().format(ARTICLE) == copydesk.clean(ARTICLE).text


def test_documents_that_fail():
    given = [Document(ARTICLE, "a", metadata={"date": "someday"}), Document(ARTICLE, "b", metadata={"date": "2016-02-05"})]

    def made(on_error):
        step = CopydeskFormatter(published="date", on_error=on_error, fields=["verdict"])
        texts = [document.text for document in step.run(pickle.loads(pickle.dumps(given)))]
        return texts, step.stats["failed"].total

    clean = copydesk.clean(ARTICLE).text
    assert made("null") == (["", clean], 1)
    assert made("keep") == ([ARTICLE, clean], 1)
    with pytest.raises(copydesk.ConfigError, match="someday"):
        made("raise")


def test_the_filter_reads_what_the_formatter_left():
    kept = list(CopydeskFilter().run(CopydeskFormatter().run(documents())))
    alone = list(CopydeskFilter(batch_size=2).run(documents()))
    assert [document.id for document in kept] == [document.id for document in alone]
    wanted = [str(number) for number, one in enumerate(copydesk.clean_many(TEXTS)) if one.verdict == "story"]
    assert wanted and [document.id for document in kept] == wanted
    assert [document.text for document in alone] == [TEXTS[int(number)] for number in wanted]


def test_what_is_dropped_goes_to_the_exclusion_writer(tmp_path):
    writer = JsonlWriter(str(tmp_path / "dropped"))
    step = CopydeskFilter(languages=["de"], exclusion_writer=writer)
    assert not list(step.run(documents([STORY, "Share this article"])))
    with gzip.open(tmp_path / "dropped" / "00000.jsonl.gz", "rt", encoding="utf-8") as file:
        reasons = [json.loads(line)["metadata"]["filter_reason"] for line in file]
    assert reasons == ["lang_en", "no_story"]
    assert step.stats["dropped_lang_en"].total == step.stats["dropped_no_story"].total == 1
    assert list(CopydeskFilter(["story", "stub", "no_story"], languages=["en", "und"]).run(documents(["Share"])))


def test_columns_have_fixed_types():
    """Documents whose first has no byline, as `ParquetWriter` writes them."""
    pyarrow = needs("pyarrow")
    made = [
        {"text": document.text, "id": document.id, "metadata": document.metadata}
        for document in CopydeskFormatter().run(documents(["Share", ARTICLE], url="https://orla.example"))
    ]
    table = pyarrow.Table.from_pylist(made, schema=schema(metadata={"url": pyarrow.string()}))
    assert made[0]["metadata"]["copydesk"]["byline"] is None and made[1]["metadata"]["copydesk"]["byline"]
    assert table.to_pylist()[1]["metadata"]["copydesk"]["byline"] == made[1]["metadata"]["copydesk"]["byline"]
    assert table.to_pylist()[1]["metadata"]["url"] == "https://orla.example"
    for name in ("dateline", "captions", "published", "tags"):
        assert table.to_pylist()[1]["metadata"]["copydesk"][name] == made[1]["metadata"]["copydesk"][name]


def test_steps_are_pickled():
    for step in (CopydeskFormatter(copydesk.Cleaner(keep=["title"])), CopydeskFilter(["stub"])):
        assert type(pickle.loads(pickle.dumps(step))) is type(step)
    again = pickle.loads(pickle.dumps(CopydeskFormatter(copydesk.Cleaner(keep=["title"]))))
    assert [document.text for document in again.run(documents([ARTICLE]))] == ["Ferry strike strands thousands"]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: CopydeskFormatter(fields="text"), 'no field "text": name some of'),
        (lambda: list(CopydeskFilter().run(documents(["a"], copydesk="story"))), 'has no "verdict"'),
        (lambda: list(CopydeskFilter().run(documents(["a"], copydesk=None))), 'has no "verdict"'),
        (lambda: CopydeskFormatter(fields=["story"]), 'no field "story": name some of'),
        (lambda: CopydeskFormatter(on_error="ignore"), 'on_error="ignore"'),
        (lambda: CopydeskFormatter(batch_size=0), "batch_size=0"),
        (lambda: CopydeskFilter("story"), 'use verdicts=\\["story"\\]'),
        (lambda: CopydeskFilter(languages="de"), 'use languages=\\["de"\\]'),
        (lambda: CopydeskFilter(["tale"]), 'the verdict "tale" is not known'),
        (lambda: list(CopydeskFilter().run(documents(["a"], copydesk={"title": None}))), 'has no "verdict"'),
    ],
)
def test_what_is_wrong_is_said(make, says):
    with pytest.raises(copydesk.ConfigError, match=says):
        make()


def test_its_examples_run():
    found = doctest.testmod(importlib.import_module("copydesk.datatrove"))
    assert found.attempted >= 6 and not found.failed
