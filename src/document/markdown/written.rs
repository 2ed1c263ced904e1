//! What texts write out where pages have markup: bullets, numbers and quotes at the start of a line.

/// What a line of a text is by its first characters, and how many bytes of it say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Bullet(usize),
    /// A mark that is a bullet only where lines beside it have it too.
    Dash(usize),
    Number(u32, usize),
    Quote(usize),
}

impl Written {
    pub fn of(line: &str) -> Option<Self> {
        let first = line.chars().next()?;
        let mark = first.len_utf8();
        let rest = line.get(mark..)?;
        let gap = rest.len() - rest.trim_start().len();
        let whole = if gap > 0 && gap < rest.len() { Some(mark + gap) } else { None };
        match first {
            '•' | '·' | '▪' | '◦' | '‣' | '●' | '○' | '■' | '∙' => whole.map(Self::Bullet),
            '-' | '*' | '+' => whole.map(Self::Dash),
            '>' => whole.map(Self::Quote),
            '0'..='9' => {
                let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
                let gap = rest.len() - rest.trim_start().len();
                let number = line.get(..digits).filter(|digits| digits.len() <= 9)?.parse().ok()?;
                (gap > 0 && gap < rest.len()).then_some(Self::Number(number, digits + 1 + gap))
            }
            _ => None,
        }
    }

    /// Whether it is one, by those of the lines before and after it.
    pub fn holds(self, before: Option<Self>, after: Option<Self>) -> bool {
        match self {
            Self::Bullet(_) | Self::Quote(_) => true,
            Self::Dash(_) => [before, after].iter().any(|beside| matches!(beside, Some(Self::Dash(_)))),
            Self::Number(number, _) => {
                matches!(before, Some(Self::Number(less, _)) if number.checked_sub(1) == Some(less))
                    || matches!(after, Some(Self::Number(more, _)) if number + 1 == more)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read() {
        for (line, expected) in [
            ("• Eggs", Some(Written::Bullet(4))),
            ("- Eggs", Some(Written::Dash(2))),
            ("-Eggs", None),
            ("12.  Eggs", Some(Written::Number(12, 5))),
            ("3.5 million", None),
            ("> It rained", Some(Written::Quote(2))),
            ("•", None),
            ("1.", None),
            ("", None),
        ] {
            assert_eq!(Written::of(line), expected, "{line}");
        }
        let (third, fourth) = (Written::of("3. Oktober").unwrap(), Written::of("4. April").unwrap());
        assert!(!third.holds(None, None) && third.holds(None, Some(fourth)) && fourth.holds(Some(third), None));
    }
}
