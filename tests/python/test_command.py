"""The command line that comes with the package."""

from __future__ import annotations

import shutil
import subprocess
import sys

import copydesk
import pytest
from conftest import ARTICLE

COMMANDS = {"python -m": [sys.executable, "-m", "copydesk"]}
if script := shutil.which("copydesk"):
    COMMANDS["script"] = [script]


def run(command: list[str], *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *arguments], input=given, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_command(command):
    version = run(command, "--version")
    assert version.returncode == 0 and copydesk.__version__ in version.stdout
    assert "copydesk" in run(command, "--help").stdout
    assert run(command, "no-such-thing").returncode == 2
    cleaned = run(command, "clean", given=ARTICLE)
    assert cleaned.returncode == 0 and cleaned.stdout.strip() == copydesk.clean(ARTICLE).text.strip()
