//! No file is lost: what the command reads, writes and leaves, in a shell.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use serde_json::Value;

use crate::command::{Ran, copydesk, copydesk_reading, json_lines, shell};
use crate::support::Folder;

const RECORDS: &str = "{\"text\": \"One.\"}\nno json\n{\"text\": \"Two.\"}\n";

/// The names in a folder, in order.
fn names(folder: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path("")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Whether open descriptors have names.
fn has_descriptors() -> bool {
    let has = std::path::Path::new("/dev/fd/0").exists();
    if !has {
        eprintln!("skipped: what goes through /dev/fd, which is not there");
    }
    has
}

fn refused(ran: &Ran, says: &[&str]) {
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
    for part in says {
        assert!(ran.err.contains(part), "{part:?} is not in {}", ran.err);
    }
}

#[test]
fn a_file_stays_when_there_is_nothing_to_write() {
    let folder = Folder::new("nothing");
    let old = folder.write("old.txt", "old\n");
    let missing = folder.path("missing.txt").to_str().unwrap().to_owned();
    let packed = folder.write("a.jsonl", b"7z\xbc\xaf\x27\x1cpacked");
    for input in [&[missing.as_str()][..], &[&missing, &packed], &["--jsonl", &missing], &["--pack", &missing]] {
        let ran = copydesk(
            &[&["clean", "--overwrite", "--output", &old, "--rejects", &old.replace("old", "new")], input].concat(),
        );
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert_eq!(folder.read("old.txt"), "old\n", "{input:?}");
    }
    // Standard input is looked at when it is read.
    let ran = copydesk_reading(&["clean", "--overwrite", "--output", &old], b"7z\xbc\xaf\x27\x1cpacked");
    refused(&ran, &["standard input", "7z x FILE"]);
    assert_eq!(folder.read("old.txt"), "old\n");
    assert_eq!(names(&folder), ["a.jsonl", "old.txt"]);
}

#[test]
fn the_files_that_can_be_read_are_written_and_replace_what_was_there() {
    let folder = Folder::new("replace");
    let (file, missing) = (folder.write("a.jsonl", RECORDS), folder.path("no.jsonl").to_str().unwrap().to_owned());
    let (out, bad) = (folder.write("out.jsonl", "old\n"), folder.write("bad.jsonl", "old\n"));
    std::fs::set_permissions(&out, std::fs::Permissions::from_mode(0o640)).unwrap();
    let ran = copydesk(&["clean", &file, &missing, "--overwrite", "--output", &out, "--rejects", &bad]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.starts_with("error: cannot read"), "before the work begins: {}", ran.err);
    assert_eq!((json_lines(&folder.read("out.jsonl")).len(), json_lines(&folder.read("bad.jsonl")).len()), (2, 1));
    assert_eq!(std::fs::metadata(&out).unwrap().mode() & 0o777, 0o640);
    // Rejects that are none are none, and no old ones.
    let good = folder.write("b.jsonl", "{\"text\": \"One.\"}\n");
    assert_eq!(copydesk(&["clean", &good, "--overwrite", "--output", &out, "--rejects", &bad]).code, 0);
    assert_eq!((json_lines(&folder.read("out.jsonl")).len(), folder.read("bad.jsonl").as_str()), (1, ""));
    assert_eq!(names(&folder), ["a.jsonl", "b.jsonl", "bad.jsonl", "out.jsonl"]);
}

#[test]
fn nothing_that_is_read_is_written() {
    let folder = Folder::new("same");
    let file = folder.write("a.jsonl", RECORDS);
    let pack = folder.write("p.toml", "[cues]\npromo = [\"the harbour letter\"]\n");
    let other = |name: &str| folder.path(name).to_str().unwrap().to_owned();
    let (hard, soft, new) = (other("hard.jsonl"), other("soft.jsonl"), other("new.jsonl"));
    std::fs::hard_link(&file, &hard).unwrap();
    symlink("a.jsonl", &soft).unwrap();
    symlink("new.jsonl", other("to-new.jsonl")).unwrap();
    let (pack_read, model_read) = (&[&file, "--pack", &pack][..], &[&file, "--model", &pack][..]);
    for (read, option, written) in [
        (&[file.as_str()][..], "--output", &file),
        (&[&file], "--output", &hard),
        (&[&file], "--rejects", &hard),
        (&[&file], "-o", &soft),
        (&[&soft], "-o", &hard),
        (pack_read, "--output", &pack),
        (pack_read, "--rejects", &pack),
        (model_read, "--output", &pack),
    ] {
        refused(&copydesk(&[&["clean"], read, &[option, written]].concat()), &["is one of the files to read", written]);
    }
    let lines = [
        "copydesk clean --jsonl --output \"$2\" < \"$1\"",
        "copydesk clean --jsonl /dev/stdin --output \"$2\" < \"$1\"",
        "copydesk clean \"$1\" >> \"$2\"",
        "copydesk clean --jsonl < \"$1\" >> \"$2\"",
        "copydesk normalize \"$1\" >> \"$2\"",
        "copydesk parse byline < \"$1\" >> \"$2\"",
        "copydesk inspect \"$1\" >> \"$2\"",
        "copydesk eval \"$1\" >> \"$2\"",
        "copydesk clean \"$1\" --output /dev/stdout >> \"$2\"",
    ];
    for line in lines.into_iter().filter(|line| !line.contains("/dev/stdin") || has_descriptors()) {
        refused(&shell(line, &[&file, &hard]), &["is one of the files to read"]);
    }
    for (output, rejects) in [(&new, &new), (&new, &other("to-new.jsonl"))] {
        refused(&copydesk(&["clean", &file, "--output", output, "--rejects", rejects]), &["--output and --rejects"]);
    }
    refused(&copydesk(&["clean", &file, "--rejects", "/dev/stdout"]), &["both go to standard output"]);
    assert_eq!((folder.read("a.jsonl"), folder.read("p.toml").len()), (RECORDS.to_owned(), 38));
    assert!(!folder.path("new.jsonl").exists());
}

#[test]
fn what_is_no_text_is_told_by_what_it_is() {
    let folder = Folder::new("kinds");
    for (name, bytes, says) in [
        ("a.txt.7z", &b"7z\xbc\xaf\x27\x1c"[..], "unpack it first, as in: 7z x "),
        ("a.jsonl.7z", b"7z\xbc\xaf\x27\x1c", "a.jsonl.7z\n"),
        ("a.jsonl", b"LZIP\x01\0", "lzip -dc"),
        ("a.pdf", b"%PDF-1.7\n\xff", "a PDF document"),
        ("a.sqlite", b"SQLite format 3\0\x10\0", "an SQLite database"),
        ("a.bin", &b"\0\x01\x02\x03".repeat(5), "binary data"),
    ] {
        let file = folder.write(name, bytes);
        for command in [&["clean"][..], &["clean", "--jsonl"], &["normalize"], &["inspect"], &["eval"]] {
            refused(&copydesk(&[command, &[&file]].concat()), &["cannot read", name, says]);
        }
    }
    // What `clean` unpacks itself.
    for (name, bytes, way) in [
        ("packed.gz", &b"\x1f\x8b\x08\0\0\0"[..], "gzip -dc "),
        ("packed.xz", b"\xfd7zXZ\0", "xz -dc "),
        ("packed.bz2", b"BZh91AY&SY\0", "bzip2 -dc "),
    ] {
        let packed = folder.write(name, bytes);
        for command in ["normalize", "inspect", "eval"] {
            refused(&copydesk(&[command, &packed]), &["unpack it first, as in: ", way]);
        }
    }
    let file = folder.write("b.txt", "It rained.\n");
    for option in ["--pack", "--model"] {
        refused(
            &copydesk(&["clean", option, folder.path("packed.gz").to_str().unwrap(), &file]),
            &["packed.gz: it is compressed with gzip"],
        );
    }
    refused(&copydesk(&["clean", "--model", &file, &file]), &["b.txt: ", "not a copydesk model"]);
    // Text in UTF-16 is text, and so is a page with a stray NUL.
    let wide: Vec<u8> = "\u{feff}It rained all day.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let stray = format!("It rained all day.\0 {}\n", "The ferry left the harbour. ".repeat(9));
    for bytes in [&wide, stray.as_bytes()] {
        let ran = copydesk(&["normalize", &folder.write("a.txt", bytes)]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(ran.out.starts_with("It rained all day."), "{}", ran.out);
    }
}

#[test]
fn json_lines_are_utf8_whatever_they_begin_with() {
    let folder = Folder::new("marks");
    let wide: Vec<u8> = format!("\u{feff}{RECORDS}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let file = folder.write("wide.jsonl", &wide);
    for command in ["clean", "eval"] {
        refused(&copydesk(&[command, &file]), &["it is text in UTF-16", "iconv -f utf-16 -t utf-8 ", "wide.jsonl\n"]);
    }
    refused(&copydesk_reading(&["clean", "--jsonl"], &wide), &["standard input: it is text in UTF-16"]);
    let joined = "\u{feff}{\"text\": \"One.\"}\n\u{feff}{\"text\": \"Two.\"}\n\u{feff}\n";
    let ran = copydesk(&["clean", &folder.write("joined.jsonl", joined)]);
    assert_eq!((ran.code, json_lines(&ran.out).len()), (0, 2), "{}", ran.err);
}

#[test]
fn an_output_stays_when_nothing_came_of_the_records() {
    let folder = Folder::new("useless");
    let (file, out) = (folder.write("a.jsonl", "{\"text\": \"One.\"}\n"), folder.write("out.jsonl", "old\n"));
    let bad = folder.path("bad.jsonl").to_str().unwrap().to_owned();
    let ran = copydesk(&["clean", &file, "--field", "txet", "--overwrite", "--output", &out, "--rejects", &bad]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("1 of 1 records rejected") && ran.err.contains("out.jsonl stays as it was\n"),
        "{}",
        ran.err
    );
    assert_eq!((folder.read("out.jsonl").as_str(), json_lines(&folder.read("bad.jsonl")).len()), ("old\n", 1));
    // One that is good is enough, and what has no records is not what has bad ones.
    let some = folder.write("b.jsonl", RECORDS);
    assert_eq!(copydesk(&["clean", &some, "--overwrite", "--output", &out]).code, 1);
    assert_eq!(json_lines(&folder.read("out.jsonl")).len(), 2);
    assert_eq!(copydesk(&["clean", &folder.write("c.jsonl", ""), "--overwrite", "--output", &out]).code, 0);
    assert_eq!((folder.read("out.jsonl").as_str(), names(&folder).len()), ("", 5));
}

#[test]
fn only_standard_output_may_lose_its_reader() {
    let folder = Folder::new("reader");
    let (file, out) = (folder.write("a.jsonl", "no json\n".repeat(20_000)), folder.write("out.jsonl", "old\n"));
    let pipe = folder.path("pipe").to_str().unwrap().to_owned();
    let line = "mkfifo \"$3\" && { head -c 1 \"$3\" > /dev/null & copydesk clean \"$1\" --overwrite --output \"$2\" \
                --rejects \"$3\"; \
                code=$?; wait; exit $code; }";
    refused(
        &shell(line, &[&file, &out, &pipe]),
        &["cannot write", "pipe: its reader went away before all was written"],
    );
    assert_eq!((folder.read("out.jsonl").as_str(), names(&folder).len()), ("old\n", 3));
    let good = folder.write("b.jsonl", "{\"text\":\"\"}\n".repeat(20_000));
    let ran = shell("{ copydesk clean \"$1\"; echo $? >&2; } | head -c 1", &[&good]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "0\n"));
}

#[test]
fn links_are_written_through_and_devices_as_they_are() {
    let folder = Folder::new("links");
    let file = folder.write("a.jsonl", "{\"text\": \"One.\"}\n");
    std::fs::create_dir(folder.path("there")).unwrap();
    let (link, end) = (folder.path("link.jsonl"), folder.path("there/end.jsonl"));
    symlink("there/end.jsonl", &link).unwrap();
    for _ in 0..2 {
        assert_eq!(copydesk(&["clean", &file, "--overwrite", "--output", link.to_str().unwrap()]).code, 0);
        assert!(link.is_symlink() && end.is_file());
        assert_eq!(json_lines(&folder.read("there/end.jsonl")).len(), 1);
    }
    assert_eq!(std::fs::read_dir(folder.path("there")).unwrap().count(), 1);
    for target in ["-", "/dev/stdout", "/dev/fd/1"] {
        assert_eq!(json_lines(&copydesk(&["clean", &file, "--output", target]).out).len(), 1);
    }
    if has_descriptors() {
        let both = shell("copydesk clean \"$1\" \"$1\" --output /dev/fd/3 3>&1 >/dev/null", &[&file]);
        assert_eq!((both.code, json_lines(&both.out).len()), (0, 2));
    }
    assert_eq!(copydesk(&["clean", &file, "--output", "/dev/null"]).code, 0);
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
    let pipe = folder.path("pipe").to_str().unwrap().to_owned();
    let line = "mkfifo \"$2\" && { cat \"$2\" & copydesk clean \"$1\" --output \"$2\"; code=$?; wait; exit $code; }";
    let ran = shell(line, &[&file, &pipe]);
    assert_eq!((ran.code, json_lines(&ran.out).len()), (0, 1), "{}", ran.err);
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    let folder = Folder::new("full");
    let file = folder.write("a.jsonl", "{\"text\":\"\"}\n".repeat(300));
    let out = folder.write("out.jsonl", "old\n");
    let ran = shell("ulimit -f 8; copydesk clean \"$1\" --overwrite --output \"$2\"", &[&file, &out]);
    refused(&ran, &["cannot write", "out.jsonl"]);
    assert_eq!((folder.read("out.jsonl").as_str(), names(&folder).len()), ("old\n", 2));
    if std::path::Path::new("/dev/full").exists() {
        refused(&copydesk(&["clean", &file, "--output", "/dev/full"]), &["cannot write /dev/full"]);
        refused(&shell("copydesk clean \"$1\" > /dev/full", &[&file]), &["cannot write standard output"]);
        let bad = folder.write("bad.jsonl", RECORDS);
        let ran = copydesk(&["clean", &bad, "--overwrite", "-o", &out, "--rejects", "/dev/full"]);
        refused(&ran, &["cannot write /dev/full"]);
        assert_eq!((folder.read("out.jsonl").as_str(), names(&folder).len()), ("old\n", 3));
    }
}

#[test]
fn a_folder_or_file_that_may_not_be_written_is_told() {
    let folder = Folder::new("closed");
    let file = folder.write("a.jsonl", RECORDS);
    let at = |name: &str| folder.path(name).to_str().unwrap().to_owned();
    refused(&copydesk(&["clean", &file, "-o", &at("no/out.jsonl")]), &["there is no folder", "make it first"]);
    refused(&copydesk(&["clean", &file, "-o", &at("")]), &["a.jsonl is one of the files to read"]);
    for name in ["new/", "new/."] {
        refused(&copydesk(&["clean", &file, "--rejects", &at(name)]), &["it names a folder; name a file in it"]);
    }
    refused(&copydesk(&["clean", &file, "-o", &at("a.jsonl/")]), &["cannot write"]);
    assert_eq!(names(&folder), ["a.jsonl"]);
    let out = folder.write("out.jsonl", "old\n");
    std::fs::set_permissions(&out, std::fs::Permissions::from_mode(0o444)).unwrap();
    // Nothing is closed to root.
    if std::fs::File::options().write(true).open(&out).is_err() {
        refused(&copydesk(&["clean", &file, "-o", &out]), &["cannot write", "ermission denied"]);
        assert_eq!(folder.read("out.jsonl"), "old\n");
    }
}

#[test]
fn closed_descriptors_are_taken_by_no_file() {
    let folder = Folder::new("descriptors");
    let file = folder.write("a.jsonl", RECORDS);
    let at = |name: &str| folder.path(name).to_str().unwrap().to_owned();
    shell("copydesk clean \"$1\" --rejects \"$2\" >&-", &[&file, &at("bad.jsonl")]);
    assert_eq!(json_lines(&folder.read("bad.jsonl")).len(), 1);
    let ran = shell("copydesk clean \"$1\" \"$1.no\" --output \"$2\" 2>&-", &[&file, &at("out.jsonl")]);
    assert_eq!(ran.code, 2);
    assert_eq!(json_lines(&folder.read("out.jsonl")).len(), 2);
    assert_eq!(shell("copydesk clean \"$1\" --output \"$2\" <&- >&- 2>&-", &[&file, &at("all.jsonl")]).code, 1);
    assert_eq!(json_lines(&folder.read("all.jsonl")).len(), 2);
}

/// What a terminal would obey.
fn obeyed(text: &str) -> Option<char> {
    text.chars().find(|c| {
        c.is_control() && *c != '\n'
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

#[test]
fn nothing_that_is_told_is_obeyed_by_a_terminal() {
    let bad = "\x1b[31m\u{9b}\u{61c}\u{202e}\u{2067}\x07\u{7f}";
    let folder = Folder::new("escapes");
    let name = format!("a{bad}\n.txt");
    let text =
        folder.write(&name, format!("It rained &amp; blew.{bad} The ferry left the harbour at half past six.\n"));
    let records = folder.write(&format!("{name}.jsonl"), format!("{bad}\n{{\"text\": \"One.{bad}\"}}\n"));
    let gold = folder.write(
        &format!("{name}.gold.jsonl"),
        serde_json::json!({ "id": format!("x{bad}\n"), "lang": bad, "publisher_key": format!("p\n{bad}"),
            "lines": [format!("It rained.{bad}")], "labels": ["ad"] })
        .to_string(),
    );
    let missing = format!("{text}.no");
    let rejects = folder.path("bad.jsonl").to_str().unwrap().to_owned();
    for args in [
        &["clean", "--json", &text][..],
        &["clean", &missing],
        &["clean", &missing, "--output", &missing],
        &["clean", &text, "--output", &format!("{missing}/x")],
        &["clean", &text, "--output", &text],
        &["clean", &text, "--pack", &missing],
        &["clean", &text, "--pack", &text],
        &["clean", &text, "--model", &text],
        &["clean", &records],
        &["clean", &records, "--rejects", &rejects],
        &["clean", "--field", bad, "--jsonl", &records],
        &["clean", "--balance", bad],
        &["clean", &format!("--{bad}")],
        &[bad],
        &["inspect", "--why", "--title", bad, &text],
        &["inspect", "--lang", bad, &text],
        &["normalize", "--changes", &text],
        &["normalize", &missing],
        &["normalize", "--skip", bad],
        &["parse", "byline", &format!("By Ann Li{bad}")],
        &["parse", bad, bad],
        &["parse", "byline", "--published", bad, "x"],
        &["eval", &gold, "--worst", "1", "--by", "publisher"],
        &["eval", &gold, "--by", "publisher", "--json"],
        &["eval", &gold, "--pred", &gold],
        &["eval", &records],
    ] {
        let ran = copydesk(args);
        assert_eq!((obeyed(&ran.out), obeyed(&ran.err)), (None, None), "{args:?}: {:?} {:?}", ran.out, ran.err);
        assert!(!(ran.out + &ran.err).is_empty());
    }
    let told = json_lines(&folder.read("bad.jsonl"));
    assert_eq!(obeyed(&folder.read("bad.jsonl")), None);
    assert_eq!((&told[0]["record"], &told[0]["file"]), (&Value::from(bad), &Value::from(records)));
    let heading = copydesk(&["clean", "--heading", &text]);
    let (first, _) = heading.out.split_once('\n').unwrap();
    assert!(obeyed(first).is_none() && first.contains(r"a\x1b[31m\u{9b}") && first.ends_with(r"\n.txt <=="), "{first}");
}

#[test]
fn names_that_are_no_text_can_be_told() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new("bytes");
    let path = folder.path("").join(std::ffi::OsStr::from_bytes(b"caf\xe9.txt"));
    if std::fs::write(&path, "It rained.").is_err() {
        eprintln!("skipped: file names are text here");
        return;
    }
    let out = folder.path("out.txt");
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_copydesk"));
        crate::command::reading(command.args(args).arg(&path), b"")
    };
    assert!(run(&["clean", "--heading"]).out.contains(r"/caf\xe9.txt <=="));
    assert!(json_lines(&run(&["clean", "--json"]).out)[0]["file"].as_str().unwrap().ends_with(r"caf\xe9.txt"));
    std::fs::remove_file(&path).unwrap();
    assert!(run(&["clean", "--output", out.to_str().unwrap()]).err.contains(r"caf\xe9.txt: No such file"));
}
