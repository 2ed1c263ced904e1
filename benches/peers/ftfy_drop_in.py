"""copydesk.ftfy beside ftfy: in how many texts they agree, and how fast they are.

    python benches/peers/ftfy_drop_in.py              equality over ../shared/data/lines, then speed over corpus.jsonl
    python benches/peers/ftfy_drop_in.py --show 5     the first five differences of each setting as well

Needs the packages ftfy and, for its speed, plsfix; says so and stops where ftfy or ../shared is not there.
"""

from __future__ import annotations

import argparse
import gc
import json
import pathlib
import statistics
import sys
import time

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared" / "data" / "lines"
FILES = ("dev.jsonl", "dev.pages.jsonl", "silver.jsonl", "corpus.jsonl")


def texts(name: str) -> list[str]:
    rows = [json.loads(row) for row in (SHARED / name).read_text(encoding="utf-8").splitlines()]
    return [row["text"] if "text" in row else "\n".join(row["lines"]) for row in rows]


def difference(ours: str, theirs: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    return f"    ours   {ascii(ours[max(0, at - 20) : at + 30])}\n    theirs {ascii(theirs[max(0, at - 20) : at + 30])}"


def equality(show: int) -> bool:
    import copydesk
    import ftfy as theirs
    from copydesk import ftfy as ours

    lean = copydesk.Normalizer(
        spaces=False, zero_width=False, soft_hyphens=False, bidi="keep", marks=None, dehyphenate=False
    )
    settings = {
        "fix_text": (ours.fix_text, theirs.fix_text),
        "fix_text, quotes kept": (
            lambda text: ours.fix_text(text, uncurl_quotes=False),
            lambda text: theirs.fix_text(text, uncurl_quotes=False),
        ),
        "fix_encoding": (ours.fix_encoding, theirs.fix_encoding),
        "Normalizer, quotes kept": (
            lambda text: lean.normalize(text).text,
            lambda text: theirs.fix_text(text, uncurl_quotes=False),
        ),
    }
    good = True
    print(f"{'equal to ftfy ' + theirs.__version__:24}", *FILES, "all", sep="  ")
    for name, (our, their) in settings.items():
        shares, equal, total, shown = [], 0, 0, 0
        for file in FILES:
            pairs = [(our(text), their(text), text) for text in texts(file)]
            same = sum(a == b for a, b, _ in pairs)
            shares.append(f"{same}/{len(pairs)}")
            equal, total = equal + same, total + len(pairs)
            for ours_, theirs_, _ in pairs:
                if ours_ != theirs_ and shown < show:
                    print(f"  {name}, {file}\n{difference(ours_, theirs_)}")
                    shown += 1
        print(f"{name:24}", *shares, f"{100 * equal / total:.2f} %", sep="  ")
        good &= equal >= 0.998 * total
    replayed = [text for file in FILES for text in texts(file) if replays(ours, text)]
    print(f"explanations that replay: {len(replayed)} of {total}")
    return good and len(replayed) == total


def replays(ours, text: str) -> bool:
    explained = ours.fix_and_explain(text)
    return ours.apply_plan(text, explained.explanation) == explained.text


def speed(rounds: int) -> None:
    import ftfy as theirs
    from copydesk import ftfy as ours

    functions = {
        "copydesk.ftfy.fix_text": (ours.fix_text, rounds),
        "copydesk.ftfy.fix_text, quotes kept": (lambda text: ours.fix_text(text, uncurl_quotes=False), rounds),
        "copydesk.ftfy.fix_encoding": (ours.fix_encoding, rounds),
    }
    try:
        import plsfix

        functions["plsfix.fix_text"] = (plsfix.fix_text, 2)
    except ImportError:
        print("plsfix is not installed: its speed is left out")
    functions["ftfy.fix_text"] = (theirs.fix_text, 1)
    functions["ftfy.fix_encoding"] = (theirs.fix_encoding, 1)
    encoded = [text.encode() for text in texts("corpus.jsonl")]
    size = sum(map(len, encoded)) / 1e6
    print(f"\ncorpus.jsonl, {len(encoded)} documents, {size:.1f} MB of UTF-8, one call a document, time of the processor, median of the rounds")
    for name, (function, count) in functions.items():
        took = []
        for _ in range(count):
            # New objects each time: a str remembers its UTF-8 once it was asked for.
            given = [data.decode() for data in encoded]
            gc.collect()
            start = time.process_time()
            for text in given:
                function(text)
            took.append(time.process_time() - start)
        print(f"{name:40} {size / statistics.median(took):8.1f} MB/s   (best {size / min(took):.1f})")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", type=int, default=0, help="differences to show for each setting")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of timing for the quick ones")
    parser.add_argument("--only", choices=("equality", "speed"))
    options = parser.parse_args()
    try:
        import ftfy  # noqa: F401
    except ImportError:
        print("ftfy is not installed: nothing to compare with")
        return 0
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: nothing to compare on")
        return 0
    good = True
    if options.only != "speed":
        good = equality(options.show)
    if options.only != "equality":
        speed(options.rounds)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
