#!/usr/bin/env python3
"""What is lost when the same documents come in another dress: word F on publishers never seen, and stories emptied.

    training/robust.py --models DIR             both models of each fold in DIR (training/folds.py fills it), on dev.jsonl
    training/robust.py --models DIR --pages     … on dev.pages.jsonl
    training/robust.py --models DIR --only one  only dresses whose name holds that; --worst N lists the documents that lose most
    training/robust.py --gate                   the gate: the kept fold alone, against floors.json
    training/robust.py --floors                 writes those floors anew; one that falls needs --reason "…"

The dresses are those of the shared eval/score_dress.py (stories in one line, tags or bars for line ends, lines broken in the middle)
and the ones below. Every word of a document's lines that is body or heading is to be kept, every other one is not; each document
is cleaned by the model of its publisher's fold. docs/labelling.md shows the table.
"""

import argparse
import json
import pathlib
import tempfile

import crossval
import folds
import shared
from shared import HERE

FLOORS = HERE / "floors.json"
KEPT = {"body", "heading"}
# A floor stands this far below what was measured; so many more documents may be emptied.
MARGIN, EMPTIED = 0.005, 1
LEAST = 30  # words that a story has at least, to count as emptied

# As browsers read it: the five bytes that windows-1252 leaves out are control characters.
WINDOWS_1252 = [bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256)]


def mojibake(line):
    return "".join(WINDOWS_1252[b] for b in line.encode())


def part(doc, keep):
    """The document without the lines of which `keep` (number, label) says no."""
    left = [i for i, label in enumerate(doc["labels"]) if keep(i, label)]
    return {**doc, "lines": [doc["lines"][i] for i in left], "labels": [doc["labels"][i] for i in left]}


def dressed(doc):
    """(name, function that makes the text and where its lines stand in it, document) of every dress that changes it."""
    import score_dress as dress

    for name, make in dress.dresses(doc):
        yield name, make, doc
    left = dress.extracted(doc)
    for name, make in dress.dresses(left) if left["lines"] else ():
        if name in ("lines", "one_line"):
            yield "extracted" if name == "lines" else f"extracted_{name}", make, left
    lines = doc["lines"]
    yield "blank lines between", lambda: dress.glue(lines, "\n\n"), doc
    yield "CRLF", lambda: dress.glue(lines, "\r\n"), doc
    yield "indented", lambda: dress.glue(["    " + line for line in lines], "\n"), doc
    yield "glued without a space", lambda: dress.glue(lines, ""), doc
    yield "small letters, one line", lambda: dress.glue([line.lower() if len(line.lower()) == len(line) else line for line in lines], " "), doc
    yield "printed list", lambda: dress.glue(lines, "', '", "['", "']"), doc
    less = part(doc, lambda i, label: 3 * i < 2 * len(lines))
    yield "last third missing", lambda: dress.glue(less["lines"], "\n"), less
    if "title" in doc["labels"]:
        headless = part(doc, lambda i, label: label != "title")
        yield "title missing", lambda: dress.glue(headless["lines"], "\n"), headless


def tally(doc, document, spans):
    """Words kept rightly, to be kept, kept; whether a story was emptied, and whether there was one."""
    import score_dress as dress

    kept = [(block.start, block.end) for block in document.blocks if block.kept]
    line = block = right = story = said = 0
    for word in dress.words(doc["dressed"]):
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
    import publisher

    sums, bad = {}, {}
    for doc in documents:
        cleaner = cleaners.get(publisher.fold(doc["publisher_key"]))
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
