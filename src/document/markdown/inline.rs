//! The characters of a paragraph: text, how it is set, where it leads, and the pictures within it.

use super::emphasis::{self, Token};
use super::escape::{self, Around};
use super::paragraphs::Part;
use super::{Document, MarkdownOptions};
use crate::document::{Markup, NONE, Picture, Style};
use crate::offsets::Span;

/// Text that is set in one way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'d> {
    pub text: &'d str,
    pub style: Style,
    pub link: u32,
}

/// What is written of parts of a line.
pub(super) struct Inlines<'d> {
    pub document: &'d Document,
    pub options: MarkdownOptions,
}

impl<'d> Inlines<'d> {
    fn markup(&self) -> Option<&'d Markup> {
        self.document.markup.as_deref()
    }

    /// The parts as Markdown, on one line.
    pub fn write(&self, parts: &[Part<'d>], in_heading: bool, in_table: bool) -> String {
        let mut tokens = Vec::new();
        let mut pieces = Vec::new();
        for part in parts {
            self.pieces(part, in_heading, in_table, &mut pieces, &mut tokens);
        }
        emphasis::tokens(&mut pieces, &mut tokens);
        emphasis::settle(&mut tokens);
        self.write_tokens(&tokens, in_table)
    }

    /// The pieces of a part; pictures within it end what goes before them, and stand in `tokens`.
    fn pieces(
        &self,
        part: &Part<'d>,
        in_heading: bool,
        in_table: bool,
        pieces: &mut Vec<Piece<'d>>,
        tokens: &mut Vec<Token<'d>>,
    ) {
        let plain = |text| Piece { text, style: Style::default(), link: NONE };
        let (Some(start), Some(markup)) = (part.at, self.markup()) else {
            pieces.push(plain(part.text));
            return;
        };
        let span = Span::new(start, start + part.text.len());
        let mut shown = Style::default();
        if self.options.emphasis {
            // A heading is bold.
            shown = shown.and(if in_heading { Style::EMPHASIS } else { Style::EMPHASIS.and(Style::STRONG) });
        }
        if self.options.code {
            shown = shown.and(Style::CODE);
        }
        let pictures: Vec<_> = if self.options.images { pictures_in(markup, span).collect() } else { Vec::new() };
        let mut pictures = pictures.into_iter().peekable();
        let mut at = start;
        let repaired = &*self.document.repaired;
        let mut put = |to: usize, style: Style, link: u32, pieces: &mut Vec<Piece<'d>>, tokens: &mut Vec<Token<'d>>| {
            while at < to {
                let before = pictures.next_if(|picture| picture.at as usize <= at);
                if let Some(picture) = before {
                    emphasis::tokens(pieces, tokens);
                    tokens.push(Token::Picture(self.picture(markup, picture)));
                    continue;
                }
                let next = pictures.peek().map_or(to, |picture| (picture.at as usize).min(to));
                // No state has one inside of a character, but one that was edited.
                let Some(text) = repaired.get(at..next) else { return };
                let code = style.has(Style::CODE) && !(in_table && text.contains('|'));
                let style = if code { style } else { style.but(Style::CODE) };
                pieces.push(Piece { text, style, link });
                at = next;
            }
        };
        let is_bounded = |run: &crate::document::Run| {
            repaired.is_char_boundary(run.start as usize) && repaired.is_char_boundary(run.end as usize)
        };
        for run in markup.runs_in(span).filter(is_bounded) {
            put((run.start as usize).max(span.start), Style::default(), NONE, pieces, tokens);
            let link = if self.options.links { run.link } else { NONE };
            put((run.end as usize).min(span.end), run.style.common(shown), link, pieces, tokens);
        }
        put(span.end, Style::default(), NONE, pieces, tokens);
        for picture in pictures {
            emphasis::tokens(pieces, tokens);
            tokens.push(Token::Picture(self.picture(markup, picture)));
        }
    }

    /// A picture as Markdown.
    pub fn picture(&self, markup: &Markup, picture: &Picture) -> String {
        let mut made = String::from("![");
        let around = Around { before: Some('['), after: Some(']'), in_link: true, in_table: true };
        escape::escape(&picture.alt, around, &mut made);
        made.push_str("](");
        made.push_str(&escape::address(&markup.address(picture.address)));
        made.push(')');
        made
    }

    fn write_tokens(&self, tokens: &[Token<'d>], in_table: bool) -> String {
        let mut out = String::new();
        let mut in_link = false;
        // Text that is not written yet: where it begins and ends is looked at as a whole.
        let mut text = String::new();
        let settle = |after, in_link, text: &mut String, out: &mut String| {
            let before = out.chars().next_back();
            let around = Around { before, after, in_link, in_table };
            escape::escape(if before.is_none() { text.trim_start() } else { text }, around, out);
            text.clear();
        };
        for token in tokens {
            if let Token::Text(more) = token {
                text.push_str(more);
                continue;
            }
            let Some(first) = token.first_char() else { continue };
            settle(Some(first), in_link, &mut text, &mut out);
            match token {
                Token::Text(_) => {}
                Token::Code(text) => escape::code(text, &mut out),
                Token::Picture(picture) => {
                    if out.ends_with('!') {
                        out.insert(out.len() - 1, '\\');
                    }
                    out.push_str(picture);
                }
                Token::Open(mark) | Token::Close(mark) => out.push_str(mark.written()),
                Token::OpenLink => {
                    in_link = true;
                    out.push('[');
                }
                Token::CloseLink(link) => {
                    in_link = false;
                    let address = self.markup().map_or_else(String::new, |markup| markup.address(*link));
                    out.push_str("](");
                    out.push_str(&escape::address(&address));
                    out.push(')');
                }
            }
        }
        text.truncate(text.trim_end().len());
        settle(None, in_link, &mut text, &mut out);
        out
    }
}

/// The pictures within lines that stand in a stretch.
fn pictures_in(markup: &Markup, span: Span) -> impl Iterator<Item = &Picture> {
    let first = markup.pictures.partition_point(|picture| (picture.at as usize) < span.start);
    let of = markup.pictures.get(first..).unwrap_or_default();
    of.iter().take_while(move |picture| picture.at as usize <= span.end).filter(|picture| picture.inline)
}
