//! Running the command.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run left.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

pub fn copydesk(args: &[&str]) -> Ran {
    copydesk_reading(args, b"")
}

pub fn copydesk_reading(args: &[&str], input: &[u8]) -> Ran {
    reading(Command::new(env!("CARGO_BIN_EXE_copydesk")).args(args), input)
}

/// Runs a line of the shell, in which `copydesk` is the command and `$1`, `$2` … are the arguments.
#[cfg(unix)]
pub fn shell(line: &str, args: &[&str]) -> Ran {
    let line = format!("copydesk() {{ \"$0\" \"$@\"; }}; {line}");
    reading(Command::new("sh").args(["-c", &line, env!("CARGO_BIN_EXE_copydesk")]).args(args), b"")
}

/// Runs it with that on standard input.
pub fn reading(command: &mut Command, input: &[u8]) -> Ran {
    let mut child = command
        .env_remove("COLUMNS")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A command that does not read its input ends before all of it is written.
    let feed = std::thread::spawn(move || stdin.write_all(&input).is_ok());
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn json_lines(text: &str) -> Vec<Value> {
    assert!(text.is_empty() || text.ends_with('\n'), "half a line: {text:?}");
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
