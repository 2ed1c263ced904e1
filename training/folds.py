#!/usr/bin/env python3
"""One model for each fold of publishers, fitted on the other four: what has to be scored on publishers never seen uses them.

    training/folds.py DIR        writes DIR/fold0.model … DIR/fold4.model; those that are there already are left alone

The folds are those of the shared eval/publisher.py, the data and the fit those of crossval.py. Half a minute a fold.
"""

import argparse
import multiprocessing
import pathlib
import sys

import crossval

FOLDS = 5


def path(folder, fold):
    return folder / f"fold{fold}.model"


def fit(folder, fold):
    """Fits the model of one fold, unless it is there."""
    import publisher
    import train

    out = path(folder, fold)
    if not out.exists():
        documents = [doc for name in crossval.FILES for doc in train.load(crossval.data(name))]
        learnt = [doc for doc in documents if publisher.fold(doc["publisher_key"]) != fold]
        part = out.with_suffix(".part")
        train.train(learnt + train.own_articles(), part, {})
        part.replace(out)
    return out


def models(folder, processes=2):
    """The paths of the five models in `folder`, fitted where they are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    if not all(path(folder, fold).exists() for fold in range(FOLDS)):
        start = (sys.path.__setitem__, (slice(0, 0), sys.path[:2]))
        with multiprocessing.get_context("spawn").Pool(processes, *start) as pool:
            pool.starmap(fit, [(folder, fold) for fold in range(FOLDS)])
    return [path(folder, fold) for fold in range(FOLDS)]


def reach_shared():
    """Makes the shared evaluation code importable; False, with a word why, when it is not there."""
    if not crossval.data("dev").exists():
        print(f"skipped: the labelled data is not there ({crossval.data('dev')}); set COPYDESK_SHARED to the folder that holds data/ and eval/")
        return False
    sys.path[:0] = [str(crossval.SHARED / "eval"), str(crossval.HERE)]
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    args = parser.parse_args()
    if reach_shared():
        print(*models(args.folder), sep="\n")


if __name__ == "__main__":
    main()
