//! Marks that newsrooms put around their copy: slugs above it, and what says that it goes on or ends.

use crate::pack::Wires;
use crate::text::part::PartOf;

/// No slug and no mark has more bytes.
const SLUG: usize = 300;
const MARK: usize = 40;

/// Whether a line is the slug of an agency: "BC-OR--Harbour Quay, 2nd Ld-Writethru,0412".
pub(crate) fn is_slug(text: &str) -> bool {
    let text = text.trim();
    let capitals = text.len() - text.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    let counted = text.rsplit_once(',').is_some_and(|(_, count)| {
        let count = count.trim();
        count.len() >= 3 && count.bytes().all(|byte| byte.is_ascii_digit())
    });
    text.len() <= SLUG && (1..=3).contains(&capitals) && text.part(capitals..).starts_with('-') && counted
}

/// Whether a line says that the next one is a point of the summary: "@highlight", in the stories of CNN and the Daily Mail as corpora
/// have them (Hermann et al. 2015, "Teaching Machines to Read and Comprehend").
pub(crate) fn is_highlight(text: &str) -> bool {
    text.trim() == "@highlight"
}

/// Whether a line says that the copy ends or goes on, and nothing else: "-30-", "(MORE)", "ENDS", "- Ende -", "# # #",
/// "AP-WF-05-03-13 1022GMT".
pub(crate) fn is_end(text: &str, wires: &Wires) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > MARK {
        return false;
    }
    let around = |c: char| matches!(c, '-' | '–' | '—' | '_' | '*' | '#' | '(' | ')' | '[' | ']' | '/' | '.' | ' ');
    let word = text.trim_matches(around);
    let marked = text.starts_with(around) && text.ends_with(around);
    match word {
        "" => text.matches('#').count() >= 3 && text.chars().all(|c| matches!(c, '#' | ' ')),
        "30" => text.starts_with('-') && text.ends_with('-'),
        _ if is_stamp(word) => true,
        _ => {
            let alone = || word.len() > 3 && !word.chars().any(char::is_lowercase);
            (marked || alone() && !wires.goes_on_if_marked(word)) && wires.is_end(word)
        }
    }
}

/// "AP-WF-05-03-13 1022GMT": when an agency sent it.
fn is_stamp(text: &str) -> bool {
    let Some((wire, time)) = text.split_once(' ') else { return false };
    let digits = time.len() - time.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let zone = time.part(digits..);
    let zoned = (2..=4).contains(&zone.len()) && zone.bytes().all(|byte| byte.is_ascii_uppercase());
    let signed =
        wire.len() >= 8 && wire.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
    signed && wire.matches('-').count() >= 3 && digits == 4 && zoned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    #[test]
    fn slugs() {
        for text in ["BC-OR--Harbour Quay, 2nd Ld-Writethru,0412", "AM-Quay,250", "US--Quay, 1st Ld, 1023"] {
            assert!(is_slug(text), "{text}");
        }
        for text in ["EU-wide rules in 12,000 towns", "BC-quay, closed", "TV-like pictures, 12", "-, 123", ""] {
            assert!(!is_slug(text), "{text}");
        }
    }

    #[test]
    fn ends() {
        let wires = &Packs::embedded().wires;
        for text in [
            "-30-",
            "- 30 -",
            "(MORE)",
            "(more)",
            "-more-",
            "ENDS",
            "-END-",
            "- Ende -",
            "###",
            "# # #",
            "***ENDS***",
            "(FIN)",
            "AP-WF-05-03-13 1022GMT",
            "AP-NY-10-17-98 2208EDT",
            "[конец]",
        ] {
            assert!(is_end(text, wires), "{text}");
        }
        for text in [
            "30",
            "(30)",
            "MORE",
            "More",
            "The end",
            "Ende",
            "#",
            "end",
            "(and more)",
            "1022GMT",
            "AP 1022GMT",
            "Reuter",
            "",
            "---",
        ] {
            assert!(!is_end(text, wires), "{text}");
        }
    }
}
