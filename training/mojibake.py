"""Tables by which mojibake is told: python3 training/mojibake.py [--fold N] > src/text/repair/encoding/tables.rs

What single-byte encodings hold comes from Python's codecs, what a character is from unicodedata. What stands next to what
in real text is counted in Django's translations (a hundred languages; `pip install -r training/requirements.txt`) and the labelled texts,
without the publishers of fold N. Counted are kinds of characters: no word leaves this script.
"""

import argparse
import collections
import json
import math
import random
import re
import sys
import unicodedata

import shared
import typography

# As ftfy and Python name them; ftfy does not know iso-8859-15. The first stands for Latin-1 too, whose C1 controls it reads as well.
CODECS = [
    ("cp1252", "sloppy-windows-1252"), ("cp1251", "sloppy-windows-1251"), ("cp1250", "sloppy-windows-1250"),
    ("cp1253", "sloppy-windows-1253"), ("cp1254", "sloppy-windows-1254"), ("cp1257", "sloppy-windows-1257"),
    ("iso8859-2", "iso-8859-2"), ("iso8859-15", "iso-8859-15"), ("mac-roman", "macroman"), ("cp437", "cp437"),
]  # fmt: skip

# Kinds of characters. The order is that of the tables. Marks that are set in different places are different kinds.
KINDS = [
    "SPACE", "LOWER", "UPPER", "DIGIT", "OPEN", "STOP", "QUOTE", "HYPHEN", "ASCII_SIGN",
    "LATIN_LOWER", "LATIN_UPPER", "LATIN_ODD", "GREEK_LOWER", "GREEK_UPPER", "CYRILLIC_LOWER", "CYRILLIC_UPPER",
    "CYRILLIC_ODD", "HEBREW", "ARABIC", "INDIC", "THAI", "KANA", "HAN", "HANGUL", "GEORGIAN", "ARMENIAN", "RARE", "MARK",
    "OPENING", "SINGLE_OPENING", "CLOSING", "APOSTROPHE", "LOW_QUOTE", "LEFT_GUILLEMET", "RIGHT_GUILLEMET", "DASH", "MINUS",
    "ELLIPSIS", "BULLET", "MIDDLE_DOT", "NO_BREAK", "INVISIBLE", "SOFT_HYPHEN", "EURO", "CURRENCY", "DEGREE", "ORDINAL",
    "SUPERSCRIPT", "TRADEMARK", "COPYRIGHT", "SECTION", "DAGGER", "PERMILLE", "FRACTION", "INVERTED", "ACCENT", "TIMES",
    "PLUS_MINUS", "MATHS", "BAR", "BOX", "PICTURE", "EMOJI", "WIDE", "CONTROL", "LOST", "NOTHING", "CAPITALS", "LATIN_CAPITALS",
    "A_TILDE", "A_CIRCUMFLEX", "ROOT",
]  # fmt: skip
KIND = {name: i for i, name in enumerate(KINDS)}

CHOSEN = {
    "OPENING": "“‟", "SINGLE_OPENING": "‘‛", "CLOSING": "”", "APOSTROPHE": "’ʼ", "LOW_QUOTE": "„‚", "LEFT_GUILLEMET": "«‹",
    "RIGHT_GUILLEMET": "»›", "DASH": "–—―", "MINUS": "‐‑‒−", "ELLIPSIS": "…", "BULLET": "•∙‣◦▪●■►", "MIDDLE_DOT": "·",
    "NO_BREAK": "\u00a0\u202f", "SOFT_HYPHEN": "\u00ad", "EURO": "€£", "DEGREE": "°", "ORDINAL": "ªº", "SUPERSCRIPT": "²³¹",
    "TRADEMARK": "™®", "COPYRIGHT": "©", "SECTION": "§¶", "DAGGER": "†‡", "PERMILLE": "‰′″№", "FRACTION": "¼½¾⅓⅔⅛",
    "INVERTED": "¿¡", "ACCENT": "ˆ˜´¨¯¸ˇ˘˙˛˝΄΅ʹ͵", "TIMES": "×", "PLUS_MINUS": "±÷¬",
    "ROOT": "√", "MATHS": "∂∞≈≠≤≥∑∏∫∆◊⁄≡⌠⌡ⁿµΩ", "LOST": "\ufffd", "INVISIBLE": "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff",
    "LATIN_ODD": "ƒⁱ", "A_TILDE": "Ã", "A_CIRCUMFLEX": "Â", "BAR": "¦", "QUOTE": "\"'`",
    # Of Cyrillic, what Russian does not have.
    "CYRILLIC_ODD": "ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐґЄєЇїІіјЅѕ",
}  # fmt: skip
CHOSEN = {c: name for name, chars in CHOSEN.items() for c in chars}

SCRIPTS = [
    ("HEBREW", "HEBREW"), ("ARABIC", "ARABIC"), ("THAI", "THAI"), ("LAO", "THAI"), ("GEORGIAN", "GEORGIAN"),
    ("ARMENIAN", "ARMENIAN"), ("HIRAGANA", "KANA"), ("KATAKANA", "KANA"), ("CJK UNIFIED", "HAN"), ("HANGUL", "HANGUL"),
    ("CJK COMPATIBILITY IDEOGRAPH", "HAN"), ("DEVANAGARI", "INDIC"), ("BENGALI", "INDIC"), ("GURMUKHI", "INDIC"),
    ("GUJARATI", "INDIC"), ("ORIYA", "INDIC"), ("TAMIL", "INDIC"), ("TELUGU", "INDIC"), ("KANNADA", "INDIC"),
    ("MALAYALAM", "INDIC"), ("SINHALA", "INDIC"),
]  # fmt: skip


def kind(c):
    """The name of the kind of a character."""
    code = ord(c)
    if c in CHOSEN:
        return CHOSEN[c]
    if c in " \t\n\r":
        return "SPACE"
    category = unicodedata.category(c)
    if code < 0x80:
        if c.isalpha():
            return "UPPER" if c.isupper() else "LOWER"
        if c.isdigit():
            return "DIGIT"
        if c in "([{<":
            return "OPEN"
        if c in ".,;:!?)]}>":
            return "STOP"
        return "HYPHEN" if c in "-/" else "CONTROL" if category == "Cc" else "ASCII_SIGN"
    if code < 0xA0:
        return "CONTROL"
    if category in ("Cn", "Cs", "Cc"):
        return "NOTHING"
    if category == "Co":
        return "PICTURE"
    if category == "Sc":
        return "CURRENCY"
    if category in ("Zs", "Zl", "Zp", "Cf"):
        return "INVISIBLE"
    name = unicodedata.name(c, "")
    for start, script in SCRIPTS:
        if name.startswith(start):
            return script if script in ("HAN", "HANGUL") or is_in_use(c) else "RARE"
    if 0x300 <= code < 0x370 or 0xFE00 <= code < 0xFE10:
        return "MARK"
    for script in ("LATIN", "GREEK", "CYRILLIC"):
        if name.startswith(script):
            if script == "LATIN" and not (code < 0x180 or code in LATIN_MORE or 0x1E00 <= code < 0x1F00):
                return "LATIN_ODD"
            if script == "CYRILLIC" and code > 0x45F:
                return "CYRILLIC_ODD"
            return f"{script}_UPPER" if category in ("Lu", "Lt") else f"{script}_LOWER"
    if category[0] == "L":
        return "RARE"
    if 0x2500 <= code < 0x25A0:
        return "BOX"
    if 0x1F000 <= code < 0x1FB00 or 0x2600 <= code < 0x27C0 or code in (0x2B50, 0x2B55):
        return "EMOJI"
    if 0x3000 <= code < 0x3040 or 0xFF00 <= code < 0xFFF0 or code == 0x30FB:
        return "WIDE"
    if category[0] == "M" or category == "Nd":
        return "RARE"
    return "PICTURE"


# What real text holds, and how many characters of each script: the others, as the marks of scripture, are hardly met.
_seen = set()
_of_script = collections.Counter()


def is_in_use(c):
    return c in _seen or _of_script[unicodedata.name(c).split(" ")[0]] < 10


# Of the later Latin blocks: what Romanian, Azeri, Vietnamese, Pinyin, and some African languages write.
LATIN_MORE = {ord(c) for c in "ȘșȚțƏəƠơƯưǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜƁɓƊɗƘƙƴƳɛƐɔƆŋŊ"}

FEWEST = 12  # uses of a character before its own count is believed
# After capitals a capital is one of several.
AMONG_CAPITALS = {KIND["UPPER"]: KIND["CAPITALS"], KIND["LATIN_UPPER"]: KIND["LATIN_CAPITALS"]}
CAPITALS = {*AMONG_CAPITALS, *AMONG_CAPITALS.values()}

END = 0xE0200  # after the last character that is no private one
EIGHTHS = 8  # costs are in eighths of a bit
DEAREST = 15 * EIGHTHS  # what was never seen may still be seen


def cost(share):
    return max(0, min(DEAREST, round(-EIGHTHS * math.log2(share))))


def articles(without):
    from publishers import fold

    for name in ("corpus", "dev", "silver"):
        for row in open(shared.data(name), encoding="utf-8"):
            row = json.loads(row)
            if without is not None and fold(row["publisher_key"]) == without:
                continue
            yield from row["text"].split("\n") if "text" in row else row["lines"]


# UTF-8 read as windows-1252, for a look: such lines are not real text.
DAMAGE = re.compile(r"[a-zß-ÿ]Ã|(?:^| )Ã |[ÂÃÄÅÎÏÐÑØÙ][\u0080-\u00bf€ƒ‚„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ](?<!Â»)|â€|ï»¿|ðŸ|[\u0080-\u009f\ufffd]")


def variants(line, rng):
    """A line as it is, and in capitals."""
    yield line, 8
    if rng.random() < 0.25:
        yield line.upper(), 3


# How much the lines weigh in which words stand among all the marks that may stand beside them.
TYPOGRAPHY = 6e6
# And how many words of a language.
WORDS = 12


def set_words():
    """Such lines, of the words that are not kept for counting (benches/peers/sound.py), by language."""
    contexts = typography.contexts()
    rng = random.Random(2)
    for language, known in typography.words(blind=False).items():
        lines = []
        for word in known[:WORDS] + rng.sample(known, min(WORDS, len(known))):
            for context, weight in contexts.items():
                for cased in dict.fromkeys((word, word.capitalize(), word.upper())):
                    second = rng.choice(known)
                    second = second.upper() if cased.isupper() else second
                    around = rng.choice(typography.AROUND)
                    lines.append((around.replace("{}", context).replace("[]", second).replace("{}", cased), weight))
        yield language, lines


SIGNS = """20 °C, 5° N, ±5 %, 3 × 4, 10 ÷ 2, ≥ 10, ≤ 3, ≠ 0, ≈ 12, √2, ∞, 5 µm, 10 m², 3 m³, Ω, ∆t, ∑, ∏, ∂x, ∫
½ l, 2½, ¼, ¾, § 5, §§ 3, ¶, † 1999, ‡, ‰, 5‰, €5, 5 €, 5€, £100, £ 5, ¥300, ¢50, $5, US$ 5, 12 £m, 1º, 2ª, 3.º, n°, nº 5, № 5
Kia™ ora, Acme®, © 2021 Acme, (c), "a" 'b', <b>, [c], {d}, a@b.c, #x, 50%, x_y, ~5, a|b, a/b, 1:0, x = y, C++, &c
├── src, │ x │, └── y, ┌──┐, ╔══╗, ║ z ║, ─────, █████, ░░░, ■ ■, ● a, ▶ b, → c, ← d, ↑, ↓, ✓ e, ✔, ★★★, ♥, 😀 f 😀😀, 👍, g😂, ⚽️ h
１２３，ＡＢ！, 「あ」、『い』。, 漢字（かな）, 中文：“引”, 他说：“好。”, ¿Qué?, ¡No!, „a“ ‚b‘ »c« ›d‹, a…b, “a…”, ‘’, “‘a’”""".replace("\n", ", ").split(", ")


def count(fold):
    pairs = collections.defaultdict(float)
    uses = collections.defaultdict(float)

    def add(line, weight):
        last = KIND["SPACE"]
        for c in line:
            this = KIND[kinds(c)]
            if last in CAPITALS:
                this = AMONG_CAPITALS.get(this, this)
            pairs[last, this] += weight
            uses[c] += weight
            last = this
        pairs[last, KIND["SPACE"]] += weight

    rng = random.Random(1)
    by_language = collections.defaultdict(list)
    for language, line in typography.translations():
        by_language[language].append(line)
    sources = [(lines, 1e6) for _, lines in sorted(by_language.items())]
    sources.append((list(articles(fold)), 3e7))
    _seen.update(c for lines, _ in sources for line in lines if not DAMAGE.search(line) for c in line)
    _of_script.update(unicodedata.name(c, "?").split(" ")[0] for c in _seen)
    for lines, weight in sources:
        lines = [unicodedata.normalize("NFC", line) for line in lines if line and not DAMAGE.search(line)]
        weight /= sum(map(len, lines)) * 8
        for line in lines:
            for variant, share in variants(line, rng):
                add(variant, weight * share)
    of_words = dict(set_words())
    for lines in of_words.values():
        weight = TYPOGRAPHY / len(of_words) / sum(len(line) * often for line, often in lines)
        for line, often in lines:
            add(line, weight * often)
    for sign in SIGNS * 2:
        add(sign, 150)
    print(f"{len(by_language)} languages, {sum(map(len, by_language.values()))} translations", file=sys.stderr)
    return pairs, uses


def alphabets():
    """(code, languages as bits) of the Latin letters outside ASCII of languages that have such."""
    texts = collections.defaultdict(collections.Counter)
    for language, line in typography.translations():
        texts[language].update(c for c in unicodedata.normalize("NFC", line.lower()) if c.isalpha())
    written = []
    for counts in texts.values():
        total = sum(counts.values())
        written.append({c for c, n in counts.items() if ord(c) >= 0x80 and n >= max(2, total * 2e-4) and unicodedata.name(c, "").startswith("LATIN")})
    written = [alphabet for alphabet in written if alphabet][:64]
    codes = sorted({ord(case) for alphabet in written for c in alphabet for case in (c, c.upper()) if len(case) == 1 and ord(case) >= 0x80})
    return [(code, sum(1 << i for i, alphabet in enumerate(written) if chr(code).lower() in alphabet)) for code in codes]


_cache = {}


def kinds(c):
    if c not in _cache:
        _cache[c] = kind(c)
    return _cache[c]


def high(codec):
    """What bytes 80 to FF are; the C1 control of the same number where the encoding has nothing."""
    for byte in range(0x80, 0x100):
        try:
            yield bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            yield chr(byte)


def rows(numbers, width=118):
    line = "   "
    for number in numbers:
        if len(line) + len(str(number)) + 2 > width:
            yield line
            line = "   "
        line += f" {number},"
    yield line


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--fold", type=int, help="a fold whose publishers are not learnt from")
    options = parser.parse_args()
    if not shared.reach():
        return
    pairs, uses = count(options.fold)
    n = len(KINDS)
    total = sum(pairs.values())
    into = [sum(pairs[a, b] for a in range(n)) / total for b in range(n)]
    from_ = [sum(pairs[a, b] for b in range(n)) for a in range(n)]
    # What was never seen is taken for a 100 times rarer than chance would have it.
    prior = 2000.0
    size = collections.Counter()
    runs = []
    for code in range(END):
        name = "NOTHING" if 0xD800 <= code < 0xE000 else kinds(chr(code))
        size[name] += 1
        if not runs or runs[-1][1] != KIND[name]:
            runs.append((code, KIND[name]))
    runs.append((END, KIND["NOTHING"]))
    out = ["// Made by training/mojibake.py; do not edit.", "", "#![cfg_attr(rustfmt, rustfmt_skip)]", ""]
    out += ["/// Names of the encodings, as Python and ftfy write them.", f"pub(super) const CODECS: [&str; {len(CODECS)}] = ["]
    out += [f'    "{name}",' for _, name in CODECS] + ["];", ""]
    out += ["/// What each encoding has at bytes 80 to FF.", f"pub(super) const HIGH: [[u16; 128]; {len(CODECS)}] = ["]
    for codec, name in CODECS:
        out += [f"    // {name}", "    ["] + ["    " + row for row in rows((ord(c) for c in high(codec)), 114)] + ["    ],"]
    out += ["];", "", "/// How many kinds of characters there are.", f"pub(super) const KINDS: usize = {n};", ""]
    out += [f"pub(super) const {name}: u8 = {KIND[name]};" for name in USED]
    scripts = [next((i for i, kinds in enumerate(SAME_SCRIPT, 1) if name in kinds), 0) for name in KINDS]
    out += ["", "/// The script of each kind of letters; 0 are signs, and Greek, whose letters are signs in other scripts."]
    out += [f"pub(super) const SCRIPTS: [u8; {n}] = ["] + list(rows(scripts)) + ["];"]
    out += ["", "pub(super) const LATIN: u8 = 1;", f"pub(super) const SCRIPT_COUNT: usize = {len(SAME_SCRIPT) + 1};"]
    out += ["", "/// Where a kind begins that goes on until the next begins.", f"pub(super) static RUNS: [(u32, u8); {len(runs)}] = ["]
    out += list(rows(f"({code}, {k})" for code, k in runs)) + ["];", ""]
    out += ["/// What it costs, in eighths of a bit, that the kind of the row stands before that of the column."]
    out += [f"pub(super) const PAIRS: [[u8; {n}]; {n}] = ["]
    never = KIND["NOTHING"]
    for a in range(n):
        row = []
        for b in range(n):
            chance = max(into[b], 1e-6)
            share = (pairs[a, b] + prior * chance * 0.05 + 0.02) / (from_[a] + prior)
            row.append(255 if never in (a, b) else cost(share))
            # A control is a byte of another layer.
            if "CONTROL" in (KINDS[a], KINDS[b]) and never not in (a, b):
                row[-1] = 16 if a == b else 40 if KINDS[a] == "CONTROL" else 72
        out += [f"    // {KINDS[a]}", "    ["] + ["    " + r for r in rows(row, 114)] + ["    ],"]
    out += ["];", ""]

    in_kind = collections.defaultdict(float)
    for c, weight in uses.items():
        in_kind[kinds(c)] += weight
    letters = alphabets()
    out += ["/// Letters of Latin and the languages that write them, one bit each."]
    out += [f"pub(super) const ALPHABETS: [(u16, u64); {len(letters)}] = ["] + list(rows(f"({code}, {of})" for code, of in letters)) + ["];", ""]
    default, own = [], []
    wanted = {c for codec, _ in CODECS for c in high(codec)} | {c for c, weight in uses.items() if weight >= FEWEST and ord(c) >= 0x80}
    for name in KINDS:
        chars = [c for c in wanted if kinds(c) == name and ord(c) >= 0x80]
        if KIND[name] <= KIND["ASCII_SIGN"] or name in ("NOTHING", "CAPITALS", "LATIN_CAPITALS"):
            default.append(0)
            continue
        # Half of what is believed goes by what was seen, a little to every character alike.
        seen = in_kind[name]
        even = 0.02 / min(size[name], 3000)
        default.append(cost(even if seen else 1 / min(size[name], 3000)))
        if name in LARGE:
            default[-1] = cost(1 / LARGE[name])
            continue
        for c in chars:
            own.append((ord(c), cost((uses[c] / seen if seen else 0) * 0.98 + even)))
    out += ["/// What it costs that a character of this kind is just this one, if it has no cost of its own."]
    out += [f"pub(super) const COSTS: [u8; {n}] = ["] + list(rows(default)) + ["];", ""]
    own.sort()
    out += ["/// Characters with a cost of their own.", f"pub(super) const OWN: [(u16, u8); {len(own)}] = ["]
    out += list(rows(f"({code}, {c})" for code, c in own if code < 0x10000)) + ["];"]
    own16 = sum(code < 0x10000 for code, _ in own)
    text = "\n".join(out).replace(f"OWN: [(u16, u8); {len(own)}]", f"OWN: [(u16, u8); {own16}]")
    print(text)


# Kinds whose characters are taken for alike, with how many are in use.
LARGE = {
    "HAN": 4000, "HANGUL": 1500, "KANA": 80, "ARABIC": 50, "HEBREW": 27, "INDIC": 80, "THAI": 60, "GEORGIAN": 40, "ARMENIAN": 60,
    "RARE": 3000, "EMOJI": 400, "WIDE": 30, "PICTURE": 2000, "MARK": 30,
}  # fmt: skip

SAME_SCRIPT = [
    {"LOWER", "UPPER", "LATIN_LOWER", "LATIN_UPPER", "A_TILDE", "A_CIRCUMFLEX", "CAPITALS", "LATIN_CAPITALS"},
    {"CYRILLIC_LOWER", "CYRILLIC_UPPER", "CYRILLIC_ODD"}, {"KANA", "HAN", "HANGUL"}, {"LATIN_ODD"}, {"HEBREW"}, {"ARABIC"}, {"INDIC"}, {"THAI"},
    {"GEORGIAN"}, {"ARMENIAN"}, {"RARE"}, {"MARK"},
]  # fmt: skip

# Kinds that the code speaks of.
USED = ["SPACE", "UPPER", "LATIN_UPPER", "GREEK_LOWER", "GREEK_UPPER", "INVISIBLE", "ACCENT", "MATHS", "BOX", "PICTURE", "WIDE", "CONTROL", "NOTHING", "CAPITALS", "LATIN_CAPITALS"]

if __name__ == "__main__":
    main()
