"""Labelled documents: the shared ones, those read for this project, its own articles, a user's files.

A document is a dict: `file` and `id` (what it is known by), `publisher_key`, `lang`, `lines` (list of str) and `labels` (one a
line). Labels that were read for this project stand in readings.jsonl, without text (readings.md says how they were made).
"""

import collections
import json
import pathlib

import dress
import shared
from copydesk import _core

HERE = pathlib.Path(__file__).resolve().parent
SCORED = ("dev", "dev.pages")
LATER = "41"  # the first of the project's own articles that count once (train.py)


def load(path):
    """The documents of a file: one JSON object a line, with `lines`, `labels` and `publisher_key`."""
    path = pathlib.Path(path)
    documents = [json.loads(line) for line in path.open(encoding="utf-8")]
    for number, doc in enumerate(documents, 1):
        if len(doc["lines"]) != len(doc["labels"]):
            raise SystemExit(f"{path}:{number}: {len(doc['labels'])} labels for {len(doc['lines'])} lines; give one a line")
        if unknown := set(doc["labels"]) - set(_core.LABELS):
            raise SystemExit(f"{path}:{number}: label {sorted(unknown)[0]!r} is not known; use one of {', '.join(_core.LABELS)}")
        doc["file"] = path.name.removesuffix(".jsonl")
    return documents


def gold(files=()):
    """name -> path of what figures are measured on: articles and whole pages of the shared data, or files of your own."""
    if not files:
        return {name: shared.data(name) for name in SCORED}
    named = {pathlib.Path(path).name.removesuffix(".jsonl"): pathlib.Path(path) for path in files}
    if len(named) < len(files):
        raise SystemExit(f"two files of {', '.join(map(str, files))} have one name: give each a name of its own")
    return named


def scored(files=()):
    """The documents that people labelled, of the shared data or of files of your own."""
    return [doc for path in gold(files).values() for doc in load(path)]


def readings():
    """Documents of the shared data whose labels were read for this project: learnt from, never scored on."""
    rows = [json.loads(row) for row in (HERE / "readings.jsonl").open(encoding="utf-8")]
    known = {}
    for name in dict.fromkeys(row["file"] for row in rows):
        for line in shared.data(name).open(encoding="utf-8"):
            doc = json.loads(line)
            known[name, doc["id"]] = doc
    documents = []
    for row in rows:
        doc = known[row["file"], row["id"]]
        lines = doc["lines"] if "lines" in doc else doc["text"].split("\n")
        runs = [run.partition("*") for run in row["labels"].split()]
        labels = [label for label, _, times in runs for _ in range(int(times or 1))]
        if len(labels) != len(lines):
            raise SystemExit(f"readings.jsonl: {row['id']} has {len(labels)} labels for {len(lines)} lines: it was read in another version of the data")
        lang = doc.get("lang") or _core.language("\n".join(lines))
        documents.append({**row, "publisher_key": doc["publisher_key"], "lang": lang, "lines": lines, "labels": labels})
    return documents


def own_articles():
    """The project's own articles for kinds of lines that are rare in labelled pages, each a publisher of its own."""
    return [{**in_gutter(path), "file": "articles", "lang": "own"} for path in sorted((HERE / "articles").glob("*.txt"))]


def goldens():
    """The articles of tests/goldens in the form in which they were written: nothing is ever learnt from them."""
    paths = sorted((HERE.parent / "tests" / "goldens").glob("[0-9]*.txt"))
    return [doc for doc in map(in_gutter, paths) if "dress" not in doc]


def in_gutter(path):
    """An article written for the project, a publisher of its own: the label stands in the gutter of each line."""
    lines, labels, head = [], [], {}
    for row in path.read_text(encoding="utf-8").split("\n"):
        label, bar, text = row.partition("|")
        label = label.strip().partition(">")[0]
        if row.startswith("# ") and not lines:
            name, colon, value = row.removeprefix("# ").partition(": ")
            head |= {name: value} if name in ("lang", "dress") and colon else {}
        elif bar and label == "+":
            lines[-1] += " " + text.strip()
        elif bar and label:
            lines.append(text.removeprefix(" "))
            labels.append(label)
    return {**head, "file": path.parent.name, "id": path.stem, "publisher_key": f"own {path.stem}", "lines": lines, "labels": labels}


def labels_of_pieces(doc, spans):
    """For each piece's span in the text (code points): the label of the line that covers most of it; that of the story where its
    lines together do."""
    _, lines = dress.text_of(doc)
    labels, first = [], 0
    for start, end in spans:
        while first < len(lines) and lines[first][1] <= start:
            first += 1
        most, i = collections.Counter(), first
        while i < len(lines) and lines[i][0] < end:
            most[doc["labels"][i]] += min(end, lines[i][1]) - max(start, lines[i][0])
            i += 1
        best = max(most, key=most.get, default="ui")
        if most["body"] * 2 >= sum(most.values()) > 0:
            best = "body"
        labels.append(best)
    return labels


def prose():
    """Stories in many languages as data sets store them, nearly all of it story: learnt from, each a document of its own. Each
    belongs to the side of a fold that its source and id draw."""
    documents = []
    path = shared.SHARED / "data" / "prose" / "dev.jsonl"
    for row in map(json.loads, path.open(encoding="utf-8")) if path.exists() else ():
        lines = [line for line in row["text"].split("\n") if line.strip()]
        whose = {"file": "prose", "id": row["id"], "publisher_key": None, "fold_key": f"{row['source']} {row['id']}"}
        documents.append({**whose, "lang": row["lang"], "lines": lines, "labels": ["body"] * len(lines)})
    return documents
