"""The network: evidence in, arrays out. Trained with PyTorch; copydesk runs it without.

Each line's evidence (its own features of the table, and its own words) is a sum of learnt rows, twice over: once as a linear
score for each label, from the line and its two neighbours, and once as a vector that goes through a dense layer and a stack of
dilated convolutions over the lines of the document, each added to what came before (He et al., 2015; van den Oord et al., 2016).
Words that fewer than MIN_PUBLISHERS publishers write are left out, so that no site's phrases are learnt. Words are dropped at
random in training (Iyyer et al., 2015), and the weights are the moving average of the second half of it.
"""

import collections
import random

import documents as docs
import dress
import numpy as np
import torch
from copydesk import _core
from torch import nn
from torch.nn import functional as fn

MIN_PUBLISHERS = 4
MOST_WORDS = 24_000  # of those, the ones that say most: the file is to stay small
WIDTH = 64
DILATIONS = (1, 2, 4, 8, 16)
DROP, DROP_WORDS = 0.3, 0.3
RATE, DECAY, AVERAGE = 3e-3, 0.02, 0.99
BATCH, EPOCHS = 16, 8
RECOMBINED = 0.5  # what a line of a recombined document counts
LABELS = {label: number for number, label in enumerate(_core.LABELS)}
FEATURES = len(_core.FEATURES)


class Observed:
    """A document as numbers: features and words of its blocks, end to end, how many each block has, and the labels."""

    def __init__(self, doc, cuts=b""):
        blocks = _core.observe_ids(dress.text_of(doc)[0], cuts)
        self.features = [np.frombuffer(features, "<u2").astype(np.int64) for _, _, features, _ in blocks]
        self.words = [np.frombuffer(words, "<u4") for _, _, _, words in blocks]
        labels = docs.labels_of_pieces(doc, [block[:2] for block in blocks]) if "labels" in doc else []
        self.labels = np.array([LABELS[label] for label in labels], np.int64)
        self.publisher = doc["publisher_key"]
        self.weight = 1.0 if doc["publisher_key"] else RECOMBINED

    def look_up(self, lexicon):
        """Numbers for the words that the lexicon knows; 0 is none."""
        at = np.concatenate(self.words) if self.words else np.zeros(0, np.uint32)
        found = np.searchsorted(lexicon, at).clip(max=max(len(lexicon) - 1, 0))
        known = lexicon[found] == at if len(lexicon) else np.zeros(len(at), bool)
        blocks = np.repeat(np.arange(len(self.words)), [len(words) for words in self.words])[known]
        self.numbers = found[known] + 1
        self.counts = np.bincount(blocks, minlength=len(self.words))


def lexicon_of(observed):
    """Hashes of the words that at least MIN_PUBLISHERS publishers write, in order."""
    seen = collections.defaultdict(set)
    for doc in observed:
        if doc.publisher:
            for word in set(np.concatenate(doc.words).tolist()) if doc.words else ():
                seen[word].add(doc.publisher)
    return np.array(sorted(word for word, by in seen.items() if len(by) >= MIN_PUBLISHERS), np.uint32)


class Batch:
    def __init__(self, observed):
        starts = lambda counts: torch.from_numpy(np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64))
        self.lengths = [len(doc.features) for doc in observed]
        self.features = torch.from_numpy(np.concatenate([f for doc in observed for f in doc.features]))
        self.feature_starts = starts([len(f) for doc in observed for f in doc.features])
        self.words = torch.from_numpy(np.concatenate([doc.numbers for doc in observed]))
        self.word_starts = starts(np.concatenate([doc.counts for doc in observed]))
        ends = np.cumsum(self.lengths)
        self.has_before = torch.ones(int(ends[-1]), 1)
        self.has_before[ends - self.lengths] = 0
        self.has_after = torch.ones(int(ends[-1]), 1)
        self.has_after[ends - 1] = 0


class Network(nn.Module):
    def __init__(self, words):
        super().__init__()
        bag = lambda rows, width, **more: nn.EmbeddingBag(rows, width, mode="sum", **more)
        self.features = bag(FEATURES, WIDTH)
        self.words = bag(words + 1, WIDTH, padding_idx=0)
        self.bias = nn.Parameter(torch.zeros(WIDTH))
        self.dense = nn.Linear(WIDTH, WIDTH)
        self.convolutions = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH, 3, padding=d, dilation=d) for d in DILATIONS)
        self.out = nn.Linear(2 * WIDTH, len(LABELS))
        self.wide = nn.ModuleList(bag(FEATURES, len(LABELS)) for _ in range(3))
        self.wide_words = bag(words + 1, len(LABELS), padding_idx=0)
        self.drop = nn.Dropout(DROP)
        nn.init.normal_(self.features.weight, std=0.1)
        nn.init.normal_(self.words.weight, std=0.05)
        with torch.no_grad():
            self.words.weight[0] = 0
        for table in (*self.wide, self.wide_words):
            nn.init.zeros_(table.weight)

    def forward(self, batch):
        words = batch.words
        if self.training:
            words = torch.where(torch.rand(words.shape) < DROP_WORDS, 0, words)
        x = fn.relu(self.features(batch.features, batch.feature_starts) + self.words(words, batch.word_starts) + self.bias)
        line = fn.relu(self.dense(self.drop(x)))
        stack = nn.utils.rnn.pad_sequence(line.split(batch.lengths), batch_first=True).transpose(1, 2)
        inside = (torch.arange(stack.shape[2])[None] < torch.tensor(batch.lengths)[:, None])[:, None].float()
        for convolution in self.convolutions:
            stack = (stack + fn.relu(convolution(self.drop(stack)))) * inside
        stack = torch.cat([rows[:n] for rows, n in zip(stack.transpose(1, 2), batch.lengths, strict=True)])
        own, before, after = (table(batch.features, batch.feature_starts) for table in self.wide)
        shift = lambda rows, by: torch.roll(rows, by, 0)
        wide = own + shift(before, 1) * batch.has_before + shift(after, -1) * batch.has_after
        return self.out(torch.cat([self.drop(stack), line], 1)) + wide + self.wide_words(words, batch.word_starts)

    def arrays(self):
        """The weights by the names that network_file.py knows."""
        a = {name: value.detach().numpy() for name, value in self.state_dict().items()}
        out = {"F": a["features.weight"], "W": a["words.weight"][1:], "b": a["bias"]}
        out |= {"L0": a["dense.weight"], "b0": a["dense.bias"], "O": a["out.weight"], "o": a["out.bias"]}
        out |= {f"P{i}": a[f"wide.{i}.weight"] for i in range(3)} | {"Q": a["wide_words.weight"][1:]}
        layers = [a[f"convolutions.{i}.weight"] for i in range(len(DILATIONS))]
        out |= {name: np.stack([layer[:, :, tap] for layer in layers]) for tap, name in enumerate("ABC")}
        out["c"] = np.stack([a[f"convolutions.{i}.bias"] for i in range(len(DILATIONS))])
        return out


def pruned(lexicon, arrays):
    """The words that say most, by the size of their rows."""
    size = np.linalg.norm(arrays["W"], axis=1) + np.linalg.norm(arrays["Q"], axis=1)
    kept = np.sort(np.argsort(-size, kind="stable")[:MOST_WORDS])
    return lexicon[kept], {**arrays, "W": arrays["W"][kept], "Q": arrays["Q"][kept]}


def fit(documents, cuts=b"", seed=0):
    """Trains on labelled documents: the lexicon (hashes in order) and the arrays. The same on one machine, to the bit."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    observed = [doc for doc in (Observed(doc, cuts) for doc in documents) if doc.features]
    lexicon = lexicon_of(observed)
    for doc in observed:
        doc.look_up(lexicon)
    network = Network(len(lexicon))
    rng = random.Random(seed)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    # Documents of like length share a batch: chunks of eight batches are sorted.
    batches = lambda order: [
        chunk[at : at + BATCH]
        for start in range(0, len(order), 8 * BATCH)
        for chunk in [sorted(order[start : start + 8 * BATCH], key=lambda doc: len(doc.features))]
        for at in range(0, len(chunk), BATCH)
    ]
    steps = EPOCHS * len(batches(observed))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1, pct_start=0.15)
    average = None
    for epoch in range(EPOCHS):
        network.train()
        rng.shuffle(observed)
        epoch_batches = batches(observed)
        rng.shuffle(epoch_batches)
        for members in epoch_batches:
            logits = network(Batch(members))
            labels = torch.from_numpy(np.concatenate([doc.labels for doc in members]))
            weight = torch.from_numpy(np.concatenate([np.full(len(doc.labels), doc.weight, np.float32) for doc in members]))
            loss = (fn.cross_entropy(logits, labels, reduction="none") * weight).sum() / weight.sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            if 2 * epoch >= EPOCHS:
                state = network.state_dict()
                if average is None:
                    average = {name: value.clone() for name, value in state.items()}
                for name, value in state.items():
                    average[name].lerp_(value, 1 - AVERAGE)
    network.load_state_dict(average)
    return pruned(lexicon, network.eval().arrays())
