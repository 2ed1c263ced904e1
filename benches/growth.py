"""Whether time a byte stays the same as inputs grow: the tables and curves of docs/performance.md.

    python benches/growth.py [--most BYTES] [--docs DIR] [--print]

Runs `cargo bench --bench growth`, which says what is measured. A curve is flat where no size takes more than a fifth more a byte than the
median of its axis; the others are named.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]

sys.path.insert(0, str(ROOT / "benches"))

import written  # noqa: E402

AXES = {
    "document": "One text, by bytes",
    "lines": "One text, by lines",
    "batch": "Articles one by one, by bytes",
    "languages": "Articles, by languages",
}
FLAT = 0.2

Points = dict[str, dict[str, list[tuple[float, float]]]]


def points(printed: str) -> Points:
    """(size, nanoseconds a byte) by axis and model."""
    found: Points = {axis: {} for axis in AXES}
    for line in printed.splitlines():
        if line.startswith("{"):
            row = json.loads(line)
            found[row["axis"]].setdefault(row["model"], []).append((row["size"], row["ns_per_byte"]))
    return found


def table(found: Points) -> str:
    parts = []
    for axis, title in AXES.items():
        models = found[axis]
        sizes = [size for size, _ in next(iter(models.values()))]
        rows = [[model, *(written.figure(value) for _, value in row)] for model, row in models.items()]
        parts.append(written.table([f"{title}: ns a byte", *(written.short(size) for size in sizes)], rows))
    steep = not_flat(found)
    says = "Not flat within a fifth of the median: " + "; ".join(steep) + "." if steep else "All are flat within a fifth of their median."
    return "\n\n".join([f"{written.processor()}, one core; the least of some runs.", *parts, says])


def not_flat(found: Points) -> list[str]:
    said = []
    for axis, models in found.items():
        for model, row in models.items():
            middle = statistics.median(value for _, value in row)
            said += [
                f"{axis}, {model}, {written.short(size)}: {value / middle - 1:+.0%}" for size, value in row if abs(value / middle - 1) > FLAT
            ]
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=64_000_000, help="bytes of the largest text; a batch may have sixteen times as many")
    parser.add_argument("--docs", type=pathlib.Path, default=ROOT / "docs", metavar="DIR")
    parser.add_argument("--print", action="store_true")
    args = parser.parse_args()
    command = ["cargo", "bench", "--locked", "--features", "fuzzing", "--bench", "growth", "--", "--most", str(args.most)]
    found = points(subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8").stdout)
    print(table(found))
    if not args.print:
        written.write(args.docs, "growth", table(found))
        panels = [(title, found[axis]) for axis, title in AXES.items()]
        (args.docs / "performance-growth.svg").write_text(written.curves(panels, "nanoseconds a byte"), encoding="utf-8")


if __name__ == "__main__":
    main()
