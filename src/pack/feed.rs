//! The sentence that programs add below a story in a feed: "The post Ferry returns appeared first on Orla Gazette."

use super::inline::Begun;
use super::{Openers, Pack, openers};
use crate::text::part::{PartOf, first_bytes};
use crate::text::sentence::begins_high;

/// Stands in a pack for the headline.
const HEADLINE: &str = " … ";

/// A headline and the name of a site have no more bytes.
const LONGEST_HEADLINE: usize = 300;
const LONGEST_NAME: usize = 100;

/// The sentences of all packs: what stands before the headline, and what may stand between it and the name of the site.
#[derive(Debug)]
pub(crate) struct Feeds {
    openers: Openers,
    begun: Begun,
    /// What goes with each opener, folded.
    middles: Vec<(Box<str>, String)>,
}

impl Feeds {
    pub fn new(packs: &[Pack]) -> Self {
        let halves = || packs.iter().flat_map(|pack| &pack.inline.feed).filter_map(|feed| feed.split_once(HEADLINE));
        let openers: Vec<_> = halves().map(|(opener, _)| opener.to_owned()).collect();
        Self {
            begun: Begun::of(openers.iter()),
            openers: Openers::new(&openers),
            middles: halves().map(|(opener, middle)| (Openers::folded(opener), middle.to_owned())).collect(),
        }
    }

    /// Whether a text is such a sentence and nothing else.
    pub fn is(&self, text: &str) -> bool {
        self.sentence(text) == Some(text.trim_end().len())
    }

    /// The length of such a sentence, where `text` opens with one. Its headline and its name begin as names do, or it may be a
    /// sentence of the story: "The post that she wrote appeared first on his page."
    pub fn sentence(&self, text: &str) -> Option<usize> {
        if !self.begun.may_be(text.as_bytes()) {
            return None;
        }
        let ended = self.openers.alike(text).filter_map(|opener| Some((opener, end_of(text, opener)?)));
        ended.flat_map(|(opener, end)| self.middles(opener).map(move |middle| (end, middle))).find_map(
            |(end, middle)| {
                let rest = text.part(end..);
                let near = first_bytes(rest, LONGEST_HEADLINE + middle.len());
                let at = near.find(middle)?;
                let headline = near.part(..at);
                let after = rest.part(at + middle.len()..);
                let apart = headline.ends_with(char::is_whitespace) && begins_high(headline) && begins_high(after);
                let name = name_len(after).filter(|_| apart)?;
                Some(text.len() - after.len() + name)
            },
        )
    }

    fn middles(&self, opener: &str) -> impl Iterator<Item = &str> {
        self.middles.iter().filter(move |(known, _)| **known == *opener).map(|(_, middle)| middle.as_str())
    }
}

/// Where a phrase ends that `text` opens with; in small letters, as openers are.
fn end_of(text: &str, phrase: &str) -> Option<usize> {
    let mut chars = text.chars();
    phrase
        .chars()
        .all(|want| chars.next().is_some_and(|c| openers::fold(c) == want))
        .then(|| text.len() - chars.as_str().len())
}

/// The length of a name and of the stop after it, up to where a sentence ends or the text does.
fn name_len(text: &str) -> Option<usize> {
    let name = first_bytes(text, LONGEST_NAME);
    let stop = name.match_indices(['.', '。', '۔', '।']).find_map(|(at, stop)| {
        let (before, after) = (name.part(..at), text.part(at + stop.len()..));
        // "U.S. News", "St. Orla" go on.
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let ends = after.trim_start().is_empty()
            || after.starts_with(char::is_whitespace) && !(1..=2).contains(&word.chars().count());
        ends.then_some(at + stop.len())
    });
    let whole = || (text.trim_end().len() <= LONGEST_NAME).then(|| text.trim_end().len());
    stop.or_else(whole).filter(|_| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    #[test]
    fn sentences_of_feeds() {
        let feeds = &Packs::embedded().feeds;
        for text in [
            "The post Ferry returns in May appeared first on Orla Gazette.",
            "The post \u{201c}Ferry returns. Again?\u{201d} appeared first on U.S. Harbours .",
            "The post 7 ferries to see appeared first on Quay.example",
            "THE POST Ferry returns appeared first on St. Orla Now",
            "Der Beitrag Fähre kehrt zurück erschien zuerst auf Orla Zeitung.",
            "L\u{2019}article Le ferry revient est apparu en premier sur Gazette d\u{2019}Orla.",
            "La entrada El ferry vuelve se publicó primero en Gaceta de Orla.",
            "L'articolo Il traghetto torna proviene da Gazzetta di Orla.",
            "O post A balsa volta apareceu primeiro em Gazeta de Orla.",
            "Het bericht Veerboot keert terug verscheen eerst op Orla Krant.",
            "Сообщение Паром вернется в мае появились сначала на Газета Орлы.",
            "ظهرت المقالة عودة العبارة أولاً على جريدة أورلا.",
        ] {
            assert!(feeds.is(text), "{text}");
            if text.ends_with('.') {
                assert_eq!(feeds.sentence(&format!("{text} And more.")), Some(text.len()), "{text}");
            }
        }
        for text in [
            "The post that she wrote appeared first on Orla Gazette.",
            "The post appeared first on Orla Gazette.",
            "The post Ferry returns appeared first on his page.",
            "The post Ferry returns appeared first on quay.example",
            "The post office in Orla closed.",
            "The post Ferry returns appeared first on ",
            "L'articolo 18 proviene da una legge.",
            "The posters Ferry returns appeared first on Orla Gazette.",
            "",
        ] {
            assert_eq!(feeds.sentence(text), None, "{text}");
        }
        assert_eq!(feeds.sentence(&format!("The post {} appeared first on Orla", "A".repeat(400))), None);
    }

    #[test]
    fn what_packs_say_has_two_halves() {
        for pack in &Packs::embedded().packs {
            for feed in &pack.inline.feed {
                let (opener, middle) = feed.split_once(HEADLINE).unwrap();
                assert!(opener.len() >= 3 && middle.contains(' ') && *feed == feed.to_lowercase(), "{feed}");
            }
        }
    }
}
