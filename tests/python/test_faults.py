"""Should copydesk ever fail on a text, it costs that text, and an error that can be caught says so."""

from __future__ import annotations

import pickle
import signal
import threading
from collections.abc import Iterator

import copydesk
import pytest
from conftest import ARTICLE
from copydesk import _core

BAD = "By Nora Quill, PORT ELLEN, 4 May 2016 caf\u00e9 (AFP)"
GOOD = [f"Line {n}\n\n{ARTICLE}" for n in range(8)]


@pytest.fixture(autouse=True)
def a_text_that_fails() -> Iterator[None]:
    _core._fail_on(BAD.encode())
    yield
    _core._fail_on(None)


SINGLE = {
    "clean": lambda: copydesk.clean(BAD),
    "clean of bytes": lambda: copydesk.clean(BAD.encode()),
    "Cleaner.clean": lambda: copydesk.Cleaner(model="fast").clean(BAD),
    "normalize": lambda: copydesk.normalize(BAD),
    "Normalizer.normalize": lambda: copydesk.Normalizer().normalize(BAD),
    "parse_byline": lambda: copydesk.parse_byline(BAD),
    "parse_caption": lambda: copydesk.parse_caption(BAD),
    "parse_inline": lambda: copydesk.parse_inline(BAD),
    "parse_dateline": lambda: copydesk.parse_dateline(BAD),
    "parse_timestamps": lambda: copydesk.parse_timestamps(BAD),
}


@pytest.mark.parametrize("call", SINGLE.values(), ids=SINGLE)
def test_a_fault_is_an_error_of_copydesk(call):
    with pytest.raises(copydesk.FaultError, match="copydesk failed on this text.*was to fail.*report") as fault:
        call()
    assert isinstance(fault.value, copydesk.CopydeskError) and isinstance(fault.value, Exception)
    again = pickle.loads(pickle.dumps(fault.value))
    assert type(again) is copydesk.FaultError and str(again) == str(fault.value)
    _core._fail_on(None)
    call()


@pytest.mark.parametrize("threads", [None, 1, 2, 7])
def test_a_batch_names_the_text(threads):
    texts = [*GOOD[:3], BAD, *GOOD[3:]]
    with pytest.raises(copydesk.FaultError, match=r"^texts\[3\]: copydesk failed"):
        copydesk.Cleaner().clean_many(texts, threads=threads)
    with pytest.raises(copydesk.FaultError, match=r"^texts\[3\]: copydesk failed"):
        copydesk.normalize_many(texts, threads=threads)


@pytest.mark.parametrize("threads", [None, 1, 2, 7])
def test_an_iterator_goes_on_after_a_fault(threads):
    cleaner = copydesk.Cleaner()
    texts = [*GOOD[:3], None, BAD, *GOOD[3:6], BAD.encode(), *GOOD[6:]]
    want = [*(cleaner.clean(text) for text in GOOD[:3]), None, "fault", *(cleaner.clean(text) for text in GOOD[3:6])]
    want += ["fault", *(cleaner.clean(text) for text in GOOD[6:])]
    documents, made = cleaner.clean_iter(texts, threads=threads), []
    while len(made) < len(texts):
        try:
            made.append(next(documents))
        except copydesk.FaultError as fault:
            assert str(fault).startswith(f"texts[{len(made)}]: ")
            made.append("fault")
    assert made == want
    assert list(documents) == []


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer that signals here")
@pytest.mark.parametrize("threads", [1, 2])
def test_an_iterator_goes_on_after_ctrl_c(threads):
    # The first chunk, of 8 MB, takes far longer than the timer.
    long = ARTICLE * (60_000 // len(ARTICLE.encode()))
    texts = [*(f"{n} {long}" for n in range(150)), BAD, *GOOD]
    documents, made = copydesk.Cleaner().clean_iter(texts, threads=threads), []
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        for _ in range(2):
            signal.setitimer(signal.ITIMER_REAL, 0.06)
            with pytest.raises(KeyboardInterrupt):
                next(documents)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    while len(made) < len(texts):
        try:
            made.append(next(documents).blocks[0].text)
        except copydesk.FaultError as fault:
            assert str(fault).startswith("texts[150]: ")
            made.append(BAD)
    firsts = [next(line for line in text.splitlines() if line.strip()) for text in texts]
    assert made == firsts
    assert list(documents) == []


def test_what_was_used_when_it_failed_can_be_used_on():
    cleaner = copydesk.Cleaner()
    want = [cleaner.clean(text) for text in GOOD]
    wrong = []

    def work() -> None:
        for text, document in zip(GOOD, want, strict=True):
            try:
                cleaner.clean(BAD)
            except copydesk.FaultError:
                if cleaner.clean(text) != document:
                    wrong.append(text)
            else:
                wrong.append(BAD)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_an_unnamed_text_does_not_fail():
    assert copydesk.clean(BAD + ".").blocks
