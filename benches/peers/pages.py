"""How fast pages are read, beside the extractors that are installed: megabytes of HTML a second, on one core.

    python benches/peers/pages.py DIR             every .html file under DIR, in one run
    python benches/peers/pages.py DIR --most 300  the first 300 by name

Medians of five rounds in which each tool takes its turn, so that a busy machine is as busy for all. Tools that are not installed are left
out (trafilatura, readability-lxml, resiliparse, newspaper4k, jusText).
"""

from __future__ import annotations

import argparse
import importlib
import pathlib
import statistics
import time
from collections.abc import Callable

import copydesk

ROUNDS = 5


def tools() -> dict[str, Callable[[bytes, str], object]]:
    default, fast = copydesk.Cleaner(), copydesk.Cleaner(model="fast")
    found: dict[str, Callable[[bytes, str], object]] = {
        "copydesk": lambda html, _: default.clean_html(html).text,
        "copydesk, fast": lambda html, _: fast.clean_html(html).text,
    }

    def add(name: str, module: str, use: Callable[[object], Callable[[bytes, str], object]]) -> None:
        try:
            found[name] = use(importlib.import_module(module))
        except ImportError:
            print(f"{name} is not installed")

    add("trafilatura", "trafilatura", lambda it: lambda html, _: it.extract(html))  # type: ignore[attr-defined]
    add("readability-lxml", "readability", lambda it: lambda _, text: it.Document(text).summary())  # type: ignore[attr-defined]
    add(
        "resiliparse",
        "resiliparse.extract.html2text",
        lambda it: lambda _, text: it.extract_plain_text(text, main_content=True),  # type: ignore[attr-defined]
    )
    add("newspaper4k", "newspaper", lambda it: lambda _, text: it.article("https://orla.example", input_html=text).text)  # type: ignore[attr-defined]
    add("jusText", "justext", lambda it: lambda html, _: it.justext(html, it.get_stoplist("English")))  # type: ignore[attr-defined]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--most", type=int)
    args = parser.parse_args()
    files = sorted(args.folder.rglob("*.html"))[: args.most]
    pages = [(content := file.read_bytes(), content.decode(errors="replace")) for file in files]
    size = sum(len(content) for content, _ in pages)
    print(f"{len(pages)} pages, {size / 1e6:.1f} MB")
    known = tools()
    taken: dict[str, list[float]] = {name: [] for name in known}
    for _ in range(ROUNDS):
        for name, tool in known.items():
            start = time.process_time()
            for html, text in pages:
                try:
                    tool(html, text)
                except Exception:  # noqa: BLE001: a page that a tool cannot read counts as read
                    pass
            taken[name].append(time.process_time() - start)
    for name, times in taken.items():
        print(f"{name:18} {size / 1e6 / statistics.median(times):8.1f} MB/s")


if __name__ == "__main__":
    main()
