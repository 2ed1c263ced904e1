#!/usr/bin/env python3
"""Makes packs/words.txt: words that newspapers write in small letters, by which `MARKETS — Shares rose` is told from a place.

    python training/common_words.py     (needs ../shared)

A word is taken when texts of at least eight publishers write it, mostly small, so that no site's phrases get in.
"""
import collections
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "lines"
PUBLISHERS, SMALL, LETTERS = 8, 0.6, 4


def lines():
    for name in ("dev.jsonl", "dev.pages.jsonl", "silver.jsonl", "corpus.jsonl"):
        with open(DATA / name, encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                publisher = row.get("publisher_key") or row.get("source") or row["id"]
                text = row["text"] if row.get("text") is not None else "\n".join(row["lines"])
                yield publisher, text


def main():
    small, large, who = collections.Counter(), collections.Counter(), collections.defaultdict(set)
    for publisher, text in lines():
        for line in text.split("\n"):
            # A line of headline or label says nothing about what is written small.
            if len(line) < 60:
                continue
            for word in re.findall(r"[^\W\d_]+", line):
                if len(word) >= LETTERS:
                    if word.islower():
                        small[word] += 1
                        who[word].add(publisher)
                    elif word[1:].islower():
                        large[word.lower()] += 1
    words = sorted(w for w, n in small.items() if len(who[w]) >= PUBLISHERS and n >= SMALL * (n + large[w]))
    head = "# Words that newspapers write in small letters. Made by training/common_words.py; counts of words alone, CC0."
    (ROOT / "packs" / "words.txt").write_text(head + "\n" + "\n".join(words) + "\n", encoding="utf-8")
    print(len(words), "words")


if __name__ == "__main__":
    main()
