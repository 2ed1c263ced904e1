"""Packs of a caller's own."""

import pickle

import copydesk
import pytest

TEXT = """\
Harbour tunnel closes for a month

The tunnel under the harbour will close on Monday for at least a month, the city said.

Engineers found cracks in three of the four pumps last week, and the mayor said that nobody wanted to wait.

Ebb and Flow
"""


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "harbour.toml"
    path.write_text('[[site]]\nsource = "harbour.example"\ncues.ad = ["ebb and flow"]\n', encoding="utf-8")
    return path


def test_phrases_of_a_site_count_for_its_texts_alone(pack):
    cleaner = copydesk.Cleaner(packs=[pack])
    for source, counts in [("https://www.harbour.example/a", True), ("m.harbour.example", True), ("other.example", False), (None, False)]:
        block = cleaner.clean(TEXT, source=source).blocks[-1]
        assert (block.label == "ad") == counts, source
        assert any(evidence.name == "own.ad" and evidence.weight == 8.0 for evidence in block.evidence) == counts
        assert abs(sum(block.probabilities.values()) - 1) < 0.001


def test_batches_and_pickles_know_them_too(pack):
    cleaner = pickle.loads(pickle.dumps(copydesk.Cleaner(packs=[str(pack)])))
    documents = cleaner.clean_many([TEXT, TEXT], sources=["harbour.example", None])
    assert [document.blocks[-1].label == "ad" for document in documents] == [True, False]


def test_a_wrong_pack_names_its_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[cues]\npromos = ["x"]\n')
    with pytest.raises(ValueError, match=r'mine\.toml.*"promos" is not known: use one of'):
        copydesk.Cleaner(packs=[path])
