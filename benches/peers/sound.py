"""What repair does to sound text, beside ftfy: words of many languages in all the quotation marks, dashes and signs that stand
beside letters, and pairs of one letter and one mark.

    python3 benches/peers/sound.py                  lines of words; --words 40 makes more than ten million
    python3 benches/peers/sound.py --ftfy 100000    so many of them by chance, by ftfy too
    python3 benches/peers/sound.py --pairs          all letters and marks of Latin-1 and windows-1252 in twelve contexts, by both

Needs `pip install ftfy django`. The words are those of Django's translations that training/mojibake.py does not learn from.
"""

import argparse
import collections
import itertools
import pathlib
import random
import sys
import unicodedata

from copydesk import Normalizer

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "training"))
import typography  # noqa: E402

OFF = dict.fromkeys("entities control terminal_escapes surrogates line_breaks spaces zero_width ligatures widths soft_hyphens dehyphenate".split(), False)
OURS = Normalizer(bidi="keep", marks=None, form="none", **OFF)

PAIR_CONTEXTS = ["{}", "a{}", "{}a", "a{}a", "A{}A", "ab {} cd", "ab {}", "“{}”", "«a{}»", "1{}2", "Ab{}, cd", "AB{} CD"]


def lines(count, languages):
    """(context, line), in an order that is always the same."""
    contexts = list(typography.contexts())
    rng = random.Random(3)
    for language, known in typography.words(blind=True).items():
        if len(known) < 60 or languages and language not in languages:
            continue
        chosen = known[:count]
        seconds = [word for word in known if word not in chosen[: count // 2]] or known
        for word in chosen:
            cases = [word, word.capitalize(), word.upper()] if word.upper() != word else [word]
            for context, cased in itertools.product(contexts, cases):
                around = rng.choice(typography.AROUND)
                for frame in ("{}", around) if around != "{}" else ("{}",):
                    second = rng.choice(seconds)
                    second = second.upper() if cased.isupper() else second
                    yield context, language, frame.replace("{}", context).replace("[]", second).replace("{}", cased)


def script(c):
    return unicodedata.name(c, "?").split(" ")[0] if c.isalpha() else ""


def other_script(line, new):
    """Whether letters of a script stand in `new` that are not in `line`, or characters that are no text."""
    made = set(new) - set(line)
    scripts = {script(c) for c in line if c.isalpha()}
    return any(unicodedata.category(c) in ("Cn", "Co", "Cc", "Cs") or c.isalpha() and script(c) not in scripts for c in made)


def sound(words, languages=None, show=0):
    """What becomes of the lines: how many are changed, and changed to another script; the contexts and languages of those."""
    counts, shown = collections.Counter(), collections.Counter()
    by_context, by_language = collections.Counter(), collections.Counter()
    batch = []

    def flush():
        # Each line is judged by itself.
        made = OURS.normalize("\n".join(line for _, _, line in batch)).text.split("\n")
        for (context, language, line), new in zip(batch, made, strict=True):
            counts["lines"] += 1
            if new == line:
                continue
            counts["changed"] += 1
            by_context[context] += 1
            by_language[language] += 1
            if other_script(line, new):
                counts["to another script"] += 1
            shown[context] += 1
            if shown[context] <= show:
                print(f"{language} {context}\n  {line!r}\n  {new!r}")
        batch.clear()

    for row in lines(words, languages):
        batch.append(row)
        if len(batch) == 50_000:
            flush()
    flush()
    return counts, by_context, by_language


def beside_ftfy(options):
    import ftfy

    rng = random.Random(4)
    chosen = []
    for i, row in enumerate(lines(options.words, options.language)):
        if len(chosen) < options.ftfy:
            chosen.append(row)
        elif (k := rng.randrange(i + 1)) < options.ftfy:
            chosen[k] = row
    ours = theirs = both = 0
    for _, _, line in chosen:
        a, b = OURS.normalize(line).text != line, ftfy.fix_encoding(line) != line
        ours, theirs, both = ours + a, theirs + b, both + (a and b)
    print(f"{len(chosen):,} lines: changed by copydesk {ours:,}, by ftfy {theirs:,}, by both {both:,}")


def pairs(show=0):
    """How many pairs are changed, as ftfy changes them or not."""
    import ftfy

    high = {chr(code) for code in range(0xA0, 0x100)} | {c for byte in range(0x80, 0xA0) if (c := bytes([byte]).decode("cp1252", "ignore"))}
    letters = sorted(c for c in high if c.isalpha()) + ["×", "÷"]
    marks = sorted(c for c in high)
    counts, shown = collections.Counter(), collections.Counter()
    for first, mark in itertools.product(letters, marks):
        for pair, context in itertools.product((first + mark, mark + first), PAIR_CONTEXTS):
            line = context.replace("{}", pair)
            ours = OURS.normalize(line).text
            counts["lines"] += 1
            if ours == line:
                continue
            counts["changed"] += 1
            theirs = ftfy.fix_encoding(line)
            if theirs == ours:
                counts["as ftfy changes them"] += 1
            else:
                counts["ftfy leaves them" if theirs == line else "ftfy changes them otherwise"] += 1
                shown[first, mark] += 1
                if shown[first, mark] <= show:
                    print(f"{line!r} {ours!r} {theirs!r}")
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=10, help="of each language")
    parser.add_argument("--language", action="append", help="these only")
    parser.add_argument("--ftfy", type=int, help="so many lines, beside ftfy")
    parser.add_argument("--pairs", action="store_true", help="pairs of a letter and a mark")
    parser.add_argument("--show", type=int, default=0, help="so many of each kind")
    options = parser.parse_args()
    if options.pairs:
        counts = pairs(options.show)
        print(", ".join(f"{key}: {count:,}" for key, count in counts.items()), f"({counts['changed'] / counts['lines']:.2%})")
    elif options.ftfy:
        beside_ftfy(options)
    else:
        counts, by_context, by_language = sound(options.words, options.language, options.show)
        share = counts["changed"] / counts["lines"]
        print(f"{counts['lines']:,} lines, {counts['changed']:,} changed ({share:.4%}), {counts['to another script']:,} of them to another script")
        print("by context", by_context.most_common(12))
        print("by language", by_language.most_common(12))


if __name__ == "__main__":
    main()
