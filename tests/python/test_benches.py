"""What measures the doors: it runs, and says which fields were built and what they are compared with."""

from __future__ import annotations

import json
import subprocess
import sys

from conftest import ARTICLE, ROOT


def test_adapters_are_measured_side_by_side(tmp_path):
    """Without Rust's batch, which would be built anew with the profile of the package: some minutes."""
    (tmp_path / "news.jsonl").write_text(json.dumps({"text": ARTICLE}) + "\n", encoding="utf-8")
    command = [sys.executable, ROOT / "benches" / "adapters.py", "--rounds", "1", "--no-rust", tmp_path / "news.jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    one, two = done.stdout.partition("\nthreads: 1\n")[2].split("\nthreads: 2\n")
    for part in (one, two):
        rows = [line.strip() for line in part.splitlines()]
        base, texts, documents, *_ = rows
        assert base.startswith("clean_texts; text alone ") and base.endswith("MB/s")
        assert texts.startswith("clean_texts, list to list; text alone ") and documents.startswith("clean_many, list to list; documents ")
        assert all(line.endswith("of processors") for line in rows[1:])
        # All doors do what the batch does, and more of a single text.
        assert {line.split(";")[1].split("  ")[0].strip() for line in rows} <= {"text alone", "documents", "the usual fields"}
