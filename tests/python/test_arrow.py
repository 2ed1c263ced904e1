"""`Cleaner.clean_arrow`: tables, columns and streams of every library, in and out, with the values of `clean_many`."""

from __future__ import annotations

import datetime
import pickle
import signal
import subprocess
import sys
import textwrap
import time

import copydesk
import pytest
from conftest import ARTICLE, GOLDENS, ODD, USUAL, fields_of, needs

pa = needs("pyarrow")

CLEANER = copydesk.Cleaner()
#: No surrogates, which no column of strings can hold.
TEXTS = [text for name, text in ODD.items() if name != "surrogates"] + [golden.text for golden in GOLDENS[:10]] + [None, ARTICLE]


def table(stream: copydesk.ArrowStream) -> pa.Table:
    made = pa.table(stream)
    made.validate(full=True)
    return made


def cleaned(data: object, **options) -> list[dict | None]:
    """The rows of the struct that is made; a row of nulls would be told from a null."""
    return table(CLEANER.clean_arrow(data, into="made", **options))["made"].to_pylist()


WANT = fields_of(TEXTS)


def dictionary(texts: list) -> pa.Array:
    return pa.array(texts).dictionary_encode()


KINDS = {
    "string": lambda texts: pa.array(texts, pa.string()),
    "large_string": lambda texts: pa.array(texts, pa.large_string()),
    "string_view": lambda texts: pa.array(texts, pa.string_view()),
    "binary": lambda texts: pa.array([text and text.encode() for text in texts], pa.binary()),
    "large_binary": lambda texts: pa.array([text and text.encode() for text in texts], pa.large_binary()),
    "binary_view": lambda texts: pa.array([text and text.encode() for text in texts], pa.binary_view()),
    "dictionary": dictionary,
    "dictionary of large strings": lambda texts: pa.array(texts, pa.large_string()).dictionary_encode(),
    "sliced": lambda texts: pa.array(["before", None, *texts, "after"]).slice(2, len(texts)),
    "sliced dictionary": lambda texts: dictionary(["before", *texts, "after"]).slice(1, len(texts)),
    "sliced view": lambda texts: pa.array(["before", *texts, "after"], pa.string_view()).slice(1, len(texts)),
    "chunked": lambda texts: pa.chunked_array([texts[:3], [], texts[3:4], texts[4:]], pa.string()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_of_texts_gives_what_clean_many_gives(kind):
    column = KINDS[kind](TEXTS)
    assert cleaned(pa.table({"text": column})) == WANT
    assert cleaned(column) == WANT


@pytest.mark.parametrize("fields", [["text"], ["blocks", "title"], ["captions", "dateline", "byline"], list(USUAL)])
def test_fields_are_those_asked_for_in_their_order(fields):
    made = table(CLEANER.clean_arrow(pa.array(TEXTS), fields=fields))
    assert made.column_names == fields
    assert made.to_pylist() == [row or dict.fromkeys(fields) for row in fields_of(TEXTS, fields)]


def test_the_schema_is_the_same_for_every_data():
    def schema(data: object, **options) -> pa.Schema:
        return table(CLEANER.clean_arrow(data, **options)).schema

    want = schema(pa.array(TEXTS))
    assert want.names == USUAL
    empty = pa.table({"text": pa.array([], pa.string())})
    for data in (
        pa.array([None, None], pa.string()),
        pa.nulls(2),
        empty,
        pa.Table.from_batches([], empty.schema),
        pa.array([], pa.large_binary()),
        pa.array(["Share this"]),
        pa.array(["Share this"]).dictionary_encode(),
    ):
        assert schema(data).equals(want, check_metadata=True)
        assert pa.schema(CLEANER.clean_arrow(data)).equals(want, check_metadata=True)
        assert schema(data, on_error="null", threads=2) == want
    assert want.metadata == {b"copydesk.schema": b"3"}


def test_nothing_gives_nothing():
    for data in (pa.array([], pa.string()), pa.table({"text": pa.array([], pa.string())}), pa.chunked_array([], pa.string())):
        assert table(CLEANER.clean_arrow(data)).num_rows == 0
        made = table(CLEANER.clean_arrow(data, into="made"))
        assert made.num_rows == 0 and made.column_names == ["text", "made"]


def test_columns_of_nulls_give_nulls():
    for data in (pa.nulls(3), pa.array([None] * 3, pa.string()), pa.array([None] * 3, pa.binary_view()), dictionary([None] * 3)):
        assert cleaned(pa.table({"text": data})) == [None] * 3


def test_the_rows_of_a_struct_that_are_null_are_null():
    texts = pa.array([ARTICLE, ARTICLE, None])
    rows = pa.StructArray.from_arrays([texts, pa.array([1, 2, 3])], names=["text", "n"], mask=pa.array([False, True, False]))
    for data in (rows, rows.slice(0, 3), pa.chunked_array([rows])):
        made = table(CLEANER.clean_arrow(data, into="made", fields=["title"]))
        assert made["made"].to_pylist() == [{"title": "Ferry strike strands thousands"}, None, None]
        assert made["n"].to_pylist() == [1, None, 3]
    assert cleaned(rows.slice(1), fields=["title"]) == [None, None]



def test_a_dictionary_of_nothing_gives_nulls():
    nothing = pa.array([None, None], pa.string()).dictionary_encode()
    assert len(nothing.dictionary) == 0
    assert cleaned(nothing) == [None, None]
    hinted = pa.table({"text": [ARTICLE, ARTICLE], "url": nothing})
    assert cleaned(hinted, source="url") == fields_of([ARTICLE, ARTICLE])


def test_a_struct_that_is_null_where_its_members_cannot_be():
    members = [pa.array([ARTICLE, ARTICLE]), pa.array([None, None]), pa.array([7, 8])]
    fields = [pa.field("text", pa.string(), nullable=False), pa.field("nothing", pa.null()), pa.field("id", pa.int64(), nullable=False)]
    rows = pa.StructArray.from_arrays(members, fields=fields, mask=pa.array([False, True]))
    made = table(CLEANER.clean_arrow(rows, fields=["verdict"], into="made"))
    assert made["made"].to_pylist() == [{"verdict": "stub"}, None]
    assert made["id"].to_pylist() == [7, None]


def test_an_array_that_was_taken_is_refused():
    class Once:
        def __init__(self) -> None:
            self.capsules = pa.array([ARTICLE]).__arrow_c_array__()

        def __arrow_c_array__(self, requested_schema=None):
            return self.capsules

    once = Once()
    assert cleaned(once) == fields_of([ARTICLE])
    with pytest.raises(ValueError, match="taken already"):
        CLEANER.clean_arrow(once)

def test_a_reader_of_batches_and_a_generator():
    given = pa.table({"text": TEXTS * 20, "n": range(len(TEXTS) * 20)})
    reader = pa.RecordBatchReader.from_batches(given.schema, given.to_batches(max_chunksize=7))
    made = table(CLEANER.clean_arrow(reader, into="made"))
    assert made["made"].to_pylist() == WANT * 20 and made["n"] == given["n"]

    asked = []

    def batches():
        for at in range(4):
            asked.append(at)
            yield pa.record_batch({"text": TEXTS})
            yield pa.record_batch({"text": pa.array([], pa.string())})

    stream = CLEANER.clean_arrow(pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), batches()), into="made")
    assert asked == []
    reader = pa.RecordBatchReader.from_stream(stream)
    assert asked == []
    first = reader.read_next_batch()
    assert len(asked) == 1 and first["made"].to_pylist() == WANT
    assert [row for batch in reader for row in batch["made"].to_pylist()] == WANT * 3


def test_what_a_generator_raises_comes_through_after_what_it_gave():
    def batches():
        yield pa.record_batch({"text": ["one"]})
        raise RuntimeError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), batches())
    made = pa.RecordBatchReader.from_stream(CLEANER.clean_arrow(reader, fields=["text"]))
    assert made.read_next_batch().num_rows == 1
    with pytest.raises(Exception, match="the disk is gone"):
        made.read_next_batch()


def test_one_text_of_ten_megabytes():
    text = (ARTICLE + "\n\n") * (10_000_000 // len(ARTICLE))
    made = table(CLEANER.clean_arrow(pa.array([text, None]), fields=["text"]))["text"].to_pylist()
    assert made == copydesk.clean_texts([text, None])


def test_strings_that_are_not_utf8_are_read_as_bytes():
    """Arrow's strings should be UTF-8, and who made the column may not have looked."""
    texts = ["Café Müller closes on Monday".encode("latin-1"), b"a\xff\xfe\n\nb\x80", b"", "Ünder".encode()]
    data, offsets = b"".join(texts), [0]
    for text in texts:
        offsets.append(offsets[-1] + len(text))
    buffers = [None, pa.py_buffer(b"".join(at.to_bytes(4, "little") for at in offsets)), pa.py_buffer(data)]
    column = pa.Array.from_buffers(pa.string(), len(texts), buffers)
    made = table(CLEANER.clean_arrow(column, fields=["text", "blocks"]))
    assert made.to_pylist() == fields_of(texts, ["text", "blocks"])
    assert made["blocks"].to_pylist()[0][0]["text"] == "Café Müller closes on Monday"


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.date32(),
        pa.date64(),
        pa.timestamp("s"),
        pa.timestamp("ms"),
        pa.timestamp("us", "UTC"),
        pa.timestamp("ns", "Europe/Paris"),
    ],
    ids=str,
)
def test_published_is_a_day_in_every_type(kind):
    days = [datetime.date(2015, 12, 30), None, datetime.date(1968, 2, 3)]
    column = pa.array(days, pa.date32()).cast(kind)
    data = pa.table({"text": ["PARIS, Jan 2 (Reuters) - It rained all day."] * 3, "day": column})
    found = [row["dateline"]["date"] for row in cleaned(data, published="day", fields=["dateline"])]
    assert [date["resolved"] for date in found] == ["2016-01-02", None, "1968-01-02"]


def test_what_is_known_of_each_text():
    texts = ["It closes on Monday.", "It rained.", "It rained.", None]
    known = {
        "sources": ["https://orla.example/a", "", None, None],
        "titles": ["Tunnel closes for a month | The Orla Times", None, "Rain", "No text"],
        "langs": ["de", "English", "", None],
        "published": ["2016-05-04", "", None, None],
    }
    data = pa.table({"text": texts, "s": known["sources"], "t": known["titles"], "l": known["langs"], "p": known["published"]})
    options = {"source": "s", "title": "t", "lang": "l", "published": "p"}
    want = fields_of(texts, **known)
    assert want[0]["title"] == "Tunnel closes for a month" and want[0]["lang"] == "de"
    assert cleaned(data, **options) == want
    encoded = pa.table({name: pa.array(data[name].to_pylist()).dictionary_encode() for name in data.column_names})
    assert cleaned(encoded, **options) == want


def test_pages():
    pages = ["<h1>Rain</h1><p>It rained all day, the city said &ndash; and all night.", None, "<p>caf\xe9"]
    want = [row and row.to_dict() for row in CLEANER.clean_html_many([page and page.encode() for page in pages], urls=["https://a.example/x"] * 3)]
    data = pa.table({"page": pages, "at": ["https://a.example/x"] * 3})
    made = cleaned(data, html="page", source="at", fields=["text", "title", "url", "blocks"])
    assert made == [row and {name: row[name] for name in ("text", "title", "url", "blocks")} for row in want]


def test_columns_are_carried_and_one_of_that_name_is_replaced():
    given = pa.table({"made": [1, 2], "text": ["One.", None], "n": [[1], None]}, metadata={"whose": "mine"})
    made = table(CLEANER.clean_arrow(given, into="made", fields=["verdict"]))
    assert made.column_names == ["text", "n", "made"]
    assert made.select(["text", "n"]).equals(given.select(["text", "n"]))
    assert made["made"].to_pylist() == [{"verdict": "no_story"}, None]
    assert made.schema.metadata[b"whose"] == b"mine"
    made = table(CLEANER.clean_arrow(given, into="text", fields=["verdict"]))
    assert made.column_names == ["made", "n", "text"] and made["text"].to_pylist() == [{"verdict": "no_story"}, None]


def test_a_name_that_is_no_list_asks_for_the_field_itself():
    data = pa.table({"n": [1, 2, 3], "text": [ARTICLE, None, "It &amp; rained."], "lang": ["en", "en", "Klingon?"]})
    for field in ("text", "dateline", "captions", "blocks"):
        options = {"fields": field, "lang": "lang", "on_error": "keep"}
        alone, beside = (table(CLEANER.clean_arrow(data, into=into, **options)) for into in (None, "made"))
        assert alone.column_names == [field] and beside.column_names == ["n", "text", "lang", "made"]
        want = fields_of([ARTICLE], [field], langs=["en"])[0][field]
        kept = "It &amp; rained." if field == "text" else None
        assert alone[field].to_pylist() == beside["made"].to_pylist() == [want, None, kept]
        assert alone.schema.field(field).type == beside.schema.field("made").type
        assert beside.select(data.column_names).equals(data)
    assert table(CLEANER.clean_arrow(data, into="text", fields="title")).column_names == ["n", "lang", "text"]
    with pytest.raises(copydesk.ConfigError, match="sense"):
        CLEANER.clean_arrow(data, fields="sense")


def test_a_row_that_is_refused():
    data = pa.table({"text": [ARTICLE, "It &amp; rained.", None, ARTICLE], "lang": ["en", "Klingon?", "Klingon?", None]})
    with pytest.raises(ValueError, match=r"row 1.*Klingon"):
        table(CLEANER.clean_arrow(data, lang="lang"))
    whole = fields_of([ARTICLE], langs=["en"])[0]
    assert cleaned(data, lang="lang", on_error="null") == [whole, None, None, whole]
    kept = cleaned(data, lang="lang", on_error="keep")
    assert kept == [whole, {**dict.fromkeys(USUAL), "text": "It &amp; rained."}, None, whole]
    assert cleaned(data, lang="lang", on_error="keep", fields=["title"])[1] == {"title": None}
    # The number is that of the row, not of the row in its batch.
    late = pa.table({"text": ["It rained."] * 3000, "day": ["2016-05-04"] * 2999 + ["no day"]})
    with pytest.raises(ValueError, match="row 2999"):
        table(CLEANER.clean_arrow(late, published="day", fields=["text"]))


def test_what_is_refused_at_once():
    data = pa.table({"text": ["One."], "n": [1]})
    for options, message in (
        ({"text": "body"}, r'no column text="body": the columns are "text", "n"'),
        ({"html": "body"}, 'no column html="body"'),
        ({"text": "n"}, 'the column text="n" is of the type Int64, which holds no texts'),
        ({"published": "n"}, "holds no days"),
        ({"lang": "n"}, "holds no texts"),
        ({"fields": ["words", "sense"]}, "sense"),
        ({"fields": []}, "fields is empty"),
        ({"fields": ["text", "text"]}, "twice"),
        ({"on_error": "ignore"}, "on_error.*raise"),
        ({"threads": 0}, "threads 0"),
    ):
        with pytest.raises(copydesk.ConfigError, match=message):
            CLEANER.clean_arrow(data, **options)
    for nothing in (["One."], "One.", None, {"text": ["One."]}):
        with pytest.raises(TypeError, match=r"__arrow_c_stream__.*clean_many"):
            CLEANER.clean_arrow(nothing)


def test_columns_that_hold_texts_only_inside_say_what_to_do():
    lists = [pa.list_(pa.string()), pa.large_list(pa.string()), pa.large_list_view(pa.string()), pa.list_(pa.string(), 1)]
    for column in (pa.array([["One."]], kind) for kind in lists):
        with pytest.raises(copydesk.ConfigError, match="which holds no texts: join what is in each, or explode it"):
            CLEANER.clean_arrow(pa.table({"text": column}))
        # Beside the texts they are carried.
        beside = pa.table({"parts": column, "text": ["One."]})
        assert table(CLEANER.clean_arrow(beside, into="made", fields="verdict"))["parts"].to_pylist() == [["One."]]
    with pytest.raises(copydesk.ConfigError, match="which holds no texts: give a member of it a column of its own"):
        CLEANER.clean_arrow(pa.table({"text": [{"body": "One."}]}))
    with pytest.raises(copydesk.ConfigError, match='no column text="text", nor any other'):
        CLEANER.clean_arrow(pa.table({}))


def test_columns_of_one_name():
    twice = pa.table([["One."], ["Two."], [1]], names=["text", "text", "n"])
    with pytest.raises(copydesk.ConfigError, match='there are 2 columns text="text": rename one'):
        CLEANER.clean_arrow(twice)
    others = pa.table([[1], [2], ["Share"], ["https://orla.example"]], names=["n", "n", "text", "at"])
    assert table(CLEANER.clean_arrow(others, source="at", into="made", fields="verdict")).column_names == ["n", "n", "text", "at", "made"]
    with pytest.raises(copydesk.ConfigError, match='there are 2 columns lang="n"'):
        CLEANER.clean_arrow(others, lang="n")


def test_extension_types_are_read_by_their_storage_and_carried_as_they_are():
    class Wire(pa.ExtensionType):
        def __init__(self):
            super().__init__(pa.string(), "orla.wire")

        def __arrow_ext_serialize__(self):
            return b""

        @classmethod
        def __arrow_ext_deserialize__(cls, storage, serialized):
            return cls()

    pa.register_extension_type(Wire())
    try:
        wire = pa.ExtensionArray.from_storage(Wire(), pa.array([ARTICLE, None]))
        for data in (wire, pa.table({"text": wire})):
            assert table(CLEANER.clean_arrow(data, fields="text"))["text"].to_pylist() == [copydesk.clean(ARTICLE).text, None]
        field = pa.field("wire", Wire(), metadata={"desk": "foreign"})
        given = pa.table([wire, ["One.", "Two."]], schema=pa.schema([field, ("text", pa.string())]))
        made = table(CLEANER.clean_arrow(given, into="made", fields="verdict"))
        assert made.schema.field("wire").equals(field, check_metadata=True) and made["wire"].equals(given["wire"])
    finally:
        pa.unregister_extension_type("orla.wire")


def test_a_stream_is_read_once():
    stream = CLEANER.clean_arrow(pa.array(["One."]))
    assert pa.schema(stream).names == USUAL
    table(stream)
    with pytest.raises(ValueError, match="was read already"):
        table(stream)


def test_threads_make_no_difference():
    data = pa.table({"text": TEXTS * 50})
    one, two, all_of_them = (table(CLEANER.clean_arrow(data, threads=threads)) for threads in (1, 2, None))
    assert one.equals(two) and one.equals(all_of_them)
    assert one["text"].to_pylist() == copydesk.clean_texts(TEXTS * 50)


def test_the_cleaner_is_the_one_that_is_asked():
    cleaner = copydesk.Cleaner(keep=["title"], dateline="strip")
    for one in (cleaner, pickle.loads(pickle.dumps(cleaner))):
        made = table(one.clean_arrow(pa.array([ARTICLE]), fields=["text"]))["text"].to_pylist()
        assert made == ["Ferry strike strands thousands"]


def rows_by(library: str, stream: copydesk.ArrowStream) -> list[dict]:
    """What a library reads of a stream."""
    module = needs(library)
    if library == "pyarrow":
        return module.RecordBatchReader.from_stream(stream).read_all().to_pylist()
    if library == "polars":
        return module.DataFrame(stream).to_dicts()
    if library == "duckdb":
        made = module.connect().sql("SELECT * FROM stream")
        return [dict(zip(made.columns, row, strict=True)) for row in made.fetchall()]
    if library == "pandas":
        frame = pa.table(stream).to_pandas(types_mapper=module.ArrowDtype)
        return pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    if library == "nanoarrow":
        return list(module.Array(stream).to_pylist())
    return pa.table(module.core.Table.from_arrow(stream)).to_pylist()


LIBRARIES = ["pyarrow", "polars", "duckdb", "pandas", "nanoarrow", "arro3.core"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_libraries_read_it(library):
    library = library.removesuffix(".core")
    needs("arro3.core" if library == "arro3" else library)
    want = fields_of(TEXTS)
    stream = CLEANER.clean_arrow(pa.table({"n": range(len(TEXTS)), "text": TEXTS}), into="made")
    assert rows_by(library, stream) == [{"n": n, "text": text, "made": row} for n, (text, row) in enumerate(zip(TEXTS, want, strict=True))]


@pytest.mark.parametrize("library", LIBRARIES)
def test_libraries_give_it(library):
    module = needs(library)
    given = pa.table({"text": TEXTS})
    if library == "polars":
        data: list = [module.from_arrow(given), module.from_arrow(given)["text"]]
    elif library == "duckdb":
        data = [module.connect().sql("FROM given")]
    elif library == "pandas":
        data = [module.DataFrame({"text": TEXTS})]
    elif library == "nanoarrow":
        data = [module.ArrayStream(given), module.Array(given["text"].combine_chunks())]
    elif library == "arro3.core":
        data = [module.Table.from_arrow(given), module.ChunkedArray.from_arrow(given["text"])]
    else:
        data = [given, given["text"], given.to_batches()[0], given.to_reader()]
    for one in data:
        assert cleaned(one, text="text") == WANT


#: An error is all that a stream can give; where it is handled, the interpreter raises KeyboardInterrupt.
PROGRAM = """
    import contextlib, sys
    import copydesk, pyarrow
    text = {text!r} * 40
    stream = copydesk.Cleaner().clean_arrow(pyarrow.table({{"text": [text] * 20_000}}), threads={threads})
    print("reading", flush=True)
    try:
        with contextlib.suppress(ValueError):
            {read}
        print("went on", flush=True)
    except KeyboardInterrupt:
        print("stopped", flush=True)
        sys.exit(7)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process")
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("read", ["pyarrow.table(stream)", "[0 for _ in pyarrow.RecordBatchReader.from_stream(stream)]"])
def test_ctrl_c_ends_a_reader_within_a_second(read, threads):
    program = textwrap.dedent(PROGRAM.format(text=ARTICLE, threads=threads, read=read))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "reading\n"
        time.sleep(0.4)
        start = time.monotonic()
        child.send_signal(signal.SIGINT)
        out, error = child.communicate(timeout=60)
        assert child.returncode == 7, error
        assert out == "stopped\n" and time.monotonic() - start < 1
