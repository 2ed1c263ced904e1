"""Speed, commit by commit: a line in benches/history.jsonl, and the table of docs/performance.md.

    python benches/history.py [--docs DIR] [--print]

Runs `cargo bench --features fuzzing --bench throughput` (bytes a second of each stage, medians of five runs) and counts instructions
(benches/instructions.py). The line says commit, date, machine, megabytes a second by texts and stage, and instructions a byte; the line of
a commit is replaced when it is measured again on the same machine. `--print` writes nothing.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import subprocess
import sys
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[1]
HISTORY = ROOT / "benches" / "history.jsonl"

sys.path.insert(0, str(ROOT / "benches"))

import instructions  # noqa: E402
import written  # noqa: E402

MEANINGS = {
    "memcpy": "the machine: a copy",
    "newlines": "the machine: the ends of lines, by memchr",
    "utf8": "the machine: whether it is UTF-8, by the standard library",
    "decode": "bytes to text",
    "segment": "text to lines",
    "normalize": "repair of the text as a whole",
    "observe": "evidence of all lines",
    "label-chain": "evidence to labels, fast model",
    "label-network": "evidence to labels, default model",
    "fields": "fields out of labelled lines",
    "evidence": "reasons of all labels, where they are asked for",
    "json": "a document as JSON",
    "clean": "the whole, default model",
    "clean-fast": "the whole, fast model",
    "texts": "the clean text alone, default model",
    "texts-fast": "the clean text alone, fast model",
    "batch": "the whole, default model, all processors",
}


def git(*args: str) -> str:
    return subprocess.run(["git", *args], check=True, cwd=ROOT, capture_output=True, encoding="utf-8").stdout.strip()


def speeds(printed: str) -> dict[str, dict[str, float]]:
    """Megabytes a second by texts and stage, of what the bench prints."""
    found: dict[str, dict[str, float]] = {}
    name = None
    for line in printed.splitlines():
        if head := re.match(r"(\S+): \d+ texts", line):
            name = head[1]
            found[name] = {}
        elif name and (stage := re.match(r"  (\S+) +([\d.]+) MB/s", line)):
            found[name][stage[1]] = float(stage[2])
    return found


def measure() -> dict[str, Any]:
    command = ["cargo", "bench", "--locked", "--features", "fuzzing", "--bench", "throughput"]
    printed = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8").stdout
    try:
        counted = instructions.count()
    except instructions.Missing as missing:
        print(f"not counted: {missing}")
        counted = None
    commit = git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain", "--", "src", "packs", "model") else "")
    date = git("show", "--no-patch", "--format=%cs")
    return {"commit": commit, "date": date, "machine": written.processor(), "mb_per_s": speeds(printed), "counted": counted}


def table(line: dict[str, Any]) -> str:
    """The stages, texts side by side, and the instructions."""
    names = list(line["mb_per_s"])
    stages = [stage for stage in MEANINGS if all(stage in line["mb_per_s"][name] for name in names)]
    rows = [[stage, *(written.figure(line["mb_per_s"][name][stage]) for name in names), MEANINGS[stage]] for stage in stages]
    text = f"MB a second, {line['machine']}, one core but for `batch`.\n\n" + written.table(["", *names, "what it is"], rows)
    if counted := line["counted"]:
        kinds = counted["instructions_per_byte"]
        said = ", ".join(f"{kind} {written.figure(number)}" for kind, number in kinds.items())
        text += f"\n\nInstructions a byte on the project's own texts ({counted['processor']}): {said}."
    return text


def add(line: dict[str, Any], history: pathlib.Path) -> None:
    """Adds the line, in place of an earlier one of the same commit and machine."""
    rows = history.read_text(encoding="utf-8").splitlines() if history.is_file() else []
    key = ("commit", "machine")
    kept = [row for row in rows if [json.loads(row)[name] for name in key] != [line[name] for name in key]]
    history.write_text("".join(row + "\n" for row in [*kept, json.dumps(line)]), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=pathlib.Path, default=ROOT / "docs", metavar="DIR")
    parser.add_argument("--print", action="store_true")
    args = parser.parse_args()
    line = measure()
    print(table(line))
    if not args.print:
        add(line, HISTORY)
        written.write(args.docs, "stages", table(line))


if __name__ == "__main__":
    main()
