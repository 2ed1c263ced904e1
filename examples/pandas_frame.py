"""A frame of scraped articles, cleaned by pandas: the story beside each, and what was cut away.

    pip install 'copydesk[pandas]'
    python examples/pandas_frame.py
"""

# What a frame holds has no types:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from typing import Any

import copydesk.pandas
import pandas as pd

ARTICLES = pd.Series(
    {
        "ferry": "Ferry crews walk off the job\nBy Marta Quill\n\nFerry crews walked off the job early on Sunday, stranding some 4,000 "
        "people after talks over a new timetable broke down.\n\nPassengers sleep in the hall. (AFP Photo / Piet Solberg)\n\nShare this story",
        "bridge": "Read more: Ferries\nThe old bridge at Kell was opened again on Friday, two years after the flood, and the first to cross "
        "it were forty schoolchildren &amp; their teachers.\n\nSign up for our newsletter",
        "lost": None,
    }
)


def main() -> None:
    """Prints what was made of each article."""
    made = copydesk.pandas.clean(ARTICLES, ["title", "text", "removed"], lang="en")
    articles: dict[str, dict[str, Any]] = made.astype(object).where(made.notna(), None).to_dict("index")
    for name, article in articles.items():
        print(f"── {name} ──")
        print(article["text"] or "(no text)")
        for block in article["removed"] if article["text"] else ():
            print(f"    - {block['label']}: {block['text']}")
        print()


if __name__ == "__main__":
    main()
