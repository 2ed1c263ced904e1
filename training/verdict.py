#!/usr/bin/env python3
"""Fits the weights of the verdict (story, stub, no story) and says how good they are on publishers never seen.

    training/verdict.py                  fits the models of lines first (folds.py says how long that takes)
    training/verdict.py --models DIR     takes the models in DIR (training/folds.py) and fits those missing
    training/verdict.py --check          writes nothing: the figures alone

The labelled documents are training/verdicts.jsonl (how they were labelled: verdicts.md): a recipe each, without text; the texts
are the shared data, and the project's own articles. Every document is labelled line by line with the model of its publisher's fold, which has not seen it, both
for fitting and for scoring: so the verdict learns to live with the errors that the line labels have on new publishers. Writes
model/verdict.toml, which the next build of copydesk holds. The figures come from copydesk itself (src/cleaner/verdict.rs).
"""

import argparse
import collections
import json
import math
import pathlib
import sys
import tempfile

import folds
import shared

VERDICTS = ("story", "stub", "no_story")
ROWS = pathlib.Path(__file__).parent / "verdicts.jsonl"
OUT = pathlib.Path(__file__).parent.parent / "model" / "verdict.toml"
L2 = 4.0  # on standardised figures; --sweep shows others: 1 to 8 do alike
STEPS = 1500
DIGITS = 5
NO_STORY_FROM = 0.6  # a story that is taken for none costs half as much again as a page that is taken for a story


def texts(files):
    """(file, id) -> lines."""
    import documents

    out = {(doc["file"], doc["id"]): doc["lines"] for doc in documents.own_articles()}
    for name in files:
        if name == "articles":
            continue
        for row in shared.data(name).open(encoding="utf-8"):
            doc = json.loads(row)
            out[name, doc["id"]] = doc["lines"] if "lines" in doc else doc["text"].split("\n")
    return out


def load():
    """The labelled documents, their lines beside them."""
    rows = [json.loads(row) for row in ROWS.open(encoding="utf-8")]
    known = texts(dict.fromkeys(row["file"] for row in rows))
    for row in rows:
        lines = known[row["file"], row["id"]]
        ranges = row["lines"] or [[0, len(lines)]]
        # A text can have lost its lines on its way here: what it holds is the same.
        row["text"] = (" " if row.get("joined") else "\n").join(line for first, last in ranges for line in lines[first:last])
    return rows


def observe(rows, models):
    """Adds `fold` and `x`, the figures that the model of the fold gives."""
    import publishers
    from copydesk import Cleaner, _core

    cleaners = [Cleaner(model=str(model)) for model in models]
    for row in rows:
        row["fold"] = publishers.fold(row["publisher_key"])
        row["x"] = _core.verdict_figures(cleaners[row["fold"]].clean(row["text"]))


def probabilities(weights, x):
    scores = [row[0] + sum(w * v for w, v in zip(row[1:], x, strict=True)) for row in weights]
    best = max(scores)
    odds = [math.exp(score - best) for score in scores]
    return [value / sum(odds) for value in odds]


def fit(rows, l2=None):
    """Weights for each verdict, the bias first: multinomial logistic regression with an L2 term, by gradient descent with
    momentum from zero; always the same numbers."""
    l2 = L2 if l2 is None else l2
    n, width = len(rows), len(rows[0]["x"])
    mean = [sum(row["x"][j] for row in rows) / n for j in range(width)]
    spread = [max(1e-6, math.sqrt(sum((row["x"][j] - mean[j]) ** 2 for row in rows) / n)) for j in range(width)]
    scaled = [[(v - m) / s for v, m, s in zip(row["x"], mean, spread, strict=True)] for row in rows]
    wanted = [VERDICTS.index(row["verdict"]) for row in rows]
    weights = [[0.0] * (width + 1) for _ in VERDICTS]
    speed = [[0.0] * (width + 1) for _ in VERDICTS]
    for _ in range(STEPS):
        slope = [[0.0] + [l2 * w for w in row[1:]] for row in weights]
        for x, want in zip(scaled, wanted, strict=True):
            for k, p in enumerate(probabilities(weights, x)):
                error = p - (k == want)
                row = slope[k]
                row[0] += error
                for j, v in enumerate(x, 1):
                    row[j] += error * v
        for k, row in enumerate(weights):
            for j in range(width + 1):
                speed[k][j] = 0.9 * speed[k][j] - 0.5 / n * slope[k][j]
                row[j] += speed[k][j]
    # Back to the figures as they are.
    plain = []
    for row in weights:
        w = [v / s for v, s in zip(row[1:], spread, strict=True)]
        plain.append([row[0] - sum(a * m for a, m in zip(w, mean, strict=True)), *w])
    return plain


def said(p):
    """The verdict of these probabilities."""
    story, stub, no_story = p
    return "no_story" if no_story >= NO_STORY_FROM else "stub" if stub > story else "story"


def cross_validate(rows, l2=None):
    """Adds `p`, the probabilities that weights fitted on the other folds give."""
    for fold in range(shared.FOLDS):
        weights = fit([row for row in rows if row["fold"] != fold], l2)
        for row in rows:
            if row["fold"] == fold:
                row["p"] = probabilities(weights, row["x"])


def report(rows):
    """Prints what is pooled over the folds."""
    guess = lambda row: said(row["p"])
    conf = collections.Counter((row["verdict"], guess(row)) for row in rows)
    right = sum(conf[v, v] for v in VERDICTS)
    loss = -sum(math.log(max(1e-9, row["p"][VERDICTS.index(row["verdict"])])) for row in rows) / len(rows)
    print(f"{len(rows)} documents, accuracy {right / len(rows):.3f}, log loss {loss:.3f}")
    for v in VERDICTS:
        given, told = sum(conf[v, w] for w in VERDICTS), sum(conf[w, v] for w in VERDICTS)
        print(f"  {v:9s} precision {conf[v, v] / max(1, told):.3f}  recall {conf[v, v] / given:.3f}  F {2 * conf[v, v] / (given + told):.3f}"
              f"  documents {given}  said: {', '.join(f'{w} {conf[v, w]}' for w in VERDICTS)}")
    print("calibration: probability of what is said, how often it is right")
    gap = 0.0
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 1.01)):
        sure = lambda row: row["p"][VERDICTS.index(guess(row))]
        part = [row for row in rows if low <= sure(row) < high]
        if part:
            mean = sum(map(sure, part)) / len(part)
            hit = sum(guess(row) == row["verdict"] for row in part) / len(part)
            gap += abs(mean - hit) * len(part) / len(rows)
            print(f"  {low:.2f}-{min(high, 1):.2f}  said {mean:.3f}  right {hit:.3f}  documents {len(part)}")
    print(f"  expected gap {gap:.3f}")


def by_hand(rows, story_words):
    """What the bounds that were set by hand before (25 and 80 expected words) get right."""
    said = lambda words: "no_story" if words < 25 else "stub" if words < 80 else "story"
    right = sum(said(math.exp(row["x"][story_words]) - 1) == row["verdict"] for row in rows)
    print(f"two bounds on the story's words alone: accuracy {right / len(rows):.3f}")


def at_large(rows, models):
    """What is said of all labelled documents, nearly all of which hold a story: weights and lines of other publishers."""
    import publishers
    from copydesk import Cleaner, _core

    for name in ("dev", "dev.pages"):
        documents = [json.loads(row) for row in shared.data(name).open(encoding="utf-8")]
        found = collections.Counter()
        for fold in range(shared.FOLDS):
            weights = fit([row for row in rows if row["fold"] != fold])
            cleaner = Cleaner(model=str(models[fold]))
            for doc in documents:
                if publishers.fold(doc["publisher_key"]) == fold:
                    p = probabilities(weights, _core.verdict_figures(cleaner.clean("\n".join(doc["lines"]))))
                    found[said(p)] += 1
        print(f"{name}: {len(documents)} documents, said: {', '.join(f'{v} {found[v] / len(documents):.3f}' for v in VERDICTS)}")


def worst(rows, count):
    for row in sorted(rows, key=lambda row: row["p"][VERDICTS.index(row["verdict"])])[:count]:
        print(f"  {row['p'][VERDICTS.index(row['verdict'])]:.3f} {row['verdict']:8s} said {[round(p, 2) for p in row['p']]} {row['lang']} {row['file']} {row['id']}: {row['why']}")


def write(weights, names):
    number = lambda x: f"{x:.{DIGITS}f}"
    lines = ["# Made by training/verdict.py; do not edit: change training/verdicts.jsonl and make it again.", "", f"no_story_from = {NO_STORY_FROM}", ""]
    for j, name in enumerate(("bias", *names)):
        row = ", ".join(f"{verdict} = {number(weights[k][j])}" for k, verdict in enumerate(VERDICTS))
        lines += ["[[figure]]", f'name = "{name}"', *row.split(", "), ""]
    OUT.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    print(f"{OUT}: written; build copydesk again to use it")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--worst", type=int, default=0, help="so many documents that it errs on most")
    parser.add_argument("--sweep", action="store_true", help="log loss for several strengths of the L2 term")
    args = parser.parse_args()
    if not shared.reach():
        return
    from copydesk import _core

    rows = load()
    with tempfile.TemporaryDirectory() as folder:
        models = folds.models(args.models or pathlib.Path(folder))
        observe(rows, models)
        at_large(rows, models)
    if args.sweep:
        for l2 in (1, 2, 4, 8, 16):
            cross_validate(rows, l2)
            print(f"L2 {l2}:")
            report(rows)
    cross_validate(rows)
    report(rows)
    by_hand(rows, _core.VERDICT_FIGURES.index("story words"))
    worst(rows, args.worst)
    if not args.check:
        write(fit(rows), _core.VERDICT_FIGURES)


if __name__ == "__main__":
    sys.exit(main())
