"""What tests cannot do without: it is there, or they are skipped and say why."""

from __future__ import annotations

import os
import pathlib
from typing import NoReturn

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]


def skip(why: str) -> NoReturn:
    """Skips a test, or all tests of a file that calls it. With CI=true nothing may be skipped: it fails, says why."""
    if os.environ.get("CI") == "true":
        says = f"this cannot be tested: {why}. With CI=true what is skipped has failed; unset CI to skip it"
        pytest.fail(says, pytrace=False)
    pytest.skip(why, allow_module_level=True)


def shared() -> pathlib.Path:
    """The folder of shared data; a skip where it is not there."""
    folder = pathlib.Path(os.environ.get("COPYDESK_SHARED") or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        skip(f"there is no {folder} (COPYDESK_SHARED names another folder)")
    return folder
