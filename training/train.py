#!/usr/bin/env python3
"""Fits the model that copydesk ships, or one of your own, from labelled lines.

    training/train.py --out model/default.model ../shared/data/lines/dev.jsonl ../shared/data/lines/dev.pages.jsonl

Each file holds one JSON object a line: `lines` (list of str), `labels` (one a line, names of copydesk.LABELS) and
`publisher_key` (documents of one publisher share it: a word counts when several publishers use it). The project's own
articles (training/articles) are learnt from too, unless --without-own is given. The card of the model, which says what it was
learnt from, is written beside it (default.card.json). Takes about 20 seconds for 1,100 documents.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import tempfile

import crf
from copydesk import _core

# From which P(kept) on a block is kept: read off the loss/junk curve that crossval.py prints.
THRESHOLDS = {"keep_story": 0.1, "balanced": 0.4, "drop_junk": 0.85}


def load(path):
    documents = [json.loads(line) for line in path.open(encoding="utf-8")]
    for number, doc in enumerate(documents, 1):
        if len(doc["lines"]) != len(doc["labels"]):
            raise SystemExit(f"{path}:{number}: {len(doc['labels'])} labels for {len(doc['lines'])} lines; give one a line")
        if unknown := set(doc["labels"]) - set(_core.LABELS):
            raise SystemExit(f"{path}:{number}: label {sorted(unknown)[0]!r} is not known; use one of {', '.join(_core.LABELS)}")
    return documents


def own_articles():
    """The project's own articles for kinds of lines that are rare in labelled pages, each a publisher of its own."""
    documents = []
    for path in sorted((pathlib.Path(__file__).parent / "articles").glob("*.txt")):
        lines, labels = [], []
        for row in path.read_text(encoding="utf-8").split("\n"):
            label, bar, text = row.partition("|")
            label = label.strip()
            if not bar or row.startswith("# ") or not label:
                continue
            if label == "+":
                lines[-1] += " " + text.strip()
            else:
                lines.append(text.removeprefix(" "))
                labels.append(label)
        documents.append({"lines": lines, "labels": labels, "publisher_key": f"own {path.stem}", "lang": "own"})
    return documents


def train(documents, out, card):
    """Fits on all of the documents and writes the model file."""
    observed = [crf.observe(doc) for doc in documents]
    trainer, lexicon = crf.fit(observed, [doc["publisher_key"] for doc in documents])
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/weights"
        trainer.train(path)
        words = crf.write(out, crf.dump(path), lexicon, THRESHOLDS)
    card = {
        **card,
        "schema": _core.SCHEMA,
        "documents": len(documents),
        "lines": sum(len(doc["lines"]) for doc in documents),
        "languages": dict(collections.Counter(doc.get("lang") or "unknown" for doc in documents).most_common()),
        "words": words,
        "thresholds": THRESHOLDS,
        "model": "linear-chain conditional random field, L1 and L2, L-BFGS (CRFsuite)",
    }
    return card


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="+", type=pathlib.Path)
    parser.add_argument("--without-own", action="store_true")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    args = parser.parse_args()
    documents = [doc for path in args.data for doc in load(path)] + ([] if args.without_own else own_articles())
    origin = [{"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in args.data]
    card = train(documents, args.out, {"data": origin, "licence": "MIT OR Apache-2.0"})
    args.out.with_suffix(".card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{args.out}: {args.out.stat().st_size} bytes, {card['words']} words, schema {card['schema']}")


if __name__ == "__main__":
    main()
