//! Texts made of one thing over and over: the kinds of things that copydesk knows, in four arrangements.

/// A thing that is repeated: its name, and itself.
pub type Kind = (&'static str, &'static str);

pub const KINDS: [Kind; 108] = [
    // Lines that a reader of pages knows.
    ("byline", "By Jane Alder"),
    ("byline with role", "By Jane Alder, Senior Editor | Editing by Tom Berg"),
    ("byline with e-mail", "By Jane Alder (jane.alder@paper.example)"),
    ("byline in capitals", "BY JANE ALDER"),
    ("byline with agencies", "Nora Quill, AFP/Reuters"),
    ("German byline", "Von Jörg Öztürk und Ann Li"),
    ("Chinese byline", "责任编辑：李丽"),
    ("Japanese byline", "山田　太郎 記者"),
    ("caption", "The harbour of Orla on Monday. (AFP photo)"),
    ("caption with sides", "Ann Li (L), Tom Berg (C) and Nora Quill (R) at the gate. AP Photo/Jane Alder"),
    ("credit", "Photo: Getty Images"),
    ("credit in brackets", "[Photo by Ann Li/Reuters]"),
    ("dateline", "PARIS, May 4 (Reuters) - It rained."),
    ("dateline with a dash", "PORT ELLEN, Scotland — "),
    ("dateline in the East", "【新华社北京5月4日电】"),
    ("dateline alone", "BERLIN (dpa)"),
    ("headline", "Harbour tunnel closes for a month"),
    ("headline with site", "Harbour tunnel closes | The Orla Times"),
    ("share bar", "Share this article Facebook Twitter WhatsApp"),
    ("related", "READ MORE: The tunnel will open again in May"),
    ("inline advertisement", "[Advertisement] Story continues below"),
    ("footnote", "rain[1]"),
    ("embed", "pic.twitter.com/aB3dE5fG7h"),
    ("comments", "5 comments"),
    ("copyright", "© 2016 The Orla Times. All rights reserved."),
    ("navigation", "Home News Sport Weather"),
    // Times.
    ("timestamp", "Published 3 May 2016 09:30 GMT"),
    ("two timestamps", "Published 3 May 2016, updated 4 May 2016 09:30"),
    ("ISO time", "2016-05-04T09:30:00+01:00"),
    ("numeric date", "03/04/2016"),
    ("month and day", "May 4"),
    ("weekday", "Monday"),
    ("clock", "9:30 p.m. ET"),
    ("relative time", "2 hours ago"),
    ("German relative time", "vor 2 Stunden"),
    ("Chinese date", "2016年5月4日"),
    ("Arabic date", "٤ مايو ٢٠١٦"),
    ("year", "2016"),
    // Addresses, marks of markup.
    ("URL", "https://www.paper.example/news/2016/05/tunnel?id=7"),
    ("bare host", "www.paper.example"),
    ("e-mail", "jane@paper.example"),
    ("handle", "@janealder"),
    ("hashtag", "#harbour"),
    ("tag", "<b>"),
    ("open tag", "<a href=\""),
    ("tag and end", "<p>rain</p>"),
    ("comment of HTML", "<!-- "),
    ("left angle", "<"),
    ("Markdown link", "[rain](https://paper.example/a)"),
    ("Markdown image", "![rain](a.jpg)"),
    ("Markdown bracket", "]("),
    ("Markdown emphasis", "**rain**"),
    ("stars", "*"),
    ("underscores", "_"),
    ("backquotes", "`"),
    ("number signs", "# "),
    // Entities and escapes.
    ("entity", "&amp;"),
    ("entity of entities", "&amp;amp;amp;amp;lt;"),
    ("number entity", "&#x27;"),
    ("broken entity", "&#"),
    ("ampersand", "&"),
    ("entity of a mark", "e&#769;"),
    ("OSC with its end", "\u{1b}]0;title\u{7}"),
    ("OSC without end", "\u{1b}]0;"),
    ("CSI", "\u{1b}[1;31m"),
    ("CSI without end", "\u{1b}[1;"),
    ("C1 CSI", "\u{9b}31m"),
    ("ESC", "\u{1b}"),
    ("NUL", "\0"),
    ("replacement", "\u{fffd}"),
    // Line ends and spaces.
    ("carriage return", "\r"),
    ("CR LF", "\r\n"),
    ("line separator", "\u{2028}"),
    ("next line", "\u{85}"),
    ("form feed", "\u{c}"),
    ("space", " "),
    ("tab", "\t"),
    ("no-break space", "\u{a0}"),
    ("ideographic space", "\u{3000}"),
    // Characters that do something to others, or nothing to be seen.
    ("combining mark", "\u{301}"),
    ("letter with marks", "e\u{301}\u{323}"),
    ("soft hyphen", "\u{ad}"),
    ("zero-width space", "\u{200b}"),
    ("joiner", "\u{200d}"),
    ("byte order mark", "\u{feff}"),
    ("embedding", "\u{202b}"),
    ("isolate", "\u{2067}a"),
    ("Arabic with joiner", "می\u{200c}شود"),
    ("family of emoji", "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}"),
    ("Hangul jamo", "\u{1112}\u{1161}\u{11ab}"),
    // Mojibake and forms.
    ("mojibake pair", "Ã©"),
    ("mojibake quote", "â€™"),
    ("mojibake twice", "ÃƒÂ©"),
    ("mojibake in Cyrillic", "РїСЂРёРІРµС‚"),
    ("mojibake start", "Ã"),
    ("ligature", "ﬁ"),
    ("full width", "ＡＢＣ！"),
    ("half-width katakana", "ｶﾞ"),
    ("dotted capital", "İ"),
    // Punctuation, numbers, letters.
    ("opening bracket", "("),
    ("brackets", "()"),
    ("quotes", "\u{201c}rain\u{201d}"),
    ("bar", "|"),
    ("dash", "—"),
    ("digit", "7"),
    ("one letter", "a"),
    ("eight letters", "harbours"),
    ("Chinese", "海港隧道将关闭一个月"),
];

/// Kinds of ordinary text: nothing in them is a field, furniture inside a line, or in need of repair.
const ORDINARY: [&str; 10] = [
    "headline",
    "headline with site",
    "share bar",
    "comments",
    "copyright",
    "navigation",
    "digit",
    "one letter",
    "eight letters",
    "Chinese",
];

/// The most bytes that may be held for each byte of a text of a kind: 12 for ordinary lines; 40 where they have fewer than eight
/// bytes, as a line of one letter is a block too; 80 for texts that are nothing but fields, furniture or damage: whatever is
/// found, cut out or mended is held with its place, in 24 to 32 bytes, and lists that grow have room for twice as much.
pub fn most_memory(kind: &str, text: &str) -> f64 {
    let lines = text.matches('\n').count().max(1);
    match (ORDINARY.contains(&kind), text.len() / lines < 8) {
        (true, false) => 12.0,
        (true, true) => 40.0,
        (false, _) => 80.0,
    }
}

/// How a kind fills a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// All of it on one line without end.
    Endless,
    /// One a line.
    Lines,
    /// A line of it, then a line of ordinary text.
    Alternating,
    /// Sixteen to a line.
    Sixteen,
}

impl Arrangement {
    #[allow(dead_code, reason = "the tests take one or two")]
    pub const ALL: [Self; 4] = [Self::Endless, Self::Lines, Self::Alternating, Self::Sixteen];

    #[allow(dead_code, reason = "for the tables of the bench")]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Endless => "one endless line",
            Self::Lines => "one a line",
            Self::Alternating => "in turn with text",
            Self::Sixteen => "sixteen to a line",
        }
    }

    /// About `size` bytes of `token`.
    pub fn text(self, token: &str, size: usize) -> String {
        // Words need a space between; what is made of signs may stand close, as it does in damaged text.
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let glue = if is_word(token.chars().next()) && is_word(token.chars().next_back()) { " " } else { "" };
        let mut text = String::with_capacity(size + 512);
        let mut prose = PROSE.lines().cycle();
        while text.len() < size {
            match self {
                Self::Endless => text.extend([token, glue]),
                Self::Lines => text.extend([token, "\n"]),
                Self::Alternating => text.extend([token, "\n", prose.next().unwrap_or_default(), "\n"]),
                Self::Sixteen => {
                    (0..16).for_each(|_| text.extend([token, glue]));
                    text.push('\n');
                }
            }
        }
        text
    }
}

/// About `size` bytes of ordinary text, to compare with.
pub fn prose(size: usize) -> String {
    let mut text = String::with_capacity(size + 512);
    for line in PROSE.lines().cycle() {
        if text.len() >= size {
            break;
        }
        text.extend([line, "\n\n"]);
    }
    text
}

const PROSE: &str = "\
The tunnel under the harbour will close on Monday for at least a month, the city said, because the pumps that keep it dry have reached the end of their lives.
Engineers found cracks in three of the four pumps last week, and the mayor said that nobody wanted to find out how long the fourth would hold.
“We have known since the winter that this day would come,” said Nora Quill, who has looked after the pumps for eleven years. “The ferries will be full.”
Some 40,000 people use the tunnel every day. Buses will go around by the old bridge, which takes 25 minutes longer, and the ferry company has promised a boat every ten minutes in the morning.
Shopkeepers on the north bank fear for their trade, as the last closure in 2009 cost them a third of it, and two cafés did not open again.
The city council meets on Thursday to decide who pays for the new pumps, which are to come from a yard in Port Ellen and cost 12.5 million.
";
