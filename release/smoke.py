"""Installs a wheel (or an sdist) into an empty place and tries what a new user would: python release/smoke.py dist/copydesk-….whl

By default: a new virtual environment of the Python that runs this, as pip makes it, without a look at any package index.
With --python COMMAND the wheel is unpacked for that interpreter instead, and all is run by it: one of another processor under
an emulator, or of another C library. COMMAND may hold arguments, and must be of the same minor version as --version says.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parents[1]
VERSION = re.search(r'^version = "(.+)"$', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), flags=re.M)[1]

CHECKS = '''
import importlib.metadata, os, pathlib, pickle, platform, sys, sysconfig
import copydesk, copydesk.ftfy

version = {version!r}
assert copydesk.__version__ == version, (copydesk.__version__, version)
package = pathlib.Path(copydesk.__file__).parent
assert {root!r} not in str(package), package
assert (package / "py.typed").is_file() and (package / "_core.pyi").is_file()

found = importlib.metadata.distribution("copydesk")
assert found.version == version
files = [str(file).replace(os.sep, "/") for file in found.files]
for name in {licences!r}:
    assert any(file.endswith("licenses/" + name) for file in files), (name, files)
for name in {pages!r}:
    assert (package / "docs" / name).is_file(), name

document = copydesk.clean("""Harbour tunnel closes for a month

PORT ELLEN, Scotland (Reuters) - The tunnel under the harbour will close on Monday for at least a month, the city said.

SHARE THIS ARTICLE""")
assert document.text.startswith("PORT ELLEN") and "SHARE" not in document.text, document.text
assert document.title == "Harbour tunnel closes for a month", document.title
assert document.dateline.agency_id == "reuters"
assert [block.label for block in document.blocks][-1] == "share"
assert pickle.loads(pickle.dumps(document)) == document
assert copydesk.Cleaner(model="fast").clean_many(["One.", None], threads=2)[1] is None
assert copydesk.parse_dateline("PARIS, May 4 (AFP) - It rained.").places[0].country == "FR"
assert copydesk.ftfy.fix_text("caf\\u00c3\\u00a9") == "caf\\u00e9"
assert "in time linear" in copydesk.Cleaner.clean.__doc__
try:
    copydesk.Cleaner(balance="none")
except copydesk.ConfigError:
    pass
else:
    raise AssertionError("an unknown option was taken")
if sysconfig.get_config_var("Py_GIL_DISABLED"):
    assert not sys._is_gil_enabled(), "the extension turned the GIL on"
print("copydesk", version, "on Python", platform.python_version(), platform.machine(), *platform.libc_ver())
'''

ARTICLE = "Harbour tunnel closes\n\nThe tunnel under the harbour will close on Monday, the city said.\n\nSHARE THIS ARTICLE\n"


def installed(archive: pathlib.Path, folder: pathlib.Path) -> tuple[list[str], list[str], dict[str, str]]:
    """A virtual environment with the archive: the commands for Python and for copydesk, and their environment."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = str(programs / "python")
    # A wheel must need nothing; an sdist is built by pip, which fetches what builds it.
    alone = ["--no-index", "--no-deps"] if archive.suffix == ".whl" else []
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *alone, archive], check=True)
    return [python], [str(programs / "copydesk")], {}


def unpacked(archive: pathlib.Path, folder: pathlib.Path, python: list[str], version: str):
    """The wheel unpacked for another interpreter; pip checks that its tags are those of such a machine."""
    tags = archive.name.removesuffix(".whl").split("-")[-1].split(".")
    platforms = [option for tag in tags for option in ("--platform", tag)]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
        + ["--only-binary", ":all:", "--python-version", version, "--target", folder, *platforms, archive],
        check=True,
    )
    return python, [*python, "-m", "copydesk"], {"PYTHONPATH": str(folder)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=pathlib.Path)
    parser.add_argument("--python", type=shlex.split, help="command of another interpreter")
    parser.add_argument("--version", default="3.11", help="its version, %(default)s when not given")
    given = parser.parse_args()
    archive = given.archive.resolve(strict=True)
    licences = sorted(path.name for path in ROOT.glob("LICENSE-*"))
    pages = sorted(path.name for path in ROOT.glob("docs/*"))
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place) / "env"
        if given.python:
            python, command, extra = unpacked(archive, folder, given.python, given.version)
        else:
            python, command, extra = installed(archive, folder)
        # As a user's: nothing of the checkout on the path.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | extra

        def run(words: list[str], text: str | None = None) -> str:
            done = subprocess.run(
                words, input=text, capture_output=True, encoding="utf-8", cwd=place, env=environment, check=False
            )
            if done.returncode:
                sys.exit(f"{archive.name}: {words[-3:]} ended with {done.returncode}\n{done.stdout}{done.stderr}")
            return done.stdout

        checks = pathlib.Path(place) / "checks.py"
        checks.write_text(
            CHECKS.format(version=VERSION, root=str(ROOT), licences=licences, pages=pages), encoding="utf-8"
        )
        told = run([*python, str(checks)]).strip()
        shown = run([*command, "clean"], ARTICLE)
        assert "tunnel under the harbour" in shown and "SHARE" not in shown, shown
        assert VERSION in run([*command, "--version"])
        assert "Reuters" in run([*command, "parse", "dateline", "PARIS, 4 mars (Reuters) - Une phrase."])
    print(f"{archive.name}: {told}")


if __name__ == "__main__":
    main()
