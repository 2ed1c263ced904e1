"""What the tests share: the goldens, and texts of every kind."""

from __future__ import annotations

import pathlib
from dataclasses import dataclass

import copydesk
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Golden:
    name: str
    lang: str
    #: (truth, predicted, line) of every line that holds something; predicted is the truth but for known failures.
    lines: tuple[tuple[str, str, str], ...]
    text: str


def read_golden(path: pathlib.Path) -> Golden:
    lang, lines, texts, before = "", [], [], ("", "")
    for row in path.read_text(encoding="utf-8").split("\n"):
        if not lines and not texts and row.startswith("# "):
            lang = row.removeprefix("# lang: ") if row.startswith("# lang: ") else lang
            continue
        if not row and not texts:
            continue
        gutter, bar, line = row.partition("|")
        if not bar:
            continue
        gutter, line = gutter.strip(), line.removeprefix(" ")
        texts.append(line)
        if gutter == "+":
            lines.append((*before, line))
        elif gutter:
            truth, _, predicted = gutter.partition(">")
            before = (truth, predicted or truth)
            lines.append((*before, line))
    return Golden(path.stem, lang, tuple(lines), "\n".join(texts))


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
