#!/usr/bin/env python3
"""Fits the weights by which it is decided what is a dateline, and says how good they are on publishers never seen.

    training/dateline.py                 writes model/dateline.toml, which the next build of copydesk holds
    training/dateline.py --check         writes nothing: the figures alone
    training/dateline.py --worst 20      so many examples besides that the folds err on most

The examples are all that copydesk's grammar reads as a dateline (src/fields/dateline/): at the head of the shared, labelled
paragraphs (../shared/data/datelines), of the cases of tests/fields/datelines.jsonl, and of every line of the shared articles, pages and stories,
where datelines.jsonl says which open with one (datelines.md: how that was read); and lines of their own, by their labels. A clue
is one of copydesk's table (src/document/clues.rs): it has a weight, and one more for each form that it was seen in often enough.
Figures are of folds by publisher, the weights learnt without it.
"""

import argparse
import collections
import json
import pathlib
import sys

import documents
import publishers
import shared

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "model" / "dateline.toml"
READ = HERE / "datelines.jsonl"
CASES = HERE.parent / "tests" / "fields" / "datelines.jsonl"
OWN_LINES = CASES.with_name("own_lines.jsonl")

SOURCES = ("reuters", "modern", "multilang", "cases", "openings", "lines", "own lines", "mistaken")
#: What an example counts, where not 1: the datelines of one agency are much alike; most lines that open with none are unread; each case
#: was written for a shape that was read wrongly once.
ALIKE, UNREAD, CASE = 0.2, 0.5, 3.0
#: Openings that are put after the datelines of the cases: short, quoted, broken off, with capitals. Behind a place and nothing else it may
#: be the opening that tells it from a heading: only where it is known, in capitals, and a dash stands after it.
OPENINGS = (
    "Police closed the bridge.",
    "“I saw it,” said Nora Quill, who was on the bridge when it fell on Monday night.",
    "Orla Quill, a baker from the old town, walks over the bridge every morning before the sun rises over the harbour and the ferries leave",
    "Quill Shipping and the Port of Orla said on Monday that Pier Nine would close.",
)
OPENING = 0.15
#: Labels of lines that are read as lines of their own, and of others that a model takes for them by mistake …
ASKED, OTHERS = ("dateline", "timestamp", "body"), ("title", "deck", "byline", "heading", "caption")
#: … what such a mistake counts, by whether the line was labelled a dateline: models seldom do so, and then are right more often than not.
MISTAKEN = {True: 0.01, False: 0.2}
#: What kind of dateline it would be (src/fields/dateline/decide.rs): a clue has a weight in each beside that for all.
FORMS, ALL = ("known_agency", "unknown_agency", "date_alone", "place_alone", "own_line"), "all"
#: So many examples of a clue in a form, and of the form without the clue, make a weight.
LEAST = 5
L2 = 0.2
THRESHOLD = 0.5
DIGITS = 4


def read_json(path):
    return [json.loads(row) for row in path.open(encoding="utf-8")]


def language(name):
    return name if name and len(name) == 2 else None


def example(source, publisher, found, wanted, text, weight=1.0):
    return {
        "source": source,
        "fold": publishers.fold(publisher) if publishers.key(publisher) else shared.drawn(publisher),
        "clues": found[1],
        "wanted": wanted,
        "weight": weight,
        "text": text,
    }


def paragraphs():
    """The labelled paragraphs, and the cases. What the grammar reads with another end is no dateline; what it cannot read is counted."""
    from copydesk import _core

    missed = collections.Counter()
    for source in ("reuters", "modern", "multilang"):
        for row in read_json(shared.SHARED / "data" / "datelines" / f"{source}.dev.jsonl"):
            if row.get("ambiguous"):
                continue
            text, gold = row["text"], row["dateline"]
            found = _core.dateline_clues(text)
            ends = gold and range(len(text[: gold["end"]].rstrip()), len(text) - len(text[gold["end"] :].lstrip()) + 1)
            if found:
                weight = ALIKE if source == "reuters" and gold else 1.0
                yield example(source, row.get("publisher") or source, found, bool(gold) and found[0] in ends, text, weight)
            missed[source] += bool(gold) and not found
    for case in read_json(CASES):
        found = _core.dateline_clues(case["text"], language(case["lang"]))
        if found and "known" not in case:
            yield example("cases", f"case {case['name']}", found, case["want"] is not None, case["text"], CASE)
            for opening in OPENINGS if case["want"] else ():
                text = case["want"]["raw"] + opening
                found = _core.dateline_clues(text, language(case["lang"]))
                if found and found[0] == len(case["want"]["raw"]) and ("place_alone" not in found[1] or "wire_style" in found[1]):
                    yield example("openings", f"case {case['name']}", found, True, text, OPENING)
    for case in read_json(OWN_LINES):
        found = _core.dateline_clues(case["text"], case["lang"], case["labelled"])
        if found:
            yield example("cases", f"case {case['text']}", found, case["want"], case["text"], CASE)
    print("not read by the grammar:", ", ".join(f"{source} {count}" for source, count in missed.items()))


def texts():
    """file, id, publisher, language, lines, labels or None of all that is there to be read."""
    data = shared.SHARED / "data"
    for name in ("dev", "dev.pages", "silver", "corpus"):
        for doc in read_json(shared.data(name)):
            lines = doc["lines"] if "lines" in doc else doc["text"].split("\n")
            yield name, doc["id"], doc["publisher_key"], language(doc["lang"]), lines, doc.get("labels")
    for doc in read_json(data / "prose" / "dev.jsonl"):
        yield "prose", doc["id"], doc["source"], language(doc["lang"]), doc["text"].split("\n"), None
    for name in ("waddle", "wcxb"):
        for doc in read_json(data / name / "gold.jsonl"):
            lang = language(doc["page_type"]) if name == "waddle" else "en"
            yield name, doc["id"], doc["publisher_key"], lang, (doc["main_content"] or "").split("\n"), None
    for doc in documents.own_articles():
        yield "articles", doc["id"], doc["publisher_key"], None, doc["lines"], doc["labels"]


def lines():
    """Every line that reads like the head of a story with a dateline; each text once."""
    from copydesk import _core

    read = {(row["file"], row["id"]): row for row in read_json(READ)}
    seen = set()
    for file, id, publisher, lang, doc, labels in texts():
        row = read.get((file, id), {"lines": ()})
        for number, text in enumerate(doc):
            if file != "articles" and text.strip() and text[:200] not in seen and (found := _core.dateline_clues(text, lang)):
                seen.add(text[:200])
                opens = number in row["lines"]
                yield example("lines", publisher, found, opens, text, 1.0 if opens else UNREAD)
            label = "dateline" if number in row.get("own", ()) else labels[number] if labels else ""
            if label in (*ASKED, *OTHERS):
                for labelled in (True, False):
                    found = _core.dateline_clues(text, lang, labelled)
                    if found and (text, labelled) not in seen:
                        seen.add((text, labelled))
                        wanted = label == "dateline"
                        source, weight = "own lines", 1.0
                        if not wanted and (labelled or label in OTHERS):
                            source, weight = "mistaken", MISTAKEN[labelled]
                        yield example(source, publisher, found, wanted, text, weight)


def matrix(rows, names):
    """1 where a clue was seen."""
    import numpy as np

    place = {name: i for i, name in enumerate(names)}
    seen = np.zeros((len(rows), len(names)))
    for row, clues in zip(seen, rows, strict=True):
        row[[place[clue] for clue in clues]] = 1
    return seen


def terms_of(seen, names):
    """What has a weight: (clue, None) for all forms, (clue, form)."""
    import numpy as np

    number = np.arange(len(names))
    forms = [names.index(form) for form in FORMS]
    both = seen.T @ seen
    in_form = lambda i, form: i != form and LEAST <= both[i, form] and (i in forms or LEAST <= both[form, form] - both[i, form])
    # Two forms together count once.
    once = lambda i, form: i not in forms or forms.index(i) < forms.index(form)
    pairs = [(i, form) for i in number for form in forms if in_form(i, form) and once(i, form)]
    return [*((i, None) for i in number if both[i, i]), *pairs]


def columns(seen, terms):
    """1 for every example, then 1 where the clue of a term was seen in its form."""
    import numpy as np

    rest = [seen[:, clue] if form is None else seen[:, clue] * seen[:, form] for clue, form in terms]
    return np.stack([np.ones(len(seen)), *rest], axis=1)


def probabilities(weights, x):
    import numpy as np

    return 1 / (1 + np.exp(-(x @ weights)))


def fit(x, wanted, weight):
    """Weights, the bias first: logistic regression with an L2 term, by Newton's method; always the same numbers."""
    import numpy as np

    ridge = np.full(x.shape[1], L2)
    ridge[0] = 1e-6
    loss = lambda w: weight @ (np.logaddexp(0, x @ w) - wanted * (x @ w)) + 0.5 * ridge @ (w * w)
    w = np.zeros(x.shape[1])
    for _ in range(60):
        p = probabilities(w, x)
        slope = x.T @ (weight * (p - wanted)) + ridge * w
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        length, before = 1.0, loss(w)
        while loss(w - length * step) > before and length > 1e-4:
            length /= 2
        w = w - length * step
        if abs(step).max() < 1e-6:
            break
    return w


def learn(examples, names):
    """Terms and their weights. Of examples that are alike, one is taken, with the weight of all."""
    import numpy as np

    counted = collections.defaultdict(float)
    for it in examples:
        counted[tuple(it["clues"]), it["wanted"]] += it["weight"]
    seen = matrix([clues for clues, _ in counted], names)
    terms = terms_of(seen, names)
    wanted = np.array([wanted for _, wanted in counted], dtype=float)
    return terms, fit(columns(seen, terms), wanted, np.array(list(counted.values())))


def judge(examples, names, terms, weights):
    """Adds `p`, the probability."""
    x = columns(matrix([it["clues"] for it in examples], names), terms)
    for it, p in zip(examples, probabilities(weights, x), strict=True):
        it["p"] = float(p)


def cross_validate(examples, names):
    """Adds `p` as it is learnt without the publisher."""
    for fold in range(shared.FOLDS):
        learnt = learn([it for it in examples if it["fold"] != fold], names)
        judge([it for it in examples if it["fold"] == fold], names, *learnt)


def report(examples):
    import math

    right = lambda it: (it["p"] >= THRESHOLD) == it["wanted"]
    loss = sum(-it["weight"] * math.log(max(1e-9, it["p"] if it["wanted"] else 1 - it["p"])) for it in examples)
    print(f"loss {loss / sum(it['weight'] for it in examples):.4f}")
    for source in SOURCES:
        part = [it for it in examples if it["source"] == source]
        wanted = sum(it["wanted"] for it in part)
        found, others = (sum(it["p"] >= THRESHOLD and it["wanted"] is is_one for it in part) for is_one in (True, False))
        rates = f"precision {found / max(1, found + others):.4f}  recall {found / wanted:.4f}  " if wanted else ""
        print(f"  {source:9s} {rates}found {found} of {wanted}, and {others} of {len(part) - wanted} others")
    print("calibration of what is held to be a dateline: score, how often it is one; weighted as learnt from")
    said = [it for it in examples if it["p"] >= THRESHOLD]
    total, gap = sum(it["weight"] for it in said), 0.0
    for low, high in ((0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 0.99), (0.99, 1.01)):
        part = [it for it in said if low <= it["p"] < high]
        if part:
            weight = sum(it["weight"] for it in part)
            mean = sum(it["weight"] * it["p"] for it in part) / weight
            hit = sum(it["weight"] * it["wanted"] for it in part) / weight
            gap += abs(mean - hit) * weight / total
            print(f"  {low:.2f}-{min(high, 1):.2f}  said {mean:.3f}  right {hit:.3f}  examples {len(part)}")
    print(f"  expected calibration error {gap:.3f}; wrong {sum(not right(it) for it in examples)} of {len(examples)}")


def worst(examples, count):
    off = lambda it: abs(it["p"] - it["wanted"])
    for it in sorted(examples, key=off, reverse=True)[:count]:
        print(f"  {it['p']:.3f} {'dateline' if it['wanted'] else 'none':8s} {it['source']}: {it['text'][:100]!r}")


def write(terms, weights, names):
    rows = ["# Made by training/dateline.py; do not edit: make it again.", "", f"threshold = {THRESHOLD}", f"bias = {weights[0]:.{DIGITS}f}"]
    of = collections.defaultdict(list)
    for (clue, form), weight in zip(terms, weights[1:], strict=True):
        of[clue].append(f"{ALL if form is None else names[form]} = {weight:.{DIGITS}f}")
    for clue, name in enumerate(names):
        rows += ["", f"[clue.{name}]", *of[clue]]
    OUT.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{OUT}: {1 + len(terms)} weights written; build copydesk again to use them")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--worst", type=int, default=0, help="so many examples that it errs on most")
    args = parser.parse_args()
    if not shared.reach():
        return
    from copydesk import _core

    names = _core.DATELINE_CLUES
    examples = [*paragraphs(), *lines()]
    cross_validate(examples, names)
    print("publishers never seen:")
    report(examples)
    worst(examples, args.worst)
    learnt = learn(examples, names)
    judge(examples, names, *learnt)
    print("all that was learnt from:")
    report(examples)
    worst(examples, args.worst)
    if not args.check:
        write(*learnt, names)


if __name__ == "__main__":
    sys.exit(main())
