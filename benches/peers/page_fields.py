"""Fields of pages beside htmldate, newspaper4k and trafilatura: how often title, author and day of publication are right.

    pip install htmldate newspaper4k trafilatura lxml_html_clean
    python benches/peers/page_fields.py [--shared DIR] [--said FILE] [--only NAME] [--errors FIELD]

DIR (../shared by default) holds data/wcxb, pages with title, author and day, and data/html, pages whose lines are labelled: of these the
first line of each label is the value (title, byline, timestamp), and a tool is right where it says what stands in it. FILE keeps what the
peers said, for the next run. Tools that are not installed are left out.

Right, wrong, none: of the pages that have a value. Authors are right where at least half of the words of both are common to them or the value
goes on with what they are, titles where eight tenths are. "more" counts values on pages whose gold has none, where gold may lack what is there.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import copydesk
from archive import decoded, pages

FIELDS = ("title", "author", "date")
Said = dict[str, str | None]


def from_copydesk(html: bytes, url: str | None) -> Said:
    document = copydesk.clean_html(html, url=url)
    byline = document.byline
    people = [person for person in byline.people if person.part in ("author", "contributor")] if byline else []
    names = [person.name for person in people] or (byline.agencies if byline else [])
    # As the peers do: where nothing tells when it was published, when it was updated.
    times = [time.iso for time in (document.published, document.updated) if time and time.iso]
    return {"title": document.title, "author": ", ".join(names) or None, "date": times[0][:10] if times else None}


def from_htmldate(html: bytes, url: str | None) -> Said:
    from htmldate import find_date

    return {"date": find_date(decoded(html), url=url, original_date=True)}


def from_trafilatura(html: bytes, url: str | None) -> Said:
    from trafilatura import extract_metadata

    said = extract_metadata(html, default_url=url)
    return {"title": said.title, "author": said.author, "date": said.date} if said else {}


def from_newspaper(html: bytes, url: str | None) -> Said:
    import newspaper

    # Nothing is fetched.
    article = newspaper.Article(url or "https://orla.example/", fetch_images=False)
    article.download(input_html=decoded(html))
    try:
        article.parse()
    except ImportError:
        # The words of some languages are found by packages that are not installed; fields do not need them.
        article = newspaper.Article(url or "https://orla.example/", fetch_images=False, language="en")
        article.download(input_html=decoded(html))
        article.parse()
    day = article.publish_date
    return {
        "title": article.title or None,
        "author": ", ".join(article.authors) or None,
        "date": day.strftime("%Y-%m-%d") if day else None,
    }


PEERS: dict[str, tuple[str, Callable[[bytes, str | None], Said]]] = {
    "htmldate": ("htmldate", from_htmldate),
    "trafilatura": ("trafilatura", from_trafilatura),
    "newspaper4k": ("newspaper", from_newspaper),
}


def words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return set(re.findall(r"\w+", plain)) - {"by", "and"}


def is_right(field: str, gold: str, said: str) -> bool:
    if field == "date":
        return gold == said
    one, other = words(gold), words(said)
    common = len(one & other)
    if field == "author":
        # "Ann Orla" is right where the page has "Ann Orla, MD, FACS".
        is_start = len(other) > 1 and gold.casefold().startswith(said.casefold())
        return is_start or 2 * common >= len(one | other) > 0
    return 2 * common >= 0.8 * (len(one) + len(other)) > 0


def wcxb(folder: pathlib.Path) -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in (folder / "gold.jsonl").open(encoding="utf-8")]
    return {
        row["file"]: {
            "url": row["url"],
            "kind": row["page_type"],
            "title": row["title"],
            "author": row["author"],
            "date": (row["publish_date"] or "")[:10] or None,
        }
        for row in rows
    }


def labelled(folder: pathlib.Path) -> dict[str, dict[str, Any]]:
    """Pages whose lines are labelled: what their lines say, read by copydesk's readers of lines."""
    found = {}
    for row in map(json.loads, (folder / "lines.jsonl").open(encoding="utf-8")):
        lines = collections.defaultdict(list)
        for line, label in zip(row["lines"], row["labels"], strict=True):
            lines[label].append(line)
        byline = copydesk.parse_byline("\n".join(lines["byline"]), lang=row["lang"]) if lines["byline"] else None
        authors = [person.name for person in byline.people if person.part == "author"] if byline else []
        times = [
            time.iso[:10]
            for line in lines["timestamp"]
            for time in copydesk.parse_timestamps(line, lang=row["lang"])
            if time.kind == "published" and time.iso and len(time.iso) >= 10
        ]
        found[row["file"]] = {
            "url": row["url"],
            "kind": row["source"],
            "title": lines["title"][0] if lines["title"] else None,
            "author": ", ".join(authors) or None,
            "date": times[0] if times else None,
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=pathlib.Path(__file__).parents[2] / ".." / "shared")
    parser.add_argument("--said", type=pathlib.Path)
    parser.add_argument("--only", help="one tool")
    parser.add_argument("--set", choices=["wcxb", "html"], help="one of the sets")
    parser.add_argument("--errors", choices=FIELDS, help="print where copydesk is wrong")
    args = parser.parse_args()
    kept = json.loads(args.said.read_text()) if args.said and args.said.exists() else {}
    for name, read in (("wcxb", wcxb), ("html", labelled)):
        if args.set in (None, name):
            compare(name, args.shared / "data" / name, read, args, kept)
    if args.said:
        args.said.write_text(json.dumps(kept))


def compare(
    of: str,
    folder: pathlib.Path,
    read: Callable[[pathlib.Path], dict[str, dict[str, Any]]],
    args: argparse.Namespace,
    kept: dict[str, Said],
) -> None:
    gold = read(folder)
    tools: dict[str, Callable[[bytes, str | None], Said]] = {"copydesk": from_copydesk}
    for name, (module, use) in PEERS.items():
        try:
            __import__(module)
        except ImportError:
            print(f"{name} is not installed")
            continue
        tools[name] = use
    counts: dict[tuple[str, str, str], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for file, html in pages(folder, set(gold)):
        row = gold[file]
        for tool, use in tools.items():
            if args.only not in (None, tool):
                continue
            key = f"{of} {file} {tool}"
            if tool == "copydesk" or key not in kept:
                try:
                    said = use(html, row["url"])
                except Exception as error:  # noqa: BLE001: a page that a tool cannot read has no fields
                    print(f"{tool}: {file}: {type(error).__name__}")
                    said = {}
                if tool != "copydesk":
                    kept[key] = said
            else:
                said = kept[key]
            for field in FIELDS:
                value = said.get(field)
                if row[field] is None:
                    outcome = "more" if value else "no value"
                else:
                    outcome = "none" if not value else "right" if is_right(field, row[field], value) else "wrong"
                kinds = ["all", "articles"] if row["kind"] == "article" else ["all"]
                for kind in kinds:
                    counts[kind, field, tool][outcome] += 1
                if args.errors == field and tool == "copydesk" and outcome in ("wrong", "none", "more"):
                    print(outcome, file, row["kind"], "|", row[field], "|", value, "|", row["url"])
    for (kind, field, tool), count in sorted(counts.items()):
        if tool != "htmldate" or field == "date":
            shown = "  ".join(f"{outcome} {count[outcome]:4}" for outcome in ("right", "wrong", "none", "more"))
            print(f"{of:5} {kind:9} {field:7} {tool:12} {shown}")


if __name__ == "__main__":
    main()
