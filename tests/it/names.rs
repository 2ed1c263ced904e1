//! Names of people of many countries in bylines of many shapes: `tests/fields/names.txt`. None may be lost to a word of a
//! list, none be cut, none become what a colleague is.

use copydesk::parse_byline;

use crate::support::{knowing, root};

/// Of a hundred thousand bylines, so many are read with every name whole, at the least.
const FLOOR: usize = 99_500;

/// A language, with its words for "by" and for "and".
const OPENERS: [(&str, &str, &str); 24] = [
    ("en", "By ", "and"),
    ("de", "Von ", "und"),
    ("fr", "Par ", "et"),
    ("es", "Por ", "y"),
    ("it", "Di ", "e"),
    ("pt", "Por ", "e"),
    ("nl", "Door ", "en"),
    ("pl", "Autor: ", "i"),
    ("cs", "Autor: ", "a"),
    ("sk", "Autor: ", "a"),
    ("hu", "Írta: ", "és"),
    ("ro", "Autor: ", "și"),
    ("hr", "Piše: ", "i"),
    ("sl", "Piše: ", "in"),
    ("bg", "Автор: ", "и"),
    ("el", "Γράφει: ", "και"),
    ("ru", "Автор: ", "и"),
    ("uk", "Автор: ", "і"),
    ("tr", "Yazan: ", "ve"),
    ("sv", "Av ", "och"),
    ("da", "Af ", "og"),
    ("nb", "Av ", "og"),
    ("fi", "Teksti: ", "ja"),
    ("id", "Oleh ", "dan"),
];

const OTHERS: [(&str, &str, &str); 4] =
    [("et", "Autor: ", "ja"), ("lv", "Autors: ", "un"), ("lt", "Autorius: ", "ir"), ("vi", "Tác giả: ", "và")];

fn opener(lang: &str) -> (&'static str, &'static str, &'static str) {
    let all = || OPENERS.iter().chain(&OTHERS);
    *all().find(|(of, ..)| *of == lang).unwrap_or_else(|| panic!("{lang}: no opener"))
}

/// A byline: its language when it is told, its text, and the names in it.
type Line = (Option<&'static str>, String, Vec<String>);

/// The bylines of one name, with two others of its country beside it, and the opener of another language.
fn lines(lang: &'static str, [one, two, three]: [&str; 3], foreign: (&'static str, &str, &str)) -> Vec<Line> {
    let en = Some("en");
    let (_, by, and) = opener(lang);
    let of_one = |lang, text: String| (lang, text, vec![one.to_owned()]);
    let of = |lang, text: String, names: &[&str]| (lang, text, names.iter().map(|name| (*name).to_owned()).collect());
    vec![
        of_one(en, format!("By {one}")),
        of(en, format!("By {one} and {two}"), &[one, two]),
        of(en, format!("By {one}, {two} and {three}"), &[one, two, three]),
        of_one(en, format!("{one}, Staff Writer")),
        of_one(en, format!("{one} | Reporter")),
        of_one(en, format!("By {one}, Associated Press")),
        (en, format!("BY {}", one.to_uppercase()), vec![one.to_uppercase()]),
        of_one(en, format!("{one} reports from Orla")),
        of_one(en, format!("Written by {one}")),
        of_one(en, format!("{one} (AFP)")),
        of_one(en, format!("By {one} for The Orla Times")),
        of_one(en, format!("Text: {one}")),
        of(en, format!("{one} and {two} | The Orla Times"), &[one, two]),
        of_one(Some(lang), format!("{by}{one}")),
        of(Some(lang), format!("{by}{one} {and} {two}"), &[one, two]),
        of_one(None, format!("By {one}")),
        of_one(None, format!("{by}{one}")),
        of(None, format!("By {one}, {two}"), &[one, two]),
        // A name after the words of a language that is not its own.
        of_one(Some(foreign.0), format!("{}{one}", foreign.1)),
        of(Some(foreign.0), format!("{}{one} {} {two}", foreign.1, foreign.2), &[one, two]),
    ]
}

#[test]
fn names_are_read_whole() {
    let text = std::fs::read_to_string(root().join("tests/fields/names.txt")).unwrap();
    let mut lang = "en";
    let mut names: Vec<(&'static str, &str)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("# ") {
            Some(country) => lang = opener(country.split(' ').next().unwrap_or_default()).0,
            None => names.push((lang, line)),
        }
    }
    assert!(names.len() >= 5_000, "{} names", names.len());
    let numbers: Vec<usize> = (0..names.len()).collect();
    let found: Vec<(usize, Vec<String>)> = std::thread::scope(|scope| {
        let names = &names;
        let of_share = |share| scope.spawn(move || wrong_of(share, names));
        let shares: Vec<_> = numbers.chunks(names.len().div_ceil(4)).map(of_share).collect();
        shares.into_iter().map(|share| share.join().unwrap()).collect()
    });
    let all: usize = found.iter().map(|(all, _)| all).sum();
    let mut wrong: Vec<String> = found.into_iter().flat_map(|(_, wrong)| wrong).collect();
    let right = all - wrong.len();
    println!("{right} of {all} bylines with every name whole");
    wrong.truncate(40);
    assert!(right * 100_000 >= all * FLOOR, "{right} of {all}:\n{}", wrong.join("\n"));
}

/// How many bylines these names stand in, and those that are read wrongly.
fn wrong_of(share: &[usize], names: &[(&'static str, &str)]) -> (usize, Vec<String>) {
    let (mut all, mut wrong) = (0, Vec::new());
    for at in share {
        let (lang, one) = names[*at];
        let next = |step: usize| names[(at + step) % names.len()];
        let beside = |step: usize| if next(step).0 == lang { next(step).1 } else { next(names.len() - step).1 };
        let foreign = OPENERS[at % OPENERS.len()];
        for (lang, line, want) in lines(lang, [one, beside(1), beside(2)], foreign) {
            let found = parse_byline(&line, &knowing(lang, None, None));
            let people = found.iter().flat_map(|byline| &byline.people);
            let found: Vec<String> = people.map(|person| person.name.clone()).collect();
            all += 1;
            if found != want {
                wrong.push(format!("{lang:?} {line:?}: {found:?}"));
            }
        }
    }
    (all, wrong)
}
