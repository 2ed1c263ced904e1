//! The address of a page, and that of its lead image.

use super::voices::{Voice, best};
use super::{Others, Page};
use crate::document::{FieldName, FieldSource, Fields};
use crate::pack::host;
use crate::text::address;

/// The canonical address.
pub(super) fn url(page: &Page<'_>, fields: &mut Fields) {
    let given = page.address();
    let base = page.said.base.as_deref().and_then(|base| address::resolve(given, base));
    let base = base.as_deref().or(given);
    let mut voices = Vec::new();
    for claim in page.claims(FieldName::Url) {
        let Some(whole) = address::resolve(base, &claim.text) else { continue };
        let whole = whole.split('#').next().unwrap_or_default().to_owned();
        // A story that says that it is the front page was given the site's address.
        let is_front = address::is_front(&whole) && given.is_some_and(|given| !address::is_front(given));
        if !is_front {
            let elsewhere = given.is_some_and(|given| host(given) != host(&whole));
            let trust = if elsewhere { claim.trust.div_ceil(2) } else { claim.trust };
            voices.push(Voice { value: whole, from: claim.from, trust });
        }
    }
    // That of the story and not of the site, where both are told.
    if voices.iter().any(|voice| !address::is_front(&voice.value)) {
        voices.retain(|voice| !address::is_front(&voice.value));
    }
    let same = |one: &String, other: &String| plain(one) == plain(other);
    let told = best(&voices, same).map(|voice| (voice.value.clone(), voice.from));
    let given = || given.map(|given| (given.split('#').next().unwrap_or_default().to_owned(), FieldSource::Given));
    if let Some((url, from)) = told.or_else(given) {
        fields.url = Some(url);
        fields.sources.set(FieldName::Url, Some(from));
    }
}

/// An address without what may differ between two ways to write it.
fn plain(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/')
}

/// Words in the names of files that are no picture of a story.
const NO_LEADS: [&str; 8] = ["logo", "placeholder", "favicon", "sprite", "blank", "spacer", "avatar", "default"];

/// The lead image.
pub(super) fn image(page: &Page<'_>, fields: &mut Fields, others: &Others) {
    let base = page.said.base.as_deref().and_then(|base| address::resolve(fields.url.as_deref(), base));
    let base = base.as_deref().or(page.address()).or(fields.url.as_deref());
    let mut voices = Vec::new();
    for claim in page.claims_of_story(FieldName::Image, others) {
        let Some(whole) = address::resolve(base, &claim.text) else { continue };
        let file = whole.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let file = file.to_ascii_lowercase();
        let is_mark =
            NO_LEADS.iter().any(|word| file.contains(word)) || file.ends_with(".svg") || file.ends_with(".ico");
        if !is_mark && !address::is_front(&whole) {
            voices.push(Voice { value: whole, from: claim.from, trust: claim.trust });
        }
    }
    let bare = |address: &str| address.split('?').next().unwrap_or_default().to_owned();
    if let Some(voice) = best(&voices, |one, other| bare(plain(one)) == bare(plain(other))) {
        fields.image = Some(voice.value.clone());
        fields.sources.set(FieldName::Image, Some(voice.from));
    }
}
