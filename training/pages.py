#!/usr/bin/env python3
"""Fits what pages add to words: model/page.model, which weighs what the HTML shows of a line beside what the words alone say of it.

    training/pages.py --models DIR            takes the models of lines in DIR (training/folds.py) and fits those missing
    training/pages.py --models DIR --check    writes nothing: the figures on publishers never seen
    training/pages.py --gate                  holds the kept models of one fold (gate/) against page_floors.json, on pages of publishers that they have not seen
    training/pages.py --floors                writes page_floors.json from them

A linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001) over the pieces of a page. What it knows of a piece is the
logarithm of the probabilities that the model of lines gives, which its words alone have taught, and what the page shows of it (the table in
src/page/observe.rs). The model of lines that says so is, for each page, the one of its publisher's fold, which has not seen it: so
the page learns to live with the errors that words make on new publishers. Not every piece has a label: of some it is known only that
they are of the story, or that they are not, and of some nothing. What is likely is then summed over the labels that can be (as in
Tsuboi et al., 2008, "Training Conditional Random Fields Using Incomplete Annotations").
"""

import argparse
import collections
import difflib
import hashlib
import json
import multiprocessing
import pathlib
import pickle
import re
import sys
import tarfile
import unicodedata
import zlib

import numpy as np

import folds
import publishers
import seal
import shared

HERE = pathlib.Path(__file__).parent
OUT = HERE.parent / "model" / "page.model"
GATE_FOLD = 4
GATE = {"lines": HERE / "gate" / f"fold{GATE_FOLD}.default.model", "page": HERE / "gate" / f"fold{GATE_FOLD}.page.model"}
FLOORS = HERE / "page_floors.json"
SLACK = 0.004  # what the gate forgives: another machine's sums, a handful of lines
SEEN_BY = 8  # publishers that must show a value before it gets a weight
LEAST = 0.00005  # a probability that was rounded to nothing
KEPT = ("body", "heading")
SURE, LONG = 9500, 100  # of a story by its words, in parts of 10000; characters of a paragraph
MOST_PIECES = 3000  # of a page, to learn from
EPOCHS = 6
DROPPED = 0.3  # of what pages show, while learning (dropout: Srivastava et al., 2014): classes are many, and a site's own
BATCH_PIECES = 6000
RATE = 0.02
L2 = 1e-5
SCALE = 1024  # weights are written in 1/1024 nats
LEAST_WEIGHT = 0.05  # a value stays when it weighs so much, in nats, for some label


def key(text):
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def words(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|[^\W_\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+", text)


def shingles(of, n=3):
    return [tuple(of[i : i + n]) for i in range(len(of) - n + 1)]


def by_lines(pieces, lines, labels, names):
    """The labels that each piece can have, by the labelled line that it is, or is a part of. A line without a label stands outside of
    the container of the story: it is furniture, nearly always."""
    everything = (1 << len(names)) - 1
    outside = everything & ~sum(1 << names.index(name) for name in KEPT)
    keys = [key(line) for line in lines]
    out, at, rest = [], 0, ""
    for text in pieces:
        own = key(text)
        if rest and own and own in rest:
            rest = rest[rest.index(own) + len(own) :]
            out.append(out[-1])
            continue
        hit = None
        if own:
            near = range(at, min(len(keys), at + 60))
            hit = next((j for j in near if keys[j] == own), None)
            if hit is None and len(own) >= 4:
                hit = next((j for j in near if keys[j].startswith(own)), None)
            if hit is None and len(own) >= 12:
                hit = next((j for j in near if own in keys[j]), None)
        if hit is None and (cells := row_of(own, keys, range(at, min(len(keys), at + 60)))):
            # A row of a table is one line here, and one for each cell there.
            at = cells.stop
            of_row = {labels[j] for j in cells}
            out.append(1 << names.index(of_row.pop()) if len(of_row) == 1 and None not in of_row else everything)
            rest = ""
            continue
        if hit is None:
            out.append(everything)
            rest = ""
            continue
        rest = keys[hit].partition(own)[2]
        at = hit + 1
        out.append(outside if labels[hit] is None else 1 << names.index(labels[hit]))
    return out


def by_content(pieces, content, title, names, of_story):
    """The same where only the text of the story is known: `of_story` are the labels that it can have."""
    everything = (1 << len(names)) - 1
    story = sum(1 << names.index(name) for name in of_story)
    whole = collections.Counter(shingles(words(content)))
    gold = {key(line) for line in content.split("\n")} - {""}
    out = []
    for text in pieces:
        own = words(text)
        if not own:
            out.append(everything)
        elif key(text) in gold:
            out.append(story)
        elif title and key(text) == key(title):
            out.append(everything & ~sum(1 << names.index(name) for name in KEPT))
        elif len(own) < 5:
            out.append(everything & ~story)
        else:
            found = shingles(own)
            share = sum(one in whole for one in found) / len(found)
            out.append(story if share >= 0.7 else everything & ~story if share <= 0.3 else everything)
    return out


def row_of(own, keys, near):
    """The lines whose letters, one after the other, are those of a row; None where there are none."""
    for first in near:
        end, left = first, own
        while end < len(keys) and keys[end] and left.startswith(keys[end]):
            left = left[len(keys[end]) :]
            end += 1
        if end - first >= 2 and not left:
            return range(first, end)
    return None


SETS = ("html", "wcxb", "waddle", "more")
THRESHOLDS = {"keep_story": 0.1, "balanced": 0.5, "drop_junk": 0.9}
READINGS = HERE / "page_readings.jsonl"


def digests(lines):
    """Three digits for each line, by which it is found again where pages are cut otherwise."""
    return [f"{zlib.crc32(key(line).encode()) & 0xFFF:03x}" for line in lines]


def readings():
    """The pages whose lines were read for this project (readings.md): for each the digests of its lines, and their labels."""
    out = {}
    for row in map(json.loads, READINGS.open(encoding="utf-8")):
        labels = []
        for run in row["labels"].split():
            label, _, count = run.partition("*")
            labels += [label] * int(count or 1)
        out[row["page"]] = ([row["digests"][at : at + 3] for at in range(0, len(row["digests"]), 3)], labels)
    return out


READ = readings()


def as_read(lines, reading):
    """The labels of lines that were read, None where the reading has no such line."""
    known, labels = reading
    own = digests(lines)
    out = [None] * len(own)
    for first, second, size in difflib.SequenceMatcher(None, known, own, autojunk=False).get_matching_blocks():
        out[second : second + size] = labels[first : first + size]
    return out


def folder_of(name):
    return shared.SHARED / "data" / ("html" if name == "more" else name)


def pages(name):
    """(id, publisher, bytes, gold row) of each page of a shared set, in the order of the archive. `more` are pages without labels, of
    which those that were read here count."""
    folder = folder_of(name)
    rows, archive = {"html": ("lines.jsonl", "pages.tar.xz"), "more": ("more.jsonl", "more.tar.xz")}.get(name, ("gold.jsonl", "pages.tar.xz"))
    by_file = {row["file"]: row for row in map(json.loads, (folder / rows).open(encoding="utf-8"))}
    if name == "more":
        by_file = {file: row for file, row in by_file.items() if f"more/{row['id']}" in READ}
    with tarfile.open(folder / archive) as archive:
        for member in archive:
            if member.name in by_file:
                row = by_file[member.name]
                yield f"{name}/{row['id']}", row["publisher_key"], archive.extractfile(member).read(), row


def read(models, sets, only=None):
    """All pages, or those of one fold: a dict each, with the texts of the pieces, what words say of them, what the page shows, what they
    can be."""
    from copydesk import LABELS, Cleaner, _core

    names = list(LABELS)
    cleaners = [Cleaner(model=str(model)) for model in models]
    numbers, spelled, read_here = {}, [], READ
    for name in sets:
        for number, publisher, html, row in pages(name):
            fold = publishers.fold(publisher)
            if only not in (None, fold):
                continue
            pieces = _core.observe_page(cleaners[fold], html)
            texts = [text for text, _, _, _ in pieces]
            sure = [sum(shares[names.index(name)] for name in KEPT) >= SURE for _, shares, _, _ in pieces]
            if number in read_here:
                lines = _core.page_lines(html)
                can = by_lines(texts, lines, as_read(lines, read_here[number]), names)
            elif name == "html":
                can = by_lines(texts, row["lines"], row["labels"], names)
            elif name == "wcxb":
                can = by_content(texts, row["main_content"] or "", row["title"], names, KEPT)
            else:
                can = by_content(texts, row["main_content"] or "", None, names, (*KEPT, "title", "deck"))
            if number not in read_here:
                # The text of the story is often given in part: what words are sure of, and it lacks, may be of the story.
                everything = (1 << len(names)) - 1
                story = sum(1 << names.index(name) for name in KEPT)
                long = [len(text) >= LONG for text in texts]
                can = [everything if s and l and not c & story and c & (c - 1) else c for s, l, c in zip(sure, long, can, strict=True)]
            ids, ends = [], []
            for _, _, shown, _ in pieces:
                for one in shown.split("\n"):
                    if one not in numbers:
                        numbers[one] = len(spelled)
                        spelled.append(one)
                    ids.append(numbers[one])
                ends.append(len(ids))
            yield {
                "id": number,
                "set": name,
                "publisher": publisher,
                "fold": fold,
                "texts": texts,
                "lines": [line for _, _, _, line in pieces],
                "said": np.array([shares for _, shares, _, _ in pieces], dtype=np.uint16).reshape(-1, len(names)),
                "ids": np.array(ids, dtype=np.int32),
                "ends": np.array(ends, dtype=np.int64),
                "can": np.array(can, dtype=np.int64),
                "row": {k: v for k, v in row.items() if k not in ("lines", "labels", "main_content", "with", "without")},
            }
    yield spelled


def load(models, sets=SETS, cache=None):
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    *found, spelled = read(models, sets)
    if cache:
        cache.write_bytes(pickle.dumps((found, spelled)))
    return found, spelled


def weight(page):
    """How much a page counts: those of which every line was read, most; those that are no articles, least."""
    if page["set"] == "html" or page["id"] in READ:
        return 1.0
    return 0.5 if page["set"] == "waddle" or page["row"]["page_type"] == "article" else 0.25


def lexicon(found, spelled):
    """The values that enough publishers show, by number."""
    seen = [set() for _ in spelled]
    for page in found:
        for one in np.unique(page["ids"]):
            seen[one].add(page["publisher"] or page["id"])
    return [number for number, by in enumerate(seen) if len(by) >= SEEN_BY]


class Field:
    """The weights, as tensors: of values, of what words say, of neighbours."""

    def __init__(self, values, labels):
        import torch

        self.values = torch.zeros(values + 1, labels, requires_grad=True)
        self.said = torch.eye(labels).mul(0.7).requires_grad_()
        self.bias = torch.zeros(labels, requires_grad=True)
        self.steps = torch.zeros(labels, labels, requires_grad=True)

    def all(self):
        return [self.values, self.said, self.bias, self.steps]

    def scores(self, ids, starts, said):
        import torch

        left = (torch.rand(ids.shape) >= DROPPED).float() / (1 - DROPPED)
        shown = torch.nn.functional.embedding_bag(ids, self.values, starts, mode="sum", per_sample_weights=left)
        return shown + said @ self.said + self.bias


def batches(found, number_of, rng):
    """Pages of about one length together."""
    import torch

    order = sorted(range(len(found)), key=lambda at: (len(found[at]["can"]), at))
    groups, group = [], []
    for at in order:
        longest = len(found[at]["can"])
        if group and longest * (len(group) + 1) > BATCH_PIECES:
            groups.append(group)
            group = []
        group.append(at)
    groups.append(group)
    rng.shuffle(groups)
    for group in groups:
        longest = max(len(found[at]["can"]) for at in group)
        labels = found[group[0]]["said"].shape[1]
        ids, starts, said = [], [], np.zeros((len(group), longest, labels), dtype=np.float32)
        can = np.zeros((len(group), longest), dtype=np.int64)
        weight = np.array([found[at]["weight"] for at in group], dtype=np.float32)
        total = 0
        for row, at in enumerate(group):
            page = found[at]
            own = number_of[page["ids"]]
            n = len(page["can"])
            said[row, :n] = np.log(np.maximum(page["said"] / 10000, LEAST))
            can[row, :n] = page["can"]
            begins = np.concatenate([[0], page["ends"][:-1]]) if n else np.zeros(0, dtype=np.int64)
            starts.extend((begins + total).tolist())
            starts.extend([total + len(own)] * (longest - n))
            ids.append(own)
            total += len(own)
        bits = (can[..., None] >> np.arange(labels)) & 1
        yield (
            torch.from_numpy(np.concatenate(ids).astype(np.int64)),
            torch.tensor(starts),
            torch.from_numpy(said),
            torch.from_numpy(bits.astype(bool)),
            torch.from_numpy(can != 0),
            torch.from_numpy(weight),
        )


def log_sums(scores, steps, mask, allowed=None):
    """The logarithm of the sum over all labellings (that are allowed), of each page."""
    import torch

    if allowed is not None:
        scores = scores.masked_fill(~allowed & mask[..., None], -1e4)
    alpha = scores[:, 0]
    for at in range(1, scores.shape[1]):
        best = alpha.max(1, keepdim=True).values
        following = ((alpha - best).exp() @ steps.exp()).clamp_min(1e-30).log() + best + scores[:, at]
        alpha = torch.where(mask[:, at, None], following, alpha)
    return alpha.logsumexp(1)


def fit(found, chosen, count, labels, epochs=EPOCHS, l2=L2, rate=RATE, quiet=True):
    import torch

    torch.manual_seed(1)
    torch.set_num_threads(1)
    rng = np.random.default_rng(1)
    number_of = np.full(count, len(chosen), dtype=np.int64)
    number_of[chosen] = np.arange(len(chosen))
    field = Field(len(chosen), labels)
    optimizer = torch.optim.Adam(field.all(), lr=rate)
    found = [page for page in found if 0 < len(page["can"]) <= MOST_PIECES]
    for epoch in range(epochs):
        for group in optimizer.param_groups:
            group["lr"] = rate * (1 - epoch / epochs) + rate / 50
        total = pieces = 0
        for ids, starts, said, allowed, mask, weight in batches(found, number_of, rng):
            shape = said.shape
            scores = field.scores(ids, starts, said.reshape(-1, labels)).reshape(shape)
            loss = ((log_sums(scores, field.steps, mask) - log_sums(scores, field.steps, mask, allowed)) * weight).sum()
            some = mask.sum()
            total += loss.item()
            pieces += some.item()
            loss = loss / some + l2 * sum((one**2).sum() for one in (field.values, field.steps)) * 1.0
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                field.values[-1] = 0
        if not quiet:
            print(f"epoch {epoch}: {total / pieces:.4f}", flush=True)
    return {
        "values": field.values.detach().numpy()[:-1].copy(),
        "said": field.said.detach().numpy().copy(),
        "bias": field.bias.detach().numpy().copy(),
        "steps": field.steps.detach().numpy().copy(),
        "number_of": number_of,
    }


def marginals(page, model):
    """The probability of each label of each piece."""
    n, labels = page["said"].shape
    if n == 0:
        return np.zeros((0, labels))
    values = np.vstack([model["values"], np.zeros((1, labels), dtype=np.float32)])
    own = values[model["number_of"][page["ids"]]]
    begins = np.concatenate([[0], page["ends"][:-1]])
    sums = np.add.reduceat(own, begins, axis=0) if len(own) else np.zeros((n, labels))
    scores = sums + np.log(np.maximum(page["said"] / 10000, LEAST)) @ model["said"] + model["bias"]
    own = np.exp(scores - scores.max(1, keepdims=True))
    steps = np.exp(model["steps"])
    before, after = np.ones((n, labels)), np.ones((n, labels))
    for at in range(1, n):
        step = (before[at - 1] * own[at - 1]) @ steps
        before[at] = step / step.sum()
    for at in range(n - 2, -1, -1):
        step = steps @ (after[at + 1] * own[at + 1])
        after[at] = step / step.sum()
    joint = own * before * after
    return joint / joint.sum(1, keepdims=True)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fixed(weights):
    return np.clip(np.round(weights * SCALE), -32768, 32767).astype("<i2")


def write(path, model, spelled, chosen, names, settings):
    """The file that src/weights/page.rs reads. Values of little weight are left out."""
    values = fixed(model["values"])
    told = [at for at in range(len(chosen)) if np.abs(values[at]).max() >= LEAST_WEIGHT * SCALE]
    header = {"labels": names, "values": len(told), **settings}
    parts = [json.dumps(header).encode() + b"\n"]
    parts += [spelled[chosen[at]].encode() + b"\n" for at in told]
    parts += [fixed(model[part]).tobytes() for part in ("bias", "said", "steps")] + [values[told].tobytes()]
    seal.replace(path, seal.sealed(seal.PAGE, b"".join(parts))) if path.exists() else path.write_bytes(seal.sealed(seal.PAGE, b"".join(parts)))
    return len(told)


def opened(path, spelled):
    """What `write` wrote, as `fit` gives it; its inverse temperature."""
    kind, rest = seal.opened(path.read_bytes())
    assert kind == seal.PAGE
    header, _, rest = rest.partition(b"\n")
    header = json.loads(header)
    known, labels = [], len(header["labels"])
    for _ in range(header["values"]):
        value, _, rest = rest.partition(b"\n")
        known.append(value.decode())
    rows = np.frombuffer(rest, dtype="<i2").astype(np.float32).reshape(-1, labels) / SCALE
    numbers = {value: at for at, value in enumerate(spelled)}
    number_of = np.full(len(spelled), len(known), dtype=np.int64)
    for at, value in enumerate(known):
        if value in numbers:
            number_of[numbers[value]] = at
    parts = {"bias": rows[0], "said": rows[1 : 1 + labels], "steps": rows[1 + labels : 1 + 2 * labels], "values": rows[1 + 2 * labels :]}
    return {**parts, "number_of": number_of}, header["inverse_temperature"]


def gate(write_floors):
    """Whether the kept models are as good on their fold as the floors say: what copydesk observes of pages has not become worse."""
    from copydesk import LABELS

    names = list(LABELS)
    models = [GATE["lines"]] * shared.FOLDS
    *found, spelled = read(models, ("html", "wcxb", "waddle"), only=GATE_FOLD)
    model, inverse = opened(GATE["page"], spelled)
    said = [scaled(marginals(page, model), inverse) for page in found]
    figures = {f"{name}: {kind}": round(value, 4) for name, of in report(found, said, names).items() for kind, value in of.items()}
    if write_floors:
        floors = {"digest": {path.name: digest(path) for path in GATE.values()}, "floors": {k: round(v - SLACK, 4) for k, v in figures.items()}}
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
        return 0
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if floors["digest"] != {path.name: digest(path) for path in GATE.values()}:
        print("the models of the gate are not those of the floors: run training/pages.py --floors and say why they changed")
        return 1
    low = [f"{key}: {figures.get(key)}, floor {floor}" for key, floor in floors["floors"].items() if figures.get(key, 0) < floor]
    print("\n".join(low) or f"{len(floors['floors'])} floors hold on {len(found)} pages")
    return 1 if low else 0


def honest(found, said, names):
    """The inverse temperature that makes the probabilities of labels most likely, on pages never seen whose lines were labelled."""
    columns, wanted = [], []
    for page, p in zip(found, said, strict=True):
        if page["set"] != "html":
            continue
        for can, row in zip(page["can"].tolist(), p, strict=True):
            if can and not can & (can - 1):
                columns.append(row)
                wanted.append(can.bit_length() - 1)
    logs = np.log(np.maximum(np.array(columns), 1e-12))
    wanted = np.array(wanted)

    def loss(inverse):
        scaled = logs * inverse
        scaled -= scaled.max(1, keepdims=True)
        return -(scaled[np.arange(len(wanted)), wanted] - np.log(np.exp(scaled).sum(1))).mean()

    return min((round(at / 20, 2) for at in range(6, 21)), key=loss)


def scaled(p, inverse):
    raised = p**inverse
    return raised / np.maximum(raised.sum(1, keepdims=True), 1e-30)


def scorer(name):
    import importlib.util

    spec = importlib.util.spec_from_file_location(name, shared.SHARED / "eval" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(page, labels):
    """Pieces of one line that have one label are one block."""
    out, before = [], None
    for text, line, label in zip(page["texts"], page["lines"], labels, strict=True):
        if (line, label) == before:
            out[-1]["text"] += " " + text
        else:
            out.append({"label": label, "text": text})
        before = line, label
    return out


def report(found, said, names, threshold=0.5, quiet=False):
    """The figures of the shared scorers, of pages whose pieces have these probabilities."""
    columns = [names.index(name) for name in KEPT]
    by_html, by_wcxb = scorer("score_html"), scorer("score_wcxb")
    out = {}
    for name in ("html", "wcxb", "waddle"):
        of_set = [(page, p) for page, p in zip(found, said, strict=True) if page["set"] == name]
        if not of_set:
            continue
        keep = columns + ([names.index("title")] if name == "waddle" else [])
        preds = {}
        for page, p in of_set:
            best = p.argmax(1) if len(p) else []
            kept = [p[at][keep].sum() >= threshold or best[at] in keep for at in range(len(p))]
            preds[page["id"].split("/", 1)[1]] = {
                "text": "\n".join(text for text, k in zip(page["texts"], kept, strict=True) if k),
                "blocks": blocks(page, [names[label] for label in best]),
            }
        if name == "html":
            rows = [json.loads(row) for row in (folder_of("html") / "lines.jsonl").open(encoding="utf-8")]
            r = by_html.score([row for row in rows if row["id"] in preds], preds)
            out["html"] = {"f": r["text"]["ALL"]["f"], "p": r["text"]["ALL"]["p"], "r": r["text"]["ALL"]["r"], "mean": r["text"]["ALL"]["mean_f"], "labels": r["label_mean"], **{label: v["f"] for label, v in r["labels"].items()}}
        else:
            golds = {g["id"]: g for g in map(json.loads, (folder_of(name) / "gold.jsonl").open(encoding="utf-8"))}
            rows = collections.defaultdict(list)
            for number, pred in preds.items():
                f = by_wcxb.page(pred["text"], golds[number])[0]
                rows[golds[number]["page_type"]].append(f)
                rows["all"].append(f)
            out[name] = {kind: sum(fs) / len(fs) for kind, fs in rows.items()}
    if not quiet:
        for name, figures in out.items():
            print(f"{name:7}", "  ".join(f"{kind} {value:.4f}" for kind, value in figures.items()), flush=True)
    return out


def without(fold):
    """The model of all pages but those of a fold, the values that it knows, and what it says of that fold's; of all pages, where that is
    None."""
    found, spelled, names, epochs, l2 = WORK
    train = [page for page in found if page["fold"] != fold]
    chosen = lexicon(train, spelled)
    model = fit(train, chosen, len(spelled), len(names), epochs=epochs, l2=l2)
    return model, chosen, [(page["id"], marginals(page, model)) for page in found if page["fold"] == fold]


def main():
    from copydesk import LABELS

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=pathlib.Path)
    parser.add_argument("--gate", action="store_true", help="hold the kept models against the floors")
    parser.add_argument("--floors", action="store_true", help="write the floors")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--cache", type=pathlib.Path, help="keep what pages show here")
    parser.add_argument("--folds", type=int, default=shared.FOLDS, help="score on so many folds only, and write nothing")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--l2", type=float, default=L2)
    args = parser.parse_args()
    args.check |= args.folds < shared.FOLDS
    if not shared.reach():
        return 0
    if args.gate or args.floors:
        return gate(args.floors)
    if not args.models:
        parser.error("give --models DIR (training/folds.py fills it), --gate or --floors")
    names = list(LABELS)
    found, spelled = load(folds.models(args.models), cache=args.cache)
    for page in found:
        page["weight"] = weight(page)
    print(len(found), "pages,", sum(len(page["can"]) for page in found), "pieces,", len(spelled), "values", flush=True)
    tested = [page for page in found if page["fold"] < args.folds]
    print("words alone:")
    report(tested, [page["said"] / 10000 for page in tested], names)
    global WORK
    WORK = (found, spelled, names, args.epochs, args.l2)
    wanted = [*range(args.folds), *([] if args.check else [None])]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        fitted = dict(zip(wanted, pool.imap(without, wanted)))
    said = {number: p for _, _, of_fold in fitted.values() for number, p in of_fold}
    of_all = [said[page["id"]] for page in tested]
    inverse = honest(tested, of_all, names)
    of_all = [scaled(p, inverse) for p in of_all]
    print("with the page, inverse temperature", inverse)
    figures = report(tested, of_all, names)
    for threshold in (0.1, 0.3, 0.7, 0.9):
        print(threshold)
        report(tested, of_all, names, threshold)
    if args.check:
        return 0
    settings = {"thresholds": THRESHOLDS, "inverse_temperature": inverse}
    for path, fold in ((GATE["page"], GATE_FOLD), (OUT, None)):
        model, chosen, _ = fitted[fold]
        values = write(path, model, spelled, chosen, names, settings)
    card = {
        "model": "linear-chain conditional random field over what words say and what pages show, Adam, dropout",
        "data": [{"file": f"{name}/pages.tar.xz", "sha256": digest(folder_of(name) / "pages.tar.xz")} for name in SETS if name != "more"] + [{"file": "html/more.tar.xz", "sha256": digest(folder_of("more") / "more.tar.xz")}]
        + [{"file": READINGS.name, "sha256": digest(READINGS)}],
        "with thanks": "WCXB, Murrough Foley (2026), CC BY 4.0; the corpus of Lejeune and Zhu (2018)",
        "licence": "MIT OR Apache-2.0",
        "pages": len(found),
        "pieces": sum(len(page["can"]) for page in found),
        "values": values,
        "inverse temperature": inverse,
        "on publishers never seen": {name: {kind: round(value, 4) for kind, value in of.items()} for name, of in figures.items()},
    }
    OUT.with_suffix(".card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(OUT, values, "values")
    return 0


if __name__ == "__main__":
    sys.exit(main())
