//! Records that are refused, and why.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::paint;
use crate::error::Result;
use crate::io::input::Source;
use crate::io::output::Output;

/// So many are told on standard error when there is no file for them.
const TOLD: u64 = 5;

/// Where rejects go: a file, else the first few to standard error.
pub(super) struct Rejects {
    file: Option<Output>,
    count: u64,
}

/// A line of the rejects file.
#[derive(Serialize)]
struct Reject<'a> {
    file: Option<String>,
    line: u64,
    reason: &'a str,
    /// As it was read; bytes that are no text become U+FFFD.
    record: &'a str,
}

impl Rejects {
    /// # Errors
    /// When the file cannot be made.
    pub fn new(path: Option<&Path>) -> Result<Self> {
        Ok(Self { file: path.map(Output::create).transpose()?, count: 0 })
    }

    /// Refuses a record.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, source: &Source, line: u64, reason: &str, record: &[u8]) -> Result<()> {
        self.count += 1;
        if let Some(file) = &mut self.file {
            let record = String::from_utf8_lossy(record);
            let name = source.path().map(|path| path.display().to_string());
            let mut json =
                serde_json::to_vec(&Reject { file: name, line, reason, record: &record }).unwrap_or_default();
            json.push(b'\n');
            return file.write(&json);
        }
        if self.count <= TOLD {
            warn(&format!("{}, line {line}: {reason}", source.shown()));
        }
        Ok(())
    }

    /// Says how many of `records` were refused; true when any was.
    pub fn close(&self, records: u64) -> bool {
        if self.count > 0 {
            let more =
                if self.file.is_none() && self.count > TOLD { "; --rejects FILE writes all of them down" } else { "" };
            warn(&format!("{} of {records} records rejected{more}", self.count));
        }
        self.count > 0
    }
}

fn warn(message: &str) {
    let _ = writeln!(anstream::stderr(), "{}rejected:{} {message}", paint::ERROR, paint::ERROR.render_reset());
}
