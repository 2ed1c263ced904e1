#!/usr/bin/env python3
"""Fits the models that copydesk ships, or one of your own, from labelled lines.

    training/train.py --shipped                     model/fast.model and model/default.model, from ../shared
    training/train.py --kind fast --out my.model my.jsonl …
    training/train.py --kind default --out my.model my.jsonl …

Each file holds one JSON object a line: `lines` (list of str), `labels` (one a line, names of copydesk.LABELS),
`publisher_key` (documents of one publisher share it: a word counts when several publishers use it) and perhaps `lang`. Pass the
result to `Cleaner(model="my.model")`. "fast" is the linear chain (two minutes for 2,000 documents), "default" the chain and a
network beside it (needs requirements-network.txt; five more). The project's own articles (training/articles) are learnt from
too, unless --without-own is given; so are documents recombined from yours (augment.py). A card beside the model says what it was
learnt from. The same command gives the same file, bit for bit, on one machine with the same versions of its libraries.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import random
import tempfile

import augment
import crf
import cuts
import documents
import dress
import shared
from copydesk import _core

MODEL = pathlib.Path(__file__).resolve().parent.parent / "model"
# From which P(kept) on a block is kept, read off the loss/junk curves that crossval.py prints; and, as "power", the inverse
# temperature that makes the probabilities honest: the chain counts what neighbours say more than once.
FAST = {"thresholds": {"keep_story": 0.08, "balanced": 0.45, "drop_junk": 0.8}, "power": 0.8}
DEFAULT = {"thresholds": {"keep_story": 0.08, "balanced": 0.45, "drop_junk": 0.8}, "power": 0.45}
OWN = 4  # times that each of the project's first articles counts: they hold what is rare in the others; the later ones count once
COPIES = 2  # recombined documents for each labelled one
PROSE = 1000  # of the stories that nobody labelled
NETWORK_SCALE = 0.3  # what the network's scores count beside the chain's: .3 to .7 do alike


def learnt_from(labelled, prose=(), own=True):
    """Everything that a model learns from: the labelled documents, the project's own articles, recombined ones; half of the
    recombined in other dress, and once more all labelled ones; stories that nobody labelled, in other dress."""
    rng = random.Random(0)
    articles = documents.own_articles() if own else []
    recombined = augment.recombined(labelled, COPIES)
    recombined = [dress.dressed(doc, rng) if rng.random() < 0.5 else doc for doc in recombined]
    # A document in another dress is no second witness for its publisher's words.
    again = [{**dress.dressed(doc, rng), "publisher_key": None} for doc in labelled + articles]
    plain = augment.with_tails(rng.sample(prose, min(PROSE, len(prose))), labelled, rng)
    often = [doc for doc in articles if doc["id"] < documents.LATER]
    return labelled + articles + (OWN - 1) * often + recombined + again + [dress.dressed(doc, rng, dress.PROSE_FORMS) for doc in plain]


def fit_fast(learnt, cut, out):
    """Fits the linear chain and writes its file; returns how many words it knows. `cut`: the weights of cuts."""
    observed = [crf.observe(doc, cut) for doc in learnt]
    trainer, lexicon = crf.fit(observed, [doc["publisher_key"] for doc in learnt])
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/weights"
        trainer.train(path)
        return crf.write(out, crf.dump(path), lexicon, FAST, cut)


def fit_default(learnt, cut, out, chain, inside=True):
    """Fits the network and writes its file, with the chain of the file `chain` inside; without, it uses the one that copydesk
    ships as "fast". Returns how many words it knows."""
    import network
    import network_file

    lexicon, arrays = network.fit(learnt, cut)
    header = {**DEFAULT, "chain": True, "scale": NETWORK_SCALE, "dilations": list(network.DILATIONS)}
    network_file.write(out, {**arrays, "hashes": lexicon}, header, chain if inside else None)
    return len(lexicon)


def write_card(out, kind, labelled, words, origin):
    """What the model was learnt from, beside it."""
    card = {
        "model": KINDS[kind],
        "data": origin,
        "licence": "MIT OR Apache-2.0",
        "schema": _core.SCHEMA,
        "documents": len(labelled),
        "recombined": COPIES,
        "lines": sum(len(doc["lines"]) for doc in labelled),
        "languages": dict(collections.Counter(doc.get("lang") or "unknown" for doc in labelled).most_common()),
        "words": words,
        **(FAST if kind == "fast" else DEFAULT),
    }
    out.with_suffix(".card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{out}: {out.stat().st_size} bytes, {words} words, schema {card['schema']}")


KINDS = {
    "fast": "linear-chain conditional random field, L1 and L2, L-BFGS (CRFsuite)",
    "default": "dilated convolutions over lines (PyTorch), its scores added to those of the chain of fast.model",
}


def digest(path):
    return {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="*", type=pathlib.Path)
    parser.add_argument("--shipped", action="store_true")
    parser.add_argument("--kind", choices=list(KINDS), default="fast")
    parser.add_argument("--without-own", action="store_true")
    parser.add_argument("--out", type=pathlib.Path)
    args = parser.parse_args()
    if args.shipped:
        if shared.reach():
            ship()
        return
    if not args.out or not args.data:
        parser.error("give --out and at least one file of labelled lines, or --shipped")
    labelled = [doc for path in args.data for doc in documents.load(path)]
    learnt = learnt_from(labelled, own=not args.without_own)
    cut = cuts.fit(labelled)
    origin = [digest(path) for path in args.data]
    chain = args.out if args.kind == "fast" else args.out.with_suffix(".chain")
    words = fit_fast(learnt, cut, chain)
    if args.kind == "default":
        words = fit_default(learnt, cut, args.out, chain)
        chain.unlink()
    write_card(args.out, args.kind, labelled, words, origin)


def ship():
    labelled = documents.scored() + documents.readings()
    learnt = learnt_from(labelled, documents.prose())
    cut = cuts.fit(labelled)
    files = [*map(shared.data, ("dev", "dev.pages", "silver", "corpus")), documents.HERE / "readings.jsonl"]
    origin = [digest(path) for path in files]
    fast, default = MODEL / "fast.model", MODEL / "default.model"
    write_card(fast, "fast", labelled, fit_fast(learnt, cut, fast), origin)
    write_card(default, "default", labelled, fit_default(learnt, cut, default, fast, inside=False), origin)


if __name__ == "__main__":
    main()
