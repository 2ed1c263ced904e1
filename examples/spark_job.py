"""Spark: three articles of a scraper, and what is left of them.

    pip install 'copydesk[spark]'        # and Java 17
    python examples/spark_job.py
"""

# The library says little of its types:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import os
import sys

import copydesk.spark
from pyspark.sql import SparkSession

ARTICLES = [
    (
        "https://courier.example/lamp",
        "Lamplighters of Orla put down their poles\n\nBy Ilse Brandt\n\nORLA, Feb 4 (Reuters) - The last gas lamp of the old harbour "
        "went out on Sunday night, and the two men who had lit it since 1984 shook hands and went home.\n\nSHARE THIS ARTICLE",
    ),
    (
        "https://courier.example/bees",
        "Bees move into the town hall\n\nThe mayor has given up her office to a swarm of bees until at least the end of June, the "
        "council of Varn said on Monday.\n\n“They were here first,” she told reporters on the stairs.\n\nREAD MORE: Five honeys to try",
    ),
    ("https://courier.example/empty", None),
]


def main() -> None:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    scraped = spark.createDataFrame(ARTICLES, "url string, text string")
    clean = copydesk.spark.clean(scraped, source="url", fields=["title", "text", "dateline", "verdict"])
    for row in clean.select("url", "copydesk.*").orderBy("url").collect():
        print(f"{row.url}\n  {row.title}\n  {row.text}\n")
    spark.stop()


if __name__ == "__main__":
    main()
