"""What is published: the files of the package, the workflows that make it, and the links of its README."""

from __future__ import annotations

import pathlib
import re
import shutil
import subprocess

import pytest
import yaml
from conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def packaged() -> set[str]:
    """The files of the crate, which are those of the sdist too, but for the Python ones."""
    if shutil.which("cargo") is None:
        pytest.skip("cargo is not installed")
    command = ["cargo", "package", "--list", "--locked", "--allow-dirty"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr, done.stderr
    return set(done.stdout.replace("\\", "/").split())


def test_what_it_needs_and_cites_is_packaged(packaged):
    needed = {"build.rs", "python/copydesk/_core.pyi", "model/default.model", "packs/en.toml", "CHANGELOG.md", "README.md"}
    needed |= {path.name for path in ROOT.glob("LICENSE-*")}
    assert len(needed) == 10
    sources = [*ROOT.glob("src/**/*.rs"), *ROOT.glob("python/**/*.py*")]
    for path in sources:
        if path.suffix in (".rs", ".py", ".pyi"):
            needed |= set(re.findall(r"\bdocs/[\w.-]+\.(?:md|json)", path.read_text(encoding="utf-8")))
    assert "docs/packs.md" in needed
    assert needed <= packaged, needed - packaged


def test_nothing_of_the_workshop_is_packaged(packaged):
    workshop = ("tests/python/", "training/", "fuzz/", "release/", ".")
    assert [name for name in packaged if name.startswith(workshop)] in ([], [".cargo_vcs_info.json"])


def test_every_licence_has_its_text():
    """The texts of what Cargo.toml names, and the same expression for Python."""
    expression = re.search(r'^license = "(.+)"$', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), flags=re.M)[1]
    assert f'license = "{expression}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    texts = {path.name.removeprefix("LICENSE-") for path in ROOT.glob("LICENSE-*")}
    named = {name.strip("()") for name in re.split(r" (?:AND|OR) ", expression)}
    assert {{"Apache-2.0": "APACHE", "Unicode-3.0": "UNICODE-3.0"}.get(name, name) for name in named} == texts


def test_links_of_the_readme_work_outside_the_repository(packaged):
    """PyPI and crates.io show the README away from its files: links are whole addresses, and pages are read on docs.rs."""
    links = re.findall(r"\]\(([^)]+)\)", README) + re.findall(r"^\[[^]]+\]: (.+)$", README, flags=re.M)
    assert len(links) > 5
    source = "https://docs.rs/crate/copydesk/latest/source/"
    for link in links:
        assert link.startswith("https://"), f"{link}: give the whole address, {source}…"
        if link.startswith(source):
            assert link.removeprefix(source) in packaged, link
    defined = set(re.findall(r"^\[([^]]+)\]: ", README, flags=re.M))
    assert set(re.findall(r"\[(docs/[\w.]+)\](?!:)", README)) <= defined


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_calls_what_is_there(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    # YAML 1.1 reads the key `on` as true.
    assert {"name", True, "jobs"} <= workflow.keys()
    assert workflow["permissions"] == {"contents": "read"}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    called = set()
    for name, job in workflow["jobs"].items():
        needs = job.get("needs", [])
        assert set([needs] if isinstance(needs, str) else needs) <= workflow["jobs"].keys(), name
        assert "runs-on" in job, name
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step), (name, step)
            command = step.get("run", "")
            called |= set(re.findall(r"(?:release|\.ci)/[\w./-]+", command))
            for target in re.findall(r"\bmake ([\w-]+)", command):
                assert re.search(rf"^{target}:", makefile, flags=re.M), f"{name}: no target {target} in the Makefile"
    assert called
    for script in called:
        assert (ROOT / script).is_file(), script


def test_the_workflows_are_those():
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "release.yml"]


def test_all_that_is_built_is_awaited_before_publishing():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))["jobs"]
    awaited, todo = set(), ["publish"]
    while todo:
        needs = jobs[todo.pop()].get("needs", [])
        needs = {needs} if isinstance(needs, str) else set(needs)
        todo += needs - awaited
        awaited |= needs
    assert awaited == jobs.keys() - {"publish"}


def test_scripts_are_sound():
    """`bash -n`, and the words that macOS' bash of 2007 does not know are left out."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    scripts = [*(ROOT / "release").glob("*.sh"), ROOT / ".ci" / "run"]
    assert len(scripts) > 4
    for script in scripts:
        done = subprocess.run(["bash", "-n", script], capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        text = script.read_text(encoding="utf-8")
        assert ";;&" not in text and "declare -A" not in text and "mapfile" not in text, script


def test_the_version_is_one(tmp_path: pathlib.Path):
    """The tag is refused that is not the version, and the one whose changelog has no section."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    for name in ("Cargo.toml", "CHANGELOG.md", "release/tag.sh"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    version = re.search(r'^version = "(.+)"$', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), flags=re.M)[1]

    def code(tag: str) -> int:
        return subprocess.run(["bash", tmp_path / "release/tag.sh", tag], capture_output=True, check=False).returncode

    changes = tmp_path / "CHANGELOG.md"
    changes.write_text("# Changelog\n\n## 0.0.1\n", encoding="utf-8")
    assert code(f"v{version}") == 1
    changes.write_text(f"# Changelog\n\n## {version}\n", encoding="utf-8")
    assert code(f"v{version}") == 0
    assert code("v99.0.0") == 1


def test_the_code_map_is_whole():
    """Every path it names is there, and every room of src stands in it."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = [row for row in text.partition("## Code map")[2].splitlines() if row.startswith("|")]
    named = set(re.findall(r"[\w.-]+(?:/[\w.-]+)*/(?![\w<])|\bsrc/[\w/]+\.rs\b", "\n".join(rows)))
    assert len(named) > 40
    assert not [path for path in named if not (ROOT / path).exists()]
    rooms = {f"src/{path.name}{'/' if path.is_dir() else ''}" for path in (ROOT / "src").iterdir()} - {"src/lib.rs"}
    assert rooms <= named, rooms - named
    for path in set(re.findall(r"\b(?:src|tests|training|docs|packs|python|benches|release)/[\w/.]+\.\w+\b", text)):
        assert (ROOT / path).is_file(), path
