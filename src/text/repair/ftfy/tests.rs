use std::borrow::Cow;

use super::*;
use crate::growth::is_linear;

fn fix(text: &str) -> Cow<'_, str> {
    Fixer::new(Config::default()).fix_text(text, None)
}

#[test]
fn repairs() {
    for (text, want) in [
        ("“It’s”", "\"It's\""),
        ("&lt;b&gt; &amp;amp;quot;", "<b> \""),
        ("&lt;\n<b>&lt;\n&lt;", "<\n<b>&lt;\n&lt;"),
        ("a ‘b’ <&amp;>\n", "a 'b' <&amp;>\n"),
        ("a\r\nb\rc\u{2028}d\u{c}\n", "a\nb\nc\nd\u{c}\n"),
        ("\u{1b}[1;31mred\u{1b}[0m \u{1b}x", "red x"),
        ("ﬁ ĳ ǆ ＡＢＣ ﾡￂ", "fi ij dž ABC 가"),
        ("e\u{301} \u{212b}", "é Å"),
        ("“one”\n“two” &amp; ﬁve\n“three”", "\"one\"\n\"two\" & five\n\"three\""),
        ("\u{feff}x\u{0}\u{fffc}", "x"),
        ("&#0;&#x110000;|&#1;|&#150;|&AMP;|&NTILDE;|&SZLIG;", "\u{fffd}\u{fffd}||–|&|Ñ|SS"),
    ] {
        assert_eq!(fix(text), want, "{text:?}");
    }
}

#[test]
fn a_sound_text_is_borrowed() {
    for text in ["", "plain\n", "déjà vu – naïve…", "AT&T; &nothing; a & b", "日本語。", "Привет"] {
        assert!(matches!(fix(text), Cow::Borrowed(_)), "{text:?}");
        assert!(matches!(Fixer::new(Config::default()).fix_encoding(text, None), Cow::Borrowed(_)), "{text:?}");
    }
}

#[test]
fn long_lines_are_fixed_in_pieces() {
    for longest in 1..8 {
        let fixer = Fixer::new(Config { max_decode_length: longest, ..Config::default() });
        let text = "“a”\nbé’cdefg’\r\nﬁ “é” ﬁ\n\n“";
        let pieces = text.split_inclusive('\n').flat_map(|line| {
            let chars: Vec<char> = line.chars().collect();
            chars.chunks(longest).map(|piece| piece.iter().collect::<String>()).collect::<Vec<_>>()
        });
        let want: String = pieces.map(|piece| fix(&piece).into_owned()).collect();
        assert_eq!(fixer.fix_text(text, None), want, "{longest}");
    }
}

#[test]
fn a_text_is_fixed_as_its_lines_are() {
    let lines = ["“a” b\n", "ﬁ ’x’\n", "x’\n", "é’ \u{301}\n", "’&amp;’\n", "\n", "’\r\n", "a\u{0}’\n"];
    for a in lines {
        for b in lines {
            for c in lines {
                let want = [a, b, c].map(fix).concat();
                assert_eq!(fix(&format!("{a}{b}{c}")), want);
            }
        }
    }
}

#[test]
fn steps_are_told() {
    let fixer = Fixer::new(Config::default());
    let mut account = Account { encodings: true, ..Account::default() };
    assert_eq!(fixer.fix_segment("&lsquo;ﬁ e\u{301}", None, Some(&mut account)), "'fi é");
    let steps = [("apply", "unescape_html"), ("apply", "fix_latin_ligatures"), ("apply", "uncurl_quotes")];
    assert_eq!(account.steps[..3], steps);
    assert_eq!(account.steps[3..], [("normalize", "NFC")]);
    let mut account = Account::default();
    assert_eq!(fixer.explain_encoding("sound", None, &mut account), "sound");
    assert!(account.steps.is_empty() && !is_bad("sound"));
}

#[test]
fn repairs_have_names() {
    assert_eq!(fix_by_name("remove_bom", "\u{feff}\u{feff}a", None), Some(Some("a".to_owned())));
    assert_eq!(fix_by_name("unescape_html", "&amp;amp;", None), Some(Some("&amp;".to_owned())));
    assert_eq!(fix_by_name("uncurl_quotes", "a", None), Some(None));
    assert_eq!(fix_by_name("none", "a", None), None);
    let never = Config { unescape_html: Unescape::Never, ..Config::default() };
    assert_eq!(Fixer::new(never).fix_text("&amp;", None), "&amp;");
    let always = Config { unescape_html: Unescape::Always, ..Config::default() };
    assert_eq!(Fixer::new(always).fix_text("<&amp;", None), "<&");
}

#[test]
fn surrogates_are_joined() {
    let Some(stand_ins) = StandIns::for_text("\u{10ffff}") else { panic!("there are free ones") };
    let of = |surrogates: &[u16]| surrogates.iter().map(|&one| stand_ins.stand_in(one)).collect::<String>();
    let text = of(&[0xd83d, 0xd83d, 0xde00, 0xde00]);
    assert_eq!(Fixer::new(Config::default()).fix_text(&text, Some(stand_ins)), "\u{fffd}😀\u{fffd}");
    assert_eq!(text.chars().next().and_then(|c| stand_ins.surrogate(c)), Some(0xd83d));
    assert!(StandIns::for_text(&('\u{f0000}'..=char::MAX).collect::<String>()).is_none());
}

#[test]
fn time_is_linear() {
    for (head, unit, and) in [("&amp;", "amp;", ""), ("", "\u{1b}[", "1m")] {
        let make = |size: usize| {
            let times = size / (unit.len() + and.len());
            [head, &unit.repeat(times), &and.repeat(times)].concat()
        };
        assert_eq!(is_linear(50_000, make, |text| drop(fix(text))), Ok(()));
    }
}

#[test]
fn entities_are_decoded_layer_by_layer() {
    let always = Fixer::new(Config { unescape_html: Unescape::Always, ..Config::default() });
    let deep = |layers| format!("&{}lt;", "amp;".repeat(layers));
    for (text, want) in [
        // Quotation marks are straight before the inner entity is there to make mojibake with them.
        ("&amp;Atilde;“".to_owned(), "Ã\""),
        ("&amp;Icirc;‘ – &amp;Icirc;’".to_owned(), "Î' – Î'"),
        ("&Atilde;“".to_owned(), "Ó"),
        (deep(1), "<"),
        (deep(LAYERS), "<"),
        (deep(3 * ROUNDS), "<"),
    ] {
        let mut account = Account::default();
        assert_eq!(always.fix_segment(&text, None, Some(&mut account)), want, "{text:?}");
        assert_eq!(always.fix_segment(&text, None, None), want, "{text:?}, steps not told");
        assert_eq!(always.fix_text(&text, None), want, "{text:?}, as a line");
    }
}
