"""Speed of text repair beside ftfy and plsfix, one call a document, one core, in one run.

    pip install ftfy plsfix
    taskset -c 0 python benches/peers/repair.py [--runs N] [CORPUS.jsonl]

CORPUS holds a JSON object with a "text" a line; default ../shared/data/lines/corpus.jsonl. Four texts are made of each:

  ascii    ASCII alone, with nothing to repair: quotes, dashes and accents written plainly, the rest dropped
  scraped  as it came
  curly    quotes and apostrophes curly
  mojibake UTF-8 read as windows-1252

Tools take turns; each figure is the median of N runs (default 5, the slow ones 1) in MB of UTF-8 a second of processor
time.
"""

import argparse
import json
import pathlib
import re
import statistics
import time
import unicodedata

import copydesk

CORPUS = pathlib.Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "lines" / "corpus.jsonl"
PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\xa0": " "})


def ascii_alone(text):
    text = unicodedata.normalize("NFKD", text.translate(PLAIN)).encode("ascii", "ignore").decode()
    return copydesk.normalize(text)


def curly(text):
    return re.sub(r"(?<=\w)'", "’", re.sub(r'"(?=\w)', "“", text.replace("'", "’"))).replace('"', "”")


def mojibake(text):
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) if byte > 0x7F else chr(byte)
        for byte in text.encode("utf-8", "replace")
    )


def one_by_one(function):
    def work(texts):
        for text in texts:
            function(text)

    return work


def tools():
    """Name, what it does to a list of texts, and whether it is slow."""
    yield "copydesk.normalize", one_by_one(copydesk.normalize), False
    yield "copydesk.normalize_many", lambda texts: copydesk.normalize_many(texts, threads=1), False
    try:
        from copydesk import ftfy as drop_in

        yield "copydesk.ftfy.fix_text", one_by_one(drop_in.fix_text), False
    except ImportError:
        pass
    try:
        import plsfix

        yield "plsfix.fix_text", one_by_one(plsfix.fix_text), True
    except ImportError:
        print("plsfix is not installed: left out")
    try:
        import ftfy

        yield "ftfy.fix_text", one_by_one(ftfy.fix_text), True
    except ImportError:
        print("ftfy is not installed: left out")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=pathlib.Path, default=CORPUS)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--fast", action="store_true", help="copydesk alone")
    args = parser.parse_args()
    with args.corpus.open(encoding="utf-8") as lines:
        scraped = [json.loads(line)["text"] for line in lines]
    kinds = {"ascii": ascii_alone, "scraped": str, "curly": curly, "mojibake": mojibake}
    made = [(name, work, slow) for name, work, slow in tools() if not (slow and args.fast)]
    print(f"{'MB/s':24}" + "".join(f"{kind:>10}" for kind in kinds))
    seconds = {}
    sizes = {}
    for kind, make in kinds.items():
        texts = [make(text) for text in scraped]
        sizes[kind] = sum(len(text.encode("utf-8", "replace")) for text in texts)
        for run in range(args.runs):
            for name, work, slow in made:
                if slow and run:
                    continue
                # As fresh strings: CPython keeps the UTF-8 of those that were asked for it once.
                fresh = [text[:1] + text[1:] for text in texts]
                start = time.process_time()
                work(fresh)
                seconds.setdefault((name, kind), []).append(time.process_time() - start)
    for name, _, _ in made:
        figures = (sizes[kind] / 1e6 / statistics.median(seconds[name, kind]) for kind in kinds)
        print(f"{name:24}" + "".join(f"{figure:10.1f}" for figure in figures))


if __name__ == "__main__":
    main()
