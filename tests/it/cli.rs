//! The command, run as a user runs it.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::command::{copydesk, copydesk_reading, json_lines};
use crate::golden::Golden;
use crate::support::{Folder, root, shared, skip};

/// An article whose body nobody could take for anything else.
fn article() -> String {
    Golden::all().into_iter().find(|golden| golden.name().starts_with("01-")).unwrap().text()
}

fn clean(text: &str) -> String {
    copydesk::clean(text).text().to_owned()
}

#[test]
fn every_help_ends_with_an_example() {
    let top = copydesk(&["--help"]);
    assert_eq!(top.code, 0);
    for command in ["clean", "inspect", "normalize", "parse", "schema", "eval"] {
        assert!(top.out.contains(&format!("\n  {command} ")), "{}", top.out);
        let help = copydesk(&[command, "--help"]);
        assert_eq!(help.code, 0);
        let (_, example) = help.out.rsplit_once("Examples:\n").unwrap();
        assert!(example.contains(&format!("  copydesk {command}")), "{example}");
    }
    assert!(top.out.contains("Example:\n"));
    assert_eq!(copydesk(&["--version"]).out, format!("copydesk {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_use_says_what_was_given_and_what_is_accepted() {
    let folder = Folder::new("wrong");
    let missing = folder.path("missing.txt").to_str().unwrap().to_owned();
    let here = folder.path("").to_str().unwrap().to_owned();
    let model = folder.write("no.model", "no model\n");
    let text = folder.write("a.jsonl", "{\"text\": \"x\"}\n");
    let empty = folder.write("empty.jsonl", "\n");
    let odd = folder.write("odd.jsonl", r#"{"id": "a", "lang": "en", "lines": ["x"], "labels": ["tittle"]}"#);
    for (args, says) in [
        (&["clean", "--kep", "body"][..], &["--kep", "--keep"][..]),
        (&["cleen"], &["cleen", "clean"]),
        (&[], &["Usage"]),
        (&["clean", "--keep", "body,boddy"], &["boddy", "'body'", "possible values"]),
        (&["clean", "--balance", "everything"], &["everything", "keep_story, balanced, drop_junk"]),
        (&["clean", "--dateline", "maybe"], &["maybe", "keep, strip"]),
        (&["clean", "--separator", r"\q"], &[r"\q is not known", r"\n, \t, \r"]),
        (&["clean", "--threads", "0"], &["0 is not in 1.."]),
        (&["clean", &missing], &["cannot read", "missing.txt"]),
        (&["inspect", &missing], &["cannot read", "missing.txt"]),
        (&["normalize", &missing], &["cannot read", "missing.txt"]),
        (&["eval", &missing], &["cannot read", "missing.txt"]),
        (&["clean", &format!("{here}/none*")], &["there is no such file"]),
        (&["clean", &text, "-o", "x.jsonl.xz"], &["x.jsonl.xz: .xz is not written: use .gz"]),
        #[cfg(not(feature = "columnar"))]
        (&["clean", &text, "-o", "x.parquet"], &["x.parquet: .parquet is not written by this build", "`columnar`"]),
        (&["clean", "--to", "docx", &text], &["\"docx\" is not written", "jsonl, csv"]),
        (&["clean", "--fields", "txt", &text], &["txt", "text, markdown"]),
        (&["normalize", &here], &["cannot read", "it is a directory"]),
        (&["clean", "--model", &missing], &["cannot read", "missing.txt"]),
        (&["clean", "--model", &model], &["not a copydesk model"]),
        (&["clean", "--pack", &missing], &["cannot read", "missing.txt"]),
        (&["clean", "--pack", &model], &["no.model"]),
        (&["clean", &text, "--output", &text], &["--output", "is one of the files to read"]),
        (&["clean", &text, "--links"], &["--links", "--format markdown", "--json"]),
        (&["clean", &text, "--format", "html"], &["html", "text, markdown"]),
        (&["clean", &text, "--rejects", &text], &["--rejects", "is one of the files to read"]),
        (&["clean", "--output", &format!("{missing}/x")], &["cannot write", "missing.txt"]),
        (&["parse", "dateline", "--published", "May 4", "x"], &["May 4", "2016-02-04"]),
        (&["parse", "timestamp", "--now", "2016-02-04", "x"], &["2016-02-04", "2016-02-04T09:30"]),
        (&["parse", "headline", "x"], &["headline", "dateline, byline, timestamp, caption"]),
        (&["normalize", "--form", "NFX"], &["NFX", "NFC"]),
        (&["normalize", "--skip", "space"], &["space", "spaces", "entities"]),
        (&["eval", &text], &["a.jsonl, line 1: no gold document", "missing field"]),
        (&["eval", &empty], &["empty.jsonl holds no gold document"]),
        (&["eval", &odd], &["odd.jsonl, line 1: a", "tittle", "title"]),
        (&["eval", &text, "--by", "editor"], &["editor", "publisher, source, lang"]),
    ] {
        let ran = copydesk(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {}", ran.err);
        for part in says {
            assert!(ran.err.contains(part), "{args:?} does not say {part:?}: {}", ran.err);
        }
        assert!(!ran.err.contains("panicked") && !ran.err.contains("backtrace"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn texts_are_cleaned() {
    let folder = Folder::new("texts");
    let (text, want) = (article(), clean(&article()) + "\n");
    let file = folder.write("a.txt", &text);
    let windows = folder.write("b.txt", format!("\u{feff}{}", text.replace('\n', "\r\n")));
    let empty = folder.write("empty.txt", "");
    for args in [&["clean", &file][..], &["clean", &windows], &["clean", &empty, &file, &empty]] {
        let ran = copydesk(args);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, want.as_str(), ""), "{args:?}");
    }
    for args in [&["clean"][..], &["clean", "-"]] {
        assert_eq!(copydesk_reading(args, text.as_bytes()).out, want);
    }
    assert_eq!(copydesk(&["clean", &file, &windows]).out, format!("{want}\n{want}"));
    let headed = copydesk(&["clean", "--heading", &file, &empty]);
    assert_eq!(headed.out, format!("==> {file} <==\n{want}\n==> {empty} <==\n"));
    assert_eq!(copydesk(&["clean", &empty]).out, "");
    let to_file = copydesk(&["clean", &file, "--output", folder.path("out.txt").to_str().unwrap()]);
    assert_eq!((to_file.code, to_file.out.as_str()), (0, ""));
    assert_eq!(folder.read("out.txt"), want);
}

#[test]
fn texts_and_records_are_shown_as_markdown() {
    let folder = Folder::new("markdown");
    let html = "<h1>Tunnel closes</h1><p>The <b>tunnel</b> closes on Monday, <a href=https://orla.example/c>the council</a> said after a long debate.";
    let page = folder.write("a.html", html);
    let (plain, linked) = ("the council", "[the council](https://orla.example/c)");
    for (args, link) in [(&[][..], plain), (&["--links"], linked), (&["--links", "--images"], linked)] {
        let ran = copydesk(&[&["clean", "--format", "markdown", &page][..], args].concat());
        let want = format!("The **tunnel** closes on Monday, {link} said after a long debate.\n");
        assert_eq!((ran.code, ran.out, ran.err.as_str()), (0, want, ""), "{args:?}");
    }
    let records = folder.write("a.jsonl", json!({"html": html}).to_string());
    let ran = copydesk(&["clean", "--format", "markdown", "--html-field", "html", &records]);
    let record = &json_lines(&ran.out)[0]["copydesk"];
    assert_eq!(record["markdown"].as_str().unwrap(), copydesk::clean_html(html).markdown());
    assert_eq!(record["text"].as_str().unwrap(), copydesk::clean_html(html).text());
    let whole = copydesk(&["clean", "--json", "--links", &page]);
    let links = &json_lines(&whole.out)[0]["blocks"][1]["links"];
    assert_eq!(links[0]["url"], "https://orla.example/c");
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others() {
    let folder = Folder::new("others");
    let file = folder.write("a.txt", article());
    let missing = folder.path("missing.txt").to_str().unwrap().to_owned();
    let ran = copydesk(&["clean", &missing, &file]);
    assert_eq!((ran.code, ran.out), (2, clean(&article()) + "\n"));
    assert!(ran.err.contains("missing.txt"));
}

#[test]
fn options_reach_the_cleaner() {
    let text = article();
    let mut builder = copydesk::Cleaner::builder();
    builder
        .keep([copydesk::Label::Title, copydesk::Label::Body])
        .separator("\n\t")
        .balance(copydesk::Balance::DropJunk);
    let want = builder.build().unwrap().clean(&text).text().to_owned() + "\n";
    let args = ["clean", "--keep", "title,body", "--separator", r"\n\t", "--balance", "drop_junk", "--threads", "2"];
    assert_eq!(copydesk_reading(&args, text.as_bytes()).out, want);
    let folder = Folder::new("options");
    let toml = "[cues]\npromo = [\"the harbour letter\"]";
    let pack = folder.write("own.toml", toml);
    let text = text + "\n\nThe Harbour Letter";
    let document = copydesk::Cleaner::builder().pack("own.toml", toml).build().unwrap().clean(&text);
    assert_eq!(document.blocks().last().unwrap().label(), copydesk::Label::Promo);
    let ran = copydesk_reading(&["clean", "--json", "--pack", &pack], text.as_bytes());
    assert_eq!(json_lines(&ran.out)[0]["blocks"], serde_json::to_value(&document).unwrap()["blocks"]);
}

#[test]
fn documents_as_json() {
    let folder = Folder::new("json");
    let (one, two) = (folder.write("a.txt", article()), folder.write("b.txt", ""));
    let ran = copydesk(&["clean", "--json", &one, &two]);
    assert_eq!(ran.code, 0);
    let documents = json_lines(&ran.out);
    assert_eq!(documents.len(), 2);
    let mut want = serde_json::to_value(copydesk::clean(article())).unwrap();
    want["file"] = one.as_str().into();
    assert_eq!(documents[0], want);
    assert_eq!(documents[1]["blocks"], json!([]));
    assert!(want["blocks"][0].get("evidence").or(want["blocks"][0].get("probabilities")).is_none());
    let more = copydesk(&["clean", "--json", "--evidence", "--probabilities", &one]);
    let detail = copydesk::Detail::default().evidence(true).probabilities(true);
    let want: serde_json::Value = serde_json::from_str(&copydesk::clean(article()).to_json_with(detail)).unwrap();
    assert_eq!(json_lines(&more.out)[0]["blocks"], want["blocks"]);
    assert!(want["blocks"][0]["evidence"][0]["weight"].is_f64() && want["blocks"][0]["probabilities"].is_object());
    for detail in ["--evidence", "--probabilities"] {
        assert_eq!(copydesk(&["clean", detail, &one]).code, 2);
    }
}

#[test]
fn records_keep_their_fields_and_gain_one() {
    let folder = Folder::new("records");
    let text = article();
    let lines = [
        format!("{{\"n\": 1.50, \"text\": {}, \"z\": {{\"b\":1, \"a\":2}}}}", json!(text)),
        String::new(),
        json!({ "text": "", "copydesk": "old" }).to_string(),
    ];
    let file = folder.write("a.jsonl", format!("\u{feff}{}\r\n", lines.join("\r\n")));
    let ran = copydesk(&["clean", &file]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with("{\"n\":1.50,\"text\":"), "{}", &ran.out[..40]);
    assert!(ran.out.contains("\"z\":{\"b\":1, \"a\":2},\"copydesk\":{\"text\":"));
    let records = json_lines(&ran.out);
    assert_eq!(records.len(), 2);
    assert_eq!(records[0]["copydesk"]["text"], clean(&text));
    assert_eq!(records[0]["copydesk"]["verdict"], "story");
    assert_eq!(records[0]["copydesk"]["title"], copydesk::clean(&text).title().unwrap());
    assert_eq!(records[1]["copydesk"]["verdict"], "no_story");
    assert_eq!(copydesk_reading(&["clean", "--jsonl"], &std::fs::read(&file).unwrap()).out, ran.out);
    let whole = json_lines(&copydesk(&["clean", "--json", &file, "--output-field", "doc"]).out);
    assert_eq!(whole[0]["doc"], serde_json::to_value(copydesk::clean(&text)).unwrap());
    assert_eq!(whole[1]["copydesk"], "old");
}

#[test]
fn hints_come_from_the_fields_named() {
    let record = json!({
        "content": "PARIS, May 4 (Reuters) - It rained all day, and the ministers stayed where they were.",
        "headline": "Rain in Paris", "language": "fr-FR", "day": "2016-05-06T09:00:00Z",
    });
    let args = ["clean", "--jsonl", "--field", "content", "--title-field", "headline", "--lang-field", "language"];
    let args = [&args[..], &["--date-field", "day", "--source-field", "none"]].concat();
    let found = &json_lines(&copydesk_reading(&args, record.to_string().as_bytes()).out)[0]["copydesk"];
    assert_eq!((&found["title"], &found["lang"]), (&json!("Rain in Paris"), &json!("fr")));
    assert_eq!(found["dateline"]["date"]["resolved"], "2016-05-04");
    for (language, day) in
        [("French", "Fri, 6 May 2016 09:00:00 GMT"), ("fra", "6 May 16 09:00 EST"), ("fr_FR.UTF-8", "2016-05-06")]
    {
        let record = json!({ "content": record["content"], "language": language, "day": day });
        let found = &json_lines(&copydesk_reading(&args, record.to_string().as_bytes()).out)[0]["copydesk"];
        assert_eq!((&found["lang"], &found["dateline"]["date"]["resolved"]), (&json!("fr"), &json!("2016-05-04")));
    }
    let wrong = json!({ "text": "It rained.", "headline": 7, "language": "klingon", "day": "soon" }).to_string();
    let args = ["clean", "--jsonl", "--title-field", "headline", "--lang-field", "language", "--date-field", "day"];
    assert_eq!(copydesk_reading(&args, wrong.as_bytes()).code, 0);
}

#[test]
fn languages_and_days_of_options_are_read_or_refused() {
    let line = b"Published 03/04/2016, updated yesterday\n";
    let args = ["parse", "timestamp", "--lang", "English", "--published", "Sat, 14 May 2016 09:30:00 GMT"];
    let ran = copydesk_reading(&args, line);
    assert_eq!((ran.code, json_lines(&ran.out)[0][1]["iso"].as_str()), (0, Some("2016-05-13")), "{}", ran.err);
    for args in [&["parse", "byline"][..], &["inspect"]] {
        let ran = copydesk_reading(&[args, &["--lang", "Klingonese"]].concat(), line);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("\"Klingonese\" is not known") && ran.err.contains("en-GB"), "{}", ran.err);
        let ran = copydesk_reading(&[args, &["--published", "soon"]].concat(), line);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("\"soon\" is not a date") && ran.err.contains("GMT"), "{}", ran.err);
    }
}

#[test]
fn a_model_that_is_not_known_is_refused_with_those_that_are() {
    for command in ["clean", "inspect"] {
        let ran = copydesk_reading(&[command, "--model", "defualt"], b"It rained.");
        assert_eq!(ran.code, 2);
        let says = "model \"defualt\" is not known: use one of default, fast, or the path";
        assert!(ran.err.contains(says) && ran.err.contains("cannot read defualt"), "{}", ran.err);
    }
}

#[test]
fn broken_records_are_rejected_and_the_rest_go_on() {
    let folder = Folder::new("rejects");
    let mut lines = b"{\"text\": \"One.\"}\nno json\n{\"txt\": \"\"}\n\n{\"text\": 5}\n[]\n".to_vec();
    lines.extend(b"{\"text\": \"\xff\"}\n{\"text\": \"half \\ud83d\"}\n{\"text\": \"cut");
    let file = folder.write("a.ndjson", &lines);
    let rejects = folder.path("bad.jsonl").to_str().unwrap().to_owned();
    for threads in ["1", "4"] {
        let ran = copydesk(&["clean", &file, "--overwrite", "--rejects", &rejects, "--threads", threads]);
        assert_eq!(ran.code, 1);
        assert_eq!(ran.out.lines().count(), 2);
        assert!(ran.err.contains("6 of 8 records rejected"), "{}", ran.err);
        let found = json_lines(&folder.read("bad.jsonl"));
        let told: Vec<_> = found.iter().map(|reject| (reject["line"].as_u64().unwrap(), &reject["reason"])).collect();
        let reasons: Vec<_> =
            told.iter().map(|(line, reason)| format!("{line} {}", reason.as_str().unwrap())).collect();
        assert!(reasons[0].starts_with("2 not JSON"), "{reasons:?}");
        assert_eq!(
            reasons[1..5],
            [
                "3 no field \"text\"",
                "5 the field \"text\" is a number, not a string",
                "6 not a JSON object",
                "7 not UTF-8 from byte 11",
            ]
        );
        assert!(reasons[5].starts_with("9 not JSON"));
        assert_eq!((&found[0]["record"], &found[0]["file"]), (&json!("no json"), &json!(file)));
    }
    let told = copydesk(&["clean", &file]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("a.ndjson, line 2: not JSON"), "{}", told.err);
    assert!(told.err.contains("--rejects FILE"), "{}", told.err);
}

#[test]
fn order_is_kept_over_many_chunks() {
    let records: String = (0..9000)
        .map(|i| {
            json!({ "i": i, "text": if i % 50 == 0 { format!("Line {i}.") } else { String::new() } }).to_string() + "\n"
        })
        .collect();
    let one = copydesk_reading(&["clean", "--jsonl", "--threads", "1"], records.as_bytes());
    let many = copydesk_reading(&["clean", "--jsonl", "--threads", "5"], records.as_bytes());
    assert_eq!(one.out, many.out);
    assert!(json_lines(&one.out).iter().enumerate().all(|(i, record)| record["i"] == i));
}

#[test]
fn one_line_of_20_mb_comes_out_whole() {
    let text = "The ferry left the harbour at half past six, whatever the weather. ".repeat(300_000);
    let ran = copydesk_reading(&["clean"], text.as_bytes());
    assert_eq!((ran.code, ran.out.len()), (0, text.len()));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let records = "{\"text\":\"A line of text.\"}\n".repeat(20_000);
    let folder = Folder::new("pipe");
    let file = folder.write("a.jsonl", records);
    let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["clean", &file])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn inspect_fits_the_width_and_shows_what_is_asked() {
    for (i, golden) in Golden::all().into_iter().enumerate() {
        let width = if i % 2 == 0 { "80" } else { "120" };
        let args = ["inspect", "--width", width, "--why", "--all-probabilities"];
        let ran = copydesk_reading(&args, golden.text().as_bytes());
        assert_eq!(ran.code, 0);
        let columns = |row: &str| row.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum::<usize>();
        // Combining marks are counted here as columns, which they are not; no script with them has rows so full.
        let wide = ran.out.lines().find(|row| golden.lang != "ar" && columns(row) > width.parse().unwrap());
        assert_eq!(wide, None, "{}", golden.name());
    }
    let text = article();
    let plain = copydesk_reading(&["inspect"], text.as_bytes());
    assert!(!plain.out.contains('\x1b'));
    assert!(plain.out.contains("+ body "), "{}", plain.out);
    assert!(plain.out.contains(" blocks, "));
    let colored = copydesk_reading(&["inspect", "--color", "always"], text.as_bytes());
    assert!(colored.out.contains("\x1b["));
    let wrapped = copydesk_reading(&["inspect", "--wrap"], text.as_bytes());
    assert!(!wrapped.out.contains('…') && wrapped.out.lines().count() > plain.out.lines().count());
    let escape = copydesk_reading(&["inspect"], b"A line \x1b[31mthat bites\x07.");
    assert!(!escape.out.contains('\x1b') && !escape.out.contains('\x07'), "{:?}", escape.out);
    assert_eq!(copydesk_reading(&["inspect"], b"").code, 0);
}

#[test]
fn inspect_heads_with_fields_and_reasons_name_both_labels() {
    let text = std::fs::read_to_string(root().join("examples/wire-story.txt")).unwrap();
    let ran = copydesk_reading(&["inspect", "--wrap", "--why", "--width", "80"], text.as_bytes());
    let (head, blocks) = ran.out.split_once("\n\n").unwrap();
    let names: Vec<_> = head.lines().filter_map(|row| row.split(' ').next().filter(|name| !name.is_empty())).collect();
    assert_eq!(names, ["title", "byline", "updated", "dateline", "captions", "verdict"]);
    assert!(
        head.contains(
            "byline     Nils Arvesen, Maude Tremain, Cora Lind (contributor), Associated\n           Press\n"
        ),
        "{head}"
    );
    assert!(head.contains("updated    2018-10-03T16:12-04:00\n"), "{head}");
    // Of every block: which label over which, once, and below it the weights.
    let document = copydesk::clean(&text);
    let mut rows = blocks.lines().filter_map(|row| row.strip_prefix("                  │ "));
    for block in document.blocks() {
        assert_eq!(block.evidence().len(), 5, "{}", block.text());
        for (i, evidence) in block.evidence().iter().enumerate() {
            let over = evidence.over.unwrap();
            assert!(over != block.label(), "{over}");
            let (pair, what) = (format!("for {} over {over}", block.label()), &evidence.detail);
            if i == 0 {
                assert!(rows.any(|row| row == format!("{pair}:")), "{pair}");
            }
            let first: Vec<_> = what.split(' ').take(2).collect();
            let start = format!("{:+6.2}  {}", evidence.weight, first.join(" "));
            assert!(rows.any(|row| row.starts_with(&start)), "{start}");
        }
    }
}

#[test]
fn normalize_repairs_characters() {
    let ran = copydesk_reading(&["normalize"], "sch\u{c3}\u{b6}n &amp; gut\u{a0}so\n".as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (0, "schön & gut so\n"));
    let straight = copydesk_reading(&["normalize", "--quotes", "straight"], "“x”\n".as_bytes());
    assert_eq!(straight.out, "\"x\"\n");
    let skip = ["normalize", "--skip", "spaces", "--skip", "entities"];
    assert_eq!(copydesk_reading(&skip, "a  b &amp; cafÃ©\n".as_bytes()).out, "a  b &amp; café\n");
    let changes = json_lines(&copydesk_reading(&["normalize", "--changes"], b"a &amp; b").out);
    assert_eq!(
        (&changes[0]["step"], &changes[0]["start"], &changes[0]["end"]),
        (&json!("entities"), &json!(2), &json!(7))
    );
    assert_eq!((&changes[0]["before"], &changes[0]["after"]), (&json!("&amp;"), &json!("&")));
}

#[test]
fn fields_are_read_line_by_line() {
    let line = "PARIS, May 4 (Reuters) - It rained all day.";
    let one = copydesk(&["parse", "dateline", line, "--published", "2016-05-06", "--lang", "en"]);
    assert_eq!(one.code, 0);
    let found = &json_lines(&one.out)[0];
    assert_eq!((&found["agency_id"], &found["start"], &found["end"]), (&json!("reuters"), &json!(0), &json!(25)));
    assert_eq!(found["date"]["resolved"], "2016-05-04");
    let many = copydesk_reading(&["parse", "dateline"], format!("\u{feff}{line}\r\n\nIt rained.\n").as_bytes());
    let many = json_lines(&many.out);
    assert_eq!((&many[0]["raw"], many.len()), (&found["raw"], 3));
    assert_eq!(many[1..], [Value::Null, Value::Null]);
    let byline = &json_lines(&copydesk(&["parse", "byline", "By Nora Quill, editing by Tom Berg"]).out)[0];
    assert_eq!((&byline["start"], &byline["end"]), (&json!(0), &json!(34)));
    assert_eq!((&byline["people"][1]["start"], &byline["people"][1]["part"]), (&json!(26), &json!("editor")));
    let times = &json_lines(&copydesk(&["parse", "timestamp", "2 hours ago", "--now", "2016-05-04T01:30"]).out)[0];
    assert_eq!(times[0]["iso"], "2016-05-03T23:30");
    let caption = &json_lines(&copydesk(&["parse", "caption", "A ferry waits. (AFP)"]).out)[0];
    assert_eq!(
        (&caption["text"], &caption["credit"], &caption["end"]),
        (&json!("A ferry waits."), &json!("AFP"), &json!(20))
    );
}

/// The goldens as gold for `eval`, and guesses at them that err here and there.
fn gold(folder: &Folder) -> (String, String) {
    let (mut gold, mut guesses) = (String::new(), String::new());
    for (i, golden) in Golden::all().into_iter().enumerate() {
        let labels = golden.labels();
        let lines: Vec<_> = labels.iter().map(|(row, _)| &golden.rows[*row].text).collect();
        let labels: Vec<_> = labels.iter().map(|(_, label)| label).collect();
        let document = json!({
            "id": golden.name(), "source": if i % 3 == 0 { "one" } else { "two" }, "publisher_key": format!("paper{}", i % 5),
            "lang": golden.lang, "url": "", "lines": lines, "labels": labels,
        });
        gold += &format!("{document}\n");
        let wrong =
            |(n, label): (usize, &&String)| if (n * 7 + i) % 11 == 0 { "body".to_owned() } else { (*label).clone() };
        let guessed: Vec<_> = labels.iter().enumerate().map(wrong).collect();
        let mut guess = json!({ "id": golden.name(), "labels": guessed });
        if i % 2 == 0 {
            guess["kept"] = guessed.iter().enumerate().map(|(n, label)| label == "body" && n % 9 != 0).collect();
        }
        guesses += &format!("{guess}\n");
    }
    (folder.write("gold.jsonl", gold), folder.write("pred.jsonl", guesses))
}

/// The scorer that `eval` agrees with, where there is one and a Python to run it; `import` is what it needs beside.
fn scorer(import: &str) -> Option<(std::path::PathBuf, String)> {
    let script = shared()?.join("eval/score_lines.py");
    let python = std::env::var("COPYDESK_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there =
        Command::new(&python).args(["-c", import]).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    if !there {
        skip(&format!(
            "{python:?} cannot run {import:?} (COPYDESK_PYTHON names another; `make test` the one it builds)"
        ));
        return None;
    }
    Some((script, python))
}

/// Both print the same, and the same figures.
fn agrees(script: &std::path::Path, python: &str, args: &[&str]) {
    let score = |more: &[&str]| {
        let output = Command::new(python).arg(script).args(args).args(more).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let eval = |more: &[&str]| {
        let ran = copydesk(&[&["eval"], args, more].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    for by in ["publisher", "source", "lang"] {
        let more = ["--by", by, "--worst", "7"];
        let (one, other) = (eval(&more), score(&more));
        let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert_eq!((differs, one.len()), (None, other.len()), "{args:?} --by {by}");
    }
    same_figures(
        &serde_json::from_str(&eval(&["--json"])).unwrap(),
        &serde_json::from_str(&score(&["--json"])).unwrap(),
    );
}

fn same_figures(one: &Value, other: &Value) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            assert!(one.keys().eq(other.keys()), "{one:?} {other:?}");
            one.iter().for_each(|(key, value)| same_figures(value, &other[key]));
        }
        _ => assert!((one.as_f64().unwrap() - other.as_f64().unwrap()).abs() < 1e-9, "{one} {other}"),
    }
}

#[test]
fn eval_of_predictions_agrees_with_the_scorer() {
    let folder = Folder::new("eval-pred");
    let (gold, pred) = gold(&folder);
    if let Some((script, python)) = scorer("import json") {
        agrees(&script, &python, &[&gold, "--pred", &pred]);
    }
    let short = folder.write("short.jsonl", "{\"id\": \"01-ferry-wire-story\", \"labels\": [\"body\"]}\n");
    let ran = copydesk(&["eval", &gold, "--pred", &short]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("01-ferry-wire-story: 1 labels for 16 lines"), "{}", ran.err);
}

#[test]
fn eval_of_the_model_agrees_with_the_scorer() {
    let folder = Folder::new("eval-model");
    let (gold, _) = gold(&folder);
    let ran = copydesk(&["eval", &gold, "--json", "--by", "lang"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let figures: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(figures["word_f"].as_f64().unwrap() > 0.5 && figures["groups"]["de"]["docs"].as_u64().unwrap() > 1);
    if let Some((script, python)) = scorer("import copydesk; copydesk.Cleaner") {
        for more in [&["--sep", r"\n"][..], &["--sep", r"\n\n"], &["--balance", "keep_story"]] {
            agrees(&script, &python, &[&[gold.as_str()], more].concat());
        }
    }
}

#[test]
fn types_are_shown_as_a_tree() {
    let ran = copydesk(&["schema", "--fields", "text,byline"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows: Vec<&str> = ran.out.lines().collect();
    assert!(rows[0].starts_with("# schema "), "{rows:?}");
    let row =
        |name: &str| rows.iter().find(|row| row.trim_start().starts_with(name)).unwrap().split_whitespace().last();
    assert_eq!((row("text"), row("byline"), row("people")), (Some("string"), Some("struct"), Some("list<struct>")));
    assert!(ran.out.contains("\n    name"), "{}", ran.out);
    // The manual says of each what it is.
    let manual = std::fs::read_to_string(root().join("docs/corpora.md")).unwrap();
    let all = copydesk(&["schema"]).out;
    let names = all.lines().skip(1).filter(|row| !row.starts_with(' ')).map(|row| row.split(' ').next().unwrap());
    let untold: Vec<&str> = names.filter(|name| !manual.contains(&format!("`{name}`"))).collect();
    assert!(untold.is_empty() && all.lines().count() > 60, "{untold:?}");
    let wrong = copydesk(&["schema", "--fields", "body"]);
    assert!(wrong.code == 2 && wrong.err.contains("rules_version"), "{}", wrong.err);
}
