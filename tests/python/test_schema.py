"""docs/document.schema.json holds for every golden, and its labels are the labels."""

import json
import pathlib

import copydesk
import jsonschema
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "document.schema.json").read_text(encoding="utf-8"))
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))


def test_labels_are_the_labels():
    assert tuple(SCHEMA["$defs"]["label"]["enum"]) == copydesk.LABELS


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_documents_follow_the_schema(path):
    text = path.read_text(encoding="utf-8")
    for given, unit in ((text, "char"), (text.encode(), "byte")):
        document = copydesk.clean(given, published="2024-05-31")
        jsonschema.validate(document.to_dict(), SCHEMA)
        assert document.to_dict() == json.loads(document.to_json())
        assert document.to_dict()["unit"] == unit


def test_an_unknown_key_is_refused():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**copydesk.clean("x").to_dict(), "more": 1}, SCHEMA)
