"""Whatever takes time lets other threads run meanwhile."""

from __future__ import annotations

import pickle
import sys
import threading
import time
from collections.abc import Callable

import copydesk
import copydesk.ftfy
import pytest
from conftest import GOLDENS

TEXT = "\n\n".join(golden.text for golden in GOLDENS)
LONG = TEXT * (2_000_000 // len(TEXT))
SOME = TEXT * (200_000 // len(TEXT))


@pytest.fixture(scope="module")
def calls() -> dict[str, Callable[[], object]]:
    """Each call that takes time with a long text, ready to be made once."""
    cleaner = copydesk.Cleaner()
    document, other = cleaner.clean(LONG), cleaner.clean(LONG)
    new = cleaner.clean(SOME)
    state = pickle.dumps(document)
    normalizer = copydesk.Normalizer()
    broken = LONG.replace("é", "Ã©")
    return {
        "clean": lambda: cleaner.clean(LONG),
        "clean_many": lambda: cleaner.clean_many([SOME] * 8, threads=1),
        "to_json": lambda: document.to_json(),
        "to_json with probabilities": lambda: document.to_json(probabilities=True),
        "evidence": lambda: new.blocks[0].evidence,
        "pickle": lambda: document.__reduce__(),
        "unpickle": lambda: pickle.loads(state),
        "equality": lambda: document == other,
        "normalize": lambda: normalizer.normalize(broken),
        "normalize_many": lambda: copydesk.normalize_many([broken] * 2, threads=1),
        "fix_text": lambda: copydesk.ftfy.fix_text(broken),
        "parse_byline": lambda: copydesk.parse_byline("By Nora Quill " * 100_000),
        "parse_timestamps": lambda: copydesk.parse_timestamps("4 May 2016 09:30 " * 20_000),
    }


NAMES = [
    "clean",
    "clean_many",
    "to_json",
    "to_json with probabilities",
    "evidence",
    "pickle",
    "unpickle",
    "equality",
    "normalize",
    "normalize_many",
    "fix_text",
    "parse_byline",
    "parse_timestamps",
]


def turns(call: Callable[[], object]) -> int:
    """How often another thread had its turn while the call went on, where it gets none that is not given to it."""
    counted, done, started = 0, threading.Event(), threading.Event()

    def count() -> None:
        nonlocal counted
        started.set()
        while not done.is_set():
            counted += 1
            time.sleep(0.0001)

    interval = sys.getswitchinterval()
    thread = threading.Thread(target=count)
    thread.start()
    started.wait()
    # No thread has to let go of the interpreter within this test.
    sys.setswitchinterval(1000)
    try:
        # Nor within a wait that began before.
        time.sleep(0.02)
        before = counted
        call()
        return counted - before
    finally:
        done.set()
        sys.setswitchinterval(interval)
        thread.join()


@pytest.mark.parametrize("name", NAMES)
def test_the_interpreter_is_free_meanwhile(name, calls):
    assert list(calls) == NAMES
    # On a busy machine the other thread may come too late for its turn.
    assert any(turns(calls[name]) for _ in range(50)), f"{name} holds the interpreter all the time"


def test_a_call_that_holds_the_interpreter_is_seen():
    assert not any(turns(lambda: sorted(range(100_000))) for _ in range(5))
