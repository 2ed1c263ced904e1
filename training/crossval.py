#!/usr/bin/env python3
"""Scores the models on publishers that they have not seen: five folds, predictions of the held-out ones pooled.

    training/crossval.py --models DIR            figures of both models, articles and whole pages; DIR as folds.py fills it
    training/crossval.py --models DIR --picture  also draws docs/loss-junk.svg
    training/crossval.py --models DIR --pred OUT also writes OUT/KIND.dev.jsonl … for copydesk eval --pred
    training/crossval.py --floors                writes floors.json anew from the kept fold; one that falls needs --reason "…"
    training/crossval.py --gate                  the quality gate against floors.json

The same on data of your own, without any of the project's (folds.py --gold my.jsonl DIR fits the models):

    training/crossval.py --gold my.jsonl … --models DIR                       figures of your models
    training/crossval.py --gold my.jsonl … --models DIR --floors my-floors.json   … kept as floors
    training/crossval.py --gold my.jsonl … --models DIR --gate my-floors.json     … held against them

Everything that is learnt is learnt anew for each fold from the other four; a page and an article of one publisher share a fold
(publishers.py). The gate of the project keeps the models of one fold (gate/) and scores them on the documents of that fold, which
they were not fitted on; a change of the evidence needs new ones: fit the folds, copy the kept one, write the floors. The models
that are shipped have learnt from those documents. What is asked of them: that they are of the family of the kept fold's (the same
table of evidence, labels, sizes, thresholds), that they score there no less than models that have never seen it, and that they
hold floors on the project's goldens, articles that no model learns from; these floors need no data but the project's own.
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
import figures
import folds
import publishers
import seal
import shared
from copydesk import _core
from shared import HERE

FLOORS = HERE / "floors.json"
GATE = HERE / "gate"
MODEL = HERE.parent / "model"
# What a model's header says of what it has learnt; all else is the same in a family.
LEARNT = {"lexicon", "cuts", "words", "bits"}
LARGE = 100  # a label with fewer gold lines has no floor
KEPT_FOLD = 4
# A floor stands this far below what was measured.
MARGINS = {"word F": 0.004, "mean label F": 0.015}
LABEL_MARGIN = 0.03
KEPT = {"body", "heading"}
CURVE = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
BINS = 15


def predict(cleaner, lines):
    """Each line's label, its probability, P(kept), and whether it is kept."""
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at = spans[-1][1] + 1
    p_kept = lambda block: sum(block.probabilities[label] for label in KEPT)
    document = cleaner.clean("\n".join(lines))
    said = [(block.label, block.score, p_kept(block), block.kept) for block in document.blocks]
    return [("ui", 1.0, 0.0, False) if at is None else said[at] for at in _core.line_blocks(document, spans)]


def predict_all(model, docs):
    """(file, id) -> predictions."""
    from copydesk import Cleaner

    cleaner = Cleaner(model=str(model))
    return {(doc["file"], doc["id"]): predict(cleaner, doc["lines"]) for doc in docs}


def predict_fold(model, fold, files=()):
    """(file, id) -> predictions, for the scored documents of a fold."""
    return predict_all(model, [doc for doc in documents.scored(files) if publishers.fold(doc["publisher_key"]) == fold])


def threshold_of(model, balance="balanced"):
    return header(model.read_bytes())["thresholds"][balance]


def header(content):
    """The second line of a model's file."""
    return json.loads(content.split(b"\n", 2)[1])


def score(docs, predictions, threshold=None):
    """The documents that were predicted, their labels and decisions (at a threshold, if given), and their figures."""
    scored = [doc for doc in docs if (doc["file"], doc["id"]) in predictions]
    decided = lambda p, kept: kept if threshold is None else p >= threshold
    at = {doc["id"]: [(label, decided(p, kept)) for label, _, p, kept in predictions[doc["file"], doc["id"]]] for doc in scored}
    return scored, at, figures.score(scored, at)


def calibration(docs, predictions):
    """Expected calibration error of P(kept), word-weighted, and of the label, line-weighted; 15 bins of equal mass."""
    kept, label = [], []
    for doc in docs:
        if (doc["file"], doc["id"]) not in predictions:
            continue
        said_of = predictions[doc["file"], doc["id"]]
        for text, gold, (said, p, p_kept, _) in zip(doc["lines"], doc["labels"], said_of, strict=True):
            label.append((p, said == gold, 1))
            if gold != "embed":
                kept.append((p_kept, gold in KEPT, figures.words(text, doc["lang"])))
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


def report(kind, predictions, files=()):
    """Prints the figures of one model."""
    for name, path in documents.gold(files).items():
        docs = documents.load(path)
        scored, at, result = score(docs, predictions)
        print(f"\n{kind}: {name}")
        for label, of in result["labels"].items():
            print(f"  {label:10s} precision {of['precision']:.3f}  recall {of['recall']:.3f}  F {of['f']:.3f}  gold {of['gold']}")
        groups = collections.defaultdict(list)
        for doc in scored:
            groups[doc["lang"]].append(doc)
        for lang, group in sorted(groups.items(), key=lambda item: -len(item[1])):
            if len(group) >= 20:
                print(figures.line(lang, figures.score(group, at)))
        print(figures.line("other languages", figures.score([d for g in groups.values() if len(g) < 20 for d in g], at)))
        print(figures.line("ALL", result))
        print("calibration error: P(kept), by words {:.4f}; label, by lines {:.4f}".format(*calibration(docs, predictions)))
    docs = documents.load(next(iter(documents.gold(files).values())))
    print("\nP(kept) from " + "".join(f"{t:7.2f}" for t in CURVE))
    curve = [score(docs, predictions, t)[2] for t in CURVE]
    for figure in ("word_f", "loss", "junk"):
        print(f"{figure:13s}" + "".join(f"{result[figure]:7.4f}" for result in curve))


def curve_of(model, predictions):
    """Loss and junk of the articles at many thresholds, and at each balance's."""
    docs = documents.load(shared.data("dev"))

    def at(threshold):
        found = score(docs, predictions, threshold)[2]
        return found["loss"], found["junk"]

    points = [at(threshold / 100) for threshold in (1, 2, 3, *range(5, 100, 5), 97, 98, 99)]
    return points, [(balance, *at(threshold_of(model, balance))) for balance in ("keep_story", "balanced", "drop_junk")]


def write_predictions(folder, kind, predictions, files=()):
    folder.mkdir(parents=True, exist_ok=True)
    for name in documents.gold(files):
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


def gated(kind, name, result):
    """The figures that have floors: word F, mean label F, and F of the labels with 100 gold lines or more."""
    of_labels = {label: of["f"] for label, of in result["labels"].items() if of["gold"] >= LARGE}
    found = {"word F": result["word_f"], "mean label F": result["macro_f"], **of_labels}
    return {f"{kind}: {name}: {what}": figure for what, figure in found.items()}


def figures_of_files(kind, predictions, files=()):
    out = {}
    for name, path in documents.gold(files).items():
        out |= gated(kind, name, score(documents.load(path), predictions)[2])
    return out


def figures_of_kept_fold(folder):
    """Those of the kept fold's models, on documents of publishers that they have not seen."""
    out = {}
    for kind, model in gate_models(folder).items():
        out |= figures_of_files(kind, predict_fold(model, KEPT_FOLD))
    return out


def figures_of_goldens():
    """Those of the shipped models on the project's goldens."""
    goldens, out = documents.goldens(), {}
    for kind in folds.KINDS:
        out |= gated(f"shipped {kind}", "goldens", score(goldens, predict_all(shipped(kind), goldens))[2])
    return out


def figures_of_yours(models, files):
    """Those of models of your own, each on the fold of publishers that it has not seen, pooled."""
    out = {}
    for kind in kinds_in(models):
        out |= figures_of_files(kind, pooled(models, kind, files), files)
    return out


def shipped(kind):
    return MODEL / f"{kind}.model"


def kinds_in(folder):
    """The kinds of models that a folder holds for every fold."""
    kinds = [kind for kind in folds.KINDS if all(folds.path(folder, fold, kind).exists() for fold in range(shared.FOLDS))]
    if not kinds:
        sys.exit(f"{folder} does not hold a model for each of the {shared.FOLDS} folds: fit them with training/folds.py {folder}")
    return kinds


def strangers(kept):
    """What sets the shipped models apart from the family of the kept fold's, which the gate measures in their stead."""
    wrong = []
    for kind, model in kept.items():
        card = json.loads(shipped(kind).with_suffix(".card.json").read_text(encoding="utf-8"))
        ours, theirs = header(shipped(kind).read_bytes()), header(model.read_bytes())
        for key in theirs.keys() | ours.keys():
            if key not in LEARNT and ours.get(key) != theirs.get(key):
                wrong.append(f"{shipped(kind).name}: {key} is {ours.get(key)}, and {theirs.get(key)} in the kept fold's model")
        for where, schema in (("the file", ours["schema"]), ("its card", card["schema"])):
            if schema != _core.SCHEMA:
                wrong.append(f"{shipped(kind).name}: {where} has the table of evidence {schema}; that of the code is {_core.SCHEMA}")
    return wrong


def after(kept):
    """Where the shipped models score less than the kept fold's, on documents that they have learnt from and those have not."""
    wrong = []
    for kind in folds.KINDS:
        ours = figures_of_files(kind, predict_fold(shipped(kind), KEPT_FOLD))
        for name, figure in ours.items():
            if name.endswith(("word F", "mean label F")):
                print(f"{'shipped ' + name:44s} {figure:.4f}  kept fold {kept[name]:.4f}")
                if figure < kept[name]:
                    wrong.append(f"shipped {name} is {figure:.4f} on what it has learnt from, {kept[name]:.4f} where nothing was")
    return wrong


def digest():
    files = [shared.data(name) for name in documents.SCORED] + [folds.path(GATE, KEPT_FOLD, "default")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def under(floors, found):
    """Prints figures beside their floors; says which are under them, or have gone."""
    for name, figure in found.items():
        print(f"{name:44s} {figure:.4f}  floor {floors.get(name, 0):.4f}")
    return [f"{name} is {found.get(name, 0):.4f}, its floor {floor:.4f}" for name, floor in floors.items() if found.get(name, 0) < floor]


def check_floors():
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    low = under(floors["goldens"], figures_of_goldens())
    if shared.reach():
        if floors["digest"] != digest():
            sys.exit("floors.json was measured on other data or with another model: measure again with --floors")
        with tempfile.TemporaryDirectory() as folder:
            low += strangers(gate_models(folder))
            kept = figures_of_kept_fold(folder)
        low += under(floors["floors"], kept) + after(kept)
    print("\n" + ("\n".join(low) if low else "all floors hold"))
    sys.exit(bool(low))


def check_yours(models, files, path):
    low = under(json.loads(path.read_text(encoding="utf-8"))["floors"], figures_of_yours(models, files))
    print("\n" + ("\n".join(low) if low else "all floors hold"))
    sys.exit(bool(low))


def below(found):
    """The floors of what was measured."""
    margin = lambda name: MARGINS.get(name.split(": ")[2], LABEL_MARGIN)
    return {name: round(value - margin(name), 4) for name, value in found.items()}


def write_floors(path, reason, **new):
    """Writes floors anew, by the names of their lists."""
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    fallen = {}
    for part in {"floors", "goldens"} & new.keys():
        for name, floor in old.get(part, {}).items():
            if new[part].get(name, 0) < floor:
                fallen[name] = [floor, new[part].get(name)]
    if fallen and not reason:
        sys.exit(f"these floors would fall: {fallen}; say why with --reason")
    history = old.get("lowered", []) + ([{"reason": reason, "floors": fallen}] if fallen else [])
    path.write_text(json.dumps({**old, **new, "lowered": history}, indent=1) + "\n", encoding="utf-8")


def pooled(models, kind, files=()):
    """(file, id) -> predictions of all folds."""
    predictions = {}
    paths = folds.models(models, kind, files=files)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for part in pool.starmap(predict_fold, [(path, fold, files) for fold, path in enumerate(paths)]):
            predictions |= part
    return predictions


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=pathlib.Path)
    parser.add_argument("--gold", nargs="+", type=pathlib.Path, default=(), metavar="FILE")
    parser.add_argument("--kind", choices=folds.KINDS)
    parser.add_argument("--pred", type=pathlib.Path)
    parser.add_argument("--picture", action="store_true")
    parser.add_argument("--gate", nargs="?", type=pathlib.Path, const=FLOORS, metavar="FLOORS")
    parser.add_argument("--floors", nargs="?", type=pathlib.Path, const=FLOORS, metavar="FLOORS")
    parser.add_argument("--reason")
    args = parser.parse_args()
    files = tuple(args.gold)
    if files and (not args.models or args.picture):
        parser.error("with --gold, give --models DIR and no --picture")
    if files and FLOORS in (args.gate, args.floors):
        parser.error("with --gold, name a file of your own after --gate or --floors")
    if files and args.gate:
        check_yours(args.models, files, args.gate)
    if files and args.floors:
        return write_floors(args.floors, args.reason, floors=below(figures_of_yours(args.models, files)))
    if args.gate:
        check_floors()
    if not files and not shared.reach():
        return
    if args.floors:
        with tempfile.TemporaryDirectory() as folder:
            kept = below(figures_of_kept_fold(folder))
        return write_floors(FLOORS, args.reason, digest=digest(), floors=kept, goldens=below(figures_of_goldens()))
    if not args.models:
        parser.error("give --models DIR (training/folds.py fills it), --gate or --floors")
    curves = {}
    for kind in [args.kind] if args.kind else kinds_in(args.models) if files else folds.KINDS:
        predictions = pooled(args.models, kind, files)
        report(kind, predictions, files)
        if args.pred:
            write_predictions(args.pred, kind, predictions, files)
        if args.picture:
            curves[kind] = curve_of(folds.path(args.models, 0, kind), predictions)
    if curves:
        import picture

        picture.loss_junk(curves, HERE.parent / "docs" / "loss-junk.svg")


if __name__ == "__main__":
    main()
