"""docs/document.schema.json holds for what Python and the command write, and its labels are the labels."""

import json
import pathlib
import subprocess
import sys

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


def test_the_command_follows_the_schema():
    text = EXAMPLES[0].read_text(encoding="utf-8")
    command = [sys.executable, "-m", "copydesk", "clean", "--json"]
    ran = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=True)
    document = json.loads(ran.stdout)
    jsonschema.validate(document, SCHEMA)
    assert document["text"] == copydesk.clean(text).text


def test_fields_are_where_their_spans_say():
    text = (
        "Harbour tunnel closes for a month - The Orla Times\n\nBy Tom Berg\n\n"
        "Ada Brandt (left), the mayor of Orla – née Vik –, at the tunnel. Photo: Nora Quill/AFP\n\n"
        "The tunnel under the harbour will close on Monday for at least a month, the city said.\n\n"
        "Engineers found cracks in three of the four pumps, and the mayor said that nobody wanted to wait. "
        "READ MORE: Ferry hits quay in heavy wind\n\n"
        "The ferries will run every ten minutes until the tunnel is open again,[1] she said on Tuesday. (Reuters)"
    )
    document = copydesk.clean(text)
    assert (document.title, document.site) == ("Harbour tunnel closes for a month", "The Orla Times")
    assert text[slice(*document.title_span)] == document.title
    caption = document.captions[0]
    assert text[slice(*caption.text_span)] == caption.text
    assert text[slice(*caption.credit_span)] == caption.credit == "Photo: Nora Quill/AFP"
    assert text[caption.start : caption.end] == document.blocks[caption.block].text
    assert [(side.side, text[side.start : side.end]) for side in caption.sides] == [("left", "left")]
    inline = [(it.kind, text[it.start : it.end]) for block in document.blocks for it in block.inline]
    assert inline == [("footnote", "[1]"), ("credit", " (Reuters)")]
    # What is glued to a paragraph is a block of its own.
    assert "READ MORE: Ferry hits quay in heavy wind" in [block.text for block in document.removed]
    stripped = copydesk.Cleaner(inline="strip").clean(text).text
    for _, stretch in inline:
        text = text.replace(stretch, "")
    assert stripped.splitlines()[0] in text
    assert "READ MORE" not in stripped and "[1]" not in stripped and stripped.endswith("on Tuesday.")
