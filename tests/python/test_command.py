"""The command line that comes with the package."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import copydesk
import pytest
from conftest import ARTICLE

COMMANDS = {"python -m": [sys.executable, "-m", "copydesk"]}
if script := shutil.which("copydesk", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"):
    COMMANDS["script"] = [script]

RECORDS = '{"text": "One."}\nno json\n{"text": "Two."}\n'

each_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
unix = pytest.mark.skipif(os.name != "posix", reason="descriptors and signals of Unix")


def run(command: list[str], *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *arguments], input=given, capture_output=True, text=True, encoding="utf-8", check=False
    )


def shell(command: list[str], line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a line of the shell in a folder, in which `"$@"` is the command."""
    return subprocess.run(
        ["sh", "-c", line, "sh", *command], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@each_command
def test_command(command):
    version = run(command, "--version")
    assert version.returncode == 0 and copydesk.__version__ in version.stdout
    assert "copydesk" in run(command, "--help").stdout
    assert run(command, "no-such-thing").returncode == 2
    cleaned = run(command, "clean", given=ARTICLE)
    assert cleaned.returncode == 0 and cleaned.stdout.strip() == copydesk.clean(ARTICLE).text.strip()


@unix
@each_command
def test_closed_descriptors_are_taken_by_no_file(command, tmp_path):
    (tmp_path / "a.jsonl").write_text(RECORDS)
    ran = shell(command, '"$@" clean a.jsonl --rejects bad.jsonl >&-', tmp_path)
    assert ran.returncode == 2 and "standard output: it is closed" in ran.stderr
    assert not (tmp_path / "bad.jsonl").exists()
    ran = shell(command, '"$@" clean a.jsonl --rejects bad.jsonl --output out.jsonl >&-', tmp_path)
    assert ran.returncode == 1
    assert (len(lines(tmp_path / "out.jsonl")), len(lines(tmp_path / "bad.jsonl"))) == (2, 1)
    ran = shell(command, '"$@" clean a.jsonl no.jsonl --overwrite --output out.jsonl 2>&-', tmp_path)
    assert ran.returncode == 2 and len(lines(tmp_path / "out.jsonl")) == 2
    ran = shell(command, '"$@" clean a.jsonl --overwrite --output out.jsonl <&- >&- 2>&-', tmp_path)
    assert ran.returncode == 1 and len(lines(tmp_path / "out.jsonl")) == 2
    ran = shell(command, '"$@" clean <&-', tmp_path)
    assert ran.returncode == 2 and "standard input: it is closed" in ran.stderr
    ran = shell(command, '"$@" parse byline "By Ann Li" >&-', tmp_path)
    assert ran.returncode == 2 and "standard output: it is closed" in ran.stderr
    ran = shell(command, '"$@" clean a.jsonl > /dev/null', tmp_path)
    assert ran.returncode == 1 and "1 of 3 records rejected" in ran.stderr


@unix
@each_command
def test_signals_leave_the_old_file(command, tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    for sent in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(sent) is signal.SIG_IGN:
            continue  # as after `&`; then the command ignores it too
        (tmp_path / "out.jsonl").write_text("old\n")
        child = subprocess.Popen([*command, "clean", "pipe.jsonl", "--overwrite", "--output", "out.jsonl"], cwd=tmp_path)
        with open(tmp_path / "pipe.jsonl", "w") as pipe:
            pipe.write('{"text":""}\n' * 10_000)
            pipe.flush()
            end = time.monotonic() + 30
            while not any(path.stat().st_size for path in tmp_path.glob(".out.jsonl.copydesk-*.partial")):
                assert time.monotonic() < end, "nothing was written"
                time.sleep(0.01)
            child.send_signal(sent)
            assert child.wait() == -sent
        assert (tmp_path / "out.jsonl").read_text() == "old\n"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "pipe.jsonl"]
