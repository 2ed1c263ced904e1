"""Sound text stays sound: words of many languages in every setting, and all pairs of a letter and a mark (benches/peers/sound.py)."""

import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benches" / "peers"))

pytest.importorskip("django", reason="the words are of Django's translations: pip install -r training/requirements.txt")
pytest.importorskip("ftfy")
sound = pytest.importorskip("sound")


def test_words_in_all_settings_stay():
    counts, by_context, _ = sound.sound(words=1)
    assert counts["lines"] > 500_000
    assert counts["changed"] <= 0.00005 * counts["lines"], by_context
    assert counts["to another script"] == 0


def test_a_letter_and_a_mark_are_changed_as_ftfy_does_or_stay():
    counts = sound.pairs()
    assert counts["lines"] > 200_000
    assert counts["ftfy leaves them"] <= 30
