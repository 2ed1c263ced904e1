//! Colours of the terminal: a fixed one for each group of labels.

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

use crate::labels::Label;

pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(super) const STRONG: Style = Style::new().bold();
pub(super) const QUIET: Style = Style::new().dimmed();
pub(super) const PLAIN: Style = Style::new();

/// When to colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

impl Color {
    pub fn choice(self) -> anstream::ColorChoice {
        match self {
            Self::Auto => anstream::AutoStream::choice(&std::io::stdout()),
            Self::Always => anstream::ColorChoice::AlwaysAnsi,
            Self::Never => anstream::ColorChoice::Never,
        }
    }
}

/// `text` in a style.
pub(super) fn paint(style: Style, text: &str) -> String {
    if text.is_empty() || style == PLAIN { text.to_owned() } else { format!("{style}{text}{style:#}") }
}

/// The colour of a label.
pub(super) fn label(label: Label) -> Style {
    let color = match label {
        Label::Title | Label::Deck | Label::Heading => AnsiColor::Yellow,
        Label::Body => AnsiColor::Green,
        Label::Byline | Label::Timestamp | Label::Dateline | Label::Bio => AnsiColor::Cyan,
        Label::Caption | Label::Embed => AnsiColor::Magenta,
        Label::Note | Label::Legal | Label::Comments => AnsiColor::Blue,
        Label::Share | Label::Related | Label::Promo | Label::Nav | Label::Ad | Label::Ui => AnsiColor::Red,
    };
    color.on_default()
}
