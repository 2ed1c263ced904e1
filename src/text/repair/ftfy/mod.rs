//! What the Python package ftfy does, by its own settings: the engine of `copydesk.ftfy`.
//!
//! Each line is a segment of its own; in a segment one repair after the other goes over all of it, until none finds anything.
//! Most lines need nothing, or have their quotation marks straightened: they are told by one [`look`] and copied in stretches.

mod passes;
mod prefilter;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::Form;
use super::encoding::{self, Step as EncodingStep};
use crate::text::part::PartOf;
use prefilter::{FtfyPrefilter, Seen};

pub(crate) use super::encoding::{EncodingOptions, is_bad};
pub(crate) use passes::StandIns;

/// When entities are decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unescape {
    Never,
    Always,
    /// Up to the first segment with a `<`.
    Auto,
}

/// The fields of ftfy's `TextFixerConfig`, but for `explain`.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "one for each field")]
pub(crate) struct Config {
    pub unescape_html: Unescape,
    pub remove_terminal_escapes: bool,
    pub fix_encoding: bool,
    /// Of `fix_encoding`; its `fix_c1_controls` as well.
    pub encoding: EncodingOptions,
    pub fix_c1_controls: bool,
    pub fix_latin_ligatures: bool,
    pub fix_character_width: bool,
    pub uncurl_quotes: bool,
    pub fix_line_breaks: bool,
    pub fix_surrogates: bool,
    pub remove_control_chars: bool,
    pub normalization: Form,
    /// The longest segment, in code points.
    pub max_decode_length: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            unescape_html: Unescape::Auto,
            remove_terminal_escapes: true,
            fix_encoding: true,
            encoding: EncodingOptions { nel_ends_lines: false, ..EncodingOptions::default() },
            fix_c1_controls: true,
            fix_latin_ligatures: true,
            fix_character_width: true,
            uncurl_quotes: true,
            fix_line_breaks: true,
            fix_surrogates: true,
            remove_control_chars: true,
            normalization: Form::Nfc,
            max_decode_length: 1_000_000,
        }
    }
}

/// What was done to a text: ftfy's name of the action, and of the encoding or function.
pub(crate) type Step = (&'static str, &'static str);

/// What was done to a text, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Account {
    pub steps: Vec<Step>,
    /// Whether mojibake is told by its encodings; if not, by the step "fix_encoding".
    pub encodings: bool,
}

/// A repair of a whole text.
type Pass = fn(&str) -> Option<String>;

/// Whether a repair is on.
type Switch = fn(&Config) -> bool;

/// The repairs after entities and encoding, in ftfy's order: when they are on, what they have to do with, and themselves.
/// Surrogates, which come after line breaks, have no place in a Rust `str`.
const PASSES: [(&str, Switch, Seen, Pass); 7] = [
    ("fix_c1_controls", |it| it.fix_c1_controls, prefilter::C1, passes::fix_c1_controls),
    ("fix_latin_ligatures", |it| it.fix_latin_ligatures, prefilter::LIGATURE, passes::fix_latin_ligatures),
    ("fix_character_width", |it| it.fix_character_width, prefilter::WIDTH, passes::fix_character_width),
    ("uncurl_quotes", |it| it.uncurl_quotes, prefilter::QUOTE, passes::uncurl_quotes),
    ("fix_line_breaks", |it| it.fix_line_breaks, prefilter::BREAK, passes::fix_line_breaks),
    ("remove_terminal_escapes", |it| it.remove_terminal_escapes, prefilter::ESCAPE, passes::remove_terminal_escapes),
    ("remove_control_chars", |it| it.remove_control_chars, prefilter::CONTROL, passes::remove_control_chars),
];

/// Rounds after which a segment is given up as it is, so that what is made to need ever one more takes linear time.
const ROUNDS: usize = 100;

/// Rounds that decode one layer of entities each, as ftfy does: what a layer leaves for later is text to the repairs between.
/// What is nested deeper is decoded at once.
const LAYERS: usize = 16;

/// Repairs texts by a [`Config`].
#[derive(Clone, Debug)]
pub(crate) struct Fixer {
    config: Config,
    /// What the repairs that are on have to do with.
    wanted: Seen,
}

impl Fixer {
    pub(crate) fn new(config: Config) -> Self {
        let mut wanted = 0;
        let mut add = |is: bool, bits: Seen| wanted |= if is { bits } else { 0 };
        add(config.unescape_html != Unescape::Never, prefilter::ENTITY);
        add(config.fix_encoding, prefilter::SUSPECT);
        add(config.fix_surrogates, prefilter::SURROGATE);
        add(true, form_bits(config.normalization));
        for (_, on, bits, _) in PASSES {
            add(on(&config), bits);
        }
        Self { config, wanted }
    }

    /// ftfy's `fix_text`: segment by segment.
    pub(crate) fn fix_text<'t>(&self, text: &'t str, stand_ins: Option<StandIns>) -> Cow<'t, str> {
        let mut entities_end = match self.config.unescape_html {
            Unescape::Never => 0,
            Unescape::Always => text.len(),
            Unescape::Auto => memchr::memchr(b'<', text.as_bytes()).unwrap_or(text.len()),
        };
        let mut made = Made { text, out: String::new(), done: 0 };
        let mut start = 0;
        for end in self.stretches(text) {
            // A `<` counts for all of its segment.
            if entities_end < text.len()
                && (start..end).contains(&entities_end)
                && self.config.unescape_html == Unescape::Auto
            {
                entities_end = line_start(text, start, entities_end);
            }
            self.fix_stretch(&mut made, start, end, entities_end, stand_ins);
            start = end;
        }
        made.finish()
    }

    /// Where stretches of `text` end: each is whole lines, or a piece of a line that is too long.
    fn stretches(&self, text: &str) -> Vec<usize> {
        let longest = self.config.max_decode_length.max(1);
        if text.len() <= longest {
            return vec![text.len()];
        }
        let mut ends = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            if line.len() > longest {
                let mut cuts = line.char_indices().step_by(longest).map(|(at, _)| start + at).skip(1).peekable();
                if cuts.peek().is_some() {
                    ends.push(start);
                    ends.extend(cuts);
                    ends.push(end);
                }
            }
            start = end;
        }
        ends.push(start);
        ends
    }

    /// Repairs the segments from `start` to `end`; entities only in those that begin before `entities_end`.
    fn fix_stretch(
        &self,
        made: &mut Made<'_>,
        start: usize,
        end: usize,
        entities_end: usize,
        stand_ins: Option<StandIns>,
    ) {
        let text = made.text.part(..end);
        // Where `start` will be in what is made.
        let floor = made.out.len() + start - made.done;
        let mut seen = FtfyPrefilter::over(text, stand_ins);
        seen.at = start;
        while let Some(sight) = seen.next(self.wanted) {
            if sight.seen == prefilter::QUOTE
                && !(self.config.fix_encoding && prefilter::may_touch_mojibake(text, sight.at, sight.at + sight.len))
                && let Some(quote) = text.part(sight.at..).chars().next().and_then(super::chars::straight_quote)
            {
                made.put(sight.at, sight.at + sight.len, quote.encode_utf8(&mut [0; 4]));
                continue;
            }
            // What a line ends in has nothing to do with what is in it.
            if sight.seen == prefilter::BREAK && text.part(sight.at..).starts_with("\r\n") {
                made.put(sight.at, sight.at + 2, "\n");
                seen.at = sight.at + 2;
                continue;
            }
            let entities = sight.at < entities_end;
            if sight.seen == prefilter::ENTITY && !entities {
                continue;
            }
            let from = line_start(text, start, sight.at);
            let to = memchr::memchr(b'\n', &text.as_bytes()[sight.at..]).map_or(end, |len| sight.at + len + 1);
            made.take_back(from, floor);
            if let Some(fixed) = self.fix_rounds(text.part(from..to), entities, stand_ins, None) {
                made.put(from, to, &fixed);
            }
            seen.at = to;
        }
    }

    /// ftfy's `fix_text_segment` and `fix_and_explain`: all of `text` at once.
    pub(crate) fn fix_segment<'t>(
        &self,
        text: &'t str,
        stand_ins: Option<StandIns>,
        steps: Option<&mut Account>,
    ) -> Cow<'t, str> {
        let entities = match self.config.unescape_html {
            Unescape::Never => false,
            Unescape::Always => true,
            Unescape::Auto => memchr::memchr(b'<', text.as_bytes()).is_none(),
        };
        self.fix_rounds(text, entities, stand_ins, steps).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// Goes over one segment until nothing is left to do.
    fn fix_rounds(
        &self,
        segment: &str,
        entities: bool,
        stand_ins: Option<StandIns>,
        mut steps: Option<&mut Account>,
    ) -> Option<String> {
        let config = &self.config;
        let wanted = if entities { self.wanted } else { self.wanted & !prefilter::ENTITY };
        let mut made: Option<String> = None;
        for turn in 0..ROUNDS {
            let unescape = if turn < LAYERS { passes::unescape_html } else { passes::unescape_html_wholly };
            let mut round = Round {
                segment: made.as_deref().unwrap_or(segment),
                made: None,
                seen: 0,
                wanted,
                stand_ins,
                steps: steps.as_deref_mut(),
            };
            round.seen = prefilter::all(round.segment, stand_ins, wanted);
            round.run(prefilter::ENTITY, ("apply", "unescape_html"), unescape);
            if config.fix_encoding {
                round.mend(config.encoding);
            }
            for (name, on, bits, pass) in PASSES {
                if name == "remove_terminal_escapes"
                    && config.fix_surrogates
                    && let Some(stand_ins) = stand_ins
                {
                    round.run(prefilter::SURROGATE, ("apply", "fix_surrogates"), |text| {
                        passes::fix_surrogates(text, stand_ins)
                    });
                }
                if on(config) {
                    round.run(bits, ("apply", name), pass);
                }
            }
            let form = config.normalization;
            round.run(form_bits(form), ("normalize", form.name()), |text| passes::normalize(text, form));
            match round.made {
                Some(changed) => made = Some(changed),
                None => break,
            }
        }
        made
    }

    /// ftfy's `fix_encoding`, line by line.
    pub(crate) fn fix_encoding<'t>(&self, text: &'t str, stand_ins: Option<StandIns>) -> Cow<'t, str> {
        self.of_encoding().fix_text(text, stand_ins)
    }

    /// ftfy's `fix_encoding_and_explain`, with steps for the text as a whole.
    pub(crate) fn explain_encoding<'t>(
        &self,
        text: &'t str,
        stand_ins: Option<StandIns>,
        steps: &mut Account,
    ) -> Cow<'t, str> {
        self.of_encoding().fix_segment(text, stand_ins, Some(steps))
    }

    /// Nothing but the repair of encodings.
    fn of_encoding(&self) -> Self {
        Self::new(Config {
            unescape_html: Unescape::Never,
            remove_terminal_escapes: false,
            fix_encoding: true,
            encoding: self.config.encoding,
            fix_c1_controls: false,
            fix_latin_ligatures: false,
            fix_character_width: false,
            uncurl_quotes: false,
            fix_line_breaks: false,
            fix_surrogates: false,
            remove_control_chars: false,
            normalization: Form::None,
            max_decode_length: usize::MAX,
        })
    }
}

/// One round over a segment.
struct Round<'r> {
    segment: &'r str,
    /// The segment as far as it was changed.
    made: Option<String>,
    /// What is in it.
    seen: Seen,
    wanted: Seen,
    stand_ins: Option<StandIns>,
    steps: Option<&'r mut Account>,
}

impl Round<'_> {
    fn text(&self) -> &str {
        self.made.as_deref().unwrap_or(self.segment)
    }

    /// Does one repair, if there is what it has to do with.
    fn run(&mut self, bits: Seen, step: Step, pass: impl Fn(&str) -> Option<String>) {
        if self.seen & bits != 0
            && let Some(new) = pass(self.text())
        {
            self.take(new, [step]);
        }
    }

    fn mend(&mut self, options: EncodingOptions) {
        if self.seen & prefilter::SUSPECT != 0
            && let Some(mended) = encoding::mend(self.text(), options)
        {
            let plan = match &self.steps {
                Some(Account { encodings: true, .. }) => mended.plan.into_iter().map(named).collect(),
                _ => vec![("apply", "fix_encoding")],
            };
            self.take(mended.text, plan);
        }
    }

    fn take(&mut self, new: String, steps: impl IntoIterator<Item = Step>) {
        self.seen = prefilter::all(&new, self.stand_ins, self.wanted);
        self.made = Some(new);
        if let Some(taken) = &mut self.steps {
            taken.steps.extend(steps);
        }
    }
}

/// The text made of a text.
struct Made<'t> {
    text: &'t str,
    out: String,
    /// How far the text has been used up.
    done: usize,
}

impl<'t> Made<'t> {
    fn put(&mut self, from: usize, to: usize, new: &str) {
        self.out.push_str(self.text.part(self.done..from));
        self.out.push_str(new);
        self.done = to;
    }

    /// Takes back what was made of a segment that begins at `from`: in what was made from byte `floor` on, the last line.
    fn take_back(&mut self, from: usize, floor: usize) {
        if self.done > from {
            self.out.truncate(memchr::memrchr(b'\n', &self.out.as_bytes()[floor..]).map_or(floor, |at| floor + at + 1));
            self.done = from;
        }
    }

    fn finish(mut self) -> Cow<'t, str> {
        if self.done == 0 {
            return Cow::Borrowed(self.text);
        }
        self.out.push_str(self.text.part(self.done..));
        Cow::Owned(self.out)
    }
}

/// Where the line begins, not before `start`, in which byte `at` stands.
fn line_start(text: &str, start: usize, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[start..at]).map_or(start, |before| start + before + 1)
}

/// What a normalization form has to do with.
fn form_bits(form: Form) -> Seen {
    match form {
        Form::None => 0,
        Form::Nfc => prefilter::COMPOSES,
        Form::Nfd | Form::Nfkc | Form::Nfkd => prefilter::HIGH,
    }
}

fn named(step: EncodingStep) -> Step {
    match step {
        EncodingStep::Encode(name) => ("encode", name),
        EncodingStep::Decode(name) => ("decode", name),
        EncodingStep::Transcode(name) => ("transcode", name),
        EncodingStep::Apply(name) => ("apply", name),
    }
}

/// One repair by its name in ftfy's module `fixes`, if it has that one.
pub(crate) fn fix_by_name(name: &str, text: &str, stand_ins: Option<StandIns>) -> Option<Option<String>> {
    let pass = match name {
        "unescape_html" => passes::unescape_html,
        "remove_bom" => passes::remove_bom,
        "fix_surrogates" => return Some(stand_ins.and_then(|them| passes::fix_surrogates(text, them))),
        _ => PASSES.iter().find(|(known, ..)| *known == name)?.3,
    };
    Some(pass(text))
}
