"""The surface that tools rely on, walked name by name."""

from __future__ import annotations

import ast
import inspect

import copydesk
import pytest
from conftest import shared

#: Not there yet. A name that is there must go from here.
PENDING = {"SiteProfile"}


def contract() -> ast.Module:
    return ast.parse((shared() / "contract.pyi").read_text(encoding="utf-8"))


def check_function(name: str, wanted: ast.FunctionDef, found: object, *, method: bool) -> None:
    assert callable(found), name
    parameters = inspect.signature(found).parameters
    positional = wanted.args.args[1:] if method else wanted.args.args
    for argument, default in zip(wanted.args.kwonlyargs, wanted.args.kw_defaults, strict=True):
        there = parameters[argument.arg]
        assert there.kind is inspect.Parameter.KEYWORD_ONLY, f"{name}({argument.arg})"
        expected = inspect.Parameter.empty if default is None else ast.literal_eval(default)
        assert there.default == expected, f"{name}({argument.arg})"
    for argument in positional:
        assert parameters[argument.arg].kind is not inspect.Parameter.KEYWORD_ONLY, f"{name}({argument.arg})"


def test_every_name_of_the_contract_is_there():
    missing, found = set(), 0
    for node in contract().body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            assert isinstance(getattr(copydesk, node.target.id), (str, tuple)), node.target.id
        elif isinstance(node, ast.FunctionDef):
            check_function(node.name, node, getattr(copydesk, node.name), method=False)
        elif isinstance(node, ast.ClassDef):
            if not hasattr(copydesk, node.name):
                missing.add(node.name)
                continue
            cls = getattr(copydesk, node.name)
            for member in node.body:
                if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name):
                    assert hasattr(cls, member.target.id), f"{node.name}.{member.target.id}"
                elif isinstance(member, ast.FunctionDef):
                    name = f"{node.name}.{member.name}"
                    if member.name == "__init__":
                        check_function(name, member, cls, method=True)
                    elif hasattr(cls, member.name):
                        check_function(
                            name,
                            member,
                            getattr(cls(), member.name)
                            if node.name in {"Cleaner", "Normalizer"}
                            else getattr(cls, member.name),
                            method=True,
                        )
                    else:
                        missing.add(name)
            found += 1
    assert missing == PENDING
    assert found > 10, "the contract has classes"


def test_labels_and_versions():
    assert len(copydesk.LABELS) == 19 and copydesk.LABELS[0] == "title" and "body" in copydesk.LABELS
    assert copydesk.__version__.count(".") >= 2
    assert isinstance(copydesk.rules_version, str)


def test_all_is_what_is_there():
    assert len(set(copydesk.__all__)) == len(copydesk.__all__)
    for name in copydesk.__all__:
        assert hasattr(copydesk, name)
        if inspect.isclass(getattr(copydesk, name)):
            assert getattr(copydesk, name).__module__ == "copydesk", name


def test_objects_are_frozen():
    document = copydesk.clean("One line.")
    for it in (document, document.blocks[0], copydesk.Cleaner(), copydesk.Normalizer()):
        with pytest.raises((AttributeError, TypeError)):
            it.text = "another"  # type: ignore[attr-defined]
        with pytest.raises((AttributeError, TypeError)):
            it.new = 1


def test_errors_are_of_both_kinds(tmp_path):
    assert issubclass(copydesk.ConfigError, (copydesk.CopydeskError, ValueError))
    with pytest.raises(OSError) as missing:
        copydesk.Cleaner(model=str(tmp_path / "none"))
    assert isinstance(missing.value, copydesk.CopydeskError) and missing.value.errno == 2
    with pytest.raises(OSError, match='model "defualt" is not known: use one of default, fast, or the path.*cannot read'):
        copydesk.Cleaner(model="defualt")
    assert issubclass(copydesk.FaultError, (copydesk.CopydeskError, RuntimeError))
    (tmp_path / "poem").write_text("roses")
    with pytest.raises(ValueError, match="model") as wrong:
        copydesk.Cleaner(model=tmp_path / "poem")
    assert isinstance(wrong.value, copydesk.CopydeskError)
