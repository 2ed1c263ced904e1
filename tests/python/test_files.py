"""Corpora through fsspec, and the command on folders and files that are compressed."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time

import copydesk
import fsspec
import pytest
from copydesk import files

STORY = "The ferry left the harbour at half past six in the rain, and nobody was on board but the crew."


def records(count: int) -> bytes:
    return b"".join(
        json.dumps({"id": i, "text": f"{STORY}\n\nShare this article" if i % 50 == 0 else ""}).encode() + b"\n"
        for i in range(count)
    )


def lines(packed: bytes) -> list[dict]:
    return [json.loads(line) for line in gzip.decompress(packed).splitlines()]


def write(path: str, content: bytes) -> None:
    with fsspec.open(path, "wb") as file:
        file.write(content)


def read(path: str) -> bytes:
    with fsspec.open(path, "rb") as file:
        return file.read()


@pytest.fixture
def bucket():
    memory = fsspec.filesystem("memory")
    yield "memory://bucket"
    memory.rm("/bucket", recursive=True)


def test_files_of_a_bucket_are_cleaned_into_another(bucket):
    write(f"{bucket}/in/a.jsonl.gz", gzip.compress(records(100)))
    write(f"{bucket}/in/b.jsonl", records(3) + b"no json\n")
    made = files.clean(f"{bucket}/in/*", f"{bucket}/out", options=["--text-to", "text", "--fields", "none"])
    assert [(it.target, it.finished_before, it.rejected) for it in made] == [
        (f"{bucket}/out/a.jsonl.gz", False, False),
        (f"{bucket}/out/b.jsonl.gz", False, True),
    ]
    assert "line 4: not JSON" in made[1].messages
    found = lines(read(f"{bucket}/out/a.jsonl.gz"))
    assert len(found) == 100 and found[50] == {"id": 50, "text": STORY}
    write(f"{bucket}/in/c.jsonl", records(1))
    again = files.clean([f"{bucket}/in/a*", f"{bucket}/in/c*"], f"{bucket}/out")
    assert [it.finished_before for it in again] == [True, False]
    assert not fsspec.filesystem("memory").glob("/bucket/out/*.partial")


def test_what_goes_wrong_is_told(bucket):
    with pytest.raises(copydesk.ConfigError, match="there is no file"):
        files.clean(f"{bucket}/none*", f"{bucket}/out")
    write(f"{bucket}/in/a.jsonl", records(1))
    write(f"{bucket}/in/a.csv", b"text\nx\n")
    with pytest.raises(copydesk.ConfigError, match="would both be written to"):
        files.clean(f"{bucket}/in/*", f"{bucket}/out")
    with pytest.raises(copydesk.FileError, match="--no-such-option"):
        files.clean(f"{bucket}/in/a.jsonl", f"{bucket}/out", options=["--no-such-option"])
    assert not fsspec.filesystem("memory").glob("/bucket/out/*")


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
def test_a_run_of_the_command_that_was_killed_goes_on(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(records(60_000)))
    command = [sys.executable, "-m", "copydesk", "clean", "a.jsonl.gz", "--quiet", "-o"]
    subprocess.run([*command, "want.jsonl.gz"], cwd=tmp_path, check=True)
    kills = 0
    while True:
        child = subprocess.Popen([*command, "out.jsonl.gz", "--resume"], cwd=tmp_path)
        time.sleep(0.3 + 0.2 * kills)
        if kills < 5:
            child.send_signal(signal.SIGKILL)
        if child.wait() == 0:
            break
        kills += 1
    assert (tmp_path / "out.jsonl.gz").read_bytes() == (tmp_path / "want.jsonl.gz").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl.gz", "out.jsonl.gz", "want.jsonl.gz"]
