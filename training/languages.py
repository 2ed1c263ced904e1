#!/usr/bin/env python3
"""Makes packs/languages.toml: the frequent words, endings and letters by which languages are told.

    python training/languages.py           (needs ../shared)
    python training/languages.py --half    learns from half of the stories, so that the other half can test

They are counted in stories of each language. A word is taken when it is among the commonest of its language and several
stories use it; it then stands with every language that uses it at least an eighth as often, because what sets a language
apart from its neighbour is a word that the neighbour has not. Languages of which there are no stories stand below.
"""
import argparse
import collections
import functools
import hashlib
import json
import textwrap
import unicodedata

from shared import HERE, SHARED

OUT = HERE.parent / "packs" / "languages.toml"
STORIES = SHARED / "data" / "prose" / "dev.jsonl"

WORDS, ENDINGS = 110, 90  # of each language, before those of its neighbours are added
FEW, PART = 3, 0.25  # stories that use a word, and which part of them
NEIGHBOUR = 8  # times as seldom
NAME = 0.6  # of a word's uses with a capital: more, and it is a name
LETTER = 3e-4  # of all letters
ENDING, LONG = 3, 6  # letters of an ending, and of the shortest word that has one

# Told as the language before the hyphen: its packs serve both.
FORMS = {"yue": "zh-yue", "prs": "fa-prs"}
# Its stories are in two alphabets, which have no word in common.
TWO_ALPHABETS = {"sr"}

# Told by script (src/text/language.rs).
BY_SCRIPT = set("dv el gu hy ka km kn ko lo ml my pa si ta te th".split())

# Of these there are no stories: share, letters, words, all by hand.
WRITTEN = {
    "as": (40, "অআইঈউএঐওকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযলশষসহািীুূৃেৈোৌ্ংঁৎড়ঢ়য়ৰৱ়", "আৰু এই কৰা হৈছে পৰা এটা তেওঁ যে কৰে হয় বাবে লগতে ইয়াৰ এক কৰিছে এজন আছে অসম কৰি হ'ব নাই"),
    "ast": (40, "áéíñóúüḥḷ", "de la el que y en los les a del un una con por nun yá pa na al foi son más como se lo ye esti esta tamién ente dende hai fai tien hasta col pela polos pol nos so munchu dempués"),
    "br": (40, "ùñêâ", "ar an ur er eus da a zo evit gant ha war e ez eo ket ne hag en o un hon met ivez gwechall bet oa bloaz dre tud anezho vez evel pe bro kêr brezhoneg"),
    "ceb": (40, "", "ang sa nga og mga ni kay usa ug si iyang ko ako siya wala dili kini kaniadtong ilang didto unya aron kon nila apan gikan niini nako usab adunay niadtong ngadto alang tungod"),
    "eo": (35, "ĉĝĥĵŝŭ", "la kaj de estas en al ne por kiu el li ili kun ke sur ĝi mi kiel ankaŭ oni tio pri sed plej kiuj pli per estis post ĉi unu tiu ĉu kiam jam aŭ inter ĝis dum"),
    "fy": (40, "âêîôûúéëï", "de en fan it in is dat te yn op foar mei net ek oan as hy har by út noch wurde nei hat oer dy ha troch om se wie mar ferline der wol hawwe dizze jier binne"),
    "gd": (40, "àèìòù", "an na agus a air tha airson aig am gu chan bha de gun anns iad nan seo ri le e ann leis nach sin ach gum bidh bho do às ag fhèin thuirt aca dha robh daoine"),
    "ht": (40, "èòà", "nan yo ki ak pou te yon la li pa nou sa an gen se l ou ap mwen moun sou fè tout kap nan peyi k kote lè ayiti men anpil pi genyen fèt jan depi"),
    "jv": (35, "éèåê", "ing lan sing kang saka iki kanggo karo ora ana uga dadi menyang nanging bisa wis iku tau marang dening utawa nalika kang wong amarga supaya luwih durung kabeh lagi"),
    "la": (30, "āēīōūæœ", "et in est non ad cum ut sed quod qui ab ex de quae esse per sunt atque aut ac si hoc enim eius autem nec quam etiam anno eo ne erat pro fuit inter quo post nam"),
    "ln": (35, "áéíóúâêîôûɛɔ", "ya na ba ezali mpe te oyo bato mpo ndenge yango kasi nde ye bango nyonso azali soki lokola ezalaki wana biso mokolo moko kati bazali likolo"),
    "oc": (40, "àáçèéíïòóúü", "de la e lo a que los en per es las un una del dins amb son al dels se aquel çò tanben pas mai coma foguèt sus sens aquela aital pels fòrça entre qu'es"),
    "pap": (40, "áèéíñòóúùü", "di e ku na a ta un i pa no nan ku el su por den kon tin lo mas ken ora riba tabata nos mester hasi bai esaki awor entre te fo'i pais aki ainda"),
    "su": (35, "é", "nu jeung di anu ku ieu éta ka pikeun teu aya dina jadi ti mah bisa téh oge ogé geus lain kana urang saperti loba kudu tina ayeuna nya keur euweuh"),
    "yi": (35, "אַאָבּבֿגדהוװױזחטייִײײַכּכלמםנןסעפּפֿצץקרשׂתּ־ְִֵֶַָֹּֿׁׂ", "און די איז דער צו פון אין א האט דאס מיט זיך נישט ניט אז וואס ער אויף פאר זיי אבער האבן זיין אויך איך ווי מען געווען צום דעם האָט מיר"),
}

HEAD = """\
# By what languages are told (src/text/language.rs). Made by training/languages.py; counts of words alone, CC0.
#
# words: the commonest, nearly all of them grammar, in small letters. endings: the last three letters of longer words.
# letters: those outside ASCII. What several languages use stands with each: that keeps a language from being taken for its
# neighbour. share: how many words, endings and words of its letters a hundred words of the language have.
"""

UNSPACED = [(0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3041, 0x30FF), (0x3400, 0x4DBF),
            (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]


@functools.cache
def kind(c):
    """"one" for a character that is a word by itself, "part" for one that words are made of."""
    if any(first <= ord(c) <= last for first, last in UNSPACED):
        return "one"
    return "part" if unicodedata.category(c)[0] in "LMN" else None


@functools.cache
def small(c):
    return {"’": "'", "İ": "i", "ı": "i"}.get(c) or c.lower()[0]


def split(text):
    """The words of a text, as src/text/words.rs splits them, but with their capitals."""
    word = ""
    for c, after in zip(text, text[1:] + " "):
        if kind(c) == "part" or word and c in "'’" and kind(after) == "part":
            word += c
            continue
        if word:
            yield word
        word = ""
        if kind(c) == "one":
            yield c
    if word:
        yield word


def words_of(text):
    """Pairs of a word in small letters and whether it has a capital."""
    for word in split(unicodedata.normalize("NFC", text)):
        if not (word.isascii() and word.isdecimal()):
            yield "".join(map(small, word)), word[0].isupper()


def ending(word):
    return "-" + word[-ENDING:] if len(word) >= LONG else None


def marks(word):
    """What a word counts as: itself and its ending."""
    return [word] + ([ending(word)] if len(word) >= LONG else [])


def letters_of(word):
    return [c for c in word if "\x7f" < c < "\u3000" and kind(c) == "part"]


def in_half(record):
    """Of the half that is learnt from. The stories of a collection in many languages are the same ones: all or none."""
    return hashlib.sha256(record["id"].split("/", 1)[1].encode()).digest()[0] % 2 == 0


def form(record):
    code = record["lang"]
    if code in TWO_ALPHABETS and sum(c.isascii() for c in record["text"] if c.isalpha()) * 2 > sum(map(str.isalpha, record["text"])):
        return code + "-latn"
    return FORMS.get(code, code)


class Language:
    def __init__(self):
        self.stories, self.words, self.characters = [], 0, 0
        self.marks, self.in_stories, self.names = collections.Counter(), collections.Counter(), collections.Counter()
        self.letters, self.letters_in_stories = collections.Counter(), collections.Counter()

    def add(self, words):
        words = list(words)
        self.names.update(w for w, capital in words if capital)
        words = [w for w, _ in words]
        self.stories.append(words)
        self.words += len(words)
        self.characters += sum(map(len, words))
        found = [m for w in words for m in marks(w) if not any(c.isnumeric() for c in m)]
        self.marks.update(found)
        self.in_stories.update(set(found))
        letters = [c for w in words for c in letters_of(w)]
        self.letters.update(letters)
        self.letters_in_stories.update(set(letters))

    def rates(self):
        return {m: n / self.words for m, n in self.marks.items() if self.in_stories[m] >= 2}

    def commonest(self, rates):
        least = max(FEW, PART * len(self.stories))
        common = (m for m in rates if self.in_stories[m] >= least and self.names[m] <= NAME * self.marks[m])
        order = sorted(common, key=lambda m: (-rates[m], m))
        return [m for m in order if m[0] != "-"][:WORDS] + [m for m in order if m[0] == "-"][:ENDINGS]

    def alphabet(self):
        least = max(2, 0.1 * len(self.stories))
        return {c for c, n in self.letters.items() if n >= LETTER * self.characters and self.letters_in_stories[c] >= least}


def learn(records):
    """For each language its share, its letters and its marks in order of frequency."""
    languages = collections.defaultdict(Language)
    for record in records:
        languages[form(record)].add(words_of(record["text"]))
    rates = {code: language.rates() for code, language in languages.items()}
    often = {}
    for code, language in languages.items():
        if code not in BY_SCRIPT:
            for mark in language.commonest(rates[code]):
                often[mark] = max(often.get(mark, 0), rates[code][mark])
    learnt = {}
    for code, language in languages.items():
        if code in BY_SCRIPT:
            continue
        mine = {m: r for m, r in rates[code].items() if m in often and r * NEIGHBOUR >= often[m]}
        letters = language.alphabet()
        learnt[code] = (share(language.stories, mine, letters), "".join(sorted(letters)), sorted(mine, key=lambda m: (-mine[m], m)))
    for code, (part, letters, words) in WRITTEN.items():
        letters = "".join(sorted(set(unicodedata.normalize("NFC", letters)) - {"־"}))
        learnt[code] = (part, letters, list(dict.fromkeys(w for w, _ in words_of(words))))
    return learnt


def share(stories, marks_known, letters):
    """What two in three stories have of a language's marks, for a hundred words."""
    parts = []
    for words in stories:
        hits = sum(m in marks_known for w in words for m in marks(w))
        hits += sum(bool(letters_of(w)) and letters.issuperset(letters_of(w)) for w in words)
        parts.append(100 * hits // max(1, len(words)))
    return sorted(parts)[len(parts) // 3]


def show(learnt):
    out = [HEAD]
    for code in sorted(learnt):
        part, letters, found = learnt[code]
        out.append(f"[{code}]\nshare = {part}\nletters = \"{letters}\"")
        for name, listed in (("words", [m for m in found if m[0] != "-"]), ("endings", [m[1:] for m in found if m[0] == "-"])):
            out.append(f'{name} = """\n' + textwrap.fill(" ".join(listed), 120, break_long_words=False, break_on_hyphens=False) + '"""')
        out.append("")
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--half", action="store_true", help="learn from half of the stories")
    args = parser.parse_args()
    if not STORIES.exists():
        print(f"skipped: the stories are not there ({STORIES}); set COPYDESK_SHARED to the folder that holds data/")
        return
    with open(STORIES, encoding="utf-8") as lines:
        records = [r for r in map(json.loads, lines) if not args.half or in_half(r)]
    learnt = learn(records)
    OUT.write_text(show(learnt), encoding="utf-8")
    print(len(records), "stories,", len(learnt), "languages,", sum(len(found) for _, _, found in learnt.values()), "words and endings")


if __name__ == "__main__":
    main()
