"""Where the labelled data stands: the folder shared beside the checkout, or $COPYDESK_SHARED."""

import hashlib
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
SHARED = pathlib.Path(os.environ.get("COPYDESK_SHARED") or HERE.parent.parent / "shared")
FOLDS = 5


def data(name):
    return SHARED / "data" / "lines" / f"{name}.jsonl"


def reach():
    """Makes the shared evaluation code importable; False, with a word why, when it is not there."""
    if not data("dev").exists():
        print(f"skipped: the labelled data is not there ({data('dev')}); set COPYDESK_SHARED to the folder that holds data/ and eval/")
        return False
    sys.path[:0] = [str(SHARED / "eval"), str(HERE)]
    return True


def drawn(key):
    """The fold that a key draws, where documents of one publisher need not share one."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS
