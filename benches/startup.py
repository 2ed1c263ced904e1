"""What it takes to import copydesk, and to clean a first text: milliseconds over `python -c pass`.

    python benches/startup.py [--processes N] [--docs DIR] [--print]

Medians of twenty processes of each kind, which take turns; the time of the processor, which other work on the machine counts for less in.
"""

from __future__ import annotations

import argparse
import pathlib
import resource
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]

sys.path.insert(0, str(ROOT / "benches"))

import written  # noqa: E402

READ = f"text = open({str(ROOT / 'examples' / 'wire-story.txt')!r}, encoding='utf-8').read(); "
STEPS = {
    "python": "pass",
    "import copydesk": "import copydesk",
    "and `clean`, fast model": READ + "import copydesk; copydesk.Cleaner(model='fast').clean(text)",
    "and `clean`, default model": READ + "import copydesk; copydesk.clean(text)",
}


def milliseconds(program: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1e3 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=20)
    parser.add_argument("--docs", type=pathlib.Path, default=ROOT / "docs", metavar="DIR")
    parser.add_argument("--print", action="store_true")
    args = parser.parse_args()
    for program in STEPS.values():
        milliseconds(program)
    taken: dict[str, list[float]] = {name: [] for name in STEPS}
    for _ in range(args.processes):
        for name, program in STEPS.items():
            taken[name].append(milliseconds(program))
    middle = {name: statistics.median(times) for name, times in taken.items()}
    rows = [[name, f"{middle[name]:.1f}", f"{middle[name] - middle['python']:.1f}"] for name in STEPS]
    table = written.table(["", "ms", "over `python -c pass`"], rows)
    print(table)
    if not args.print:
        written.write(args.docs, "startup", table)


if __name__ == "__main__":
    main()
