"""Spark: a column of clean stories beside the columns of a frame, made where its partitions are.

    import copydesk.spark
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.getOrCreate()
    pages = spark.read.parquet("s3a://crawl/2024/")
    clean = copydesk.spark.clean(pages, text="body", source="url")
    clean.where("copydesk.verdict = 'story'").select("url", "copydesk.text").write.parquet("s3a://clean/2024/")

Needs pyspark 3.5 or newer and, on the driver and on every worker, pyarrow and copydesk: `pip install 'copydesk[spark]'`.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from copydesk._core import Cleaner
from copydesk._errors import ConfigError
from copydesk._extras import extra
from copydesk._rows import Asked, listed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame as _DataFrame

__all__ = ["clean"]


def clean(
    df: _DataFrame,
    text: str = "text",
    *,
    html: str | None = None,
    source: str | None = None,
    title: str | None = None,
    lang: str | None = None,
    published: str | None = None,
    fields: Sequence[str] | None = None,
    into: str = "copydesk",
    cleaner: Cleaner | None = None,
    threads: int | None = 1,
    on_error: Literal["raise", "null", "keep"] = "raise",
) -> _DataFrame:
    """The frame with one column more, a struct of what was made of each text. Nothing is run before an action asks for it.

    Args:
        df: The frame. All its columns are carried through, as they are.
        text: The column of the texts, strings or binary. Default: "text".
        html: The column of pages, which are cleaned in place of texts. Default: none.
        source: The column of sites or addresses, as `Cleaner.clean` takes them. So are `title`, `lang` and
            `published` (dates, timestamps of which the day in UTC counts, or strings) columns of what is known of
            each text. Default: none.
        fields: The members of the struct, of those that `copydesk schema` lists. Default: all but "markdown", "words",
            "removed" and "blocks". Its types hang on no data; positions are bytes of UTF-8.
        into: The name of the new column; a column of that name is replaced. Default: "copydesk".
        cleaner: The cleaner. It is pickled with the content of its files, and made once in each Python worker.
            Default: `Cleaner()`.
        threads: Threads of a worker. Default: 1, because Spark runs a worker for each core.
        on_error: What becomes of a row whose language or day cannot be read, or that copydesk fails on. "raise" fails the
            task, and after the retries of Spark the job; the number in the message counts the rows of one batch of
            Arrow. With "null" its struct is null, with "keep" its text is what was given. Default: "raise".

    Returns:
        A frame of the same rows in the same partitions and order. Where the text is null, so is the struct.

    Raises:
        ConfigError: (a `ValueError`) A column is not there, twice there, or of a type that holds no texts; a field is not known.
        ImportError: pyspark or pyarrow is not installed.

    >>> import copydesk.spark
    >>> from pyspark.sql import SparkSession
    >>> spark = SparkSession.builder.master("local[2]").getOrCreate()
    >>> df = spark.createDataFrame([(1, "It rained all day, the city said.\\n\\nSHARE"), (2, None)], "id int, text string")
    >>> copydesk.spark.clean(df, fields=["text"]).collect()[1]
    Row(id=2, text=None, copydesk=None)
    """
    with extra("spark"):
        import pyarrow
        from pyspark.sql import types
        from pyspark.sql.pandas.types import from_arrow_type
    names = df.columns
    exact = df.sparkSession.conf.get("spark.sql.caseSensitive", "false") == "true"
    # Places for names: Spark itself finds no column whose name holds a dot, and hands over none that is called as another is.
    places = [str(place) for place in range(len(names))]

    def place(option: str, name: str | None) -> str | None:
        return None if name is None else str(_place(names, option, name, exact=exact))

    asked = Asked(
        text="" if html is not None else str(_place(names, "text", text, exact=exact)),
        html=place("html", html),
        source=place("source", source),
        title=place("title", title),
        lang=place("lang", lang),
        published=place("published", published),
        fields=listed(fields),
        into="made",
        threads=threads,
        on_error=on_error,
    )
    cleaner = Cleaner() if cleaner is None else cleaner
    # Of an empty table: what is wrong is said here and not by a worker, and the types are asked of who makes them.
    given = [(column, _type(pyarrow, df.schema.fields[int(column)])) for column in asked.columns()]
    made = pyarrow.schema(asked.stream(cleaner, pyarrow.schema(given).empty_table())).field(asked.into).type
    carried = [column for column in places if not _same(names[int(column)], into, exact=exact)]
    fields_of = [df.schema.fields[int(column)] for column in carried]
    columns = [
        types.StructField(column, field.dataType, field.nullable, field.metadata)
        for column, field in zip(carried, fields_of, strict=True)
    ]
    schema = types.StructType([*columns, types.StructField(asked.into, from_arrow_type(made))])
    done = df.toDF(*places).mapInArrow(partial(_clean, asked, pickle.dumps(cleaner), carried), schema)
    return done.toDF(*(field.name for field in fields_of), into)


def _same(name: str, other: str, *, exact: bool) -> bool:
    return name == other or (not exact and name.lower() == other.lower())


def _place(names: Sequence[str], option: str, name: str, *, exact: bool) -> int:
    """The place of the column that Spark would take for one called so."""
    found = [place for place, column in enumerate(names) if _same(column, name, exact=exact)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f'"{column}"' for column in names)
    if found:
        raise ConfigError(f'there are {len(found)} columns {option}="{name}": rename one; the columns are {listed}')
    raise ConfigError(
        f'there is no column {option}="{name}": the columns are {listed}; give what is nested in one a column of its '
        "own first, by withColumn"
    )


def _type(pyarrow: Any, field: Any) -> Any:
    """The type of Arrow that a column of texts or days comes in."""
    known = {
        "string": pyarrow.string(),
        "char": pyarrow.string(),
        "varchar": pyarrow.string(),
        "binary": pyarrow.binary(),
        "date": pyarrow.date32(),
        "timestamp": pyarrow.timestamp("us", "UTC"),
        "timestamp_ntz": pyarrow.timestamp("us"),
    }
    kind = field.dataType.typeName()
    if kind not in known:
        raise ConfigError(f'the column "{field.name}" is of the type {kind}, which holds neither texts nor days: cast it')
    return known[kind]


# Those of this worker, which serves one task after the other.
_cleaners: dict[bytes, Cleaner] = {}


def _cleaner(pickled: bytes) -> Cleaner:
    """The cleaner that was pickled, made when it is first asked for."""
    if pickled not in _cleaners:
        _cleaners[pickled] = pickle.loads(pickled)
    return _cleaners[pickled]


def _clean(asked: Asked, cleaner: bytes, carried: Sequence[str], batches: Iterable[Any]) -> Iterator[Any]:
    """What a worker does with the batches of a partition."""
    import pyarrow

    for batch in batches:
        at = 0
        for made in asked.made(_cleaner(cleaner), batch, pyarrow):
            rows = batch.slice(at, len(made)).select(carried)
            at += len(made)
            schema = rows.schema.append(pyarrow.field(asked.into, made.type))
            yield pyarrow.RecordBatch.from_arrays([*rows.columns, made], schema=schema)
