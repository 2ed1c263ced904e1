#!/usr/bin/env python3
"""Makes packs/language_names.tsv: what languages are called, by code and by name.

    python -m pip install babel==2.19.0
    python training/language_names.py

Codes, English names and each language's own name are those of CLDR, which Babel carries.
"""
import pathlib

import babel.core

OUT = pathlib.Path(__file__).resolve().parent.parent / "packs" / "language_names.tsv"

HEAD = """\
# What languages are called (src/text/lang.rs). Made by training/language_names.py from CLDR (Unicode License v3). Rows: the code that documents tell (ISO 639-1, 639-3 where there is none), other codes of the language, its names.
"""

# Told as another one, whose packs serve both.
SAME = {"no": "nb", "fil": "tl", "yue": "zh", "fuc": "fuc", "mo": "ro"}

# Codes that say that there is no language, or many, or that it is not known.
NONE = {"mis", "mul", "und", "zxx"}

# Names that CLDR has not, with those of languages that it does not name.
MORE = {
    "az": "Azeri",
    "bn": "Bengali",
    "ca": "Valencian",
    "ckb": "Sorani; Sorani Kurdish",
    "dv": "Dhivehi; Maldivian",
    "el": "Modern Greek",
    "es": "Castilian; castellano",
    "fa": "Farsi",
    "fuc": "Pulaar",
    "fy": "Frisian; West Frisian",
    "ga": "Irish Gaelic",
    "gd": "Gaelic",
    "ht": "Haitian",
    "id": "Bahasa Indonesia",
    "ku": "Kurmanji",
    "ky": "Kirghiz",
    "km": "Cambodian",
    "lo": "Laotian",
    "mr": "Marathi",
    "ms": "Bahasa Melayu; Bahasa Malaysia",
    "my": "Myanmar",
    "ny": "Chichewa; Chewa",
    "nso": "Sepedi",
    "or": "Oriya",
    "pa": "Panjabi",
    "ps": "Pushto",
    "ro": "Moldovan",
    "si": "Sinhalese",
    "sl": "Slovene",
    "st": "Sesotho",
    "tl": "Pilipino",
    "ug": "Uighur",
    "zh": "Mandarin; 汉语; 漢語; 普通话; 國語; 简体中文; 繁體中文",
}


def main():
    english = babel.core.Locale("en").languages
    aliases = {old: new.split("_")[0] for old, new in babel.core.get_global("language_aliases").items() if "_" not in old}

    def told(code):
        code = code.split("_")[0]
        return SAME.get(code) or SAME.get(aliases.get(code, code)) or aliases.get(code, code)

    codes, names = {}, {}
    for code in sorted({*english, *aliases, *MORE}, key=lambda code: (len(code), code)):
        plain = code.split("_")[0]
        if plain in NONE or not 2 <= len(plain) <= 3 or not plain.isascii():
            continue
        to = told(code)
        own = {plain: 0} if plain != to else {}
        codes.setdefault(to, {}).update(own)
        found = [english.get(code, "")]
        if babel.core.localedata.exists(code):
            found.append(babel.core.Locale.parse(code).languages.get(code, ""))
        names.setdefault(to, {}).update({name: 0 for name in found if name})
    for code, more in MORE.items():
        names.setdefault(code, {}).update({name: 0 for name in more.split("; ")})
    # A code is a code first, and of two languages of one name the one with the shorter code has it.
    taken = {code: to for to, others in codes.items() for code in (to, *others)}
    rows = []
    for to in sorted(codes, key=lambda code: (len(code), code)):
        mine = []
        for name in names.get(to, ()):
            # "Hindi (Latin)" is a way to write it.
            if "(" in name or taken.setdefault(name.lower(), to) != to or name.lower() in map(str.lower, mine):
                continue
            mine.append(name)
        if mine or to in MORE:
            rows.append(f"{to}\t{' '.join(sorted(codes[to]))}\t{'; '.join(mine)}\n")
    OUT.write_text(HEAD + "".join(rows), encoding="utf-8", newline="\n")
    print(f"{len(rows)} languages, {len(taken)} codes and names")


if __name__ == "__main__":
    main()
