//! Datelines and their look-alikes, as tables of shapes.

use super::*;
use crate::fields::testing::{context, packs};

/// `places | date | agency | story` of the dateline in a text; `-` when there is none.
fn shown(text: &str, lang: Option<&str>) -> String {
    let packs = packs();
    let Some(found) = dateline(text, &Context { lang, ..context(&packs) }) else { return "-".to_owned() };
    assert_eq!(&text[found.span.range()], found.raw);
    assert!((0.0..=1.0).contains(&found.score));
    let place = |place: &crate::document::Place| match &place.qualifier {
        Some(qualifier) => format!("{}, {qualifier}", place.name),
        None => place.name.clone(),
    };
    let places: Vec<_> = found.places.iter().map(place).collect();
    let date = found.date.map(|date| {
        let part = |part: Option<i16>| part.map_or_else(|| "?".to_owned(), |part| part.to_string());
        format!("{}-{}-{}", part(date.year), part(date.month.map(i16::from)), part(date.day.map(i16::from)))
    });
    let story: String = text[found.span.end..].chars().take(4).collect();
    format!("{} | {} | {} | {story}", places.join(" + "), date.unwrap_or_default(), found.agency.unwrap_or_default())
}

const STORY: &str =
    "The mayor said on Monday that the old bridge would open again before the summer, after two years of work.";

#[test]
fn wires() {
    let cases = [
        ("ORLA, Va. (AP) — ", "ORLA, Va. |  | AP | The "),
        ("ST. ORLA, N.D. (AP) -- ", "ST. ORLA, N.D. |  | AP | The "),
        ("ORLAVILLE — ", "ORLAVILLE |  |  | The "),
        ("ORLAVILLE—", "ORLAVILLE |  |  | The "),
        ("ORLAVILLE, Ruritania - ", "ORLAVILLE, Ruritania |  |  | The "),
        ("  ORLA, March 4 (Reuters) - ", "ORLA | ?-3-4 | Reuters | The "),
        ("ORLA/LONDON, March 4 (Reuters) - ", "ORLA + LONDON | ?-3-4 | Reuters | The "),
        ("DALLAS/FORT WORTH, March 4 - ", "DALLAS/FORT WORTH | ?-3-4 |  | The "),
        ("March 4 (Reuters) - ", " | ?-3-4 | Reuters | The "),
        ("ORLA, march 4 - ", "ORLA | ?-3-4 |  | The "),
        ("(CNN) ", " |  | CNN | The "),
        ("(CNN)", " |  | CNN | The "),
        ("Orla, Ohio (CNN) -- ", "Orla, Ohio |  | CNN | The "),
        ("Hong Kong CNN — ", "Hong Kong |  | CNN | The "),
        ("Orla (dpa/lno) – ", "Orla |  | dpa/lno | The "),
        ("Hamburg/Orla - ", "- "),
        ("Berlin/Hamburg - ", "Berlin + Hamburg |  |  | The "),
        ("Frankfurt/Main (dpa) - ", "Frankfurt/Main |  | dpa | The "),
        ("Orla, 14. Dezember 2021 – ", "Orla | 2021-12-14 |  | The "),
        ("Orla, 14. Dezember 2021. ", "Orla | 2021-12-14 |  | The "),
        ("Berlin. ", "Berlin |  |  | The "),
        ("Orla, 21 mar (EFE).- ", "Orla | ?-3-21 | EFE | The "),
        ("ORLA, HONDURAS.- ", "ORLA, HONDURAS |  |  | The "),
        ("ORLA, 28 May. (EUROPA PRESS) - ", "ORLA | ?-5-28 | EUROPA PRESS | The "),
        ("ORLA, 12 (EUROPA PRESS) ", "ORLA | ?-?-12 | EUROPA PRESS | The "),
        ("ORLA (ALEMANIA), 6 (EUROPA PRESS) ", "ORLA, ALEMANIA | ?-?-6 | EUROPA PRESS | The "),
        ("(ANSA) - ORLA, 22 MAR - ", "ORLA | ?-3-22 | ANSA | The "),
        ("(ANSA) - ORLA (BARI), 6 LUG - ", "ORLA, BARI | ?-7-6 | ANSA | The "),
        ("ОРЛА, 25 мая — РИА Новости. ", "ОРЛА | ?-5-25 | РИА Новости | The "),
        ("ОРЛА, 22 января. /ТАСС/. ", "ОРЛА | ?-1-22 | ТАСС | The "),
        ("ORLANEWS.COM - ", " |  | ORLANEWS.COM | The "),
        ("ORLA, KOMPAS.com - ", "ORLA |  | KOMPAS.com | The "),
        ("NEW DELHI: ", "NEW DELHI |  |  | The "),
        ("Orla (Karnataka) [India], June 1: ", "Orla, Karnataka | ?-6-1 |  | The "),
        ("New Delhi, Sep 20 (PTI) ", "New Delhi | ?-9-20 | PTI | The "),
        ("SEOUL, Aug. 20 (Yonhap) -- ", "SEOUL | ?-8-20 | Yonhap | The "),
        ("PÉKIN, 10 août (Xinhua) -- ", "PÉKIN | ?-8-10 | Xinhua | The "),
        ("ORLA, Switzerland, Aug. 21, 2020 /PRNewswire/ -- ", "ORLA, Switzerland | 2020-8-21 | PRNewswire | The "),
        ("ORLA, Calif.--(BUSINESS WIRE)--", "ORLA, Calif. |  | BUSINESS WIRE | The "),
        ("ORLA, Utah, June 12, 2023 (GLOBE NEWSWIRE) -- ", "ORLA, Utah | 2023-6-12 | GLOBE NEWSWIRE | The "),
        ("ORLA BASE, CHEYENNE, WYO., AND KIMBALL, NEB.—", "ORLA BASE + CHEYENNE, WYO. + KIMBALL, NEB. |  |  | The "),
        ("Orla City, Jan 24, 2018 / 04:26 am (CNA).- ", "Orla City | 2018-1-24 | CNA | The "),
        ("أورلا، 3 ديسمبر (رويترز) - ", "أورلا | ?-12-3 | رويترز | The "),
        ("(2015-09-25) — ", " | 2015-9-25 |  | The "),
    ];
    for (head, want) in cases {
        let want = if want == "- " { "-" } else { want };
        assert_eq!(shown(&format!("{head}{STORY}"), None), want, "{head}");
    }
    assert_eq!(shown(&format!("ORLA. {STORY}"), Some("de")), "ORLA |  |  | The ");
    assert_eq!(shown(&format!("ORLA. {STORY}"), None), "-");
}

#[test]
fn wires_of_east_asia() {
    let cases = [
        ("新华社北京1月27日电（记者王小明、李丽）市长27日说", "北京 | ?-1-27 | 新华社 | 市长27"),
        ("新华社北京1月27日电 市长27日说", "北京 | ?-1-27 | 新华社 | 市长27"),
        ("奥尔拉网上海12月8日电（记者李丽）市长说", "上海 | ?-12-8 | 奥尔拉网 | 市长说"),
        ("（中央社台北4日電）市長今天說", "台北 | ?-?-4 | 中央社 | 市長今天"),
        ("(서울=연합뉴스) 홍길동 기자 = 시장은 말했다", "서울 |  | 연합뉴스 | 시장은 "),
        ("[부산=오를라신문 홍길동 기자] 시장은 말했다", "부산 |  | 오를라신문 | 시장은 "),
        ("(부산=연합뉴스) 시장은 말했다", "부산 |  | 연합뉴스 | 시장은 "),
        ("【ソウル＝山田太郎】市長は", "ソウル |  |  | 市長は"),
        ("【6月18日 AFP】市長は", " | ?-6-18 | AFP | 市長は"),
        ("【ワシントン共同】市長は", "ワシントン |  | 共同 | 市長は"),
        ("［北京　２０日　ロイター］ - 市長は", "北京 | ?-?-20 | ロイター | 市長は"),
        ("【速報】市長は", "-"),
        ("【写真】橋の上で", "-"),
        ("（写真）橋の上で", "-"),
        ("(종합) 시장은 말했다", "-"),
        ("1月27日，市长说电力", "-"),
        ("市长1月27日电话中说", "-"),
    ];
    for (text, want) in cases {
        assert_eq!(shown(text, None), want, "{text}");
    }
}

#[test]
fn lines_of_their_own() {
    #[derive(serde::Deserialize)]
    struct Case {
        lang: String,
        text: String,
        labelled: bool,
        want: bool,
    }
    let packs = packs();
    let cases = include_str!("../../../tests/fields/own_lines.jsonl").lines();
    assert!(cases.clone().count() >= 90);
    for case in cases {
        let Case { lang, text, labelled, want } = serde_json::from_str(case).unwrap();
        let found = whole_line(&text, labelled, &Context { lang: Some(&lang), ..context(&packs) });
        assert_eq!(found.is_some(), want, "{text}, labelled {labelled}: {found:?}");
        assert!(found.is_none_or(|found| found.raw == text && found.span.end == text.len()), "{text}");
    }
}

#[test]
fn look_alikes() {
    let cases = [
        "MOSCOW is a city of many bridges, and the mayor said so on Monday at length.",
        "BREAKING: The mayor said on Monday that the bridge would open again.",
        "EXCLUSIVE — The mayor said on Monday that the bridge would open again.",
        "VIDÉO – Le maire a dit lundi que le vieux pont serait bientôt ouvert.",
        "EN IMAGES - Le maire a dit lundi que le vieux pont serait bientôt ouvert.",
        "Paris, France, is where the mayor was born, long before the war began.",
        "Paris, which the mayor loves, is far from here.",
        "WASHINGTON",
        "Washington",
        "Quill, Ohio",
        "SMITH: I believe that was the mayor's first interest. He said so.",
        "NORA QUILL: I believe that was the mayor's first interest. He said so.",
        "Q: Why did the mayor open the bridge? A: He wanted to.",
        "THE MAYOR SAID ON MONDAY - THAT THE BRIDGE WOULD OPEN AGAIN",
        "ORLAVILLE - MAYOR OPENS BRIDGE AFTER TWO YEARS",
        "ORLAVILLE – Mayor Opens Bridge After Years Of Costly Work",
        "NEW YORK, NEW YORK - OCTOBER 15: Nora Quill leaves a party in Orla.",
        "SAN FRANCISCO – JUNE 24: A girl runs along a fence behind the gate.",
        "Orla - abr. 22, 2022 | 12:01 a. m. | 9 min de lectura",
        "Orla – the town on the river – has a new mayor, who said so on Monday.",
        "Berlin – Germany's capital – has a new mayor, who said so on Monday.",
        "Digital Reset – Neuer Bericht fordert die Ausrichtung der Werke im Land.",
        "Luggage - any limits on bags, suitcases or other large objects?",
        "Orla: The mayor said on Monday that the bridge would open again.",
        "Orla Widgets Inc (ORL) - Offering of two million shares of stock through Quill Brothers.",
        "Orla (Leseprobe) Das Buch beginnt an einem Montag im alten Haus.",
        "(Leseprobe) Das Buch beginnt an einem Montag im alten Haus am See.",
        "(L-R): Nora Quill, Tom Berg, and Ann Li at the bridge on Monday.",
        "(Photo by Nora Quill)",
        "7h43 - Le maire a dit que le vieux pont serait bientôt ouvert.",
        "Covid-19: The mayor said on Monday that the bridge would open again.",
        "2014 – Earth Changes – Weather",
        "March 4, 2016 - 9:30 AM",
        "March 4 was the day on which the bridge was opened to all.",
        "March 4: The bridge opens to all who can pay the toll.",
        "PUBLISHED: December 21, 2021 at 3:17 p.m. | UPDATED: December 21, 2021 at 5:22 p.m.",
        "By Nora Quill, Orla Times",
        "NOTE - The figures are those of the year that ended in June.",
        "NASA — which runs the bridge — said on Monday that it would open.",
        "KENIA: Der Bürgermeister sagte am Montag, die Brücke werde bald geöffnet.",
        "“MOSCOW — is what he wrote,” the mayor said on Monday of the old map.",
        "St. Orla, Missouri police opened the bridge on Monday, the mayor said.",
        "The bridge — which the mayor opened — is old.",
        "Nora Quill, Chicago – “I saw the mayor on the bridge, and he was singing.”",
        "Nora Quill, Orla, NC – “I saw the mayor on the bridge, and he was singing.”",
        "- The mayor said so.",
        "— — —",
        "(((((",
        "",
        "   ",
    ];
    for text in cases {
        assert_eq!(shown(text, None), "-", "{text}");
    }
}

#[test]
fn sentences_are_told_from_their_first_words() {
    let packs = packs();
    let context = context(&packs);
    for text in ["The mayor said so.", "Nora Quill walks", "all is well", "Orla’s new mayor", "Das größte Haus", "Orla"]
    {
        assert_eq!(opens_a_sentence(text, &context), text != "Orla", "{text}");
        assert!(western(&Head::new(text, LIMIT), false, &context).is_none(), "{text}");
    }
    // Each may be the head of a dateline, whatever stands behind.
    for text in [
        "New york - ",
        "Orla of the Lake - ",
        "ORLA march 4 - ",
        "Orla montag - ",
        "Orla dpa - ",
        "Orla, Ohio - ",
        "Orla - ",
        "Orla d’Orla - ",
        "Orla' is",
        "Orla\u{a0}is",
        "Orla  is",
    ] {
        assert!(!opens_a_sentence(text, &context), "{text}");
    }
}

#[test]
fn dates_are_resolved() {
    let packs = packs();
    let resolved = |text: &str, published: Option<&str>| {
        let published = published.and_then(|day| day.parse().ok());
        let found = dateline(&format!("{text}{STORY}"), &Context { published, ..context(&packs) });
        found.and_then(|found| found.date).and_then(|date| date.resolved).map(|day| day.to_string())
    };
    assert_eq!(resolved("ORLA, Aug. 21, 2020 /PRNewswire/ -- ", None).as_deref(), Some("2020-08-21"));
    assert_eq!(resolved("ORLA, Dec 31 (Reuters) - ", Some("2020-01-01")).as_deref(), Some("2019-12-31"));
    assert_eq!(resolved("ORLA, 30 (EFE) - ", Some("2020-05-01")).as_deref(), Some("2020-04-30"));
    assert_eq!(resolved("ORLA, Feb. 31 (Reuters) - ", Some("2020-03-01")), None);
    assert_eq!(resolved("ORLA, Feb. 3 (Reuters) - ", None), None);
}

#[test]
fn codes_where_certain() {
    let packs = packs();
    let codes = |text: &str| {
        let found = dateline(&format!("{text}{STORY}"), &context(&packs));
        let place = found.and_then(|found| found.places.into_iter().next());
        place.map(|place| (place.country.unwrap_or_default(), place.region.unwrap_or_default())).unwrap_or_default()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(codes("ORLA, Calif. (AP) — "), pair("US", "US-CA"));
    assert_eq!(codes("ORLA, Switzerland (AP) — "), pair("CH", ""));
    assert_eq!(codes("PARIS (AP) — "), pair("FR", ""));
    assert_eq!(codes("PARIS, Texas (AP) — "), pair("US", "US-TX"));
    assert_eq!(codes("TBILISI, Georgia (AP) — "), pair("GE", ""));
    assert_eq!(codes("ORLA, Georgia (AP) — "), pair("", ""));
    assert_eq!(codes("ORLAVILLE (AP) — "), pair("", ""));
}

#[test]
fn any_input_in_linear_time() {
    let many = |part: &str| part.repeat(1_000_000 / part.len());
    for part in [
        "A, ",
        "(",
        ")",
        "(A",
        "A/",
        "- ",
        "ST. ",
        "１",
        "é",
        "新华社",
        "【",
        "(=",
        "* ",
        "AND ",
        "\u{301}",
        ", March 4",
        " ",
        "«",
    ] {
        let _ = shown(&many(part), None);
    }
}
