"""Labelled documents in other dress: what scrapers, tables and data sets make of line ends.

A dressed document is the text of a labelled one with other things, or nothing, where its lines ended, or with line ends where it
had none: `text`, and `spans`, where each of its lines stands in the text (code points). What is seen in training is not what
anything is scored on: the forms are like those of robust.py and more, with other numbers.
"""

import random
import re
import string
import textwrap

STORY = ("body", "heading")
STOP = re.compile(r"(?<=[.!?。！？।۔።])[\"”’»」』)]*\s+")
LETTERS = string.ascii_lowercase


def text_of(doc):
    """The text of a document, and where each of its lines stands in it."""
    if "text" in doc:
        return doc["text"], doc["spans"]
    return joined(doc["lines"], "\n")


def joined(lines, between, before="", after=""):
    """Lines as one text: `between` is a string, or called for each gap with the number of the line after it."""
    out, at, spans = [before], len(before), []
    for i, line in enumerate(lines):
        gap = "" if i == 0 else between if isinstance(between, str) else between(i)
        out += [gap, line]
        spans.append((at + len(gap), at + len(gap) + len(line)))
        at = spans[-1][1]
    return "".join(out) + after, spans


def changed(doc, change, between="\n"):
    """Each line changed by itself."""
    return joined([change(line) for line in doc["lines"]], between)


def in_one_line(doc, rng):
    gap = rng.choice([" ", " ", " ", "  ", ""])
    return joined(doc["lines"], gap)


def head_then_one_line(doc, rng):
    """The headline, or the first few lines, then all the rest in one."""
    head = next((i for i, label in enumerate(doc["labels"]) if label == "title"), rng.randrange(4)) + 1
    glue = rng.random() < 0.5
    return joined(doc["lines"], lambda i: "\n" if i == head else " " if glue or i > head else "\n")


def partly_glued(doc, rng):
    share = rng.choice([0.1, 0.25, 0.4, 0.6, 0.75, 0.9])
    gap = rng.choice([" ", " ", " ", ""])
    return joined(doc["lines"], lambda i: gap if rng.random() < share else "\n")


def tails_glued(doc, rng):
    """What stands after a paragraph, or before it, in its line: a credit, a button, a teaser."""
    labels = doc["labels"]
    glue = lambda i: (labels[i - 1] in STORY) != (labels[i] in STORY) and rng.random() < 0.5
    return joined(doc["lines"], lambda i: " " if glue(i) else "\n")


def paragraphs_glued(doc, rng):
    """Neighbours of one label in one line."""
    labels = doc["labels"]
    return joined(doc["lines"], lambda i: " " if labels[i - 1] == labels[i] else "\n")


def written_out(doc, rng):
    gap = rng.choice(["\\n", "\\n\\n", "\\r\\n", " \\n ", "<br>", "<br/><br/>", " | ", " [SEP] ", "</p> <p>", " • ", "', '", "\\n\\t"])
    before, after = {"</p> <p>": ("<div><p>", "</p></div>"), "', '": ("['", "']")}.get(gap, ("", ""))
    return joined(doc["lines"], gap, before, after)


def sentences(doc, rng):
    between = rng.choice(["\n", "\n", "\n\n"])
    return changed(doc, lambda line: STOP.sub(lambda found: found[0].rstrip() + "\n", line), between)


def without_stops(doc, rng):
    every = rng.choice([r"[.!?。！？।۔።…]+(?=\s|$)", r"[.!?。！？।۔።…,;:]+(?=\s|$)", r"[^\w\s]+"])
    small = rng.random() < 0.3
    strip = lambda line: re.sub(every, "", line)
    change = (lambda line: strip(line).lower()) if small else strip
    gap = rng.choice(["\n", "\n", " "])
    return changed(doc, change, gap)


def other_case(doc, rng):
    change = rng.choice([str.lower, str.lower, str.upper])
    return changed(doc, change, rng.choice(["\n", "\n", " "]))


def wrapped(doc, rng):
    width = rng.choice([32, 38, 44, 50, 56, 60, 64, 68, 72, 76, 80, 90, 100])
    fold = lambda line: "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=rng.random() < 0.3)) or line
    return changed(doc, fold, rng.choice(["\n", "\n\n"]))


def torn(doc, rng):
    """Line ends around a few words of a paragraph, as around a link."""

    def tear(line):
        words = line.split(" ")
        if len(words) < 10:
            return line
        for _ in range(rng.choice([1, 1, 2, len(words) // 30 + 1])):
            at = rng.randrange(2, len(words) - 1)
            words[at] = "\n" + words[at]
            after = min(len(words) - 1, at + rng.randrange(0, 4))
            mark = re.search(r"[,.;:!?”\")]+$", words[after])
            cut = mark.start() if mark and rng.random() < 0.7 else len(words[after])
            words[after] = words[after][:cut] + "\n" + words[after][cut:]
        return re.sub(r" ?\n ?", "\n", " ".join(words))

    return changed(doc, tear)


def noisy(doc, rng):
    """What recognition of printed characters does: a letter for another, a space too many, one too few."""

    def spoil(line):
        out = []
        for c in line:
            chance = rng.random()
            if chance < 0.01 and c.isalpha():
                out.append(rng.choice(LETTERS))
            elif chance < 0.014 and c == " ":
                continue
            elif chance < 0.02:
                out.append(c + " ")
            else:
                out.append(c)
        return "".join(out)

    return changed(doc, spoil, rng.choice(["\n", "\n", " "]))


def as_it_came(doc, rng):
    return joined(doc["lines"], "\n")


def extracted(doc, rng):
    """What a good extractor leaves: the story, and a few of the other lines; or the headline too."""
    most = rng.choice([0, 1 / 20, 1 / 10, 1 / 5])
    title = rng.random() < 0.5
    keep = [i for i, label in enumerate(doc["labels"]) if label in STORY or (title and label == "title") or rng.random() < most]
    part = lambda rows: [rows[i] for i in keep]
    return {**doc, "lines": part(doc["lines"]), "labels": part(doc["labels"])}


# Each form, and how often it is chosen.
FORMS = {
    in_one_line: 6, head_then_one_line: 4, partly_glued: 6, tails_glued: 3, paragraphs_glued: 2, written_out: 2, sentences: 3,
    without_stops: 3, other_case: 1, wrapped: 3, torn: 3, noisy: 1, as_it_came: 1,
}  # fmt: skip
# Of stories that nobody labelled.
PROSE_FORMS = {as_it_came: 4, in_one_line: 4, partly_glued: 1, without_stops: 2, other_case: 1, sentences: 1, torn: 1, wrapped: 1}
EXTRACTED = 0.3


def dressed(doc, rng, forms=None):
    """The document in a form drawn by chance."""
    if rng.random() < EXTRACTED and any(label in STORY for label in doc["labels"]):
        doc = extracted(doc, rng)
    forms = forms or FORMS
    form = rng.choices(list(forms), list(forms.values()))[0]
    text, spans = form(doc, rng)
    return {**doc, "text": text, "spans": spans}
