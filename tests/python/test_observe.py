"""Evidence as numbers, for training: that of a line itself, without its neighbours'."""

from copydesk import _core

TEXT = "Teile diesen Artikel\nDie letzte Fähre fährt wieder\nFoto: Hafenamt"
OWN = ("word=", "word.first=", "word.last=", "word.pair=", "word.line=", "shape=")


def test_words_are_a_lines_own():
    named, numbered = _core.observe(TEXT), _core.observe_ids(TEXT)
    assert [TEXT[start:end] for start, end, _, _ in numbered] == TEXT.split("\n")
    for (start, end, _, words), (_, _, names) in zip(numbered, named, strict=True):
        assert len(words) == 4 * sum(name.startswith(OWN) for name in names)
        # The same as if the line stood alone.
        assert [alone for _, _, _, alone in _core.observe_ids(TEXT[start:end])] == [words]
    assert {"word.before=teile diesen artikel", "word.after=foto hafenamt"} <= set(named[1][2])


def test_features_are_numbers_of_the_table():
    for (_, _, features, _), (_, _, names) in zip(_core.observe_ids(TEXT), _core.observe(TEXT), strict=True):
        numbers = memoryview(features).cast("H")
        ids = [_core.FEATURES[number] for number in numbers]
        assert ids and set(ids) <= set(names)
        assert not any(name.startswith(("before.", "after.")) for name in ids)


def test_forms_tell_case():
    def form(text):
        return _core.observe_ids(text)[0][3][-4:]

    assert form("Hafen") != form("hafen")
    assert form("Hafen") == form("Fähre")
