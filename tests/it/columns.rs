//! Parquet and Arrow, in and out: columns keep their types.

use std::fs::File;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, Decimal128Array, Int32Array, LargeStringArray, ListArray, RecordBatch, StringArray, StructArray,
    TimestampMicrosecondArray,
};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::json;

use crate::command::{copydesk, copydesk_reading, json_lines};
use crate::support::Folder;

const STORY: &str = "The ferry left the harbour at half past six in the rain, and nobody was on board but the crew.";
const ROWS: usize = 3000;

fn at(folder: &Folder, name: &str) -> String {
    folder.path(name).to_str().unwrap().to_owned()
}

/// Columns of several types; every tenth text is null.
fn table() -> RecordBatch {
    let texts = (0..ROWS).map(|i| match i % 10 {
        0 => None,
        1 if i < 200 => Some(format!("{STORY} {i}\n\nShare this article")),
        _ => Some(String::new()),
    });
    let numbers: Int32Array = (0..ROWS as i32).map(|i| (i % 7 != 0).then_some(i)).collect();
    let times = TimestampMicrosecondArray::from_iter_values((0..ROWS as i64).map(|i| 1_700_000_000_000_000 + i));
    let prices = Decimal128Array::from_iter_values((0..ROWS as i128).map(|i| i * 10)).with_precision_and_scale(9, 2);
    let tags = ListArray::from_iter_primitive::<arrow_array::types::Int32Type, _, _>(
        (0..ROWS as i32).map(|i| Some(vec![Some(i), None])),
    );
    let columns: [(&str, ArrayRef); 5] = [
        ("n", Arc::new(numbers)),
        ("text", Arc::new(texts.collect::<LargeStringArray>())),
        ("when", Arc::new(times.with_timezone("Europe/Paris"))),
        ("price", Arc::new(prices.unwrap())),
        ("tags", Arc::new(tags)),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, true))).unwrap()
}

fn write(path: &str, batch: &RecordBatch) {
    let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), None).unwrap();
    for start in (0..batch.num_rows()).step_by(700) {
        writer.write(&batch.slice(start, 700.min(batch.num_rows() - start))).unwrap();
        writer.flush().unwrap();
    }
    writer.close().unwrap();
}

fn read(path: &str) -> RecordBatch {
    let file = File::open(path).unwrap();
    let batches: Vec<RecordBatch> = match path.rsplit('.').next().unwrap() {
        "parquet" => {
            let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
            reader.map(|batch| batch.unwrap()).collect()
        }
        "arrow" => FileReader::try_new(file, None).unwrap().map(|batch| batch.unwrap()).collect(),
        _ => StreamReader::try_new(file, None).unwrap().map(|batch| batch.unwrap()).collect(),
    };
    arrow_select::concat::concat_batches(&batches[0].schema(), &batches).unwrap()
}

#[test]
fn columns_are_carried_through() {
    let folder = Folder::new("columns");
    let (table, file) = (table(), at(&folder, "a.parquet"));
    write(&file, &table);
    let parquet = at(&folder, "b.parquet");
    let ran = copydesk(&["clean", &file, "-o", &parquet, "--threads", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found = read(&parquet);
    for (field, column) in table.schema().fields().iter().zip(table.columns()) {
        assert_eq!(found.column_by_name(field.name()).unwrap(), column, "{}", field.name());
    }
    let added = found.column_by_name("copydesk").unwrap().as_struct();
    let document = copydesk::clean(format!("{STORY} 11\n\nShare this article"));
    let text = |added: &StructArray, row: usize| {
        added.column_by_name("text").unwrap().as_string::<i32>().value(row).to_owned()
    };
    assert_eq!((text(added, 11), added.is_null(10), added.is_null(11)), (document.text().to_owned(), true, false));
    assert!(matches!(added.column_by_name("byline").unwrap().data_type(), DataType::Struct(_)));
    assert!(matches!(added.column_by_name("captions").unwrap().data_type(), DataType::List(_)));
    // The same through every format, and for any number of threads.
    for (from, to) in [("b.parquet", "c.arrow"), ("c.arrow", "d.arrows"), ("d.arrows", "e.parquet")] {
        let (from, to) = (at(&folder, from), at(&folder, to));
        assert_eq!(copydesk(&["clean", &from, "-o", &to, "--threads", "1"]).code, 0);
        assert_eq!(read(&to), found);
    }
    assert_eq!(std::fs::read(folder.path("b.parquet")).unwrap(), std::fs::read(folder.path("e.parquet")).unwrap());
}

#[test]
fn columns_become_lines_and_lines_columns() {
    let folder = Folder::new("columns-lines");
    let file = at(&folder, "a.parquet");
    write(&file, &table());
    let lines = json_lines(&copydesk(&["clean", &file, "--fields", "verdict"]).out);
    assert_eq!(lines.len(), ROWS);
    let want = json!({
        "n": 11, "text": format!("{STORY} 11\n\nShare this article"), "when": "2023-11-14T22:13:20.000011Z",
        "price": "1.10", "tags": [11, null], "copydesk": { "verdict": "stub" },
    });
    assert_eq!(lines[11], want);
    assert_eq!((&lines[10]["text"], &lines[10]["copydesk"]), (&json!(null), &json!(null)));
    // From standard input, by what it is.
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(json_lines(&copydesk_reading(&["clean", "--fields", "verdict"], &bytes).out), lines);
    let records: String = (0..ROWS)
        .map(|i| match i {
            2000 => json!({ "id": "text", "text": "" }).to_string() + "\n",
            2001 => json!({ "id": 1, "text": "", "new": 1 }).to_string() + "\n",
            i => json!({ "id": i, "text": "", "good": i % 2 == 0, "list": [i] }).to_string() + "\n",
        })
        .collect();
    let (out, bad) = (at(&folder, "b.parquet"), at(&folder, "bad.jsonl"));
    let ran =
        copydesk(&["clean", &folder.write("a.jsonl", records), "-o", &out, "--text-to", "text", "--rejects", &bad]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let found = read(&out);
    let kinds: Vec<_> =
        found.schema().fields().iter().take(4).map(|field| (field.name().clone(), field.data_type().clone())).collect();
    let kind = |name: &str, kind: DataType| (name.to_owned(), kind);
    let want =
        [("good", DataType::Boolean), ("id", DataType::Int64), ("list", DataType::Utf8), ("text", DataType::Utf8)];
    let mut sorted = kinds.clone();
    sorted.sort_by(|one, two| one.0.cmp(&two.0));
    assert_eq!(sorted, want.map(|(name, of)| kind(name, of)));
    assert_eq!(found.num_rows(), ROWS - 2);
    let list: &StringArray = found.column_by_name("list").unwrap().as_string();
    assert_eq!(list.value(5), "[5]");
    let told = json_lines(&folder.read("bad.jsonl"));
    assert_eq!(told.iter().map(|reject| reject["line"].as_u64().unwrap()).collect::<Vec<_>>(), [2001, 2002]);
    assert_eq!(told[0]["reason"], "the field \"id\": \"\\\"text\\\"\" is not a whole number, as in the first records");
}

#[test]
fn damaged_columns_are_told() {
    let folder = Folder::new("columns-damaged");
    let file = at(&folder, "a.parquet");
    write(&file, &table());
    let bytes = std::fs::read(&file).unwrap();
    let cut = folder.write("cut.parquet", &bytes[..bytes.len() / 2]);
    let ran = copydesk(&["clean", &cut, &file, "--fields", "none"]);
    assert!(ran.code != 0 && ran.err.contains("cut.parquet"), "{}", ran.err);
    assert_eq!(json_lines(&ran.out).len(), ROWS);
}

/// A type as `copydesk schema --json` writes it.
fn typed(kind: &DataType) -> serde_json::Value {
    match kind {
        DataType::Utf8 => json!("string"),
        DataType::Int64 => json!("int64"),
        DataType::Float64 => json!("double"),
        DataType::Boolean => json!("bool"),
        DataType::List(item) => json!({ "list": typed(item.data_type()) }),
        DataType::Struct(members) => {
            let member = |it: &Arc<arrow_schema::Field>| json!({ "name": it.name(), "type": typed(it.data_type()) });
            json!({ "struct": members.iter().map(member).collect::<Vec<_>>() })
        }
        other => panic!("{other}"),
    }
}

#[test]
fn what_is_written_has_the_types_that_the_command_shows() {
    let folder = Folder::new("schema");
    let (input, output) = (at(&folder, "in.jsonl"), at(&folder, "out.parquet"));
    let shown = &json_lines(&copydesk(&["schema", "--json"]).out)[0];
    let names = shown["struct"].as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap());
    let names = names.collect::<Vec<_>>().join(",");
    // Whatever the texts hold, nothing of it, too.
    for text in
        [json!(STORY), json!(""), json!(null), json!("PARIS, May 4 (Reuters) - It rained.\n\nPhoto: Nora Quill")]
    {
        std::fs::write(&input, json!({ "text": text }).to_string()).unwrap();
        let ran = copydesk(&["clean", &input, "--output", &output, "--fields", &names, "--overwrite"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let mut written = typed(read(&output).column_by_name("copydesk").unwrap().data_type());
        written["schema"] = shown["schema"].clone();
        assert_eq!(&written, shown);
    }
}
