#!/usr/bin/env python3
"""Scores the models on publishers that they have not seen: five folds, predictions of the held-out ones pooled.

    training/crossval.py --models DIR            figures of both models, articles and whole pages; DIR as folds.py fills it
    training/crossval.py --models DIR --picture  also draws docs/loss-junk.svg
    training/crossval.py --models DIR --pred OUT also writes OUT/KIND.dev.jsonl … for score_lines.py --pred
    training/crossval.py --models DIR --floors   writes floors.json anew from the kept fold; one that falls needs --reason "…"
    training/crossval.py --gate                  the quality gate: the kept fold alone, against floors.json

Everything that is learnt is learnt anew for each fold from the other four; a page and an article of one publisher share a fold.
The gate keeps the models of one fold (gate/) and scores only documents of that fold, which they were not fitted on; a change of
the evidence needs new ones: fit the folds, copy the kept one, write the floors.
"""

import argparse
import collections
import hashlib
import json
import multiprocessing
import pathlib
import sys
import tempfile

import documents
import folds
import seal
import shared
from shared import HERE

FLOORS = HERE / "floors.json"
GATE = HERE / "gate"
KEPT_FOLD = 4
# A floor stands this far below what was measured.
MARGINS = {"word F": 0.004, "mean label F": 0.015}
LABEL_MARGIN = 0.03
KEPT = {"body", "heading"}
CURVE = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
BINS = 15


def covering(blocks, spans):
    """For each line's span, the block that covers most of it; None where there is none."""
    out, first = [], 0
    for start, end in spans:
        while first < len(blocks) and blocks[first].end <= start:
            first += 1
        best, most = None, 0
        for block in blocks[first:]:
            if block.start >= end:
                break
            if (overlap := min(end, block.end) - max(start, block.start)) > most:
                best, most = block, overlap
        out.append(best)
    return out


def predict(cleaner, lines):
    """Each line's label, its probability, P(kept), and whether it is kept."""
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at = spans[-1][1] + 1
    p_kept = lambda block: sum(block.probabilities[label] for label in KEPT)
    blocks = covering(cleaner.clean("\n".join(lines)).blocks, spans)
    return [(block.label, block.score, p_kept(block), block.kept) if block else ("ui", 1.0, 0.0, False) for block in blocks]


def predict_fold(model, fold):
    """(file, id) -> predictions, for the scored documents of a fold."""
    import publisher
    from copydesk import Cleaner

    cleaner = Cleaner(model=str(model))
    of_fold = [doc for doc in documents.scored() if publisher.fold(doc["publisher_key"]) == fold]
    return {(doc["file"], doc["id"]): predict(cleaner, doc["lines"]) for doc in of_fold}


def threshold_of(model, balance="balanced"):
    with open(model, "rb") as file:
        file.readline()
        return json.loads(file.readline())["thresholds"][balance]


def score(name, predictions, threshold=None):
    """Documents of a file that were predicted, their labels and decisions (at a threshold, if given), and the figures of
    score_lines.py."""
    import score_lines

    scored = [doc for doc in documents.load(shared.data(name)) if (name, doc["id"]) in predictions]
    decided = lambda p, kept: kept if threshold is None else p >= threshold
    at = {doc["id"]: [(label, decided(p, kept)) for label, _, p, kept in predictions[name, doc["id"]]] for doc in scored}
    return scored, at, score_lines.score(scored, at)


def calibration(name, predictions):
    """Expected calibration error of P(kept), word-weighted, and of the label, line-weighted; 15 bins of equal mass."""
    import score_lines

    kept, label = [], []
    for doc in documents.load(shared.data(name)):
        for text, gold, (said, p, p_kept, _) in zip(doc["lines"], doc["labels"], predictions.get((name, doc["id"]), ()), strict=False):
            label.append((p, said == gold, 1))
            if gold != "embed":
                kept.append((p_kept, gold in KEPT, score_lines.words(text, doc["lang"])))
    return expected_error(kept), expected_error(label)


def expected_error(rows):
    rows = sorted(rows)
    total = sum(weight for *_, weight in rows)
    bins, seen = collections.defaultdict(lambda: [0.0, 0.0]), 0
    for p, right, weight in rows:
        seen += weight
        bucket = bins[min(BINS - 1, int((seen - weight / 2) * BINS / total))]
        bucket[0] += p * weight
        bucket[1] += right * weight
    return sum(abs(said - true) for said, true in bins.values()) / total


def report(kind, predictions):
    """Prints the figures of one model; returns them by file."""
    import score_lines

    results = {}
    for name in documents.SCORED:
        scored, at, result = score(name, predictions)
        results[name] = result
        print(f"\n{kind}: {name}")
        for label, figures in result["labels"].items():
            print(f"  {label:10s} precision {figures['precision']:.3f}  recall {figures['recall']:.3f}  F {figures['f']:.3f}  gold {figures['gold']}")
        groups = collections.defaultdict(list)
        for doc in scored:
            groups[doc["lang"]].append(doc)
        for lang, group in sorted(groups.items(), key=lambda item: -len(item[1])):
            if len(group) >= 20:
                print(score_lines.line(lang, score_lines.score(group, at)))
        print(score_lines.line("other languages", score_lines.score([d for g in groups.values() if len(g) < 20 for d in g], at)))
        print(score_lines.line("ALL", result))
        print("calibration error: P(kept), by words {:.4f}; label, by lines {:.4f}".format(*calibration(name, predictions)))
    print("\nP(kept) from " + "".join(f"{t:7.2f}" for t in CURVE))
    curve = [score("dev", predictions, t)[2] for t in CURVE]
    for figure in ("word_f", "loss", "junk"):
        print(f"{figure:13s}" + "".join(f"{result[figure]:7.4f}" for result in curve))
    return results


def curve_of(model, predictions):
    """Loss and junk of the articles at many thresholds, and at each balance's."""
    at = lambda threshold: (lambda figures: (figures["loss"], figures["junk"]))(score("dev", predictions, threshold)[2])
    points = [at(threshold / 100) for threshold in (1, 2, 3, *range(5, 100, 5), 97, 98, 99)]
    return points, [(balance, *at(threshold_of(model, balance))) for balance in ("keep_story", "balanced", "drop_junk")]


def write_predictions(folder, kind, predictions):
    folder.mkdir(parents=True, exist_ok=True)
    for name in documents.SCORED:
        with (folder / f"{kind}.{name}.jsonl").open("w", encoding="utf-8") as out:
            for (file, doc_id), lines in predictions.items():
                if file == name:
                    row = {"id": doc_id, "labels": [label for label, *_ in lines], "kept": [kept for *_, kept in lines]}
                    row["p_kept"] = [p for *_, p, _ in lines]
                    out.write(json.dumps(row) + "\n")


def gate_models(folder):
    """The kept fold's models: the network with its chain inside, and that chain alone, cut out into `folder`."""
    default = folds.path(GATE, KEPT_FOLD, "default")
    content = default.read_bytes()
    fast = pathlib.Path(folder) / "fast.model"
    fast.write_bytes(content[seal.chain_at(content) :])
    return {"fast": fast, "default": default}


def gate_figures():
    """The figures that have floors: word F, mean label F, and F of the labels with 100 gold lines or more."""
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, model in gate_models(folder).items():
            predictions = predict_fold(model, KEPT_FOLD)
            for name in documents.SCORED:
                result = score(name, predictions)[2]
                out[f"{kind}: {name}: word F"] = result["word_f"]
                out[f"{kind}: {name}: mean label F"] = result["macro_f"]
                out.update({f"{kind}: {name}: {k}": v["f"] for k, v in result["labels"].items() if v["gold"] >= 100})
    return out


def digest():
    files = [shared.data(name) for name in documents.SCORED] + [folds.path(GATE, KEPT_FOLD, "default")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def check_floors():
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if floors["digest"] != digest():
        sys.exit("floors.json was measured on other data or with another model: measure again with --floors")
    figures = gate_figures()
    for name, figure in figures.items():
        print(f"{name:38s} {figure:.4f}  floor {floors['floors'].get(name, 0):.4f}")
    low = [f"{name} is {figures.get(name, 0):.4f}, its floor {floor:.4f}" for name, floor in floors["floors"].items() if figures.get(name, 0) < floor]
    print("\n" + ("\n".join(low) if low else f"all {len(floors['floors'])} floors hold"))
    sys.exit(bool(low))


def write_floors(reason):
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"floors": {}, "lowered": []}
    margin = lambda name: MARGINS.get(name.split(": ")[2], LABEL_MARGIN)
    new = {name: round(value - margin(name), 4) for name, value in gate_figures().items()}
    fallen = {name: [floor, new.get(name)] for name, floor in old["floors"].items() if new.get(name, 0) < floor}
    if fallen and not reason:
        sys.exit(f"these floors would fall: {fallen}; say why with --reason")
    history = old["lowered"] + ([{"reason": reason, "floors": fallen}] if fallen else [])
    FLOORS.write_text(json.dumps({**old, "digest": digest(), "floors": new, "lowered": history}, indent=1) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=pathlib.Path)
    parser.add_argument("--kind", choices=folds.KINDS)
    parser.add_argument("--pred", type=pathlib.Path)
    parser.add_argument("--picture", action="store_true")
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--reason")
    args = parser.parse_args()
    if not shared.reach():
        return
    if args.gate:
        check_floors()
    if args.floors:
        return write_floors(args.reason)
    if not args.models:
        parser.error("give --models DIR (training/folds.py fills it), --gate or --floors")
    curves = {}
    for kind in [args.kind] if args.kind else folds.KINDS:
        models = folds.models(args.models, kind)
        predictions = {}
        start = (sys.path.__setitem__, (slice(0, 0), sys.path[:2]))
        with multiprocessing.get_context("spawn").Pool(2, *start) as pool:
            for part in pool.starmap(predict_fold, zip(models, range(shared.FOLDS), strict=True)):
                predictions.update(part)
        report(kind, predictions)
        if args.pred:
            write_predictions(args.pred, kind, predictions)
        if args.picture:
            curves[kind] = curve_of(models[0], predictions)
    if curves:
        import picture

        picture.loss_junk(curves, HERE.parent / "docs" / "loss-junk.svg")


if __name__ == "__main__":
    main()
