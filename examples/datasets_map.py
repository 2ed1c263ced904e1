"""A dataset of scraped articles, cleaned in two processes; its cache is found again.

    pip install 'copydesk[datasets]'
    python examples/datasets_map.py
"""

# datasets has no types:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from typing import Any

import copydesk.datasets
import datasets

STORY = "The tunnel under the harbour will close on Monday for at least a month, the city said, because its pumps are worn out."


def main() -> None:
    """Prints the new column."""
    datasets.disable_progress_bars()
    news = datasets.Dataset.from_dict({"text": [f"Notice {n}\n\n{STORY}\n\nShare this article" for n in range(6)] + ["Share this", None]})
    clean = copydesk.datasets.clean("text", fields=["text", "verdict", "words"])
    made = news.map(clean, batched=True, num_proc=2, features=clean.features(news))
    print(made)
    column: Any = made["copydesk"]
    for row in column:
        print(row)


if __name__ == "__main__":
    main()
