#!/usr/bin/env python3
"""What is lost when the same documents come in another dress: word F on publishers never seen, and stories emptied.

    training/robust.py --models DIR             both models of each fold in DIR (training/folds.py fills it), on dev.jsonl
    training/robust.py --models DIR --pages     … on dev.pages.jsonl
    training/robust.py --models DIR --only one  only dresses whose name holds that; --worst N lists the documents that lose most
    training/robust.py --gate                   the gate: the kept fold alone, against floors.json
    training/robust.py --floors                 writes those floors anew; one that falls needs --reason "…"

The dresses: stories in one line, tags or bars for line ends, lines broken in the middle, parts missing. Every word of a document's
lines that is body or heading is to be kept, every other one is not; each document is cleaned by the model of its publisher's
fold. docs/labelling.md shows the table.
"""

import argparse
import json
import pathlib
import random
import re
import tempfile
import textwrap

import crossval
import folds
import publishers
import shared
from dress import STOP, changed, joined
from shared import HERE

FLOORS = HERE / "floors.json"
KEPT = {"body", "heading"}
# A floor stands this far below what was measured; so many more documents may be emptied.
MARGIN, EMPTIED = 0.005, 1
LEAST = 30  # words that a story has at least, to count as emptied
# Ideographs, kana and the letters of Thai stand for words, each for one.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|[^\W_\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+")

def part(doc, keep):
    """The document without the lines of which `keep` (number, label) says no."""
    left = [i for i, label in enumerate(doc["labels"]) if keep(i, label)]
    return {**doc, "lines": [doc["lines"][i] for i in left], "labels": [doc["labels"][i] for i in left]}


def extracted(doc):
    """What a good extractor leaves: the story, and of the other lines one in twelve."""
    rng = random.Random(doc["id"] + "x")
    return part(doc, lambda i, label: label in KEPT or rng.random() < 1 / 12)


def torn_at_links(line, rng):
    """A line with line ends around a word or two of every 25, where it has eight words at least."""
    words = line.split(" ")
    for _ in range(max(1, len(words) // 25) if len(words) >= 8 else 0):
        first = rng.randrange(2, len(words) - 2)
        after = min(len(words) - 1, first + rng.randrange(1, 3))
        words[first] = "\n" + words[first]
        words[after - 1] += "\n"
    return " ".join(words).replace(" \n", "\n").replace("\n ", "\n")


def wrapped(line, width):
    return "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)) or line


def line_ends(doc):
    """(name, function that makes the text and where its lines stand in it) of what becomes of line ends."""
    lines, rng = doc["lines"], random.Random(doc["id"])
    head = doc["labels"].index("title") if "title" in doc["labels"] else len(lines)
    yield "lines", lambda: joined(lines, "\n")
    yield "one_line", lambda: joined(lines, " ")
    yield "title_then_one_line", lambda: joined(lines, lambda i: "\n" if i == head + 1 else " ")
    yield "literal_n", lambda: joined(lines, "\\n")
    yield "br", lambda: joined(lines, "<br>")
    yield "p_tags", lambda: joined(lines, "</p><p>", "<p>", "</p>")
    yield "bars", lambda: joined(lines, " | ")
    yield "half_glued", lambda: joined(lines, lambda i: "\n" if rng.random() < 0.5 else " ")
    yield "inline_tags", lambda: changed(doc, lambda line: torn_at_links(line, rng))
    yield "sentences", lambda: changed(doc, lambda line: STOP.sub(lambda found: found[0].rstrip() + "\n", line))
    yield "no_stops", lambda: changed(doc, lambda line: re.sub(r"[.!?。！？।۔።…]+(?=\s|$)", "", line))
    yield "wrap40", lambda: changed(doc, lambda line: wrapped(line, 40))
    yield "wrap78", lambda: changed(doc, lambda line: wrapped(line, 78), "\n\n")


def dressed(doc):
    """(name, function that makes the text and where its lines stand in it, document) of every dress that changes it."""
    for name, make in line_ends(doc):
        yield name, make, doc
    left = extracted(doc)
    for name, make in line_ends(left) if left["lines"] else ():
        if name in ("lines", "one_line"):
            yield "extracted" if name == "lines" else f"extracted_{name}", make, left
    lines = doc["lines"]
    yield "blank lines between", lambda: joined(lines, "\n\n"), doc
    yield "CRLF", lambda: joined(lines, "\r\n"), doc
    yield "indented", lambda: joined(["    " + line for line in lines], "\n"), doc
    yield "glued without a space", lambda: joined(lines, ""), doc
    yield "small letters, one line", lambda: joined([line.lower() if len(line.lower()) == len(line) else line for line in lines], " "), doc
    yield "printed list", lambda: joined(lines, "', '", "['", "']"), doc
    less = part(doc, lambda i, label: 3 * i < 2 * len(lines))
    yield "last third missing", lambda: joined(less["lines"], "\n"), less
    if "title" in doc["labels"]:
        headless = part(doc, lambda i, label: label != "title")
        yield "title missing", lambda: joined(headless["lines"], "\n"), headless


def tally(doc, document, spans):
    """Words kept rightly, to be kept, kept; whether a story was emptied, and whether there was one."""
    kept = [(block.start, block.end) for block in document.blocks if block.kept]
    line = block = right = story = said = 0
    for word in WORD.finditer(doc["dressed"]):
        at = word.start()
        while line < len(spans) and spans[line][1] <= at:
            line += 1
        while block < len(kept) and kept[block][1] <= at:
            block += 1
        gold = line < len(spans) and spans[line][0] <= at and doc["labels"][line] in KEPT
        found = block < len(kept) and kept[block][0] <= at
        right += gold and found
        story += gold
        said += found
    return right, story, said, story >= LEAST and not said, story >= LEAST


def score(documents, cleaners, only="", worst=0):
    """name of a dress -> {"word F", "loss", "junk", "emptied", "stories"}; documents by the cleaner of their fold."""
    sums, bad = {}, {}
    for doc in documents:
        cleaner = cleaners.get(publishers.fold(doc["publisher_key"]))
        if cleaner is None:
            continue
        for name, make, form in dressed(doc):
            if only not in name:
                continue
            text, spans = make()
            found = tally({**form, "dressed": text}, cleaner.clean(text), spans)
            sums[name] = [a + b for a, b in zip(sums.get(name, (0,) * 5), found, strict=True)]
            bad.setdefault(name, []).append((found[1] + found[2] - 2 * found[0], doc["lang"], doc["id"]))
    out = {}
    for name, (right, story, said, emptied, stories) in sums.items():
        recall, precision = right / max(1, story), right / max(1, said)
        figures = {"word F": 2 * recall * precision / max(1e-9, recall + precision), "loss": 1 - recall, "junk": 1 - precision}
        out[name] = {**figures, "emptied": emptied, "stories": stories, "worst": sorted(bad[name], reverse=True)[:worst]}
    return out


def show(kind, results):
    plain = results.get("lines", {}).get("word F")
    print(f"\n{kind:26s} {'word F':>7s} {'change':>8s} {'loss':>7s} {'junk':>7s} {'emptied':>8s}")
    for name, figures in results.items():
        change = f"{figures['word F'] - plain:+8.4f}" if plain else " " * 8
        print(f"{name:26s} {figures['word F']:7.4f} {change} {figures['loss']:7.4f} {figures['junk']:7.4f} {figures['emptied']:4d} of {figures['stories']}", flush=True)
        for wrong, lang, known in figures["worst"]:
            print(f"    {wrong:5d} words wrong  {lang} {known}")


def load(name):
    return [json.loads(row) for row in shared.data(name).open(encoding="utf-8")]


def gate_figures():
    """The kept fold's figures by model and dress."""
    from copydesk import Cleaner

    with tempfile.TemporaryDirectory() as folder:
        models = {kind: Cleaner(model=str(path)) for kind, path in crossval.gate_models(folder).items()}
        return {kind: score(load("dev"), {crossval.KEPT_FOLD: cleaner}) for kind, cleaner in models.items()}


def check_floors():
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if floors["digest"] != crossval.digest():
        raise SystemExit("floors.json was measured on other data or with another model: measure again with --floors")
    low, figures = [], gate_figures()
    for kind, results in figures.items():
        show(kind, results)
    for name, (least, most) in floors["dresses"].items():
        kind, _, dress = name.partition(": ")
        found = figures[kind].get(dress, {"word F": 0, "emptied": 0})
        if found["word F"] < least or found["emptied"] > most:
            low.append(f"{name}: word F {found['word F']:.4f} (floor {least}), emptied {found['emptied']} (at most {most})")
    print("\n" + ("\n".join(low) if low else f"all {len(floors['dresses'])} floors of dresses hold"))
    raise SystemExit(bool(low))


def write_floors(reason):
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if floors["digest"] != crossval.digest():
        raise SystemExit("write the floors of crossval.py first")
    new = {
        f"{kind}: {name}": [round(figures["word F"] - MARGIN, 4), figures["emptied"] + EMPTIED]
        for kind, results in gate_figures().items()
        for name, figures in results.items()
    }
    old = floors.get("dresses", {})
    fallen = {name: [least, new.get(name)] for name, least in old.items() if name not in new or new[name][0] < least[0]}
    if fallen and not reason:
        raise SystemExit(f"these floors would fall: {fallen}; say why with --reason")
    if fallen:
        floors["lowered"].append({"reason": reason, "floors": fallen})
    floors["dresses"] = new
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=pathlib.Path)
    parser.add_argument("--kind", choices=folds.KINDS)
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--worst", type=int, default=0)
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
    from copydesk import Cleaner

    for kind in [args.kind] if args.kind else ("default", "fast"):
        paths = {fold: folds.path(args.models, fold, kind) for fold in range(shared.FOLDS)}
        cleaners = {fold: Cleaner(model=str(path)) for fold, path in paths.items() if path.exists()}
        show(kind, score(load("dev.pages" if args.pages else "dev"), cleaners, args.only, args.worst))


if __name__ == "__main__":
    main()
