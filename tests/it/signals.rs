//! What a run leaves that is ended from outside.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::command::{json_lines, shell};
use crate::support::Folder;

/// Files that are still being written, by the name they will have.
fn partial(folder: &Folder) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder.path("")).unwrap();
    let mut found: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "partial"));
    found
}

/// A run in the midst of its work, that never comes to an end: something has been written, and more is to be read.
fn running(folder: &Folder, before: &str) -> Child {
    let pipe = folder.path("pipe.jsonl").to_str().unwrap().to_owned();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let output = folder.write("out.jsonl", "old\n");
    let rejects = folder.path("bad.jsonl");
    let line = format!("{before} exec \"$0\" clean \"$1\" --overwrite --output \"$2\" --rejects \"$3\" --threads 1");
    let child = Command::new("sh")
        // Nothing is noted that a run could be continued with.
        .env("COPYDESK_NOTE_EVERY", "600000")
        .args(["-c", &line, env!("CARGO_BIN_EXE_copydesk"), &pipe, &output, rejects.to_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let records = "{\"text\":\"\"}\n".repeat(10_000);
    // Writes as the other end reads, and then waits with it.
    std::thread::spawn(move || {
        use std::io::Write;
        let mut pipe = std::fs::File::options().write(true).open(pipe).unwrap();
        let _ = pipe.write_all(records.as_bytes());
        std::thread::sleep(Duration::from_secs(60));
    });
    let start = Instant::now();
    let some = |path: &std::path::PathBuf| std::fs::metadata(path).is_ok_and(|about| about.len() > 0);
    while !partial(folder).iter().any(some) {
        assert!(start.elapsed() < Duration::from_secs(30), "nothing was written");
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

/// Ends it with a signal.
fn ended(mut child: Child, signal: &str) -> ExitStatus {
    let killed = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    child.wait().unwrap()
}

/// Whether this process was told to ignore a signal, as `nohup` and `&` do: then the command ignores it too. Where that cannot
/// be asked, it takes it that HUP is.
fn is_ignored(number: i32) -> bool {
    let Ok(told) = std::fs::read_to_string("/proc/self/status") else { return number == 1 };
    let bits = told.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    bits.is_some_and(|bits| bits >> (number - 1) & 1 == 1)
}

#[test]
fn signals_leave_the_old_file_and_nothing_beside() {
    for (signal, number) in [("-INT", 2), ("-TERM", 15), ("-HUP", 1)] {
        if is_ignored(number) {
            eprintln!("skipped: {signal} is ignored here");
            continue;
        }
        let folder = Folder::new(&format!("signal{signal}"));
        let child = running(&folder, "");
        assert_eq!(partial(&folder).len(), 2);
        assert_eq!(ended(child, signal).signal(), Some(number), "{signal}");
        assert_eq!(folder.read("out.jsonl"), "old\n");
        assert!(partial(&folder).is_empty() && !folder.path("bad.jsonl").exists(), "{signal}");
    }
}

#[test]
fn a_kill_leaves_the_old_file_and_says_what_the_new_one_is() {
    let folder = Folder::new("kill");
    let child = running(&folder, "");
    assert_eq!(ended(child, "-KILL").signal(), Some(9));
    assert_eq!(folder.read("out.jsonl"), "old\n");
    let left = partial(&folder);
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    assert!(left.iter().any(|path| name(path).starts_with(".out.jsonl.copydesk-")), "{left:?}");
    assert!(!folder.path("bad.jsonl").exists());
}

#[test]
fn signals_that_are_ignored_stay_so() {
    if !std::path::Path::new("/proc/self/status").exists() {
        eprintln!("skipped: which signals are ignored can be asked on Linux only");
        return;
    }
    let folder = Folder::new("nohup");
    let mut child = running(&folder, "trap '' HUP;");
    Command::new("kill").args(["-HUP", &child.id().to_string()]).status().unwrap();
    std::thread::sleep(Duration::from_millis(200));
    assert!(child.try_wait().unwrap().is_none(), "nohup was not heeded");
    assert_eq!(ended(child, "-TERM").signal(), Some(15));
}

#[test]
fn ctrl_c_ends_at_once_and_leaves_whole_lines() {
    let folder = Folder::new("interrupt");
    let file = folder.write("a.jsonl", "{\"text\":\"\"}\n".repeat(200_000));
    let out = folder.path("out.jsonl").to_str().unwrap().to_owned();
    let line = "\"$0\" clean \"$1\" --threads 1 > \"$2\" & while ! test -s \"$2\"; do kill -0 $! || exit 9; sleep 0.01; done; \
                kill -TERM $!; wait $!";
    assert_eq!(shell(line, &[&file, &out]).code, 143);
    let lines = json_lines(&folder.read("out.jsonl")).len();
    assert!(lines > 0 && lines < 200_000, "{lines}");
}
