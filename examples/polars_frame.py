"""A frame of scraped articles, cleaned by Polars: what is story, who wrote it, where and when.

    pip install 'copydesk[polars]'
    python examples/polars_frame.py
"""

from __future__ import annotations

import polars as pl
from copydesk.polars import Texts

ARTICLES = [
    "Harbour tunnel closes for a month\n\nBy Jane Alder\n4 February 2016\n\n"
    "PORT ELLEN, Scotland (Reuters) - The tunnel under the harbour will close on Monday for at least a month, the city said, "
    "because the pumps that keep it dry have reached the end of their lives.\n\n"
    "Engineers found cracks in three of the four pumps last week.\n\nSHARE THIS ARTICLE",
    "Orla Times\nFollow us\nSubscribe to our newsletter",
    None,
    "BERLIN, 3. März (dpa) - Nach dem Sturm fahren die Fähren wieder, teilte die Reederei am Morgen mit. "
    "Auf den Inseln hatten seit Sonntag mehrere hundert Gäste gewartet.\n\nDas könnte Sie auch interessieren",
]


def main() -> None:
    """Prints the frame."""
    frame = pl.DataFrame({"id": range(len(ARTICLES)), "text": ARTICLES}).lazy()
    # pl.col("text").copydesk.clean(...) is the same; type checkers know no namespaces.
    fields = Texts(pl.col("text")).clean(["text", "verdict", "lang", "byline", "dateline"])
    made = frame.select("id", fields.alias("it")).unnest("it").collect(engine="streaming")
    dateline = pl.col("dateline").struct
    table = made.select(
        "id",
        "verdict",
        "lang",
        dateline.field("places").list.first().struct.field("name").alias("place"),
        dateline.field("agency_id").alias("agency"),
        pl.col("byline").struct.field("people").list.first().struct.field("name").alias("author"),
        pl.col("text").str.slice(0, 48).alias("story"),
    )
    with pl.Config(tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, tbl_cols=-1, tbl_width_chars=140, fmt_str_lengths=48):
        print(table)


if __name__ == "__main__":
    main()
