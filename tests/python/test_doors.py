"""The command line and Python give the same labels, probabilities and text on every golden and example."""

import json
import pathlib
import subprocess
import sys

import copydesk
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXTS = sorted((ROOT / "examples").glob("*.txt")) + sorted((ROOT / "tests" / "goldens").glob("*.txt"))


def without_gutter(path):
    text = path.read_text(encoding="utf-8")
    if path.parent.name != "goldens":
        return text
    rows = [row for row in text.split("\n") if "|" in row and not row.startswith("# ")]
    return "\n".join(row.partition("|")[2].removeprefix(" ") for row in rows)


@pytest.fixture(scope="module")
def by_command(tmp_path_factory):
    folder = tmp_path_factory.mktemp("doors")
    records = [json.dumps({"text": without_gutter(path)}) for path in TEXTS]
    (folder / "in.jsonl").write_text("\n".join(records), encoding="utf-8")
    files = []
    for number, path in enumerate(TEXTS):
        file = folder / f"{number:03}.txt"
        file.write_bytes(without_gutter(path).encode())
        files.append(str(file))
    run = subprocess.run([sys.executable, "-m", "copydesk", "clean", "--json", *files], capture_output=True, check=True)
    return [json.loads(line) for line in run.stdout.decode().splitlines()]


def test_every_text_comes_back(by_command):
    assert len(by_command) == len(TEXTS) > 40


@pytest.mark.parametrize("number", range(len(TEXTS)), ids=lambda number: TEXTS[number].stem)
def test_same_answer(by_command, number):
    document = copydesk.clean(without_gutter(TEXTS[number]).encode()).to_dict()
    command = {key: value for key, value in by_command[number].items() if key != "file"}
    assert command == document
    by_text = copydesk.clean(without_gutter(TEXTS[number]))
    assert [(b.label, b.kept, b.probabilities) for b in by_text.blocks] == [
        (b.label, b.kept, b.probabilities) for b in copydesk.clean(without_gutter(TEXTS[number]).encode()).blocks
    ]
    assert by_text.text == document["text"]
