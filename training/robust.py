#!/usr/bin/env python3
"""How much the labels lose when a text comes in another dress: word F on publishers never seen, change by change.

    training/robust.py --models DIR      takes the models in DIR (training/folds.py), fits those missing
    training/robust.py                   fits all five first
    training/robust.py --only wrap       only changes whose name holds that; --worst N lists the documents that lose most

Every document of dev.jsonl is changed, labelled by the model of its publisher's fold, and scored with score_lines.score on the
lines that are left, words counted as in the text before the change. "before" is the same documents and lines, unchanged.
Takes about a minute once the models are there.
"""

import argparse
import json
import pathlib
import tempfile
import unicodedata

import crossval
import folds
import shared


def joined(lines, between="\n", indent=""):
    """The text, and where each line stands in it."""
    text, spans, at = [], [], 0
    for line in lines:
        spans.append((at + len(indent), at + len(indent) + len(line)))
        text += [indent, line, between]
        at = spans[-1][1] + len(between)
    return "".join(text), spans


def each(change, between="\n", indent=""):
    """A change of single lines."""
    return lambda doc: (range(len(doc["lines"])), *joined([change(line, label) for line, label in zip(doc["lines"], doc["labels"], strict=True)], between, indent))


def only(keep):
    """A change that drops lines: `keep` of the number of a line, of all, and its label."""

    def change(doc):
        left = [i for i, label in enumerate(doc["labels"]) if keep(i, len(doc["lines"]), label)]
        return left, *joined([doc["lines"][i] for i in left])

    return change


def columns(text):
    return len(text) + sum(unicodedata.east_asian_width(c) in "WF" for c in text)


def wrap(line, _, width=72):
    """A line feed for the space before each word that no longer fits; what has no spaces stays as it is."""
    out, used = [], 0
    for word in line.split(" "):
        fits = out and used + 1 + columns(word) <= width
        out.append((" " if fits else "\n" if out else "") + word)
        used = columns(word) + (used + 1 if fits else 0)
    return "".join(out)


# As browsers read it: the five bytes that windows-1252 leaves out are control characters.
WINDOWS_1252 = [bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256)]


def mojibake(line, _):
    return "".join(WINDOWS_1252[b] for b in line.encode())


same = lambda line, _: line
CHANGES = {
    "as is": each(same),
    "two newlines for one": each(same, "\n\n"),
    "CRLF": each(same, "\r\n"),
    "indented": each(same, indent="    "),
    "title missing": only(lambda i, n, label: label != "title"),
    "last third missing": only(lambda i, n, label: 3 * i < 2 * n),
    "wrapped at 72, blank lines": each(wrap, "\n\n"),
    "wrapped at 72, none": each(wrap),
    "headline in capitals": each(lambda line, label: line.upper() if label == "title" else line),
    "UTF-8 read as windows-1252": each(mojibake),
}


def applies(name, doc):
    """Whether a change changes a document; of the damaged ones, only those that repair gives back."""
    if name == "UTF-8 read as windows-1252":
        from copydesk import normalize

        read = [mojibake(line, "") for line in doc["lines"]]
        return read != doc["lines"] and all(normalize(a) == normalize(b) for a, b in zip(read, doc["lines"], strict=True))
    return name not in ("title missing", "headline in capitals") or "title" in doc["labels"]


def predict(document, spans):
    """Label and kept of each line."""
    blocks = crossval.covering(document.blocks, spans)
    return [(block.label, block.kept) if block else ("ui", False) for block in blocks]


def run(name, documents, cleaners):
    """id -> (numbers of the lines left, what is predicted for them)."""
    import publisher

    out = {}
    for fold, cleaner in enumerate(cleaners):
        part = [doc for doc in documents if applies(name, doc) and publisher.fold(doc["publisher_key"]) == fold]
        changed = [CHANGES[name](doc) for doc in part]
        for doc, (left, _, spans), cleaned in zip(part, changed, cleaner.clean_many([text for _, text, _ in changed], threads=2), strict=True):
            out[doc["id"]] = (list(left), predict(cleaned, spans))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--worst", type=int, default=0)
    args = parser.parse_args()
    if not shared.reach():
        return
    import score_lines
    from copydesk import Cleaner

    documents = [json.loads(row) for row in shared.data("dev").open(encoding="utf-8")]
    with tempfile.TemporaryDirectory() as folder:
        cleaners = [Cleaner(model=str(model)) for model in folds.models(args.models or pathlib.Path(folder))]
    plain = run("as is", documents, cleaners)
    print(f"{'change':28s} {'documents':>9s} {'word F':>7s} {'before':>7s} {'change':>7s} {'loss':>6s} {'junk':>6s} {'label F':>7s} {'before':>7s}")
    for name in CHANGES:
        if args.only not in name:
            continue
        got = run(name, documents, cleaners)
        part = []
        for doc in documents:
            if doc["id"] in got:
                left = got[doc["id"]][0]
                part.append({**doc, "lines": [doc["lines"][i] for i in left], "labels": [doc["labels"][i] for i in left]})
        after = {doc["id"]: got[doc["id"]][1] for doc in part}
        before = {doc["id"]: [plain[doc["id"]][1][i] for i in got[doc["id"]][0]] for doc in part}
        a, b = score_lines.score(part, after), score_lines.score(part, before)
        print(f"{name:28s} {len(part):9d} {a['word_f']:7.4f} {b['word_f']:7.4f} {a['word_f'] - b['word_f']:+7.4f} {a['loss']:6.4f} {a['junk']:6.4f} {a['macro_f']:7.3f} {b['macro_f']:7.3f}", flush=True)
        if args.worst:
            wrong = lambda doc, said: sum(
                score_lines.words(line, doc["lang"]) for line, label, (_, kept) in zip(doc["lines"], doc["labels"], said, strict=True)
                if label != "embed" and (label in crossval.KEPT) != kept
            )
            for doc in sorted(part, key=lambda doc: wrong(doc, before[doc["id"]]) - wrong(doc, after[doc["id"]]))[: args.worst]:
                print(f"    {wrong(doc, before[doc['id']]):5d} -> {wrong(doc, after[doc['id']]):5d} words wrong  {doc['lang']} {doc['id']}  {len(doc['lines'])} lines")


if __name__ == "__main__":
    main()
