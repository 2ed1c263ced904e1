fn main() {
    for path in std::env::args().skip(1) {
        let html = std::fs::read(&path).unwrap();
        let hints = copydesk::Hints::new().with_source("https://site.example/a/b");
        let document = copydesk::Cleaner::default().clean_with(copydesk::Input::html(&*html), &hints);
        let options = copydesk::MarkdownOptions::default().title(true).links(true).images(true);
        println!("=== {path}\n{}", document.markdown_with(options));
        for c in document.captions() { println!("CAPTION {:?} {:?}", c.text, c.image); }
    }
}
