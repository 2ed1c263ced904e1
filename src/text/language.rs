//! The language of a text, by the crate whatlang.

/// A stretch of text to guess from: more is no better and only slower.
const SAMPLE: usize = 400;

/// The language of the longest of `lines`, an ISO 639-1 code (639-3 where there is none), `None` when unsure.
pub(crate) fn detect<'a>(lines: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let longest = lines.max_by_key(|line| line.len())?;
    let mut end = longest.len().min(SAMPLE);
    while !longest.is_char_boundary(end) {
        end -= 1;
    }
    let info = whatlang::detect(&longest[..end])?;
    info.is_reliable().then(|| iso_639_1(info.lang().code()))
}

/// The two-letter code for a three-letter one, where there is one.
fn iso_639_1(code: &'static str) -> &'static str {
    const CODES: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    CODES.iter().find(|(three, _)| *three == code).map_or(code, |(_, two)| two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, code) in [
            ("The ferry leaves the harbour at half past six in the morning, whatever the weather.", Some("en")),
            ("Die Fähre verlässt den Hafen um halb sieben Uhr morgens, bei jedem Wetter.", Some("de")),
            ("フェリーは天候にかかわらず、午前六時半に港を出ます。", Some("ja")),
            ("12 34", None),
        ] {
            assert_eq!(detect([text, "x"].into_iter()), code, "{text}");
        }
    }
}
