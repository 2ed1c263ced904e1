"""Pages through Python: one, many, without end; positions as Python counts them."""

import itertools
import pickle

import copydesk
import pytest

PAGE = (
    "<html><head><title>Tunnel</title></head><body><h1>Harbour tunnel closes for a month</h1>"
    "<p>Der Tunnel unter dem Hafen schlie&szlig;t – for a month, 日本 says the city &amp; its mayor.</p>"
    "<aside><a href=/x>Ferry hits quay in heavy wind</a></aside></body></html>"
)


def test_positions_are_in_the_page():
    document = copydesk.clean_html(PAGE)
    of_bytes = copydesk.clean_html(PAGE.encode())
    assert [block.text for block in document.blocks] == [block.text for block in of_bytes.blocks]
    for block, same in zip(document.blocks, of_bytes.blocks):
        assert PAGE[block.start : block.end].encode() == PAGE.encode()[same.start : same.end]
    block = document.blocks[1]
    assert block.text == "Der Tunnel unter dem Hafen schließt – for a month, 日本 says the city & its mayor."
    assert PAGE[block.start : block.end] == "Der Tunnel unter dem Hafen schlie&szlig;t – for a month, 日本 says the city &amp; its mayor."


def test_many_are_as_one_by_one():
    pages = [PAGE, None, PAGE.encode(), "<p>It rained.", "", "no markup at all"]
    cleaner = copydesk.Cleaner(keep=copydesk.LABELS)
    want = [None if page is None else cleaner.clean_html(page) for page in pages]
    assert cleaner.clean_html_many(pages, threads=3) == want
    assert list(cleaner.clean_html_iter(iter(pages))) == want
    endless = cleaner.clean_html_iter(itertools.cycle(pages))
    assert list(itertools.islice(endless, 12)) == want * 2


def test_what_is_refused_is_named_as_it_was_given():
    cleaner = copydesk.Cleaner()
    with pytest.raises(TypeError, match=r"html must be str or bytes, not int"):
        cleaner.clean_html(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"pages\[1\] must be str, bytes or None, not int"):
        cleaner.clean_html_many(["a", 7])  # type: ignore[list-item]
    with pytest.raises(copydesk.ConfigError, match="there are fewer urls than pages"):
        cleaner.clean_html_many(["a", "b"], urls=["https://orla.example/"])
    assert cleaner.clean_html_many(["a", 7], on_error="null")[1] is None  # type: ignore[list-item]


def test_evidence_tells_of_the_page_and_outlives_a_pickle():
    document = copydesk.clean_html(PAGE)
    names = {reason.name for block in document.blocks for reason in block.evidence}
    assert "page.words" in names
    again = pickle.loads(pickle.dumps(document))
    assert again == document
    assert [block.evidence for block in again.blocks] == [block.evidence for block in document.blocks]


def test_hints_are_those_of_texts():
    document = copydesk.clean_html(PAGE, url="https://orla.example/1", lang="German", published="2024-05-14", title="Tunnel closes")
    assert (document.lang, document.title) == ("de", "Tunnel closes")
