"""The goldens through the Python door: every line's label is the one in the gutter, or the one noted as a known failure."""

from __future__ import annotations

import copydesk
import pytest
from conftest import GOLDENS


def labels(golden) -> list[str]:
    """The label of each line of a golden: of the block that it lies in most."""
    blocks = copydesk.clean(golden.text, lang=golden.lang or None).blocks
    found, at = [], 0
    lines = golden.text.split("\n")
    spans = []
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    for start, end in spans:
        over = [(min(end, block.end) - max(start, block.start), block.label) for block in blocks]
        best = max(over, key=lambda pair: pair[0], default=(0, ""))
        found.append(best[1] if best[0] > 0 else "")
    return [label for label, line in zip(found, lines) if label]


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_golden(golden):
    found = labels(golden)
    want = [(truth, predicted, line) for truth, predicted, line in golden.lines if line.strip()]
    if len(found) != len(want):
        pytest.fail(f"{len(found)} lines with a label, {len(want)} in the gutter")
    wrong = [f"{truth}>{label} | {line[:60]}" for (truth, predicted, line), label in zip(want, found) if label != predicted]
    assert not wrong, "mark known failures as truth>predicted in the gutter:\n" + "\n".join(wrong)
