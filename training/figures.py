"""How good labels are: the figures of `copydesk eval`, counted by copydesk itself (src/eval).

A keep-or-remove decision weighs as many words as its line has; lines that gold calls "embed" do not count in it. word_f: F of the
decision; loss: share of the story's words that were removed; junk: share of the kept words that are no story; line_f: the same
decision, each line counting one; macro_f: mean F of the labels with 20 gold lines or more; clean_docs: share of documents without
a wrong decision; labels: precision, recall and F of each label, and its gold lines.
"""

import json

from copydesk import _core

words = _core.line_words


def score(documents, guesses):
    """The figures of documents (`lang`, `lines`, `labels`), of whose lines `guesses[id]` says label and whether it is kept."""
    gold = [(doc["lang"], doc["lines"], doc["labels"]) for doc in documents]
    return json.loads(_core.line_figures(gold, [guesses[doc["id"]] for doc in documents]))


def line(name, found):
    """Figures in a line, as `copydesk eval` prints them."""
    named = (("word F", "word_f", 4), ("loss", "loss", 4), ("junk", "junk", 4), ("line F", "line_f", 4), ("macro F", "macro_f", 3))
    named += (("accuracy", "accuracy", 3), ("clean", "clean_docs", 3))
    return f"{name:24s} docs {found['docs']:4d}  " + "  ".join(f"{says} {found[key]:.{digits}f}" for says, key, digits in named)
