"""How a document looks in a notebook: every block with its label, the story plain, the rest dimmed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk import Document

# Hues of the chips, by what the labels are about.
_GROUPS = {
    "#2f7d4f": ("body", "heading"),
    "#3567b0": ("title", "deck"),
    "#7a5ab5": ("byline", "timestamp", "dateline", "bio"),
    "#a8662a": ("caption", "embed", "note"),
    "#77797f": ("share", "related", "promo", "nav", "legal", "comments", "ad", "ui"),
}
_COLOURS = {label: colour for colour, labels in _GROUPS.items() for label in labels}

# No colour but the chips' own: the rest is the notebook's, light or dark.
_ROW = "display:flex;gap:.7em;align-items:baseline;margin:.15em 0"
_CHIP = (
    "flex:0 0 6.2em;text-align:center;font-size:.78em;line-height:1.5;border-radius:.6em;color:#fff;background:{colour}"
)
_TEXT = "flex:1 1 auto;white-space:pre-wrap;overflow-wrap:anywhere"
_DIMMED = ";opacity:.5"

# Labels that a chip names when it is pointed at. Why it has its own is for whoever asks: that takes longer than all of this.
_MOST_LIKELY = 3

# A notebook is no place for a book.
_MOST_BLOCKS = 500


def document(it: Document) -> str:
    """The document as self-contained HTML."""
    blocks = it.blocks
    kept = sum(block.kept for block in blocks)
    facts = [it.verdict.replace("_", " "), it.lang, f"{kept} of {len(blocks)} blocks kept"]
    rows = [f'<div style="opacity:.7;font-size:.85em">{escape(" · ".join(fact for fact in facts if fact))}</div>']
    for block in blocks[:_MOST_BLOCKS]:
        chip = _CHIP.format(colour=_COLOURS.get(block.label, "#77797f"))
        likely = sorted(block.probabilities.items(), key=lambda item: -item[1])[:_MOST_LIKELY]
        hint = escape(", ".join(f"{label} {p:.2f}" for label, p in likely if p >= 0.005), quote=True)
        text = _TEXT if block.kept else _TEXT + _DIMMED
        rows.append(
            f'<div style="{_ROW}"><span style="{chip}" title="{hint}">{escape(block.label)}</span>'
            f'<span dir="auto" style="{text}">{escape(block.text)}</span></div>'
        )
    if len(blocks) > _MOST_BLOCKS:
        rows.append(f'<div style="opacity:.7">… and {len(blocks) - _MOST_BLOCKS} more</div>')
    return f'<div class="copydesk" style="max-width:60em">{"".join(rows)}</div>'
