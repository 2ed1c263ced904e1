"""What of damaged text is restored, beside ftfy and plsfix; and what of sound text is changed.

    python3 benches/peers/mojibake.py             restored, by kind of damage and by encoding
    python3 benches/peers/mojibake.py --clean     lines that are changed by copydesk and left by ftfy, and the reverse

Needs `pip install ftfy plsfix`, and the shared texts (COPYDESK_SHARED). Damage is made of their lines, as ftfy's list of
encodings has it: whole lines in one and two layers, half a line, one word; with no-break spaces turned to spaces, and
with bytes that the encoding does not have turned to U+FFFD.
"""

import argparse
import collections
import json
import pathlib
import random
import sys

import ftfy
import ftfy.bad_codecs
from copydesk import Normalizer

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "training"))
import shared  # noqa: E402

ENCODINGS = [
    "latin-1", "sloppy-windows-1252", "sloppy-windows-1251", "sloppy-windows-1250", "sloppy-windows-1253",
    "sloppy-windows-1254", "sloppy-windows-1257", "iso-8859-2", "macroman", "cp437",
]  # fmt: skip
STRICT = {"sloppy-windows-" + n: "cp" + n for n in ("1252", "1251", "1250", "1253", "1254", "1257")}

# Invented, for languages that have few lines among the shared ones.
SENTENCES = {
    "el": [
        "Ο δήμος ανακοίνωσε χθες ότι η γέφυρα θα μείνει κλειστή.", "«Δεν φοβόμαστε», είπε η Άννα στους δημοσιογράφους.",
        "Η θερμοκρασία έφτασε τους 41 βαθμούς στην Ήπειρο.", "Ώρα για αλλαγές στο λιμάνι – λένε οι ψαράδες",
        "Έκλεισε το παλιό τυπογραφείο ύστερα από εκατό χρόνια.", "ΑΘΗΝΑ: Νέα δρομολόγια πλοίων από Δευτέρα",
    ],
    "tr": [
        "Belediye, köprünün yarın kapanacağını açıkladı.", "İstanbul’da yağış akşam saatlerinde bekleniyor.",
        "“Şehrimizi çok seviyoruz” dedi öğretmen Ayşe Işık.", "Çiftçiler ürünlerini pazara götüremedi.",
        "GÜNEYDOĞU’DA KAR YAĞIŞI", "Ağrı’nın zirvesine üç dağcı ulaştı – güçlükle.",
    ],
    "lt": [
        "Vilniaus senamiestyje šią savaitę vyks knygų mugė.", "„Mes nebijome žiemos“, – sakė žvejys Jonas Žukauskas.",
        "Ąžuolas prie mokyklos nuvirto per audrą.", "Kainos įsigaliojo nuo pirmadienio, rašo laikraštis.",
        "ŠIAULIAI. Atidarytas naujas dviračių takas", "Ežere rasta reta žuvų rūšis, džiaugiasi mokslininkai.",
    ],
    "lv": [
        "Rīgas ostā vakar ienāca pirmais kuģis no Šveices.", "“Mēs gaidām pavasari,” teica skolotāja Ilze Bērziņa.",
        "Ķegumā atklāja jaunu tiltu pār upi.", "Ļoti stiprs vējš lauza kokus Kurzemē – ziņo dienests.",
        "JŪRMALA. Brīvdienās gaidāms sniegs", "Ģimene atrada senu monētu dārzā.",
    ],
    "vi": [
        "Thành phố sẽ mở lại cây cầu cũ vào thứ Hai tới.", "“Chúng tôi rất vui,” ông Nguyễn Văn Đức nói với báo chí.",
        "Mưa lớn gây ngập ở nhiều tuyến đường.", "Ở Đà Nẵng, chợ đêm đông khách trở lại.",
        "HÀ NỘI: Giá vé tàu điện tăng từ tháng sau", "Học sinh được nghỉ học vì bão – sở giáo dục cho biết.",
    ],
    "hu": [
        "A város vezetése szerint a híd őszre elkészül.", "„Nem félünk a hótól” – mondta Erős Ágnes tanárnő.",
        "Űrhajós látogatott a győri iskolába.", "Több száz ember várt a hűvös reggelen a piacon.",
    ],
    "cs": [
        "Radnice včera oznámila, že most zůstane zavřený.", "„Máme velkou radost,“ řekla učitelka Šárka Dvořáková.",
        "Část řidičů zůstala stát kvůli sněhu.", "Žáci vysadili u školy třicet stromů – lípy a duby.",
    ],
    "ro": [
        "Primăria a anunțat că podul rămâne închis până luni.", "„Suntem fericiți”, a spus învățătoarea Ștefania Țăranu.",
        "Îngheț și ceață în această dimineață la munte.", "Școala din sat are acum o bibliotecă nouă.",
    ],
    "bg": [
        "Общината съобщи вчера, че мостът остава затворен.", "„Не се страхуваме от зимата“, каза учителката.",
        "Щъркелите се върнаха по-рано тази година – орнитолози.", "Ще има ли нови линии на градския транспорт?",
    ],
    "he": [
        "העירייה הודיעה אתמול שהגשר יישאר סגור.", "„אנחנו לא מפחדים“, אמרה המורה רות.", "נמצא מטבע עתיק בגינה – מומחים",
    ],
    "hi": [
        "नगर निगम ने कहा कि पुल सोमवार तक बंद रहेगा।", "“हम बहुत खुश हैं,” शिक्षिका ने पत्रकारों से कहा।",
        "पहाड़ों में तेज़ बारिश से सड़कें बंद।",
    ],
    "th": ["เทศบาลประกาศเมื่อวานนี้ว่าสะพานจะปิดจนถึงวันจันทร์", "“เรามีความสุขมาก” ครูบอกกับนักข่าว", "ฝนตกหนักทำให้ถนนหลายสายปิด"],
}  # fmt: skip


def lines():
    """(language, line) of the shared texts and the sentences above, each once."""
    seen = set()
    for name in ("dev", "corpus", "silver", "dev.pages"):
        for row in open(shared.data(name), encoding="utf-8"):
            row = json.loads(row)
            for line in row["text"].split("\n") if "text" in row else row["lines"]:
                line = line.strip()
                if line and line not in seen:
                    seen.add(line)
                    yield row.get("lang") or "?", line
    for language, sentences in SENTENCES.items():
        for line in sentences:
            yield language, line


def damage(text, *encodings):
    for encoding in encodings:
        text = text.encode("utf-8").decode(encoding)
    return text


def strict(text, encoding):
    """What a decoder makes of it that puts U+FFFD where its encoding has nothing, and what can be had back."""
    codec = STRICT.get(encoding)
    if codec is None:
        return None
    damaged = text.encode("utf-8").decode(codec, "replace")
    if "\ufffd" not in damaged:
        return None
    want = "".join(c if "\ufffd" not in c.encode("utf-8").decode(codec, "replace") else "\ufffd" for c in text)
    return damaged, want


def cases(sample, rng):
    """(kind, encoding, language, damaged, want)"""
    for language, chosen in sorted(sample.items()):
        for i, line in enumerate(chosen):
            words = line.split(" ")
            for encoding in ENCODINGS:
                whole = damage(line, encoding)
                yield "whole", encoding, language, whole, line
                if "\u00a0" in whole and "\u00a0" not in line:
                    yield "spaces", encoding, language, whole.replace("\u00a0", " "), line
                lossy = strict(line, encoding)
                if lossy:
                    yield "lost", encoding, language, *lossy
                odd = [n for n, word in enumerate(words) if not word.isascii()]
                if len(words) > 3:
                    half = len(words) // 2
                    first = " ".join(words[:half])
                    if not first.isascii():
                        yield "half", encoding, language, damage(first, encoding) + line[len(first) :], line
                if len(odd) > 1:
                    n = rng.choice(odd)
                    yield "word", encoding, language, " ".join(words[:n] + [damage(words[n], encoding)] + words[n + 1 :]), line
            for k in range(8):
                inner, outer = ENCODINGS[(i * 8 + k) // 10 % 10], ENCODINGS[(i * 8 + k) % 10]
                yield "two layers", f"{inner} + {outer}", language, damage(line, inner, outer), line


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clean", action="store_true", help="sound lines, not damaged ones")
    parser.add_argument("--lines", type=int, default=50, help="of each language")
    parser.add_argument("--show", type=int, default=0, help="so many differences of each kind")
    parser.add_argument("--cache", help="a file for ftfy's answers, which take most of the time")
    parser.add_argument("--languages", action="store_true", help="by language too")
    options = parser.parse_args()
    if not shared.reach():
        return
    off = dict.fromkeys("entities control terminal_escapes surrogates line_breaks spaces zero_width ligatures widths soft_hyphens dehyphenate".split(), False)
    ours = Normalizer(bidi="keep", marks=None, form="none", **off)
    answers = {}
    cache = pathlib.Path(options.cache) if options.cache else None
    if cache and cache.exists():
        answers = json.loads(cache.read_text("utf-8", "surrogatepass"))
    known = len(answers)

    def theirs(text):
        if text not in answers:
            answers[text] = ftfy.fix_encoding(text)
        return answers[text]

    if options.clean:
        clean(ours, theirs, options)
    else:
        restored(ours, theirs, options)
    if cache and len(answers) > known:
        cache.write_text(json.dumps(answers, ensure_ascii=True))


def clean(ours, theirs, options):
    counts = collections.Counter()
    for language, line in lines():
        counts["lines"] += 1
        mine, other = ours.normalize(line).text, theirs(line)
        if mine == other:
            counts["equal"] += 1
            counts["changed by both"] += mine != line
            continue
        kind = "copydesk only" if other == line else "ftfy only" if mine == line else "both, differently"
        counts[kind] += 1
        if counts[kind] <= options.show:
            at = next((i for i, (a, b) in enumerate(zip(mine, other)) if a != b), 0)
            near = slice(max(0, at - 30), at + 30)
            print(f"{kind} ({language})\n  line {line[near]!r}\n  copy {mine[near]!r}\n  ftfy {other[near]!r}")
    print(dict(counts))


def restored(ours, theirs, options):
    rng = random.Random(5)
    by_language = collections.defaultdict(list)
    for language, line in lines():
        # Icons of private use are no text, and are made of nothing.
        private = any("\ue000" <= c <= "\uf8ff" for c in line)
        if not line.isascii() and len(line) < 400 and not private and not set(line) & {"\ufffd", "\u00ad"} and theirs(line) == line:
            by_language[language].append(line)
    sample = {language: rng.sample(found, min(options.lines, len(found))) for language, found in sorted(by_language.items()) if len(found) >= 4 and language not in ("?", "zxx")}
    total, both = collections.Counter(), collections.Counter()
    mine_only, ftfy_only = collections.Counter(), collections.Counter()
    shown = collections.Counter()
    for kind, encoding, language, damaged, want in cases(sample, rng):
        mine, other = ours.normalize(damaged).text == want, theirs(damaged) == want
        keys = [(kind, ""), (kind, encoding if kind != "two layers" else encoding.split(" + ")[1] + " outside"), ("all", "")]
        if options.languages:
            keys.append(("language", language))
        for key in keys:
            total[key] += 1
            both[key] += mine and other
            mine_only[key] += mine and not other
            ftfy_only[key] += other and not mine
        if other and not mine:
            shown[kind, encoding] += 1
            if shown[kind, encoding] <= options.show:
                print(f"{kind} {encoding} ({language})\n  want {want!r}\n  from {damaged!r}\n  made {ours.normalize(damaged).text!r}")
    print(f"{len(sample)} languages, {sum(map(len, sample.values()))} lines")
    print(f"{'damage':34} {'cases':>7} {'copydesk':>9} {'ftfy':>9} {'only ours':>9} {'only ftfy':>9}")
    for key in sorted(total):
        n, a, b, c = total[key], both[key], mine_only[key], ftfy_only[key]
        print(f"{' '.join(key):34} {n:7} {(a + b) / n:9.1%} {(a + c) / n:9.1%} {b:9} {c:9}")


if __name__ == "__main__":
    main()
