//! Bylines of every shape.

use super::*;
use crate::fields::testing::{context, packs};

fn read(lines: &[&str]) -> Option<Byline> {
    let packs = packs();
    let mut at = 0;
    let lines: Vec<_> = lines
        .iter()
        .map(|line| {
            at += line.len() + 1;
            (at - line.len() - 1, *line)
        })
        .collect();
    byline(&lines, false, &context(&packs))
}

/// `name/role/organisation/email/handle`, each person on its own, then the agencies.
fn shown(lines: &[&str]) -> String {
    let Some(byline) = read(lines) else { return "none".to_owned() };
    let or = |part: &Option<String>| part.clone().unwrap_or_default();
    let people = byline.people.iter().map(|p| {
        let all = [p.name.clone(), or(&p.role), or(&p.organisation), or(&p.email), or(&p.handle)];
        all.join("/").trim_end_matches('/').to_owned()
    });
    let mut all: Vec<String> = people.collect();
    all.extend(byline.agencies.iter().map(|agency| format!("[{agency}]")));
    all.join(" ")
}

#[test]
fn reads() {
    let cases: &[(&[&str], &str)] = &[
        (&["By Nora Quill"], "Nora Quill"),
        (&["BY NORA QUILL"], "NORA QUILL"),
        (&["BY NORA A QUILL AND TOM BERG"], "NORA A QUILL TOM BERG"),
        (&["ByNora Quill"], "Nora Quill"),
        (&["Nora Quill"], "Nora Quill"),
        (
            &["By Nora Quill and Tom van der Berg, Associated Press"],
            "Nora Quill//Associated Press Tom van der Berg//Associated Press [Associated Press]",
        ),
        (&["Nora Quill | Senior Editor"], "Nora Quill/Senior Editor"),
        (
            &["By Nora Quill, Senior Reporter, nora@orla.example, @noraq"],
            "Nora Quill/Senior Reporter//nora@orla.example/@noraq",
        ),
        (&["By Nora Quill nora@orla.example"], "Nora Quill///nora@orla.example"),
        (&["Editor-in-Chief Nora Quill"], "Nora Quill/Editor-in-Chief"),
        (&["Reporting by Nora Quill in Orla; Editing by Tom Berg"], "Nora Quill Tom Berg/Editing"),
        (&["(Reporting by Nora Quill and Ann Li; editing by Tom Berg)"], "Nora Quill Ann Li Tom Berg/editing"),
        (&["Von Jürgen Beispiel und Eva Muster"], "Jürgen Beispiel Eva Muster"),
        (&["Por Ana de la Vega"], "Ana de la Vega"),
        (&["Par Léa d'Orville le 14.09.2020 à 11h46"], "Léa d'Orville"),
        (&["记者 王小明 李丽"], "王小明 李丽"),
        (&["记者王小明、李丽"], "王小明 李丽"),
        (&["By Nora Quill | Jan 3, 2020 | 20 Comments"], "Nora Quill"),
        (&["By Nora Quill", "The Orla Herald"], "Nora Quill//The Orla Herald"),
        (&["Associated Press"], "[Associated Press]"),
        (&["AFP"], "[AFP]"),
        (&["By Nora Quill for The Orla Times"], "Nora Quill//The Orla Times"),
        (&["By Nora Quill for AFP in Orla"], "Nora Quill//AFP [AFP]"),
        (&["Por Ana Ruiz en Orla"], "Ana Ruiz"),
        (&["Por Ana da Silva e Rui Costa"], "Ana da Silva Rui Costa"),
        (&["Features Director: Nora Quill"], "Nora Quill/Features Director"),
        (&["By Nora Quill Globe Correspondent"], "Nora Quill/Globe Correspondent"),
        (&["By"], "none"),
        (&["20 Comments"], "none"),
        (&["3 min read"], "none"),
        (&["follow us"], "none"),
        (&["by the way"], "none"),
        (&[], "none"),
    ];
    for (lines, want) in cases {
        assert_eq!(shown(lines), *want, "{lines:?}");
    }
}

#[test]
fn one_word_is_somebody_where_the_label_says_so() {
    let packs = packs();
    let alone = |line, labelled| {
        let found = byline(&[(0, line)], labelled, &context(&packs));
        found.map(|found| found.people.into_iter().map(|person| person.name).collect::<Vec<_>>().join(","))
    };
    for (line, want) in [
        ("Ebba", Some("Ebba")),
        ("abq", Some("abq")),
        ("A.Q.", Some("A.Q.")),
        ("Staff", None),
        ("Berlin", None),
        ("orla.example", None),
        ("ORLN", None),
        ("Analysis", None),
        ("abquill", None),
    ] {
        assert_eq!(alone(line, true).as_deref(), want, "{line}");
        assert_eq!(alone(line, false), None, "{line}");
    }
}

#[test]
fn word_lists_count_in_their_own_languages() {
    let packs = packs();
    for (lang, line, want) in [
        (Some("en"), "By Tim Quill", "Tim Quill/"),
        (Some("id"), "Oleh Tim Redaksi", ""),
        (Some("en"), "By Ann Quill, Per Berg and Petra Li", "Ann Quill/ Per Berg/ Petra Li/"),
        (Some("en"), "Di Quill", "Di Quill/"),
        (Some("it"), "Di Ann Quill", "Ann Quill/"),
        (Some("en"), "Von Ann Quill und Tom Berg", "Ann Quill/ Tom Berg/"),
        (None, "By Ann Quill, Tom Post and Kate Mayor", "Ann Quill/ Tom Post/ Kate Mayor/"),
        (Some("en"), "By Ann Quill, Jakarta Post", "Ann Quill/Jakarta Post"),
        (Some("en"), "By Deputy Mayor Ann Quill", "Ann Quill/"),
        (Some("eu"), "Egilea: Ane Quill; Jon Berg", "Ane Quill/ Jon Berg/"),
    ] {
        let context = Context { lang, ..context(&packs) };
        let found = byline(&[(0, line)], false, &context);
        let people = found.iter().flat_map(|found| &found.people);
        let shown = people.map(|p| format!("{}/{}", p.name, p.organisation.clone().unwrap_or_default()));
        assert_eq!(shown.collect::<Vec<_>>().join(" "), want, "{line}");
    }
}

#[test]
fn keeps_the_text() {
    let found = read(&[" By Nora Quill ", "AFP"]);
    assert_eq!(found.map(|byline| byline.text).as_deref(), Some("By Nora Quill\nAFP"));
}

#[test]
fn any_input() {
    // A quadratic reader would take minutes.
    for part in
        ["@", ",", "By ", "((((", "é; ", "Nora ", "N", "12 ", "1", "and ", "記者", "أ و", "Foto: ", "A.", "Editor, "]
    {
        let text = part.repeat(2_000_000 / part.len());
        let _ = read(&[&text]);
        let _ = read(&vec![part; 100_000]);
    }
    let nested = "(".repeat(100_000) + "By Nora Quill" + &")".repeat(100_000);
    let _ = read(&[&nested]);
}
