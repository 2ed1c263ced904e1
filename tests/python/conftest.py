"""What the tests share: the goldens, and texts of every kind."""

from __future__ import annotations

import importlib
import pathlib
import types
from collections.abc import Callable
from dataclasses import dataclass
from time import thread_time

import copydesk
import pytest
from skips import ROOT, shared, skip


def needs(module: str) -> types.ModuleType:
    """A module that only tests need; a skip where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        skip(f"{error}; pip install -r tests/python/requirements.txt -r training/requirements.txt")


def grows(small: str, large: str, work: Callable[[str], object], *, most: float, tries: int = 5) -> str | None:
    """What was measured, where work on the large text takes more than `most` times as long as on the small one in each
    try; None where it does not. Counted is the time that this thread had a processor, so that other work on the machine
    counts for neither."""
    ratios = []
    for _ in range(tries):
        times = []
        for text in (small, large):
            start = thread_time()
            work(text)
            times.append(max(thread_time() - start, 0.001))
        ratios.append(times[1] / times[0])
        if ratios[-1] <= most:
            return None
    measured = ", ".join(f"{ratio:.0f}" for ratio in ratios)
    return f"{len(large) / len(small):.0f} times as long takes {measured} times as long"


@dataclass(frozen=True)
class Golden:
    name: str
    lang: str
    #: Where each labelled line begins in the text, the label that is expected (the truth but for known failures), and
    #: the line.
    lines: tuple[tuple[int, str, str], ...]
    text: str


#: Dresses of an article, and what they put where its lines ended.
DRESSES = {"one line": " ", "glued": "", "written out": "\\n", "tags": "<br/>", "bars": " | "}


def read_golden(path: pathlib.Path) -> Golden:
    rows = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    head = next(i for i, row in enumerate(rows) if not row.startswith("# "))
    dress = [row.removeprefix("# dress: ") for row in rows[:head] if row.startswith("# dress: ")]
    between = DRESSES[dress[0]] if dress else "\n"
    lines, texts, at = [], [], 0
    for row in rows[head:]:
        gutter, _, line = row.partition("|")
        gutter, line = gutter.strip(), line.removeprefix(" ")
        if gutter not in ("", "+"):
            truth, _, known = gutter.partition(">")
            lines.append((at + len(line) - len(line.lstrip()), known or truth, line))
        texts.append(line)
        at += len(line) + len(between)
    return Golden(path.stem, rows[head - 1].removeprefix("# lang: "), tuple(lines), between.join(texts))


GOLDENS = [read_golden(path) for path in sorted((ROOT / "tests" / "goldens").glob("[0-9]*.txt"))]


@pytest.fixture(scope="session")
def everything() -> copydesk.Cleaner:
    """Keeps all there is, so that the whole input is in the text."""
    return copydesk.Cleaner(keep=copydesk.LABELS)


#: A story by the look of it, with something of everything in it.
ARTICLE = (
    "Ferry strike strands thousands\n"
    "By Marta Quill\n"
    "Published 4 February 2016\n\n"
    "PORT LESSING, Feb 4 (Reuters) - Ferry crews walked off the job early on Sunday, stranding some 4,000 people and "
    "halting freight to three islands, after talks over a new timetable broke down.\n\n"
    "Passengers sleep in the departures hall. (AFP Photo / Piet Solberg)\n\n"
    "“We are not against the crews,” the mayor said. “But the sea is our only road, and somebody has rolled a boulder "
    "across it,” she added on the quay, where families shared out sandwiches.\n\n"
    "Share this story\n"
)

ODD = {
    "empty": "",
    "white space": " \t\n\r\n\u3000\n",
    "nul": "a\x00b\n\x00\n",
    "ascii": ARTICLE,
    "emoji": "👩\u200d👩\u200d👧 family 🇫🇷 flag\n\n😀 one more line 😀\n",
    "cjk": "東京で雪が降った。\n\n【写真】雪の中の駅\n\n電車は止まった。\n",
    "marks": "e\u0301te\u0301 nai\u0308ve Z\u0323\u030c\n\nこと\u3099か",
    "hebrew": "שלום עולם\n\n\u202bעוד שורה\u202c",
    "surrogates": "a\ud800b \udfffc\n\n\ud83d\ude00 pair\n",
    "entities": "salt &amp; pepper&nbsp;&#x1F600;\n\ncafÃ© &lt;b&gt;\n",
    "line ends": "one\r\ntwo\rthree\u2028four\x0bfive\x85six\n",
    "ligatures": "o\ufb03ce \ufb01sh ＡＢＣ\n",
    "soft hyphens": "co\u00adoper\u00adate\u200b here\n",
}


def fields_of(texts: list, fields: list[str] | None = None, **hints: list) -> list[dict | None]:
    """What columns of these texts hold: the values of `clean_many(...).to_dict()` of their bytes, whose positions count bytes."""
    given = [text if text is None or isinstance(text, bytes) else text.encode("utf-8", "replace") for text in texts]
    documents = copydesk.clean_many(given, **hints)
    all_fields = [document and document.to_dict() for document in documents]
    return [row and {name: row[name] for name in fields or USUAL} for row in all_fields]


#: The fields that are made when none are named.
USUAL = (
    "text verdict verdict_score lang title site deck byline published updated url section tags image dateline captions rules_version"
).split()
