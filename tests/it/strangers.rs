//! Models and packs as strangers could write them: damaged, edited at random, larger than anyone needs. Each is refused with a
//! message or works, soon, and nothing panics.
//!
//! `COPYDESK_EDITS=1000 cargo test --release --features cli strangers` makes so many edits of each file instead of a few.

use copydesk::{Cleaner, CleanerBuilder, Hints, Label};

use crate::growth::cost;
use crate::memory::heap::used;
use crate::support::root;

const TEXT: &str = "Harbour tunnel closes for a month\n\nBy Ann Orla, 4 May 2016\n\nPORT ELLEN (Reuters) - The tunnel under the harbour \
    will close on Monday for at least a month, the city said. (Photo: Tom Berg)\n\nRead more: What the pumps cost\nSHARE THIS ARTICLE";

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// One to three random edits; half of them near the start, where the headers stand.
fn edited(file: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut file = file.to_vec();
    for _ in 0..1 + dice.below(3) {
        let reach = if dice.below(2) == 0 { file.len().min(1200) } else { file.len() };
        let (at, kind) = (dice.below(reach), dice.below(7));
        let some = at..(at + 1 + dice.below(8)).min(file.len());
        match kind {
            0 if !file.is_empty() => file[at] ^= 1 << dice.below(8),
            1 => drop(file.drain(some)),
            2 => file.insert(at, dice.below(256) as u8),
            3 => file[some].iter_mut().for_each(|byte| *byte = b'9'),
            4 => file.truncate(at),
            5 => {
                let copy = file[some].to_vec();
                file.splice(at..at, copy);
            }
            _ => {
                let mut lines: Vec<_> = file.split_inclusive(|byte| *byte == b'\n').collect();
                let (one, other) = (dice.below(lines.len()), dice.below(lines.len()));
                if !lines.is_empty() {
                    lines.swap(one, other);
                }
                file = lines.concat();
            }
        }
    }
    file
}

fn edits(few: usize) -> usize {
    std::env::var("COPYDESK_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(few)
}

/// Builds and cleans; gives the message of a refusal.
fn tried(builder: &mut CleanerBuilder) -> Option<String> {
    let cleaner = match builder.build() {
        Ok(cleaner) => cleaner,
        Err(error) => {
            assert!(error.is_format() || error.is_config(), "{error}");
            return Some(error.to_string());
        }
    };
    let hints = Hints::new().with_source("m.harbour.example");
    let document = cleaner.clean_with(TEXT, &hints);
    assert!(document.blocks().count() >= 5);
    for block in document.blocks() {
        let sum: f32 = block.probabilities().iter().sum();
        assert!((0.98..1.02).contains(&sum), "probabilities are numbers: {:?}", block.probabilities());
    }
    None
}

/// The files of models: as they are shipped, and with few words, so that thousands can be read.
fn models() -> Vec<(&'static str, Vec<u8>)> {
    let read = |name: &str| std::fs::read(root().join("model").join(name)).unwrap();
    let (fast, default) = (read("fast.model"), read("default.model"));
    vec![
        ("copydesk model", small_chain(&fast)),
        ("copydesk network", small_network(&default)),
        ("copydesk model", fast),
        ("copydesk network", default),
    ]
}

fn line_end(file: &[u8], lines: usize) -> usize {
    file.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(lines - 1).unwrap().0 + 1
}

fn sealed(kind: &str, rest: &[u8]) -> Vec<u8> {
    [format!("{kind} 2 crc32:{:08x}\n", crc32fast::hash(rest)).as_bytes(), rest].concat()
}

const FEW: usize = 40;

/// The header of a file, which stands in its second line, with the number of words made few; the number that it was.
fn with_few_words(file: &[u8], key: &str) -> (String, usize) {
    let header = std::str::from_utf8(&file[line_end(file, 1)..line_end(file, 2)]).unwrap();
    let (before, after) = header.split_once(&format!("\"{key}\": ")).unwrap();
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (format!("{before}\"{key}\": {FEW}{}", &after[digits..]), after[..digits].parse().unwrap())
}

fn small_chain(file: &[u8]) -> Vec<u8> {
    let (header, words) = with_few_words(file, "lexicon");
    let lexicon = &file[line_end(file, 2)..line_end(file, 2 + FEW)];
    let weights = &file[line_end(file, 2 + words)..];
    let weights = &weights[..weights.len() - (words - FEW) * Label::ALL.len() * 2];
    sealed("copydesk model", &[header.as_bytes(), lexicon, weights].concat())
}

fn small_network(file: &[u8]) -> Vec<u8> {
    let (header, words) = with_few_words(file, "words");
    let bag = 64;
    assert!(header.contains("\"bag\": 64"));
    let mut rest = header.into_bytes();
    let mut at = line_end(file, 2);
    for size in [4, bag, Label::ALL.len()] {
        rest.extend(&file[at..at + FEW * size]);
        at += words * size;
    }
    rest.extend(&file[at..]);
    sealed("copydesk network", &rest)
}

#[test]
fn a_damaged_model_is_refused() {
    let mut dice = Dice(1);
    for (_, file) in models() {
        assert_eq!(tried(Cleaner::builder().model_bytes(file.clone())), None);
        for _ in 0..edits(100) {
            let damaged = edited(&file, &mut dice);
            let said = tried(Cleaner::builder().model_bytes(damaged.clone()));
            assert!(said.is_some() || damaged == file, "an edit went through");
        }
    }
}

#[test]
fn a_sealed_model_of_anyone_is_refused_or_works() {
    let mut dice = Dice(2);
    let (mut refused, mut worked) = (0, 0);
    for (kind, file) in models() {
        let rest = &file[line_end(&file, 1)..];
        let count = if file.len() > 1 << 20 { edits(3) } else { edits(100) };
        for _ in 0..count {
            match tried(Cleaner::builder().model_bytes(sealed(kind, &edited(rest, &mut dice)))) {
                Some(_) => refused += 1,
                None => worked += 1,
            }
        }
    }
    assert!(refused > 20 && worked > 20, "{refused} were refused, {worked} worked");
}

#[test]
fn sizes_that_a_model_only_claims_cost_nothing() {
    for (kind, file) in models().into_iter().take(2) {
        let key = if kind == "copydesk model" { "lexicon" } else { "words" };
        let rest = String::from_utf8_lossy(&file[line_end(&file, 1)..line_end(&file, 2)]).into_owned();
        for claim in ["1099511627776", "18446744073709551615", "18446744073709551616", "1048576", "-1", "1e9"] {
            let header = rest.replace(&format!("\"{key}\": {FEW}"), &format!("\"{key}\": {claim}"));
            let claimed = sealed(kind, &[header.as_bytes(), &file[line_end(&file, 2)..]].concat());
            let length = claimed.len() as f64;
            let taken = used(|| assert!(tried(Cleaner::builder().model_bytes(claimed)).is_some(), "{claim}"));
            assert!((taken as f64) < 16.0 * length, "{claim}: {taken} bytes to refuse a file of {length}");
        }
    }
}

#[test]
fn transitions_too_far_apart_are_refused() {
    let (_, file) = models().swap_remove(0);
    let mut rest = file[line_end(&file, 1)..].to_vec();
    let bias = line_end(&rest, 1 + FEW);
    let transitions = bias + Label::ALL.len() * 2;
    rest[transitions..transitions + 4].copy_from_slice(&[0xff, 0x7f, 0, 0x80]);
    let said = tried(Cleaner::builder().model_bytes(sealed("copydesk model", &rest))).unwrap();
    assert!(said.contains("from -32.0 to 32.0 nats"), "{said}");
}

#[test]
fn an_edited_pack_is_refused_or_works() {
    let mut dice = Dice(3);
    let mut packs: Vec<_> =
        std::fs::read_dir(root().join("packs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    packs.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    packs.sort();
    assert!(packs.len() > 25);
    for path in packs {
        let pack = std::fs::read(path).unwrap();
        for _ in 0..edits(1) {
            let pack = String::from_utf8_lossy(&edited(&pack, &mut dice)).into_owned();
            tried(Cleaner::builder().pack("edited.toml", pack));
        }
    }
}

fn many_sites(count: usize) -> String {
    let site = |i: usize| format!("[[site]]\nsource = \"paper{i}.example\"\ncues.nav = [\"ebb and flow {i}\"]\n\n");
    (0..count).map(site).collect()
}

/// The label of the last line of a text of that source.
fn last_label(cleaner: &Cleaner, text: &str, source: &str) -> Label {
    let hints = Hints::new().with_source(source);
    cleaner.clean_with(text, &hints).blocks().last().unwrap().label()
}

#[test]
fn a_pack_of_many_sites_is_what_a_small_one_is() {
    let text = format!("{TEXT}\nEbb and flow 11111");
    let head = "[cues]\npromo = [\"the harbour letter\"]\n\n";
    for pack in [
        [head, &many_sites(20_000)].concat(),
        ["# The phrases of our site, and of each [[site]].\n", head, &many_sites(20_000)].concat(),
        // A section after the sites, and a list of sites, are read as well.
        [&many_sites(20_000), head].concat(),
        [head, &many_sites(20_000), "# '''\n"].concat(),
    ] {
        let cleaner = Cleaner::builder().pack("sites.toml", pack).build().unwrap();
        assert_eq!(last_label(&cleaner, &text, "https://www.paper11111.example/a"), Label::Nav);
        assert_eq!(last_label(&cleaner, &text, "m.paper11111.example"), Label::Nav);
        assert_ne!(last_label(&cleaner, &text, "paper11112.example"), Label::Nav);
        assert_eq!(last_label(&cleaner, "The harbour letter", "paper7.example"), Label::Promo);
    }
}

#[test]
fn what_is_wrong_with_one_of_many_sites_is_said() {
    let sites = many_sites(20_000);
    for (more, wants) in [
        ("[[site]]\nsource = \"a site\"\ncues.nav = [\"x\"]\n", &["\"a site\" names no host"][..]),
        ("[[site]]\nsauce = \"a.example\"\n", &["line 80002", "sauce"]),
        ("[[site]]\nsource = \"a.example\"\n", &["a.example has no phrase"]),
        ("[cues]\nnav = 3\n", &["line 80002"]),
    ] {
        let said = tried(Cleaner::builder().pack("sites.toml", [&sites, more].concat())).unwrap();
        assert!(wants.iter().all(|want| said.contains(want)), "{more:?}: {said}");
    }
    for list in
        ["site = []\n", "site = [{ source = \"a.example\", cues = { nav = [\"x\"] } }]\n", "\"s\\u0069te\" = []\n"]
    {
        let said = tried(Cleaner::builder().pack("sites.toml", [list, &sites].concat())).unwrap();
        assert!(said.contains("line 2"), "{list:?}: {said}");
    }
}

#[test]
fn many_phrases_cost_a_text_nothing() {
    let list = |phrase: &str| (0..20_000).map(|i| format!("\"{phrase} {i} of the quay\",\n")).collect::<String>();
    let pack = format!(
        "[cues]\npromo = [{}]\n[inline]\nread_more = [{}]\n[byline]\nlead = [{}]\nroles = [{}]\n",
        list("read letter"),
        list("read more letter"),
        list("by letter"),
        list("editor")
    );
    let (own, plain) = (Cleaner::builder().pack("many.toml", pack).build().unwrap(), Cleaner::default());
    let text = format!("{TEXT}\n").repeat(200);
    let time = |cleaner: &Cleaner| cost(|| drop(cleaner.clean(&text)));
    // They take turns, so that other work on the machine costs both; a pack that is walked through costs a hundred times as much.
    let turns: Vec<_> = (0..5).map(|_| (time(&own), time(&plain))).collect();
    assert!(turns.iter().any(|(with, without)| *with < *without * 4), "with the pack, and without: {turns:?}");
}

#[test]
fn a_pack_beyond_the_bounds_is_refused_with_what_to_do() {
    let many = |count: usize, phrase: &str| format!("[{}]", format!("\"{phrase}\",").repeat(count));
    for (pack, wants) in [
        (format!("#{}", "x".repeat(16 << 20)), &["16777217 bytes", "at most 16777216", "several packs"][..]),
        (format!("cues.nav = {}", many((1 << 20) + 1, "a")), &["1048577 phrases", "at most 1048576"]),
        (format!("caption.marks = {}", many(1, &"a".repeat(1001))), &["caption.marks", "1001 bytes", "shorten it"]),
        (format!("byline.joiners = {}", many(1001, "a")), &["byline.joiners", "1001 phrases", "at most 1000"]),
        (format!("x = {}", "[".repeat(200_000)), &["line 1", "docs/packs.md"]),
        (format!("{} = 1", ["a"; 200_000].join(".")), &["recursion limit"]),
        (format!("x = {}", "{a=".repeat(200_000)), &["line 1"]),
        (format!("{} = 1", "k".repeat(1 << 20)), &["line 1", "unknown field"]),
        (format!("cues.{} = []", "k".repeat(1 << 20)), &["is not known"]),
        (format!("dates.order = \"{}\"", "k".repeat(1 << 20)), &["order", "dmy"]),
        (format!("[[site]]\nsource = \"{}\"", "k".repeat(1 << 20)), &["names no host"]),
    ] {
        let said = tried(Cleaner::builder().pack("large.toml", pack)).unwrap();
        assert!(said.len() < 2000 && wants.iter().all(|want| said.contains(want)), "{wants:?}: {said}");
    }
    let said = tried(Cleaner::builder().pack("odd.toml", "# \u{9b}31m\nx = \"\u{9b}31m\"\n")).unwrap();
    assert!(!said.contains('\u{9b}'), "{said:?}");
}

#[test]
fn what_a_file_holds_reaches_no_terminal_as_it_is() {
    let pack = "[cues]\nad = [\"\u{202e}lellarap\"]\n\u{9b}31m = 1 # \u{61c}\n";
    let (_, shipped) = &models()[1];
    let header = std::str::from_utf8(&shipped[line_end(shipped, 1)..line_end(shipped, 2)]).unwrap();
    let (before, after) = header.split_once("\"schema\": \"").expect("the header names its schema");
    let header = format!("{before}\"schema\": \"\u{7f}\u{9b}31m\u{61c}{after}");
    let rest = [header.as_bytes(), &shipped[line_end(shipped, 2)..]].concat();
    for builder in [
        Cleaner::builder().pack("\x1b[31m.toml", pack),
        Cleaner::builder().model_bytes(sealed("copydesk network", &rest)),
    ] {
        let message = tried(builder).expect("it is refused");
        let reversed = |c: char| ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{61c}';
        assert!(!message.contains(|c: char| (c.is_control() && c != '\n') || reversed(c)), "{message:?}");
        assert!(message.contains("\\u{9b}"), "{message}");
    }
}
