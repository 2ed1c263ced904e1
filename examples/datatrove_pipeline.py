"""datatrove: articles of a scraper through a pipeline that keeps the stories and writes the rest elsewhere.

    pip install 'copydesk[datatrove]'
    python examples/datatrove_pipeline.py
"""

# The library says little of its types:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

from copydesk.datatrove import CopydeskFilter, CopydeskFormatter
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

ARTICLES = [
    {
        "id": "lamp",
        "url": "https://courier.example/lamp",
        "text": "Lamplighters of Orla put down their poles\n\nBy Ilse Brandt\n\nORLA, Feb 4 (Reuters) - The last gas lamp of the old "
        "harbour went out on Sunday night, and the two men who had lit it since 1984 shook hands and went home.\n\n"
        "“We shall miss the moths,” said the elder, who has been asked to look after the museum’s clocks instead. The council said "
        "that the lamps would be hung in the library, where they can be read under until it closes at nine.\n\nSHARE THIS ARTICLE",
    },
    {"id": "menu", "url": "https://courier.example/menu", "text": "Home\nNews\nSport\n\nSubscribe\nSign in\n\nShare this article"},
]


def show(path: Path) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            metadata = record["metadata"]
            print(f"  {record['id']}: {metadata.get('filter_reason') or metadata['copydesk']['title']}\n    {record.get('text', '')}\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        scraped = Path(folder, "scraped")
        scraped.mkdir()
        (scraped / "a.jsonl").write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), encoding="utf-8")
        dropped, clean = Path(folder, "dropped"), Path(folder, "clean")
        LocalPipelineExecutor(
            pipeline=[
                JsonlReader(str(scraped)),
                CopydeskFormatter(),
                CopydeskFilter(exclusion_writer=JsonlWriter(str(dropped))),
                JsonlWriter(str(clean)),
            ],
            logging_dir=str(Path(folder, "logs")),
        ).run()
        print("Kept:")
        show(clean / "00000.jsonl.gz")
        print("Dropped:")
        show(dropped / "00000.jsonl.gz")


if __name__ == "__main__":
    main()
