//! Lines that once were a panic, and what they say.

use copydesk::{Cleaner, Form, Normalizer, clean, parse_byline, parse_timestamps};
use jiff::civil::Date;

use crate::support::knowing;

/// The times of a line, each as its stretch and its ISO form.
fn times(text: &str) -> Vec<(String, String)> {
    let now = Date::new(2020, 3, 1).unwrap().at(12, 0, 0, 0);
    let times = parse_timestamps(text, &knowing(None, None, Some(now)));
    for time in &times {
        assert_eq!(text[time.span.range()], time.text, "{text}");
    }
    times.into_iter().map(|time| (time.text, time.iso.unwrap_or_default())).collect()
}

fn names(text: &str, lang: Option<&str>) -> Vec<String> {
    let people = parse_byline(text, &knowing(lang, None, None)).map(|byline| byline.people).unwrap_or_default();
    for person in &people {
        assert_eq!(text[person.span.range()], person.name, "{text}");
    }
    people.into_iter().map(|person| person.name).collect()
}

/// A number after a time is no second time: the word "ago" is the first one's.
#[test]
fn a_word_belongs_to_one_time() {
    for (text, stretch, iso) in [
        ("2 hours ago 5 comments", "2 hours ago", "2020-03-01T10:00"),
        ("1 day ago 3 min read", "1 day ago", "2020-02-29"),
        ("5 minutes ago 24 Kommentare", "5 minutes ago", "2020-03-01T11:55"),
        ("3 hours ago 12 shares 7 comments", "3 hours ago", "2020-03-01T09:00"),
        ("vor 2 Stunden 5 Kommentare", "vor 2 Stunden", "2020-03-01T10:00"),
        // A word before its count.
        ("5 Kommentare vor 2 Stunden", "vor 2 Stunden", "2020-03-01T10:00"),
        ("12 | il y a 2 heures", "il y a 2 heures", "2020-03-01T10:00"),
        ("2 weeks ago 5 minutes", "2 weeks ago", ""),
    ] {
        assert_eq!(times(text), [(stretch.to_owned(), iso.to_owned())], "{text}");
        clean(text);
    }
    for text in ["2 hours ago 5 minutes ago", "2 weeks ago 5 minutes ago"] {
        let found = times(text);
        assert_eq!((found.len(), found[1].1.as_str()), (2, "2020-03-01T11:55"), "{text}");
    }
}

/// A zone after the date is the time's before it, and no time of day.
#[test]
fn a_zone_is_no_second_time() {
    for (text, iso) in [
        ("Published 09:30 2016-05-04 +00:00", "2016-05-04T09:30+00:00"),
        ("09:30, 4 May 2016 +01:00", "2016-05-04T09:30+01:00"),
        ("09:30 2016年5月4日 +09:00", "2016-05-04T09:30+09:00"),
        ("17:05, 4 May 2016 -0300", "2016-05-04T17:05-03:00"),
        ("09:30 4 May 2016 GMT, Wednesday", "2016-05-04T09:30+00:00"),
    ] {
        let found: Vec<_> = times(text).into_iter().map(|(_, iso)| iso).collect();
        assert_eq!(found, [iso], "{text}");
        clean(text);
    }
    let two = times("09:30 4 May 2016 +01:00 | Updated 10:45 5 May 2016 +01:00");
    let isos: Vec<_> = two.iter().map(|(_, iso)| iso.as_str()).collect();
    assert_eq!(isos, ["2016-05-04T09:30+01:00", "2016-05-05T10:45+01:00"]);
}

/// First letters, spaces and colons of more than one byte.
#[test]
fn characters_are_wider_than_a_byte() {
    for (text, want) in [
        ("By émilie", &[][..]),
        ("von öztürk", &[]),
        ("Por: ángel", &[]),
        ("Foto: ÖTZ", &[]),
        ("By éQuill", &["éQuill"]),
        ("By Jane\u{a0}Alder May 4, 2016", &["Jane\u{a0}Alder"]),
        ("By Nora Quill on\u{a0}May 4, 2016", &["Nora Quill"]),
        ("山田\u{3000}太郎 2016年5月4日", &["山田\u{3000}太郎"]),
        ("AFP责任编辑：李丽", &["李丽"]),
    ] {
        let lang = text.starts_with('山').then_some("ja");
        assert_eq!(names(text, lang), want, "{text}");
        clean(text);
    }
    let bare = Normalizer { spaces: false, form: Form::None, ..Normalizer::default() };
    Cleaner::builder().normalizer(bare).build().unwrap().clean("By Jane\u{a0}~May 4");
}
