//! The pages that are made from tables are as the tables say. `UPDATE_DOCS=1` writes them.

mod repair;

use crate::support::root;

#[test]
fn pages_follow_their_tables() {
    let pages = copydesk::generated_docs().into_iter().chain([("repair.md", repair::page())]);
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
