"""Where the labelled data stands: the folder shared beside the checkout, or $COPYDESK_SHARED.

Data of your own can stand in its place: data/lines/dev.jsonl and dev.pages.jsonl, as documents.py reads them; or is named with
`--gold` where a script takes it.
"""

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
    """Whether the labelled data is there. Where it is not, a word says so; with CI=true nothing may be skipped, and the script ends
    as failed."""
    if data("dev").exists():
        return True
    why = f"the labelled data is not there ({data('dev')}); COPYDESK_SHARED names the folder that holds data/"
    if os.environ.get("CI") == "true":
        sys.exit(f"failed: {why}. With CI=true what is skipped has failed; unset CI to skip it")
    print(f"skipped: {why}")
    return False


def drawn(key, folds=FOLDS):
    """The fold that a key draws."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % folds
