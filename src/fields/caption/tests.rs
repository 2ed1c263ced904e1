use super::*;
use crate::fields::testing::{context, packs};

/// Sentence, credit, names and kind of a caption.
fn read(text: &str) -> (String, Option<String>, Vec<String>, CaptionKind) {
    let packs = packs();
    let parts = caption(text, &context(&packs));
    let slice = |span: Span| text[span.range()].to_owned();
    (slice(parts.text), parts.credit.map(slice), parts.credits, parts.kind)
}

#[test]
fn parts_captions() {
    use CaptionKind::{Graphic, Photo, Unknown};
    type Case = (&'static str, &'static str, Option<&'static str>, &'static [&'static str], CaptionKind);
    let cases: &[Case] = &[
        ("(AFP photo)", "", Some("AFP photo"), &["AFP"], Photo),
        (
            "A man walks in Orla. (AP Photo/Nora Quill, File)",
            "A man walks in Orla.",
            Some("AP Photo/Nora Quill, File"),
            &["AP", "Nora Quill"],
            Photo,
        ),
        (
            "Photo: Nora Quill/Getty Images",
            "",
            Some("Photo: Nora Quill/Getty Images"),
            &["Nora Quill", "Getty Images"],
            Photo,
        ),
        ("© Reuters", "", Some("© Reuters"), &["Reuters"], Unknown),
        ("Ein Haus in Orla. Foto: dpa", "Ein Haus in Orla.", Some("Foto: dpa"), &["dpa"], Photo),
        (
            "The harbour of Orla. (Image credit: Tom Berg)",
            "The harbour of Orla.",
            Some("Image credit: Tom Berg"),
            &["Tom Berg"],
            Photo,
        ),
        ("Nora Quill/ORLA", "", Some("Nora Quill/ORLA"), &["Nora Quill", "ORLA"], Unknown),
        ("Nora Quill / Reuters", "", Some("Nora Quill / Reuters"), &["Nora Quill", "Reuters"], Unknown),
        (
            "The team waits at the gate. Tom Berg/Getty Images",
            "The team waits at the gate.",
            Some("Tom Berg/Getty Images"),
            &["Tom Berg", "Getty Images"],
            Unknown,
        ),
        (
            "The team waits at the gate.Photo: Tom Berg",
            "The team waits at the gate.",
            Some("Photo: Tom Berg"),
            &["Tom Berg"],
            Photo,
        ),
        (
            "Ein Haus am See | © Orla Verlag/Getty Images",
            "Ein Haus am See",
            Some("© Orla Verlag/Getty Images"),
            &["Orla Verlag", "Getty Images"],
            Unknown,
        ),
        (
            "FILE PHOTO: A man walks along the old harbour of Orla, May 4, 2016. REUTERS/Nora Quill",
            "A man walks along the old harbour of Orla, May 4, 2016.",
            Some("REUTERS/Nora Quill"),
            &["REUTERS", "Nora Quill"],
            Photo,
        ),
        ("Graphic: Orla Times", "", Some("Graphic: Orla Times"), &["Orla Times"], Graphic),
        ("Courtesy of Nora Quill", "", Some("Courtesy of Nora Quill"), &["Nora Quill"], Unknown),
        (
            "A man walks in Orla, which (they say) is old.",
            "A man walks in Orla, which (they say) is old.",
            None,
            &[],
            Unknown,
        ),
        ("The harbour (left) and the tower (right)", "The harbour (left) and the tower (right)", None, &[], Unknown),
        ("", "", None, &[], Unknown),
    ];
    for (text, sentence, credit, credits, kind) in cases {
        let got = read(text);
        assert_eq!(
            (got.0.as_str(), got.1.as_deref(), got.2.as_slice(), got.3),
            (*sentence, *credit, &credits.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..], *kind),
            "{text}"
        );
    }
}

#[test]
fn trailing() {
    let packs = packs();
    let credit = |text: &str| trailing_credit(text, &context(&packs)).map(|span| text[span.range()].to_owned());
    assert_eq!(credit("It ended late. (AFP)").as_deref(), Some(" (AFP)"));
    assert_eq!(credit("It ended late. (Photo by Nora Quill).").as_deref(), Some(" (Photo by Nora Quill)."));
    assert_eq!(credit("It was told by the Associated Press (AP)."), None);
    assert_eq!(credit("She joined the agency (Reuters)"), None);
    assert_eq!(credit("It ended late (as all such evenings do)."), None);
    assert_eq!(credit("The mayor (Labour)"), None);
    assert_eq!(credit("It ended late."), None);
}

#[test]
fn any_input() {
    for text in [
        "(".repeat(100_000),
        ")".repeat(100_000),
        "(a)".repeat(30_000),
        "é.".repeat(50_000),
        "Photo: ".repeat(20_000),
        "©".repeat(50_000),
        "/".repeat(1_000_000),
        "Orla/".repeat(200_000),
        "([".repeat(100_000) + &"])".repeat(100_000),
        "(".repeat(10_000) + "AP" + &")".repeat(10_000),
        "A man walks in Orla, left, and waves. ".repeat(30_000),
        "StadtBild: ".repeat(100_000),
        "aB".repeat(500_000),
        "写真".repeat(150_000),
        "file photo ".repeat(100_000),
    ] {
        let _ = read(&text);
    }
}
