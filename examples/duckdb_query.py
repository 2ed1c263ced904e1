"""Scraped articles in a table, cleaned in SQL.

    pip install 'copydesk[duckdb]'
    python examples/duckdb_query.py
"""

from __future__ import annotations

import copydesk.duckdb
import duckdb

ARTICLES = [
    ("a", "PARIS, May 4 (Reuters) - The river rose again on Tuesday, and the quays were closed, the city said.\n\nShare this article"),
    ("b", "LYON, France (AFP) - The night train to the coast runs again after eleven years, and it was sold out.\n\nRead more: Trains"),
    ("c", "Subscribe\nSign in\nShare"),
]


def main() -> None:
    """Prints the articles by agency."""
    connection = duckdb.connect()
    copydesk.duckdb.register(connection, fields=["text", "verdict", "dateline"])
    connection.execute("CREATE TABLE news (id VARCHAR, body VARCHAR)")
    connection.executemany("INSERT INTO news VALUES (?, ?)", ARTICLES)
    # Cleaned once, in the subquery.
    query = """
        SELECT id, it.verdict, it.dateline.agency_id AS agency, it.dateline.places[1].name AS place, it.text AS story
        FROM (SELECT id, clean(body) AS it FROM news) ORDER BY id
    """
    for row in connection.execute(query).fetchall():
        print(" | ".join(str(value or "-") for value in row))


if __name__ == "__main__":
    main()
