//! The options of repair, which are its manual.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::compose::compose;
use super::encoding::{self, EncodingOptions};
use super::normalized::{Normalized, extend};
use super::output::Run;
use super::prefilter::RepairPrefilter;
use super::rewriter::Rewriter;
use crate::error::fail_point;
use crate::named::named;
use crate::offsets::{OffsetMap, Span};
use crate::text::markup;
use crate::text::part::PartOf;
use crate::text::prefilter::Prefilter;

/// Repairs the characters of a text. Each field is one step; the defaults repair damage and leave style alone.
///
/// Repairing twice gives what repairing once gives, whatever the options and the text; the time taken is linear in the
/// length of the text, and a text with nothing to repair is returned as it is, at the speed of reading memory. No step
/// carries anything from one call to the next.
///
/// The steps work together until none has anything left to do: the character that an entity stands for is repaired in its turn.
///
/// ```
/// use copydesk::{Normalizer, Quotes};
///
/// let text = "\u{feff}&ldquo;It\u{2019}s a cafÃ©,&rdquo;\u{a0} she said.  \r\n";
/// assert_eq!(Normalizer::default().normalize(text).text(), "“It’s a café,” she said.\n");
///
/// let plain = Normalizer { quotes: Quotes::Straight, ..Normalizer::default() };
/// assert_eq!(plain.normalize(text).text(), "\"It's a café,\" she said.\n");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Normalizer {
    /// Default `true`. Reads UTF-8 that was decoded as another encoding as what it was: `cafÃ©` → `café`, `donâ€™t` → `don’t`,
    /// `РїСЂРёРІРµС‚` → `привет`. It knows Latin-1, windows-1250 to 1254 and 1257, ISO 8859-2 and 8859-15, Mac OS Roman and
    /// code page 437, in as many layers as there are, also where a no-break space became a space or a byte was lost. C1
    /// controls become what windows-1252 has in their place. Each line is judged by itself: a line that can be read as a whole
    /// needs little evidence, a word in a sound line needs more, a single pair of characters the most. Risk: what may be
    /// real text is left (`MANHÃ”`, `„VARĂ…“`), so some damage stays: of lines damaged on purpose 97.2 % are restored, of
    /// sound words beside all kinds of marks .001 % are changed (docs/ftfy.md). A text *about* mojibake is changed too.
    pub encoding: bool,
    /// Default `true`. Decodes HTML entities that end in `;`, named and numbered, as often as they were encoded:
    /// `&amp;quot;` → `"`. `&#128;` to `&#159;` mean what windows-1252 means by them. A text with a tag such as
    /// `<b>` or `</p>` is taken for markup and keeps its entities. Risk: a text about HTML without tags loses its
    /// examples.
    pub entities: bool,
    /// Default `true`. Removes control characters (not the tab and line ends), byte order marks inside the text, and
    /// the stand-ins for objects and annotations (U+FFF9 to U+FFFC).
    pub control: bool,
    /// Default `true`. Removes terminal escape sequences: colours, cursor moves, window titles.
    pub terminal_escapes: bool,
    /// Default `true`. Replaces lone surrogates by U+FFFD. A Rust `str` cannot hold any; the option is for Python's.
    pub surrogates: bool,
    /// Default `true`. Turns CR LF, CR, VT, FF, NEL, U+2028 and U+2029 into a line feed.
    pub line_breaks: bool,
    /// Default `true`. Turns every space of Unicode and the tab into a space, several in a row into one, and removes them at the
    /// start and end of each line. Line feeds stay, and so do spaces that are spelling: the ideographic space between characters of
    /// Chinese, Japanese and Korean, the narrow no-break space inside a Mongolian word. Risk: columns set with spaces collapse,
    /// as does indented code.
    pub spaces: bool,
    /// Default `true`. Removes word joiners, and zero-width spaces, joiners and non-joiners where they are not spelling.
    /// Zero-width spaces stay between letters of Thai, Lao, Burmese and Khmer; joiners and non-joiners inside words of Arabic,
    /// Indic and like scripts, beside their marks and before their endings; a joiner also at the end of a word, after an
    /// Arabic letter or a virama (`അവന്‍`); and inside emoji.
    pub zero_width: bool,
    /// Default [`Bidi::Balance`]. What is done with directional controls.
    pub bidi: Bidi,
    /// Default `true`. Spells out Latin ligatures: `ﬁ` → `fi`, `ĳ` → `ij`.
    pub ligatures: bool,
    /// Default `true`. Gives full-width letters, figures and punctuation and half-width katakana their ordinary width:
    /// `ＡＢＣ！` → `ABC!`, `ｶﾞ` → `ガ`. Full-width punctuation stays beside characters of Chinese, Japanese and Korean, where
    /// it is the norm: `好，` and `（１）` → `(1)`, `（一）`.
    pub widths: bool,
    /// Default `true`. Removes soft hyphens.
    pub soft_hyphens: bool,
    /// Default 8. The most combining marks on one character; more are removed. `None` keeps them all. Marks that
    /// a letter is composed with count too. Cost: one look back over that many characters for each mark.
    pub marks: Option<usize>,
    /// Default `true`. Where hard-wrapped lines are joined to a paragraph ([`Cleaner`](crate::Cleaner)): a word divided
    /// by a soft hyphen is joined; one divided by a hyphen between small letters keeps the hyphen and loses the line
    /// end. It changes nothing else: [`normalize`](Self::normalize) joins no lines.
    pub dehyphenate: bool,
    /// Default [`Quotes::Keep`]. Whether quotation marks and apostrophes are made straight or curly.
    pub quotes: Quotes,
    /// Default [`Dashes::Keep`]. Whether dashes become hyphens.
    pub dashes: Dashes,
    /// Default [`Form::Nfc`]. The Unicode normalization form. Where it and another step disagree, the other step
    /// wins: `ligatures` spells out what NFC would keep.
    pub form: Form,
}

impl Default for Normalizer {
    fn default() -> Self {
        Self {
            encoding: true,
            entities: true,
            control: true,
            terminal_escapes: true,
            surrogates: true,
            line_breaks: true,
            spaces: true,
            zero_width: true,
            bidi: Bidi::Balance,
            ligatures: true,
            widths: true,
            soft_hyphens: true,
            marks: Some(8),
            dehyphenate: true,
            quotes: Quotes::Keep,
            dashes: Dashes::Keep,
            form: Form::Nfc,
        }
    }
}

named! {
    /// What is done with directional controls (embeddings, overrides, isolates and their ends).
    Bidi "bidi" {
        /// A control that closes nothing is removed, and one that nothing closes is closed at the end of its line, so that no line
        /// changes the direction of another. Left-to-right and right-to-left marks stay.
        Balance = "balance",
        /// All are removed, marks too. Risk: numbers and Latin words in Arabic and Hebrew may show in another order.
        Strip = "strip",
        /// All stay.
        Keep = "keep",
    }
}

named! {
    /// Whether quotation marks and apostrophes are changed.
    Quotes "quotes" {
        /// As written.
        Keep = "keep",
        /// `“ ” ‘ ’` and their low and reversed forms become `"` and `'`; guillemets stay.
        Straight = "straight",
        /// `"` and `'` open after white space, brackets and dashes, and close elsewhere. Risk: an apostrophe at the
        /// start of a word (`'tis`) is taken for an opening mark.
        Curly = "curly",
    }
}

named! {
    /// Whether dashes are changed.
    Dashes "dashes" {
        /// As written.
        Keep = "keep",
        /// `‐ ‑ ‒ –` and the minus sign become `-`; `—` and `―` become `--`.
        Ascii = "ascii",
    }
}

named! {
    /// Unicode normalization forms.
    Form "form" {
        /// Composed: what the web uses.
        Nfc = "NFC",
        /// Decomposed.
        Nfd = "NFD",
        /// Composed, compatibility characters replaced: `²` → `2`. Risk: loses meaning.
        Nfkc = "NFKC",
        /// Decomposed, compatibility characters replaced.
        Nfkd = "NFKD",
        /// As written.
        None = "none",
    }
}

impl Normalizer {
    /// Repairs `text`.
    ///
    /// Cost: about as much as copying the text where it is sound; nothing is allocated when nothing is changed.
    ///
    /// ```
    /// let normalizer = copydesk::Normalizer::default();
    /// assert_eq!(normalizer.normalize("schÃ¶n").text(), "schön");
    /// ```
    pub fn normalize<'t>(&self, text: &'t str) -> Normalized<'t> {
        fail_point(text.as_bytes());
        if self.is_sound(text) {
            return Normalized::unchanged(text);
        }
        let mut out = String::new();
        let runs = self.repair(text, &mut out, &[], false);
        if runs.iter().all(|run| run.is_copy()) {
            return Normalized::unchanged(text);
        }
        Normalized::new(text, out, runs)
    }

    /// True when a look over the bytes shows nothing to repair.
    fn is_sound(&self, text: &str) -> bool {
        !text.ends_with(' ') && RepairPrefilter::new(self).plain(None, text) == text.len()
    }

    /// True when repair leaves block `span` of `text`, which begins and ends with no white space, as it is: told by a look at
    /// the few bytes that `prefilter`, of `text`, shows. A block that holds a line end is never left.
    pub(crate) fn leaves(&self, text: &str, span: Span, prefilter: &Prefilter) -> bool {
        prefilter.loud(span.range()).is_none() && self.quotes != Quotes::Curly
            || RepairPrefilter::new(self).is_sound(text, span, prefilter)
    }

    /// Appends the repaired form of one block to `out` and the way back to `map`, which ends where `source` begins.
    ///
    /// A block is a line or several that were hard-wrapped: white space that holds a line end becomes one space.
    /// Stretches of `markup`, sorted and disjoint, are left out.
    pub(crate) fn repair_block(&self, source: &str, markup: &[Range<usize>], out: &mut String, map: &mut OffsetMap) {
        let runs = self.repair(source, out, markup, true);
        extend(map, &runs);
    }

    /// Appends the repaired form of `source` to `out`: a text, or a block whose line ends become spaces.
    ///
    /// Mojibake is read before the rewriter would take its controls and spaces for what they seem. What the rewriter makes may
    /// be mojibake again, as of entities, and what is read may have to be repaired; so both take turns until nothing is to be
    /// read. Each layer makes one character of several, so that turns are few.
    fn repair(&self, source: &str, out: &mut String, markup: &[Range<usize>], block: bool) -> Vec<Run> {
        let base = out.len();
        let mend = |text: &str| if self.encoding { encoding::mend(text, EncodingOptions::default()) } else { None };
        let mut runs = match mend(source) {
            None => self.rewrite(source, out, markup, block),
            Some(mended) => {
                let runs = self.rewrite(&mended.text, out, &moved(markup, &mended.runs), block);
                compose(&mended.runs, &runs, source, out.part(base..))
            }
        };
        for _ in 0..MOST_TURNS {
            // What no step has touched was looked at before.
            if !self.encoding || !touched(&runs, out.part(base..)).any(encoding::may_hold) {
                break;
            }
            let Some(mended) = mend(out.part(base..)) else { break };
            let before = out.split_off(base);
            let again = self.rewrite(&mended.text, out, &[], block);
            let again = compose(&mended.runs, &again, &before, out.part(base..));
            runs = compose(&runs, &again, source, out.part(base..));
        }
        runs
    }

    /// Runs the rewriter over `source`.
    fn rewrite(&self, source: &str, out: &mut String, markup: &[Range<usize>], block: bool) -> Vec<Run> {
        let base = out.len();
        // A text that holds a tag keeps its entities. Whether it does is seen by its repaired form, so that the answer
        // is the same when that is repaired again.
        if self.entities && memchr::memchr(b'<', source.as_bytes()).is_some() {
            let mut rewriter = self.rewriter(source, out, markup, block, false);
            rewriter.run();
            let (runs, saw_entity) = (std::mem::take(&mut rewriter.output.runs), rewriter.saw_entity);
            if !saw_entity || markup::holds_tag(out.part(base..)) {
                return runs;
            }
            out.truncate(base);
        }
        let mut rewriter = self.rewriter(source, out, markup, block, self.entities);
        rewriter.run();
        rewriter.output.runs
    }

    fn rewriter<'n, 's, 'o>(
        &'n self,
        source: &'s str,
        out: &'o mut String,
        markup: &'n [Range<usize>],
        block: bool,
        entities: bool,
    ) -> Rewriter<'n, 's, 'o> {
        let rewriter = Rewriter::new(self, source, out, entities);
        if block { rewriter.for_block(markup) } else { rewriter }
    }
}

/// Far more turns than damage takes whose every layer doubles it.
const MOST_TURNS: usize = 64;

/// The lines of `text` in which `runs` changed something, or that one was divided into; a line once, unless it is long.
fn touched<'t>(runs: &[Run], text: &'t str) -> impl Iterator<Item = &'t str> {
    let (mut at, mut until) = (0, 0);
    runs.iter().filter_map(move |run| {
        let (start, end) = (at, at + run.count * run.out);
        at = end;
        if run.is_copy() || end < until {
            return None;
        }
        let shown = until.min(start);
        let from = text.part(shown..start).rfind('\n').map_or(shown, |feed| shown + feed + 1);
        until = text.part(end..).find('\n').map_or(text.len(), |feed| end + feed + 1);
        Some(text.part(from..until))
    })
}

/// Where `ranges` of a text, sorted and disjoint, are in what `runs` made of it.
fn moved(ranges: &[Range<usize>], runs: &[Run]) -> Vec<Range<usize>> {
    let (mut src, mut out) = (0, 0);
    let mut runs = runs.iter().peekable();
    let mut place = |at: usize| {
        while let Some(run) = runs.next_if(|run| src + run.count * run.src <= at) {
            src += run.count * run.src;
            out += run.count * run.out;
        }
        runs.peek().map_or(out, |run| out + (at - src) / run.src * run.out)
    };
    ranges.iter().map(|range| place(range.start)..place(range.end)).collect()
}
