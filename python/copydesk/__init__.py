"""Scraped news in, clean copy out.

>>> import copydesk
>>> document = copydesk.clean("Harbour tunnel closes for a month\\n\\nShare this article")
>>> [block.text for block in document.blocks]
['Harbour tunnel closes for a month', 'Share this article']

Positions in the input are code points where a `str` was given, bytes where `bytes` were.
"""

from copydesk._core import (
    LABELS,
    Block,
    Byline,
    Caption,
    Change,
    Cleaner,
    Dateline,
    Document,
    Evidence,
    Inline,
    Link,
    Normalized,
    Normalizer,
    PartialDate,
    Person,
    Place,
    Side,
    Timestamp,
    __version__,
    clean,
    clean_html,
    clean_many,
    clean_texts,
    normalize,
    normalize_many,
    parse_byline,
    parse_caption,
    parse_dateline,
    parse_inline,
    parse_timestamps,
    rules_version,
)
from copydesk._errors import ConfigError, CopydeskError, FaultError, FileError, FormatError

__all__ = [
    "LABELS",
    "Block",
    "Byline",
    "Caption",
    "Change",
    "Cleaner",
    "ConfigError",
    "CopydeskError",
    "Dateline",
    "Document",
    "Evidence",
    "FaultError",
    "FileError",
    "FormatError",
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
    "clean",
    "clean_html",
    "clean_many",
    "clean_texts",
    "normalize",
    "normalize_many",
    "parse_byline",
    "parse_caption",
    "parse_dateline",
    "parse_inline",
    "parse_timestamps",
    "rules_version",
]
