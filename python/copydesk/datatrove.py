"""datatrove: a step that cleans the documents of a pipeline, and one that drops what is no story.

    from copydesk.datatrove import CopydeskFilter, CopydeskFormatter

    pipeline = [
        JsonlReader("s3://crawl/2024/"),
        CopydeskFormatter(published="date"),
        CopydeskFilter(languages=["en", "de"], exclusion_writer=JsonlWriter("s3://dropped/2024/")),
        JsonlWriter("s3://clean/2024/"),
    ]

Needs datatrove: `pip install 'copydesk[datatrove]'`.
"""

from __future__ import annotations

from abc import ABCMeta
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from copydesk import _core
from copydesk._core import Cleaner
from copydesk._errors import ConfigError
from copydesk._extras import extra
from copydesk._work import Fields, listed

with extra("datatrove"):
    # The filters of datatrove need more than datatrove does: regex.
    from datatrove.data import Document
    from datatrove.pipeline.filters.base_filter import BaseFilter
    from datatrove.pipeline.formatters.base import BaseFormatter
    from datatrove.pipeline.writers.disk_base import DiskWriter
    from datatrove.utils.batching import batched

__all__ = ["CopydeskFilter", "CopydeskFormatter", "schema"]

_VERDICTS = ("story", "stub", "no_story")

# What `Document.to_dict` gives under the same names.
_FIELDS = (
    "verdict",
    "verdict_score",
    "lang",
    "title",
    "site",
    "deck",
    "byline",
    "published",
    "updated",
    "url",
    "section",
    "tags",
    "image",
    "dateline",
    "captions",
    "rules_version",
)
_SELDOM = ("markdown", "removed", "blocks")
_OBJECTS = ("byline", "published", "updated", "dateline", "captions", "blocks")


def _fields(fields: Fields) -> str | tuple[str, ...]:
    """The fields that are asked for, without the text, which has its place."""
    asked = _FIELDS if fields is None else fields if isinstance(fields, str) else tuple(fields)
    for name in [asked] if isinstance(asked, str) else asked:
        if name not in (*_FIELDS, *_SELDOM):
            raise ConfigError(f'there is no field "{name}": name some of {", ".join((*_FIELDS, *_SELDOM))}')
    return asked


class CopydeskFormatter(BaseFormatter, metaclass=ABCMeta):
    """Replaces the text of each document by the story alone, and puts the fields read from it into its metadata.

    Its statistics count documents ("total"), verdicts ("story", "stub", "no_story"), those that failed ("failed"), and characters
    before and after ("chars_given", "chars_kept"). No document is dropped: a text without a story may become empty.

    >>> from copydesk.datatrove import CopydeskFormatter
    >>> from datatrove.data import Document
    >>> story = "It rained all day, the harbour office said on Monday, and the ferries stayed where they were."
    >>> step = CopydeskFormatter(fields=["verdict"])
    >>> [(one.text == story, one.metadata) for one in step.run([Document(story + "\\n\\nSHARE", "a")])]
    [(True, {'copydesk': {'verdict': 'stub'}})]
    """

    name = "🗞 copydesk"

    def __init__(
        self,
        cleaner: Cleaner | None = None,
        *,
        fields: Fields = None,
        into: str = "copydesk",
        html: bool = False,
        source: str | None = "url",
        title: str | None = None,
        lang: str | None = None,
        published: str | None = None,
        batch_size: int = 256,
        threads: int | None = 1,
        on_error: Literal["raise", "null", "keep"] = "raise",
    ) -> None:
        """Says how documents are cleaned.

        Args:
            cleaner: The cleaner; it is pickled with the content of its files. Default: `Cleaner()`.
            fields: What goes into the metadata, under the names of `Document.to_dict`; "markdown", "removed" and "blocks"
                only where named; with one name, that field itself. Positions are characters of the text as it came.
                Default: all others.
            into: The key of the metadata that holds them, a dict, or the one field. Default: "copydesk".
            html: Whether the texts are pages, as `WarcReader` gives them. Default: no.
            source: The key of the metadata that holds the address; a document may lack it. So are `title`, `lang` and
                `published` keys of what is known of a document, as `Cleaner.clean` takes it. Default: "url", and none.
            batch_size: Documents that are cleaned together, 1 or more. Default: 256.
            threads: Threads. Default: 1, because datatrove runs a process for each task.
            on_error: What becomes of a document whose language or day cannot be read, or that copydesk fails on. "raise"
                fails the task; with "null" its text is empty, with "keep" what was given, and its fields are None.
                Default: "raise".

        Raises:
            ConfigError: (a `ValueError`) A field is not known, or `on_error` or `batch_size` is none.
        """
        super().__init__()
        if on_error not in ("raise", "null", "keep"):
            raise ConfigError(f'on_error="{on_error}" is not known: use "raise", "null" or "keep"')
        if batch_size < 1:
            raise ConfigError(f"batch_size={batch_size}: at least one document is cleaned at a time")
        self.cleaner = Cleaner() if cleaner is None else cleaner
        self.fields, self.into, self.html = _fields(fields), into, html
        self.hints = {"titles": title, "langs": lang, "published": published, "urls" if html else "sources": source}
        self.batch_size, self.threads, self.on_error = batch_size, threads, on_error

    def format(self, text: str) -> str:
        """The clean text of one text, nothing being known of it."""
        return (self.cleaner.clean_html(text) if self.html else self.cleaner.clean(text)).text

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """The documents, in order."""
        for batch in batched(data, self.batch_size):
            with self.track_time("batch"):
                cleaned = self._cleaned(batch)
            for document, made in zip(batch, cleaned, strict=True):
                self._put(document, made)
                yield document

    def _cleaned(self, batch: Sequence[Document]) -> list[_core.Document | None]:
        """What was made of each text; None where it is missing or failed."""
        clean: Any = self.cleaner.clean_html_many if self.html else self.cleaner.clean_many
        hints = {
            option: [document.metadata.get(key) for document in batch]
            for option, key in self.hints.items()
            if key is not None
        }
        on_error = "raise" if self.on_error == "raise" else "null"
        cleaned: list[_core.Document | None] = clean(
            [document.text for document in batch], threads=self.threads, on_error=on_error, **hints
        )
        return cleaned

    def _put(self, document: Document, made: _core.Document | None) -> None:
        """Gives a document what was made of it."""
        self.stat_update("total")
        read = _read(made, [self.fields] if isinstance(self.fields, str) else self.fields)
        document.metadata[self.into] = read[self.fields] if isinstance(self.fields, str) else read
        if made is None:
            if document.text is not None:
                self.stat_update("failed")
                document.text = document.text if self.on_error == "keep" else ""
            return
        self.stat_update(made.verdict)
        self.stat_update("chars_given", value=len(document.text), unit="doc")
        document.text = made.text
        self.stat_update("chars_kept", value=len(document.text), unit="doc")


def _read(made: _core.Document | None, fields: Sequence[str]) -> dict[str, Any]:
    """The fields of a document, None each where there is none."""
    if made is None:
        return dict.fromkeys(fields)
    read = {name: getattr(made, name) for name in fields}
    if "removed" in read:
        read["removed"] = [{"label": block.label, "text": block.text} for block in made.removed]
    # Objects are plain values in the dict alone, which takes long to make of a long text.
    if objects := [name for name in _OBJECTS if read.get(name)]:
        whole = made.to_dict()
        read.update((name, whole[name]) for name in objects)
    return read


class CopydeskFilter(BaseFilter, metaclass=ABCMeta):
    """Drops documents that hold no story, with the verdict or the language as the reason, and leaves texts as they are.

    What `CopydeskFormatter` left in the metadata is read; a document without that is cleaned here to be judged. Dropped documents go
    to the exclusion writer, with `filter_reason` in their metadata ("stub", "no_story", "lang_fr"), and the statistics count
    them by it ("dropped_no_story").

    >>> from copydesk.datatrove import CopydeskFilter
    >>> from datatrove.data import Document
    >>> CopydeskFilter().filter(Document("SHARE THIS ARTICLE", "a"))
    (False, 'no_story')
    """

    name = "🗞 copydesk verdict"

    def __init__(
        self,
        verdicts: Iterable[str] = ("story",),
        *,
        languages: Iterable[str] | None = None,
        cleaner: Cleaner | None = None,
        read: str = "copydesk",
        batch_size: int = 256,
        threads: int | None = 1,
        exclusion_writer: DiskWriter | None = None,
    ) -> None:
        """Says what stays.

        Args:
            verdicts: Those that stay, of "story", "stub" and "no_story". Default: "story".
            languages: Those that stay, ISO 639-1 (639-3 where there is none); "und" is what is not certain. Default: all.
            cleaner: What judges documents that were not cleaned before. Default: `Cleaner()`.
            read: The key of the metadata that `CopydeskFormatter` has written to, its `into`. Default: "copydesk".
            batch_size: Documents that are judged together, 1 or more. Default: 256.
            threads: Threads. Default: 1.
            exclusion_writer: A writer of datatrove for what is dropped. Default: none.

        Raises:
            ConfigError: (a `ValueError`) A verdict is not known.
        """
        super().__init__(exclusion_writer, batch_size)
        self.verdicts = frozenset(listed("verdicts", verdicts))
        if unknown := sorted(self.verdicts.difference(_VERDICTS)):
            raise ConfigError(f'the verdict "{unknown[0]}" is not known: use some of {", ".join(_VERDICTS)}')
        self.languages = None if languages is None else frozenset(listed("languages", languages))
        self.cleaner = Cleaner() if cleaner is None else cleaner
        self.read, self.threads = read, threads

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Whether a document stays, and why not."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: list[Document]) -> list[bool | tuple[bool, str]]:
        """The same for many, which are judged together."""
        unread = [document.text for document in batch if self.read not in document.metadata]
        judged = iter(self.cleaner.clean_many(unread, threads=self.threads))
        return [
            self._read(document.metadata[self.read]) if self.read in document.metadata else self._judged(next(judged))
            for document in batch
        ]

    def _read(self, left: object) -> bool | tuple[bool, str]:
        needed = ["verdict", *([] if self.languages is None else ["lang"])]
        fields = left if isinstance(left, Mapping) else {}
        if missing := [name for name in needed if name not in fields]:
            raise ConfigError(
                f'metadata["{self.read}"] has no "{missing[0]}": name it in the list of fields of CopydeskFormatter, or give '
                "the filter another `read`"
            )
        return self._result(fields["verdict"], fields.get("lang"))

    def _judged(self, made: _core.Document | None) -> bool | tuple[bool, str]:
        return self._result(None, None) if made is None else self._result(made.verdict, made.lang)

    def _result(self, verdict: str | None, lang: str | None) -> bool | tuple[bool, str]:
        if verdict is None:
            return False, "not_cleaned"
        if verdict not in self.verdicts:
            return False, verdict
        if self.languages is not None and (lang or "und") not in self.languages:
            return False, f"lang_{lang or 'und'}"
        return True


def schema(fields: Fields = None, *, into: str = "copydesk", metadata: Mapping[str, Any] | None = None) -> Any:
    """The `pyarrow.Schema` of documents of `CopydeskFormatter`, for `ParquetWriter(schema=…)`, which else takes the types of the first
    document, and those are null where it has no byline.

    Args:
        fields: As `CopydeskFormatter` takes them. Default: the same.
        into: As `CopydeskFormatter` takes it. Default: "copydesk".
        metadata: The types of pyarrow of the other keys of the metadata, by their names; those that are not named are not
            written. Default: none.

    Raises:
        ConfigError: (a `ValueError`) A field is not known.
        ImportError: pyarrow is not installed.

    >>> import pyarrow
    >>> from copydesk import datatrove
    >>> datatrove.schema(["verdict"], metadata={"url": pyarrow.string()}).field("metadata").type
    StructType(struct<url: string, copydesk: struct<verdict: string>>)
    """
    with extra("datatrove"):
        import pyarrow
    empty = pyarrow.schema([("text", pyarrow.string())]).empty_table()
    made = pyarrow.schema(Cleaner().clean_arrow(empty, fields=_fields(fields), into=into)).field(into)
    return pyarrow.schema(
        [
            ("text", pyarrow.string()),
            ("id", pyarrow.string()),
            ("metadata", pyarrow.struct([*(metadata or {}).items(), (into, made.type)])),
        ]
    )
