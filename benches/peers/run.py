"""Speed of copydesk and its peers, on texts and on pages, one core, all in one run.

    python benches/peers/run.py [--rounds N] [--sample N] [--texts FILE] [--pages DIR] [--docs DIR]

Makes an environment under target/, with the peers of requirements.txt and copydesk built from this checkout, and goes on in it;
`--here` takes what is installed where it is called. Texts are a file of JSON lines with `text` or `lines`: data/lines/corpus.jsonl of
../shared (COPYDESK_SHARED names another folder), or the articles under examples/. Pages are the .html files of a folder: those of
../shared/data/html, or tests/pages. Of both, `--sample` documents are taken, evenly spread; 0 takes all.

In every round each tool does all documents, as often as it takes to fill a fifth of a second, so that a machine that is busy is as busy for all. Shown
are the medians of the rounds: megabytes (of UTF-8, or of HTML) a second of processor time, and how many times as fast as the last row,
in the same round, with the least and the most of all rounds. Prints the tables; writes them into DIR/performance.md, where that is, and draws
DIR/performance-peers.svg.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tarfile
import time
from collections.abc import Sequence
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("COPYDESK_SHARED") or ROOT.parent / "shared") / "data"
VENV = ROOT / "target" / "venv-peers"
REQUIREMENTS = pathlib.Path(__file__).with_name("requirements.txt")
LEAST_SECONDS = 0.2

sys.path[:0] = [str(ROOT / "benches"), str(pathlib.Path(__file__).parent)]

import tools  # noqa: E402
import written  # noqa: E402


def set_up() -> pathlib.Path:
    """The environment of the peers: its Python."""
    python = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # The pip of older Pythons does not come through with newspaper4k.
    subprocess.run([*pip, "--upgrade", "pip"], check=True)
    wanted = [line.split("#")[0].strip() for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()]
    if subprocess.run([*pip, "-r", REQUIREMENTS], check=False).returncode:
        for one in filter(None, wanted):
            subprocess.run([*pip, one], check=False)
    build = [python, "-m", "maturin", "develop", "--release", "--locked", "--quiet"]
    subprocess.run(build, check=True, cwd=ROOT, env={**os.environ, "VIRTUAL_ENV": str(VENV)})
    return python


def evenly(documents: Sequence[Any], sample: int) -> list[Any]:
    if not sample or sample >= len(documents):
        return list(documents)
    return [documents[at * len(documents) // sample] for at in range(sample)]


def texts(path: pathlib.Path | None, sample: int) -> tuple[str, list[str]]:
    """Where the texts are from, and they."""
    path = path or SHARED / "lines" / "corpus.jsonl"
    if not path.is_file():
        found = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "examples").glob("*.txt"))]
        return "examples", evenly(found * 20, sample)
    with path.open(encoding="utf-8") as lines:
        rows = evenly(lines.readlines(), sample)
    records = map(json.loads, rows)
    return path.name, [record["text"] if "text" in record else "\n".join(record["lines"]) for record in records]


def pages(folder: pathlib.Path | None, sample: int) -> tuple[str, list[tuple[bytes, str]]]:
    """Where the pages are from, and they, as bytes and as text."""
    packed = SHARED / "html" / "pages.tar.xz"
    if folder is None and packed.is_file():
        folder = ROOT / "target" / "peers-pages"
        if not folder.is_dir():
            with tarfile.open(packed) as tar:
                tar.extractall(folder, filter="data")
        name = "data/html"
    else:
        folder = folder or ROOT / "tests" / "pages"
        name = folder.name
    files = evenly(sorted(folder.rglob("*.html")), sample)
    return name, [(content := file.read_bytes(), content.decode(errors="replace")) for file in files]


def fresh(document: Any) -> Any:
    """The same text as another string: CPython keeps the UTF-8 of those that were asked for it once."""
    if isinstance(document, str):
        return document[:1] + document[1:]
    return document[0], document[1][:1] + document[1][1:]


def seconds(work: tools.Work, documents: Sequence[Any]) -> float:
    """Processor time for all documents, once."""
    total, times = 0.0, 0
    while total < LEAST_SECONDS:
        taken = [fresh(document) for document in documents]
        start = time.process_time()
        work(taken)
        total += time.process_time() - start
        times += 1
    return total / times


def measure(known: Sequence[tools.Tool], documents: Sequence[Any], rounds: int) -> tuple[dict[str, list[float]], dict[str, str]]:
    """Seconds of each round by tool, and why tools were left out."""
    works, skipped = {}, {}
    for tool in known:
        try:
            works[tool.name] = tool.make()
        except Exception as error:  # noqa: BLE001: what a package raises where it does not find what it needs
            skipped[tool.name] = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
    for work in works.values():
        work(documents[:1])
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(work, documents))
    return taken, skipped


def rows(known: Sequence[tools.Tool], taken: dict[str, list[float]], skipped: dict[str, str], megabytes: float) -> list[list[str]]:
    """The lines of the table: name, MB/s, ratio to the last tool, work."""
    base = taken.get(known[-1].name)
    made = []
    for tool in known:
        if tool.name in skipped:
            made.append([tool.name, "left out", "", skipped[tool.name].replace("|", "\\|")])
            continue
        times = taken[tool.name]
        ratio = ""
        if base:
            ratios = sorted(other / one for other, one in zip(base, times, strict=True))
            ratio = f"{written.figure(statistics.median(ratios))} ({written.figure(ratios[0])}–{written.figure(ratios[-1])})"
        made.append([tool.name, written.figure(megabytes / statistics.median(times)), ratio, tool.does])
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sample", type=int, default=300, help="so many documents of each kind; 0: all")
    parser.add_argument("--texts", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--pages", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--docs", type=pathlib.Path, default=ROOT / "docs", metavar="DIR")
    parser.add_argument("--here", action="store_true", help="set nothing up")
    args = parser.parse_args()
    if args.rounds < 1 or args.sample < 0:
        parser.error("--rounds wants 1 or more, --sample 0 or more")
    if not args.here:
        sys.exit(subprocess.run([set_up(), __file__, *sys.argv[1:], "--here"], check=False).returncode)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    parts, groups = [], []
    kinds = (("Texts", tools.TEXTS, texts(args.texts, args.sample)), ("Pages", tools.PAGES, pages(args.pages, args.sample)))
    for title, known, (name, documents) in kinds:
        if not documents:
            parser.error(f"{name} has no documents")
        size = sum(len(document.encode("utf-8", "replace") if isinstance(document, str) else document[0]) for document in documents) / 1e6
        taken, skipped = measure(known, documents, args.rounds)
        base = known[-1].name
        made = written.table(["", "MB/s", f"times {base}", "what it does"], rows(known, taken, skipped, size))
        plural = "s" if args.rounds > 1 else ""
        parts.append(f"{title}: {len(documents)} documents of {name}, {size:.2f} MB; {args.rounds} round{plural}; {written.processor()}, one core.\n\n{made}")
        speed = [(tool.name, size / statistics.median(taken[tool.name]), tool.ours) for tool in known if tool.name in taken]
        groups.append((f"{title}, MB a second", sorted(speed, key=lambda row: -row[1])))
    text = "\n\n".join(parts)
    print(text)
    args.docs.mkdir(parents=True, exist_ok=True)
    (args.docs / "performance-peers.svg").write_text(written.bars(groups, "MB a second, one core"), encoding="utf-8")
    if (args.docs / written.PAGE).is_file():
        written.write(args.docs, "peers", text)


if __name__ == "__main__":
    main()
