"""Functions of SQL for DuckDB: `clean_text`, `clean`, `clean_html` and `normalize_text`.

>>> import copydesk.duckdb
>>> import duckdb
>>> connection = duckdb.connect()
>>> copydesk.duckdb.register(connection)
>>> connection.sql("SELECT clean_text('It rained all day, the city said.' || chr(10) || 'Share this article')").fetchall()
[('It rained all day, the city said.',)]

Needs `pip install 'copydesk[duckdb]'`: DuckDB, and pyarrow, in which it hands over columns.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from copydesk._core import Cleaner
from copydesk._extras import extra
from copydesk._work import Fields, work

with extra("duckdb"):
    import duckdb
    import pyarrow as pa

    from copydesk._values import cleaned, normalized

__all__ = ["register"]


def register(
    connection: duckdb.DuckDBPyConnection,
    *,
    fields: Fields = None,
    cleaner: Cleaner | None = None,
    threads: int | None = None,
    on_error: Literal["raise", "null", "keep"] = "raise",
    prefix: str = "",
) -> None:
    """Gives a connection these functions, in place of any of these names that it has:

    - `clean_text(VARCHAR) -> VARCHAR`: the clean text.
    - `clean(VARCHAR) -> STRUCT`: the fields; `clean(body).dateline.agency_id`.
    - `clean_html(VARCHAR) -> STRUCT`: the same of a page.
    - `normalize_text(VARCHAR) -> VARCHAR`: the text repaired.

    fields: those of the structs; with one name, `clean` and `clean_html` give that field itself. Default: all but "markdown", "words",
        "removed" and "blocks".
    cleaner: default: `Cleaner()`.
    threads: 1 or more; default: one per processor. DuckDB gives 2,048 texts at once.
    on_error: "raise" (default) ends the query where copydesk fails on a text; with "null" it gives NULL, with "keep" the text as it was given.
    prefix: what stands before the names, such as "news_".

    NULL gives NULL. Positions are bytes of UTF-8. Every use of a function in a query cleans the text again: take what you want from one
    `clean(body) AS it`, in a subquery.

    With what is known of each text (its language, its day), and without a copy, a relation goes through `Cleaner.clean_arrow`. DuckDB
    reads a relation and what is made of it at once, so that takes a cursor of its own, which is kept until it is read:

    >>> import copydesk, duckdb
    >>> connection = duckdb.connect()
    >>> _ = connection.sql("CREATE TABLE news AS SELECT 'PARIS, May 4 (Reuters) - It rained all day.' AS body, DATE '2024-05-14' AS day")
    >>> cursor = connection.cursor()
    >>> stream = copydesk.Cleaner().clean_arrow(cursor.sql("FROM news"), text="body", published="day", into="it")
    >>> connection.sql("SELECT day, it.dateline.date.resolved FROM stream").fetchall()
    [(datetime.date(2024, 5, 14), '2024-05-04')]

    Raises `ConfigError` (a `ValueError`) for a field or an option that is not known.
    """
    text = work("text", cleaner=cleaner, threads=threads, on_error=on_error)
    both = work(fields, cleaner=cleaner, threads=threads, on_error=on_error)
    page = work(fields, cleaner=cleaner, threads=threads, on_error=on_error, html=True)
    functions: dict[str, Callable[[Any], Any]] = {
        "clean_text": lambda texts: cleaned(text, {"text": texts}).column(-1),
        "clean": lambda texts: cleaned(both, {"text": texts}).column(-1),
        "clean_html": lambda texts: cleaned(page, {"text": texts}).column(-1),
        "normalize_text": lambda texts: normalized(texts, threads),
    }
    # All that can be refused is, before anything is replaced.
    types = {name: _type(connection, function(pa.chunked_array([], pa.string())).type) for name, function in functions.items()}
    for name, function in functions.items():
        try:
            connection.remove_function(prefix + name)
        except duckdb.InvalidInputException:
            pass  # there is none
        # DuckDB's own handling of NULL refuses one that is made of a text, as with on_error="null". Its stubs know no strings here.
        create: Any = connection.create_function
        create(prefix + name, function, ["VARCHAR"], types[name], type="arrow", null_handling="special")


def _type(connection: duckdb.DuckDBPyConnection, kind: Any) -> Any:
    """DuckDB's type for one of Arrow."""
    nothing = pa.table({"it": pa.array([], kind)})
    return connection.cursor().from_arrow(nothing).types[0]
