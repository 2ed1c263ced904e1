"""A hundred thousand short articles, all invented, in files of very different size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

#: Articles in each file: most of them in one, and none in another.
SKEW = (60_000, 24_500, 10_000, 4_000, 1_400, 99, 1, 0)

PLACES = ("PORT LESSING", "ORLA", "KESTREL BAY", "NORTH HADLEIGH", "VARN", "São Telmo", "Brückenau")
PEOPLE = ("Marta Quill", "Piet Solberg", "Nora Vance", "Ilse Brandt", "Tomás Arriaga", "Léa McQuill")
THINGS = ("ferry", "tunnel", "library", "water works", "night train", "fish market", "tram depot")
HEADS = (
    "{thing} closes for a month after talks break down",
    "Council votes to keep the {thing} open",
    "What the {thing} means to the people of the harbour",
)
LEADS = (
    "{place}, Feb {day} (Reuters) - The {thing} was closed early on Sunday, stranding some {n} people, after talks over a new "
    "timetable broke down.",
    "{place} — The {thing} will stay open until at least the end of the year, the council said on Monday night.",
    "The {thing} has been part of {place} for {n} years, and nobody can remember who asked for it.",
)
MORE = (
    "“We are not against the crews,” the mayor said. “But this is our only road, and somebody has rolled a boulder across it.”",
    "Engineers found cracks in three of the four pumps last week, and nobody wanted to find out how long the fourth would hold.",
    "Families shared out sandwiches on the quay, where {person} has sold newspapers since {n}.",
    "A spokesman said that the caf\u00c3\u00a9 beside it would not be affected &amp; that refunds would be paid by Friday.",
)
JUNK = (
    "Share this article",
    "Sign up for our newsletter and get the day’s stories in your inbox",
    "READ MORE: Five things to know about the {thing}",
    "Passengers wait for the {thing}. (AFP Photo / {person})",
    "© 2016 The Orla Courier. All rights reserved.",
)


def article(number: int) -> str | None:
    """One of them; now and then none, or a text that is empty."""
    if number % 997 == 0:
        return None
    if number % 1009 == 0:
        return ""

    def pick(row: tuple[str, ...], turn: int) -> str:
        return row[(number // turn + number) % len(row)]

    words = {
        "place": pick(PLACES, 7),
        "person": pick(PEOPLE, 5),
        "thing": pick(THINGS, 3),
        "day": 1 + number % 28,
        "n": 1900 + number % 4001,
    }
    lines = [pick(HEADS, 2), "By {person}", "Published {day} February 2016", pick(LEADS, 11), pick(MORE, 13), pick(JUNK, 17)]
    lines += [pick(MORE, 19), pick(JUNK, 23)][: number % 3]
    return "\n\n".join(lines).format(**words)


def tables() -> Iterator[pa.Table]:
    """The tables of the files, one after the other; their ids count on."""
    first = 0
    for rows in SKEW:
        ids = range(first, first + rows)
        columns = {
            "id": pa.array(ids, pa.int64()),
            "url": pa.array([f"https://site{number % 977}.example/{number}" for number in ids], pa.string()),
            "text": pa.array([article(number) for number in ids], pa.string()),
            "score": pa.array([number / 2 for number in ids], pa.float64()),
        }
        yield pa.table(columns)
        first += rows


def write(folder: Path) -> Path:
    """The files, in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, table in enumerate(tables()):
        pyarrow.parquet.write_table(table, folder / f"part-{number}.parquet", row_group_size=20_000)
    return folder
