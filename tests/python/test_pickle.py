"""Pickle, copy and hash of every class."""

from __future__ import annotations

import copy
import json
import pathlib
import pickle
import random
import shutil

import copydesk
import pytest
from conftest import ARTICLE, GOLDENS, ROOT


def objects() -> dict[str, object]:
    document = copydesk.clean(ARTICLE)
    normalized = copydesk.Normalizer(surrogates=False).normalize("a\ud800 &amp; \ufb01")
    found = {
        "cleaner": copydesk.Cleaner(),
        "cleaner with options": copydesk.Cleaner(
            keep=["title", "body"],
            balance="drop_junk",
            dateline="strip",
            inline="strip",
            separator="\n",
            markup="keep",
            normalizer=copydesk.Normalizer(form="NFKC"),
        ),
        "normalizer": copydesk.Normalizer(),
        "normalizer with options": copydesk.Normalizer(quotes="curly", marks=None, spaces=False, bidi="strip"),
        "document": document,
        "document of bytes": copydesk.clean(ARTICLE.encode("utf-16")),
        "empty document": copydesk.clean(""),
        "normalized": normalized,
        "change": normalized.changes[0],
        "byline": copydesk.parse_byline("BY NORA QUILL, editor, n@orla.example"),
        "timestamp": copydesk.parse_timestamps("4 May 2016 09:30")[0],
        "caption": copydesk.parse_caption("A ferry waits. (AFP)"),
        "dateline": copydesk.parse_dateline("PARIS, May 4 (Reuters) - It rained.", published="2016-05-04"),
    }
    for golden in GOLDENS:
        one = copydesk.clean(golden.text)
        for part in (*one.blocks, one.byline, one.published, one.updated, one.dateline, *one.captions):
            if part is not None:
                found[type(part).__name__] = part
                for inner in (
                    *getattr(part, "evidence", ()),
                    *getattr(part, "inline", ()),
                    *getattr(part, "people", ()),
                    *getattr(part, "places", ()),
                ):
                    found[type(inner).__name__] = inner
                if getattr(part, "date", None) is not None:
                    found["PartialDate"] = part.date
    return found


OBJECTS = objects()
#: Those whose pickle is a class and a state.
FIELDS = [name for name, it in OBJECTS.items() if getattr(it.__reduce__()[0], "__name__", "") == "_restore"]
#: Of those, the ones whose state is no JSON.
BINARY = ("Document", "Block")


@pytest.mark.parametrize("it", OBJECTS.values(), ids=OBJECTS)
def test_pickle_and_copy(it):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        state = pickle.dumps(it, protocol)
        again = pickle.loads(state)
        assert type(again) is type(it) and again == it and hash(again) == hash(it) and repr(again) == repr(it)
        assert pickle.dumps(again, protocol) == state == pickle.dumps(pickle.loads(state), protocol)
    assert copy.copy(it) == it == copy.deepcopy(it)
    assert it != object()


def test_a_restored_document_is_the_same():
    document = copydesk.clean(ARTICLE)
    again = pickle.loads(pickle.dumps(document))
    assert again.to_json() == document.to_json()
    assert [again.source_span(i, i + 1) for i in range(len(again.text))] == [
        document.source_span(i, i + 1) for i in range(len(document.text))
    ]


def test_a_document_is_as_large_as_its_text():
    text = "\n\n".join(golden.text for golden in GOLDENS)
    assert len(pickle.dumps(copydesk.clean(text))) < 2 * len(text.encode())


def test_a_block_goes_without_its_document():
    document = copydesk.clean(ARTICLE + "\n\n" + "It rained on the harbour all day. " * 1000)
    for block in document.blocks:
        again = pickle.loads(pickle.dumps(block))
        assert (again, hash(again), repr(again)) == (block, hash(block), repr(block))
        assert (again.probabilities, again.inline, again.evidence) == (block.probabilities, block.inline, [])
    assert len(pickle.dumps(document.blocks[0])) < 500


@pytest.mark.parametrize("model", ["default", "fast"])
def test_reasons_are_made_again(model):
    document = copydesk.Cleaner(model=model).clean(ARTICLE, title="Harbour tunnel closes", source="orla.example")
    again = pickle.loads(pickle.dumps(document))
    assert [block.evidence for block in again.blocks] == [block.evidence for block in document.blocks]
    assert all(block.evidence for block in again.blocks)


def test_reasons_of_packs_of_ones_own_stay_after(tmp_path):
    pack = tmp_path / "own.toml"
    pack.write_text('[cues]\npromo = ["the harbour letter"]', encoding="utf-8")
    document = copydesk.Cleaner(packs=[pack]).clean(ARTICLE)
    again = pickle.loads(pickle.dumps(document))
    assert document == again and document.blocks[0].evidence and not again.blocks[0].evidence


def test_reasons_asked_for_or_not_are_no_difference():
    one, two = copydesk.clean(ARTICLE), copydesk.clean(ARTICLE)
    assert one.blocks[0].evidence
    assert one == two and hash(one) == hash(two) and pickle.dumps(one) == pickle.dumps(two)
    assert one.to_json() == two.to_json()


def test_a_restored_cleaner_answers_the_same():
    for name in ("cleaner", "cleaner with options"):
        cleaner = OBJECTS[name]
        assert pickle.loads(pickle.dumps(cleaner)).clean(ARTICLE) == cleaner.clean(ARTICLE)


def of_files(folder: pathlib.Path, name: str) -> copydesk.Cleaner:
    """A cleaner of a model and a pack that are files in that folder."""
    folder.mkdir()
    (folder / f"{name}.model").write_bytes((ROOT / "model" / "fast.model").read_bytes())
    pack = '[[site]]\nsource = "harbour.example"\ncues.promo = ["the harbour letter"]'
    (folder / f"{name}.toml").write_text(pack, encoding="utf-8")
    return copydesk.Cleaner(model=folder / f"{name}.model", packs=[folder / f"{name}.toml"], separator="\n")


def test_a_pickled_cleaner_holds_its_files(tmp_path):
    cleaner, same = of_files(tmp_path / "one", "a"), of_files(tmp_path / "two", "b")
    text = "The Harbour Letter\n\n" + ARTICLE
    want = cleaner.clean(text, source="harbour.example")
    assert want.blocks[0].label == "promo" and want != copydesk.Cleaner(model="fast").clean(text)
    assert cleaner == same and hash(cleaner) == hash(same) and repr(cleaner) != repr(same)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        state = pickle.dumps(cleaner, protocol)
        shutil.rmtree(tmp_path / "one", ignore_errors=True)
        again = pickle.loads(state)
        assert again == cleaner and hash(again) == hash(cleaner) and repr(again) == repr(cleaner)
        assert again.clean(text, source="harbour.example") == want
        assert pickle.dumps(again, protocol) == state
    assert copy.deepcopy(cleaner).clean(text, source="harbour.example") == want
    assert cleaner != copydesk.Cleaner(model="fast", separator="\n")
    (tmp_path / "other.toml").write_text('[cues]\npromo = ["the tide letter"]', encoding="utf-8")
    other = copydesk.Cleaner(model=tmp_path / "two" / "b.model", packs=[tmp_path / "other.toml"], separator="\n")
    assert other != cleaner


def test_the_pickle_of_a_cleaner_without_files_is_small():
    assert len(pickle.dumps(copydesk.Cleaner())) < 100
    assert len(pickle.dumps(OBJECTS["cleaner with options"])) < 600
    fast = pickle.dumps(copydesk.Cleaner(model="fast"))
    assert b"fast" in fast and len(fast) < 100


def test_a_cleaner_of_a_foreign_state_is_refused():
    from copydesk import _core

    for state, error in (
        (({}, ("a.model", b"roses"), []), copydesk.FormatError),
        (({}, None, [("a.toml", "no pack = = at all")]), copydesk.FormatError),
        (({"keep": ["poem"]}, None, []), copydesk.ConfigError),
        (({"colour": "red"}, None, []), TypeError),
    ):
        with pytest.raises(error):
            _core._cleaner(*state)


def test_equality_sees_differences():
    one, two = copydesk.clean("One line."), copydesk.clean("Two lines.")
    assert one != two and one.blocks != two.blocks and one.blocks[0] == copydesk.clean("One line.").blocks[0]
    assert copydesk.Cleaner() != copydesk.Cleaner(balance="drop_junk")
    assert copydesk.Normalizer() != copydesk.Normalizer(marks=3)


def test_errors_can_be_pickled():
    for call in (
        lambda: copydesk.Cleaner(balance="x"),
        lambda: copydesk.Cleaner(model="/does/not/exist"),
        lambda: copydesk.Cleaner().clean_many([1]),
    ):
        with pytest.raises(Exception) as caught:
            call()
        again = pickle.loads(pickle.dumps(caught.value))
        assert type(again) is type(caught.value) and str(again) == str(caught.value)


def edited(state: object, dice: random.Random) -> object:
    """The state with something changed somewhere in it: a number, a text, a field or an item."""
    if isinstance(state, dict) and state:
        key = dice.choice(sorted(state))
        rest = {name: value for name, value in state.items() if name != key}
        return rest if dice.random() < 0.05 else {**rest, key: edited(state[key], dice)}
    if isinstance(state, list) and state:
        i = dice.randrange(len(state))
        items = {0: [], 1: [state[i], state[i]]}.get(dice.randrange(12), [edited(state[i], dice)])
        return state[:i] + items + state[i + 1 :]
    if isinstance(state, str):
        return dice.choice([state[:-1], "", state + "日", "é" + state])
    return dice.choice([0, 1, 2, 7, 10**6, 2**31, 2**64 - 1, -1, 1e300, 0.5, None, True, "x", []])


def use(it: object) -> None:
    """Everything that can be asked of an object."""
    repr(it), hash(it), pickle.dumps(it)
    assert it == it
    for name in dir(it):
        if not name.startswith("_") and not callable(getattr(it, name)):
            getattr(it, name)
    for name in ("to_json", "to_dict", "_repr_html_"):
        getattr(it, name, str)()
    for start in range(len(getattr(it, "text", "")) + 2) if hasattr(it, "source_span") else ():
        it.source_span(start, start + 1)  # type: ignore[attr-defined]
    for block in getattr(it, "blocks", ()):
        use(block)


@pytest.mark.parametrize("name", [name for name in FIELDS if type(OBJECTS[name]).__name__ not in BINARY])
def test_an_edited_state_is_refused_or_works(name):
    from copydesk import _core

    _, (class_, state) = OBJECTS[name].__reduce__()[:2]  # type: ignore[misc]
    dice = random.Random(7)
    fates = set()
    for _ in range(400):
        crafted = json.loads(state)
        for _ in range(dice.randrange(1, 4)):
            crafted = edited(crafted, dice)
        try:
            it = _core._restore(class_, json.dumps(crafted).encode())
        except copydesk.FormatError as error:
            fates.add("refused")
            assert "pickle" in str(error)
        else:
            fates.add("works")
            use(it)
    assert "refused" in fates


def edited_bytes(state: bytes, dice: random.Random) -> bytes:
    """The same of a state that is bytes."""
    at = dice.randrange(len(state))
    some = bytes([dice.choice([0, 1, 2, 127, 128, 255])])
    return dice.choice([state[:at], state[:at] + some + state[at:], state[:at] + some + state[at + 1 :], state + some])


@pytest.mark.parametrize("name", [name for name in FIELDS if type(OBJECTS[name]).__name__ in BINARY])
def test_an_edited_state_of_bytes_is_refused_or_works(name):
    from copydesk import _core

    _, (class_, state) = OBJECTS[name].__reduce__()[:2]  # type: ignore[misc]
    dice = random.Random(7)
    fates = set()
    for _ in range(400):
        crafted = state
        for _ in range(dice.randrange(1, 4)):
            crafted = edited_bytes(crafted, dice) or state
        try:
            it = _core._restore(class_, crafted)
        except (copydesk.FormatError, IndexError) as error:
            fates.add("refused")
            assert isinstance(error, IndexError) or "pickle" in str(error)
        else:
            fates.add("works")
            use(it)
    assert fates == {"refused", "works"}


def test_a_crafted_normalized_is_refused_or_works():
    from copydesk import _core

    it = copydesk.Normalizer(surrogates=False).normalize("a\ud800 &amp; \ufb01 caf\u00c3\u00a9")
    text, changes, map_ = it.__reduce__()[1]  # type: ignore[misc]
    dice = random.Random(7)
    for _ in range(1500):
        crafted = json.dumps(edited(json.loads(map_), dice)).encode()
        some = dice.choice([changes, changes[::-1], changes[1:]])
        try:
            again = _core._normalized(dice.choice([text, text[:-1]]), some, crafted)
        except copydesk.FormatError:
            continue
        use(again)
    for change in ((5, 2, "abc"), (0, 2**64 - 1, "a"), (0, 1, "ab"), (0, 2, "\ud800")):
        with pytest.raises(copydesk.FormatError, match="change"):
            _core._change("form", *change, "x")
    with pytest.raises(copydesk.FormatError, match="no map"):
        _core._normalized(text, changes, None)


def test_a_foreign_state_is_refused():
    from copydesk import _core

    with pytest.raises(copydesk.FormatError, match="another version"):
        _core._restore("Document", b"{}")
    with pytest.raises(TypeError, match="Poem"):
        _core._restore("Poem", b"{}")
    with pytest.raises(IndexError):
        _core._restore("Block", copydesk.clean("").__reduce__()[1][1])  # type: ignore[index]
