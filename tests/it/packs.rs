//! The language packs: every section is there, every entry can be hit, none stands twice, and how many nothing ever hit.
//!
//! `cargo test --features cli packs -- --nocapture` lists the entries that no text hit; `COPYDESK_MARK=1` lowers
//! their shares in tests/packs-never-hit.json to what they are; they rise by hand alone.

use std::collections::{BTreeMap, HashSet};

use copydesk::fuzzing::{PackEntry, pack_entries};
use copydesk::{Cleaner, Hints, Label, Normalizer};

use crate::golden::Golden;
use crate::support::{root, shared};

const LANGUAGES: [&str; 25] = [
    "en", "de", "fr", "es", "pt", "it", "nl", "sv", "nb", "da", "fi", "pl", "cs", "ru", "uk", "tr", "ar", "he", "fa",
    "ja", "zh", "ko", "id", "hi", "vi",
];

/// What each language pack must have, and how many entries at the least.
const SECTIONS: [(&str, usize); 37] = [
    ("cues.share", 15),
    ("cues.related", 30),
    ("cues.promo", 25),
    ("cues.nav", 50),
    ("cues.legal", 12),
    ("cues.comments", 15),
    ("cues.ad", 7),
    ("cues.bio", 5),
    ("cues.ui", 30),
    ("cues.note", 10),
    ("cues.embed", 3),
    ("cues.deck", 5),
    ("cues.title", 8),
    ("cues.caption", 12),
    ("cues.function", 40),
    ("byline.lead", 5),
    ("byline.joiners", 1),
    ("byline.roles", 10),
    ("byline.outlets", 5),
    ("byline.nobody", 5),
    ("byline.translators", 2),
    ("caption.credit", 10),
    ("caption.photo", 2),
    ("caption.video", 1),
    ("caption.graphic", 3),
    ("dates.months", 12),
    ("dates.weekdays", 7),
    ("dates.published", 5),
    ("dates.updated", 4),
    ("dates.relative", 10),
    ("dates.other", 1),
    ("dates.minutes", 1),
    ("dates.hours", 1),
    ("dates.days", 1),
    ("dates.ago", 1),
    ("dates.today", 1),
    ("dates.am", 1),
];

/// Agencies that news in a language is full of, each with a name as that language writes it.
const AGENCIES: [(&str, &[&str]); 25] = [
    ("en", &["Reuters", "AP", "AFP"]),
    ("de", &["dpa", "APA", "epd"]),
    ("fr", &["AFP", "Agence France-Presse", "Belga"]),
    ("es", &["EFE", "Europa Press"]),
    ("pt", &["Lusa", "Agência Brasil"]),
    ("it", &["ANSA", "Adnkronos"]),
    ("nl", &["ANP", "Belga"]),
    ("sv", &["TT Nyhetsbyrån"]),
    ("nb", &["NTB"]),
    ("da", &["Ritzau"]),
    ("fi", &["STT"]),
    ("pl", &["PAP"]),
    ("cs", &["ČTK"]),
    ("ru", &["ТАСС", "Интерфакс"]),
    ("uk", &["Укрінформ"]),
    ("tr", &["Anadolu Ajansı", "İHA"]),
    ("ar", &["رويترز", "واس"]),
    ("he", &["רויטרס"]),
    ("fa", &["ایرنا", "ایسنا"]),
    ("ja", &["共同通信", "時事通信"]),
    ("zh", &["新华社", "中央社"]),
    ("ko", &["연합뉴스"]),
    ("id", &["Antara"]),
    ("hi", &["पीटीआई", "एएनआई"]),
    ("vi", &["TTXVN"]),
];

#[test]
fn packs_have_every_section() {
    let mut wrong = Vec::new();
    let entries = pack_entries(&mut std::iter::empty());
    for pack in LANGUAGES {
        for (section, least) in SECTIONS {
            let has = entries.iter().filter(|entry| entry.pack == pack && entry.section == section).count();
            if has < least {
                wrong.push(format!("{pack}: {section} has {has} entries, at least {least} are wanted"));
            }
        }
    }
    for (pack, names) in AGENCIES {
        for name in names {
            if !entries.iter().any(|entry| entry.section.starts_with("agency.") && entry.phrase == *name) {
                wrong.push(format!("{pack}: no agency of packs/common.toml is called {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn packs_have_no_entry_that_cannot_be_hit_nor_one_twice() {
    let mut wrong = Vec::new();
    let mut seen = HashSet::new();
    for PackEntry { pack, section, phrase, broken, .. } in pack_entries(&mut std::iter::empty()) {
        if let Some(why) = broken {
            wrong.push(format!("{pack}: {section}: {phrase:?}: {why}"));
        }
        let repaired = Normalizer::default().normalize(&phrase);
        if !repaired.text().eq_ignore_ascii_case(&phrase) {
            wrong.push(format!("{pack}: {section}: {phrase:?} is repaired to {:?}: write it so", repaired.text()));
        }
        if !seen.insert((pack.clone(), section.clone(), phrase.clone())) {
            wrong.push(format!("{pack}: {section}: {phrase:?} stands twice"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The texts of a file of JSON lines: "lines" joined, or "text".
fn texts(path: &std::path::Path) -> impl Iterator<Item = String> + use<> {
    let content = std::fs::read_to_string(path).unwrap();
    let rows: Vec<String> = content.lines().map(str::to_owned).collect();
    rows.into_iter().map(|row| {
        let row: serde_json::Value = serde_json::from_str(&row).unwrap();
        match row["lines"].as_array() {
            Some(lines) => lines.iter().filter_map(|line| line.as_str()).collect::<Vec<_>>().join("\n"),
            None => row["text"].as_str().unwrap_or_default().to_owned(),
        }
    })
}

/// The articles written for the project: goldens, those that training learns from, examples.
fn own() -> Vec<String> {
    let mut texts: Vec<_> = Golden::all().iter().map(Golden::text).collect();
    for folder in ["training/articles", "examples"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                let text = std::fs::read_to_string(path).unwrap();
                texts.push(
                    text.lines()
                        .map(|line| line.split_once("| ").map_or(line, |row| row.1).to_owned() + "\n")
                        .collect(),
                );
            }
        }
    }
    texts
}

#[test]
fn packs_are_hit() {
    let Some(shared) = shared() else { return };
    let files = ["dev", "dev.pages", "corpus", "silver"].map(|name| shared.join(format!("data/lines/{name}.jsonl")));
    let mut all = files.iter().flat_map(|path| texts(path)).chain(own());
    let mut never: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    for entry in pack_entries(&mut all) {
        let pack = never.entry(entry.pack).or_default();
        pack.0 += 1;
        if entry.hits == 0 {
            pack.1.push(format!("{}: {}", entry.section, entry.phrase));
        }
    }
    let path = root().join("tests/packs-never-hit.json");
    let shares: BTreeMap<_, _> =
        never.iter().map(|(pack, (all, never))| (pack, (never.len() * 1000).div_ceil(*all) as f64 / 1000.0)).collect();
    for (pack, (all, list)) in &never {
        println!("{pack}: {} of {all} entries were never hit\n  {}", list.len(), list.join("\n  "));
    }
    let bounds: BTreeMap<String, f64> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    if std::env::var_os("COPYDESK_MARK").is_some() {
        let bound = |pack: &&String| bounds.get(*pack).copied().unwrap_or(1.0);
        let lowered: BTreeMap<_, _> = shares.iter().map(|(pack, share)| (pack, share.min(bound(pack)))).collect();
        std::fs::write(&path, serde_json::to_string_pretty(&lowered).unwrap() + "\n").unwrap();
    }
    let grown: Vec<_> = shares
        .iter()
        .filter(|(pack, share)| **share > bounds.get(**pack).copied().unwrap_or(0.0))
        .map(|(pack, share)| {
            format!("{pack}: {share} of its entries are never hit, the bound is {:?}", bounds.get(*pack))
        })
        .collect();
    assert!(
        grown.is_empty(),
        "{}\n(look at the list: what can be hit belongs into a text here, what cannot out of the pack; or raise the bound by hand)",
        grown.join("\n")
    );
}

/// The pack that docs/packs.md shows.
fn shown() -> String {
    let page = std::fs::read_to_string(root().join("docs/packs.md")).unwrap();
    let (_, block) = page.split_once("```toml\n").unwrap();
    block.split_once("```").unwrap().0.to_owned()
}

const STORY: &str = "Harbour tunnel closes for a month\n\n\
    The tunnel under the harbour will close on Monday for at least a month, the city said.\n\n\
    Engineers found cracks in three of the four pumps last week, and the mayor said that nobody wanted to wait.\n\n";

/// The last block of the story with a line more: its label, its probability of `label`, and its evidence.
fn judged(cleaner: &Cleaner, line: &str, source: Option<&str>, label: Label) -> (Label, f32, Vec<String>) {
    let hints = source.map_or_else(Hints::new, |source| Hints::new().with_source(source));
    let document = cleaner.clean_with(format!("{STORY}{line}"), &hints);
    let block = document.blocks().last().unwrap();
    let evidence = block.evidence().iter().map(|evidence| format!("{} {}", evidence.name, evidence.detail));
    (block.label(), block.probabilities()[label as usize], evidence.collect())
}

#[test]
fn the_pack_of_the_docs_does_what_they_say() {
    let with = Cleaner::builder().pack("harbour.toml", shown()).build().unwrap();
    let without = Cleaner::default();
    for (line, source, label) in [
        ("The Harbour Letter", None, Label::Promo),
        ("Become a pilot member and see the ferries from above.", None, Label::Promo),
        ("More from the quay", None, Label::Related),
        ("Notice to mariners", None, Label::Body),
        ("Ebb and Flow", Some("https://www.harbour.example/2016/02/tunnel"), Label::Nav),
        ("Pass it along the pier", Some("m.harbour.example"), Label::Share),
    ] {
        let (found, p, evidence) = judged(&with, line, source, label);
        let (_, before, _) = judged(&without, line, source, label);
        assert!(p > before + 0.1 || p > 0.99, "{line}: {before} {p}");
        assert_eq!(found, label, "{line}: {p}");
        let name = format!("own.{label} ");
        assert!(evidence[0].starts_with(&name) && evidence[0].contains('\u{201c}'), "{line}: {evidence:?}");
    }
    // Another site's phrases change nothing.
    for source in [None, Some("newharbour.example"), Some("harbour.example.org")] {
        for line in ["Ebb and Flow", "Pass it along the pier"] {
            let (label, p, evidence) = judged(&with, line, source, Label::Nav);
            assert_eq!((label, p, evidence), judged(&without, line, source, Label::Nav), "{source:?}");
        }
    }
}

#[test]
fn a_wrong_pack_is_refused_with_what_to_do() {
    for (toml, wants) in [
        ("cues = 3", &["mine.toml", "docs/packs.md"][..]),
        ("[cues]\npromos = [\"x\"]", &["mine.toml", "\"promos\" is not known", "promo"]),
        ("[cues]\npromo = \"x\"", &["mine.toml", "promo", "docs/packs.md"]),
        ("[cues]\npromo = [\"…\"]", &["mine.toml", "cues.promo", "\"…\" has no word", "take it out"]),
        ("[cues]\npromo = [\"a a a a a a a a a a a a a a a a a a a a a a a a a\"]", &["more than 24 words"]),
        ("[dates]\nmonths = [[\"a\"]]", &["mine.toml", "months has 1 lists: give 12"]),
        ("[[site]]\ncues.promo = [\"x\"]", &["mine.toml", "source", "docs/packs.md"]),
        (
            "[[site]]\nsource = \"a site\"\ncues.promo = [\"x\"]",
            &["mine.toml", "\"a site\" names no host", "example.com"],
        ),
        ("[[site]]\nsource = \"a.example\"", &["mine.toml", "a.example has no phrase", "[site.cues]"]),
        ("[[site]]\nsource = \"a.example\"\ncues.promos = [\"x\"]", &["mine.toml", "site a.example", "promos"]),
        ("[sites]\n", &["mine.toml", "sites", "docs/packs.md"]),
    ] {
        let error = Cleaner::builder().pack("mine.toml", toml).build().unwrap_err();
        assert!(error.is_format() || error.is_config());
        for want in wants {
            assert!(error.to_string().contains(want), "{toml:?}: {want:?} is not in {error}");
        }
    }
}
