"""Sound text as any language may set it: words between all the quotation marks, dashes and signs that stand beside letters.

From it the costs of sound text are learnt (`mojibake.py`), with one part of the words, and what repair does to it is counted
with the other (`benches/peers/sound.py`).
"""

import gettext
import itertools
import pathlib
import re
import zlib

# Quotation marks of all languages, as they are set; with the no-break space of French where it is.
QUOTES = [
    "“ ”", "‘ ’", "„ “", "‚ ‘", "„ ”", "‚ ’", "” ”", "’ ’", "« »", "» «", "‹ ›", "› ‹", "«\u00a0 \u00a0»", "«\u202f \u202f»", "‹\u00a0 \u00a0›", "\" \"", "' '",
    "“‘ ’”", "‘“ ”’", "„‚ ‘“", "«“ ”»", "«„ “»", "»› ‹«", "( )", "[ ]", "„ \"", "´ ´", "` ´", "‛ ’", "‟ ”",
]  # fmt: skip

# What stands after the last letter of a quotation, in front of the mark that closes it; and after that mark.
LAST = ["", "…", "!", "?", ".", ",", "—", "–", "!…", "…!", "…?", "™", "®", "%", "*"]
AFTER = ["", ",", ".", ";", ":", "…", " –", " —", "–", "—", "!", "?", ")", "¹", "²", "™", "®", "\u00a0!", "\u00a0:"]

# The same for figures.
FIGURES = ["10", "3", "1999", "2,5"]
LAST_OF_FIGURES = ["", "×", "½", "¼", "²", "°", "º", "ª", "€", "£", "¥", "¢", "%", "‰", "–", "—", "…", "+", "×…", "°C", "\u00a0€", "\u00a0%"]

# What else stands beside words: {} is a word, [] a second one. The number is how many times as often as the last it is met.
BESIDE = [
    (8, "{}… …{} {}…[] …{}… ({}…) […{}] {}…, {}…. {}…! {}…? {}…: {}…; {}….” ({}…)» {}…)» {}…– {}…-[] {}.… {}!… {}?…"),
    (8, "{}–[] {}—[] {}‑[] –{} —{} {}– {}— {}–, {}—, —{}— –{}– ({}–[]) {}…— {}…–[] {}—… {}-[] {}/[] {}–[]–{}"),
    (8, "“{}”–“[]” «{}»–«[]» “{}”—[] “{}”/“[]” „{}“–„[]“ {}-“[]” {}-«[]» “{}”-[] «{}»-[] „{}“-[]"),
    (8, "{}’s {}’ ’{} {}’[] l’{} d’{} L’{} D’{} ‘{} {}‘s ‘{}’s “{}’s {}’s” {}’” ’{}’ {}ʼ[] {}'s"),
    (8, "{}\u00a0: {}\u00a0; {}\u00a0! {}\u00a0? {}\u00a0% {}\u00a0» «\u00a0{} {}\u00a0– {}\u00a0— –\u00a0{} —\u00a0{} {}\u00a0… …\u00a0{} {}\u00a0( {}\u00a0€"),
    (12, "{}\u00a0[] {}\u00a0[]. \u00a0{} {}\u00a0 {}\u00a0\u00a0 {}\u00a0\u00a0[] {}\u00a0\u00a0\u00a0[] {},\u00a0[] {}.\u00a0[] {}:\u00a0[] {}\u00a010 10\u00a0{} {}\u00a0| {}\u00a0/\u00a0[] {}\u00a0&\u00a0[]"),
    (2, "{}\u202f: {}\u202f! {}\u202f? {}\u202f% {}\u202f» «\u202f{} {}\u2009[] {}\u2009–\u2009[] {}\u00ad[] {}\u00ad- {}\u200b[] \u200b{} {}\u200b \ufeff{} {}\u200e \u200f{}"),
    (3, "{}™ {}® {}© ©{} ©\u00a0{} ®{} {}™s {}®, {}™. ({}™) {}™–[] {}™… {}®… {}©… {}™-[] {}®-[] {}®™"),
    (0.3, "√{} ∞{} {}∞ {}≈[] ≥{} ≤{} {}≠[] µ{}"),
    (0.5, "{}° {}² {}³ {}¹ {}¹, {}². {}”¹ {}»² {}º {}ª {}.º n.º\u00a0{} nº\u00a0{} {}²–[] {}°C ({}²) {}¹⁰ {}₂ {}⁰ {}′ {}″ 10°–{} 5°\u00a0{}"),
    (2, "{}× ×{} {}×[] {}×, 3×{} {}×3 10× 10×—{} 4×{} {}×. 2×2 ({}×) {}÷[] ±{} {}± ({}±[]) ¬{} {}·[] {}\u00a0·\u00a0[] {}\u00a0×\u00a0[]"),
    (2, "§{} §\u00a0{} §§{} ¶{} {}¶ †{} {}† {}†, ‡{} {}‡ {}‰ {}• •{} •\u00a0{} {}\u00a0•[] {}\u00a0•\u00a0[] · {}· ·{} {}\u00a0| ▪{} ●{} ■{} ►{} {}► →{} {}→ ←{} ★{} {}★ №{} №\u00a0{} {}|[]"),
    (2, "€{} £{} ¥{} €\u00a0{} 3×€20 €10/{} £1m–{} $\u00a0{} (€10)\u00a0{} 10€/{} {}₽ {}₴ {}₹ ½\u00a0{} ½-{} 1½\u00a0{} ({}½)"),
    (4, "¿{}? ¡{}! “¿{}?” «¡{}!» ¿“{}”? (¿{}?) ¿{}…? ¡{}…! ¿¡{}!? —¿{}? —¡{}! …¿{}?"),
    (1, "¨{}¨ {}¨ {}´ ´{} {}´[] {}`[] {}~ ~{} ˜{} {}¯ {}¸ {}_[] {}&[] #{} @{} {}@[].org {}.[] *{}* **{}** {}** ¦{} {}¦ {}\u00a0¦\u00a0[]"),
]  # fmt: skip

# What may stand before and after such a word in its line.
AROUND = ["{}", "{}.", "[] {}", "{} []", "[] {} []", "– {}", "[], {} – []", "“[] {}”", "([] {})", "1. {}", "[]: {}"]


def contexts():
    """(context, how often it is met) of everything above."""
    found = {context: weight for weight, line in BESIDE for context in line.split(" ")}
    for quotes in QUOTES:
        opening, closing = quotes.split(" ")
        for last in LAST:
            found[opening + "{}" + last + closing] = 4
        for after in AFTER:
            found[opening + "{}" + closing + after] = 4
        for figure, last in itertools.product(FIGURES, LAST_OF_FIGURES):
            found[opening + figure + last + closing + " {}"] = 0.25
        found[opening + "[] {}" + closing] = found[opening + "{}" + closing + " []"] = found["{} " + opening + "[]" + closing] = 4
    return found


def translations():
    """(language, line) of Django's translations, a hundred languages."""
    import django

    root = pathlib.Path(django.__file__).parent
    for path in sorted(root.glob("**/LC_MESSAGES/*.mo")):
        with open(path, "rb") as file:
            for text in gettext.GNUTranslations(file)._catalog.values():
                for line in re.sub(r"%\(\w+\)\w|%\w|\{\w*\}|<[^>]*>", "12", text).split("\n"):
                    if "charset=" not in line:
                        yield path.parts[-3].split("_")[0], line


def is_blind(word):
    """Whether a word is kept for counting: a fifth of them."""
    return zlib.crc32(word.lower().encode()) % 5 == 0


def words(blind):
    """Words by language; half of those kept hold letters outside ASCII, where a language has such."""
    found = {}
    for language, line in translations():
        for word in re.findall(r"[^\W\d_]{2,}", line):
            if is_blind(word) == blind:
                found.setdefault(language, {})[word.lower()] = not word.isascii()
    return {language: sorted(of, key=lambda word: (not of[word], zlib.crc32(word.encode()))) for language, of in sorted(found.items())}
