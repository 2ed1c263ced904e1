"""Ray Data: three articles of a scraper through a pool of two actors, and what is left of them.

    pip install 'copydesk[ray]'
    python examples/ray_data.py
"""

# The library says little of its types:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import copydesk.ray
import pyarrow
import ray

ARTICLES = pyarrow.table(
    {
        "url": ["https://courier.example/lamp", "https://courier.example/bees", "https://courier.example/empty"],
        "text": [
            "Lamplighters of Orla put down their poles\n\nBy Ilse Brandt\n\nORLA, Feb 4 (Reuters) - The last gas lamp of the old "
            "harbour went out on Sunday night, and the two men who had lit it since 1984 shook hands and went home.\n\n"
            "SHARE THIS ARTICLE",
            "Bees move into the town hall\n\nThe mayor has given up her office to a swarm of bees until at least the end of June, "
            "the council of Varn said on Monday.\n\n“They were here first,” she told reporters on the stairs.\n\n"
            "READ MORE: Five honeys to try",
            None,
        ],
    }
)


def main() -> None:
    ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False)
    clean = ray.data.from_arrow(ARTICLES).map_batches(
        copydesk.ray.Clean,
        fn_constructor_kwargs={"source": "url", "fields": ["title", "text", "verdict"]},
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=2),
    )
    for row in sorted(clean.take_all(), key=lambda row: row["url"]):
        made = row["copydesk"] or {"title": None, "text": None}
        print(f"{row['url']}\n  {made['title']}\n  {made['text']}\n")
    ray.shutdown()


if __name__ == "__main__":
    main()
