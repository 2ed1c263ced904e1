"""Where lines are cut into pieces: evidence in, weights out.

Lines of labelled documents are glued together by the forms of dress.py; at each gap where copydesk could cut, the question is whether
something else began there. A gap between two lines of one label of the story is no question: it may be cut or not. A logistic
regression over the hashed evidence of each gap (src/segment/cut.rs), fitted by AdaGrad; of words, only those that several
publishers write there are learnt.
"""

import collections
import random
import struct

import dress
import numpy as np
from copydesk import _core

MIN_PUBLISHERS = 4
LEAST = 0.25  # nats: what weighs less is left out
SCALE = 1024
DRESSES = 3  # of each document
ROUNDS, BATCH, RATE, L2 = 5, 1024, 0.1, 8e-6
FORMS = {
    dress.in_one_line: 5, dress.head_then_one_line: 3, dress.partly_glued: 5, dress.tails_glued: 4, dress.as_it_came: 8,
    dress.without_stops: 2, dress.other_case: 1, dress.noisy: 1,
}  # fmt: skip
MOST = 20_000  # code points of a document


def gaps(doc):
    """The gaps of a dressed document: hashes, and 1 where something else begins, 0 where nothing does."""
    text, spans = dress.text_of(doc)
    starts = {start: i for i, (start, end) in enumerate(spans) if end > start}
    edges, at = [], 0
    for place, evidence in _core.observe_cuts(text[:MOST]):
        if (i := starts.get(place)) is not None:
            before = doc["labels"][i - 1] if i else None
            if before == doc["labels"][i] and before in dress.STORY:
                continue
            edges.append((evidence, 1))
            continue
        while at < len(spans) and spans[at][1] <= place:
            at += 1
        if at < len(spans) and spans[at][0] < place:
            edges.append((evidence, 0))
    return [(np.frombuffer(evidence, "<u4"), what) for evidence, what in edges]


def fit(labelled, seed=0):
    """The weights as bytes: of each, the hash and the weight, in order of the hashes."""
    rng = random.Random(seed)
    rows, wanted, seen = [], [], collections.defaultdict(set)
    for doc in labelled:
        for _ in range(DRESSES):
            for evidence, what in gaps(dress.dressed(doc, rng, FORMS)):
                rows.append(evidence)
                wanted.append(what)
                for value in evidence.tolist() if doc["publisher_key"] else ():
                    if len(seen[value]) < MIN_PUBLISHERS:
                        seen[value].add(doc["publisher_key"])
    hashes = np.array(sorted(value for value, by in seen.items() if len(by) >= MIN_PUBLISHERS), np.uint32)
    seen.clear()
    table = np.stack(rows)
    rows.clear()
    found = np.searchsorted(hashes, table).clip(max=len(hashes) - 1)
    # Evidence that is not learnt has the last number, whose weight stays nothing.
    numbers = np.where(hashes[found] == table, found, len(hashes)).astype(np.int32)
    wanted = np.array(wanted, np.float32)
    weights = np.zeros(len(hashes) + 1)
    squares = np.full(len(hashes) + 1, 1e-8)
    order = np.random.default_rng(seed)
    for _ in range(ROUNDS):
        for part in np.array_split(order.permutation(len(wanted)), max(1, len(wanted) // BATCH)):
            at = numbers[part]
            error = 1 / (1 + np.exp(-weights[at].sum(1))) - wanted[part]
            slope = np.bincount(at.ravel(), np.repeat(error, at.shape[1]), len(weights)) / BATCH + L2 * weights
            slope[-1] = 0
            squares += slope**2
            weights -= RATE * slope / np.sqrt(squares)
    said = weights[numbers].sum(1) > 0
    print(f"cuts: {len(wanted)} gaps, {wanted.mean():.3f} of them cut; found {said[wanted > 0].mean():.3f}, false {said[wanted == 0].mean():.4f}, {len(hashes)} pieces of evidence")
    rows = [(int(value), round(float(w) * SCALE)) for value, w in zip(hashes, weights, strict=False) if abs(w) >= LEAST]
    return b"".join(struct.pack("<Ih", value, max(-32768, min(32767, w))) for value, w in rows)
