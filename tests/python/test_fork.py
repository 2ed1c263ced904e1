"""`fork` at any moment: the child answers, and threads do not pile up."""

from __future__ import annotations

import os
import pathlib
import time
import subprocess
import sys
import textwrap

import copydesk
import pytest
from conftest import ARTICLE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")

#: The child does everything for the first time; a thread of its parent was doing something for the first time.
PROGRAM = """
    import os, signal, sys, threading, time, warnings
    warnings.simplefilter("ignore")
    import copydesk
    text = {text!r}
    thread = threading.Thread(target=lambda: {first})
    thread.start()
    time.sleep({delay})
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        document = copydesk.clean(text)
        same = copydesk.Cleaner().clean_many([text] * 4, threads=2) == [document] * 4
        copydesk.clean("Слова азбуки, на которых никто не говорит")
        copydesk.parse_byline("By Nora Quill")
        copydesk.parse_caption("A ferry waits. (AFP)")
        copydesk.parse_dateline("PORT ELLEN, Scotland, May 4 (Reuters) - It rained.")
        copydesk.parse_timestamps("4 May 2016")
        mended = copydesk.normalize("sch\\u00c3\\u00b6n") == "sch\\u00f6n"
        os._exit(0 if same and mended and document.to_json() else 1)
    status = os.waitpid(child, 0)[1]
    thread.join()
    sys.exit("the child hung" if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
"""

FIRST = {
    "clean": "copydesk.clean(text)",
    "Cleaner": "copydesk.Cleaner(model='fast').clean(text).to_json()",
    "clean_many": "copydesk.Cleaner().clean_many([text] * 200, threads=2)",
    "normalize": "copydesk.normalize('sch\\u00c3\\u00b6n')",
    "parse_dateline": "copydesk.parse_dateline(text)",
}


@pytest.mark.parametrize("first", FIRST.values(), ids=FIRST)
def test_fork_while_another_thread_is_in_its_first_call(first):
    for delay in range(0, 60, 10):
        program = textwrap.dedent(PROGRAM.format(text=ARTICLE, first=first, delay=delay / 1000))
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, (delay, done.stderr)


@pytest.mark.skipif(not pathlib.Path("/proc/self/task").exists(), reason="threads are counted in /proc")
def test_threads_end_with_their_batch():
    def count() -> int:
        return len(list(pathlib.Path("/proc/self/task").iterdir()))

    cleaner, before = copydesk.Cleaner(), count()
    for threads in (*range(2, 65), 10**6):
        cleaner.clean_many(["one", "two", "three"] * 30, threads=threads)
    # The system may show a thread for a moment after its end.
    end = time.monotonic() + 10
    while count() > before and time.monotonic() < end:
        time.sleep(0.01)
    assert count() <= before
