//! What stands above a story and shows by itself what it is: headers of extractors and archives, headlines with pictures.

use copydesk::{Document, Label, clean};

const STORY: &str = "The ferry to Orla stops at nine from Monday, an hour before the cinema ends.\n\n\
    Nobody asked the people who go there, the keeper of the landing said, and nobody will be asked.\n";

fn labels(document: &Document) -> Vec<Label> {
    document.blocks().map(|block| block.label()).collect()
}

fn people(document: &Document) -> Vec<&str> {
    document.byline().map_or(Vec::new(), |byline| byline.people.iter().map(|person| &*person.name).collect())
}

/// The day of publication, and of an update.
fn days(document: &Document) -> [Option<&str>; 2] {
    [document.published(), document.updated()].map(|time| time?.iso.as_deref()?.get(..10))
}

#[test]
fn front_matter_is_read() {
    let header = "---\ntitle: \"Ferry: no late boat\"\nauthor:\n  - Una Brack\n  - Piet Holm\ndate: 2019-05-04\nmodified: 2019-05-06\n\
        url: https://orla.example/ferry\ndescription: The last boat goes at nine.\ntags: [boats, night]\n---\n";
    let input = format!("{header}{STORY}");
    let document = clean(&*input);
    assert_eq!(document.title(), Some("Ferry: no late boat"));
    assert_eq!(&input[document.title_span().unwrap().range()], "Ferry: no late boat");
    assert_eq!(document.deck(), Some("The last boat goes at nine."));
    assert_eq!(&input[document.deck_span().unwrap().range()], "The last boat goes at nine.");
    assert_eq!(people(&document), ["Una Brack", "Piet Holm"]);
    assert_eq!(days(&document), [Some("2019-05-04"), Some("2019-05-06")]);
    assert!(document.text().starts_with("The ferry"), "{}", document.text());
    let block = document.blocks().nth(1).unwrap();
    let evidence = &block.evidence()[0];
    assert_eq!(
        (&*evidence.name, &*evidence.detail, evidence.over),
        ("front.title", "a key of the header: \u{201c}title:\u{201d}", None)
    );
}

#[test]
fn a_headline_on_several_lines_is_one() {
    let input =
        format!("---\ntitle: The ferry to Orla stops\n  before the cinema ends\ndate: 2019-05-04\n---\n{STORY}");
    let document = clean(&*input);
    assert_eq!(document.title(), Some("The ferry to Orla stops before the cinema ends"));
    let span = document.title_span().unwrap();
    assert!(input[span.range()].starts_with("The ferry") && input[span.range()].ends_with("cinema ends"));
}

#[test]
fn headers_without_marks_are_read() {
    for (header, names) in [
        (
            "Title: No late boat\n\nURL Source: https://orla.example/a\n\nPublished Time: 2019-05-04T10:00:00Z\n\nMarkdown Content:\n",
            &[][..],
        ),
        (
            "Headline: No late boat\nByline: By Una Brack and Piet Holm\nDate: May 4, 2019\n",
            &["Una Brack", "Piet Holm"],
        ),
        (
            "Title: No late boat\nAuthors: ['Una Brack', 'Piet Holm']\nPublish Date: 2019-05-04 00:00:00\n",
            &["Una Brack", "Piet Holm"],
        ),
        ("Titel: No late boat\nAutor: Una Brack\nDatum: 04.05.2019\n", &["Una Brack"]),
        ("[1] Title: No late boat\n[2] By: Una Brack\n[3] Date: 4 May 2019\n", &["Una Brack"]),
    ] {
        let document = clean(&*format!("{header}{STORY}"));
        assert_eq!(document.title(), Some("No late boat"), "{header}");
        assert_eq!(people(&document), names, "{header}");
        assert_eq!(days(&document)[0], Some("2019-05-04"), "{header}");
        assert!(document.text().contains("The ferry to Orla") && !document.text().contains("late boat"), "{header}");
    }
}

#[test]
fn an_archive_puts_lines_below_too() {
    let head =
        "Orla Post\nMay 4, 2019 Saturday\nNo late boat\nBYLINE: UNA BRACK\nSECTION: NEWS; Pg. 4\nLENGTH: 112 words\n";
    let document = clean(&*format!("{head}{STORY}LOAD-DATE: May 5, 2019\n"));
    let labels = labels(&document);
    assert_eq!(labels[3..6], [Label::Byline, Label::Nav, Label::Ui]);
    assert_eq!(labels.last(), Some(&Label::Ui));
    assert_eq!(people(&document), ["UNA BRACK"]);
}

#[test]
fn the_key_before_the_story_is_not_in_the_clean_text() {
    let input = format!("Title: No late boat\nAuthor: Una Brack\nFull text: ORLA (AP) \u{2014} {STORY}");
    assert!(clean(&*input).text().starts_with("ORLA (AP) \u{2014} The ferry"), "{}", clean(&*input).text());
    let cleaner = copydesk::Cleaner::builder().dateline(copydesk::Keep::Strip).build().unwrap();
    assert!(cleaner.clean(&*input).text().starts_with("The ferry"), "{}", cleaner.clean(&*input).text());
}

#[test]
fn people_who_speak_are_no_keys() {
    let input = "An evening with Title and Date\nTitle: I never knew.\nDate: Nor did I, and nobody told us.\nTitle: So we went home.\n";
    let document = clean(&*format!("{input}{STORY}"));
    assert!(document.text().contains("Date: Nor did I"), "{}", document.text());
    assert!(
        document.blocks().all(|block| block.evidence().iter().all(|evidence| !evidence.name.starts_with("front.")))
    );
}

#[test]
fn headlines_say_what_they_have_beside_them() {
    for headline in [
        "Whale inspects the marina of Orla and leaves (PHOTOS, VIDEO)",
        "Whale inspects the marina of Orla and leaves [VIDEO]",
        "Кит осмотрел пристань Орлы и уплыл (ФОТО, ВИДЕО)",
    ] {
        assert_eq!(clean(&*format!("{headline}\n{STORY}")).title(), Some(headline));
    }
}

#[test]
fn what_a_player_says_is_no_headline() {
    for line in [
        "Media playback is not supported on your device",
        "This video can not be played",
        "Your browser does not support the video tag.",
        "Воспроизведение медиа не поддерживается на вашем устройстве",
        "Este vídeo no se puede reproducir",
        "此视频无法播放",
    ] {
        let document = clean(&*format!("{line}\n4 May 2019 Last updated at 09:41 BST\n{STORY}"));
        assert_ne!(document.title(), Some(line));
    }
}

#[test]
fn paragraphs_are_no_headlines_and_no_standfirsts() {
    let long = "The ferry to Orla stops at nine from Monday, and nobody was asked. ".repeat(40);
    let document = clean(&*format!("---\ntitle: {long}\ndescription: {long}\n---\n{STORY}"));
    assert_eq!((document.title(), document.title_span()), (None, None));
    assert_eq!((document.deck(), document.deck_span()), (None, None));
}

#[test]
fn a_slug_and_a_note_to_desks() {
    let head =
        "AM-OR--Late Boat, 1st Ld-Writethru,0412\nNo late boat\nEds: ADDS comment. With AP Photos.\nBy UNA BRACK\n";
    let document = clean(&*format!("{head}{STORY}"));
    assert_ne!(document.title(), Some("AM-OR--Late Boat, 1st Ld-Writethru,0412"));
    assert_eq!(labels(&document)[2], Label::Note);
    let after = clean(&*format!("{head}{STORY}(MORE)\nAP-WF-05-03-13 1022GMT\n"));
    assert_eq!(labels(&after)[6..], [Label::Ui; 2]);
    assert!(document.captions().iter().all(|caption| caption.credit.is_none()));
}

#[test]
fn letters_and_what_is_posted_have_headers() {
    for header in [
        "Newsgroups: orla.quay\nSubject: No late boat\nFrom: news@orla.example (Una Brack)\nDate: Sat, 4 May 2019 14:02:10 PDT\nLines: 14\n\n",
        "From: Una Brack <una@orla.example>\nSent: Saturday, May 4, 2019 10:02 AM\nTo: desk@orla.example\nSubject: No late boat\n\n",
        "Von: Una Brack\nGesendet: Samstag, 4. Mai 2019 10:02\nAn: Redaktion\nBetreff: No late boat\n\n",
    ] {
        let document = clean(&*format!("{header}{STORY}"));
        assert_eq!(document.title(), Some("No late boat"), "{header}");
        assert_eq!(people(&document), ["Una Brack"], "{header}");
        assert_eq!(days(&document)[0], Some("2019-05-04"), "{header}");
        assert!(document.text().starts_with("The ferry to Orla"), "{}", document.text());
    }
}

#[test]
fn points_below_their_mark_are_a_summary() {
    let input = format!("{STORY}\n@highlight\n\nThe last boat goes at nine\n\n@highlight\n\nNobody was asked\n");
    let document = clean(&*input);
    let last: Vec<_> = labels(&document).into_iter().rev().take(4).collect();
    assert_eq!(last, [Label::Deck, Label::Ui, Label::Deck, Label::Ui]);
    assert!(document.text().ends_with("nobody will be asked."), "{}", document.text());
    assert_eq!(document.deck(), Some("The last boat goes at nine\nNobody was asked"));
}
