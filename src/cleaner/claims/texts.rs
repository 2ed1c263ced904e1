//! The name of the site, the headline and the standfirst of a page.

use std::collections::HashSet;

use super::voices::{Voice, best};
use super::{Others, Page, are_alike, letters, of_line, start};
use crate::document::{FieldName, FieldSource, Fields};
use crate::fields::title::{Known, is_headline, title as headline};
use crate::page::said::Claim;
use crate::text::part::PartOf;
use crate::text::{address, words};

/// The topmost heading is believed whatever the page says: that is often written for search engines.
const HEADING: u8 = 20;
/// No name of a site has more characters.
const LONGEST_SITE_CHARS: usize = 60;
/// Standfirsts have so many.
const SHORTEST_DECK_CHARS: usize = 30;
const LONGEST_DECK_CHARS: usize = 1000;

/// The name of the site, beside the headline or as the page says.
pub(super) fn site(page: &Page<'_>, fields: &mut Fields) {
    let mut voices = Vec::new();
    if let Some(site) = &fields.site {
        let from = fields.sources.get(FieldName::Site).unwrap_or(FieldSource::Line);
        voices.push(Voice { value: (letters(site), site.clone()), from, trust: of_line(FieldName::Site) });
    }
    for claim in page.claims(FieldName::Site) {
        let text = page.text(&claim.text);
        let is_name = text.chars().count() <= LONGEST_SITE_CHARS
            && !address::is_whole(&text)
            && !text.starts_with('@')
            && text.contains(char::is_alphabetic);
        if is_name {
            voices.push(Voice { value: (letters(&text), text), from: claim.from, trust: claim.trust });
        }
    }
    let same = |one: &(String, String), other: &(String, String)| {
        one.0 == other.0 || are_alike(&one.0, &other.0) || one.0.starts_with(&other.0) || other.0.starts_with(&one.0)
    };
    if let Some(voice) = best(&voices, same) {
        fields.site = Some(voice.value.1.clone());
        fields.sources.set(FieldName::Site, Some(voice.from));
    }
}

/// The headline: as a line has it, else as the page says. Gives the things of linked data that are of other stories.
pub(super) fn title(page: &Page<'_>, fields: &mut Fields) -> Others {
    let site = fields.site.as_deref();
    let is_site = |text: &str| site.is_some_and(|site| letters(site) == letters(text));
    if fields.title.is_none()
        && let Some((text, span)) = page.top_heading().filter(|(text, _)| is_headline(text) && !is_site(text))
    {
        fields.title = Some(text.to_owned());
        fields.title_span = Some(span);
        fields.sources.set(FieldName::Title, Some(FieldSource::Line));
    }
    let written: Vec<_> = page.claims(FieldName::Title).map(|claim| (claim, page.text(&claim.text))).collect();
    let all: Vec<&str> = written.iter().map(|(_, text)| &**text).chain(fields.title.as_deref()).collect();
    let mut claims = Vec::new();
    for (claim, text) in written.iter().filter(|(_, text)| is_headline(text)) {
        let titles: Vec<&str> = all.iter().copied().filter(|other| other != text).collect();
        let known = Known { titles: &titles, furniture: site.as_slice(), source: page.source };
        let parts = headline(text, &known, &page.context.packs.wires);
        let text = text.part(parts.headline.range());
        if !is_site(text) {
            claims.push((*claim, text.to_owned(), letters(text)));
        }
    }
    let from = fields.sources.get(FieldName::Title);
    if from != Some(FieldSource::Given) {
        let mut voices = Vec::new();
        if let Some(line) = &fields.title {
            let at = fields.title_span.map(|span| page.block_at(span));
            let trust = match at.and_then(|at| page.blocks.get(at)) {
                _ if is_site(line) => 1,
                Some(block) if page.is_top_heading(block.text) => HEADING,
                _ => of_line(FieldName::Title),
            };
            voices.push(Voice { value: (letters(line), None), from: FieldSource::Line, trust });
        }
        for (at, (claim, _, letters)) in claims.iter().enumerate() {
            voices.push(Voice { value: (letters.clone(), Some(at)), from: claim.from, trust: claim.trust });
        }
        let chosen = best(&voices, |one, other| are_alike(&one.0, &other.0));
        // "Home > News > Tunnel closes": the page says where it begins.
        let chosen = chosen.and_then(|voice| match voice.value.1 {
            None => behind_a_path(&voice.value.0, &claims),
            claimed => claimed,
        });
        if let Some((claim, text, _)) = chosen.and_then(|at| claims.get(at)) {
            fields.title = Some(text.clone());
            fields.title_span = Some(claim.span);
            fields.sources.set(FieldName::Title, Some(claim.from));
        }
    }
    let told = fields.title.as_deref().map(letters).unwrap_or_default();
    let of_others = claims.iter().filter(|(_, _, letters)| !told.is_empty() && !are_alike(letters, &told));
    let of_it: HashSet<_> = claims
        .iter()
        .filter(|(_, _, letters)| are_alike(letters, &told))
        .filter_map(|(claim, ..)| claim.thing)
        .collect();
    // Where none is of this story, what they say may be, in other words.
    if of_it.is_empty() {
        return Others::new();
    }
    of_others.filter_map(|(claim, ..)| claim.thing).filter(|thing| !of_it.contains(thing)).collect()
}

/// The claim that two sources make and that a line ends with, behind something else.
fn behind_a_path(line: &str, claims: &[(&Claim, String, String)]) -> Option<usize> {
    let is_end = |letters: &String| are_alike(letters, line) && letters != line && line.ends_with(letters.as_str());
    let at = claims.iter().position(|(_, _, letters)| is_end(letters))?;
    let (first, _, said) = claims.get(at)?;
    claims.iter().any(|(claim, _, letters)| letters == said && claim.from != first.from).then_some(at)
}

/// The standfirst: as lines have it, else the description, where it is one of this story and not its first sentences.
pub(super) fn deck(page: &Page<'_>, fields: &mut Fields, others: &Others) {
    if fields.deck.is_some() {
        return;
    }
    let mut story = None;
    let mut voices = Vec::new();
    for claim in page.claims_of_story(FieldName::Deck, others) {
        let text = page.text(&claim.text);
        let chars = text.chars().count();
        let is_cut = ["...", "…", "]"].into_iter().any(|end| text.ends_with(end));
        if (SHORTEST_DECK_CHARS..=LONGEST_DECK_CHARS).contains(&chars)
            && !is_cut
            && story.get_or_insert_with(|| Story::of(page, fields.title.as_deref().unwrap_or_default())).has_deck(&text)
        {
            voices.push(Voice { value: (letters(&text), text, claim.span), from: claim.from, trust: claim.trust });
        }
    }
    if let Some(voice) = best(&voices, |one, other| are_alike(&one.0, &other.0)) {
        fields.deck = Some(voice.value.1.clone());
        fields.deck_span = Some(voice.value.2);
        fields.sources.set(FieldName::Deck, Some(voice.from));
    }
}

/// What a description is compared with.
struct Story {
    title: String,
    /// The letters of its paragraphs.
    letters: String,
    /// The longer words of it and its headline.
    words: HashSet<u32>,
}

impl Story {
    fn of(page: &Page<'_>, title: &str) -> Self {
        let (mut all, mut words) = (String::new(), word_hashes(title).collect::<HashSet<_>>());
        for paragraph in page.story() {
            all.push_str(&letters(paragraph));
            all.push('\n');
            words.extend(word_hashes(paragraph));
        }
        Self { title: letters(title), letters: all, words }
    }

    /// Whether a description is one of this story, and not its first sentences or its headline. That of the whole site has few of its
    /// words.
    fn has_deck(&self, text: &str) -> bool {
        let said = letters(text);
        let opening = start(&said, SHORTEST_DECK_CHARS);
        if are_alike(&said, &self.title) || memchr::memmem::find(self.letters.as_bytes(), opening.as_bytes()).is_some()
        {
            return false;
        }
        let (mut all, mut met) = (0, 0);
        for word in word_hashes(text) {
            all += 1;
            met += usize::from(self.words.contains(&word));
        }
        met * 2 >= all
    }
}

/// The hashes of the longer words of a text.
fn word_hashes(text: &str) -> impl Iterator<Item = u32> {
    const SHORT: usize = 4;
    let mut found = Vec::new();
    words::split_words(text, &mut found);
    let long: Vec<u32> = found
        .iter()
        .filter(|word| word.of(text).chars().nth(SHORT).is_some() || !text.is_ascii())
        .map(|word| word.hash)
        .collect();
    long.into_iter()
}
