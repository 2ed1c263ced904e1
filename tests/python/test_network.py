"""A network's file, written by training/network_file.py: copydesk computes from it what the reference computes."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys

import copydesk
import numpy as np
import pytest
from conftest import ARTICLE, GOLDENS, ODD, ROOT
from copydesk import _core

sys.path.insert(0, str(ROOT / "training"))

import network_file  # noqa: E402
import seal  # noqa: E402

HEADER = {
    "dilations": [1, 2, 5],
    "thresholds": {"keep_story": 0.1, "balanced": 0.4, "drop_junk": 0.85},
}


def observe(text):
    """Features and hashes of words of each block."""
    blocks = _core.observe_ids(text)
    return [np.frombuffer(b[2], "<u2") for b in blocks], [np.frombuffer(b[3], "<u4") for b in blocks]


def random_arrays(seed=1, bag=24, width=16):
    """A network that knows every third word of the goldens."""
    hashes = {int(word) for golden in GOLDENS for words in observe(golden.text)[1] for word in words if word % 3 == 0}
    random = np.random.default_rng(seed)
    normal = lambda scale, *shape: random.normal(0, scale, shape)
    n, features, layers, labels = len(hashes), len(_core.FEATURES), len(HEADER["dilations"]), len(_core.LABELS)
    return {
        "hashes": np.array(list(hashes), dtype=np.uint32),
        "W": normal(0.3, n, bag), "Q": normal(0.2, n, labels), "F": normal(0.3, features, bag),
        "P0": normal(0.2, features, labels), "P1": normal(0.1, features, labels), "P2": normal(0.1, features, labels),
        "b": normal(0.1, bag), "L0": normal(0.2, width, bag), "b0": normal(0.1, width),
        "A": normal(0.1, layers, width, width), "B": normal(0.1, layers, width, width),
        "C": normal(0.1, layers, width, width), "c": normal(0.1, layers, width),
        "O": normal(0.1, labels, 2 * width), "o": normal(0.1, labels),
    }  # fmt: skip


@pytest.fixture(scope="module")
def arrays():
    return random_arrays()


@pytest.fixture(scope="module")
def path(arrays, tmp_path_factory):
    path = tmp_path_factory.mktemp("network") / "random.model"
    network_file.write(path, arrays, HEADER)
    return path


def test_the_reference_and_copydesk_agree_bit_by_bit(path, arrays):
    network = network_file.read(path)
    odd = [text for name, text in ODD.items() if name != "surrogates"]
    compared = 0
    for text in [golden.text for golden in GOLDENS] + odd:
        features, words = observe(text)
        got = _core.network_logits(text, path)
        assert got == network_file.run(network, features, words).tolist()
        if got:
            floats = network_file.run_float(arrays, HEADER, features, words)
            assert np.abs(np.array(got) / 1024 - floats).max() < 0.5, "integers are near the floats"
            compared += 1
    assert compared >= len(GOLDENS)


def test_what_is_written_is_what_is_read(path, arrays, tmp_path):
    tables, header = network_file.write(tmp_path / "again.model", arrays, HEADER)
    assert (tmp_path / "again.model").read_bytes() == path.read_bytes()
    read, read_header = network_file.read(path)
    assert read_header == header and read.keys() == tables.keys()
    for name in tables.keys() - {"taps"}:
        assert (tables[name] == read[name]).all(), name
    shuffled = np.random.default_rng(2).permutation(len(arrays["hashes"]))
    other = {name: array[shuffled] if name in ("hashes", "W", "Q") else array for name, array in arrays.items()}
    network_file.write(tmp_path / "shuffled.model", other, HEADER)
    assert (tmp_path / "shuffled.model").read_bytes() == path.read_bytes()


def test_a_scale_multiplies_the_logits(arrays, tmp_path):
    network_file.write(tmp_path / "low.model", arrays, {**HEADER, "scale": 0.5})
    features, words = observe(ARTICLE)
    low = np.array(_core.network_logits(ARTICLE, tmp_path / "low.model")) / 1024
    assert np.abs(low - network_file.run_float(arrays, HEADER, features, words) / 2).max() < 0.3


def test_a_cleaner_by_a_network(path, arrays, tmp_path):
    cleaner = copydesk.Cleaner(model=path)
    document = cleaner.clean(ARTICLE)
    logits = np.array(_core.network_logits(ARTICLE, path)) / 1024
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    for block, share in zip(document.blocks, shares, strict=True):
        assert np.abs(np.array(list(block.probabilities.values())) - share).max() < 1e-4
        assert block.evidence and all(evidence.weight for evidence in block.evidence)
    assert pickle.loads(pickle.dumps(cleaner)).clean(ARTICLE) == document


def test_an_inverse_temperature_softens(arrays, tmp_path):
    network_file.write(tmp_path / "soft.model", arrays, {**HEADER, "power": 0.5})
    logits = np.array(_core.network_logits(ARTICLE, tmp_path / "soft.model")) / 1024
    shares = np.exp((logits - logits.max(axis=1, keepdims=True)) / 2)
    shares /= shares.sum(axis=1, keepdims=True)
    for block, share in zip(copydesk.Cleaner(model=tmp_path / "soft.model").clean(ARTICLE).blocks, shares, strict=True):
        assert np.abs(np.array(list(block.probabilities.values())) - share).max() < 1e-3


def test_scores_are_added_to_the_chains(arrays, tmp_path):
    """A network that says nearly nothing leaves the chain as it is: the one that is shipped, or one of its own after the tables."""
    fast = ROOT / "model" / "fast.model"
    power = json.loads(fast.read_bytes().split(b"\n", 2)[1])["power"]
    mute = {**HEADER, "chain": True, "power": power, "scale": 1e-6}
    network_file.write(tmp_path / "mute.model", arrays, mute)
    network_file.write(tmp_path / "own.model", arrays, mute, chain=fast)
    network_file.write(tmp_path / "loud.model", arrays, {**mute, "scale": 1.0})
    mixed, own, loud = (copydesk.Cleaner(model=tmp_path / f"{name}.model").clean(ARTICLE) for name in ("mute", "own", "loud"))
    assert mixed == own != loud
    chain = copydesk.Cleaner(model="fast").clean(ARTICLE)
    for block, of_chain in zip(mixed.blocks, chain.blocks, strict=True):
        difference = np.array(list(block.probabilities.values())) - list(of_chain.probabilities.values())
        assert np.abs(difference).max() < 0.01


def test_threads_change_nothing(path):
    cleaner = copydesk.Cleaner(model=path)
    texts = [golden.text for golden in GOLDENS]
    assert cleaner.clean_many(texts, threads=1) == cleaner.clean_many(texts, threads=3)


def test_what_is_refused(path, arrays, tmp_path):
    content = path.read_bytes()
    wrong = tmp_path / "wrong.model"
    for bytes_, message in [
        (content[:-5], "cut short"),
        (content.replace(_core.SCHEMA.encode(), b"0" * 16, 1), "another table of evidence"),
        (content.replace(b'"width": 16', b'"width": 17', 1), "multiples of 8"),
        (content + b"more", "does not say"),
    ]:
        wrong.write_bytes(bytes_)
        with pytest.raises(copydesk.CopydeskError, match="damaged"):
            copydesk.Cleaner(model=wrong)
        wrong.write_bytes(seal.renewed(bytes_))
        with pytest.raises(copydesk.CopydeskError, match=message):
            copydesk.Cleaner(model=wrong)
    with pytest.raises(ValueError, match="chain"):
        _core.network_logits("text", ROOT / "model" / "fast.model")
    with pytest.raises(ValueError, match="twice"):
        network_file.write(wrong, {**arrays, "hashes": np.zeros_like(arrays["hashes"])}, HEADER)
    with pytest.raises(ValueError, match="too large"):
        network_file.write(wrong, {**arrays, "O": arrays["O"] * 1e6}, HEADER)


def test_a_seal_is_renewed(path, arrays, tmp_path):
    chain = (ROOT / "model" / "fast.model").read_bytes()
    network_file.write(tmp_path / "mixed.model", arrays, {**HEADER, "chain": True}, chain=ROOT / "model" / "fast.model")
    for sound in (path.read_bytes(), chain, (tmp_path / "mixed.model").read_bytes()):
        assert seal.renewed(sound) == sound
        kind, rest = seal.opened(sound)
        assert seal.renewed(kind + b" 1\n" + rest) == sound, "a model of version 1, which had no checksum"
    edited = chain.replace(b'"power": 0.8', b'"power": 0.7', 1)
    mixed = (tmp_path / "mixed.model").read_bytes().replace(chain, edited)
    for name, content in (("fast", edited), ("mixed", mixed)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(copydesk.CopydeskError, match="damaged"):
            copydesk.Cleaner(model=tmp_path / name)
        subprocess.run([sys.executable, ROOT / "training" / "seal.py", tmp_path / name], check=True)
        assert copydesk.Cleaner(model=tmp_path / name).clean(ARTICLE).text
    with pytest.raises(ValueError, match="not a copydesk model"):
        seal.renewed(b"poem\n")
