"""The goldens through the Python door: every line has the label of the gutter, or the one marked as known."""

from __future__ import annotations

import copydesk
import pytest
from conftest import GOLDENS


def test_there_are_goldens():
    assert len(GOLDENS) >= 42
    assert all(golden.lines and golden.lang for golden in GOLDENS)
    assert {label for golden in GOLDENS for _, label, _ in golden.lines} <= set(copydesk.LABELS)


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_golden(golden):
    blocks = copydesk.clean(golden.text).blocks
    wrong = []
    for at, expected, line in golden.lines:
        found = next((block.label for block in blocks if block.start < at + len(line.strip()) and at < block.end), "none")
        if found != expected:
            wrong.append(f"{expected} expected, {found} found: {line[:60]}")
    assert not wrong, "tests/goldens/README.md says how errors are marked:\n" + "\n".join(wrong)
