"""The tools that are compared: what each does to one document, and in a few words what work that is.

A row names a function that imports its tool and gives the work; where that fails, the tool is left out and the reason is told.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

Work = Callable[[Sequence[Any]], object]


class Tool(NamedTuple):
    name: str
    #: What it does to a document.
    does: str
    #: Imports the tool; gives what does that to each of some documents.
    make: Callable[[], Work]
    ours: bool = False


def each(work: Callable[[Any], object]) -> Work:
    def run(documents: Sequence[Any]) -> None:
        for document in documents:
            try:
                work(document)
            except Exception:  # noqa: BLE001: a document that a tool cannot read counts as read
                pass

    return run


#: The usual notebook: what is left of share bars, captions and agencies is looked for with a dozen expressions.
RECIPE = [
    (r"<[^>]+>", " "),
    (r"https?://\S+", ""),
    (r"\S+@\S+\.\S+", ""),
    (r"(?im)^(?:share|tweet|email|print|save)(?: this)?(?: article| story)?$", ""),
    (r"(?im)^(?:advertisement|sponsored|read more|related).*$", ""),
    (r"(?im)^by [\w .'-]{3,60}$", ""),
    (r"(?im)^(?:published|updated|posted|last modified).*$", ""),
    (r"^[A-Z][A-Z ,.]{2,40}\((?:Reuters|AP|AFP)\)\s*[-–—]+\s*", ""),
    (r"\((?:Reuters|AP|AFP|Getty)[^)]{0,60}\)", ""),
    (r"(?im)^.*(?:©|\(c\)|all rights reserved|copyright).*$", ""),
    (r"[ \t\u00a0]+", " "),
    (r"\n{3,}", "\n\n"),
]


def clean_texts(model: str) -> Work:
    import copydesk

    cleaner = copydesk.Cleaner(model=model)
    return lambda texts: cleaner.clean_texts(texts, threads=1)


def clean_many(model: str) -> Work:
    import copydesk

    cleaner = copydesk.Cleaner(model=model)
    return lambda texts: cleaner.clean_many(texts, threads=1)


def clean_html(model: str) -> Work:
    import copydesk

    cleaner = copydesk.Cleaner(model=model)
    return each(lambda page: cleaner.clean_html(page[0]).text)


def normalize() -> Work:
    import copydesk

    return each(copydesk.normalize)


def with_ftfy() -> Work:
    import ftfy

    return each(ftfy.fix_text)


def with_plsfix() -> Work:
    import plsfix

    return each(plsfix.fix_text)


def with_clean_text() -> Work:
    from cleantext import clean

    return each(lambda text: clean(text, lower=False, no_line_breaks=False, no_urls=True, no_emails=True))


def with_textacy() -> Work:
    from textacy import preprocessing as p

    steps = (p.normalize.unicode, p.normalize.quotation_marks, p.normalize.hyphenated_words, p.normalize.whitespace)
    return each(p.make_pipeline(*steps))


def datatrove(name: str) -> Work:
    from datatrove.data import Document
    from datatrove.pipeline import filters

    filter_ = getattr(filters, name)()
    # Its tokenizer is made when it is first used.
    filter_.filter(Document(text="A line of words. " * 60, id=""))
    return each(lambda text: filter_.filter(Document(text=text, id="")))


def lines_by_justext() -> Work:
    import justext

    stoplist = justext.get_stoplist("English")

    def work(text: str) -> object:
        page = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
        return [part.text for part in justext.justext(f"<html><body>{page}</body></html>", stoplist) if not part.is_boilerplate]

    return each(work)


def recipe() -> Work:
    import ftfy

    rules = [(re.compile(pattern), new) for pattern, new in RECIPE]

    def work(text: str) -> str:
        text = ftfy.fix_text(text)
        for rule, new in rules:
            text = rule.sub(new, text)
        return text

    return each(work)


def recipe_in_pandas() -> Work:
    import ftfy
    import pandas as pd

    def run(texts: Sequence[str]) -> None:
        column = pd.Series(texts).apply(ftfy.fix_text)
        for pattern, new in RECIPE:
            column = column.str.replace(pattern, new, regex=True)

    return run


def with_trafilatura() -> Work:
    import trafilatura

    return each(lambda page: trafilatura.extract(page[0]))


def with_newspaper() -> Work:
    import newspaper

    def work(page: tuple[bytes, str]) -> str:
        # Otherwise it fetches the images.
        article = newspaper.Article("https://orla.example", fetch_images=False)
        article.download(input_html=page[1])
        article.parse()
        return article.text

    return each(work)


def with_resiliparse() -> Work:
    from resiliparse.extract.html2text import extract_plain_text

    return each(lambda page: extract_plain_text(page[1], main_content=True))


def with_justext() -> Work:
    import justext

    stoplist = justext.get_stoplist("English")
    return each(lambda page: [part.text for part in justext.justext(page[0], stoplist) if not part.is_boilerplate])


def with_readability() -> Work:
    from readability import Document

    return each(lambda page: Document(page[1]).summary())


#: The tool that the others are compared with stands last of its list.
TEXTS = [
    Tool("copydesk normalize", "repairs characters, nothing else", normalize, ours=True),
    Tool("copydesk, fast", "repairs, labels every line, reads the fields, gives the story; the fast model", lambda: clean_many("fast"), ours=True),
    Tool("copydesk", "the same by the default model", lambda: clean_many("default"), ours=True),
    Tool("copydesk, fast, text alone", "repairs, labels every line, gives the story; the fast model", lambda: clean_texts("fast"), ours=True),
    Tool("copydesk, text alone", "the same by the default model", lambda: clean_texts("default"), ours=True),
    Tool("plsfix", "repairs characters (Rust)", with_plsfix),
    Tool("ftfy", "repairs characters", with_ftfy),
    Tool("textacy", "characters, quotation marks, hyphens, white space", with_textacy),
    Tool("clean-text", "ftfy, to ASCII, addresses replaced", with_clean_text),
    Tool("datatrove C4", "keeps lines by C4's rules", lambda: datatrove("C4QualityFilter")),
    Tool("datatrove Gopher", "keeps or drops the whole text by counts of its words", lambda: datatrove("GopherQualityFilter")),
    Tool("jusText, lines", "keeps lines by length and stop words, a paragraph each", lines_by_justext),
    Tool("recipe in pandas", "the recipe, column by column", recipe_in_pandas),
    Tool("recipe", "ftfy and a dozen regular expressions, the usual notebook", recipe),
]
PAGES = [
    Tool("copydesk, fast", "labels every line of the page, reads the fields, gives the story; the fast model", lambda: clean_html("fast"), ours=True),
    Tool("copydesk", "the same by the default model", lambda: clean_html("default"), ours=True),
    Tool("resiliparse", "main text (C++)", with_resiliparse),
    Tool("jusText", "main paragraphs, by length, links and stop words", with_justext),
    Tool("readability-lxml", "main element, as HTML", with_readability),
    Tool("newspaper4k", "main text, title, authors, date", with_newspaper),
    Tool("trafilatura", "main text", with_trafilatura),
]
