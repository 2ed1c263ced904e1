//! Who wrote a page.

use super::voices::{Voice, agreed, best};
use super::{CLASS, MarkedLine, Others, Page, letters, of_line};
use crate::document::{Byline, FieldName, FieldSource, Fields, Person};
use crate::fields::byline::{byline as read_byline, is_team};
use crate::offsets::Span;
use crate::pack::host;
use crate::page::said::{Claim, Form};
use crate::text::address;

/// No name has more characters, or more words.
const LONGEST_CHARS: usize = 80;
const LONGEST_HANDLE_CHARS: usize = 30;
const MOST_WORDS: usize = 4;

/// Accounts of the programs that make pages, and what they write where they know no author.
const ACCOUNTS: [&str; 24] = [
    "admin",
    "administrator",
    "superadmin",
    "siteadmin",
    "adminuser",
    "webadmin",
    "sysadmin",
    "root",
    "wordpress",
    "webmaster",
    "wpadmin",
    "wpengine",
    "user",
    "username",
    "guest",
    "editor",
    "author",
    "demo",
    "test",
    "default",
    "unknown",
    "undefined",
    "null",
    "none",
];

/// Names of one byline stand in so many blocks.
const NEAR_BLOCKS: usize = 2;

/// A line of agencies alone is trusted less than one that names somebody.
const AGENCIES: u8 = 4;

/// The byline: as lines have it, else as the page says.
pub(super) fn byline(page: &Page<'_>, fields: &mut Fields, others: &Others) {
    let mut voices = Vec::new();
    if let Some(byline) = &fields.byline {
        let trust = if byline.people.is_empty() { AGENCIES } else { of_line(FieldName::Byline) };
        voices.push(Voice { value: byline.clone(), from: FieldSource::Line, trust });
    }
    let sites = sites(page, fields);
    let claims: Vec<&Claim> = page.claims_of_story(FieldName::Byline, others).collect();
    let list = |claim: &Claim| (claim.from, claim.trust, claim.thing);
    for of_list in claims.chunk_by(|one, other| list(one) == list(other)) {
        if let (Some(first), Some(value)) = (of_list.first(), joined(of_list, &sites, page)) {
            voices.push(Voice { value, from: first.from, trust: first.trust });
        }
    }
    // Marks decide where nothing else agrees.
    if !agreed(&voices, name_the_same) {
        voices.extend(marked(&sites, page));
    }
    if let Some(voice) = best(&voices, name_the_same) {
        let mut byline = voice.value.clone();
        if voice.from == FieldSource::Line {
            keep_named(&mut byline, &voices, page);
        }
        fields.byline = Some(byline);
        fields.sources.set(FieldName::Byline, Some(voice.from));
    }
}

/// The first line that the markup says is of an author: by a relation or property whoever it names, by a class if it looks like a name.
fn marked(sites: &[String], page: &Page<'_>) -> Option<Voice<Byline>> {
    let read = |line: MarkedLine<'_>| {
        let is_sure = line.mark.trust > CLASS;
        let mut byline = match read_byline(&[(0, line.text)], true, page.context) {
            Some(byline) => byline,
            None if is_sure && is_handle(line.text) && !ACCOUNTS.contains(&&*letters(line.text)) => named(line.text),
            None => return None,
        };
        byline
            .people
            .retain(|person| (is_sure || is_name(&person.name, page)) && !sites.contains(&letters(&person.name)));
        byline.agencies.clear();
        byline.span = line.span;
        byline.people.iter_mut().for_each(|person| person.span = line.span);
        (!byline.people.is_empty()).then_some((byline, line.mark.trust))
    };
    let found: Vec<_> = page.marked(FieldName::Byline).filter_map(read).collect();
    let most = found.iter().map(|(_, trust)| *trust).max()?;
    let (value, trust) = found.into_iter().find(|(_, trust)| *trust == most)?;
    Some(Voice { value, from: FieldSource::Line, trust })
}

/// The byline that is this name alone.
fn named(name: &str) -> Byline {
    let name = name.trim().to_owned();
    let person = Person { name: name.clone(), ..Person::default() };
    Byline { text: name, span: Span::default(), people: vec![person], agencies: Vec::new() }
}

/// One word, as members of a forum are called.
fn is_handle(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= LONGEST_HANDLE_CHARS
        && text.chars().any(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Leaves out of the lines of a byline whom the page does not name, where it names others of them: a section beside them, who is no
/// person as far as is known, and who stands far off, beside a teaser.
fn keep_named(byline: &mut Byline, voices: &[Voice<Byline>], page: &Page<'_>) {
    let said: Vec<_> =
        voices.iter().filter(|voice| voice.from != FieldSource::Line).map(|voice| &voice.value).collect();
    let alone = |person: &Person| Byline { people: vec![person.clone()], agencies: Vec::new(), ..byline.clone() };
    let is_said = |person: &Person| said.iter().any(|said| name_the_same(&alone(person), said));
    let named: Vec<bool> = byline.people.iter().map(is_said).collect();
    let blocks: Vec<usize> = byline.people.iter().map(|person| page.block_at(person.span)).collect();
    let of_named: Vec<usize> =
        blocks.iter().zip(&named).filter(|(_, named)| **named).map(|(block, _)| *block).collect();
    if !of_named.is_empty() {
        let mut all = named.into_iter().zip(blocks);
        byline.people.retain(|person| {
            let Some((named, at)) = all.next() else { return true };
            let near = of_named.iter().any(|other| other.abs_diff(at) <= NEAR_BLOCKS);
            named || near && is_name(&person.name, page)
        });
    }
}

/// Whether a text looks like the name of a person: some words, the first a given name or, in English, none that papers write small.
fn is_name(text: &str, page: &Page<'_>) -> bool {
    let packs = page.context.packs;
    let mut words = text.split_whitespace();
    let count = words.clone().count();
    let Some(first) = words.next().filter(|_| (2..=MOST_WORDS).contains(&count)) else { return false };
    let lettered = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '\u{2019}'));
    let is_english = page.context.lang.is_none_or(|lang| lang == "en");
    let unusual = || text.split_whitespace().all(|word| lettered(word) && !packs.wires.is_common_word(word));
    packs.names.is_given(first) || is_english && unusual() && !is_team(text, page.context)
}

/// What the site is called, by its letters: it is no author of its own.
fn sites(page: &Page<'_>, fields: &Fields) -> Vec<String> {
    let said = page.claims(FieldName::Site).map(|claim| letters(&claim.text));
    let hosts = [page.address(), fields.url.as_deref()].into_iter().flatten().filter_map(host);
    let hosts = hosts.flat_map(|host| {
        let labels: Vec<&str> = host.split('.').collect();
        let name = labels.iter().rev().nth(1).map(|label| letters(label));
        name.into_iter().chain([letters(&host)]).collect::<Vec<_>>()
    });
    said.chain(hosts).chain(fields.site.as_deref().map(letters)).filter(|name| !name.is_empty()).collect()
}

fn name_the_same(one: &Byline, other: &Byline) -> bool {
    let names = |byline: &Byline| {
        let people = byline.people.iter().map(|person| letters(&person.name));
        people.chain(byline.agencies.iter().map(|agency| letters(agency))).collect::<Vec<_>>()
    };
    let others = names(other);
    names(one).iter().any(|name| {
        others.iter().any(|other| {
            name == other
                || name.len() > 7 && other.contains(name.as_str())
                || other.len() > 7 && name.contains(other.as_str())
        })
    })
}

/// The byline that a list of claims makes.
fn joined(claims: &[&Claim], sites: &[String], page: &Page<'_>) -> Option<Byline> {
    let (mut people, mut agencies): (Vec<Person>, Vec<String>) = (Vec::new(), Vec::new());
    let mut written: Vec<String> = Vec::new();
    let mut whole: Option<Span> = None;
    for claim in claims {
        let text = page.text(&claim.text);
        let Some(byline) = read(claim, &text, sites, page) else { continue };
        let known = |name: &str| people.iter().any(|person: &Person| letters(&person.name) == letters(name));
        let new: Vec<Person> = byline.people.into_iter().filter(|person| !known(&person.name)).collect();
        people.extend(new);
        agencies.extend(byline.agencies);
        if !written.contains(&text) {
            written.push(text);
        }
        whole =
            Some(whole.map_or(claim.span, |whole| {
                Span::new(whole.start.min(claim.span.start), whole.end.max(claim.span.end))
            }));
    }
    agencies.dedup();
    let span = whole.filter(|_| !people.is_empty() || !agencies.is_empty())?;
    Some(Byline { text: written.join(", "), span, people, agencies })
}

/// Whom a claim names; none where it is an account, an address, the site, or nobody.
fn read(claim: &Claim, text: &str, sites: &[String], page: &Page<'_>) -> Option<Byline> {
    let is_site = |name: &str| sites.contains(&letters(name));
    let named = letters(text);
    let is_address = address::is_whole(text) || text.contains("://") || text.starts_with("www.");
    let is_account = ACCOUNTS.contains(&&*named);
    let is_profile = text.starts_with('@') || text.contains('@') && !text.contains(' ');
    let is_number = !text.contains(char::is_alphabetic);
    let is_site_alone = is_site(text) && !is_name(text, page);
    if is_address || is_account || is_profile || is_number || is_site_alone {
        return None;
    }
    // Where each name stands, where the text is written in the page as it is.
    let place = |span: Span| match claim.span.len() == text.len() {
        true => Span::new(claim.span.start + span.start, claim.span.start + span.end),
        false => claim.span,
    };
    let alone = |people: Vec<Person>, agencies: Vec<String>| {
        Some(Byline { text: text.to_owned(), span: claim.span, people, agencies })
    };
    let short = text.chars().count() <= LONGEST_CHARS;
    if claim.form == Form::Organisation {
        return if short { alone(Vec::new(), vec![text.to_owned()]) } else { None };
    }
    let read = read_byline(&[(0, text)], true, page.context);
    if let Some(mut byline) = read {
        byline.people.retain(|person| !is_site(&person.name) || is_name(&person.name, page));
        byline.agencies.retain(|agency| !is_site(agency));
        byline.people.iter_mut().for_each(|person| person.span = place(person.span));
        if !byline.people.is_empty() || !byline.agencies.is_empty() {
            return Some(byline);
        }
    }
    // "Orla Editorial Team"
    if short && is_team(text, page.context) {
        let named = text.split_whitespace().count() > 1 && text.starts_with(char::is_uppercase);
        return if named { alone(Vec::new(), vec![text.to_owned()]) } else { None };
    }
    // Linked data knows that it is a name; elsewhere it is to look like one: "nora quill".
    if !short || claim.form != Form::Person && !is_name(text, page) {
        return None;
    }
    alone(vec![Person { name: text.to_owned(), span: claim.span, ..Person::default() }], Vec::new())
}
