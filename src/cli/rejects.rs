//! Records that are refused, and why.

use serde::Serialize;
use serde_json::value::RawValue;

use super::say;
use crate::error::Result;
use crate::io::input::Source;
use crate::io::output::Output;
use crate::io::target::Target;
use crate::io::unit::At;
use crate::shown;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    /// Its number, where there are no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u64>,
    /// What its --id-field holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    reason: &'a str,
    /// As it was read; bytes that are not text become U+FFFD.
    record: &'a str,
}

impl Rejects {
    /// Of those of an earlier run, which is `continued`, the first `length` bytes and the `count` stay.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn new(target: Option<&Target>, continued: bool, length: u64, count: u64) -> Result<Self> {
        let begin = |target| if continued { Output::continued(target, length) } else { Output::begin(target) };
        Ok(Self { file: target.map(begin).transpose()?, count })
    }

    /// Has all of them on the disk, and gives the length of the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn checkpoint(&self) -> Result<u64> {
        self.file.as_ref().map_or(Ok(0), Output::checkpoint)
    }

    /// Refuses a record; its `id` is JSON.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, source: &Source, at: At, id: Option<&str>, reason: &str, record: &[u8]) -> Result<()> {
        self.count += 1;
        if let Some(file) = &mut self.file {
            let record = String::from_utf8_lossy(record);
            let name = source.path().map(shown::json_name);
            let (line, number) = at.parts();
            let id = id.and_then(|id| serde_json::from_str(id).ok());
            let reject = Reject { file: name, line, number, id, reason, record: &record };
            let json = shown::json(serde_json::to_string(&reject).unwrap_or_default()) + "\n";
            return file.write(json.as_bytes());
        }
        if self.count <= TOLD {
            let id = id.map(|id| format!(", id {id}")).unwrap_or_default();
            say("rejected", &format!("{}, {at}{id}: {reason}", source.shown()));
        }
        Ok(())
    }

    /// Says how many of `records` were refused; true when any was. And the file, which is to be finished.
    pub fn close(self, records: u64) -> (bool, Option<Output>) {
        if self.count > 0 {
            let more =
                if self.file.is_none() && self.count > TOLD { "; --rejects FILE writes all of them down" } else { "" };
            say("rejected", &format!("{} of {records} records rejected{more}", self.count));
        }
        (self.count > 0, self.file)
    }
}
