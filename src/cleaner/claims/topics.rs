//! The section of a page, and what it says it is about.

use std::collections::HashSet;

use super::voices::{Voice, best};
use super::{Others, Page, letters};
use crate::document::{FieldName, FieldSource, Fields};
use crate::page::said::Claim;
use crate::text::address;

/// Names of sections and tags have no more characters.
const LONGEST_CHARS: usize = 80;

/// Keywords that are trusted less than this are asked whether they are of this story.
const TRUSTED: u8 = 4;

pub(super) fn section(page: &Page<'_>, fields: &mut Fields, others: &Others) {
    let is_name =
        |text: &str| is_topic(text) && fields.title.as_deref().is_none_or(|title| letters(title) != letters(text));
    let mut voices = Vec::new();
    for claim in page.claims_of_story(FieldName::Section, others) {
        let text = page.text(&claim.text);
        if is_name(&text) {
            voices.push(Voice { value: text, from: claim.from, trust: claim.trust });
        }
    }
    if let Some(voice) = best(&voices, |one, other| letters(one) == letters(other)) {
        fields.section = Some(voice.value.clone());
        fields.sources.set(FieldName::Section, Some(voice.from));
    }
}

/// The tags of the source that is trusted most: lists differ in length, and parts of two lists are none.
pub(super) fn tags(page: &Page<'_>, fields: &mut Fields, others: &Others) {
    let claims: Vec<&Claim> = page.claims_of_story(FieldName::Tags, others).collect();
    let mut lists: Vec<(FieldSource, u8)> = claims.iter().map(|claim| (claim.from, claim.trust)).collect();
    lists.sort_by_key(|(_, trust)| std::cmp::Reverse(*trust));
    lists.dedup();
    for (from, trust) in lists {
        let of_list = claims.iter().filter(|claim| (claim.from, claim.trust) == (from, trust));
        let written = of_list.flat_map(|claim| claim.text.split([',', ';', '、', '،', '，']));
        let mut known = HashSet::new();
        let mut tags: Vec<String> = Vec::new();
        for tag in written.take(MOST_READ).map(|tag| page.text(tag)) {
            if tags.len() < MOST && is_topic(&tag) && known.insert(tag.to_lowercase()) {
                tags.push(tag);
            }
        }
        if !tags.is_empty() && (trust >= TRUSTED || are_of_the_story(&tags, page, fields)) {
            fields.tags = tags;
            fields.sources.set(FieldName::Tags, Some(from));
            return;
        }
    }
}

/// More are none, and so many are looked at.
const MOST: usize = 64;
const MOST_READ: usize = 1024;

fn is_topic(text: &str) -> bool {
    text.chars().count() <= LONGEST_CHARS && text.contains(char::is_alphanumeric) && !address::is_whole(text)
}

/// Whether a third of the tags stand in the story or its headline: those of the whole site do not.
fn are_of_the_story(tags: &[String], page: &Page<'_>, fields: &Fields) -> bool {
    let mut text: String = fields.title.clone().unwrap_or_default();
    for paragraph in page.story() {
        text.push('\n');
        text.push_str(paragraph);
    }
    let text = text.to_lowercase();
    let some = tags.get(..MOST).unwrap_or(tags);
    some.iter().filter(|tag| text.contains(&tag.to_lowercase())).count() * 3 >= some.len()
}
