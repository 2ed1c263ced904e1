"""The network's file: float arrays in, integers out; and the integers run, as copydesk runs them.

`write` makes the file that src/weights/network.rs reads (where the format is described), `run` gives the logits that copydesk
computes from it, bit for bit (src/label/network says what is computed). Needs numpy, and copydesk where the header does not
say `schema`, `labels`, `features` and `around` itself.

The arrays, with d numbers in the bag of a line, h in its vector, n words, K layers that look around, 19 labels; `features` is
the number of all features (`len(_core.FEATURES)`; rows of features seen on neighbours are not used) or of the own ones:

    hashes  n            u32, as `_core.observe_ids(text)` gives them, in any order, each once
    W       n × d        what a word adds to the bag
    Q       n × 19       what a word adds to the logits
    F       features × d what a feature adds to the bag
    P0      features × 19   what a feature adds to the logits of its own line,
    P1      features × 19   … of the line after it (it is a feature of line i - 1),
    P2      features × 19   … of the line before it (it is a feature of line i + 1)
    b       d
    L0, b0  h × d, h
    A, B, C K × h × h    what a line sees in the line before, in itself, in the line after; row: output, column: input
    c       K × h
    O, o    19 × 2h, 19  of [s ; v]

The header holds `dilations` (K numbers), `thresholds` ({"keep_story": …, "balanced": …, "drop_junk": …}), and may hold
`chain` (true: the scores are added to those of a chain), `power` (the inverse temperature, to which probabilities are raised,
default 1), `scale` (what the scores are multiplied by, default 1: it goes into the tables, not into the file's header), `x_max` and
`s_max` (the largest activation to expect in bags and in vectors, default 16 and 32: what is above is cut), `bound` (16383), `bits`
(binary places, by table, where the ones that are chosen shall not be), and whatever else shall be kept with the network.
"""

import json
import math

import numpy as np
import seal

SCORE_BITS = 10
FEATURE_BOUND = 2047
MOST = 512
INT32 = 2**31 - 1
# The integer tables in the order of the file: name in the file's dictionary, type.
TABLES = (
    ("hashes", "<u4"), ("W", "i1"), ("Q", "i1"), ("F", "<i2"), ("P0", "<i2"), ("P1", "<i2"), ("P2", "<i2"), ("b", "<i4"),
    ("L0", "<i2"), ("b0", "<i4"), ("taps", None), ("O", "<i2"), ("o", "<i4"),
)  # fmt: skip


def completed(header):
    """The header with the schema of the copydesk that is installed, where it does not say another."""
    header = dict(header)
    if not {"schema", "labels", "features", "around"} <= header.keys():
        from copydesk import _core

        header.setdefault("schema", _core.SCHEMA)
        header.setdefault("labels", list(_core.LABELS))
        header.setdefault("features", len(_core.FEATURES))
        header.setdefault("around", sum(name.startswith("before.") for name in _core.FEATURES))
    return header


def own_rows(table, header):
    """Of a table with a row for each feature, the rows of the features that are not seen on neighbours."""
    table, around = np.asarray(table, dtype=np.float64), header["around"]
    if len(table) == header["features"] - 2 * around:
        return table
    if len(table) != header["features"]:
        raise ValueError(f"a table has {len(table)} rows, where there are {header['features']} features")
    return np.concatenate([table[:around], table[3 * around :]])


def fixed(values, bits, most):
    """To integers, cut at `most`."""
    return np.clip(np.rint(np.asarray(values, dtype=np.float64) * 2.0**bits), -most, most).astype(np.int64)


def best_bits(values, most, lowest, highest):
    """The binary places with the smallest squared error: more of them round less and cut more."""
    values = np.asarray(values, dtype=np.float64)
    if not values.size:
        return lowest
    error = lambda bits: float(np.square(fixed(values, bits, most) * 2.0**-bits - values).sum())
    return min(range(highest, lowest - 1, -1), key=error)


def layer_bits(weights, bias, most, in_bits, lowest, highest, together=None):
    """The most binary places with which no sum of a layer can overflow."""
    for bits in range(highest, lowest - 1, -1):
        rows = np.rint(np.abs(weights) * 2.0**bits) + 1
        sums = rows.sum(axis=1) * most + np.abs(bias) * 2.0 ** (in_bits + bits) + 2.0**bits + 2
        if sums.max() < INT32 / 2 and rows.max() <= 32767 and (together is None or (np.abs(together) * 2.0**bits).max() < 32760):
            return bits
    raise ValueError(f"the weights of a layer are too large: a row sums to {np.abs(weights).sum(axis=1).max():.1f}")


def quantise(arrays, header):
    """The integers of the file by name, and the whole header. `taps` is a list of (weights h × 3h, bias) a dilation."""
    header = completed(header)
    arrays = {name: np.asarray(array) for name, array in arrays.items()}
    scale = header.pop("scale", 1.0)
    x_max, s_max = header.pop("x_max", 16.0), header.pop("s_max", 32.0)
    bound = header.setdefault("bound", 16383)
    order = np.argsort(arrays["hashes"].astype(np.uint32), kind="stable")
    hashes = arrays["hashes"].astype(np.uint32)[order]
    if (hashes[1:] == hashes[:-1]).any():
        raise ValueError("hashes: a word is there twice")
    words, width, bag, dilations = len(hashes), len(arrays["b0"]), len(arrays["b"]), list(header["dilations"])
    tables = {name: own_rows(arrays[name], header) for name in ("F", "P0", "P1", "P2")}
    tables["W"] = arrays["W"].astype(np.float64).reshape(words, bag)[order]
    tables["Q"] = arrays["Q"].astype(np.float64).reshape(words, len(header["labels"]))[order] * scale
    for name in ("P0", "P1", "P2"):
        tables[name] = tables[name] * scale
    scores = np.concatenate([tables["P0"], tables["P1"], tables["P2"]])
    joined = [np.concatenate([arrays["A"][k], arrays["B"][k], arrays["C"][k]], axis=1) for k in range(len(dilations))]
    last, last_bias = arrays["O"] * scale, arrays["o"] * scale

    bits = dict(header.get("bits", {}))
    bits.setdefault("words", best_bits(tables["W"], 127, 0, 14))
    low = max(0, bits["words"] - 6)
    bits.setdefault("features", best_bits(tables["F"], FEATURE_BOUND, low, min(16, bits["words"] + 6)))
    bits.setdefault("word_scores", best_bits(tables["Q"], 127, 4, SCORE_BITS))
    bits.setdefault("feature_scores", best_bits(scores, FEATURE_BOUND, 4, SCORE_BITS))
    sum_bits = max(bits["words"], bits["features"])
    room = lambda most: max(0, math.floor(math.log2((bound + 1) / most)))
    bits.setdefault("bag", min(sum_bits, room(x_max)))
    bits.setdefault("lines", room(s_max))
    lowest = max(0, bits["lines"] - bits["bag"])
    highest = min(20, 24 + bits["lines"] - bits["bag"])
    bits.setdefault("first", layer_bits(arrays["L0"], arrays["b0"], bound, bits["bag"], lowest, highest))
    if "taps" not in bits:
        bits["taps"] = []
        for k, weights in enumerate(joined):
            together = np.abs(arrays["A"][k] + arrays["C"][k]) + np.abs(arrays["B"][k]) + 3 * 2.0**-14
            bits["taps"].append(layer_bits(weights, arrays["c"][k], 2 * bound, bits["lines"], 0, 20, together))
    lowest = max(0, SCORE_BITS + 2 - bits["lines"])
    highest = min(20, SCORE_BITS + 24 - bits["lines"])
    bits.setdefault("last", layer_bits(last, last_bias, bound, bits["lines"], lowest, highest))

    whole = {"hashes": hashes}
    for name, key, most in (("W", "words", 127), ("Q", "word_scores", 127), ("F", "features", FEATURE_BOUND)):
        whole[name] = fixed(tables[name], bits[key], most)
    for name in ("P0", "P1", "P2"):
        whole[name] = fixed(tables[name], bits["feature_scores"], FEATURE_BOUND)
    whole["b"] = fixed(arrays["b"], sum_bits, 2**29)
    whole["L0"] = fixed(arrays["L0"], bits["first"], 32767)
    whole["b0"] = fixed(arrays["b0"], bits["bag"] + bits["first"], INT32)
    whole["taps"] = [
        (fixed(weights, places, 32767), fixed(arrays["c"][k], bits["lines"] + places, INT32))
        for k, (weights, places) in enumerate(zip(joined, bits["taps"], strict=True))
    ]
    whole["O"] = fixed(last, bits["last"], 32767)
    whole["o"] = fixed(last_bias, bits["lines"] + bits["last"], INT32)
    header |= {"words": words, "bag": bag, "width": width, "dilations": dilations, "bits": bits}
    header.setdefault("chain", False)
    return whole, header


def write(path, arrays, header, chain=None):
    """Writes the file and returns what `read` reads from it. `chain` is the file of a chain model to mix in; without it, and
    with `chain`, that is the "fast" model of copydesk."""
    tables, header = quantise(arrays, header)
    parts = [json.dumps(header, ensure_ascii=False).encode() + b"\n"]
    for name, kind in TABLES:
        if name == "taps":
            parts += [weights.astype("<i2").tobytes() + bias.astype("<i4").tobytes() for weights, bias in tables["taps"]]
        else:
            parts.append(tables[name].astype(kind).tobytes())
    if chain is not None:
        with open(chain, "rb") as file:
            parts.append(file.read())
    with open(path, "wb") as out:
        out.write(seal.sealed(seal.NETWORK, b"".join(parts)))
    return tables, header


def read(path):
    """The integers and the header of a file."""
    with open(path, "rb") as file:
        kind, content = seal.opened(file.read())
    if kind != seal.NETWORK:
        raise ValueError(f"{path} is no network: it begins {kind!r}")
    at = content.index(b"\n") + 1
    header = json.loads(content[:at])
    words, bag, width, labels = header["words"], header["bag"], header["width"], len(header["labels"])
    layers = len(header["dilations"])

    def take(kind, *shape):
        nonlocal at
        count = math.prod(shape)
        array = np.frombuffer(content, kind, count, at).reshape(shape)
        at += array.nbytes
        return array if kind == "<u4" else array.astype(np.int64)

    own = header["features"] - 2 * header["around"]
    tables = {"hashes": take("<u4", words), "W": take("i1", words, bag), "Q": take("i1", words, labels)}
    tables |= {"F": take("<i2", own, bag)} | {name: take("<i2", own, labels) for name in ("P0", "P1", "P2")}
    tables |= {"b": take("<i4", bag), "L0": take("<i2", width, bag), "b0": take("<i4", width)}
    tables["taps"] = [(take("<i2", width, 3 * width), take("<i4", width)) for _ in range(layers)]
    tables |= {"O": take("<i2", labels, 2 * width), "o": take("<i4", labels)}
    return tables, header


def rounded(sums, shift):
    """To fewer binary places, halves upwards."""
    return (sums + ((1 << shift) >> 1)) >> shift


def run(network, features, words):
    """The logits of a document's lines in 1/1024, lines × labels, by the integers that `quantise`, `write` and `read` give.

    `features` holds the numbers of each line's features and `words` the hashes of its own words, both as
    `_core.observe_ids(text)` gives them.
    """
    tables, header = network
    bits, bound, around, bag, width = (header[key] for key in ("bits", "bound", "around", "bag", "width"))
    lines, labels = len(features), len(header["labels"])
    number = {int(word): i for i, word in enumerate(tables["hashes"])}
    sums = np.tile(tables["b"], (lines, 1))
    logits = np.zeros((lines, labels), dtype=np.int64)
    sum_bits = max(bits["words"], bits["features"])
    for i in range(lines):
        ids = np.asarray(features[i], dtype=np.int64)[:MOST]
        ids = np.where(ids < around, ids, ids - 2 * around)
        sums[i] += tables["F"][ids].sum(axis=0) << (sum_bits - bits["features"])
        up = SCORE_BITS - bits["feature_scores"]
        for name, to in (("P0", i), ("P1", i + 1), ("P2", i - 1)):
            if 0 <= to < lines:
                logits[to] += tables[name][ids].sum(axis=0) << up
        at = [number[word] for word in map(int, words[i]) if word in number][:MOST]
        sums[i] += tables["W"][at].sum(axis=0) << (sum_bits - bits["words"])
        logits[i] += tables["Q"][at].sum(axis=0) << (SCORE_BITS - bits["word_scores"])
    bags = np.clip(rounded(sums, sum_bits - bits["bag"]), 0, bound)
    first = np.clip(rounded(bags @ tables["L0"].T + tables["b0"], bits["bag"] + bits["first"] - bits["lines"]), 0, bound)
    vectors = first
    for far, places, (weights, bias) in zip(header["dilations"], bits["taps"], tables["taps"], strict=True):
        outside = np.zeros((far, width), dtype=np.int64)
        padded = np.concatenate([outside, vectors, outside])
        seen = np.concatenate([padded[:lines], vectors, padded[2 * far :]], axis=1) @ weights.T + bias
        vectors = np.minimum(vectors + np.clip(rounded(seen, places), 0, bound), bound)
    last = np.concatenate([vectors, first], axis=1) @ tables["O"].T + tables["o"]
    return logits + rounded(last, bits["lines"] + bits["last"] - SCORE_BITS)


def run_float(arrays, header, features, words):
    """The logits as the floats have them, in nats: what the integers come near to."""
    header = completed(header)
    around = header["around"]
    tables = {name: own_rows(arrays[name], header) for name in ("F", "P0", "P1", "P2")}
    number = {int(word): i for i, word in enumerate(arrays["hashes"])}
    lines = len(features)
    bags = np.tile(np.asarray(arrays["b"], dtype=np.float64), (lines, 1))
    logits = np.tile(np.asarray(arrays["o"], dtype=np.float64), (lines, 1))
    for i in range(lines):
        ids = np.asarray(features[i], dtype=np.int64)
        ids = np.where(ids < around, ids, ids - 2 * around)
        known = [number[int(word)] for word in words[i] if int(word) in number]
        bags[i] += tables["F"][ids].sum(axis=0) + arrays["W"][known].sum(axis=0)
        logits[i] += arrays["Q"][known].sum(axis=0)
        for name, to in (("P0", i), ("P1", i + 1), ("P2", i - 1)):
            if 0 <= to < lines:
                logits[to] += tables[name][ids].sum(axis=0)
    first = np.maximum(np.maximum(bags, 0) @ arrays["L0"].T + arrays["b0"], 0)
    vectors = first
    for k, far in enumerate(header["dilations"]):
        padded = np.pad(vectors, ((far, far), (0, 0)))
        seen = padded[:lines] @ arrays["A"][k].T + vectors @ arrays["B"][k].T + padded[2 * far :] @ arrays["C"][k].T
        vectors = vectors + np.maximum(seen + arrays["c"][k], 0)
    return (logits + np.concatenate([vectors, first], axis=1) @ np.asarray(arrays["O"]).T) * header.get("scale", 1.0)
