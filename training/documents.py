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


def scored():
    """Articles and whole pages of the shared data that people labelled: what figures are measured on."""
    return [doc for name in SCORED for doc in load(shared.data(name))]


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
    documents = []
    for path in sorted((HERE / "articles").glob("*.txt")):
        lines, labels = [], []
        for row in path.read_text(encoding="utf-8").split("\n"):
            label, bar, text = row.partition("|")
            label = label.strip()
            if not bar or row.startswith("# ") or not label:
                continue
            if label == "+":
                lines[-1] += " " + text.strip()
            else:
                lines.append(text.removeprefix(" "))
                labels.append(label)
        own = {"file": "articles", "id": path.stem, "publisher_key": f"own {path.stem}", "lang": "own"}
        documents.append({**own, "lines": lines, "labels": labels})
    return documents


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
