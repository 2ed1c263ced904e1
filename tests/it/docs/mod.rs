//! The pages that are made from tables are as the tables say. `UPDATE_DOCS=1` writes them.

mod repair;

use copydesk::Label;

use crate::support::root;

#[test]
fn pages_follow_their_tables() {
    let pages = copydesk::fuzzing::generated_docs().into_iter().chain([("repair.md", repair::page())]);
    for (name, page) in pages {
        let path = root().join("docs").join(name);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &page).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == page, "docs/{name} is out of date: run UPDATE_DOCS=1 cargo test --features cli docs");
    }
}

#[test]
fn the_label_guide_has_the_labels_of_the_table() {
    let page = std::fs::read_to_string(root().join("docs/label-guide.md")).unwrap();
    let labels = page.split_once("\n## The labels\n").unwrap().1.split_once("\n## ").unwrap().0;
    let sections: Vec<_> = labels.split("\n### ").skip(1).collect();
    let wanted: Vec<_> = Label::ALL.iter().map(|label| format!("`{label}`\n\n{}\n\n", label.meaning())).collect();
    assert_eq!(sections.len(), wanted.len());
    for (section, wanted) in sections.iter().zip(&wanted) {
        assert!(section.starts_with(wanted), "docs/label-guide.md: wanted {wanted:?}, found {section:?}");
        assert!(section.len() > wanted.len() + 40, "docs/label-guide.md says nothing more of {wanted:?}");
    }
}
