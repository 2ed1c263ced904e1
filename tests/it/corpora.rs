//! Folders and files of many records: every format in and out, and runs that are stopped.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::command::{copydesk, copydesk_reading, json_lines, reading};
use crate::support::Folder;

const STORY: &str = "The ferry left the harbour at half past six in the rain, and nobody was on board but the crew.";

fn at(folder: &Folder, name: &str) -> String {
    folder.path(name).to_str().unwrap().to_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(bytes), &mut plain).unwrap();
    plain
}

fn bytes(path: impl AsRef<Path>) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

/// Names of all files below a folder, in order.
fn names(folder: &Folder, below: &str) -> Vec<String> {
    fn walk(folder: &Path, root: &Path, names: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, names)
            } else {
                names.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned())
            }
        }
    }
    let (root, mut found) = (folder.path(below), Vec::new());
    walk(&root, &root, &mut found);
    found.sort();
    found
}

/// Records of which some hold a story, some nothing, and some cannot be read.
fn records(count: usize) -> String {
    let record = |i: usize| match i % 97 {
        0 => {
            json!({ "id": i, "text": format!("{STORY} It was boat number {i}.\n\nShare this article") }).to_string()
                + "\n"
        }
        1 => format!("{{\"id\": {i}, \"text\": \"cut\n"),
        2 => json!({ "id": i, "text": null }).to_string() + "\n",
        _ => json!({ "id": i, "text": "", "more": { "a": [1.50, null] } }).to_string() + "\n",
    };
    (0..count).map(record).collect()
}

#[test]
fn compressed_files_come_out_as_they_went_in() {
    let folder = Folder::new("packed");
    let plain = records(300);
    let (half, rest) = plain.split_at(plain.len() / 2);
    let gz = folder.write("a.jsonl.gz", [gzip(half.as_bytes()), gzip(rest.as_bytes())].concat());
    let want = copydesk_reading(&["clean", "--jsonl"], plain.as_bytes());
    assert_eq!(want.code, 1);
    for name in ["b.jsonl", "b.jsonl.gz", "b.jsonl.zst", "b.jsonl.lz4"] {
        let out = at(&folder, name);
        assert_eq!(copydesk(&["clean", &gz, "-o", &out, "--threads", "2"]).code, 1);
        // What is written can be read, whatever it is called.
        let renamed = at(&folder, "renamed");
        std::fs::copy(&out, &renamed).unwrap();
        let again = copydesk(&["clean", &renamed, "--fields", "none"]);
        let records = |out: &str| json_lines(out).into_iter().map(|record| record["id"].clone()).collect::<Vec<_>>();
        assert_eq!((again.code, records(&again.out)), (0, records(&want.out)), "{name}: {}", again.err);
    }
    assert_eq!(gunzip(&bytes(folder.path("b.jsonl.gz"))), want.out.as_bytes());
    // From standard input, by what it is.
    assert_eq!(copydesk_reading(&["clean", "--threads", "3"], &bytes(&gz)).out, want.out);
    // To standard output, as is said.
    let packed =
        Command::new(env!("CARGO_BIN_EXE_copydesk")).args(["clean", &gz, "--to", "jsonl.gz"]).output().unwrap();
    assert_eq!(packed.stdout, bytes(folder.path("b.jsonl.gz")));
}

#[test]
fn what_is_there_is_not_written_over() {
    let folder = Folder::new("there");
    let (file, out) = (folder.write("a.jsonl", records(3)), folder.write("out.jsonl", "old\n"));
    for option in ["--output", "--rejects", "--summary"] {
        let ran = copydesk(&["clean", &file, option, &out]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("out.jsonl is there already: --overwrite replaces it"), "{}", ran.err);
        assert_eq!(folder.read("out.jsonl"), "old\n");
    }
    // Nothing that is worth anything.
    let empty = folder.write("empty.jsonl", "");
    assert_eq!(copydesk(&["clean", &file, "-o", &empty]).code, 1);
    assert_eq!(copydesk(&["clean", &file, "-o", &out, "--overwrite"]).code, 1);
    assert_eq!(folder.read("out.jsonl"), folder.read("empty.jsonl"));
}

#[test]
fn a_folder_goes_into_a_folder() {
    let folder = Folder::new("folders");
    std::fs::create_dir_all(folder.path("in/deep")).unwrap();
    let plain = records(40);
    folder.write("in/b.jsonl.gz", gzip(plain.as_bytes()));
    folder.write("in/deep/a.jsonl", &plain);
    folder.write("in/c.txt", STORY);
    folder.write("in/p.html", format!("<p>{STORY}</p>"));
    folder.write("in/picture.png", "no text");
    folder.write("in/.hidden.jsonl", "{}\n");
    let (from, to) = (at(&folder, "in"), at(&folder, "out"));
    let ran = copydesk(&["clean", &from, "-o", &to, "--rejects", &at(&folder, "bad.jsonl")]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("1 files in the folders are of no format that is read"), "{}", ran.err);
    assert_eq!(names(&folder, "out"), ["b.jsonl.gz", "c.txt", "deep/a.jsonl", "p.txt"]);
    let want = copydesk_reading(&["clean", "--jsonl"], plain.as_bytes()).out;
    assert_eq!(gunzip(&bytes(folder.path("out/b.jsonl.gz"))), want.as_bytes());
    assert_eq!((folder.read("out/deep/a.jsonl"), folder.read("out/c.txt")), (want, format!("{STORY}\n")));
    assert_eq!(json_lines(&folder.read("bad.jsonl")).len(), 2);
    // What is finished is not done again; what is missing is.
    let before = std::fs::metadata(folder.path("out/c.txt")).unwrap().modified().unwrap();
    std::fs::remove_file(folder.path("out/p.txt")).unwrap();
    let again = copydesk(&["clean", &from, "-o", &to]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.err.contains("finished before 3 files"), "{}", again.err);
    assert_eq!((names(&folder, "out").len(), folder.read("out/p.txt")), (4, format!("{STORY}\n")));
    assert_eq!(std::fs::metadata(folder.path("out/c.txt")).unwrap().modified().unwrap(), before);
    assert!(copydesk(&["clean", &from, "-o", &to]).err.contains("all 4 files are there already"));
    // In place it would be lost; and two files cannot be one.
    let same = copydesk(&["clean", &from, "-o", &from, "--overwrite"]);
    assert!(same.code == 2 && same.err.contains("is one of the files to read"), "{}", same.err);
    folder.write("in/p.txt", STORY);
    let both = copydesk(&["clean", &from, "-o", &at(&folder, "new")]);
    assert!(both.code == 2 && both.err.contains("would both be written to"), "{}", both.err);
    assert!(!folder.path("new").exists());
}

#[test]
fn files_are_named_by_patterns_and_lists() {
    let folder = Folder::new("names");
    for (name, id) in [("x1.jsonl", 1), ("x2.jsonl", 2), ("y.jsonl", 3)] {
        folder.write(name, json!({ "id": id, "text": "" }).to_string() + "\n");
    }
    let ids = |args: &[&str]| {
        let ran = copydesk(&[&["clean"], args].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        json_lines(&ran.out).iter().map(|record| record["id"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&[&at(&folder, "x*.jsonl")]), [1, 2]);
    let list = folder.write("list.txt", format!("{}\n\n{}\r\n", at(&folder, "y.jsonl"), at(&folder, "x?.jsonl")));
    assert_eq!(ids(&[&format!("@{list}")]), [3, 1, 2]);
    assert_eq!(ids(&[&at(&folder, "y.jsonl"), &at(&folder, "x1.jsonl")]), [3, 1]);
    std::fs::remove_file(&list).unwrap();
    assert_eq!(ids(&[&at(&folder, "")]), [1, 2, 3]);
}

#[test]
fn the_clean_text_can_be_a_string() {
    let record = json!({ "text": format!("{STORY}\n\nShare this article"), "n": 1 }).to_string();
    let run =
        |args: &[&str]| json_lines(&copydesk_reading(&[&["clean", "--jsonl"], args].concat(), record.as_bytes()).out);
    let found = run(&["--text-to", "text", "--fields", "none"]);
    assert_eq!(found[0], json!({ "text": STORY, "n": 1 }));
    let found = run(&["--text-to", "clean"]);
    assert_eq!((&found[0]["clean"], found[0]["copydesk"].get("text")), (&json!(STORY), None));
    assert_eq!(found[0]["copydesk"]["rules_version"], copydesk::RULES_VERSION);
    let found = run(&["--fields", "words,removed,verdict"]);
    assert_eq!(
        found[0]["copydesk"],
        json!({ "words": 20, "removed": [{ "label": "share", "text": "Share this article" }], "verdict": "stub" })
    );
    // A text that is null gives null, and is no error.
    let ran = copydesk_reading(&["clean", "--jsonl", "--text-to", "clean"], b"{\"text\":null}\n");
    assert_eq!((ran.code, ran.out.as_str()), (0, "{\"text\":null,\"clean\":null,\"copydesk\":null}\n"));
}

#[test]
fn tables_of_texts() {
    let folder = Folder::new("tables");
    let file = folder.write(
        "a.csv",
        format!("id,text,more\r\n1,\"{STORY}\n\nShare this, \"\"now\"\"\",\"x,y\"\r\n2,,\r\n3,a,b,c\r\n"),
    );
    let out = at(&folder, "b.tsv");
    let ran = copydesk(&["clean", &file, "-o", &out, "--fields", "verdict", "--text-to", "text"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("a.csv, record 3: the row has 4 values, and the first row 3 names"), "{}", ran.err);
    assert_eq!(
        folder.read("b.tsv"),
        format!(
            "id\ttext\tmore\tcopydesk\n1\t{STORY}\tx,y\t{{\"verdict\":\"stub\"}}\n2\t\t\t{{\"verdict\":\"no_story\"}}\n"
        )
    );
    let lines = json_lines(&copydesk(&["clean", &out, "--to", "jsonl", "--fields", "none"]).out);
    assert_eq!(lines[0], json!({ "id": "1", "text": STORY, "more": "x,y", "copydesk": "{\"verdict\":\"stub\"}" }));
}

/// A record of a crawl.
fn warc(kind: &str, uri: &str, content: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

#[test]
fn crawls() {
    let folder = Folder::new("crawls");
    let page =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>{STORY} Caf\u{e9}.</p>");
    let latin: Vec<u8> = page.chars().map(|c| c as u8).collect();
    let response = warc("response", "https://orla.example/1", "application/http; msgtype=response", &latin);
    let picture = warc(
        "response",
        "https://orla.example/2",
        "application/http",
        b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89",
    );
    let request = warc("request", "https://orla.example/1", "application/http", b"GET / HTTP/1.1\r\n\r\n");
    let members = [request, response.clone(), picture, response[..response.len() - 40].to_vec()];
    let file = folder.write("a.warc.gz", members.iter().flat_map(|member| gzip(member)).collect::<Vec<u8>>());
    let out = at(&folder, "out.jsonl.gz");
    let ran = copydesk(&["clean", &file, "-o", &out, "--text-to", "text", "--fields", "verdict"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("a.warc.gz, record 4: the record is cut short"), "{}", ran.err);
    let found = json_lines(&String::from_utf8(gunzip(&bytes(&out))).unwrap());
    let want = json!({
        "url": "https://orla.example/1", "warc_date": null, "warc_id": null, "status": 200, "content_type": "text/html",
        "text": format!("{STORY} Café."), "copydesk": { "verdict": "stub" },
    });
    assert_eq!(found, [want]);
    let wet =
        warc("conversion", "https://orla.example/1", "text/plain", format!("{STORY}\nShare this article").as_bytes());
    let found = json_lines(&copydesk_reading(&["clean"], &wet).out);
    assert_eq!(found[0]["copydesk"]["text"], STORY);
}

#[test]
fn what_is_damaged_is_told_and_the_rest_goes_on() {
    let folder = Folder::new("damaged");
    let whole = gzip(records(5000).as_bytes());
    folder.write("1.jsonl.gz", &whole[..whole.len() / 2]);
    folder.write("2.jsonl.gz", [&gzip(b"{\"id\":1,\"text\":\"\"}\n")[..], b"rubbish that is none of it"].concat());
    folder.write("3.jsonl", "{\"id\":3,\"text\":\"\"}\n");
    let bad = at(&folder, "bad.json");
    let ran = copydesk(&["clean", &at(&folder, "*.jsonl*"), "--rejects", &bad]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let told = json_lines(&folder.read("bad.json"));
    let of = |name: &str| told.iter().rfind(|reject| reject["file"].as_str().unwrap().ends_with(name)).unwrap();
    assert!(of("1.jsonl.gz")["line"].as_u64().unwrap() > 1000, "{}", of("1.jsonl.gz"));
    assert!(of("2.jsonl.gz")["reason"].as_str().unwrap().contains("cannot read"), "{}", of("2.jsonl.gz"));
    assert_eq!(json_lines(&ran.out).last().unwrap()["id"], 3);
    // A record may be too large.
    let file = folder.write("l.jsonl", format!("{{\"text\":\"{}\"}}\n{{\"text\":\"\"}}\n", "x".repeat(5000)));
    let ran = copydesk(&["clean", &file, "--max-record", "4K"]);
    assert_eq!((ran.code, json_lines(&ran.out).len()), (1, 1));
    assert!(
        ran.err.contains("l.jsonl, line 1: the record is larger than --max-record allows, 4096 bytes"),
        "{}",
        ran.err
    );
}

#[test]
fn what_is_written_can_be_chosen() {
    let german =
        "Die Fähre hat den Hafen um halb sieben im Regen verlassen, und niemand war an Bord außer der Besatzung.";
    let texts = [STORY, german, "We use cookies. Accept", &STORY.to_uppercase(), STORY, "", ""];
    let input: String =
        texts.iter().enumerate().map(|(i, text)| json!({ "i": i, "text": text }).to_string() + "\n").collect();
    let run = |args: &[&str]| {
        let ran = copydesk_reading(&[&["clean", "--jsonl"], args].concat(), input.as_bytes());
        assert_eq!(ran.code, 0, "{}", ran.err);
        json_lines(&ran.out).iter().map(|record| record["i"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(run(&[]), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(run(&["--lang", "de"]), [1]);
    assert_eq!(run(&["--verdict", "stub", "--lang", "English"])[0], 0);
    assert_eq!(run(&["--min-words", "20"]), [0, 3, 4]);
    // Case and marks are no difference, and texts without words are not compared.
    let kept = run(&["--dedup", "exact"]);
    assert!(!kept.contains(&4) && kept.contains(&5) && kept.contains(&6), "{kept:?}");
    let folder = Folder::new("summary");
    let summary = at(&folder, "s.json");
    run(&["--dedup", "exact", "--lang", "en,de,und", "--summary", &summary, "--lang-field", "i"]);
    let summary: Value = serde_json::from_str(&folder.read("s.json")).unwrap();
    assert_eq!(
        (&summary["records"], &summary["rejected"], &summary["duplicates"]),
        (&json!(7), &json!(0), &summary["left_out"]["dedup"])
    );
    assert_eq!(summary["hints_unread"]["i"], 7);
    assert_eq!(run(&["--sample", "0"]), [0u64; 0]);
    assert_eq!(run(&["--sample", "0.5", "--seed", "7"]), run(&["--sample", "0.5", "--seed", "7", "--threads", "1"]));
}

#[test]
fn an_output_can_be_written_in_parts() {
    let folder = Folder::new("parts");
    let file = folder.write("a.jsonl", records(9000));
    let whole = copydesk(&["clean", &file, "--quiet"]).out;
    let out = at(&folder, "out/b.jsonl.gz");
    std::fs::create_dir(folder.path("out")).unwrap();
    assert_eq!(copydesk(&["clean", &file, "-o", &out, "--shard-size", "1K", "--quiet"]).code, 1);
    let names = names(&folder, "out");
    assert!(names.len() > 3 && names[0] == "b-00000.jsonl.gz", "{names:?}");
    let all: Vec<u8> = names.iter().flat_map(|name| gunzip(&bytes(folder.path(&format!("out/{name}"))))).collect();
    assert_eq!(all, whole.as_bytes());
    assert!(copydesk(&["clean", &file, "-o", &out, "--shard-size", "1K"]).err.contains("is there already"));
}

#[test]
fn a_dry_run_writes_nothing_and_shows() {
    let folder = Folder::new("dry");
    let file = folder.write("a.jsonl", json!({ "text": format!("{STORY}\n\nShare this article") }).to_string() + "\n");
    let ran = copydesk(&["clean", &file, "--dry-run", "5"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("share: Share this article") && ran.out.contains(" | The ferry left"), "{}", ran.out);
    assert_eq!(names(&folder, ""), ["a.jsonl"]);
}

/// A random number that is the same every time.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// Kills runs at any moment, and continues them, until so many were killed: few, or COPYDESK_KILLS.
#[cfg(unix)]
fn killed(format: &str, more: &[&str]) {
    let kills = std::env::var("COPYDESK_KILLS").map_or(6, |kills| kills.parse().unwrap());
    let folder = Folder::new(&format!("killed-{format}"));
    let file = folder.write("a.jsonl", records(12_000));
    let (out, bad) = (at(&folder, &format!("out.{format}")), at(&folder, "bad.jsonl"));
    let args = |out: &str, bad: &str| {
        let all = [&["clean", &*file, "-o", out, "--rejects", bad, "--threads", "2", "--quiet"][..], more].concat();
        all.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>()
    };
    let (want, want_bad) = (at(&folder, &format!("want.{format}")), at(&folder, "want-bad.jsonl"));
    let undisturbed = std::time::Instant::now();
    let first = args(&want, &want_bad);
    assert_eq!(copydesk(&first.iter().map(String::as_str).collect::<Vec<_>>()).code, 1);
    let length = undisturbed.elapsed().as_millis() as u64;
    let (mut state, mut killed) = (format.len() as u64, 0);
    while killed < kills {
        let mut runs = 0;
        loop {
            runs += 1;
            assert!(runs < 1000, "it never comes to an end");
            let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
                .args(args(&out, &bad))
                .arg("--resume")
                .env("COPYDESK_NOTE_EVERY", "1")
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            if killed < kills {
                std::thread::sleep(Duration::from_millis(next(&mut state) % (length + length / 4 + 1)));
                let signal = ["-KILL", "-KILL", "-TERM", "-INT"][next(&mut state) as usize % 4];
                let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
            }
            let status = child.wait().unwrap();
            match status.code() {
                Some(1) => break,
                Some(0) if runs > 1 => break,
                Some(code) => panic!("{format}: ended with {code}"),
                None => killed += 1,
            }
        }
        assert_eq!(bytes(&out), bytes(&want), "{format} after {killed} kills");
        assert_eq!(String::from_utf8(bytes(&bad)).unwrap(), String::from_utf8(bytes(&want_bad)).unwrap(), "{format}");
        assert_eq!(names(&folder, "").len(), 5, "{:?}", names(&folder, ""));
        std::fs::remove_file(&out).unwrap();
        std::fs::remove_file(&bad).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn killed_runs_of_lines_end_as_if_they_were_not() {
    killed("jsonl", &[]);
}

#[cfg(unix)]
#[test]
fn killed_runs_of_gzip_end_as_if_they_were_not() {
    killed("jsonl.gz", &["--dedup", "exact"]);
}

#[cfg(unix)]
#[test]
fn killed_runs_of_zstd_end_as_if_they_were_not() {
    killed("jsonl.zst", &[]);
}

#[cfg(unix)]
#[test]
fn killed_runs_of_tables_end_as_if_they_were_not() {
    killed("csv", &["--text-to", "text", "--fields", "verdict"]);
}

#[cfg(all(unix, feature = "columnar"))]
#[test]
fn killed_runs_of_columns_end_as_if_they_were_not() {
    killed("parquet", &["--text-to", "text", "--fields", "verdict"]);
    killed("arrow", &["--dedup", "near"]);
}

#[cfg(unix)]
#[test]
fn killed_runs_of_folders_end_as_if_they_were_not() {
    let folder = Folder::new("killed-folder");
    std::fs::create_dir(folder.path("in")).unwrap();
    for i in 0..30 {
        folder.write(&format!("in/{i}.jsonl.gz"), gzip(records(200 + 40 * i).as_bytes()));
    }
    let (from, to, want) = (at(&folder, "in"), at(&folder, "out"), at(&folder, "want"));
    let (bad, want_bad) = (at(&folder, "bad.jsonl"), at(&folder, "want-bad.jsonl"));
    let more = ["--quiet", "--shard-size", "5K", "--dedup", "exact"];
    let undisturbed = std::time::Instant::now();
    assert_eq!(copydesk(&[&["clean", &*from, "-o", &want, "--rejects", &want_bad], &more[..]].concat()).code, 1);
    let length = undisturbed.elapsed().as_millis() as u64;
    let (mut state, mut kills) = (7, 0);
    loop {
        let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .args(["clean", &from, "-o", &to, "--rejects", &bad, "--resume"])
            .args(more)
            .env("COPYDESK_NOTE_EVERY", "1")
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(next(&mut state) % (length / 2 + 1)));
        if kills < 8 {
            let _ = Command::new("kill").args(["-KILL", &child.id().to_string()]).stderr(Stdio::null()).status();
        }
        match child.wait().unwrap().code() {
            Some(_) => break,
            None => kills += 1,
        }
    }
    assert_eq!(names(&folder, "out"), names(&folder, "want"));
    for name in names(&folder, "want") {
        assert!(bytes(folder.path(&format!("out/{name}"))) == bytes(folder.path(&format!("want/{name}"))), "{name}");
    }
    assert_eq!(folder.read("bad.jsonl"), folder.read("want-bad.jsonl"));
}

#[test]
fn an_earlier_run_is_not_lost_without_a_word() {
    if cfg!(not(debug_assertions)) {
        eprintln!("skipped: how often a run is noted can be said to a build for debugging alone");
        return;
    }
    let folder = Folder::new("earlier");
    let (file, out) = (folder.write("a.jsonl", records(30_000)), at(&folder, "out.jsonl"));
    let args = ["clean", &file, "-o", &out, "--threads", "1"];
    let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(args)
        .env("COPYDESK_NOTE_EVERY", "1")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let journal = folder.path(".out.jsonl.copydesk-run.journal");
    let noted = || std::fs::read_to_string(&journal).is_ok_and(|text| text.lines().count() > 1);
    while !noted() {
        assert!(child.try_wait().unwrap().is_none(), "it was over before");
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    let ended = child.wait_with_output().unwrap();
    let told = String::from_utf8(ended.stderr).unwrap();
    assert!(told.contains("--resume goes on from here") && told.contains(".out.jsonl.copydesk-run.partial"), "{told}");
    let refused = copydesk(&args);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--resume continues it, --overwrite begins anew"), "{}", refused.err);
    let other = copydesk(&[&args[..], &["--resume", "--min-words", "3"]].concat());
    assert!(other.code == 2 && other.err.contains("other files, other options"), "{}", other.err);
    let resumed = copydesk(&[&args[..], &["--resume"]].concat());
    assert_eq!(resumed.code, 1);
    assert!(resumed.err.contains("note: continued after "), "{}", resumed.err);
    assert_eq!(folder.read("out.jsonl"), copydesk(&["clean", &file]).out);
    assert_eq!(names(&folder, ""), ["a.jsonl", "out.jsonl"]);
    // What was to be replaced is, though the run that goes on does not say so.
    let old = at(&folder, "old.jsonl");
    std::fs::write(&old, "old\n").unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["clean", &file, "-o", &old, "--threads", "1", "--overwrite"])
        .env("COPYDESK_NOTE_EVERY", "1")
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let journal = folder.path(".old.jsonl.copydesk-run.journal");
    while std::fs::read_to_string(&journal).map_or(0, |text| text.lines().count()) < 2 {
        assert!(child.try_wait().unwrap().is_none(), "it was over before");
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(folder.read("old.jsonl"), "old\n");
    assert_eq!(copydesk(&["clean", &file, "-o", &old, "--resume"]).code, 1);
    assert_eq!(folder.read("old.jsonl"), folder.read("out.jsonl"));
    std::fs::remove_file(&old).unwrap();
    let again = copydesk(&[&args[..], &["--resume"]].concat());
    assert!(again.code == 0 && again.err.contains("is there already: nothing to do"), "{}", again.err);
}

/// Lines that are written as they are, so many.
fn plain(count: usize) -> String {
    (0..count).map(|i| json!({ "id": i, "text": "" }).to_string() + "\n").collect()
}

/// Begins a run that reads `stdin`, and kills it when it has noted how far it has come; the input stays open until then.
#[cfg(unix)]
fn stopped(args: &[&str], stdin: &[u8], journal: &Path) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(args)
        .env("COPYDESK_NOTE_EVERY", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(stdin).unwrap();
    while std::fs::read_to_string(journal).map_or(0, |text| text.lines().count()) < 2 {
        assert!(child.try_wait().unwrap().is_none(), "it was over before");
        std::thread::sleep(Duration::from_millis(1));
        // What comes after that is for a unit to be taken.
        let _ = input.write_all(b"\n");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn parts_of_earlier_runs_are_not_mixed_with_new_ones() {
    let folder = Folder::new("old-parts");
    std::fs::create_dir(folder.path("out")).unwrap();
    let (file, out) = (folder.write("a.jsonl", plain(1024)), at(&folder, "out/b.jsonl"));
    for part in ["00000", "00001", "00002", "20240131"] {
        folder.write(&format!("out/b-{part}.jsonl"), "old\n");
    }
    let args = ["clean", &file, "-o", &out, "--shard-size", "1K", "--quiet"];
    std::fs::remove_file(folder.path("out/b-00000.jsonl")).unwrap();
    let ran = copydesk(&args);
    assert!(ran.code == 2 && ran.err.contains("is there already: --overwrite replaces it"), "{}", ran.err);
    // A part may be what is read, by any name.
    let read = folder.write("out/b-00003.jsonl", plain(3));
    let ran = copydesk(&["clean", &read, "-o", &out, "--shard-size", "1K", "--overwrite"]);
    assert!(ran.code == 2 && ran.err.contains("is one of the files to read"), "{}", ran.err);
    assert_eq!(folder.read("out/b-00003.jsonl"), plain(3));
    let ran = copydesk(&[&args[..], &["--overwrite"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    // Nor is there a part with nothing in it, though the last one was large enough; and what has the name of no part stays.
    assert_eq!(names(&folder, "out"), ["b-00000.jsonl", "b-20240131.jsonl"]);
    assert_eq!(json_lines(&folder.read("out/b-00000.jsonl")).len(), 1024);
}

#[test]
fn what_is_written_beside_is_no_output() {
    let folder = Folder::new("beside");
    std::fs::create_dir(folder.path("in")).unwrap();
    let file = folder.write("in/a.jsonl", records(3));
    for option in ["--rejects", "--summary"] {
        let same =
            copydesk(&["clean", &at(&folder, "in"), "-o", &at(&folder, "out/"), option, &at(&folder, "out/a.jsonl")]);
        // The folder is not there yet, and the names are the same.
        assert!(same.code == 2 && same.err.contains("both go to"), "{}", same.err);
        let (out, part) = (at(&folder, "b.jsonl"), at(&folder, "b-00007.jsonl"));
        let same = copydesk(&["clean", &file, "-o", &out, "--shard-size", "1K", option, &part]);
        assert!(same.code == 2 && same.err.contains("both go to"), "{}", same.err);
    }
    assert_eq!((names(&folder, "").as_slice(), folder.path("out").exists()), (&["in/a.jsonl".to_owned()][..], false));
    // A run that is not there cannot be continued, and what others wrote stays.
    for option in ["--rejects", "--summary"] {
        let other = folder.write("other", "old\n");
        let ran = copydesk(&["clean", &file, "-o", &at(&folder, "c.jsonl"), "--resume", option, &other]);
        assert!(ran.code == 2 && ran.err.contains("other is there already"), "{}", ran.err);
        assert_eq!((folder.read("other").as_str(), folder.path("c.jsonl").exists()), ("old\n", false));
    }
}

#[test]
fn a_bad_checksum_is_told() {
    let folder = Folder::new("checksum");
    let mut first = gzip(plain(10).as_bytes());
    let at_checksum = first.len() - 6;
    first[at_checksum] ^= 1;
    let file = folder.write("a.jsonl.gz", [first.clone(), gzip(plain(10).as_bytes())].concat());
    let ran = copydesk(&["clean", &file]);
    assert_eq!((ran.code, json_lines(&ran.out).len()), (1, 10), "{}", ran.err);
    assert!(ran.err.contains("a.jsonl.gz, line 11: cannot read"), "{}", ran.err);
    let text = folder.write("a.txt.gz", {
        let mut packed = gzip(STORY.as_bytes());
        let at_checksum = packed.len() - 6;
        packed[at_checksum] ^= 1;
        packed
    });
    assert_eq!(copydesk(&["clean", &text]).code, 1);
}

#[test]
fn a_row_that_is_too_large_ends_its_table() {
    let folder = Folder::new("large-row");
    let good: String = (0..2000).map(|i| format!("{i},\n")).collect();
    let file = folder.write("a.csv", format!("id,text\n{good}7,\"{}", "x, y\n".repeat(60_000)));
    let out = at(&folder, "out.csv");
    let ran = copydesk(&["clean", &file, "-o", &out, "--max-record", "100K", "--fields", "none"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("a.csv, record 2001: "), "{}", ran.err);
    assert!(ran.err.contains("a row is larger than --max-record allows"), "{}", ran.err);
    assert_eq!(folder.read("out.csv").lines().count(), 2001);
}

#[test]
fn what_a_table_refuses_is_no_first_copy() {
    let records: String = [
        json!({ "id": 1, "text": "" }),
        json!({ "more": 2, "text": STORY }),
        json!({ "id": 3, "text": STORY }),
        json!({ "id": 4, "text": STORY }),
    ]
    .iter()
    .map(|record| record.to_string() + "\n")
    .collect();
    for format in ["csv", "parquet"] {
        if format == "parquet" && cfg!(not(feature = "columnar")) {
            continue;
        }
        let folder = Folder::new(&format!("refused-{format}"));
        // The columns are those of the first unit.
        let file = folder.write("a.jsonl", format!("{}{records}", plain(1024)));
        let out = at(&folder, &format!("out.{format}"));
        let ran = copydesk(&["clean", &file, "-o", &out, "--dedup", "exact", "--fields", "none"]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        let written = json_lines(&copydesk(&["clean", &out, "--to", "jsonl", "--fields", "none"]).out);
        let ids: Vec<String> = written[1025..].iter().map(|row| row["id"].to_string().replace('"', "")).collect();
        assert_eq!(ids, ["3"], "{format}");
    }
}

#[test]
fn what_was_refused_of_one_output_says_nothing_of_another() {
    let folder = Folder::new("each");
    for below in ["in", "out"] {
        std::fs::create_dir(folder.path(below)).unwrap();
    }
    folder.write("in/a.jsonl", "{\"text\": \"cut\n");
    folder.write("in/b.jsonl", plain(1));
    folder.write("out/a.jsonl", "old\n");
    folder.write("out/b.jsonl", "old\n");
    let (from, to) = (at(&folder, "in"), at(&folder, "out"));
    assert_eq!(copydesk(&["clean", &from, "-o", &to, "--overwrite", "--min-words", "5"]).code, 1);
    assert_eq!((folder.read("out/a.jsonl").as_str(), folder.read("out/b.jsonl").as_str()), ("old\n", ""));
}

#[cfg(unix)]
#[test]
fn what_failed_before_a_run_was_stopped_is_not_forgotten() {
    if cfg!(not(debug_assertions)) {
        eprintln!("skipped: how often a run is noted can be said to a build for debugging alone");
        return;
    }
    let folder = Folder::new("failed-before");
    let (file, out) = (folder.write("a.jsonl", records(30_000)), at(&folder, "out.jsonl"));
    // Standard input is looked at only when it is read, and it is then no text.
    let args = ["clean", "-", &file, "-o", &out, "--threads", "1", "--quiet"];
    let pdf = [&b"%PDF-1.7\n"[..], &[0; 9000]].concat();
    let want = copydesk_reading(&[&args[..3], &["--quiet"]].concat(), &pdf);
    assert_eq!(want.code, 2, "{}", want.err);
    stopped(&args, &pdf, &folder.path(".out.jsonl.copydesk-run.journal"));
    let ran = copydesk_reading(&[&args[..], &["--resume"]].concat(), &pdf);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(folder.read("out.jsonl"), want.out);
}

#[cfg(unix)]
#[test]
fn an_input_that_is_shorter_than_before_is_refused() {
    if cfg!(not(debug_assertions)) {
        eprintln!("skipped: how often a run is noted can be said to a build for debugging alone");
        return;
    }
    let folder = Folder::new("shorter");
    let args = ["clean", "--jsonl", "-o", &at(&folder, "out.jsonl"), "--quiet"];
    stopped(&args, plain(5000).as_bytes(), &folder.path(".out.jsonl.copydesk-run.journal"));
    let again = [&args[..], &["--resume"]].concat();
    let ran = copydesk_reading(&again, b"");
    assert!(ran.code == 2 && ran.err.contains("the input is shorter than when the run was stopped"), "{}", ran.err);
    assert_eq!(names(&folder, "").len(), 2, "{:?}", names(&folder, ""));
    let ran = copydesk_reading(&again, plain(5000).as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(json_lines(&folder.read("out.jsonl")).len(), 5000);
}

#[test]
fn which_names_are_files_and_which_are_folders() {
    let folder = Folder::new("which");
    std::fs::create_dir_all(folder.path("in/.deep")).unwrap();
    let file = folder.write("in/a.jsonl", plain(2));
    folder.write("in/.hidden.jsonl", plain(3));
    folder.write("in/.deep/b.jsonl", plain(3));
    let from = at(&folder, "in");
    // A name that promises what is not written makes no folder.
    let ran = copydesk(&["clean", &from, "-o", &at(&folder, "all.xz")]);
    assert!(ran.code == 2 && ran.err.contains(".xz is not written") && !folder.path("all.xz").exists(), "{}", ran.err);
    assert_eq!(copydesk(&["clean", &from, "-o", &at(&folder, "all.gz")]).code, 0);
    assert_eq!(json_lines(&String::from_utf8(gunzip(&bytes(folder.path("all.gz")))).unwrap()).len(), 2);
    // One file goes into a new folder, where the name says that it is one.
    assert_eq!(copydesk(&["clean", &file, "-o", &at(&folder, "new/")]).code, 0);
    assert_eq!(names(&folder, "new"), ["a.jsonl"]);
    // What begins with a dot is for no pattern that does not say so.
    let lines = |pattern: &str| json_lines(&copydesk(&["clean", &at(&folder, pattern)]).out).len();
    assert_eq!((lines("in/*.jsonl"), lines("in/**/*.jsonl"), lines("in/.h*.jsonl")), (2, 2, 3));
    // Output that lies among the input is none of it.
    for _ in 0..2 {
        let ran = copydesk(&["clean", &from, "-o", &at(&folder, "in/clean/")]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(names(&folder, "in/clean"), ["a.jsonl"]);
    }
    // Some editors write a mark before the first name of a list.
    let list = folder.write("list.txt", format!("\u{feff}{file}\n"));
    assert_eq!(json_lines(&copydesk(&["clean", &format!("@{list}")]).out).len(), 2);
}

/// Records in two languages, of many sites, some without either; and some that cannot be read.
fn many_sites(count: usize) -> String {
    let german =
        "Die Fähre hat den Hafen um halb sieben im Regen verlassen, und niemand war an Bord außer der Besatzung.";
    let record = |i: usize| match i % 50 {
        0 => json!({ "id": i, "url": format!("https://www.site{}.example/{i}", i % 700), "text": STORY }),
        1 => json!({ "id": i, "url": format!("https://site{}.example/{i}", i % 700), "text": german }),
        2 => json!({ "id": i, "url": null, "text": null }),
        3 => json!({ "id": i, "url": "https://a.site3.example/", "text": 7 }),
        _ => json!({ "id": i, "url": format!("https://site{}.example/{i}", i % 7), "text": "" }),
    };
    (0..count).map(|i| record(i).to_string() + "\n").collect()
}

/// The records of all files in some folders, by folder.
fn by_folder(folder: &Folder, below: &str) -> std::collections::BTreeMap<String, Vec<u64>> {
    let mut found = std::collections::BTreeMap::<String, Vec<u64>>::new();
    for name in names(folder, below) {
        let read = copydesk(&["clean", &at(folder, &format!("{below}/{name}")), "--to", "jsonl", "--fields", "none"]);
        assert_eq!(read.code, 0, "{name}: {}", read.err);
        let id =
            |record: &Value| record["id"].as_u64().unwrap_or_else(|| record["id"].as_str().unwrap().parse().unwrap());
        found
            .entry(name.split('/').next().unwrap().to_owned())
            .or_default()
            .extend(json_lines(&read.out).iter().map(id));
    }
    found
}

#[test]
fn an_output_can_be_written_by_what_documents_are() {
    let folder = Folder::new("by");
    std::fs::create_dir_all(folder.path("in/deep")).unwrap();
    folder.write("in/a.jsonl", many_sites(400));
    folder.write("in/deep/b.jsonl.gz", gzip(many_sites(120).as_bytes()));
    let from = at(&folder, "in");
    let text = json_lines(&many_sites(400));
    let is = |id: u64, rest: u64| id % 50 == rest;
    let formats: &[&str] = if cfg!(feature = "columnar") {
        &["jsonl", "jsonl.gz", "csv", "tsv.zst", "parquet", "arrow"]
    } else {
        &["jsonl", "jsonl.gz", "csv", "tsv.zst"]
    };
    for format in formats {
        // A name that ends as that of a file does is none of a folder.
        let below = format!("by-{}", format.replace('.', "-"));
        let (out, bad) = (at(&folder, &below), at(&folder, &format!("bad-{format}.jsonl")));
        let args = ["clean", &from, "-o", &out, "--by", "lang", "--to", format, "--rejects", &bad, "--quiet"];
        let ran = copydesk(&[&args[..], &["--id-field", "id", "--fields", "lang"]].concat());
        assert_eq!(ran.code, 1, "{format}: {}", ran.err);
        // After the end of a file of columns nothing can come, and so it is a part.
        let part = if matches!(*format, "parquet" | "arrow") { "-00000" } else { "" };
        let want = ["a", "deep/b"].iter().flat_map(|name| {
            ["lang=__HIVE_DEFAULT_PARTITION__", "lang=de", "lang=en", "lang=und"]
                .map(|folder| format!("{folder}/{name}{part}.{format}"))
        });
        let mut want: Vec<String> = want.collect();
        want.sort();
        assert_eq!(names(&folder, &below), want, "{format}");
        let found = by_folder(&folder, &below);
        assert!(found["lang=en"].iter().all(|id| is(*id, 0)) && found["lang=en"].len() == 8 + 3, "{format}");
        assert!(found["lang=de"].iter().all(|id| is(*id, 1)) && found["lang=de"].len() == 8 + 3);
        assert_eq!(found["lang=__HIVE_DEFAULT_PARTITION__"].len(), 8 + 3);
        assert_eq!(found.values().map(Vec::len).sum::<usize>() + 11, text.len() + 120);
        let rejected = json_lines(&folder.read(&format!("bad-{format}.jsonl")));
        assert_eq!((rejected.len(), &rejected[0]["id"], &rejected[0]["line"]), (11, &json!(3), &json!(4)), "{format}");
        // What is finished is not made again; what is to be replaced leaves nothing of before.
        let again = copydesk(&["clean", &from, "-o", &out, "--by", "lang", "--to", format]);
        assert!(again.err.contains("all 2 files are there already"), "{}", again.err);
        let fewer = ["--overwrite", "--lang", "en", "--fields", "lang"];
        assert_eq!(copydesk(&[&args[..], &fewer[..]].concat()).code, 1);
        // A text that is null has no language that could be another one.
        let want = ["lang=__HIVE_DEFAULT_PARTITION__", "lang=en"]
            .iter()
            .flat_map(|folder| ["a", "deep/b"].map(|name| format!("{folder}/{name}{part}.{format}")));
        assert_eq!(names(&folder, &below), want.collect::<Vec<_>>());
    }
    // The columns of all folders are the same, whatever stands in the first record of each.
    let header = |name: &str| folder.read(name).lines().next().unwrap().to_owned();
    assert_eq!(header("by-csv/lang=en/a.csv"), "id,text,url,copydesk");
    // One file, by host.
    let ran = copydesk(&[
        "clean",
        &at(&folder, "in/a.jsonl"),
        "-o",
        &at(&folder, "sites"),
        "--by",
        "site",
        "--source-field",
        "url",
        "--quiet",
    ]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let found = by_folder(&folder, "sites");
    assert!(found["site=site350.example"] == [350] && found["site=__HIVE_DEFAULT_PARTITION__"].len() == 8, "{found:?}");
    assert!(!found.contains_key("site=www.site350.example") && found["site=site0.example"].len() > 40);
    // Texts, each in its folder.
    folder.write("t.txt", STORY);
    let ran = copydesk(&["clean", &at(&folder, "t.txt"), "-o", &at(&folder, "texts"), "--by", "verdict"]);
    assert_eq!((ran.code, folder.read("texts/verdict=stub/t.txt")), (0, format!("{STORY}\n")), "{}", ran.err);
}

#[test]
fn what_goes_to_folders_can_be_in_parts_and_without_copies() {
    let folder = Folder::new("by-parts");
    let file = folder.write("a.jsonl", many_sites(3000));
    let out = at(&folder, "out");
    let args = ["clean", &file, "-o", &out, "--by", "verdict", "--shard-size", "2K", "--quiet", "--dedup", "id"];
    let ran = reading(
        Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .args(args)
            .args(["--id-field", "id"])
            .env("COPYDESK_ROUND_BYTES", "9000"),
        b"",
    );
    assert_eq!(ran.code, 1, "{}", ran.err);
    let parts = names(&folder, "out");
    if cfg!(debug_assertions) {
        assert!(parts.contains(&"verdict=no_story/a-00001.jsonl".to_owned()), "{parts:?}");
    }
    let all: usize = by_folder(&folder, "out").values().map(Vec::len).sum();
    assert_eq!(all, 3000 - 60);
    // Nothing that was written before is read, or replaced.
    let ran = copydesk(&["clean", &at(&folder, "out/**/*.jsonl"), "-o", &out, "--by", "verdict", "--overwrite"]);
    assert!(ran.code == 2, "{}", ran.err);
}

#[test]
fn a_name_that_ends_in_a_number_is_no_part_of_another() {
    let folder = Folder::new("by-numbers");
    std::fs::create_dir(folder.path("in")).unwrap();
    let files = ["a", "a-00001"].map(|name| folder.write(&format!("in/{name}.jsonl"), many_sites(20)));
    for format in if cfg!(feature = "columnar") { &["jsonl", "parquet"][..] } else { &["jsonl"] } {
        let below = format!("out-{format}");
        let out = at(&folder, &below);
        let clean = |file: &str, more: &[&str]| {
            let args =
                ["clean", file, "-o", &*out, "--by", "verdict", "--to", format, "--fields", "verdict", "--quiet"];
            copydesk(&[&args[..], more].concat())
        };
        // The later one first: it is not taken for what the other one has left, nor removed with that.
        for file in files.iter().rev() {
            assert_eq!(clean(file, &[]).code, 1);
        }
        let part = if *format == "parquet" { "-00000" } else { "" };
        let of = |name: &str| format!("verdict=no_story/{name}{part}.{format}");
        let want = vec![of("a-00001"), of("a")];
        let found = || names(&folder, &below).into_iter().filter(|name| name.contains("no_story")).collect::<Vec<_>>();
        let sorted = |mut names: Vec<String>| {
            names.sort();
            names
        };
        assert_eq!(sorted(found()), sorted(want.clone()), "{format}");
        assert_eq!(clean(&files[0], &["--overwrite"]).code, 1);
        assert_eq!(sorted(found()), sorted(want.clone()), "{format}");
        assert_eq!(clean(&at(&folder, "in"), &["--overwrite"]).code, 1);
        assert_eq!(sorted(found()), sorted(want), "{format}");
    }
}

#[cfg(feature = "columnar")]
#[test]
fn copies_of_other_units_are_counted_once() {
    let folder = Folder::new("by-copies");
    let text = many_sites(1500);
    let file = folder.write("a.jsonl", format!("{text}{text}"));
    let (out, sum) = (at(&folder, "out"), at(&folder, "sum.json"));
    let args = ["clean", &file, "-o", &out, "--by", "verdict", "--to", "parquet", "--dedup", "id", "--id-field", "id"];
    let ran = reading(
        Command::new(env!("CARGO_BIN_EXE_copydesk")).args(args).args([
            "--fields",
            "verdict",
            "--summary",
            &sum,
            "--quiet",
        ]),
        b"",
    );
    assert_eq!(ran.code, 1, "{}", ran.err);
    let summary: Value = serde_json::from_str(&folder.read("sum.json")).unwrap();
    let found: usize = by_folder(&folder, "out").values().map(Vec::len).sum();
    // Without those that are refused; a text that is null is no copy of another.
    assert_eq!((found, &summary["written"]), (1500, &json!(1500)), "{summary}");
}

#[test]
fn folders_are_wanted_by_what_documents_are() {
    let folder = Folder::new("by-refused");
    let file = folder.write("a.jsonl", many_sites(60));
    for (args, why) in [
        (&["-o", &*at(&folder, "b.jsonl"), "--by", "lang"][..], "--by writes into folders"),
        (&["-o", "-", "--by", "lang"], "--by writes into folders"),
        (&["--by", "lang"], "--output <FILE>"),
        (&["-o", &at(&folder, "out"), "--by", "lang", "--rejects", &at(&folder, "out/lang=en/a.jsonl")], "both go to"),
        (&["--dedup", "id"], "--dedup id needs --id-field"),
        (&["--level", "5"], "--level is for outputs in gzip and zstd"),
        (&["--not-hosts", &file], "is no host"),
        (&["--hosts", &folder.write("hosts", "orla.example\n")], "--hosts needs --source-field"),
    ] {
        let ran = copydesk(&[&["clean", &file], args].concat());
        assert!(ran.code == 2 && ran.err.contains(why), "{args:?}: {}", ran.err);
    }
    assert!(!folder.path("out").exists());
}

#[cfg(unix)]
fn killed_by(by: &str, format: &str, more: &[&str]) {
    let folder = Folder::new(&format!("killed-by-{by}-{format}"));
    std::fs::create_dir(folder.path("in")).unwrap();
    for i in 0..6 {
        folder.write(&format!("in/{i}.jsonl"), many_sites(900 + 700 * (i % 3)));
    }
    let (from, to, want) = (at(&folder, "in"), at(&folder, "out"), at(&folder, "want"));
    let (bad, want_bad) = (at(&folder, "bad.jsonl"), at(&folder, "want-bad.jsonl"));
    let (sum, want_sum) = (at(&folder, "sum.json"), at(&folder, "want-sum.json"));
    let command = |to: &str, bad: &str, sum: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.args(["clean", &from, "-o", to, "--by", by, "--source-field", "url", "--to", format, "--quiet"]);
        command.args(["--rejects", bad, "--summary", sum]).args(more);
        command.env("COPYDESK_NOTE_EVERY", "1").env("COPYDESK_ROUND_BYTES", "20000").stderr(Stdio::null());
        command
    };
    let undisturbed = std::time::Instant::now();
    assert_eq!(command(&want, &want_bad, &want_sum).arg("--threads").arg("1").status().unwrap().code(), Some(1));
    let length = undisturbed.elapsed().as_millis() as u64;
    let kills = std::env::var("COPYDESK_KILLS").map_or(8, |kills| kills.parse().unwrap());
    let (mut state, mut killed) = (by.len() as u64, 0);
    loop {
        let mut child = command(&to, &bad, &sum).arg("--resume").spawn().unwrap();
        if killed < kills {
            std::thread::sleep(Duration::from_millis(next(&mut state) % (length / 2 + 1)));
            let signal = ["-KILL", "-KILL", "-TERM"][next(&mut state) as usize % 3];
            let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
        }
        match child.wait().unwrap().code() {
            Some(2) => panic!("{by} {format}: refused after {killed} kills"),
            Some(_) => break,
            None => killed += 1,
        }
    }
    assert_eq!(names(&folder, "out"), names(&folder, "want"), "{by} {format} after {killed} kills");
    for name in names(&folder, "want") {
        assert!(bytes(folder.path(&format!("out/{name}"))) == bytes(folder.path(&format!("want/{name}"))), "{name}");
    }
    assert_eq!(folder.read("bad.jsonl"), folder.read("want-bad.jsonl"));
    let counts = |name: &str| {
        let mut summary: Value = serde_json::from_str(&folder.read(name)).unwrap();
        for changes in ["seconds", "text_bytes_a_second"] {
            assert!(summary.as_object_mut().unwrap().remove(changes).is_some());
        }
        summary
    };
    assert_eq!(counts("sum.json"), counts("want-sum.json"), "{by} {format} after {killed} kills");
}

#[cfg(unix)]
#[test]
fn killed_runs_into_folders_end_as_if_they_were_not() {
    killed_by("site", "jsonl.gz", &["--dedup", "exact"]);
    killed_by("lang", "csv", &["--shard-size", "5K"]);
    #[cfg(feature = "columnar")]
    killed_by("verdict", "parquet", &["--id-field", "id", "--dedup", "id"]);
}

#[test]
fn records_can_be_chosen_by_host_and_address() {
    let folder = Folder::new("lists");
    let urls = ["https://www.orla.example/1", "https://news.orla.example/2", "https://skerry.example/3", "none at all"];
    let mut input: String =
        urls.iter().enumerate().map(|(i, url)| json!({ "i": i, "url": url, "text": "" }).to_string() + "\n").collect();
    input += "{\"i\":4,\"text\":\"\"}\n";
    let hosts = folder.write("hosts.txt", "# ours\norla.example\n");
    let addresses = folder.write("urls.txt.gz", gzip(b"http://skerry.example/3#top\nnews.orla.example/2\n"));
    let summary = at(&folder, "s.json");
    let run = |args: &[&str]| {
        let more = ["clean", "--jsonl", "--source-field", "url", "--summary", &summary, "--overwrite"];
        let ran = copydesk_reading(&[&more[..], args].concat(), input.as_bytes());
        assert_eq!(ran.code, 0, "{}", ran.err);
        json_lines(&ran.out).iter().map(|record| record["i"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(run(&["--hosts", &hosts]), [0, 1]);
    assert_eq!(run(&["--not-hosts", &hosts]), [2, 3, 4]);
    assert_eq!(run(&["--urls", &addresses]), [1, 2]);
    assert_eq!(run(&["--hosts", &hosts, "--not-urls", &addresses, "--id-field", "i"]), [0]);
    let found: Value = serde_json::from_str(&folder.read("s.json")).unwrap();
    assert_eq!((&found["left_out"]["hosts"], &found["left_out"]["not_urls"]), (&json!(3), &json!(1)));
    assert_eq!(found["examples"]["hosts"][0], json!({ "line": 3, "id": 2 }));
    // Of a crawl the address is known.
    let page = |uri: &str| warc("resource", uri, "text/html", format!("<p>{STORY}</p>").as_bytes());
    let crawl = urls[..3].iter().flat_map(|url| page(url)).collect::<Vec<u8>>();
    let file = folder.write("a.warc", crawl);
    assert_eq!(json_lines(&copydesk(&["clean", &file, "--not-hosts", &hosts]).out)[0]["url"], urls[2]);
}

#[test]
fn records_are_told_of_by_what_they_are_known_by() {
    let folder = Folder::new("ids");
    let file = folder.write(
        "a.csv",
        format!("id,text,more\nx1,{STORY:?},\nx2,a,b,c\nx3,{STORY:?},\nx1,\"It rained all day in the old town.\",\n"),
    );
    let (bad, summary) = (at(&folder, "bad.jsonl"), at(&folder, "s.json"));
    let args =
        ["clean", &file, "--to", "jsonl", "--id-field", "id", "--overwrite", "--rejects", &bad, "--summary", &summary];
    for (dedup, again) in [("exact", "x3"), ("id", "x1")] {
        let ran = copydesk(&[&args[..], &["--dedup", dedup]].concat());
        assert_eq!((ran.code, json_lines(&ran.out).len()), (1, 2), "{}", ran.err);
        let bad = json_lines(&folder.read("bad.jsonl"));
        assert_eq!((&bad[0]["id"], &bad[0]["number"]), (&json!("x2"), &json!(2)));
        let found: Value = serde_json::from_str(&folder.read("s.json")).unwrap();
        assert_eq!((&found["examples"]["dedup"][0]["id"], &found["duplicates"]), (&json!(again), &json!(1)), "{dedup}");
    }
    let ran = copydesk(&["clean", &file, "--id-field", "id"]);
    assert!(ran.err.contains("a.csv, record 2, id \"x2\": the row has 4 values"), "{}", ran.err);
    let ran = copydesk_reading(&["clean", "--jsonl", "--id-field", "n"], b"{\"n\":[1],\"text\":7}\n{\"n\":null}\n");
    assert!(ran.err.contains("line 1, id [1]: ") && ran.err.contains("line 2: no field"), "{}", ran.err);
}

#[test]
fn rejects_stand_in_the_order_of_the_input() {
    let folder = Folder::new("reject-order");
    let records = [
        json!({ "id": 0, "text": "" }),
        json!({ "id": 1, "text": STORY, "more": 1 }),
        json!({ "id": 2, "text": 7 }),
        json!({ "id": 3, "text": STORY }),
        json!({ "id": 4, "text": STORY, "other": 1 }),
        json!({ "id": 5, "text": STORY }),
        json!({ "id": "six", "text": STORY }),
        json!({ "id": 7, "text": STORY, "more": 2 }),
    ];
    let lines: String = records.iter().map(|record| record.to_string() + "\n").collect();
    for format in ["csv", "parquet"] {
        if format == "parquet" && cfg!(not(feature = "columnar")) {
            continue;
        }
        let file = folder.write("a.jsonl", plain(1024) + &lines);
        let (out, bad) = (at(&folder, &format!("out.{format}")), at(&folder, "bad.jsonl"));
        let args =
            ["clean", &file, "-o", &out, "--fields", "none", "--id-field", "id", "--rejects", &bad, "--overwrite"];
        assert_eq!(copydesk(&[&args[..], &["--dedup", "exact"]].concat()).code, 1);
        let found: Vec<(u64, Value)> = json_lines(&folder.read("bad.jsonl"))
            .iter()
            .map(|reject| (reject["line"].as_u64().unwrap(), reject["id"].clone()))
            .collect();
        let mut want = vec![(1026, json!(1)), (1027, json!(2)), (1029, json!(4))];
        if format == "parquet" {
            want.push((1031, json!("six")));
        }
        want.push((1032, json!(7)));
        assert_eq!(found, want, "{format}");
    }
}

#[test]
fn tables_without_rows_have_columns() {
    let folder = Folder::new("no-rows");
    for (name, content, want) in [
        ("a.jsonl", json!({ "id": 1, "text": STORY }).to_string() + "\n", "id,text,copydesk\n"),
        ("b.csv", "id,text\n".to_owned(), "id,text,copydesk\n"),
        ("c.csv", format!("id,text\n1,{STORY:?}\n"), "id,text,copydesk\n"),
    ] {
        let file = folder.write(name, content);
        let out = at(&folder, "out.csv");
        let ran = copydesk(&["clean", &file, "-o", &out, "--overwrite", "--min-words", "1000", "--quiet"]);
        assert!(ran.code < 2, "{}", ran.err);
        assert_eq!(folder.read("out.csv"), want, "{name}");
        let again = copydesk(&["clean", &out, "--to", "jsonl"]);
        assert_eq!((again.code, again.out.as_str()), (0, ""), "{}", again.err);
    }
}

#[test]
fn patterns_do_not_find_what_was_written() {
    let folder = Folder::new("amid");
    std::fs::create_dir(folder.path("in")).unwrap();
    folder.write("in/a.jsonl", plain(2));
    let (pattern, out) = (at(&folder, "**/*.jsonl"), at(&folder, "out/"));
    for _ in 0..2 {
        assert_eq!(copydesk(&["clean", &pattern, "-o", &out]).code, 0);
        assert_eq!(names(&folder, "out"), ["a.jsonl"]);
    }
    // Where the pattern names the folder, its files are meant.
    let ran = copydesk(&["clean", &at(&folder, "out/*.jsonl"), "-o", &out, "--to", "jsonl.gz"]);
    assert_eq!(
        (ran.code, names(&folder, "out")),
        (0, vec!["a.jsonl".to_owned(), "a.jsonl.gz".to_owned()]),
        "{}",
        ran.err
    );
}

#[cfg(unix)]
#[test]
fn an_input_that_is_another_one_than_before_is_refused() {
    if cfg!(not(debug_assertions)) {
        eprintln!("skipped: how often a run is noted can be said to a build for debugging alone");
        return;
    }
    let folder = Folder::new("another");
    let args = ["clean", "--jsonl", "-o", &at(&folder, "out.jsonl"), "--quiet"];
    stopped(&args, plain(5000).as_bytes(), &folder.path(".out.jsonl.copydesk-run.journal"));
    let again = [&args[..], &["--resume"]].concat();
    let other = plain(5000).replacen("\"id\":7,", "\"id\":8,", 1);
    let ran = copydesk_reading(&again, other.as_bytes());
    assert!(
        ran.code == 2 && ran.err.contains("the input is not what was read when the run was stopped"),
        "{}",
        ran.err
    );
    let ran = copydesk_reading(&again, plain(5000).as_bytes());
    assert_eq!((ran.code, json_lines(&folder.read("out.jsonl")).len()), (0, 5000), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_reader_that_went_away_ends_it_though_input_may_come() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["clean", "--jsonl", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    let _ = input.write_all(plain(1024).as_bytes());
    let begun = std::time::Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "it waits for standard input");
        std::thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(status.code(), Some(0));
    drop(input);
}

#[test]
fn how_hard_is_worked_for_a_smaller_output_can_be_said() {
    let folder = Folder::new("levels");
    let file = folder.write("a.jsonl", records(4000));
    let sizes = ["1", "9"].map(|level| {
        let out = at(&folder, &format!("{level}.jsonl.gz"));
        assert_eq!(copydesk(&["clean", &file, "-o", &out, "--level", level, "--quiet"]).code, 1);
        bytes(&out).len()
    });
    assert!(sizes[0] > sizes[1], "{sizes:?}");
    let ran = copydesk(&["clean", &file, "--to", "jsonl.gz", "--level", "15"]);
    assert!(ran.code == 2 && ran.err.contains("--level 15: gzip has levels 1 to 9"), "{}", ran.err);
    assert_eq!(copydesk(&["clean", &file, "-o", &at(&folder, "a.jsonl.zst"), "--level", "15", "--quiet"]).code, 1);
}
