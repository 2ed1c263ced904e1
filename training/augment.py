"""New documents out of labelled ones: one story with the surroundings of others.

What a page puts around its story depends on the publisher, and a few hundred publishers show a model only a few hundred habits.
A recombined document takes the lines before the story from one publisher and those after it from another, sets lists of teasers
(headlines and first sentences of other stories, cut, in the order and between the marks that such lists have) before, after and
inside the story, and now and then loses its headline or its last third. Labels follow the lines.
"""

import collections
import random
import re

STORY = ("body", "heading")
# The lines of one teaser, in order: headline, first words, date, author, kicker, the mark that closes each ("read more").
TEASERS = ("t b", "t b", "t b m", "k t b", "t b d", "k t", "t", "d t", "t a d", "t b a", "b", "t b m", "t b d m")
MOST_LINES = 600


def story_of(doc):
    """Where the story stands: its headline (or first line), first line and last line; None without a story."""
    inside = [i for i, label in enumerate(doc["labels"]) if label in STORY]
    if not inside:
        return None
    start = min([inside[0]] + [i for i, label in enumerate(doc["labels"]) if label == "title" and i < inside[0]])
    return start, inside[0], inside[-1]


def cut(text, rng):
    """A paragraph as a teaser shows it: cut in the middle, or its first sentence."""
    words = text.split()
    if len(words) > 12 and rng.random() < 0.7:
        most = rng.randint(10, min(45, len(words)))
        if most < len(words):
            return " ".join(words[:most]).rstrip(".,;:") + rng.choice(["…", "...", " …", " [...]", "."])
    if len(words) > 60:
        sentence = re.split(r"(?<=[.!?]) ", text)[0]
        return sentence if len(sentence.split()) >= 6 else " ".join(words[:40]) + "…"
    return text


class Pool:
    """Documents of one language, to take parts from."""

    def __init__(self, documents):
        self.documents = documents
        self.heads, self.marks = [], []
        for doc in documents:
            rows = list(zip(doc["lines"], doc["labels"], strict=True))
            seen = collections.Counter(line for line, label in rows if label in ("related", "ui"))
            self.marks += [line for line, label in rows if label in ("related", "ui") and len(line) < 22 and seen[line] >= 2]
            self.heads += [
                line
                for (_, before), (line, label), (_, after) in zip(rows, rows[1:], rows[2:])
                if label == after == "related" != before and len(line) < 40
            ]

    def any(self, rng):
        return rng.choice(self.documents)

    def teasers(self, count, rng):
        """A list of teasers: (line, "related") each."""
        form = rng.choice(TEASERS).split()
        mark = rng.choice(self.marks) if self.marks else None
        lines = [rng.choice(self.heads)] if self.heads and rng.random() < 0.7 else []
        for _ in range(count):
            doc = self.any(rng)
            of = lambda label: [line for line, found in zip(doc["lines"], doc["labels"], strict=True) if found == label]
            prose = (of("deck") if rng.random() < 0.5 else []) or [line for line in of("body") if len(line) > 60]
            kickers = [line for line in of("nav") if len(line) < 25]
            first = lambda lines: lines[0] if lines else None
            parts = {
                "t": first(of("title")),
                "b": cut(prose[0], rng) if prose else None,
                "d": first(of("timestamp")),
                "a": first(of("byline")),
                "k": rng.choice(kickers) if kickers else None,
                "m": mark,
            }
            lines += [parts[part] for part in form if parts[part]]
        return [(line, "related") for line in lines]


def recombine(doc, pool, rng):
    """One new document, or None when chance changed nothing."""
    place = story_of(doc)
    if place is None:
        return None
    rows = list(zip(doc["lines"], doc["labels"], strict=True))
    start, _, last = place
    head, story, tail = rows[:start], rows[start : last + 1], rows[last + 1 :]
    changed = False
    if rng.random() < 0.3:
        other = pool.any(rng)
        if found := story_of(other):
            head = list(zip(other["lines"], other["labels"], strict=True))[: found[0]]
            changed = True
    if rng.random() < 0.45:
        other = pool.any(rng)
        if found := story_of(other):
            # What was said of the other story is now said of another one.
            foreign = ("title", "deck", "byline", "timestamp", "dateline")
            after = list(zip(other["lines"], other["labels"], strict=True))[found[2] + 1 :]
            tail = [(line, "related" if label in foreign else label) for line, label in after]
            changed = True
    if rng.random() < 0.5:
        if rng.random() < 0.7:
            tail = pool.teasers(rng.choice([1, 2, 3, 3, 4, 5, 6, 8]), rng) + tail
        else:
            tail = tail + pool.teasers(rng.choice([2, 3, 4, 6]), rng)
        changed = True
    if rng.random() < 0.35:
        inside = [i for i, (_, label) in enumerate(story) if label == "body"]
        if len(inside) > 3:
            at = rng.choice(inside[1:])
            story = story[:at] + pool.teasers(rng.choice([1, 1, 1, 2, 3]), rng) + story[at:]
            changed = True
    if rng.random() < 0.12:
        story = [row for row in story if row[1] != "title"]
        changed = True
    rows = story + tail
    if rng.random() < 0.12:
        rows = rows[: len(rows) * 2 // 3]
        changed = True
    if not changed:
        return None
    rows = [row for row in head + rows if row[0].strip()][:MOST_LINES]
    whose = {"id": f"{doc['id']} recombined", "publisher_key": None}
    return {**doc, **whose, "lines": [line for line, _ in rows], "labels": [label for _, label in rows]}


def recombined(documents, copies, seed=0):
    """About `copies` new documents for each of the given ones, of which only those of its language lend their parts."""
    rng = random.Random(seed)
    pools = collections.defaultdict(list)
    for doc in documents:
        if doc["file"] != "dev.pages":
            pools[doc["lang"]].append(doc)
    pools = {lang: Pool(lent) for lang, lent in pools.items() if len(lent) >= 6}
    common = pools.get("en") or next(iter(pools.values()), None)
    out = []
    for doc in documents if common else []:
        for _ in range(copies):
            if new := recombine(doc, pools.get(doc["lang"], common), rng):
                out.append(new)
    return out


def with_tails(stories, labelled, rng):
    """Stories that are nothing but story, a third of them with the furniture of other documents before or after: of their own
    language, or English."""
    ends = collections.defaultdict(list)
    for doc in labelled:
        if place := story_of(doc):
            rows = list(zip(doc["lines"], doc["labels"], strict=True))
            ends[doc["lang"]].append((rows[: place[0]][-6:], rows[place[2] + 1 :][:8]))
    out = []
    for doc in stories:
        rows = list(zip(doc["lines"], doc["labels"], strict=True))
        known = ends.get(doc["lang"]) or ends.get("en")
        if known and rng.random() < 0.35:
            head, tail = rng.choice(known)
            rows = (head if rng.random() < 0.3 else []) + rows + tail[: rng.randint(1, 8)]
        out.append({**doc, "lines": [line for line, _ in rows], "labels": [label for _, label in rows]})
    return out
