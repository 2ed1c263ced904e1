"""What measures speed (benches/): the gate of instructions fails where it should, and what is printed is read as it was meant."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "benches"))

import growth  # noqa: E402
import history  # noqa: E402
import instructions  # noqa: E402

BASELINE = {"processor": "x86_64 with AVX2", "rustc": "rustc 1.90.0", "instructions_per_byte": {"default": 100.0, "fast": 50.0}}


def counted(**kinds: float):
    made = copy.deepcopy(BASELINE)
    made["instructions_per_byte"].update(kinds)
    return made


def run_gate(monkeypatch, tmp_path, now, *args):
    """What the command does where counting gives `now`; the baseline afterwards."""
    path = tmp_path / "instructions.json"
    path.write_text(json.dumps(BASELINE), encoding="utf-8")
    monkeypatch.setattr(instructions, "BASELINE", path)
    monkeypatch.setattr(instructions, "count", lambda: now)
    monkeypatch.setattr(sys, "argv", ["instructions.py", *args])
    instructions.main()
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_gate_fails_by_more_than_three_per_cent_and_says_what_to_do(monkeypatch, tmp_path):
    assert run_gate(monkeypatch, tmp_path, counted(default=102.9, fast=20.0), "--gate") == BASELINE
    with pytest.raises(SystemExit) as failed:
        run_gate(monkeypatch, tmp_path, counted(fast=52.0), "--gate")
    assert "fast: 52.0 instructions a byte, +4.0% on 50.0" in str(failed.value)
    assert "instructions.py --accept" in str(failed.value) and "default" not in str(failed.value)


def test_another_compiler_is_named():
    assert any("it may be the compiler" in fault for fault in instructions.faults({**counted(fast=60.0), "rustc": "rustc 2"}, BASELINE))


def test_a_baseline_changes_only_on_purpose(monkeypatch, tmp_path):
    assert run_gate(monkeypatch, tmp_path, counted(fast=52.0)) == BASELINE
    assert run_gate(monkeypatch, tmp_path, counted(fast=52.0), "--accept") == counted(fast=52.0)


def test_another_processor_is_not_compared(monkeypatch, tmp_path, capsys):
    run_gate(monkeypatch, tmp_path, {**counted(fast=99.0), "processor": "aarch64"}, "--gate")
    assert "not compared: this is aarch64" in capsys.readouterr().out


def test_without_valgrind_it_is_a_failure_only_for_ci(monkeypatch, capsys):
    monkeypatch.setattr(instructions.shutil, "which", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["instructions.py", "--gate"])
    monkeypatch.delenv("CI", raising=False)
    instructions.main()
    assert "there is no valgrind" in capsys.readouterr().out
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SystemExit, match="CI=true"):
        instructions.main()


def test_the_baseline_has_what_is_counted():
    baseline = json.loads(instructions.BASELINE.read_text(encoding="utf-8"))
    assert sorted(baseline["instructions_per_byte"]) == sorted(instructions.KINDS)
    assert instructions.faults(baseline, baseline) == []


PRINTED = """\
examples: 5 texts, 90 lines, 0.01 MB
  memcpy          25000.0 MB/s     0.04 ns a byte     0.01 µs a line
  clean              21.5 MB/s    46.51 ns a byte     4.00 µs a line
  repair   ascii  1400.0 MB/s   scraped   900.0 MB/s
corpus     skipped: there is no corpus.jsonl
"""


def test_what_the_bench_prints_is_read():
    assert history.speeds(PRINTED) == {"examples": {"memcpy": 25000.0, "clean": 21.5}}
    stages = [line.split('"')[1] for line in (ROOT / "benches/throughput.rs").read_text(encoding="utf-8").splitlines() if line.startswith('    ("')]
    assert stages == list(history.MEANINGS)


def test_a_commit_measured_again_has_one_line(tmp_path):
    path = tmp_path / "history.jsonl"
    for commit, speed in (("a", 1.0), ("b", 2.0), ("a", 3.0)):
        history.add({"commit": commit, "machine": "m", "mb_per_s": {"examples": {"clean": speed}}}, path)
    rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
    assert [(row["commit"], row["mb_per_s"]["examples"]["clean"]) for row in rows] == [("b", 2.0), ("a", 3.0)]


def test_what_grows_is_named_and_drawn():
    rows = [
        {"axis": axis, "model": model, "size": size, "ns_per_byte": 40.0 if (axis, size) != ("lines", 1000) else 80.0}
        for axis in growth.AXES
        for model in ("default", "fast")
        for size in (10, 100, 1000)
    ]
    found = growth.points("\n".join(map(json.dumps, rows)))
    assert growth.not_flat(found) == ["lines, default, 1 k: +100%", "lines, fast, 1 k: +100%"]
    assert "lines, fast, 1 k: +100%." in growth.table(found)
    panels = [(title, found[axis]) for axis, title in growth.AXES.items()]
    picture = ET.fromstring(growth.written.curves(panels, "ns"))
    assert len(picture.findall("{http://www.w3.org/2000/svg}polyline")) == 8


@pytest.mark.parametrize("name", ["peers", "growth", "stages", "startup"])
def test_the_page_has_a_place_for_each_table(name, tmp_path):
    page = tmp_path / history.written.PAGE
    page.write_text((ROOT / "docs" / "performance.md").read_text(encoding="utf-8"), encoding="utf-8")
    history.written.write(tmp_path, name, "new figures")
    assert "new figures" in page.read_text(encoding="utf-8")


def test_the_first_call_is_measured():
    run = [sys.executable, str(ROOT / "benches" / "startup.py"), "--processes", "1", "--print"]
    printed = subprocess.run(run, check=True, capture_output=True, encoding="utf-8").stdout
    assert printed.count("\n| ") == 5 and "import copydesk" in printed
