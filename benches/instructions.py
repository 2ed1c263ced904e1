"""Instructions that cleaning takes, a byte of input, counted by valgrind: the same on a busy machine as on a quiet one.

    python benches/instructions.py             counts, and shows the counts beside benches/instructions.json
    python benches/instructions.py --gate      fails where one is more than 3 % over it (make speed)
    python benches/instructions.py --accept    writes the counts there; say why in the commit

Texts and pages written for this project (benches/instructions.rs). Counted is what three passes over them take more than one, so that
what happens once (the start, the models, the packs) is in neither. Counts follow from the processor, which decides the code that runs
(valgrind shows AVX2 to a program where the machine has it, and never AVX-512), and a little from the compiler: both stand in the file,
and a processor of another kind than its own has nothing to be compared with. Without valgrind nothing is counted; with CI=true that is a failure.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[1]
BASELINE = ROOT / "benches" / "instructions.json"
KINDS = ("default", "fast", "page")
#: How much worse is a failure.
ALLOWED = 0.03
PASSES = (1, 3)


class Missing(Exception):
    """What counting cannot do without."""


def build() -> pathlib.Path:
    """The program that is counted, as cargo says where it lies. The features are those of `make demo`: the library is compiled once."""
    command = ["cargo", "build", "--release", "--locked", "--features", "cli", "--bench", "instructions", "--message-format", "json"]
    lines = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8").stdout.splitlines()
    made = (json.loads(line) for line in lines if line.startswith("{"))
    return next(
        pathlib.Path(one["executable"]) for one in made if one.get("executable") and one["target"]["name"] == "instructions"
    )


def collected(program: pathlib.Path, kind: str, passes: int) -> tuple[int, dict[str, str]]:
    """Instructions of a whole run, and what the program said."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", str(program), kind, str(passes)]
    run = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not found:
        raise SystemExit(f"{' '.join(command)} failed:\n{run.stderr[-2000:]}")
    return int(found[1]), dict(line.split(" ", 1) for line in run.stdout.splitlines())


def count() -> dict[str, Any]:
    """Instructions a byte by kind, with the processor and the compiler that they are of."""
    if not shutil.which("valgrind"):
        raise Missing("there is no valgrind, which counts instructions (apt install valgrind)")
    program = build()
    per_byte, processor = {}, ""
    for kind in KINDS:
        (few, said), (many, _) = (collected(program, kind, passes) for passes in PASSES)
        per_byte[kind] = round((many - few) / (PASSES[1] - PASSES[0]) / int(said["bytes"]), 2)
        processor = said["processor"]
    rustc = subprocess.run(["rustc", "--version"], check=True, cwd=ROOT, capture_output=True, encoding="utf-8").stdout.strip()
    return {"processor": processor, "rustc": rustc, "instructions_per_byte": per_byte}


def faults(counted: dict[str, Any], baseline: dict[str, Any]) -> list[str]:
    """What is worse than it may be, with what to do."""
    found = []
    for kind, was in baseline["instructions_per_byte"].items():
        now = counted["instructions_per_byte"][kind]
        if now > was * (1 + ALLOWED):
            found.append(f"{kind}: {now:.1f} instructions a byte, {now / was - 1:+.1%} on {was:.1f}; {ALLOWED:.0%} is allowed")
    if found:
        if counted["rustc"] != baseline["rustc"]:
            found.append(f"counted with {counted['rustc']}, the baseline with {baseline['rustc']}: it may be the compiler")
        found.append(
            "Look for what costs (callgrind_annotate on the file that `valgrind --tool=callgrind` writes). Where it is worth its price: "
            "`python benches/instructions.py --accept`, and say so in the commit"
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--accept", action="store_true")
    args = parser.parse_args()
    try:
        counted = count()
    except Missing as missing:
        if os.environ.get("CI") == "true":
            sys.exit(f"speed: {missing}; with CI=true that is a failure")
        print(f"speed: nothing was counted: {missing}")
        return
    print(json.dumps(counted, indent=1))
    if args.accept:
        BASELINE.write_text(json.dumps(counted, indent=1) + "\n", encoding="utf-8")
        return
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    if counted["processor"] != baseline["processor"]:
        print(f"speed: not compared: this is {counted['processor']}, the baseline {baseline['processor']}")
        return
    for kind, was in baseline["instructions_per_byte"].items():
        print(f"speed: {kind} {counted['instructions_per_byte'][kind] / was - 1:+.2%}")
    if args.gate and (found := faults(counted, baseline)):
        sys.exit("speed: " + "\nspeed: ".join(found))


if __name__ == "__main__":
    main()
