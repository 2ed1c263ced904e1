//! Emphasis and links as Markdown nests them: what is set in one way after the other becomes marks that open and close, and marks that
//! would not be read as such, by the rules of CommonMark for what stands beside them, are left out.

use super::inline::Piece;
use crate::document::{NONE, Style};

/// What a line is made of.
#[derive(Clone, Debug)]
pub(super) enum Token<'d> {
    Text(&'d str),
    Code(&'d str),
    Picture(String),
    Open(Mark),
    Close(Mark),
    OpenLink,
    CloseLink(u32),
}

/// A mark of emphasis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    /// The same, written otherwise: beside another mark.
    Underscore,
    /// Not written.
    None,
}

impl Mark {
    pub fn written(self) -> &'static str {
        match self {
            Self::Strong => "**",
            Self::Emphasis => "*",
            Self::Underscore => "_",
            Self::None => "",
        }
    }
}

impl Token<'_> {
    /// The character that it begins with, as it is written.
    pub fn first_char(&self) -> Option<char> {
        match self {
            Token::Text(text) => text.chars().next(),
            Token::Code(_) => Some('`'),
            Token::Picture(_) => Some('!'),
            Token::Open(mark) | Token::Close(mark) => mark.written().chars().next(),
            Token::OpenLink => Some('['),
            Token::CloseLink(_) => Some(']'),
        }
    }

    fn last_char(&self) -> Option<char> {
        match self {
            Token::Text(text) => text.chars().next_back(),
            Token::Code(_) => Some('`'),
            Token::Picture(_) | Token::CloseLink(_) => Some(')'),
            Token::Open(mark) | Token::Close(mark) => mark.written().chars().next_back(),
            Token::OpenLink => Some('['),
        }
    }
}

/// What can be open: links stand in emphasis or around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Strong,
    Emphasis,
    Link(u32),
}

impl Kind {
    fn is_in(self, piece: &Piece<'_>) -> bool {
        match self {
            Self::Strong => piece.style.has(Style::STRONG),
            Self::Emphasis => piece.style.has(Style::EMPHASIS),
            Self::Link(link) => piece.link == link,
        }
    }

    fn open<'d>(self) -> Token<'d> {
        match self {
            Self::Strong => Token::Open(Mark::Strong),
            Self::Emphasis => Token::Open(Mark::Emphasis),
            Self::Link(_) => Token::OpenLink,
        }
    }

    fn close<'d>(self) -> Token<'d> {
        match self {
            Self::Strong => Token::Close(Mark::Strong),
            Self::Emphasis => Token::Close(Mark::Emphasis),
            Self::Link(link) => Token::CloseLink(link),
        }
    }
}

/// Takes the pieces and adds their tokens; all that they open they close.
pub(super) fn tokens<'d>(pieces: &mut Vec<Piece<'d>>, tokens: &mut Vec<Token<'d>>) {
    let pieces = tightened(std::mem::take(pieces));
    let reach = reaches(&pieces);
    let mut open: Vec<Kind> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let stays = open.iter().take_while(|kind| kind.is_in(piece)).count();
        open.drain(stays..).rev().for_each(|kind| tokens.push(kind.close()));
        // What reaches further stands around what does not.
        let mut wanted = Vec::new();
        let [strong, emphasis, link] = reach.get(at).copied().unwrap_or_default();
        for (kind, end) in [(Kind::Strong, strong), (Kind::Emphasis, emphasis), (Kind::Link(piece.link), link)] {
            if end > at && !open.contains(&kind) {
                wanted.push((end, kind));
            }
        }
        wanted.sort_by_key(|(end, _)| std::cmp::Reverse(*end));
        for (_, kind) in wanted {
            tokens.push(kind.open());
            open.push(kind);
        }
        tokens.push(if piece.style.has(Style::CODE) { Token::Code(piece.text) } else { Token::Text(piece.text) });
    }
    open.into_iter().rev().for_each(|kind| tokens.push(kind.close()));
}

/// Up to which piece strong text, emphasis and the link of each piece reach; 0 where there is none.
fn reaches(pieces: &[Piece<'_>]) -> Vec<[usize; 3]> {
    let mut reaches = vec![[0; 3]; pieces.len()];
    for (at, piece) in pieces.iter().enumerate().rev() {
        let next = pieces.get(at + 1).zip(reaches.get(at + 1).copied());
        let kinds = [Kind::Strong, Kind::Emphasis, Kind::Link(piece.link)];
        for (i, kind) in kinds.into_iter().enumerate() {
            if kind.is_in(piece) && kind != Kind::Link(NONE) {
                reaches[at][i] = next.filter(|(next, _)| kind.is_in(next)).map_or(at + 1, |(_, ends)| ends[i]);
            }
        }
    }
    reaches
}

/// The pieces with white space outside of emphasis, links and code where these begin and end, and marks beside a word outside of
/// emphasis: Markdown reads `word**“quote”**` as asterisks.
fn tightened(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let plain = |text| Piece { text, style: Style::default(), link: NONE };
    let mut words: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let core = piece.text.trim();
        let start = piece.text.len() - piece.text.trim_start().len();
        let (before, rest) = piece.text.split_at_checked(start).unwrap_or((piece.text, ""));
        let (_, after) = rest.split_at_checked(core.len()).unwrap_or((rest, ""));
        let pieces = [plain(before), Piece { text: core, ..piece }, plain(after)];
        words.extend(pieces.into_iter().filter(|piece| !piece.text.is_empty()));
    }
    // White space between pieces is set as both are.
    for at in 1..words.len().saturating_sub(1) {
        if words[at].text.trim().is_empty() {
            let next = words[at + 1..].iter().find(|piece| !piece.text.trim().is_empty()).copied();
            let before = words[at - 1];
            let Some(next) = next else { break };
            words[at].style = before.style.common(next.style).but(Style::CODE);
            words[at].link = if before.link == next.link { before.link } else { NONE };
        }
    }
    let mut made: Vec<Piece<'_>> = Vec::with_capacity(words.len());
    for at in 0..words.len() {
        let piece = words[at];
        if piece.style.has(Style::CODE) {
            match made.last_mut() {
                // Two beside each other would be read as one.
                Some(last) if last.style.has(Style::CODE) => {
                    made.push(Piece { style: piece.style.but(Style::CODE), ..piece })
                }
                _ => made.push(piece),
            }
            continue;
        }
        let around = |at: Option<usize>| at.and_then(|at| words.get(at)).copied().unwrap_or(plain(""));
        let (before, after) = (around(at.checked_sub(1)), around(Some(at + 1)));
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let emphasis = Style::STRONG.and(Style::EMPHASIS);
        let opened = piece.style.but(before.style).common(emphasis);
        let closed = piece.style.but(after.style).common(emphasis);
        let (mut first, mut last) = (0, piece.text.len());
        if opened != Style::default() && is_word(before.text.chars().next_back()) {
            first = piece.text.len() - piece.text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        }
        if closed != Style::default() && is_word(after.text.chars().next()) {
            last = piece.text.trim_end_matches(|c: char| !c.is_alphanumeric()).len().max(first);
        }
        let part = |from: usize, to: usize| piece.text.get(from..to).unwrap_or_default();
        let parts = [
            Piece { text: part(0, first), style: piece.style.but(opened), ..piece },
            Piece { text: part(first, last), ..piece },
            Piece { text: part(last, piece.text.len()), style: piece.style.but(closed), ..piece },
        ];
        made.extend(parts.into_iter().filter(|piece| !piece.text.is_empty()));
    }
    made
}

/// So many times what is left is looked at again after some marks were left out.
const ROUNDS: usize = 4;

/// Leaves out marks that would not be read as marks; beside one, `_` is written.
pub(super) fn settle(tokens: &mut [Token<'_>]) {
    let pairs = pairs(tokens);
    for round in 0..ROUNDS {
        let mut changed = false;
        let (before, after) = neighbours(tokens);
        for (open, close) in &pairs {
            let (Token::Open(mark), Token::Close(_)) = (&tokens[*open], &tokens[*close]) else { continue };
            let mark = *mark;
            if mark == Mark::None {
                continue;
            }
            let (outer, inner) = (before[*open], after[*open]);
            let (last, next) = (before[*close], after[*close]);
            let touches = [outer, inner, last, next].contains(&Some('*'));
            let wanted = match mark {
                // Emphasis beside it has given way by then.
                Mark::Strong if round > 0 && [outer, next].contains(&Some('*')) => Mark::None,
                Mark::Emphasis if touches => Mark::Underscore,
                mark => mark,
            };
            let is_read = match wanted {
                Mark::Underscore => opens(outer, inner) && opens(next, last) && bounds(outer) && bounds(next),
                _ => opens(outer, inner) && opens(next, last),
            };
            let wanted = if is_read { wanted } else { Mark::None };
            if wanted != mark {
                (tokens[*open], tokens[*close]) = (Token::Open(wanted), Token::Close(wanted));
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
    for token in tokens {
        match token {
            Token::Open(mark) | Token::Close(mark) => *mark = Mark::None,
            _ => {}
        }
    }
}

/// Which mark that opens goes with which that closes.
fn pairs(tokens: &[Token<'_>]) -> Vec<(usize, usize)> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Open(_) => open.push(at),
            Token::Close(_) => pairs.extend(open.pop().map(|open| (open, at))),
            _ => {}
        }
    }
    pairs
}

/// The characters that stand before and after each token.
fn neighbours(tokens: &[Token<'_>]) -> (Vec<Option<char>>, Vec<Option<char>>) {
    let (mut before, mut after) = (vec![None; tokens.len()], vec![None; tokens.len()]);
    let mut last = None;
    for (at, token) in tokens.iter().enumerate() {
        before[at] = last;
        last = token.last_char().or(last);
    }
    let mut next = None;
    for (at, token) in tokens.iter().enumerate().rev() {
        after[at] = next;
        next = token.first_char().or(next);
    }
    (before, after)
}

/// Whether a mark between these characters is read as one that opens; the other way round, as one that closes. What is neither a
/// letter, a digit nor white space may be punctuation to Markdown, or not: so it counts as the worse.
fn opens(outer: Option<char>, inner: Option<char>) -> bool {
    let Some(inner) = inner.filter(|c| !c.is_whitespace()) else { return false };
    inner.is_alphanumeric() || bounds(outer)
}

/// Whether a character bounds a word for certain.
fn bounds(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation())
}
