"""Markdown, links and pictures through Python; a parser of CommonMark shows the words of the clean text."""

import pickle
import random
import re

import copydesk
import jsonschema
import markdown_it
import pytest
from test_schema import SCHEMA

PAGE = (
    "<base href='https://orla.example/news/'><h1>Harbour tunnel closes</h1><p>Der Tunnel schlie&szlig;t <b>am Montag</b>, "
    "<a href='rat?a=1&amp;b=2'>der Rat</a> sagt es, <i>und</i> niemand sonst wollte es sagen.</p>"
    "<figure><img data-src=../i/quay.jpg src=x.gif><figcaption>Der Kai am Montag. Foto: Nora Quill/AFP</figcaption></figure>"
    "<ol start=4><li>Erstens wird gepumpt, und zwar eine Woche lang.</li><li>Zweitens wird gewartet.</li></ol>"
)
PARTS = [*"*_`~#-+=><&[]()!\\|:.1a b", "**", "``", "1. ", "- ", "> ", "&amp;", "<b>", "[a](b)", "![", " | ", "東京", "“é”", "it rained "]
TAGS = ["<p>", "<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<a href=/x>", "</a>", "<ul><li>", "<ol><li>", "<li>", "</ol>", "<pre>",
        "</pre>", "<blockquote>", "</blockquote>", "<table><tr><td>", "<td>", "<tr><th>", "</table>", "<h2>", "</h2>", "<br>"]  # fmt: skip


def shown(markdown: str) -> list[str]:
    """The words that a reader sees."""
    parser = markdown_it.MarkdownIt("commonmark").enable("table")
    html = parser.render(markdown)
    assert not any(token.type in ("html_block", "hr") for token in parser.parse(markdown)), markdown
    text = re.sub(r"</?(?:em|strong|a|code)\b[^>]*>", "", html)
    return [word.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&") for word in re.sub(r"<[^>]*>", " ", text).split()]


def test_markdown_shows_the_words_of_the_text():
    cleaner = copydesk.Cleaner(keep=copydesk.LABELS, model="fast")
    numbers = random.Random(7)
    for _ in range(1500):
        html = "".join(numbers.choice(TAGS if numbers.random() < 0.4 else PARTS) for _ in range(numbers.randrange(24)))
        document = cleaner.clean_html(html)
        for options in ({}, {"links": True, "images": True}):
            markdown = document.to_markdown(**options)
            assert shown(markdown) == document.text.split(), (html, markdown)


def test_options_and_positions():
    document = copydesk.Cleaner(keep=copydesk.LABELS).clean_html(PAGE)
    assert document.markdown == document.to_markdown()
    assert document.to_markdown(title=True, links=True, images=True).startswith(
        "# Harbour tunnel closes\n\nDer Tunnel schließt **am Montag**, [der Rat](https://orla.example/news/rat?a=1&b=2) sagt es, *und*"
    )
    assert "4. Erstens" in document.markdown and "\n5. Zweitens" in document.markdown
    assert "**" not in document.to_markdown(emphasis=False) and "4." not in document.to_markdown(lists=False)
    with pytest.raises(TypeError):
        document.to_markdown(True)  # type: ignore[misc]
    link = next(link for block in document.blocks for link in block.links)
    assert (link.text, link.url, PAGE[link.start : link.end]) == ("der Rat", "https://orla.example/news/rat?a=1&b=2", "der Rat")
    assert [caption.image for caption in document.captions] == ["https://orla.example/i/quay.jpg"]
    assert copydesk.clean("It rained.").blocks[0].links == []


def test_what_is_shown_outlives_a_pickle():
    document = copydesk.clean_html(PAGE)
    again = pickle.loads(pickle.dumps(document))
    assert again == document and again.to_markdown(links=True, images=True) == document.to_markdown(links=True, images=True)
    for block in document.blocks:
        alone = pickle.loads(pickle.dumps(block))
        assert alone == block and alone.links == block.links
    link = document.blocks[1].links[0]
    assert pickle.loads(pickle.dumps(link)) == link and hash(pickle.loads(pickle.dumps(link))) == hash(link)
    assert document != copydesk.clean_html(PAGE.replace("<b>", "<i>").replace("</b>", "</i>"))


def test_links_are_in_json_where_asked_for():
    document = copydesk.clean_html(PAGE)
    jsonschema.validate(document.to_dict(links=True), SCHEMA)
    assert "links" not in document.to_dict()["blocks"][0]
    assert [link["text"] for block in document.to_dict(links=True)["blocks"] for link in block["links"]] == ["der Rat"]
