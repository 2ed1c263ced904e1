//! Makes what the crate takes in ready, so that a program need not when it first cleans a text: the packs as JSON, a table of
//! characters.
//!
//! With the feature `python`: makes the macro `stub!`, by which the Python classes and functions take their docstrings from
//! `python/copydesk/_core.pyi`, so that `help()` shows what the stub says.
//!
//! `#[doc = stub!(Cleaner.clean)]` is the docstring of that method, `stub!(clean)` of that function, `stub!(Cleaner)` of that
//! class with what its `__new__` says after it, and `stub!(module)` of the stub. A name without a docstring does not compile.
//!
//! The pages of docs/, which messages and docstrings cite, are laid where maturin takes them into the Python package from.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

#[allow(dead_code, reason = "the crate uses the rest")]
#[path = "src/text/character.rs"]
mod character;

const STUB: &str = "python/copydesk/_core.pyi";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = std::env::var_os("OUT_DIR").expect("cargo sets it");
    characters(&Path::new(&folder).join("characters.rs"))
        .unwrap_or_else(|error| panic!("characters.rs cannot be written: {error}"));
    packs(&Path::new(&folder).join("packs")).unwrap_or_else(|error| panic!("packs/ cannot be copied: {error}"));
    if std::env::var_os("CARGO_FEATURE_PYTHON").is_none() {
        return;
    }
    println!("cargo::rerun-if-changed={STUB}");
    let text = std::fs::read_to_string(STUB).unwrap_or_else(|error| panic!("{STUB} cannot be read: {error}"));
    let mut rules = String::new();
    for (name, doc) in docstrings(&text) {
        writeln!(rules, "    ({}) => {{ {doc:?} }};", name.replace('.', " . ")).expect("a String takes all");
    }
    let made = format!(
        "macro_rules! stub {{\n{rules}    ($($name:tt)*) => {{ compile_error!(concat!(\"{STUB} has no docstring of \", \
         stringify!($($name)*))) }};\n}}\n"
    );
    std::fs::write(Path::new(&folder).join("stub.rs"), made).expect("cargo's own folder can be written to");
    pages(&Path::new(&folder).join("docs")).unwrap_or_else(|error| panic!("docs/ cannot be copied: {error}"));
}

/// A row of the table of src/text/kinds.rs for each character.
fn characters(path: &Path) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=src/text/character.rs");
    let of = |code| character::ask_folded(char::from_u32(code).unwrap_or_default());
    let rows = (0..character::TABLE_END).map(|code| {
        let character::Folded { bytes, bits, kind } = of(code);
        format!("row({bytes}, {bits}, {kind}),\n")
    });
    std::fs::write(path, format!("[\n{}]\n", rows.collect::<String>()))
}

/// TOML is for those who write the packs. As JSON they are read in a third of the time, when a program first cleans a text.
fn packs(folder: &Path) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=packs");
    std::fs::create_dir_all(folder)?;
    for file in std::fs::read_dir("packs")? {
        let path = file?.path();
        let (Some(name), Some("toml")) = (path.file_stem(), path.extension().and_then(|end| end.to_str())) else {
            continue;
        };
        let read: Result<toml::Table, _> = std::fs::read_to_string(&path)?.parse();
        let table = read.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let json = serde_json::to_string(&table).expect("what TOML holds, JSON holds");
        std::fs::write(folder.join(name).with_extension("json"), json)?;
    }
    Ok(())
}

fn pages(folder: &Path) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=docs");
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir(folder)?;
    for page in std::fs::read_dir("docs")? {
        let page = page?;
        std::fs::copy(page.path(), folder.join(page.file_name()))?;
    }
    Ok(())
}

/// The docstrings of a stub by the names of what they are of. It is read by its lines, which hold for a stub as formatters leave
/// it; tests/python/test_docstrings.py reads it by Python's own parser and compares.
fn docstrings(stub: &str) -> BTreeMap<String, String> {
    let (mut found, mut class) = (BTreeMap::<String, String>::new(), "");
    // What a docstring that comes now would be of.
    let mut of = Some("module".to_owned());
    let mut lines = stub.lines();
    while let Some(line) = lines.next() {
        let (indent, code) = (line.len() - line.trim_start().len(), line.trim_start());
        if let Some(rest) = code.strip_prefix("class ") {
            class = until_mark(rest);
            of = Some(class.to_owned());
        } else if let Some(rest) = code.strip_prefix("def ") {
            let name = until_mark(rest);
            of = Some(if indent == 0 { name.to_owned() } else { format!("{class}.{name}") });
        } else if let Some(opened) = code.strip_prefix("\"\"\"") {
            let mut text = opened.to_owned();
            while !text.trim_end().ends_with("\"\"\"") {
                text.push('\n');
                text.push_str(lines.next().unwrap_or_else(|| panic!("{STUB}: a docstring has no end: {opened}")));
            }
            let text = cleaned(text.trim_end().trim_end_matches('"'));
            match of.take() {
                // help() of a class shows no other place for it.
                Some(name) if name.ends_with(".__new__") => {
                    let whole = found.entry(class.to_owned()).or_default();
                    whole.push_str("\n\n");
                    whole.push_str(&text);
                }
                Some(name) => drop(found.insert(name, text)),
                None => {}
            }
        } else if indent == 0 && code.contains(':') && !code.starts_with(')') {
            // A constant: Python has no place for its docstring.
            of = None;
        }
    }
    found
}

/// The name that a definition begins with.
fn until_mark(code: &str) -> &str {
    code.split(['(', ':']).next().unwrap_or_default()
}

/// A docstring as `inspect.cleandoc` leaves it, its escapes read.
fn cleaned(written: &str) -> String {
    let (first, rest) = written.split_once('\n').unwrap_or((written, ""));
    let margin = |line: &str| line.len() - line.trim_start().len();
    let least = rest.lines().filter(|line| !line.trim().is_empty()).map(margin).min().unwrap_or(0);
    let lines = rest.lines().map(|line| line.get(least..).unwrap_or_default());
    let whole: Vec<&str> = std::iter::once(first.trim_start()).chain(lines).collect();
    let mut text = String::new();
    let whole = whole.join("\n");
    let mut chars = whole.trim().chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some(c @ ('\\' | '"' | '\''))) => text.push(c),
            ('\\', Some('n')) => text.push('\n'),
            ('\\', escaped) => panic!("{STUB}: build.rs knows no escape \\{}", escaped.unwrap_or(' ')),
            (c, _) => text.push(c),
        }
    }
    text
}
