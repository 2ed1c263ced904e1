//! Reads tests/goldens: articles written for the project, an editor's label in the gutter of each line. The format is in
//! tests/goldens/README.md.

use std::path::PathBuf;

use crate::support::root;

/// An article and what an editor says of it.
pub struct Golden {
    pub path: PathBuf,
    pub lang: String,
    /// What stands between two rows of the text.
    pub between: &'static str,
    /// The lines of the file that tell what it is about.
    pub head: Vec<String>,
    pub rows: Vec<Row>,
}

/// A line of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub gutter: Gutter,
    pub text: String,
}

/// What stands before the bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gutter {
    /// A blank line.
    Blank,
    /// A line that goes on with the one above.
    Joined,
    /// What the line is, and what the program is known to take it for where it errs.
    Label { truth: String, known: Option<String> },
}

/// Dresses of an article, and what they put where its lines ended.
const DRESSES: [(&str, &str); 5] =
    [("one line", " "), ("glued", ""), ("written out", "\\n"), ("tags", "<br/>"), ("bars", " | ")];

impl Golden {
    /// All of them, by name.
    pub fn all() -> Vec<Self> {
        let folder = root().join("tests/goldens");
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
        paths.sort();
        assert!(!paths.is_empty());
        paths.into_iter().map(|path| Self::parse(&std::fs::read_to_string(&path).unwrap(), path)).collect()
    }

    /// Reads a file; a line that is not as the format says is a fault of the file.
    pub fn parse(file: &str, path: PathBuf) -> Self {
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        for (i, line) in file.lines().enumerate() {
            let fault = |what: &str| panic!("{}, line {}: {what}: {line:?}", path.display(), i + 1);
            if rows.is_empty() && line.starts_with('#') {
                head.push(line.to_owned());
                continue;
            }
            let Some((gutter, text)) = line.split_once('|') else { fault("no bar") };
            let text = text.strip_prefix(' ').unwrap_or(text).to_owned();
            let gutter = match gutter.trim() {
                "" => Gutter::Blank,
                "+" => Gutter::Joined,
                label => {
                    let (truth, known) = match label.split_once('>') {
                        Some((truth, known)) => (truth, Some(known)),
                        None => (label, None),
                    };
                    if [Some(truth), known].into_iter().flatten().any(|name| copydesk::Label::from_name(name).is_err())
                    {
                        fault("no label of this name");
                    }
                    if known == Some(truth) {
                        fault("an error that is none");
                    }
                    Gutter::Label { truth: truth.to_owned(), known: known.map(str::to_owned) }
                }
            };
            if gutter == Gutter::Blank && !text.trim().is_empty() {
                fault("text without a label");
            }
            rows.push(Row { gutter, text });
        }
        let lang = head.iter().find_map(|line| line.strip_prefix("# lang: "));
        let Some(lang) = lang.map(str::to_owned) else { panic!("{}: no line \"# lang: …\"", path.display()) };
        let dress = head.iter().find_map(|line| line.strip_prefix("# dress: "));
        let known = |dress: &str| DRESSES.iter().find(|(name, _)| *name == dress).map(|(_, between)| *between);
        let between = match dress.map(|dress| known(dress).ok_or(dress)) {
            None => "\n",
            Some(Ok(between)) => between,
            Some(Err(dress)) => panic!("{}: no dress {dress:?}", path.display()),
        };
        Self { path, lang, between, head, rows }
    }

    pub fn name(&self) -> String {
        self.path.file_stem().unwrap().to_string_lossy().into_owned()
    }

    /// The article as a scraper left it.
    pub fn text(&self) -> String {
        let rows: Vec<_> = self.rows.iter().map(|row| &*row.text).collect();
        rows.join(self.between) + "\n"
    }

    /// The labels of the lines that have one, those that go on with the line above too; with the number of the row.
    pub fn labels(&self) -> Vec<(usize, String)> {
        let mut above = None;
        let label = |(i, row): (usize, &Row)| {
            if let Gutter::Label { truth, .. } = &row.gutter {
                above = Some(truth.clone());
            }
            (row.gutter != Gutter::Blank).then(|| (i, above.clone().unwrap()))
        };
        self.rows.iter().enumerate().filter_map(label).collect()
    }

    /// The file, for writing it back.
    pub fn to_file(&self) -> String {
        let mut file: String = self.head.iter().map(|line| line.clone() + "\n").collect();
        for row in &self.rows {
            let gutter = match &row.gutter {
                Gutter::Blank => String::new(),
                Gutter::Joined => "+".to_owned(),
                Gutter::Label { truth, known: None } => truth.clone(),
                Gutter::Label { truth, known: Some(known) } => format!("{truth}>{known}"),
            };
            let line = format!("{gutter:9} | {}", row.text);
            file += if row.text.is_empty() { line.trim_end() } else { &line };
            file.push('\n');
        }
        file
    }
}

#[test]
fn a_file_is_read_and_written_back() {
    let file = "# about\n# lang: en\ntitle     | One\n          |\nbody>caption | Two\n+         |  three\nbody      | a | b\n";
    let golden = Golden::parse(file, PathBuf::new());
    assert_eq!(golden.text(), "One\n\nTwo\n three\na | b\n");
    assert_eq!(golden.to_file(), file);
    let labels: Vec<_> = golden.labels().into_iter().map(|(i, label)| format!("{i} {label}")).collect();
    assert_eq!(labels, ["0 title", "2 body", "3 body", "4 body"]);
}

#[test]
fn every_golden_is_as_the_format_says() {
    for golden in Golden::all() {
        let file = std::fs::read_to_string(&golden.path).unwrap();
        assert_eq!(golden.to_file(), file, "{}", golden.name());
    }
}
