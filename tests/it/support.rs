//! What several tests need.

use std::path::{Path, PathBuf};

use copydesk::ParseOptions;
use copydesk::jiff::civil::{Date, DateTime};

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of its own for a test, gone when the test is done.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("copydesk-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file, and gives its path.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), content).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The folder of shared data, when it is there; else the rest of the test is skipped.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("COPYDESK_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    if folder.join("data").is_dir() {
        return Some(folder);
    }
    skip(&format!("there is no {} (COPYDESK_SHARED names another folder)", folder.display()));
    None
}

/// Says on standard error that the rest of a test is skipped, and why. With CI=true nothing may be skipped: it fails.
pub fn skip(why: &str) {
    skip_unless(std::env::var("CI").is_ok_and(|ci| ci == "true"), why);
}

fn skip_unless(ci: bool, why: &str) {
    assert!(!ci, "this test cannot be run: {why}. With CI=true a test that is skipped has failed; unset CI to skip it");
    eprintln!("skipped: {why}");
}

#[test]
fn a_skip_passes_but_in_ci() {
    skip_unless(false, "a trial of the skip");
    let failed = std::panic::catch_unwind(|| skip_unless(true, "there is no data")).unwrap_err();
    assert!(failed.downcast_ref::<String>().unwrap().contains("there is no data. With CI=true"));
}

/// What is known of a line; of a language that is none nothing.
pub fn knowing(lang: Option<&str>, published: Option<Date>, now: Option<DateTime>) -> ParseOptions {
    let mut known = ParseOptions::new();
    (known.lang, known.published, known.now) = (lang.and_then(|lang| lang.parse().ok()), published, now);
    known
}
