//! A fault of copydesk itself costs one text and no more. The command as built for debugging fails on a text that it is told.
#![cfg(debug_assertions)]

use std::process::Command;

use crate::command::{Ran, json_lines, reading};
use crate::support::Folder;

const FATAL: &str = "The line that breaks it.";

fn failing(args: &[&str], input: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    reading(command.args(args).env("COPYDESK_FAIL_ON", FATAL).env_remove("RUST_BACKTRACE"), input.as_bytes())
}

fn told(ran: &Ran, times: usize) {
    assert_eq!(ran.err.matches("please report").count(), times, "{}", ran.err);
    assert!(!ran.err.contains("panicked at") && !ran.err.contains("backtrace"), "{}", ran.err);
}

#[test]
fn one_record_goes_to_the_rejects() {
    let folder = Folder::new("fault-records");
    let records: String = (0..20)
        .map(|i| serde_json::json!({ "i": i, "text": if i == 7 { FATAL } else { "It rained." } }).to_string() + "\n")
        .collect();
    let rejects = folder.path("bad.jsonl").to_str().unwrap().to_owned();
    for threads in ["1", "4"] {
        let ran = failing(&["clean", "--jsonl", "--threads", threads, "--overwrite", "--rejects", &rejects], &records);
        assert_eq!(ran.code, 1);
        told(&ran, 0);
        let written: Vec<_> = json_lines(&ran.out).iter().map(|record| record["i"].as_u64().unwrap()).collect();
        assert!(written.iter().copied().eq((0..20).filter(|i| *i != 7)), "{written:?}");
        let bad = json_lines(&folder.read("bad.jsonl"));
        assert_eq!((bad.len(), bad[0]["line"].as_u64()), (1, Some(8)));
        assert!(bad[0]["reason"].as_str().unwrap().contains("please report"), "{}", bad[0]);
        assert!(bad[0]["record"].as_str().unwrap().contains(FATAL));
    }
    let ran = failing(&["clean", "--jsonl"], &records);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 19));
    told(&ran, 1);
}

#[test]
fn one_text_is_told_and_the_others_go_on() {
    let folder = Folder::new("fault-texts");
    let fatal = folder.write("fatal.txt", FATAL);
    let sound = folder.write("sound.txt", "It rained all day.");
    for (args, written) in [
        (&["clean", "--json", &sound, &fatal, &sound][..], 2),
        (&["normalize", &fatal, &sound], 1),
        (&["inspect", &fatal], 0),
    ] {
        let ran = failing(args, "");
        assert_eq!((ran.code, ran.out.matches("It rained").count() >= written), (2, true), "{args:?}: {}", ran.out);
        assert!(ran.err.contains("fatal.txt"), "{args:?}: {}", ran.err);
        told(&ran, 1);
    }
    let ran = failing(&["parse", "byline"], &format!("By Ann Li\n{FATAL}\nBy Tom Berg\n"));
    assert_eq!((ran.code, json_lines(&ran.out).len()), (2, 3));
    assert!(ran.err.contains("line 2"), "{}", ran.err);
    told(&ran, 1);
    let ran = failing(&["parse", "byline", FATAL], "");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    told(&ran, 1);
    let old = folder.write("old.txt", "old\n");
    assert_eq!(failing(&["clean", &fatal, "--overwrite", "--output", &old], "").code, 2);
    assert_eq!(folder.read("old.txt"), "old\n");
}
