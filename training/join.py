#!/usr/bin/env python3
"""Learns which lines were torn: the weights of src/segment/join.rs, and how good they are on publishers never seen.

    training/join.py            writes model/join.txt; the next build of copydesk holds it
    training/join.py --check    writes nothing: the figures alone, from five folds over publishers
    training/join.py --look N   with --check: N pairs that are joined in documents as they came

The labelled documents come as they are, and in dresses: wrapped at many widths, torn at links and names, one sentence a line,
without stops. What is torn is known, because the dress tore it. What pairs show is asked of copydesk itself. A second round of
weights knows the scores of the first one, as weights that have not seen the publisher give them.
"""

import argparse
import json
import pathlib
import random
import re
import sys

import shared

OUT = pathlib.Path(__file__).resolve().parent.parent / "model" / "join.txt"
UNIT = 256  # of a weight: 1/256 nats
L2 = 2.0
STEPS = 180
# Pairs in documents as they came weigh more: a wrong join there harms what was right.
PLAIN_WEIGHT = 3.0
THRESHOLD = 1.0  # nats
BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
SENTENCE = re.compile(r"(?<=[.!?。！？।۔])[\"”’»」』)]*\s+")
DATELINE = re.compile(r"^([^\W\d_a-z][\w.,()/ ]{1,40}?) [—–-]+ ")
MARKS = re.compile(r"^([“„«\"'‘(\[]*)(.*?)([\"'”’»)\],.;:!?…]*)$")


def columns(text):
    return sum(2 if "\u1100" <= c <= "\u115f" or c >= "\u2e80" else 1 for c in text)


def pieces(line):
    """The places at which a program may break a line: words, or the characters of scripts without spaces."""
    if len(UNSPACED.findall(line)) * 2 > len(line):
        return list(line), ""
    return line.split(), " "


def wrap(line, width, hyphens):
    parts, space = pieces(line)
    if hyphens and space:
        parts = [piece + space for part in parts for piece in re.split(r"(?<=[^\W\d_]-)(?=[^\W\d_]{2})", part)]
        whole = [part for part in re.split(r"(?<=-)(?= )", "\0".join(parts)) if part]
        parts = "\0".join(whole).split("\0")
        out, now = [], ""
        for part in parts:
            piece = part if not part.rstrip().endswith("-") else part.rstrip()
            if now and columns((now + piece).rstrip()) > width:
                out.append(now.rstrip())
                now = ""
            now += piece
        return out + [now.rstrip()]
    out, now = [], ""
    for part in parts:
        if now and columns(now + space + part) > width:
            out.append(now)
            now = part
        else:
            now = now + space + part if now else part
    return out + [now] if now else out


def tear(line, rng, rate, habits):
    """Tears a line at stretches that could be links: `habits` says how often names are taken, marks stand alone, one side holds."""
    words, space = pieces(line)
    if not space or len(words) < habits["least"]:
        return [line]
    cuts = [False] * (len(words) + 1)
    at = 1 if rng.random() < 0.8 else 0
    parts = []
    links = set()
    # The place of a dateline is often set in bold.
    if (place := DATELINE.match(line)) and rng.random() < habits["places"]:
        cuts[len(place[1].split())] = True
    while at < len(words):
        chance = rate * (3 if habits["names"] and words[at][:1].isupper() else 1)
        if rng.random() < chance:
            end = at + 1
            if habits["names"] and words[at][:1].isupper():
                while end < len(words) and words[end][:1].isupper() and words[end - 1][-1:].isalnum():
                    end += 1
            elif rng.random() < 0.6:
                end = min(len(words), at + rng.randint(1, 7))
            side = rng.random()
            cuts[at] |= side > habits["half"]
            if side < 1 - habits["half"]:
                links.add(end)
            at = end
        at += 1
    now = []
    for i, word in enumerate(words):
        if cuts[i] and now:
            parts.append(" ".join(now))
            now = []
        if i + 1 in links:
            opening, body, closing = MARKS.match(word).groups()
            if closing and body and rng.random() < habits["marks"]:
                now.append(opening + body)
                parts.append(" ".join(now))
                now = [closing]
                continue
            now.append(word)
            parts.append(" ".join(now))
            now = []
            continue
        if rng.random() < habits["quotes"]:
            opening, body, closing = MARKS.match(word).groups()
            if opening and body and opening[-1] in "“„«\"" and not closing:
                now.append(opening)
                parts.append(" ".join(now))
                now = [body]
                continue
            at = next((k for k, c in enumerate(closing) if c in "”“»\"" and body), None)
            if at is not None:
                now.append(opening + body + closing[:at])
                parts.append(" ".join(now))
                now = [closing[at:]]
                if i + 1 < len(words) and rng.random() < 0.5:
                    parts.append(now.pop())
                continue
        now.append(word)
    if now:
        parts.append(" ".join(now))
    return [part for part in parts if part.strip()]


def as_text(groups, between, rng, inside="\n"):
    """Groups of lines as one text, and for each line but the first whether it was torn from the one before."""
    text, torn = "", []
    for group in groups:
        for i, line in enumerate(group):
            if text:
                text += inside if i else between()
                torn.append(i > 0)
            text += line
    return text, torn


def part_of(lines, labels, rng):
    """A short text: the beginning of the story, or some lines of the document."""
    if len(lines) < 4:
        return lines
    if rng.random() < 0.6:
        story = [line for line, label in zip(lines, labels, strict=True) if label in ("title", "body", "heading", "byline", "timestamp")]
        lines = story or lines
    count = rng.randint(2, 12)
    start = rng.randrange(max(1, len(lines) - count)) if rng.random() < 0.4 else 0
    return lines[start : start + count]


def dresses(doc, rng):
    """(name, text, whether each line but the first is torn from the one before, pairs that tell nothing)."""
    lines, labels = doc["lines"], doc["labels"]
    feed = lambda: "\n"
    yield "plain", *as_text([[line] for line in lines], feed, rng)
    yield "blank", *as_text([[line] for line in lines], lambda: "\n\n", rng)
    story = [line for line, label in zip(lines, labels, strict=True) if label in ("title", "body", "heading") or rng.random() < 0.1]
    if story:
        yield "story", *as_text([[line] for line in story], feed, rng)
    sentences = [[part] for line in lines for part in SENTENCE.sub(lambda m: m[0].rstrip() + "\n", line).split("\n") if part.strip()]
    yield "sentences", *as_text(sentences, feed, rng)
    bare = [line for line in (re.sub(r"[.!?。！？।۔…]+(?=\s|$)", "", line) for line in lines) if line.strip()]
    yield "no stops", *as_text([[line] for line in bare], feed, rng)
    for brief in (False, False, True, True):
        chosen = part_of(lines, labels, rng) if brief else lines
        width, hyphens = rng.randint(30, 110), rng.random() < 0.4
        # A page may hold wrapped prose between lines that are not.
        least = rng.choice([0, 0, 0, 60, 120])
        groups = [wrap(line, width, hyphens) if columns(line) > least else [line] for line in chosen]
        groups = [group for group in groups if group]
        style = rng.random()
        if style < 0.3:
            groups = [["    " + group[0], *group[1:]] if len(group) > 1 else group for group in groups]
        elif style < 0.4:
            groups = [["  " + line for line in group] for group in groups]
        blank = rng.choice([0, 0, 1, 1, 0.5])
        yield "wrapped", *as_text(groups, lambda: "\n\n" if rng.random() < blank else "\n", rng)
    for brief in (False, False, True, True):
        chosen = part_of(lines, labels, rng) if brief else lines
        habits = {
            "least": rng.choice([4, 6, 10, 15]),
            "names": rng.random() < 0.5,
            "half": rng.choice([0, 0.1, 0.3]),
            "places": rng.choice([0, 0.5, 1]),
            "marks": rng.choice([0.2, 0.6, 1]),
            "quotes": rng.choice([0, 0, 0.3, 0.9]),
        }
        rate = rng.choice([0.004, 0.01, 0.02, 0.04, 0.07])
        inside, blank = rng.choice([("\n", 0), ("\n", 0), ("\n", 1), ("\n\n", 1)])
        groups = [tear(line, rng, rate, habits) for line in chosen]
        yield "torn", *as_text([g for g in groups if g], lambda: "\n\n" if blank else "\n", rng, inside)


def load():
    import numpy as np
    import publishers
    from copydesk import _core

    figures, first = _core.JOIN_FIGURES
    documents = []
    for name in ("dev", "dev.pages"):
        for row in shared.data(name).open(encoding="utf-8"):
            doc = json.loads(row)
            keep = [i for i, line in enumerate(doc["lines"]) if line.strip()]
            doc["lines"] = [BREAKS.sub(" ", doc["lines"][i]).strip() for i in keep]
            doc["labels"] = [doc["labels"][i] for i in keep]
            documents.append(doc)
    samples = []
    for number, doc in enumerate(documents):
        rng = random.Random(doc["id"])
        for name, text, torn in dresses(doc, rng):
            values = np.frombuffer(_core.join_values(text), dtype="<u2").reshape(-1, first)
            if len(values) != len(torn) or not torn:
                continue
            sample = {"name": name, "text": text, "torn": np.array(torn), "first": values, "doc": number}
            sample["fold"] = publishers.fold(doc["publisher_key"])
            weight = np.full(len(torn), PLAIN_WEIGHT if name in ("plain", "blank", "story") else 1.0, dtype=np.float32)
            # Pages of hundreds of rows must not outweigh articles.
            weight *= min(1.0, (60 / len(torn)) ** 0.5)
            if name == "plain":
                sample["labels"] = doc["labels"]
            sample["weight"] = weight
            samples.append(sample)
    return samples, figures, first


def offsets(figures):
    import numpy as np

    return np.concatenate([[0], np.cumsum([size for _, size in figures])])


def fit(values, torn, weight, at):
    """Weights, the bias last: logistic regression with an L2 term, by Adam from zero; always the same numbers."""
    import numpy as np

    index = (values.astype(np.int32) + at[:-1].astype(np.int32)).ravel()
    rows, width, size = len(values), values.shape[1], int(at[-1]) + 1
    w, m, v = np.zeros(size), np.zeros(size), np.zeros(size)
    total = weight.sum()
    for step in range(1, STEPS + 1):
        score = w[index].reshape(rows, width).sum(axis=1) + w[-1]
        error = weight * (1 / (1 + np.exp(-score)) - torn)
        slope = np.bincount(index, np.repeat(error, width), size)
        slope[-1] = error.sum()
        slope[:-1] += L2 * w[:-1]
        slope /= total
        m = 0.9 * m + 0.1 * slope
        v = 0.995 * v + 0.005 * slope**2
        rate = 0.1 if step < STEPS * 0.7 else 0.03
        w -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.995**step)) + 1e-9)
    return np.clip(np.round(w * UNIT), -32000, 32000).astype(np.int32)


def score(weights, values, at):
    return weights[values.astype("int32") + at[:-1].astype("int32")].sum(axis=1) + weights[-1]


def second_values(sample, scores):
    import numpy as np
    from copydesk import _core

    values = np.frombuffer(_core.join_values(sample["text"], scores.tolist()), dtype="<u2")
    return values.reshape(len(scores), -1)


def learn(samples, figures, first, folds):
    """Both rounds' weights from `samples`. The scores that the second round learns from are of weights fitted without the document's fold."""
    import numpy as np

    at1, at2 = offsets(figures[:first]), offsets(figures)
    stack = lambda chosen, key: np.concatenate([sample[key] for sample in chosen])
    learnt = lambda chosen: fit(stack(chosen, "first"), stack(chosen, "torn"), stack(chosen, "weight"), at1)
    halves = {half: learnt([s for s in samples if folds[s["fold"]] != half]) for half in sorted(set(folds.values()))}
    values = [second_values(s, score(halves[folds[s["fold"]]], s["first"], at1)) for s in samples]
    second = fit(np.concatenate(values), stack(samples, "torn"), stack(samples, "weight"), at2)
    return learnt(samples), second


def apply(weights, sample, figures, first):
    one = score(weights[0], sample["first"], offsets(figures[:first]))
    for _ in range(2):
        one = score(weights[1], second_values(sample, one), offsets(figures))
    return one


def check(samples, figures, first, only, look):
    import numpy as np

    counts = {}
    seen = []
    for fold in only:
        others = [s for s in samples if s["fold"] != fold]
        weights = learn(others, figures, first, {f: i % 2 for i, f in enumerate(sorted({s["fold"] for s in others}))})
        for sample in samples:
            if sample["fold"] != fold:
                continue
            scores = apply(weights, sample, figures, first) / UNIT
            for nats in (0, 1, 2, 3, 4):
                joined = scores > nats
                row = counts.setdefault((sample["name"], nats), np.zeros(5, dtype=int))
                other = np.zeros(len(scores), dtype=bool)
                if "labels" in sample:
                    labels = np.array(sample["labels"])
                    other = labels[1:] != labels[:-1]
                torn = sample["torn"]
                row += [torn.sum(), (joined & torn).sum(), (~torn).sum(), (joined & ~torn).sum(), (joined & other).sum()]
            if sample["name"] == "plain" and look:
                lines = sample["text"].split("\n")
                for i in np.flatnonzero(scores > THRESHOLD):
                    seen.append((sample["labels"][i], sample["labels"][i + 1], round(float(scores[i]), 1), lines[i][-60:], lines[i + 1][:60], sample["doc"]))
    for (name, nats), (torn, found, whole, wrong, other) in sorted(counts.items()):
        recall = f"recall {found / torn:.4f}" if torn else " " * 13
        print(f"{name:10s} over {nats}  {recall}  wrong joins in 1,000: {1000 * wrong / max(1, whole):6.2f} of {whole} pairs, of two labels {other}")
    for row in random.Random(1).sample(seen, min(look, len(seen))):
        print(*row, sep=" | ")


def write(weights, figures, first):
    lines = ["# Made by training/join.py; do not edit.", f"threshold: {round(THRESHOLD * UNIT)}"]
    for number, (table, row) in enumerate(zip((figures[:first], figures), weights, strict=True), 1):
        lines.append(f"{number} bias: {row[-1]}")
        at = offsets(table)
        for (name, size), start in zip(table, at, strict=False):
            numbers = row[start : start + size].tolist()
            while numbers and numbers[-1] == 0:
                numbers.pop()
            lines.append(f"{number} {name}: {' '.join(map(str, numbers))}".rstrip())
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT}: written; build copydesk again to use it")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--folds", type=int, default=shared.FOLDS, help="check so many of the folds")
    parser.add_argument("--look", type=int, default=0)
    args = parser.parse_args()
    if not shared.reach():
        return
    samples, figures, first = load()
    print(f"{len(samples)} texts, {sum(len(s['torn']) for s in samples)} pairs, {sum(int(s['torn'].sum()) for s in samples)} torn", flush=True)
    if args.check:
        check(samples, figures, first, range(args.folds), args.look)
    else:
        write(learn(samples, figures, first, {fold: fold % 2 for fold in range(shared.FOLDS)}), figures, first)


if __name__ == "__main__":
    main()
