"""Extractors of main text on the pages that copydesk learns from and is measured on: how much of the story they give, and what else.

    pip install jusText lxml_html_clean newspaper4k readability-lxml resiliparse trafilatura
    python benches/peers/page_text.py [--shared DIR] [--only TOOL]

DIR (../shared by default) holds data/html, data/wcxb and data/waddle, and eval/, the scorers that training/pages.py uses: of news pages shingle F of
all text and the mean F of the pages, of the others the mean word F of the pages, of which what kind. Copydesk's own figures are those that
`training/pages.py --check` prints: its models have learnt from these pages, and only a fold's models can be asked. Tools that are not
installed are left out; a page that a tool cannot read gives no text.
"""

from __future__ import annotations

import argparse
import collections
import importlib.util
import json
import pathlib
from collections.abc import Callable
from types import ModuleType

from archive import decoded, pages

SETS = {"html": "lines.jsonl", "wcxb": "gold.jsonl", "waddle": "gold.jsonl"}
Extract = Callable[[bytes], str | None]


def trafilatura(**options: bool) -> Extract:
    import trafilatura

    return lambda html: trafilatura.extract(html, **options)


def readability() -> Extract:
    import lxml.html
    from readability import Document

    def extract(html: bytes) -> str:
        summary = lxml.html.fromstring(Document(decoded(html)).summary())
        for part in summary.iter("p", "div", "li", "br", "h1", "h2", "h3", "h4", "tr", "blockquote"):
            part.tail = "\n" + (part.tail or "")
        return summary.text_content()

    return extract


def newspaper() -> Extract:
    import newspaper

    def extract(html: bytes) -> str:
        # Nothing is fetched.
        article = newspaper.Article("https://orla.example/", fetch_images=False, language="en")
        article.download(input_html=decoded(html))
        article.parse()
        return article.text

    return extract


def resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: extract_plain_text(decoded(html), main_content=True)


def justext() -> Extract:
    import justext

    stoplist = frozenset[str]().union(*map(justext.get_stoplist, justext.get_stoplists()))
    return lambda html: "\n".join(part.text for part in justext.justext(html, stoplist) if not part.is_boilerplate)


TOOLS: dict[str, Callable[[], Extract]] = {
    "trafilatura": trafilatura,
    "trafilatura, precision": lambda: trafilatura(favor_precision=True),
    "trafilatura, recall": lambda: trafilatura(favor_recall=True),
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "resiliparse": resiliparse,
    "jusText, all stop words": justext,
}


def scorer(folder: pathlib.Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, folder / "eval" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=pathlib.Path(__file__).parents[2] / ".." / "shared")
    parser.add_argument("--only", choices=list(TOOLS))
    args = parser.parse_args()
    tools = {}
    for name, make in TOOLS.items():
        if args.only in (None, name):
            try:
                tools[name] = make()
            except ImportError as error:
                print(f"{name} is left out: {error}")
    by_html, by_words = scorer(args.shared, "score_html"), scorer(args.shared, "score_wcxb")
    for of, file in SETS.items():
        folder = args.shared / "data" / of
        rows = {row["file"]: row for row in map(json.loads, (folder / file).open(encoding="utf-8"))}
        texts: dict[str, dict[str, str]] = {tool: {} for tool in tools}
        failed: collections.Counter[str] = collections.Counter()
        for name, html in pages(folder, set(rows)):
            for tool, extract in tools.items():
                try:
                    text = extract(html)
                except Exception:  # noqa: BLE001: whatever it is, there is no text
                    failed[tool] += 1
                    text = None
                texts[tool][rows[name]["id"]] = text or ""
        for tool, said in texts.items():
            print(f"{of:7} {tool:24} {figures(of, list(rows.values()), said, by_html, by_words)}  failed {failed[tool]}", flush=True)


def figures(of: str, rows: list[dict], said: dict[str, str], by_html: ModuleType, by_words: ModuleType) -> str:
    if of == "html":
        found = by_html.score(rows, {number: {"text": text, "blocks": []} for number, text in said.items()})["text"]["ALL"]
        return "  ".join(f"{name} {found[key]:.4f}" for name, key in (("F", "f"), ("P", "p"), ("R", "r"), ("mean", "mean_f")))
    of_kind = collections.defaultdict(list)
    for row in rows:
        f = by_words.page(said[row["id"]], row)[0]
        of_kind[row["page_type"]].append(f)
        of_kind["all"].append(f)
    return "  ".join(f"{kind} {sum(fs) / len(fs):.4f}" for kind, fs in of_kind.items())


if __name__ == "__main__":
    main()
