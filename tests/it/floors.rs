//! The floors of the house: a module imports only from floors below it.

use std::fmt::Write;
use std::path::Path;

use crate::support::root;

/// The floors, lowest first, with what they are made of.
const FLOORS: [(&str, &[&str]); 6] = [
    (
        "nouns",
        &["shown", "error", "named", "labels", "number", "offsets", "once", "document", "features", "observations"],
    ),
    ("knowledge", &["text", "pack", "profile", "weights"]),
    ("verbs", &["segment", "page", "observe", "label", "fields", "render"]),
    ("cleaner", &["cleaner", "batch", "eval"]),
    ("io", &["io"]),
    ("doors", &["cli", "fuzzing", "python"]),
];

/// Verbs never import one another.
const STRANGERS: usize = 2;
const DOORS: usize = 5;

/// What only some files may name: the word, where it may stand, and why.
const RESERVED: [(&str, &[&str], &str); 10] = [
    ("pyo3", &["src/python/"], "the core knows nothing of Python"),
    (
        "spawn",
        &["src/batch.rs", "src/batch/", "src/cli/signals.rs"],
        "work is parallel in one place; and one thread waits for signals",
    ),
    ("spawn_scoped", &["src/batch.rs", "src/batch/"], "work is parallel in one place"),
    ("rayon_core", &["src/batch.rs"], "work is parallel in one place"),
    ("catch_unwind", &["src/batch.rs"], "a panic is caught in one place"),
    ("LazyLock", &[], "a child of fork would wait for what another thread was making: use once::Lazy"),
    ("PyOnceLock", &[], "a child of fork would wait for what another thread was making: use once::Lazy"),
    ("OnceLock", &[], "a child of fork would wait for what another thread was making: use once::Once"),
    ("std::fs", &["src/io/", "src/cli/"], "files are opened in io and cli"),
    ("fs::", &["src/io/", "src/cli/"], "files are opened in io and cli"),
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|(_, modules)| modules.contains(&module))
}

/// The module at the crate's root that a file belongs to, and how deep below the root it lies; `None` for the root itself.
fn module(path: &str) -> Option<(&str, usize)> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    if inside == "lib" || inside.starts_with("bin/") {
        return None;
    }
    let inside = inside.strip_suffix("/mod").unwrap_or(inside);
    let module = inside.split('/').next()?;
    Some((module, inside.split('/').count()))
}

/// The code of a file: without comments, the text in quotes and the unit tests at its end.
fn code(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut code = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'/') => {
                chars.by_ref().find(|c| *c == '\n');
                code.push('\n');
            }
            '"' => {
                while let Some(c) = chars.next().filter(|c| *c != '"') {
                    if c == '\\' {
                        chars.next();
                    }
                }
                code.push_str("\"\"");
            }
            '\'' if chars.peek() == Some(&'"') => {
                code.push('\'');
                chars.next();
            }
            _ => code.push(c),
        }
    }
    code
}

/// The first names of the paths from the crate's root that a file `depth` below it uses: `a` and `b` for
/// `use crate::{a::X, b};`.
fn from_root(code: &str, depth: usize) -> Vec<String> {
    let mut found = Vec::new();
    let up = "super::".repeat(depth);
    for start in ["crate::", &up] {
        for (at, _) in code.match_indices(start) {
            let inside_word = code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | ':'));
            if !inside_word {
                first_names(&code[at + start.len()..], &mut found);
            }
        }
    }
    found
}

/// The first name of each path in a use tree.
fn first_names(tree: &str, found: &mut Vec<String>) {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(inside) = tree.strip_prefix('{') else {
        found.push(if tree.starts_with('*') { "*".to_owned() } else { name(tree) });
        return;
    };
    let (mut depth, mut fresh) = (0, true);
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            _ if fresh && !c.is_whitespace() => {
                found.push(name(&inside[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
}

/// What is wrong with a file, a line each.
fn breaches(path: &str, source: &str) -> String {
    let code = code(source);
    let mut wrong = String::new();
    for (word, places, why) in RESERVED {
        let named = code.match_indices(word).any(|(at, _)| {
            !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                && !code[at + word.len()..]
                    .starts_with(|c: char| !word.ends_with(':') && (c.is_alphanumeric() || c == '_'))
        });
        if named && !places.iter().any(|place| path.starts_with(place)) {
            let _ = writeln!(wrong, "{path} names {word}: {why}");
        }
    }
    // Files of unit tests may ask any floor.
    if path.ends_with("/tests.rs") || path.ends_with("/testing.rs") {
        return wrong;
    }
    let Some((own, depth)) = module(path) else { return wrong };
    let Some(own_floor) = floor(own) else {
        let _ = writeln!(wrong, "{path} stands on no floor: give the module {own:?} one in tests/it/floors.rs");
        return wrong;
    };
    for name in from_root(&code, depth) {
        let is_constant = name.chars().all(|c| c.is_ascii_uppercase() || c == '_') && !name.is_empty();
        if name == own || is_constant {
            continue;
        }
        let (floor_name, _) = FLOORS[own_floor];
        match floor(&name) {
            Some(other) if other > own_floor => {
                let _ =
                    writeln!(wrong, "{path} ({floor_name}) imports {name} from a floor above ({})", FLOORS[other].0);
            }
            Some(other) if other == own_floor && other == STRANGERS => {
                let _ = writeln!(wrong, "{path} imports {name}: {floor_name} never import one another");
            }
            None if own_floor != DOORS => {
                let _ = writeln!(wrong, "{path} imports crate::{name}: name the module that it stands in");
            }
            _ => {}
        }
    }
    wrong
}

fn each_source(folder: &Path, see: &mut impl FnMut(&str, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_source(&path, see);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            see(&name, &std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn no_module_imports_from_above() {
    let mut wrong = String::new();
    let mut seen = 0;
    each_source(&root().join("src"), &mut |path, source| {
        seen += 1;
        wrong += &breaches(path, source);
    });
    assert!(seen > 20, "only {seen} sources found");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn breaches_are_found() {
    for (path, source, wrong) in [
        ("src/labels.rs", "use crate::text::words::Word;", "imports text from a floor above (knowledge)"),
        ("src/observe/line.rs", "use crate::fields::Context;", "verbs never import one another"),
        (
            "src/observe/line.rs",
            "use crate::{error::Error, cleaner::{Cleaner, Keep}, io};",
            "imports cleaner from a floor",
        ),
        ("src/observe/line.rs", "use crate::{error::{Error}, io};", "imports io from a floor above"),
        ("src/observe/mod.rs", "fn f() { super::render::render() }", "imports render"),
        ("src/observe/line.rs", "use super::super::segment;", "imports segment"),
        ("src/pack.rs", "fn f(x: &crate::cleaner::Cleaner) {}", "imports cleaner"),
        ("src/pack.rs", "use crate::Cleaner;", "name the module"),
        ("src/pack.rs", "use crate::*;", "name the module"),
        ("src/odd.rs", "", "stands on no floor"),
        ("src/cleaner/mod.rs", "std::thread::spawn(f);", "names spawn"),
        ("src/cli/clean.rs", "scope.spawn_scoped(f);", "names spawn_scoped"),
        ("src/python/mod.rs", "std::panic::catch_unwind(f);", "names catch_unwind"),
        ("src/cleaner/mod.rs", "rayon_core::scope(f);", "names rayon_core"),
        ("src/pack.rs", "static P: std::sync::LazyLock<P> = make;", "names LazyLock"),
        ("src/document.rs", "use std::sync::{Arc, OnceLock};", "names OnceLock"),
        ("src/python/cleaner.rs", "use pyo3::sync::PyOnceLock;", "names PyOnceLock"),
        ("src/cleaner/mod.rs", "use pyo3::prelude::*;", "names pyo3"),
        ("src/lib.rs", "#[pyo3::pyfunction] fn f() {}", "names pyo3"),
        ("src/pack.rs", "use std::fs;", "names std::fs"),
        ("src/pack.rs", "use std::{fs::File, io};", "names fs::"),
        ("src/eval/mod.rs", "use crate::cli::main;", "imports cli from a floor above (doors)"),
    ] {
        let found = breaches(path, source);
        assert!(found.contains(wrong), "{path} {source:?}: {found:?}");
    }
}

#[test]
fn what_is_allowed_is_no_breach() {
    for (path, source) in [
        ("src/document.rs", "use crate::labels::Label; const V: &str = crate::RULES_VERSION;"),
        ("src/fields/dateline.rs", "use crate::fields::testing; use super::date; // use crate::cli::main;"),
        ("src/cleaner/mod.rs", "use crate::batch; use crate::{error::Error, render::{Piece, render}};"),
        ("src/cli/clean.rs", "use crate::{Cleaner, io}; use std::fs::File; use super::args;"),
        ("src/python/mod.rs", "use pyo3::prelude::*; use crate::cli::main;"),
        ("src/batch.rs", "std::panic::catch_unwind(f); thread.spawn_scoped(scope, f);"),
        ("src/io/input.rs", "/// [`crate::cli`]\nuse std::fs::File; const WHY: &str = \"crate::cli \\\" pyo3\";"),
        (
            "src/render.rs",
            "fn f() {}\n#[cfg(test)]\nmod tests {\n    use super::*;\n    use crate::segment::segment;\n}",
        ),
        ("src/lib.rs", "pub use cleaner::Cleaner; use crate::python;"),
        ("src/text/repair/tests.rs", "use crate::Span;"),
        ("src/pack.rs", "let offs::x = refs::y;"),
    ] {
        assert_eq!(breaches(path, source), "", "{path} {source:?}");
    }
}
