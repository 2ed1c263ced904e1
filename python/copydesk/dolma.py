"""Dolma: labels and places of the lines of documents, as attributes beside them.

>>> from copydesk import dolma
>>> document = {"id": "a", "text": "It rained all day, the harbour office said.\\n\\nSHARE THIS ARTICLE"}
>>> [record["attributes"].keys() for record in dolma.attributes([document])]
[dict_keys(['copydesk__body', 'copydesk__share'])]

Needs nothing but copydesk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import tee
from typing import Any, Literal

from copydesk._core import Cleaner, Document
from copydesk._errors import ConfigError

__all__ = ["attributes"]


def attributes(
    documents: Iterable[Mapping[str, Any]],
    *,
    prefix: str = "copydesk",
    cleaner: Cleaner | None = None,
    threads: int | None = 1,
    on_error: Literal["raise", "null"] = "raise",
) -> Iterator[dict[str, Any]]:
    """The attribute records of documents in Dolma's format, one for each and in their order: `{"id", "attributes"}`.

    An attribute is a label that the document has, `copydesk__LABEL`; its value lists the spans that have it, in order, each as
    `[start, end, score]`: characters (code points) of the document's text, half-open, and the probability of the label, 0 to
    1. The spans of all labels together cover the text but for the white space between them. Nothing is cut: Dolma's mixer
    does that, by `span_replacement`, with a `min_score` of yours.

    Args:
        documents: Dolma's documents, any iterable of them: `id` and `text` are read. A text that is missing or None gives a
            record without attributes, so that lines of both files stay side by side.
        prefix: What names begin with, before "__". Tools of Dolma that take a name apart want an experiment and a tagger in
            it: "news__copydesk". Default: "copydesk".
        cleaner: The cleaner; its `keep` does not matter here. Default: `Cleaner()`.
        threads: Threads. Default: 1, because Dolma runs a process for each file.
        on_error: Whether a text that is none, or that copydesk fails on, raises or gives a record without attributes
            ("null"). Default: "raise".

    Returns:
        An iterator, which reads ahead no more than 1024 documents or 8 MB.

    Raises:
        ConfigError: (a `ValueError`) A document has no id.
        TypeError: A text is no text.
    """
    cleaner = Cleaner() if cleaner is None else cleaner
    given, read = tee(documents)
    texts = (document.get("text") for document in read)
    made = cleaner.clean_iter(texts, threads=threads, on_error=on_error)
    for number, (document, found) in enumerate(zip(given, made, strict=True)):
        if "id" not in document:
            raise ConfigError(f"document {number} has no id: Dolma finds the attributes of a document by it")
        yield {"id": document["id"], "attributes": _spans(found, prefix)}


def _spans(document: Document | None, prefix: str) -> dict[str, list[list[float]]]:
    spans: dict[str, list[list[float]]] = {}
    for block in document.blocks if document is not None else ():
        spans.setdefault(f"{prefix}__{block.label}", []).append([block.start, block.end, block.score])
    return spans
