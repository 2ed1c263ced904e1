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
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from copydesk._errors import ConfigError
from copydesk._extras import extra
from copydesk._work import TableOptions, Work, table_work

if TYPE_CHECKING:
    from pyspark.sql import DataFrame as _DataFrame
    from typing_extensions import Unpack

__all__ = ["TableOptions", "clean"]


def clean(df: _DataFrame, text: str = "text", **options: Unpack[TableOptions]) -> _DataFrame:
    """The frame with one column more, a struct of what was made of each text. Nothing is run before an action asks for it.

    Args:
        df: The frame. All its columns are carried through, as they are.
        text: The column of the texts, strings or binary. Default: "text".
        options: Those of `TableOptions`: `html`, `source`, `title`, `lang` and `published` name columns; `fields`, `into`,
            `cleaner`, `threads` (of a worker; default: 1, because Spark runs a worker for each core) and `on_error`, where "raise"
            fails the task, after the retries of Spark the job, and the number in the message counts the rows of one batch of Arrow.

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
    asked = table_work(text, **options)
    into = str(asked.into)
    columns_read = {option: str(_place(names, option, name, exact=exact)) for option, name in asked.columns.items()}
    work = replace(asked, columns=columns_read, into="made")
    # Of no rows: what is wrong is said here and not by a worker, and the type is asked of who makes it.
    made = work.type(pyarrow.schema([(column, _type(pyarrow, df.schema.fields[int(column)])) for column in work.names()]))
    carried = [column for column in places if not _same(names[int(column)], into, exact=exact)]
    fields_of = [df.schema.fields[int(column)] for column in carried]
    columns = [
        types.StructField(column, field.dataType, field.nullable, field.metadata)
        for column, field in zip(carried, fields_of, strict=True)
    ]
    schema = types.StructType([*columns, types.StructField(work.into, from_arrow_type(made))])
    done = df.toDF(*places).mapInArrow(partial(_clean, pickle.dumps(work), carried), schema)
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
_works: dict[bytes, Work] = {}


def _work(pickled: bytes) -> Work:
    """The work that was pickled; its cleaner is made when it is first asked for."""
    if pickled not in _works:
        _works[pickled] = pickle.loads(pickled)
    return _works[pickled]


def _clean(pickled: bytes, carried: Sequence[str], batches: Iterable[Any]) -> Iterator[Any]:
    """What a worker does with the batches of a partition."""
    import pyarrow

    work = _work(pickled)
    for batch in batches:
        at = 0
        for made in work.parts(batch):
            rows = batch.slice(at, len(made)).select(carried)
            at += len(made)
            schema = rows.schema.append(pyarrow.field(work.into, made.type))
            yield pyarrow.RecordBatch.from_arrays([*rows.columns, made], schema=schema)
