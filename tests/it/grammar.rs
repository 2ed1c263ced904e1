//! Lines as pages have them, and as none should: phrases of all packs, dates, names and numbers, odd characters, and any glue.
//!
//! Bytes that a fuzzer changes seldom come to be "2 hours ago 5 comments"; sentences of a grammar do. A seed makes the same
//! texts everywhere. The fuzz targets under fuzz/ use this room too.

use copydesk::fuzzing::PackEntry;

/// Numbers from a seed: splitmix64.
pub struct Random<'b> {
    seed: u64,
    /// Numbers that come first, two bytes each.
    given: &'b [u8],
}

impl<'b> Random<'b> {
    pub fn new(seed: u64) -> Self {
        Self { seed, given: &[] }
    }

    /// The numbers that `bytes` are, then those of a seed.
    #[allow(dead_code, reason = "only a fuzzer has bytes to give")]
    pub fn of(bytes: &'b [u8]) -> Self {
        Self { seed: 0, given: bytes }
    }

    pub fn next(&mut self) -> u64 {
        if let Some((number, rest)) = self.given.split_first_chunk() {
            self.given = rest;
            return u16::from_le_bytes(*number).into();
        }
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// True once in `of` times.
    pub fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub fn pick<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> &'t T {
        of[self.below(of.len())]
    }
}

/// What stands between two pieces; a space more often than not.
const GLUE: [&str; 36] = [
    "", "", "", "\t", "  ", ", ", ",", " | ", "|", " - ", "-", " – ", "—", " / ", "/", " • ", "•", " · ", ": ", ":",
    "：", " (", ") ", "[", "] ", ". ", ".", "; ", "\u{a0}", "\u{3000}", "\u{2009}", "\u{200b}", "~", "_", "\n", "\r\n",
];

/// Characters that trip up code which counts, cuts or changes case.
const ODD: [&str; 74] = [
    "\u{301}",
    "e\u{301}",
    "\u{323}\u{307}",
    "\u{200d}",
    "\u{200c}",
    "\u{200b}",
    "\u{2060}",
    "\u{ad}",
    "\u{feff}",
    "\u{a0}",
    "\u{2028}",
    "\u{2029}",
    "\u{85}",
    "\u{b}",
    "\u{c}",
    "\r",
    "\0",
    "\u{1b}[1m",
    "\u{1b}]0;x\u{7}",
    "\u{1b}",
    "\u{9b}",
    "\u{7f}",
    "\u{202a}",
    "\u{202b}",
    "\u{202c}",
    "\u{202e}",
    "\u{2066}",
    "\u{2067}",
    "\u{2069}",
    "\u{200e}",
    "\u{200f}",
    "\u{61c}",
    "\u{fffd}",
    "\u{fffc}",
    "\u{ffff}",
    "\u{e000}",
    "\u{d7ff}",
    "\u{10ffff}",
    "\u{1f600}",
    "\u{1f468}\u{200d}\u{1f469}",
    "\u{1f1e9}\u{1f1ea}",
    "\u{20000}",
    "\u{1d400}",
    "İ",
    "ẞ",
    "ß",
    "ŉ",
    "ǰ",
    "\u{212a}",
    "\u{212b}",
    "ı",
    "ﬁ",
    "ﬀ",
    "ǆ",
    "ΐ",
    "Σ",
    "ſ",
    "Ⱥ",
    "ɐ",
    "ａ",
    "Ａ",
    "１",
    "！",
    "ｶﾞ",
    "\u{3000}",
    "山",
    "の",
    "한",
    "각",
    "ש",
    "ع",
    "ा",
    "Ã",
    "â€",
];

const NUMBERS: [&str; 22] = [
    "0",
    "1",
    "2",
    "5",
    "24",
    "31",
    "99",
    "100",
    "1,234",
    "3.5",
    "½",
    "2016",
    "1999",
    "4711",
    "18446744073709551616",
    "٤",
    "٢٠١٦",
    "４",
    "५",
    "三",
    "十二",
    "²",
];
const ORDINALS: [&str; 12] = ["1st", "2nd", "3rd", "4th", "31st", "1er", "1.", "24.", "3º", "2ª", "5-го", "第一"];
const ZONES: [&str; 24] = [
    "GMT",
    "UTC",
    "Z",
    "EST",
    "EDT",
    "ET",
    "PT",
    "CET",
    "MESZ",
    "BST",
    "IST",
    "JST",
    "MSK",
    "+00:00",
    "+01:00",
    "-0530",
    "+9",
    "GMT+3",
    "UTC-03:30",
    "(GMT)",
    "Uhr",
    "h",
    "a.m.",
    "pm",
];
const GIVEN: [&str; 28] = [
    "Jane", "NORA", "émilie", "öztürk", "Ángel", "ángel", "Éva", "ÖTZ", "Jean-Luc", "J.", "J. R.", "J.R.", "d'Arc",
    "O'Quill", "McQuill", "van", "der", "de la", "von", "bin", "Øyvind", "ßeta", "Иван", "анна", "محمد", "דוד", "太郎",
    "李丽",
];
const FAMILY: [&str; 18] = [
    "Alder",
    "BERG",
    "Quill",
    "li",
    "Öztürk",
    "öztürk",
    "Núñez",
    "ñúñez",
    "Ng",
    "X",
    "Ström-Li",
    "Jr.",
    "III",
    "Петров",
    "الحسن",
    "כהן",
    "山田",
    "김",
];
const ADDRESSES: [&str; 20] = [
    "jane@paper.example",
    "é@ü.example",
    "@janealder",
    "@",
    "@é",
    "#harbour",
    "#",
    "https://www.paper.example/a?b=c#d",
    "http://ü.example/é",
    "www.paper.example",
    "paper.example",
    "https://",
    "pic.twitter.com/aB3dE5fG7h",
    "t.co/x",
    "://",
    "a@b",
    "mailto:a@b.example",
    "twitter.com/é",
    "ftp://x",
    "//",
];
const MARKUP: [&str; 28] = [
    "<b>",
    "</b>",
    "<br/>",
    "<p",
    "<a href=\"x\">",
    "<!--",
    "-->",
    "<",
    ">",
    "&amp;",
    "&amp;amp;lt;",
    "&eacute;",
    "&#233;",
    "&#x301;",
    "&",
    "&nbsp;",
    "[a](b)",
    "![é](a.jpg)",
    "](",
    "**",
    "**é**",
    "__",
    "`",
    "# ",
    "> ",
    "- ",
    "1) ",
    "| - |",
];
const MARKS: [&str; 32] = [
    "“", "”", "\"", "'", "’", "‘", "«", "»", "„", "「", "」", "【", "】", "（", "）", "(", ")", "[", "]", "{", "}",
    ".", "…", "!", "?", "。", "，", "、", "؟", "।", "©", "*",
];
const WORDS: [&str; 26] = [
    "the",
    "and",
    "und",
    "et",
    "y",
    "в",
    "from",
    "in",
    "for",
    "rain",
    "harbour",
    "café",
    "élan",
    "Éire",
    "année",
    "PARIS",
    "ORLA, Scotland",
    "Port Ellen",
    "東京",
    "北京",
    "Москва",
    "said",
    "It rained.",
    "READ MORE",
    "photo",
    "(L)",
];
const MONTHS: [&str; 16] = [
    "May", "MAY", "may", "Mai", "mayo", "Feb.", "February", "février", "März", "мая", "ağustos", "Aralık", "5月",
    "Sept", "мая", "مايو",
];

/// Makes texts.
pub struct Grammar {
    phrases: Vec<String>,
    /// Phrases by the first part of their section, so that a byline's words are not one in a thousand.
    byline: Vec<String>,
    dates: Vec<String>,
    agencies: Vec<String>,
    captions: Vec<String>,
}

impl Grammar {
    /// One that knows `entries`, the phrases of the packs.
    pub fn of(entries: Vec<PackEntry>) -> Self {
        let of = |part: &str| {
            let of_part = entries.iter().filter(|entry| entry.section.starts_with(part));
            of_part.map(|entry| entry.phrase.clone()).collect()
        };
        Self {
            byline: of("byline"),
            dates: of("dates"),
            agencies: of("agency"),
            captions: of("caption"),
            phrases: of(""),
        }
    }

    /// A text: mostly a line, sometimes several.
    pub fn text(&self, random: &mut Random<'_>) -> String {
        let lines = if random.once_in(4) { 2 + random.below(8) } else { 1 };
        let mut text = String::new();
        for line in 0..lines {
            if line > 0 {
                text += random.pick(&["\n", "\n\n", "\r\n", "\n \n"]);
            }
            self.line(random, &mut text);
        }
        text
    }

    fn line(&self, random: &mut Random<'_>, text: &mut String) {
        let spaced = random.once_in(2);
        for piece in 0..=random.below(9) {
            if piece > 0 {
                text.push_str(if spaced || random.once_in(2) { " " } else { random.pick(&GLUE) });
            }
            self.piece(random, text);
        }
    }

    fn piece(&self, random: &mut Random<'_>, text: &mut String) {
        match random.below(22) {
            0 | 1 => self.phrase(random, &self.phrases, text),
            2 | 3 => self.phrase(random, &self.byline, text),
            4 | 5 => self.phrase(random, &self.dates, text),
            6 => self.phrase(random, &self.agencies, text),
            7 => self.phrase(random, &self.captions, text),
            8 | 9 => name(random, text),
            10 => date(random, text),
            11 => clock(random, text),
            12 => text.push_str(random.pick(&ZONES)),
            13 | 14 => text.push_str(random.pick(&NUMBERS)),
            15 => self.ago(random, text),
            16 => text.push_str(random.pick(&ADDRESSES)),
            17 => text.push_str(random.pick(&MARKUP)),
            18 => text.push_str(random.pick(&MARKS)),
            19 => text.push_str(random.pick(&WORDS)),
            20 => text.push_str(random.pick(&ORDINALS)),
            _ => (0..=random.below(3)).for_each(|_| text.push_str(random.pick(&ODD))),
        }
        // Something odd close to it.
        if random.once_in(12) {
            text.push_str(random.pick(&ODD));
        }
    }

    fn phrase(&self, random: &mut Random<'_>, of: &[String], text: &mut String) {
        let Some(phrase) = of.get(random.below(of.len().max(1))) else { return };
        match random.below(4) {
            0 => text.push_str(&phrase.to_uppercase()),
            1 => {
                let mut chars = phrase.chars();
                text.extend(chars.next().into_iter().flat_map(char::to_uppercase));
                text.push_str(chars.as_str());
            }
            _ => text.push_str(phrase),
        }
    }

    /// "2 hours ago", "vor 2 Stunden": a number between words of time.
    fn ago(&self, random: &mut Random<'_>, text: &mut String) {
        if random.once_in(2) {
            text.push_str(random.pick(&["vor ", "hace ", "il y a ", "för ", "před "]));
        }
        text.push_str(random.pick(&NUMBERS));
        text.push(' ');
        if random.once_in(2) {
            text.push_str(random.pick(&["hours", "day", "min", "minutes", "Stunden", "jours", "小时", "weeks"]));
            text.push_str(random.pick(&[" ago", " ago", "前", " read", ""]));
        } else {
            self.phrase(random, &self.dates, text);
            text.push(' ');
            self.phrase(random, &self.dates, text);
        }
    }
}

fn name(random: &mut Random<'_>, text: &mut String) {
    for _ in 0..=random.below(2) {
        text.push_str(random.pick(&GIVEN));
        text.push_str(random.pick(&[" ", " ", " ", "\u{3000}", "\u{a0}", "-", ""]));
    }
    text.push_str(random.pick(&FAMILY));
}

fn date(random: &mut Random<'_>, text: &mut String) {
    let (day, month, year) = (random.below(33), random.below(14), 1990 + random.below(40));
    let word = random.pick(&MONTHS);
    *text += &match random.below(12) {
        0 => format!("{word} {day}, {year}"),
        1 => format!("{day} {word} {year}"),
        2 => format!("{day}. {word} {year}"),
        3 => format!("{year}-{month:02}-{day:02}"),
        4 => format!("{day:02}/{month:02}/{year}"),
        5 => format!("{month}/{day}/{:02}", year % 100),
        6 => format!("{day}.{month}.{year}"),
        7 => format!("{year}年{month}月{day}日"),
        8 => format!("{word} {day}"),
        9 => format!("{day} {word}"),
        10 => format!("{word} {year}"),
        _ => format!("{year}{month:02}{day:02}T{:02}{:02}Z", day % 24, month),
    };
}

fn clock(random: &mut Random<'_>, text: &mut String) {
    let (hour, minute) = (random.below(26), random.below(62));
    *text += &match random.below(7) {
        0 => format!("{hour}:{minute:02}"),
        1 => format!("{hour:02}:{minute:02}:{:02}", random.below(62)),
        2 => format!("{hour}.{minute:02}"),
        3 => format!("{hour}h{minute:02}"),
        4 => format!("{} {}", hour % 13, random.pick(&["am", "p.m.", "PM"])),
        5 => format!("{hour}時{minute}分"),
        _ => format!("T{hour:02}:{minute:02}"),
    };
}
