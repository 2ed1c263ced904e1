"""What it costs to hand a document on, beside what it costs to clean the text.

    python benches/objects.py [FILE ...]

The files are texts, one article each; without any, those under examples/. Every figure is the median of the rounds, of the
time of this process, for all texts together; what stands beside it is its share of `clean`.
"""

from __future__ import annotations

import pathlib
import pickle
import statistics
import sys
import time
from collections.abc import Callable

import copydesk

ROUNDS = 15
ROOT = pathlib.Path(__file__).resolve().parents[1]


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time that `work` takes."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    """Prints the table."""
    paths = [pathlib.Path(name) for name in sys.argv[1:]] or sorted((ROOT / "examples").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    # So many that a round is longer than the clock's step.
    texts *= max(1, 400_000 // sum(len(text) for text in texts))
    cleaner = copydesk.Cleaner()
    documents = [cleaner.clean(text) for text in texts]
    others = [cleaner.clean(text) for text in texts]
    clean = seconds(lambda: [cleaner.clean(text) for text in texts])
    pickles = [pickle.dumps(document) for document in documents]
    size = sum(map(len, pickles)) / sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} texts, {sum(map(len, texts)) / 1e6:.2f} million characters")
    print(f"{'clean':28} {clean * 1e3:8.1f} ms")
    for name, work in {
        "pickle and unpickle": lambda: [pickle.loads(pickle.dumps(document)) for document in documents],
        "to_json": lambda: [document.to_json() for document in documents],
        "to_dict": lambda: [document.to_dict() for document in documents],
        "==": lambda: [one == two for one, two in zip(documents, others, strict=True)],
        "hash": lambda: [hash(document) for document in documents],
        "notebook view": lambda: [document._repr_html_() for document in documents],
    }.items():
        took = seconds(work)
        print(f"{name:28} {took * 1e3:8.1f} ms  {took / clean:6.3f} of clean")
    # Reasons are kept once they are known: those of new documents are asked for.
    new = iter([[cleaner.clean(text) for text in texts] for _ in range(3)])
    took = seconds(lambda: [document.blocks[0].evidence for document in next(new) if document.blocks], rounds=3)
    print(f"{'evidence':28} {took * 1e3:8.1f} ms  {took / clean:6.3f} of clean")
    print(f"a pickle is {size:.2f} times its text")


if __name__ == "__main__":
    main()
