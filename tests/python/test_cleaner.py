"""Options, hints and what is refused."""

from __future__ import annotations

import datetime
import json

import copydesk
import pytest
from conftest import ARTICLE, ODD


def test_a_document_is_whole():
    document = copydesk.clean(ARTICLE)
    kept = [block for block in document.blocks if block.kept]
    assert document.text == "\n\n".join(block.text for block in kept)
    for block in document.blocks:
        assert list(block.probabilities) == list(copydesk.LABELS)
        assert block.probabilities[block.label] == block.score == max(block.probabilities.values())
        assert round(block.score, 4) == block.score
        assert abs(sum(block.probabilities.values()) - 1) < 0.01
    assert len(document.captions) == 1
    for caption in document.captions:
        assert document.blocks[caption.block].label == "caption"
    assert document.verdict in {"story", "stub", "no_story"}


def test_keep_and_separator():
    document = copydesk.Cleaner(keep=copydesk.LABELS, separator=" | ").clean("one\n\ntwo")
    assert document.text == "one | two"
    nothing = copydesk.Cleaner(keep=()).clean(ARTICLE)
    assert nothing.text == "" and nothing.removed == nothing.blocks
    assert (
        copydesk.Cleaner(keep={"body", "heading"})
        == copydesk.Cleaner(keep=iter(["heading", "body"]))
        == copydesk.Cleaner()
    )


def test_balance_moves_kept_and_no_label():
    texts = [copydesk.Cleaner(balance=balance).clean(ARTICLE) for balance in ("keep_story", "balanced", "drop_junk")]
    assert len({tuple(block.label for block in document.blocks) for document in texts}) == 1
    kept = [{block.start for block in document.blocks if block.kept} for document in texts]
    assert kept[0] >= kept[1] >= kept[2]


def test_dateline_strip():
    kept, stripped = (copydesk.Cleaner(keep=copydesk.LABELS, dateline=how).clean(ARTICLE) for how in ("keep", "strip"))
    assert kept.dateline == stripped.dateline
    assert kept.dateline is not None
    assert kept.dateline.raw in kept.text and kept.dateline.raw not in stripped.text


def test_normalizer_of_ones_own():
    cleaner = copydesk.Cleaner(keep=copydesk.LABELS, normalizer=copydesk.Normalizer(quotes="straight"))
    assert cleaner.clean("“Yes,” she said.").text == '"Yes," she said.'


def test_hints():
    for published in (
        datetime.date(2016, 2, 5),
        datetime.datetime(2016, 2, 5, 23, 59),
        "2016-02-05",
        "2016-02-05T01:02:03Z",
    ):
        found = copydesk.parse_dateline("LONDON, Feb 4 (Reuters) - It rained.", published=published)
        assert found and found.date and found.date.resolved == datetime.date(2016, 2, 4)
    document = copydesk.clean("Harbour tunnel closes", title="Harbour tunnel closes", lang="en", source="example.org")
    assert (document.title, document.lang) == ("Harbour tunnel closes", "en")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"keep": ["body", "text"]}, "text.*title, deck, byline"),
        ({"balance": "fair"}, "fair.*keep_story, balanced, drop_junk"),
        ({"dateline": "drop"}, "dateline.*drop.*keep, strip"),
        ({"inline": "drop"}, "inline.*drop.*keep, strip"),
        ({"markup": "drop"}, "markup.*drop.*keep, strip"),
    ],
)
def test_wrong_values_name_what_is_accepted(options, message):
    with pytest.raises(copydesk.ConfigError, match=message):
        copydesk.Cleaner(**options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"keep": "body"}, "keep must be an iterable such as"),
        ({"keep": [1]}, r"keep\[0\] must be str"),
        ({"keep": 1}, "keep must be an iterable"),
        ({"packs": "de.toml"}, "packs must be an iterable"),
        ({"model": 1}, "model must be str"),
        ({"profile": "x"}, "profile must be None"),
        ({"normalizer": "x"}, "Normalizer"),
        ({"separator": 1}, "str"),
        ({"sepparator": "x"}, "sepparator"),
    ],
)
def test_wrong_types(options, message):
    with pytest.raises(TypeError, match=message):
        copydesk.Cleaner(**options)


def test_wrong_files(tmp_path):
    pack = tmp_path / "xx.toml"
    with pytest.raises(OSError, match="xx.toml"):
        copydesk.Cleaner(packs=[pack])
    pack.write_bytes(b"\xff\xfe")
    with pytest.raises(ValueError, match="xx.toml"):
        copydesk.Cleaner(packs=[str(pack)])
    pack.write_text("no pack = = at all")
    with pytest.raises(ValueError, match="xx.toml"):
        copydesk.Cleaner(packs=[pack])
    with pytest.raises(copydesk.CopydeskError):
        copydesk.Cleaner(model=tmp_path)


@pytest.mark.parametrize("wrong", [None, 3, ["a"], float("nan")])
def test_only_text_and_bytes(wrong):
    with pytest.raises(TypeError, match="text must be str or bytes, not"):
        copydesk.clean(wrong)


def test_wrong_hints():
    with pytest.raises(ValueError, match="published.*soon.*2016-02-04.*GMT"):
        copydesk.clean("x", published="soon")
    with pytest.raises(TypeError, match="published must be"):
        copydesk.clean("x", published=2016)
    for hint in ("source", "lang", "title"):
        with pytest.raises(TypeError, match=f"{hint} must be str or None, not int"):
            copydesk.clean("x", **{hint: 3})


@pytest.mark.parametrize("text", [*ODD.values(), "Größe".encode("latin-1")])
def test_dict_and_json(text):
    document = copydesk.clean(text)
    as_dict = document.to_dict()
    assert as_dict == json.loads(document.to_json())
    assert as_dict["text"] == document.text
    assert as_dict["unit"] == ("byte" if isinstance(text, bytes) else "char")
    assert [block["label"] for block in as_dict["blocks"]] == [block.label for block in document.blocks]
    assert [(block["start"], block["end"]) for block in as_dict["blocks"]] == [
        (b.start, b.end) for b in document.blocks
    ]
    assert as_dict["rules_version"] == copydesk.rules_version and isinstance(as_dict["schema"], int)


def test_repr_is_short():
    document = copydesk.clean(ARTICLE * 20)
    for it in (document, *document.blocks, copydesk.Cleaner(), copydesk.Normalizer().normalize(ARTICLE)):
        assert len(repr(it)) < 200 and "\n" not in repr(it)
    assert repr(copydesk.Cleaner(balance="drop_junk")) == "Cleaner(balance='drop_junk')"
    assert repr(copydesk.Normalizer(marks=None)) == "Normalizer(marks=None)"


def test_notebook_view():
    document = copydesk.clean('One <b>bold</b> & "quoted" line <script>alert(1)</script> 1 < 2\n\nShare this article')
    html = document._repr_html_()
    assert "<script" not in html and "<b>" not in html and "&amp;" in html
    assert all(f">{block.label}</span>" in html for block in document.blocks)
    assert html.count("<div") == html.count("</div>") and "http" not in html
    assert "more" in copydesk.clean("line\n" * 2000)._repr_html_()
