"""Whatever takes time lets other threads run meanwhile."""

from __future__ import annotations

import pickle
import sys
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace

import copydesk
import copydesk.ftfy
import pytest
from conftest import GOLDENS

TEXT = "\n\n".join(golden.text for golden in GOLDENS)
LONG = TEXT * (2_000_000 // len(TEXT))
SOME = TEXT * (200_000 // len(TEXT))
#: On a busy machine the other thread may come too late: so often it is tried.
TURNS = 20


@pytest.fixture(scope="module")
def given() -> SimpleNamespace:
    """What the calls are made with: long enough to take time."""
    cleaner = copydesk.Cleaner()
    document = cleaner.clean(LONG)
    return SimpleNamespace(
        cleaner=cleaner,
        document=document,
        other=cleaner.clean(LONG),
        # Reasons are kept once they are known: each turn has a document of its own.
        unasked=[cleaner.clean(SOME) for _ in range(TURNS)],
        state=pickle.dumps(document),
        broken=LONG.replace("é", "Ã©"),
        page="".join(f"<p>{line}</p>" for line in SOME.split("\n")),
    )


#: Each call that takes time with a long text.
CALLS: dict[str, Callable[[SimpleNamespace], object]] = {
    "clean": lambda it: it.cleaner.clean(LONG),
    "clean_many": lambda it: it.cleaner.clean_many([SOME] * 8, threads=1),
    "clean_texts": lambda it: it.cleaner.clean_texts([SOME] * 8, threads=1),
    "to_json": lambda it: it.document.to_json(),
    "to_json with probabilities": lambda it: it.document.to_json(probabilities=True),
    "evidence": lambda it: it.unasked.pop().blocks[0].evidence,
    "pickle": lambda it: it.document.__reduce__(),
    "unpickle": lambda it: pickle.loads(it.state),
    "equality": lambda it: it.document == it.other,
    "normalize": lambda it: copydesk.Normalizer().normalize(it.broken),
    "normalize_many": lambda it: copydesk.normalize_many([it.broken] * 2, threads=1),
    "fix_text": lambda it: copydesk.ftfy.fix_text(it.broken),
    # A line takes next to no time, however long it is: many do.
    "parse_byline": lambda it: [copydesk.parse_byline("By Nora Quill and Tom Berg") for _ in range(3000)],
    "parse_timestamps": lambda it: [copydesk.parse_timestamps("Updated 4 May 2016 09:30") for _ in range(3000)],
    "clean_html": lambda it: it.cleaner.clean_html(it.page),
}


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


@pytest.mark.parametrize("name", CALLS)
def test_the_interpreter_is_free_meanwhile(name, given):
    assert any(turns(lambda: CALLS[name](given)) for _ in range(TURNS)), f"{name} holds the interpreter all the time"


def test_a_call_that_holds_the_interpreter_is_seen():
    assert not any(turns(lambda: sorted(range(100_000))) for _ in range(5))
