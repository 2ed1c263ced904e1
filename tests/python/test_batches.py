"""Many texts: order, missing ones, threads, processes, Ctrl-C, and iterables of every kind."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
import weakref

import copydesk
import pytest
from conftest import ARTICLE, GOLDENS, ODD, needs
from hypothesis import given, settings
from hypothesis import strategies as st

CLEANER = copydesk.Cleaner()
TEXTS: list = [*ODD.values(), None, *(golden.text for golden in GOLDENS), float("nan"), b"caf\xe9", bytearray(b"x"), ""]
WANT = [None if text is None or isinstance(text, float) else CLEANER.clean(text) for text in TEXTS]


@pytest.mark.parametrize("threads", [None, 1, 2, 5])
def test_a_batch_is_a_map_of_single_ones(threads):
    assert CLEANER.clean_many(TEXTS, threads=threads) == WANT
    assert list(CLEANER.clean_iter(TEXTS, threads=threads)) == WANT


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.none() | st.text(max_size=40) | st.binary(max_size=40), max_size=30),
    st.integers(1, 4),
    st.integers(1, 9),
)
def test_any_chunking(texts, threads, size):
    want = [None if text is None else CLEANER.clean(text) for text in texts]
    assert CLEANER.clean_many(iter(texts), threads=threads) == want
    chunks = [texts[at : at + size] for at in range(0, len(texts), size)]
    assert list(itertools.chain.from_iterable(CLEANER.clean_many(chunk) for chunk in chunks)) == want
    assert list(CLEANER.clean_iter(texts)) == want


def test_iterables_of_every_kind():
    want = [CLEANER.clean(text) for text in ("a", "b")]
    for texts in (["a", "b"], ("a", "b"), iter(["a", "b"]), (text for text in ("a", "b")), {"a": 1, "b": 2}.keys()):
        assert CLEANER.clean_many(texts) == want


def test_numpy_and_pandas():
    np = needs("numpy")
    assert CLEANER.clean_many(np.array(["a", "b"])) == CLEANER.clean_many(["a", "b"])
    assert CLEANER.clean_many(np.array(["a", None, np.nan], dtype=object))[1:] == [None, None]
    pd = needs("pandas")
    assert CLEANER.clean_many(pd.Series(["a", None, pd.NA, float("nan")]))[1:] == [None, None, None]
    assert copydesk.normalize_many(pd.Series(["a", pd.NA], dtype="string")) == ["a", None]


def test_what_like_pandas_na_equals_nothing_is_missing():
    class NA:
        def __ne__(self, other):
            return self

        def __bool__(self):
            raise TypeError("boolean value of NA is ambiguous")

    assert CLEANER.clean_many([NA(), "a"])[0] is None
    assert copydesk.normalize_many([NA()]) == [None]


@pytest.mark.parametrize("one", ["a text", b"bytes", bytearray(b"bytes"), memoryview(b"bytes")])
def test_a_single_text_is_refused(one):
    for call in (CLEANER.clean_many, CLEANER.clean_iter, copydesk.normalize_many):
        with pytest.raises(TypeError, match=r"texts must be an iterable such as \[texts\]"):
            call(one)
    with pytest.raises(TypeError, match="sources must be an iterable"):
        CLEANER.clean_many(["a"], sources=one)


def test_another_type_is_named_with_its_index():
    with pytest.raises(TypeError, match=r"texts\[2\] must be str, bytes or None, not int"):
        CLEANER.clean_many(["a", "b", 3])
    with pytest.raises(TypeError, match="texts must be an iterable, not int"):
        CLEANER.clean_many(3)
    documents = CLEANER.clean_iter(["a", object()])
    assert next(documents).blocks[0].text == "a"
    with pytest.raises(TypeError, match=r"texts\[1\].*object"):
        next(documents)
    assert list(documents) == []


def test_sources_are_as_long_as_texts():
    assert len(CLEANER.clean_many(["a", "b"], sources=["x", None])) == 2
    for texts, sources, which in (
        (["a", "b"], ["x"], "fewer"),
        (["a"], itertools.repeat("x"), "more"),
        ([], ["x"], "more"),
    ):
        with pytest.raises(ValueError, match=f"{which} sources"):
            CLEANER.clean_many(texts, sources=sources)
        with pytest.raises(ValueError, match=f"{which} sources"):
            list(CLEANER.clean_iter(texts, sources=sources))
    with pytest.raises(TypeError, match=r"sources\[0\] must be str or None, not int"):
        CLEANER.clean_many(["a"], sources=[3])


@pytest.mark.parametrize("threads", [0, -1])
def test_threads_are_one_or_more(threads):
    for call in (CLEANER.clean_many, CLEANER.clean_iter, copydesk.normalize_many):
        with pytest.raises(copydesk.ConfigError, match=f"threads {threads}.*1 or more"):
            call(["a"], threads=threads)
    with pytest.raises(TypeError):
        CLEANER.clean_many(["a"], threads="two")


def test_iter_does_not_wait_for_slow_texts():
    read = 0

    def slow():
        nonlocal read
        for n in itertools.count():
            if n:
                time.sleep(0.03)
            read += 1
            yield f"Line {n}"

    documents = CLEANER.clean_iter(slow())
    assert [next(documents).blocks[0].text for _ in range(4)] == ["Line 0", "Line 1", "Line 2", "Line 3"]
    # A chunk is done when 20 ms have passed, which a single one of these takes; one that is full holds thousands.
    assert read <= 10


def test_iter_reads_a_bounded_stretch_ahead():
    read = 0

    def texts():
        nonlocal read
        while True:
            read += 1
            yield "x" * 1_000_000

    documents = CLEANER.clean_iter(texts(), threads=2)
    next(documents)
    assert read < 20


def test_what_an_iterable_raises_comes_after_what_it_gave():
    def texts():
        yield "a"
        yield "b"
        raise LookupError("the shelf is empty")

    documents = CLEANER.clean_iter(texts())
    assert [next(documents).blocks[0].text, next(documents).blocks[0].text] == ["a", "b"]
    with pytest.raises(LookupError, match="shelf"):
        next(documents)
    assert list(documents) == []
    with pytest.raises(LookupError):
        CLEANER.clean_many(texts())


def test_iter_read_by_its_own_texts_is_refused():
    def texts():
        yield next(documents)

    documents = CLEANER.clean_iter(texts())
    with pytest.raises(RuntimeError, match="another caller"):
        next(documents)


def test_texts_are_let_go():
    class Text(str):
        pass

    text = Text("a line of its own")
    alive = weakref.ref(text)
    CLEANER.clean_many([text])
    list(CLEANER.clean_iter([text]))
    del text
    gc.collect()
    assert alive() is None


def test_threads_of_python():
    wrong = []

    def work():
        for text, want in zip(TEXTS, WANT, strict=True):
            if isinstance(text, (str, bytes)) and CLEANER.clean(text) != want:
                wrong.append(text)
        if CLEANER.clean_many(TEXTS) != WANT:
            wrong.append("batch")

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_the_gil_is_free_while_a_batch_works():
    ticks = 0
    stop = threading.Event()

    def tick():
        nonlocal ticks
        while not stop.wait(0.002):
            ticks += 1

    thread = threading.Thread(target=tick)
    thread.start()
    seen = []
    # Held, no other thread of Python runs at all while it works, however long that is; free, the longer the work the more ticks.
    for times in (200, 400, 800, 1600):
        text = ARTICLE * times
        before = ticks
        CLEANER.clean(text)
        seen.append(ticks - before)
        if seen[-1] >= 5:
            break
    stop.set()
    thread.join()
    assert seen[-1] >= 5, seen


def in_a_process(cleaner: copydesk.Cleaner, texts: list[str]) -> list[copydesk.Document]:
    return cleaner.clean_many(texts)


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_processes(method):
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    texts = [f"{n}\n\n{ARTICLE}" for n in range(300)]
    want = CLEANER.clean_many(texts)
    with multiprocessing.get_context(method).Pool(2) as pool:
        made = pool.starmap_async(in_a_process, [(CLEANER, texts)] * 2).get(timeout=120)
    assert made == [want, want]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_fork_after_a_batch():
    texts = [f"{n}\n\n{ARTICLE}" for n in range(300)]
    want = CLEANER.clean_many(texts)
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        os._exit(0 if CLEANER.clean_many(texts) == want and copydesk.normalize_many(texts) else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert CLEANER.clean_many(texts[:5]) == want[:5]


INTERRUPTED = {
    "clean_many": "cleaner.clean_many(texts)",
    "clean_many on one thread": "cleaner.clean_many(texts, threads=1)",
    "clean_iter": "for document in cleaner.clean_iter(itertools.cycle(texts)): pass",
    "normalize_many": "while True: copydesk.normalize_many(texts)",
}


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send there")
@pytest.mark.parametrize("call", INTERRUPTED.values(), ids=INTERRUPTED)
def test_ctrl_c(call):
    program = f"""
        import copydesk, itertools, signal, sys, time
        # A shell that runs the tests in the background has its children ignore it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        cleaner = copydesk.Cleaner()
        texts = [{ARTICLE!r} * 5] * 60_000
        cleaner.clean_many(texts[:10])
        start = time.process_time()
        cleaner.clean_many(texts[:100])
        all_of_it = (time.process_time() - start) * len(texts) / 100
        print("ready", flush=True)
        start = time.process_time()
        try:
            {call}
        except KeyboardInterrupt:
            print("interrupted", (time.process_time() - start) / all_of_it, flush=True)
            sys.exit(7)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout and process.stdout.readline() == "ready\n"
        time.sleep(0.7)
        process.send_signal(signal.SIGINT)
        told, _, share = process.stdout.readline().partition(" ")
        assert told == "interrupted"
        # Of the work of cleaning all texts, little was done: what cannot be interrupted does all of it first.
        assert float(share) < 0.5
        assert process.wait() == 7
