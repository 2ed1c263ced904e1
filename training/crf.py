"""The linear-chain model: evidence in, weights out.

Evidence comes from the one implementation there is, copydesk's own; the weights are fitted by CRFsuite (L-BFGS with an L1
and an L2 term) and written as a model file that copydesk reads.
"""

import collections
import json
import struct

import documents
import dress
import pycrfsuite
import seal
from copydesk import _core

SCALE = 1024  # weights are written in 1/1024 nats
MIN_PUBLISHERS = 4  # a word counts when so many publishers write it
LEAST = 0.1  # … and when it weighs so much, in nats, for some label


def observe(doc, cuts=b""):
    """Evidence of each piece of a document, by name, and the label of the line that covers most of the piece."""
    text, _ = dress.text_of(doc)
    pieces = _core.observe(text, cuts)
    # From bytes to code points.
    content, at, points = text.encode(), 0, 0
    spans = []
    for start, end, _ in pieces:
        points += len(content[at:start].decode())
        length = len(content[start:end].decode())
        spans.append((points, points + length))
        at, points = end, points + length
    return [names for _, _, names in pieces], documents.labels_of_pieces(doc, spans)


def lexicon_of(observed, publishers):
    """The words that at least MIN_PUBLISHERS publishers use, in the order of their spelling. A document whose publisher is None
    (it is recombined from several) does not count."""
    seen = collections.defaultdict(set)
    for (lines, _), publisher in zip(observed, publishers, strict=True):
        for names in lines if publisher else ():
            for name in names:
                if name.startswith(("word", "shape=")):
                    seen[name].add(publisher)
    return sorted(name for name, by in seen.items() if len(by) >= MIN_PUBLISHERS)


def fit(observed, publishers, *, c1=0.4, c2=2.0, iterations=60):
    """A trainer filled with documents as `observe` gives them, and their lexicon. Stopping early regularises too."""
    lexicon = lexicon_of(observed, publishers)
    known = set(lexicon) | set(_core.FEATURES)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": iterations, "feature.possible_states": False})
    for lines, labels in observed:
        trainer.append([[name for name in names if name in known] + ["bias"] for names in lines], labels)
    return trainer, lexicon


def dump(path):
    """The weights in a CRFsuite model file."""
    tagger = pycrfsuite.Tagger()
    tagger.open(path)
    return tagger.info()


def write(path, info, lexicon, settings, cuts=b""):
    """Writes the model file that src/weights.rs reads; returns how many words it holds. Words of little weight are left out.
    `settings` is what else its header says, `cuts` the weights of cuts inside lines as cuts.py gives them."""
    labels = list(_core.LABELS)
    number = {label: i for i, label in enumerate(labels)}
    rows = collections.defaultdict(lambda: [0] * len(labels))
    fixed = lambda x: max(-32768, min(32767, round(x * SCALE)))
    for (name, label), weight in info.state_features.items():
        rows[name][number[label]] = fixed(weight)
    transitions = [[0] * len(labels) for _ in labels]
    for (a, b), weight in info.transitions.items():
        transitions[number[a]][number[b]] = fixed(weight)
    # A pair of labels never seen in a row is unlikely, not impossible.
    for row in transitions:
        for b in range(len(row)):
            row[b] = row[b] or fixed(-1.0)
    lexicon = [word for word in lexicon if max(map(abs, rows.get(word, (0,)))) >= LEAST * SCALE]
    table = [rows.get("bias", [0] * len(labels)), *transitions, *(rows.get(f, [0] * len(labels)) for f in _core.FEATURES)]
    table += [rows[word] for word in lexicon]
    header = {"schema": _core.SCHEMA, "labels": labels, "lexicon": len(lexicon), "cuts": len(cuts) // 6, **settings}
    parts = [json.dumps(header, ensure_ascii=False).encode() + b"\n"]
    parts += [word.encode() + b"\n" for word in lexicon]
    parts += [struct.pack(f"<{len(row)}h", *row) for row in table] + [cuts]
    with open(path, "wb") as out:
        out.write(seal.sealed(seal.CHAIN, b"".join(parts)))
    return len(lexicon)
