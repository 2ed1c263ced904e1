"""Sound text stays sound: words of many languages in every setting, and all pairs of a letter and a mark (benches/peers/sound.py)."""

import pathlib
import sys

from conftest import needs

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benches" / "peers"))

needs("django")  # the words are of its translations
needs("ftfy")
sound = needs("sound")


def test_words_in_all_settings_stay():
    counts, by_context, _ = sound.sound(words=1)
    assert counts["lines"] > 500_000
    assert counts["changed"] <= 0.00005 * counts["lines"], by_context
    assert counts["to another script"] == 0


def test_a_letter_and_a_mark_are_changed_as_ftfy_does_or_stay():
    counts = sound.pairs()
    assert counts["lines"] > 200_000
    assert counts["ftfy leaves them"] <= 30
