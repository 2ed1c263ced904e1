#!/usr/bin/env python3
"""Scores the model on publishers that it has not seen: five folds, predictions of the held-out ones pooled.

    training/crossval.py                    figures for articles and for whole pages, and the loss/junk curve
    training/crossval.py --floors           the quality gate: also fails when a figure is below training/floors.json
    training/crossval.py --raise-floors     writes floors.json anew; a floor that falls needs --reason "…", kept in the file
    training/crossval.py --pred DIR         also writes DIR/dev.jsonl and DIR/dev.pages.jsonl for score_lines.py --pred

Everything that is learnt (weights and lexicon) is learnt anew for each fold from the other four; a page and an article of one
publisher share a fold. The data and the folds stand in the folder shared beside the checkout, or in $COPYDESK_SHARED.
Takes a minute or two on two cores.
"""

import argparse
import collections
import hashlib
import json
import multiprocessing
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SHARED = pathlib.Path(os.environ.get("COPYDESK_SHARED") or HERE.parent.parent / "shared")
FLOORS = HERE / "floors.json"
FILES = ("dev", "dev.pages")
# A floor stands this far below what was measured: further than a fit moves when a handful of lines change.
MARGINS = {"word F": 0.005, "mean label F": 0.01}
LABEL_MARGIN = 0.02
KEPT = {"body", "heading"}


def data(name):
    return SHARED / "data" / "lines" / f"{name}.jsonl"


def run_fold(fold):
    """Trains on the other folds and predicts this one: (file, id) -> [(label, P(kept)) a line]."""
    import publisher
    import train
    from copydesk import Cleaner

    documents = [(name, doc) for name in FILES for doc in train.load(data(name))]
    learnt = [doc for _, doc in documents if publisher.fold(doc["publisher_key"]) != fold]
    with tempfile.TemporaryDirectory() as folder:
        model = pathlib.Path(folder) / "fold.model"
        train.train(learnt + train.own_articles(), model, {})
        cleaner = Cleaner(model=str(model))
    return {
        (name, doc["id"]): predict(cleaner, doc["lines"])
        for name, doc in documents
        if publisher.fold(doc["publisher_key"]) == fold
    }


def predict(cleaner, lines):
    """Each line's label and P(kept): of the block that covers most of its characters."""
    blocks = cleaner.clean("\n".join(lines)).blocks
    out, at, first = [], 0, 0
    for line in lines:
        start, end = at, at + len(line)
        at = end + 1
        while first < len(blocks) and blocks[first].end <= start:
            first += 1
        best, most = None, 0
        for block in blocks[first:]:
            if block.start >= end:
                break
            if (overlap := min(end, block.end) - max(start, block.start)) > most:
                best, most = block, overlap
        kept = sum(best.probabilities[label] for label in KEPT) if best else 0.0
        out.append((best.label if best else "ui", kept))
    return out


def score_file(score_lines, name, predictions, threshold):
    documents = [json.loads(line) for line in data(name).open(encoding="utf-8")]
    at = {doc["id"]: [(label, kept >= threshold) for label, kept in predictions[name, doc["id"]]] for doc in documents}
    return documents, at, score_lines.score(documents, at)


def report(predictions, threshold):
    import score_lines

    results = {}
    for name in FILES:
        documents, at, result = score_file(score_lines, name, predictions, threshold)
        results[name] = result
        print(f"\n{name}, cross-validated over publishers, kept from P(kept) >= {threshold}")
        for label, figures in result["labels"].items():
            print(f"  {label:10s} precision {figures['precision']:.3f}  recall {figures['recall']:.3f}  F {figures['f']:.3f}  gold {figures['gold']}")
        groups = collections.defaultdict(list)
        for doc in documents:
            groups[doc["lang"]].append(doc)
        for lang, group in sorted(groups.items(), key=lambda item: -len(item[1])):
            if len(group) >= 20:
                print(score_lines.line(lang, score_lines.score(group, at)))
        print(score_lines.line("other languages", score_lines.score([d for g in groups.values() if len(g) < 20 for d in g], at)))
        print(score_lines.line("ALL", result))
    print("\nP(kept) from   " + "  ".join(f"{t:6.2f}" for t in CURVE))
    curve = [score_file(score_lines, "dev", predictions, t)[2] for t in CURVE]
    for figure in ("word_f", "loss", "junk"):
        print(f"{figure:14s} " + "  ".join(f"{result[figure]:6.4f}" for result in curve))
    return results


CURVE = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


def measured(results):
    """The figures that have floors: word F, mean label F, and F of the labels with 100 gold lines or more."""
    out = {}
    for name, result in results.items():
        out[f"{name}: word F"] = result["word_f"]
        out[f"{name}: mean label F"] = result["macro_f"]
        out.update({f"{name}: {k}": v["f"] for k, v in result["labels"].items() if v["gold"] >= 100})
    return out


def digest():
    return {name: hashlib.sha256(data(name).read_bytes()).hexdigest() for name in FILES}


def check_floors(figures):
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if floors["data"] != digest():
        sys.exit("floors.json was measured on other data: measure again with --raise-floors")
    low = [f"{name} is {figures.get(name, 0):.4f}, its floor {floor:.4f}" for name, floor in floors["floors"].items() if figures.get(name, 0) < floor]
    print("\n" + ("\n".join(low) if low else f"all {len(floors['floors'])} floors hold"))
    sys.exit(bool(low))


def raise_floors(figures, reason):
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"floors": {}, "lowered": []}
    margin = lambda name: MARGINS.get(name.split(": ")[1], LABEL_MARGIN)
    new = {name: round(value - margin(name), 4) for name, value in figures.items()}
    fallen = {name: [floor, new.get(name)] for name, floor in old["floors"].items() if new.get(name, 0) < floor}
    if fallen and not reason:
        sys.exit(f"these floors would fall: {fallen}; say why with --reason")
    history = old["lowered"] + ([{"reason": reason, "floors": fallen}] if fallen else [])
    FLOORS.write_text(json.dumps({"data": digest(), "floors": new, "lowered": history}, indent=1) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--raise-floors", action="store_true")
    parser.add_argument("--reason")
    parser.add_argument("--pred", type=pathlib.Path)
    args = parser.parse_args()
    if not data("dev").exists():
        print(f"skipped: the labelled data is not there ({data('dev')}); set COPYDESK_SHARED to the folder that holds data/ and eval/")
        return
    sys.path[:0] = [str(SHARED / "eval"), str(HERE)]
    import train

    predictions = {}
    with multiprocessing.get_context("spawn").Pool(initializer=sys.path.__setitem__, initargs=(slice(0, 0), sys.path[:2])) as pool:
        for part in pool.imap_unordered(run_fold, range(5)):
            predictions.update(part)
    threshold = train.THRESHOLDS["balanced"]
    results = report(predictions, threshold)
    if args.pred:
        args.pred.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            with (args.pred / f"{name}.jsonl").open("w", encoding="utf-8") as out:
                for (file, doc_id), lines in predictions.items():
                    if file == name:
                        row = {"id": doc_id, "labels": [label for label, _ in lines], "kept": [p >= threshold for _, p in lines]}
                        out.write(json.dumps(row) + "\n")
    if args.raise_floors:
        raise_floors(measured(results), args.reason)
    if args.floors:
        check_floors(measured(results))


if __name__ == "__main__":
    main()
