"""The compiled part of copydesk. Import its names from `copydesk`.

Positions in the input count code points where a `str` was given and bytes where bytes were;
`Document.to_dict()["unit"]` says which. A surrogate in a `str` counts as one code point and comes out as U+FFFD.
Bytes are decoded by their byte order mark, else as UTF-8, else by a detected charset; what cannot be decoded comes
out as U+FFFD, and positions still point into the bytes given. Every text gets an answer: errors are for wrong types
(`TypeError`) and for options and files (`copydesk.CopydeskError`). Should copydesk fail on a text all the same, which
is a fault to be reported, it raises `copydesk.FaultError`; the other texts are not affected.

A missing value is treated as None, whichever library it comes from: None itself, NaN of float, NumPy and Decimal,
pandas' NA and NaT, a null of Arrow; and, for what is known about a text, "" and blank text.

Every object is immutable and can be pickled, copied and shared between threads. Every call releases the GIL while it
works.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from os import PathLike
from time import struct_time
from typing import Any, Literal, Protocol, final

class _ArrowScalar(Protocol):
    """A scalar of pyarrow, which holds what its column holds, or nothing."""

    def as_py(self) -> Any: ...

class _NumpyScalar(Protocol):
    """A scalar of NumPy, such as a `datetime64`."""

    @property
    def dtype(self) -> Any: ...

class _ArrowStreamExport(Protocol):
    """What holds columns of Arrow: a table, a chunked column, a stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

class _ArrowArrayExport(Protocol):
    """What holds one array of Arrow, or one batch."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

_Text = str | bytes | bytearray | memoryview | _ArrowScalar
_Hint = str | _ArrowScalar | None
_Day = date | datetime | struct_time | str | _ArrowScalar | _NumpyScalar | None

__all__ = [
    "DATELINE_CLUES",
    "FEATURES",
    "JOIN_FIGURES",
    "LABELS",
    "SCHEMA",
    "VERDICT_FIGURES",
    "ArrowStream",
    "Block",
    "Byline",
    "Caption",
    "Change",
    "Cleaner",
    "Dateline",
    "Document",
    "Evidence",
    "Fixer",
    "Inline",
    "Link",
    "Normalized",
    "Normalizer",
    "PartialDate",
    "Person",
    "Place",
    "Side",
    "Timestamp",
    "__version__",
    "_change",
    "_cleaner",
    "_fail_on",
    "_normalize_arrow",
    "_normalized",
    "_restore",
    "clean",
    "clean_html",
    "clean_many",
    "clean_texts",
    "dateline_clues",
    "display_width",
    "ftfy_fix",
    "ftfy_is_bad",
    "join_values",
    "language",
    "line_blocks",
    "line_figures",
    "line_words",
    "main",
    "network_logits",
    "normalize",
    "normalize_many",
    "observe",
    "observe_cuts",
    "observe_ids",
    "observe_page",
    "page_lines",
    "parse_byline",
    "parse_caption",
    "parse_dateline",
    "parse_inline",
    "parse_timestamps",
    "rules_version",
    "verdict_figures",
]

__version__: str
"""Version of the package."""

rules_version: str
"""Changes whenever any output may change."""

LABELS: tuple[str, ...]
"""The 19 labels, in the order of the label guide.

>>> import copydesk
>>> copydesk.LABELS[:3]
('title', 'deck', 'byline')
"""

SCHEMA: str
DATELINE_CLUES: list[str]
FEATURES: list[str]
JOIN_FIGURES: tuple[list[tuple[str, int]], int]
VERDICT_FIGURES: list[str]

# For training, the command line and pickle.
def _change(step: str, start: int, end: int, before: str, after: str) -> Change: ...
def _cleaner(
    options: dict[str, Any], model: tuple[str | None, bytes] | None, packs: list[tuple[str, str]], /
) -> Cleaner: ...
def _normalize_arrow(column: _ArrowStreamExport | _ArrowArrayExport, /, *, threads: int | None = None) -> ArrowStream: ...
def _fail_on(text: bytes | None) -> None: ...
def _normalized(text: str, changes: list[Change], map: bytes | None) -> Normalized: ...
def _restore(class_: str, state: bytes, /) -> Any: ...
def dateline_clues(
    text: str, lang: str | None = None, labelled: bool | None = None
) -> tuple[int, list[str]] | None: ...
def join_values(text: str, scores: list[int] | None = None) -> bytes: ...
def language(text: str) -> str | None: ...
def line_blocks(document: Document, lines: Sequence[tuple[int, int]]) -> list[int | None]: ...
def line_figures(
    documents: Sequence[tuple[str, Sequence[str], Sequence[str]]], guesses: Sequence[Sequence[tuple[str, bool]]]
) -> str: ...
def line_words(text: str, lang: str) -> int: ...
def observe(text: str, cuts: bytes | None = None) -> list[tuple[int, int, list[str]]]: ...
def observe_cuts(text: str) -> list[tuple[int, bytes]]: ...
def observe_ids(text: str, cuts: bytes | None = None) -> list[tuple[int, int, bytes, bytes]]: ...
def observe_page(cleaner: Cleaner, html: bytes) -> list[tuple[str, list[int], str, int]]: ...
def page_lines(html: bytes) -> list[str]: ...
def verdict_figures(document: Document) -> list[float]: ...
def network_logits(text: str, path: str | PathLike[str]) -> list[list[int]]: ...
def main(args: Sequence[str]) -> int: ...

# For copydesk.ftfy.
@final
class Fixer:
    def __new__(cls, config: Any) -> Fixer: ...
    def fix_text(self, text: str) -> str: ...
    def fix_segment(self, text: str) -> str: ...
    def explain_segment(self, text: str, encodings: bool) -> tuple[str, list[tuple[str, str]]]: ...
    def fix_encoding(self, text: str) -> str: ...
    def explain_encoding(self, text: str, encodings: bool) -> tuple[str, list[tuple[str, str]]]: ...

def ftfy_fix(name: str, text: str) -> str: ...
def ftfy_is_bad(text: str) -> bool: ...
def display_width(text: str) -> int: ...
def clean(
    text: _Text,
    *,
    source: _Hint = None,
    lang: _Hint = None,
    published: _Day = None,
    title: _Hint = None,
) -> Document:
    """Annotates and cleans one text by the default `Cleaner`: `Cleaner().clean(...)`.

    >>> import copydesk
    >>> [block.text for block in copydesk.clean("One line.\\n\\nAnother.").blocks]
    ['One line.', 'Another.']
    """

def clean_html(
    html: _Text,
    *,
    url: _Hint = None,
    lang: _Hint = None,
    published: _Day = None,
    title: _Hint = None,
) -> Document:
    """Annotates and cleans one page by the default `Cleaner`: `Cleaner().clean_html(...)`.

    >>> import copydesk
    >>> [block.text for block in copydesk.clean_html("<h1>One line.</h1><p>Another.").blocks]
    ['One line.', 'Another.']
    """

def clean_many(
    texts: Iterable[_Text | None],
    *,
    sources: Iterable[_Hint] | None = None,
    titles: Iterable[_Hint] | None = None,
    langs: Iterable[_Hint] | None = None,
    published: Iterable[_Day] | None = None,
    threads: int | None = None,
    on_error: Literal["raise", "null"] = "raise",
) -> list[Document | None]:
    """Many texts by the default `Cleaner`: `Cleaner().clean_many(...)`.

    >>> import copydesk
    >>> [document.lang for document in copydesk.clean_many(["Ein Bericht.", "One story."], langs=["German", "en-GB"])]
    ['de', 'en']
    """

def clean_texts(
    texts: Iterable[_Text | None],
    *,
    sources: Iterable[_Hint] | None = None,
    titles: Iterable[_Hint] | None = None,
    langs: Iterable[_Hint] | None = None,
    published: Iterable[_Day] | None = None,
    threads: int | None = None,
    on_error: Literal["raise", "null", "keep"] = "raise",
) -> list[str | None]:
    """The clean texts of many texts by the default `Cleaner`: `Cleaner().clean_texts(...)`.

    >>> import copydesk
    >>> story = "The tunnel under the harbour will close on Monday for at least a month, the city said."
    >>> copydesk.clean_texts([story + "\\n\\nSHARE THIS ARTICLE", None]) == [story, None]
    True
    """

@final
class Cleaner:
    """Cleans texts. Making one costs more than a short text does: make it once and use it often, from any thread.

    Two are equal when their options are, and their files hold the same, whatever they are called. A pickle holds the content
    of the files, so that a cleaner can be sent to a place that does not have them; for a model that comes with copydesk it
    holds the name.

    >>> import copydesk
    >>> copydesk.Cleaner(keep=["title", "body"], balance="keep_story")
    Cleaner(keep=('title', 'body'), balance='keep_story')
    """

    def __new__(
        cls,
        *,
        keep: Iterable[str] = ("body", "heading"),
        model: str | PathLike[str] = "default",
        balance: Literal["keep_story", "balanced", "drop_junk"] = "balanced",
        dateline: Literal["keep", "strip"] = "keep",
        inline: Literal["keep", "strip"] = "keep",
        separator: str = "\n\n",
        profile: None = None,
        packs: Sequence[str | PathLike[str]] = (),
        normalizer: Normalizer | None = None,
        markup: Literal["keep", "strip"] = "strip",
    ) -> Cleaner:
        """A cleaner with these options.

        keep: labels (of `LABELS`) of the blocks that make the clean text.
        model: "default", "fast" (twice as quick, less accurate), or the path of a file made by training, a chain or a
            network.
        balance: where the line between story and furniture is drawn: "keep_story" keeps furniture rather than
            lose a sentence, "drop_junk" loses a sentence rather than keep furniture. It moves `Block.kept`, never `Block.label`.
        dateline: whether the dateline stays in `Document.text`; `Document.dateline` is there either way.
        inline: whether furniture inside kept paragraphs stays in `Document.text`: credits, "READ MORE: …",
            advertisements, marks of footnotes (`Inline.kind`). "strip" takes out exactly that.
        separator: what joins the kept blocks; blocks of one line stay together as they were.
        profile: None; site profiles are not in this version.
        packs: paths of packs of your own, TOML files of phrases by label and site (docs/packs.md).
        normalizer: how characters are repaired; None for `Normalizer()`.
        markup: whether leftovers of Markdown and HTML stay in the texts of the blocks; tags of blocks (`<p>`, `<br>`) are line
            ends and are in no block.

        Raises `ConfigError` (a `ValueError`) for a value that is not known, which names those that are, `FormatError`
        (a `ValueError`) for a file that is not a model or pack, and `FileError` (an `OSError`) for one that cannot be read.
        """

    def clean(
        self,
        text: _Text,
        *,
        source: _Hint = None,
        lang: _Hint = None,
        published: _Day = None,
        title: _Hint = None,
    ) -> Document:
        """Annotates and cleans one text, in time linear in its length.

        What is known about it helps, and all of it may be left out:

        source: the site or file it came from, an address or a host name (phrases that packs of your own give for its
            site count).
        lang: its language, as a code of ISO 639 ("en", "eng"), a tag ("en-GB", "en_US.UTF-8") or its name in English or
            in the language itself ("German", "Deutsch"); detected when not given.
        published: the day of publication, which resolves dates that name no year: a date or datetime (of pandas, NumPy
            and Arrow too), a `time.struct_time`, or text as in ISO 8601 ("2024-05-14T09:30:00+02:00"), in a feed ("Tue, 14
            May 2024 09:30:00 GMT") or on a page ("14. Mai 2024"), where the day is certain: not "04/05/2024". It is the
            day as written: a time zone does not change it.
        title: the headline.

        >>> import copydesk
        >>> text = "LONDON, May 4 (Reuters) - It rained all day."
        >>> document = copydesk.Cleaner().clean(text, lang="English", published="Tue, 14 May 2024 09:30:00 GMT")
        >>> document.lang, document.dateline.date.resolved.isoformat()
        ('en', '2024-05-04')

        Raises `ConfigError` (a `ValueError`) for a language that is not known and for a `published` that is not a date.
        """

    def clean_many(
        self,
        texts: Iterable[_Text | None],
        *,
        sources: Iterable[_Hint] | None = None,
        titles: Iterable[_Hint] | None = None,
        langs: Iterable[_Hint] | None = None,
        published: Iterable[_Day] | None = None,
        threads: int | None = None,
        on_error: Literal["raise", "null"] = "raise",
    ) -> list[Document | None]:
        """Many texts in parallel: the same documents as one after the other, in the order of the texts.

        texts: an iterable of texts: a list, a column of a frame, an array. A text that is missing gives None.
        sources, titles, langs, published: what is known about each text, as `clean` takes it; each as long as texts.
        threads: 1 or more; one per processor when not given.
        on_error: "raise" raises for the first row that is refused, or that copydesk fails on; with "null" such a row
            gives None, and the others their documents.

        Ctrl-C stops it within a tenth of a second, or with the text at hand where that takes longer.

        >>> import copydesk
        >>> [one and one.verdict for one in copydesk.Cleaner().clean_many(["Share", None])]
        ['no_story', None]
        >>> rows = [{"text": "One.", "lang": "en"}, {"text": "Two.", "lang": "Klingon?"}, {"text": 3, "lang": ""}]
        >>> texts, langs = ([row[key] for row in rows] for key in ("text", "lang"))
        >>> [one and one.lang for one in copydesk.Cleaner().clean_many(texts, langs=langs, on_error="null")]
        ['en', None, None]

        Raises `TypeError` for an item of another type, with its index, and for what gives no texts when it is iterated
        (a single text, a frame, a dict, a set, an open file), with what to give instead; `ConfigError` (a `ValueError`)
        for a language or date that cannot be read, with its index, and for hints that are fewer or more than texts;
        `FaultError` should copydesk fail on a text, with its index (`clean_iter` gives the documents of the others).
        """

    def clean_texts(
        self,
        texts: Iterable[_Text | None],
        *,
        sources: Iterable[_Hint] | None = None,
        titles: Iterable[_Hint] | None = None,
        langs: Iterable[_Hint] | None = None,
        published: Iterable[_Day] | None = None,
        threads: int | None = None,
        on_error: Literal["raise", "null", "keep"] = "raise",
    ) -> list[str | None]:
        """`Document.text` of many texts alone: what `clean_many` does, without making its documents for Python.

        on_error: as `clean_many` takes it; or "keep", which gives the text as it came in place of None, but for what is no text.

        >>> import copydesk
        >>> copydesk.clean_texts(["salt &amp; pepper"], published=["someday"], on_error="keep")
        ['salt &amp; pepper']
        >>> copydesk.Cleaner(keep=copydesk.LABELS).clean_texts(["salt &amp; pepper", None])
        ['salt & pepper', None]
        """

    def clean_iter(
        self,
        texts: Iterable[_Text | None],
        *,
        sources: Iterable[_Hint] | None = None,
        titles: Iterable[_Hint] | None = None,
        langs: Iterable[_Hint] | None = None,
        published: Iterable[_Day] | None = None,
        threads: int | None = None,
        on_error: Literal["raise", "null"] = "raise",
    ) -> Iterator[Document | None]:
        """The same for texts without end: reads ahead no more than 1024 texts or 8 MB (and the text that exceeds them).

        Documents come as soon as they can: a slow iterable is not waited for. An exception that it raises comes through
        after the documents of the texts that it gave before. Should copydesk fail on a text, `FaultError` is raised in place
        of its document, and the next call continues after it.

        >>> import copydesk, itertools
        >>> endless = copydesk.Cleaner().clean_iter(f"Line {n}" for n in itertools.count())
        >>> next(endless).blocks[0].text
        'Line 0'
        """

    def clean_html(
        self,
        html: _Text,
        *,
        url: _Hint = None,
        lang: _Hint = None,
        published: _Day = None,
        title: _Hint = None,
    ) -> Document:
        """Annotates and cleans one page, in time linear in its length.

        html: the page, as text or as the bytes that the server sent; of bytes the charset is the one of their byte order
            mark, UTF-8 where they are that, the one that the page names, or one that is detected.
        url: its address, as `source` of `clean`; lang, published, title: as `clean` takes them.

        The blocks are the lines of its text as a browser shows them (a row of a table is one, its cells a tab apart), hidden
        ones too; their positions, and those of every character, are positions in `html`.

        >>> import copydesk
        >>> html = "<h1>Harbour tunnel closes</h1><p>It closes on Monday &ndash; for a month.</p>"
        >>> block = copydesk.Cleaner().clean_html(html).blocks[1]
        >>> block.text, html[block.start : block.end]
        ('It closes on Monday – for a month.', 'It closes on Monday &ndash; for a month.')
        """

    def clean_html_many(
        self,
        pages: Iterable[_Text | None],
        *,
        urls: Iterable[_Hint] | None = None,
        titles: Iterable[_Hint] | None = None,
        langs: Iterable[_Hint] | None = None,
        published: Iterable[_Day] | None = None,
        threads: int | None = None,
        on_error: Literal["raise", "null"] = "raise",
    ) -> list[Document | None]:
        """Many pages in parallel, as `clean_many` does texts.

        >>> import copydesk
        >>> [one and one.blocks[0].text for one in copydesk.Cleaner().clean_html_many(["<p>It rained.", None])]
        ['It rained.', None]
        """

    def clean_html_iter(
        self,
        pages: Iterable[_Text | None],
        *,
        urls: Iterable[_Hint] | None = None,
        titles: Iterable[_Hint] | None = None,
        langs: Iterable[_Hint] | None = None,
        published: Iterable[_Day] | None = None,
        threads: int | None = None,
        on_error: Literal["raise", "null"] = "raise",
    ) -> Iterator[Document | None]:
        """The same for pages without end, as `clean_iter` does texts.

        >>> import copydesk, itertools
        >>> endless = copydesk.Cleaner().clean_html_iter(f"<p>Page {n}" for n in itertools.count())
        >>> next(endless).blocks[0].text
        'Page 0'
        """

    def clean_arrow(
        self,
        data: _ArrowStreamExport | _ArrowArrayExport,
        *,
        text: str = "text",
        html: str | None = None,
        source: str | None = None,
        title: str | None = None,
        lang: str | None = None,
        published: str | None = None,
        fields: str | Sequence[str] | None = None,
        into: str | None = None,
        threads: int | None = None,
        on_error: Literal["raise", "null", "keep"] = "raise",
    ) -> ArrowStream:
        """A table of Arrow in, a stream of the same rows out, cleaned some at a time as they are read.

        data: a table, a column or a stream of any library that exports one by the PyCapsule interface: pyarrow, Polars,
            pandas 2.2 or newer, DuckDB, datasets, nanoarrow, arro3. Nothing of it is copied.
        text: the column of the texts: strings, binary, or a dictionary of them. Where data is a column, it is that.
        html: the column of pages, which are cleaned in place of texts.
        source, title, lang, published: columns of what is known about each text, as `clean` takes it; `published` may hold
            dates or timestamps, of which the day in UTC counts.
        fields: the columns wanted, of those that `copydesk schema` lists; all but "markdown", "words", "removed" and
            "blocks" when not given. One name that is no list asks for that field itself.
        into: with a name, the rows have all columns of data and one of that name, a struct of the fields: what
            `copydesk clean` writes to Parquet; or the field itself that was asked for. Without, a column for each field and no others.
        threads: 1 or more; one per processor when not given.
        on_error: of a row whose language or day cannot be read, or that copydesk fails on: "raise" ends the stream with the
            error and the number of the row; with "null" its fields are null; with "keep" its text is what was given.

        A null gives null. Types hang on no data; positions are bytes of UTF-8.

        >>> import copydesk, pyarrow
        >>> table = pyarrow.table({"text": ["Harbour tunnel closes\\n\\nIt closes on Monday, the city said.", None]})
        >>> made = pyarrow.table(copydesk.Cleaner().clean_arrow(table, fields=["title", "text"]))
        >>> made.to_pylist()[1]
        {'title': None, 'text': None}

        Raises `TypeError` for data that exports nothing; `ConfigError` (a `ValueError`) for a column that is not there or
            holds no texts, and for a field that is not known. What fails later is raised by the reader of the stream.
        """

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class ArrowStream:
    """Rows of Arrow that are made when they are read, once: what `Cleaner.clean_arrow` gives.

    Give it to whatever takes a stream by the PyCapsule interface: `pyarrow.table`, `pyarrow.RecordBatchReader.from_stream`,
    `polars.DataFrame`, a query of DuckDB.

    >>> import copydesk, pyarrow
    >>> stream = copydesk.Cleaner().clean_arrow(pyarrow.table({"text": ["Share this"]}), fields=["verdict"])
    >>> pyarrow.RecordBatchReader.from_stream(stream).read_all()["verdict"].to_pylist()
    ['no_story']
    """

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...

@final
class Document:
    """An annotated text: every line with its label, the story alone, and the fields read from it.

    Documents are equal when they say the same; their reasons, which are made when they are asked for (`Block.evidence`), do
    not count, and are not in their pickles.
    """

    @property
    def text(self) -> str:
        """The kept blocks, repaired, joined by the separator; nothing else."""

    @property
    def markdown(self) -> str:
        """The kept blocks as Markdown: what `to_markdown()` gives.

        >>> import copydesk
        >>> html = "<h2>What to do</h2><ol start=3><li>Check the <b>pumps</b></li><li>Call 1_000 * 2</li></ol>"
        >>> print(copydesk.Cleaner(keep=copydesk.LABELS).clean_html(html).markdown)
        ## What to do
        <BLANKLINE>
        3. Check the **pumps**
        4. Call 1_000 * 2
        <BLANKLINE>
        """

    @property
    def rules_version(self) -> str:
        """`copydesk.rules_version`, by which it was made: it changes whenever any output may change."""

    @property
    def blocks(self) -> list[Block]:
        """All blocks in reading order; they, the white space and the written-out line ends between them are the whole input."""

    @property
    def removed(self) -> list[Block]:
        """The blocks that are not in `text`."""

    @property
    def lang(self) -> str | None:
        """The language, ISO 639-1 (639-3 where there is none): as given, else as detected, else as a page says; None when unsure."""

    @property
    def verdict(self) -> Literal["story", "stub", "no_story"]:
        """Whether the text holds a story, a teaser or the start of one, or none."""

    @property
    def verdict_score(self) -> float:
        """Probability of `verdict`, 0 to 1, rounded to 4 places."""

    @property
    def title(self) -> str | None:
        """The headline: as given, else as found; without the name of the site, where it is certain.

        Of a page, a line is preferred, unless what the page says of itself speaks for another (docs/pages.md).
        """

    @property
    def title_span(self) -> tuple[int, int] | None:
        """Where `title` stands in the input, in a line or in what the page says; None when it was given and no line has it."""

    @property
    def site(self) -> str | None:
        """The name of the site: as it stood beside the headline, or as a page says.

        >>> import copydesk
        >>> document = copydesk.clean("It closes on Monday.", title="Tunnel closes for a month | The Orla Times")
        >>> document.title, document.site
        ('Tunnel closes for a month', 'The Orla Times')
        """

    @property
    def deck(self) -> str | None:
        """The standfirst; its lines joined by a line feed. Of a page without one, its description, where it is one of this story
        and not the start of it.
        """

    @property
    def deck_span(self) -> tuple[int, int] | None:
        """Where `deck` stands in the input, from its first line to its last."""

    @property
    def byline(self) -> Byline | None:
        """Who wrote it, as lines say or as a page says of itself."""

    @property
    def published(self) -> Timestamp | None:
        """When it was published, as lines say or as a page says of itself.

        What a page says that agrees with the line makes `iso` exact: the time of day, the offset.
        """

    @property
    def updated(self) -> Timestamp | None:
        """When it was last updated, as lines say or as a page says of itself."""

    @property
    def url(self) -> str | None:
        """The canonical address of a page: as it says itself, where that is plausible, else as given. None of a text.

        >>> import copydesk
        >>> html = "<link rel=canonical href=/news/tunnel><meta property=og:image content=/i/tunnel.jpg><p>It closes on Monday."
        >>> document = copydesk.clean_html(html, url="https://orla.example/news/tunnel?from=feed")
        >>> document.url, document.image
        ('https://orla.example/news/tunnel', 'https://orla.example/i/tunnel.jpg')
        """

    @property
    def section(self) -> str | None:
        """The section of the site that a page says it stands in: "Politics"."""

    @property
    def tags(self) -> list[str]:
        """What a page says it is about: keywords, in its order; empty where it says nothing, or the same of all its site."""

    @property
    def image(self) -> str | None:
        """The address of a page's lead image, as the page says."""

    @property
    def sources(self) -> dict[str, str]:
        """Where each field that was found was taken from, by its name.

        "line", "json_ld", "meta", "html" (`<title>`, `<html lang>`, `<time datetime>`, `<link rel=canonical>`), "url" (the address),
        "words" (the language was detected) or "given".

        >>> import copydesk
        >>> html = "<html lang=en><meta property=article:section content=Harbour><h1>Tunnel closes</h1>"
        >>> copydesk.clean_html(html).sources
        {'title': 'line', 'lang': 'html', 'section': 'meta'}
        """

    @property
    def dateline(self) -> Dateline | None:
        """The dateline that opens the story, kept in `text` or not."""

    @property
    def captions(self) -> list[Caption]:
        """The captions, in reading order."""

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of the input that made code points `start` to `end` of `text`.

        An end after the end of `text` means its end. A separator that copydesk put in stands for the gap between the
        blocks that it joins.

        >>> import copydesk
        >>> given = "salt &amp; pepper"
        >>> document = copydesk.Cleaner(keep=copydesk.LABELS).clean(given)
        >>> start, end = document.source_span(5, 6)
        >>> document.text[5:6], given[start:end]
        ('&', '&amp;')

        Raises `ConfigError` (a `ValueError`) for a negative position.
        """

    def to_markdown(
        self,
        *,
        title: bool = False,
        headings: bool = True,
        lists: bool = True,
        quotes: bool = True,
        tables: bool = True,
        code: bool = True,
        emphasis: bool = True,
        links: bool = False,
        images: bool = False,
    ) -> str:
        """The kept blocks as Markdown (CommonMark, with the tables of GitHub), a line feed at the end unless it is empty.

        Its words are those of `text`, in their order: what looks like Markdown in them is escaped, no HTML is passed through. What a page
        shows of its lines is shown; of a text, headings are blocks that are labelled so, lists those that begin with bullets or count
        on, quotes those that begin with `>` (docs/pages.md).

        `title` puts `Document.title` above, as a heading, where no kept block is it; the others say what is marked: `headings`, `lists`,
        `quotes`, `tables`, `code`, `emphasis` (bold and italic), `links` with their addresses, and `images` that stand amid the kept
        blocks.

        >>> import copydesk
        >>> html = "<h1>Tunnel closes</h1><p>It closes on Monday, <a href=/c>the council</a> said after a long debate."
        >>> document = copydesk.clean_html(html, url="https://orla.example/news")
        >>> print(document.to_markdown(title=True, links=True))
        # Tunnel closes
        <BLANKLINE>
        It closes on Monday, [the council](https://orla.example/c) said after a long debate.
        <BLANKLINE>
        """

    def to_dict(self, *, evidence: bool = False, probabilities: bool = False, links: bool = False) -> dict[str, Any]:
        """The document as plain values (docs/document.md). "schema" is a number, raised when a key changes its meaning or is removed.

        `evidence` adds to each block why it has its label, which takes up to three times as long as cleaning the text;
        `probabilities` adds the probabilities of its labels that are above 0, and `links` its links.

        >>> import copydesk
        >>> document = copydesk.clean("Share this article")
        >>> document.to_dict()["blocks"][0]["label"]
        'share'
        >>> sorted(document.to_dict(probabilities=True)["blocks"][0].keys() - document.to_dict()["blocks"][0].keys())
        ['probabilities']
        """

    def to_json(self, *, evidence: bool = False, probabilities: bool = False, links: bool = False) -> str:
        """The same as JSON text, on one line."""

    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Block:
    """A line of the input; several where a line was torn, a part of one where a line holds several things.

    Its pickle is that of the block alone, without its document.
    """

    @property
    def label(self) -> str:
        """What it is to an editor: the most probable of `LABELS`."""

    @property
    def kept(self) -> bool:
        """Whether it is in `Document.text`: whether its probabilities of the labels in `keep` reach the threshold of `balance` together,
        or its label is one of them (not with "drop_junk", where the threshold alone decides)."""

    @property
    def score(self) -> float:
        """Probability of `label`, 0 to 1, rounded to 4 places."""

    @property
    def probabilities(self) -> dict[str, float]:
        """Probability of every label, rounded to 4 places, in the order of `LABELS`."""

    @property
    def text(self) -> str:
        """The text, repaired."""

    @property
    def start(self) -> int:
        """Where it begins in the input."""

    @property
    def end(self) -> int:
        """Where it ends in the input."""

    @property
    def evidence(self) -> list[Evidence]:
        """What weighed most for the label against the runner-up, heaviest first.

        It is made for all blocks of the document when one is first asked for it, and takes up to three times as long as
        cleaning the text. Empty for a block that was unpickled by itself, and for the blocks of a document that a model or
        packs of your own made, once it was unpickled: its pickle holds neither.
        """

    @property
    def inline(self) -> list[Inline]:
        """What stands inside the block and is not part of its sentences."""

    @property
    def links(self) -> list[Link]:
        """The links of a page that stand in the block, in order; none of a text. They are made when asked for.

        >>> import copydesk
        >>> html = "<p>The tunnel closes on Monday, <a href=/c>the council</a> said."
        >>> for link in copydesk.clean_html(html, url="https://orla.example/news").blocks[0].links:
        ...     print(link.text, link.url, html[link.start : link.end])
        the council https://orla.example/c the council
        """

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Evidence:
    """One reason for a label, or for a dateline."""

    @property
    def name(self) -> str:
        """Stable id from the one table of evidence; of a dateline, of the clue, or of several that came together, joined by "+"."""

    @property
    def weight(self) -> float:
        """For the label, against the one in `over`, or for a dateline: nats of log odds, rounded to 4 places."""

    @property
    def detail(self) -> str:
        """For people: what was seen."""

    @property
    def over(self) -> str | None:
        """The label that the weight counts against; None where it counts against all others."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Inline:
    """Something inside a block that is not part of its sentences."""

    @property
    def kind(self) -> Literal["dateline", "credit", "read_more", "ad", "ui", "footnote", "embed"]:
        """What it is (docs/document.md)."""

    @property
    def start(self) -> int:
        """Where it begins in the input: the white space before it is part of it."""

    @property
    def end(self) -> int:
        """Where it ends in the input."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Link:
    """A link inside a block of a page."""

    @property
    def text(self) -> str:
        """Its text, repaired."""

    @property
    def url(self) -> str:
        """Where it leads: resolved against the page's `<base>` and the `url` given with it; as it is written where there is neither."""

    @property
    def start(self) -> int:
        """Where its text begins in the input."""

    @property
    def end(self) -> int:
        """Where its text ends in the input."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Dateline:
    """Place, date and agency at the head of a story."""

    @property
    def raw(self) -> str:
        """As written, with the separator and the white space after it."""

    @property
    def start(self) -> int:
        """Where `raw` begins: in the argument of `parse_dateline`, or in the document's input."""

    @property
    def end(self) -> int:
        """Where the story proper begins."""

    @property
    def places(self) -> list[Place]:
        """In the order written."""

    @property
    def date(self) -> PartialDate | None:
        """The date, when there is one."""

    @property
    def agency(self) -> str | None:
        """As written."""

    @property
    def agency_id(self) -> str | None:
        """A stable id such as "reuters", when the agency is a known one."""

    @property
    def score(self) -> float:
        """How sure: a probability, rounded to 4 places."""

    @property
    def evidence(self) -> list[Evidence]:
        """What spoke for it and against it, heaviest first. `score` is the logistic of the sum of the weights. Made anew each time.

        >>> import copydesk
        >>> found = copydesk.parse_dateline("PARIS (Reuters) - It rained.")
        >>> "known_agency" in [clue.name for clue in found.evidence]
        True
        """

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Place:
    """A place of report."""

    @property
    def name(self) -> str:
        """As written."""

    @property
    def qualifier(self) -> str | None:
        """State, province or country as written after the name."""

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-2, where certain."""

    @property
    def region(self) -> str | None:
        """ISO 3166-2, where certain."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class PartialDate:
    """A date of which parts may be unknown."""

    @property
    def raw(self) -> str:
        """As written."""

    @property
    def month(self) -> int | None:
        """1 to 12."""

    @property
    def day(self) -> int | None:
        """1 to 31."""

    @property
    def year(self) -> int | None:
        """Four digits."""

    @property
    def resolved(self) -> date | None:
        """The day meant, where the date is full or the day of publication is known."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Byline:
    """Who wrote the story, and who else had a part in it."""

    @property
    def text(self) -> str:
        """As written, repaired; several lines joined by a line feed."""

    @property
    def start(self) -> int:
        """Where the first of its lines begins: in the argument of `parse_byline`, or in the document's input."""

    @property
    def end(self) -> int:
        """Where the last of its lines ends; what stands between the lines lies inside."""

    @property
    def people(self) -> list[Person]:
        """The people named, in the order written."""

    @property
    def agencies(self) -> list[str]:
        """The agencies named, as written."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Person:
    """A person named in a byline."""

    @property
    def name(self) -> str:
        """As written; `recased` gives it without capitals throughout."""

    @property
    def start(self) -> int:
        """Where the name begins: in the argument of `parse_byline`, or in the document's input."""

    @property
    def end(self) -> int:
        """Where the name ends."""

    @property
    def part(self) -> Literal["author", "contributor", "editor", "translator", "photographer", "illustrator"]:
        """What the person did for the story; "author" too when the byline does not say."""

    @property
    def recased(self) -> str:
        """The name with its words in capitals written as in a sentence, as far as that can be told.

        >>> import copydesk
        >>> [person.recased for person in copydesk.parse_byline("BY J.R. VAN DER BERG AND LÉA MCQUILL").people]
        ['J.R. van der Berg', 'Léa McQuill']
        """

    @property
    def role(self) -> str | None:
        """What the byline says the person is or did: "Senior Editor", "Additional reporting"."""

    @property
    def organisation(self) -> str | None:
        """Whom the person writes for."""

    @property
    def email(self) -> str | None:
        """E-mail address."""

    @property
    def handle(self) -> str | None:
        """ "@name"."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Timestamp:
    """A time of publication or update."""

    @property
    def text(self) -> str:
        """As written, repaired: the date and the time of day, without the words that lead to them."""

    @property
    def start(self) -> int:
        """Where `text` begins: in the argument of `parse_timestamps`, or in the document's input."""

    @property
    def end(self) -> int:
        """Where `text` ends."""

    @property
    def iso(self) -> str | None:
        """ISO 8601, as much as is certain: 2016-02, 2016-02-04, 2016-02-04T09:30, 2016-02-04T09:30:00+03:30.

        None when the day is not known, as for "2 hours ago" with no time to count from; when there is no such day ("31
        February"); when a year is not of the Gregorian calendar; and for "03/04/2016" where nothing distinguishes the day from
        the month.
        """

    @property
    def kind(self) -> Literal["published", "updated", "other"]:
        """What it is the time of."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Caption:
    """A caption, its credit separated from its sentence."""

    @property
    def text(self) -> str:
        """Without the credit."""

    @property
    def credit(self) -> str | None:
        """As written, without the brackets around it."""

    @property
    def credits(self) -> list[str]:
        """The people and agencies of the credit."""

    @property
    def kind(self) -> Literal["photo", "video", "graphic", "unknown"]:
        """What it is the caption of."""

    @property
    def sides(self) -> list[Side]:
        """Who stands where, as far as the text says."""

    @property
    def image(self) -> str | None:
        """The address of the picture that it stands under, on a page; resolved as that of a `Link` is. None where the page names none near
        it, and in a text."""

    @property
    def block(self) -> int:
        """Index into `Document.blocks`."""

    @property
    def start(self) -> int:
        """Where the caption begins in the input."""

    @property
    def end(self) -> int:
        """Where it ends in the input, its credit on the next line included."""

    @property
    def text_span(self) -> tuple[int, int]:
        """Where `text` stands in the input; empty when there is none."""

    @property
    def credit_span(self) -> tuple[int, int] | None:
        """Where `credit` stands in the input."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Side:
    """A word of a caption that says where in the picture someone stands: "(L)", "second from right"."""

    @property
    def side(self) -> Literal["left", "right", "center", "top", "bottom", "from_left", "from_right", "clockwise"]:
        """ "from_left", "from_right" and "clockwise": the order of several, or the place of one in it."""

    @property
    def start(self) -> int:
        """Where it begins in the input, without brackets and commas."""

    @property
    def end(self) -> int:
        """Where it ends in the input."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def parse_byline(text: str, *, lang: _Hint = None) -> Byline | None:
    """The people and agencies that a byline names, None when it names nobody. Nothing is repaired.

    text is one line or several: a byline can be spread over a line for the name and one for the role. It is not checked
    whether it is a byline at all. lang is the language, as `Cleaner.clean` takes it; it decides between words that
    languages write alike ("en" is "and" in one and "in" in another).

    >>> import copydesk
    >>> found = copydesk.parse_byline("By Nora Quill, Senior Editor, and Ann Li for AFP | Translated by Tom Berg")
    >>> [(person.name, person.part, person.role) for person in found.people]
    [('Nora Quill', 'author', 'Senior Editor'), ('Ann Li', 'author', None), ('Tom Berg', 'translator', 'Translated')]
    >>> found.agencies
    ['AFP']
    """

def parse_caption(text: str, *, lang: _Hint = None) -> Caption:
    """A caption, its credit separated from its sentence. lang is the language, as `Cleaner.clean` takes it. Nothing is
    repaired.

    >>> import copydesk
    >>> found = copydesk.parse_caption("A ferry waits in the harbour. (AFP Photo / Nora Quill)")
    >>> found.text, found.credits
    ('A ferry waits in the harbour.', ['AFP', 'Nora Quill'])
    """

def parse_inline(text: str, *, lang: _Hint = None) -> list[Inline]:
    """What stands inside a paragraph and is not part of its sentences: credits, "READ MORE: …", advertisements, marks of
    footnotes. In the order of the text; nothing is repaired.

    lang is the language, as `Cleaner.clean` takes it. Positions are code points of text.

    >>> import copydesk
    >>> text = "It rained all day. (AFP photo)"
    >>> [(found.kind, text[found.start : found.end]) for found in copydesk.parse_inline(text)]
    [('credit', ' (AFP photo)')]
    """

def parse_timestamps(
    text: str,
    *,
    lang: _Hint = None,
    published: _Day = None,
    now: datetime | str | _ArrowScalar | _NumpyScalar | None = None,
) -> list[Timestamp]:
    """The times that a line gives, in its order; empty when there are none. Nothing is repaired.

    lang is the language, as `Cleaner.clean` takes it: it decides which number of "03/04/2016" is the month. published
    is the day of publication; it resolves dates without a year (to the nearest such day), "today", "yesterday" and "3 days ago". now is when
    the line was read, by the clock of its readers (a time zone is ignored); it does the same, and resolves "2 hours ago"
    too. Abbreviations of zones count where they have one meaning: EST, MST and PST beside a date written month first; ET,
    CT and PT since 2007; CST, IST, BST and AST never.

    >>> import copydesk
    >>> [(time.iso, time.kind) for time in copydesk.parse_timestamps("Published 3 May 2016, updated 4 May 2016 09:30 GMT")]
    [('2016-05-03', 'published'), ('2016-05-04T09:30+00:00', 'updated')]
    >>> [time.iso for time in copydesk.parse_timestamps("03/04/2016")]
    [None]
    >>> [time.iso for time in copydesk.parse_timestamps("vor 2 Stunden", now="2016-05-04T01:15")]
    ['2016-05-03T23:15']

    Raises `ConfigError` (a `ValueError`) when `published` or `now` is text that is not a date, or not a date and time.
    """

def parse_dateline(text: str, *, lang: _Hint = None, published: _Day = None) -> Dateline | None:
    """The dateline at the head of a paragraph, None when there is none. Nothing is repaired.

    lang is the language and published the day of publication, as `Cleaner.clean` takes them; the day resolves a date
    without a year.

    >>> import copydesk
    >>> found = copydesk.parse_dateline("PARIS, May 4 (Reuters) - It rained.", published="2016-05-05")
    >>> found.places[0].country, found.agency_id, found.date.resolved.isoformat()
    ('FR', 'reuters', '2016-05-04')

    Raises `ConfigError` (a `ValueError`) when `published` is text that is not a date.
    """

def normalize(text: str) -> str:
    """The text repaired by the default `Normalizer`; the same object when there was nothing to repair.

    >>> import copydesk
    >>> copydesk.normalize("schÃ¶n &amp; gut")
    'schön & gut'
    """

def normalize_many(texts: Iterable[str | _ArrowScalar | None], *, threads: int | None = None) -> list[str | None]:
    """Many texts in parallel, in order; one that is missing gives None. threads: one per processor when not given.

    >>> import copydesk
    >>> copydesk.normalize_many(["salt &amp; pepper", None])
    ['salt & pepper', None]
    """

@final
class Normalizer:
    """Repairs the characters of a text. The defaults repair damage and leave style alone; repairing twice gives what repairing once gives.

    >>> import copydesk
    >>> copydesk.Normalizer(quotes="straight").normalize("“It’s”").text
    '"It\\'s"'
    """

    def __new__(
        cls,
        *,
        encoding: bool = True,
        entities: bool = True,
        control: bool = True,
        terminal_escapes: bool = True,
        surrogates: bool = True,
        line_breaks: bool = True,
        spaces: bool = True,
        zero_width: bool = True,
        bidi: Literal["balance", "strip", "keep"] = "balance",
        ligatures: bool = True,
        widths: bool = True,
        soft_hyphens: bool = True,
        marks: int | None = 8,
        dehyphenate: bool = True,
        quotes: Literal["keep", "straight", "curly"] = "keep",
        dashes: Literal["keep", "ascii"] = "keep",
        form: Literal["NFC", "NFD", "NFKC", "NFKD", "none"] = "NFC",
    ) -> Normalizer:
        """A normalizer of these steps.

        encoding: reads UTF-8 that was decoded as windows-1252 or Latin-1 as what it was (`cafÃ©`).
        entities: decodes HTML entities, unless the text holds a tag and so is markup.
        control: removes control characters (not the tab and line ends), and byte order marks inside the text.
        terminal_escapes: removes colours and cursor moves of terminals.
        surrogates: replaces lone surrogates by U+FFFD; `normalize` keeps them when False, `Cleaner` never does.
        line_breaks: turns every kind of line end into a line feed.
        spaces: turns every kind of space into a space, several into one, and removes those at the ends of lines.
        zero_width: removes zero-width spaces, and joiners where they join nothing.
        bidi: directional controls: "balance" removes and adds what is needed for each line to close what it opens.
        ligatures: spells out Latin ligatures.
        widths: gives full-width ASCII and half-width katakana their ordinary width.
        soft_hyphens: removes soft hyphens.
        marks: the most combining marks on one character, 0 or more; None keeps all.
        dehyphenate: joins words divided at line ends, where hard-wrapped lines are joined; `normalize` joins none.
        quotes, dashes: whether these are changed.
        form: the Unicode normalization form.

        Raises `ConfigError` (a `ValueError`) for a value that is not known, which names those that are.
        """

    def normalize(self, text: str) -> Normalized:
        """The text repaired, with every change. Time is linear in the length of the text."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Normalized:
    """A repaired text, with every change that was made to it."""

    @property
    def text(self) -> str:
        """The repaired text."""

    @property
    def changes(self) -> list[Change]:
        """The changes in order, disjoint. Replaying them on the input gives `text`.

        >>> import copydesk
        >>> given = "salt &amp; pepper"
        >>> normalized, at, made = copydesk.Normalizer().normalize(given), 0, ""
        >>> for change in normalized.changes:
        ...     made, at = made + given[at : change.start] + change.after, change.end
        >>> made + given[at:] == normalized.text
        True
        """

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of the input that made code points `start` to `end` of `text`."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Change:
    """One stretch of a text that was changed. Positions are code points of the input."""

    @property
    def step(self) -> str:
        """The option that made it; several joined by "+"."""

    @property
    def start(self) -> int:
        """Where it begins in the input."""

    @property
    def end(self) -> int:
        """Where it ends in the input."""

    @property
    def before(self) -> str:
        """The text before the change."""

    @property
    def after(self) -> str:
        """The text that replaces it."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
