#!/usr/bin/env python3
"""Models for each fold of publishers, fitted on the other four: what is scored on publishers never seen uses them.

    training/folds.py DIR                  DIR/fold0.fast.model, DIR/fold0.default.model … fold4; those that are there are left alone
    training/folds.py DIR --kind fast      only the chains
    training/folds.py DIR --gold my.jsonl …  from labelled documents of your own (train.py says what a file holds)

The folds are those of publishers.py; readings and recombined documents stay on their side. On one core a chain takes
two to four minutes and a network three to five.
"""

import argparse
import multiprocessing
import pathlib

import publishers
import shared
from shared import FOLDS

KINDS = ("fast", "default")


def path(folder, fold, kind="fast"):
    return folder / f"fold{fold}.{kind}.model"


def fit(folder, fold, kind, files=()):
    """Fits what is missing of a fold, from the shared data or from files of your own."""
    import cuts
    import documents
    import train

    missing = [k for k in dict.fromkeys(("fast", kind)) if not path(folder, fold, k).exists()]
    if not missing:
        return
    labelled = documents.scored(files) + ([] if files else documents.readings())
    labelled = [doc for doc in labelled if publishers.fold(doc["publisher_key"]) != fold]
    prose = [] if files else documents.prose()
    learnt = train.learnt_from(labelled, [doc for doc in prose if shared.drawn(doc["fold_key"]) != fold])
    cut = cuts.fit(labelled)
    for k in missing:
        out = path(folder, fold, k)
        part = out.with_suffix(".part")
        if k == "fast":
            train.fit_fast(learnt, cut, part)
        else:
            train.fit_default(learnt, cut, part, path(folder, fold))
        part.replace(out)
        print(out, flush=True)


def models(folder, kind="default", processes=2, only=range(FOLDS), files=()):
    """The paths of the models in `folder`, one a fold, fitted where they are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    if not all(path(folder, fold, kind).exists() for fold in only):
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            pool.starmap(fit, [(folder, fold, kind, files) for fold in only], chunksize=1)
    return [path(folder, fold, kind) for fold in range(FOLDS)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--kind", choices=KINDS, default="default")
    parser.add_argument("--gold", nargs="+", type=pathlib.Path, default=(), metavar="FILE")
    args = parser.parse_args()
    if args.gold or shared.reach():
        models(args.folder, args.kind, files=tuple(args.gold))


if __name__ == "__main__":
    main()
