//! The cleaner: the order of the steps.

mod builder;
mod choices;
mod claims;
mod custom;
pub(crate) mod day;
mod explain;
mod fields;
mod head;
mod hints;
mod input;
mod keep;
mod many;
mod markup;
mod pages;
mod parse;
mod prepare;
mod shift;
#[cfg(feature = "fuzzing")]
pub(crate) mod stages;
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "training is in Python"))]
mod training;
pub(crate) mod verdict;

use std::borrow::Cow;
use std::sync::Arc;

use crate::RULES_VERSION;
use crate::document::{Blocks, Document, FieldName, FieldSource, Observed, Reasons, Shares, Verdict};
use crate::error::fail_point;
use crate::fields::Context;
use crate::label::{Labeller, Labels};
use crate::observe::{self, Lines, Scope};
use crate::offsets::Unit;
use crate::once::Lazy;
use crate::pack::Packs;
use crate::render::{Piece, render};
use crate::segment::cut::Cutter;
use crate::text::language;
#[cfg(feature = "cli")]
use crate::weights::Model;

pub use builder::CleanerBuilder;
#[cfg(feature = "python")]
pub(crate) use builder::{ModelChoice, OwnPack};
pub(crate) use choices::UpTo;
pub use choices::{Balance, Keep};
#[cfg(any(feature = "_state", test))]
pub(crate) use explain::by_model as explained_by;
pub use hints::Hints;
pub use input::Input;
pub use many::{Batch, Documents, Item};
#[cfg(feature = "python")]
pub(crate) use parse::dateline_clues;
#[cfg(feature = "fuzzing")]
pub use parse::parse_title;
pub use parse::{ParseOptions, parse_byline, parse_caption, parse_dateline, parse_inline, parse_timestamps};

#[cfg(feature = "python")]
pub(crate) use training::{
    Numbers, ObservedPiece, network_scores, observe_cuts, observe_numbers, observe_text, page_lines,
};

use fields::ReadFields;
use keep::Keeper;
use prepare::Prepared;

/// The models that come with the crate, by name.
#[cfg(feature = "cli")]
pub(crate) const MODELS: [&str; 2] = Model::NAMES;

/// Cleans texts: see the [crate's front page](crate). Cheap to clone; `Send` and `Sync`.
#[derive(Clone, Debug)]
pub struct Cleaner(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: CleanerBuilder,
    packs: Arc<Packs>,
    labeller: Labeller,
    cutter: Cutter,
    keeper: Keeper,
}

impl Default for Cleaner {
    fn default() -> Self {
        CleanerBuilder::default().build().expect("the defaults are tested")
    }
}

impl Cleaner {
    /// Options, to change and build.
    pub fn builder() -> CleanerBuilder {
        CleanerBuilder::default()
    }

    /// What it was made with.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "for pickles"))]
    pub(crate) fn options(&self) -> &CleanerBuilder {
        &self.0.options
    }

    /// Annotates and cleans one text: any text, any bytes, in time linear in their length.
    ///
    /// ```
    /// let cleaner = copydesk::Cleaner::default();
    /// let from_text = cleaner.clean("Un caf\u{e9}, s'il vous pla\u{ee}t.");
    /// let from_bytes = cleaner.clean(b"Un caf\xe9, s'il vous pla\xeet.");
    /// assert_eq!(from_text.blocks().next().unwrap().text(), from_bytes.blocks().next().unwrap().text());
    /// ```
    pub fn clean<'a>(&self, input: impl Into<Input<'a>>) -> Document {
        self.clean_with(input, &Hints::default())
    }

    /// The same with what is known of the text.
    ///
    /// ```
    /// use copydesk::{Cleaner, Hints};
    /// let hints = Hints::new().with_lang("English")?.with_published("Tue, 14 May 2024 09:30:00 GMT")?;
    /// let document = Cleaner::default().clean_with("Harbour tunnel closes for a month", &hints);
    /// assert_eq!(document.lang(), Some("en"));
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    pub fn clean_with<'a>(&self, input: impl Into<Input<'a>>, hints: &Hints) -> Document {
        self.clean_up_to(UpTo::Fields, &input.into(), hints)
    }

    /// Annotates and cleans a page: HTML, or its bytes. The blocks are the lines of its text, and their spans, as that of every
    /// character, are of the HTML.
    ///
    /// ```
    /// let html = "<h1>Harbour tunnel closes</h1><p>The tunnel under the harbour closes on Monday &ndash; for a month.</p>";
    /// let document = copydesk::Cleaner::default().clean_html(html);
    /// let block = document.blocks().last().unwrap();
    /// assert_eq!(block.text(), "The tunnel under the harbour closes on Monday – for a month.");
    /// assert_eq!(&html[block.span().range()], "The tunnel under the harbour closes on Monday &ndash; for a month.");
    /// ```
    pub fn clean_html<'a>(&self, html: impl Into<Input<'a>>) -> Document {
        self.clean(Input::html(html))
    }

    /// A document of which nothing further than `up_to` will be looked at.
    pub(crate) fn clean_up_to(&self, up_to: UpTo, input: &Input<'_>, hints: &Hints) -> Document {
        let options = &self.0.options;
        let up_to = up_to.max(options.needs());
        let hints = &hints.tidied();
        fail_point(input.bytes());
        let prepared = Prepared::of(input, &options.normalizer, options.markup, &self.0.packs, &self.0.cutter);
        let lines = prepared.lines();
        let mut labels = self.0.label(&prepared, hints.title.as_deref());
        let shown = pages::weigh(&mut labels, &prepared);
        let mut front = head::read(lines, &self.0.packs);
        head::weigh(&mut labels, lines, &front, &self.0.packs);
        custom::weigh(&mut labels, lines, &self.0.packs.custom, hints.source.as_deref());
        let said = prepared.page.as_ref().map(|page| &page.said);
        let texts = || lines.iter().map(|line| line.text);
        let lang = match &hints.lang {
            _ if up_to < UpTo::Lang => None,
            Some(lang) => Some((lang.code(), FieldSource::Given)),
            None => language::detect(texts())
                .map(|lang| (lang, FieldSource::Words))
                .or_else(|| claims::language::said(said?, texts())),
        };
        let (lang, lang_from) = (lang.map(|(lang, _)| lang.to_owned()), lang.map(|(_, from)| from));
        let context = Context { packs: &self.0.packs, lang: lang.as_deref(), published: hints.published, now: None };
        let said = said.filter(|_| up_to == UpTo::Fields);
        let day = hints.published.or_else(|| claims::day(said?, hints.source.as_deref(), &context));
        let context = Context { published: day, ..context };
        let mut prepared = prepared;
        let pieces = prepared.has_parts().then(|| prepared.texts.clone());
        let (texts, spans) = (std::mem::take(&mut prepared.texts), std::mem::take(&mut prepared.spans));
        let of_pages;
        let keeper = match &shown {
            Some(_) => {
                of_pages = Keeper::new(options.keep.clone(), options.balance, pages::labeller().thresholds());
                &of_pages
            }
            None => &self.0.keeper,
        };
        let keeps = |label, shares: &Shares| keeper.keeps(label, shares);
        let mut blocks = Blocks::new(labels.labels, labels.shares, texts, spans, keeps);
        if let Some(pieces) = &pieces {
            let lines = Lines { text: &prepared.repaired, spans: pieces, marks: &prepared.marks };
            blocks.merge(|at| !lines.lies(at).begins);
            let lines = Lines { spans: &blocks.texts, ..lines };
            head::by_blocks(&mut front, lines);
        }
        let lost = keeper.wants_story() && blocks.kept().next().is_none();
        let (verdict, verdict_score) = match up_to {
            UpTo::Text if !lost => (Verdict::Story, 1.0),
            _ => verdict::verdict(&blocks, &prepared.repaired),
        };
        if lost && verdict != Verdict::NoStory {
            // A document that holds a story gives some of it back: what is likeliest to be of it.
            let most = blocks.iter().map(|block| keeper.probability(block.shares)).fold(0.0, f64::max);
            blocks.keep(|shares| keeper.probability(shares) * 2.0 >= most);
        }
        let reading = match up_to {
            UpTo::Fields => ReadFields::of(&blocks, &prepared, &front, hints, &context),
            _ => ReadFields::keys_alone(&blocks, &prepared, &front),
        };
        let gaps = reading.gaps(options.dateline, options.inline);
        let kept = blocks.kept().map(|(i, text)| {
            let from = gaps.partition_point(|(at, _)| *at < i);
            let to = from + gaps[from..].partition_point(|(at, _)| *at == i);
            Piece { text, without: &gaps[from..to] }
        });
        let (text, rendered) = render(&prepared.repaired, kept, &options.separator);
        let mut fields = reading.place(&prepared, &mut blocks);
        let markup = if up_to == UpTo::Fields { markup::markup(&mut prepared, hints) } else { None };
        if let Some(markup) = &markup {
            markup::pictures(&mut fields.captions, &blocks, &prepared, markup);
        }
        fields.sources.set(FieldName::Lang, lang_from);
        if let Some(page) = prepared.page.as_ref().filter(|_| up_to == UpTo::Fields) {
            let page = claims::Page {
                said: &page.said,
                prepared: &prepared,
                blocks: &blocks,
                normalizer: &options.normalizer,
                context: &context,
                marks: std::cell::OnceCell::new(),
                source: hints.source.as_deref(),
                published: hints.published,
            };
            claims::fill(&page, &mut fields);
        }
        let (title, source) = (hints.title.clone(), hints.source.clone());
        let observed = Observed { pieces, marks: prepared.marks, title, source, shown };
        Document {
            rules_version: Cow::Borrowed(RULES_VERSION),
            unit: Unit::Byte,
            text,
            rendered,
            lang,
            verdict,
            verdict_score,
            fields,
            blocks,
            reasons: Reasons::by(observed, self.0.clone()),
            map: prepared.map,
            repaired: prepared.repaired,
            markup,
        }
    }
}

impl Inner {
    /// What words alone say of each piece.
    fn label(&self, prepared: &Prepared<'_>, title: Option<&str>) -> Labels {
        let lines = prepared.lines();
        let labeller = self.labeller.of_lines(&prepared.texts);
        let scope = if labeller.takes_whole(lines.len()) { Scope::Whole } else { Scope::Stretches };
        observe::with(lines, title, &self.packs, false, scope, |mut observer| {
            labeller.label(lines.len(), |stretch, take| take(observer.observe(stretch)))
        })
    }
}

/// [`Cleaner::clean`] with the default options.
pub fn clean<'a>(input: impl Into<Input<'a>>) -> Document {
    standard().clean(input)
}

/// [`Cleaner::clean_html`] with the default options.
pub fn clean_html<'a>(html: impl Into<Input<'a>>) -> Document {
    standard().clean_html(html)
}

/// The cleaner with the default options, made once.
pub(crate) fn standard() -> &'static Cleaner {
    static CLEANER: Lazy<Cleaner> = Lazy::new(Cleaner::default);
    &CLEANER
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offsets::Span;

    #[test]
    fn what_is_read_of_a_document_is_the_same_however_little_of_it_is() {
        let story = "Harbour tunnel closes\nBy Nora Quill\n14 May 2024\nORLA (Dax) - The tunnel under the harbour closes on \
                     Monday, the city said.\nRead more: Ferry returns\nThe works take a month.[1]\nPhoto: Nora Quill\nShare this";
        let page = "<html lang=de><h1>Hafentunnel gesperrt</h1><p>Der Tunnel unter dem Hafen ist ab Montag gesperrt.</p><nav>Start</nav>";
        let mut stripping = Cleaner::builder();
        stripping.dateline(Keep::Strip).inline(Keep::Strip);
        for cleaner in [Cleaner::default(), stripping.build().unwrap()] {
            for input in [story.into(), "".into(), "Share this".into(), "Read more\nShare".into(), Input::html(page)] {
                let of = |up_to| cleaner.clean_up_to(up_to, &input, &Hints::default());
                let whole = of(UpTo::Fields);
                for up_to in [UpTo::Text, UpTo::Verdict, UpTo::Lang] {
                    let part = of(up_to);
                    assert_eq!(part.text(), whole.text());
                    let removed = |it: &Document| it.removed().map(|block| block.text().to_owned()).collect::<Vec<_>>();
                    assert_eq!(removed(&part), removed(&whole));
                    if up_to >= UpTo::Verdict {
                        assert_eq!((part.verdict(), part.verdict_score()), (whole.verdict(), whole.verdict_score()));
                    }
                    if up_to >= UpTo::Lang {
                        assert_eq!(part.lang(), whole.lang());
                    }
                }
            }
        }
    }

    #[test]
    fn a_mark_that_opens_a_text_is_none_of_its_characters() {
        for text in [
            "\u{feff}It rained &amp; rained.\n\nShare this",
            "\u{feff}",
            "\u{feff}\u{feff}one",
            "\u{feff} \r\n<b>two</b>",
        ] {
            let (of_text, of_bytes) = (clean(text), clean(text.as_bytes()));
            let blocks =
                |it: &Document| it.blocks().map(|block| (block.text().to_owned(), block.span())).collect::<Vec<_>>();
            assert_eq!(blocks(&of_text), blocks(&of_bytes), "{text:?}");
            let sources = |it: &Document| (0..it.text().len()).map(|at| it.source_span(at, at + 1)).collect::<Vec<_>>();
            assert_eq!(sources(&of_text), sources(&of_bytes), "{text:?}");
        }
        assert_eq!(clean("\u{feff}one").blocks().next().unwrap().span(), Span::new(3, 6));
    }
}
