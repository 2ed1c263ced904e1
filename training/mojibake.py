"""Tables by which mojibake is told: python3 training/mojibake.py [--fold N] > src/text/repair/encoding/tables.rs

What single-byte encodings hold comes from Python's codecs, what a character is from unicodedata. What stands next to what
in real text is counted in Django's translations (a hundred languages; `pip install -r training/requirements.txt`) and the labelled texts,
without the publishers of fold N. Counted are kinds of characters: no word leaves this script.
"""

import argparse
import collections
import gettext
import json
import math
import pathlib
import random
import re
import sys
import unicodedata

import shared

# As ftfy and Python name them; ftfy does not know iso-8859-15. The first stands for Latin-1 too, whose C1 controls it reads as well.
CODECS = [
    ("cp1252", "sloppy-windows-1252"), ("cp1251", "sloppy-windows-1251"), ("cp1250", "sloppy-windows-1250"),
    ("cp1253", "sloppy-windows-1253"), ("cp1254", "sloppy-windows-1254"), ("cp1257", "sloppy-windows-1257"),
    ("iso8859-2", "iso-8859-2"), ("iso8859-15", "iso-8859-15"), ("mac-roman", "macroman"), ("cp437", "cp437"),
]  # fmt: skip

# Kinds of characters. The order is that of the tables.
KINDS = [
    "SPACE", "LOWER", "UPPER", "DIGIT", "OPEN", "STOP", "QUOTE", "HYPHEN", "ASCII_SIGN",
    "LATIN_LOWER", "LATIN_UPPER", "LATIN_ODD", "GREEK_LOWER", "GREEK_UPPER", "CYRILLIC_LOWER", "CYRILLIC_UPPER",
    "CYRILLIC_ODD", "HEBREW", "ARABIC", "INDIC", "THAI", "KANA", "HAN", "HANGUL", "GEORGIAN", "ARMENIAN", "RARE", "MARK",
    "OPENING", "CLOSING", "LOW_QUOTE", "LEFT_GUILLEMET", "RIGHT_GUILLEMET", "DASH", "ELLIPSIS", "BULLET", "NO_BREAK",
    "INVISIBLE", "SOFT_HYPHEN", "CURRENCY", "SIGN", "FRACTION", "INVERTED", "ACCENT", "MATHS", "BOX", "PICTURE", "EMOJI", "WIDE",
    "CONTROL", "LOST", "NOTHING", "CAPITALS", "LATIN_CAPITALS",
]  # fmt: skip
KIND = {name: i for i, name in enumerate(KINDS)}

CHOSEN = {
    "OPENING": "“‘‛‟", "CLOSING": "”’", "LOW_QUOTE": "„‚", "LEFT_GUILLEMET": "«‹", "RIGHT_GUILLEMET": "»›",
    "DASH": "–—―‐‑‒−", "ELLIPSIS": "…", "BULLET": "•·∙‣◦▪●■", "NO_BREAK": "\u00a0\u202f", "SOFT_HYPHEN": "\u00ad",
    "SIGN": "°ªº™®©§¶†‡²³¹‰№′″", "FRACTION": "¼½¾⅓⅔⅛", "INVERTED": "¿¡", "ACCENT": "ˆ˜´¨¯¸ˇ˘˙˛˝΄΅ʹ͵",
    "MATHS": "√∂∞≈≠≤≥÷×±¬∑∏∫∆◊⁄≡⌠⌡ⁿµΩ", "LOST": "\ufffd", "INVISIBLE": "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff",
    "LATIN_ODD": "ƒ¦ⁱ", "QUOTE": "\"'`",
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
            return script
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


# Of the later Latin blocks: what Romanian, Azeri, Vietnamese, Pinyin, and some African languages write.
LATIN_MORE = {ord(c) for c in "ȘșȚțƏəƠơƯưǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜƁɓƊɗƘƙƴƳɛƐɔƆŋŊ"}

FEWEST = 12  # uses of a character before its own count is believed
# Behind capitals a capital is one of several.
AMONG_CAPITALS = {KIND["UPPER"]: KIND["CAPITALS"], KIND["LATIN_UPPER"]: KIND["LATIN_CAPITALS"]}
CAPITALS = {*AMONG_CAPITALS, *AMONG_CAPITALS.values()}

EIGHTHS = 8  # costs are in eighths of a bit
DEAREST = 15 * EIGHTHS  # what was never seen may still be seen


def cost(share):
    return max(0, min(DEAREST, round(-EIGHTHS * math.log2(share))))


def translations():
    import django

    root = pathlib.Path(django.__file__).parent
    for path in sorted(root.glob("**/LC_MESSAGES/*.mo")):
        with open(path, "rb") as file:
            for text in gettext.GNUTranslations(file)._catalog.values():
                for line in re.sub(r"%\(\w+\)\w|%\w|\{\w*\}|<[^>]*>", "12", text).split("\n"):
                    if "charset=" not in line:
                        yield path.parts[-3], line


def articles(without):
    from publisher import fold

    for name in ("corpus", "dev", "silver"):
        for row in open(shared.data(name), encoding="utf-8"):
            row = json.loads(row)
            if without is not None and fold(row["publisher_key"]) == without:
                continue
            yield from row["text"].split("\n") if "text" in row else row["lines"]


# UTF-8 read as windows-1252, for a look: such lines are not real text.
DAMAGE = re.compile(r"[ÂÃÄÅÎÏÐÑØÙ][\u0080-\u00bf€ƒ‚„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ](?<!Â»)|â€|ï»¿|ðŸ|[\u0080-\u009f\ufffd]")

QUOTES = "“” ‘’ „“ ‚‘ «» »« ‹› „” ”” ’’ \"\" ''".split()
BEHIND = "… ’s ’ ” “ ™ ® ° ² ³ ¹ ª º © » « – — ‘ : · ”. ’, »,".split()


def variants(line, rng):
    """A line as it is, in capitals, and with the marks that any language may put about its words."""
    yield line, 8
    if rng.random() < 0.25:
        yield line.upper(), 3
    if rng.random() < 0.5:
        words = (line.upper() if rng.random() < 0.4 else line).split(" ")
        for i, word in enumerate(words):
            chance = rng.random()
            if not word or chance > (0.16 if word.isupper() else 0.08):
                continue
            if chance < 0.03 or chance > 0.12:
                quotes = rng.choice(QUOTES)
                words[i] = quotes[0] + word + quotes[1]
            elif chance < 0.06 or chance > 0.08:
                words[i] = word + (BEHIND[1].upper() if word.isupper() and rng.random() < 0.2 else rng.choice(BEHIND))
            elif chance < 0.07:
                words[i] = rng.choice(("– ", "— ", "¿", "¡", "© ", "• ", "…", "l’", "d’", "l'")) + word
            else:
                words[i] = word + rng.choice((" –", " —", " …", "\u00a0", "\u00a0»", "\u00a0:", "\u00a0–", " ·", "­"))
        yield " ".join(words), 4


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
    for language, line in translations():
        by_language[language.split("_")[0]].append(line)
    sources = [(lines, 1e6) for _, lines in sorted(by_language.items())]
    sources.append((list(articles(fold)), 3e7))
    for lines, weight in sources:
        lines = [unicodedata.normalize("NFC", line) for line in lines if line and not DAMAGE.search(line)]
        rng.shuffle(lines)
        weight /= sum(map(len, lines)) * 8
        for line in lines:
            for variant, share in variants(line, rng):
                add(variant, weight * share)
    for sign in SIGNS * 2:
        add(sign, 150)
    print(f"{len(by_language)} languages, {sum(map(len, by_language.values()))} translations", file=sys.stderr)
    return pairs, uses


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
    for code in range(0x30000):
        name = "NOTHING" if 0xD800 <= code < 0xE000 else kinds(chr(code))
        size[name] += 1
        if not runs or runs[-1][1] != KIND[name]:
            runs.append((code, KIND[name]))
    runs.append((0x30000, KIND["NOTHING"]))
    # Small gaps between the rarer characters count as theirs.
    kept = []
    for i, (code, k) in enumerate(runs):
        small = i + 1 < len(runs) and runs[i + 1][0] - code <= 8 and code >= 0x530
        if small and k == KIND["NOTHING"] or kept and kept[-1][1] == k:
            continue
        kept.append((code, k))
    runs = kept

    out = ["// Made by training/mojibake.py; do not edit.", "", "#![cfg_attr(rustfmt, rustfmt_skip)]", ""]
    out += ["/// Names of the encodings, as Python and ftfy write them.", f"pub(super) const CODECS: [&str; {len(CODECS)}] = ["]
    out += [f'    "{name}",' for _, name in CODECS] + ["];", ""]
    out += ["/// What each encoding has at bytes 80 to FF.", f"pub(super) const HIGH: [[u16; 128]; {len(CODECS)}] = ["]
    for codec, name in CODECS:
        out += [f"    // {name}", "    ["] + ["    " + row for row in rows((ord(c) for c in high(codec)), 114)] + ["    ],"]
    out += ["];", "", "/// How many kinds of characters there are.", f"pub(super) const KINDS: usize = {n};", ""]
    out += [f"pub(super) const {name}: u8 = {KIND[name]};" for name in USED]
    out += ["", "/// Where a kind begins that goes on until the next begins.", f"pub(super) const RUNS: [(u32, u8); {len(runs)}] = ["]
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

# Kinds that the code speaks of.
USED = ["SPACE", "UPPER", "LATIN_UPPER", "CURRENCY", "SIGN", "NO_BREAK", "CONTROL", "CAPITALS", "LATIN_CAPITALS"]

if __name__ == "__main__":
    main()
