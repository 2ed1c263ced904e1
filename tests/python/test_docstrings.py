"""`help()` shows what the stub says: every public name has a docstring at run time, the stub's own, and a signature."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import pydoc
import types

import copydesk
import copydesk._core
import copydesk.ftfy
import pytest
from conftest import ROOT

STUB = ast.parse((ROOT / "python" / "copydesk" / "_core.pyi").read_text(encoding="utf-8"))


def said(node: ast.AST) -> str:
    """What the stub says of something; of a class with what its `__new__` says, for which `help()` has no other place."""
    parts = [ast.get_docstring(node)]
    for member in node.body if isinstance(node, ast.ClassDef) else ():
        if isinstance(member, ast.FunctionDef) and member.name == "__new__":
            parts.append(ast.get_docstring(member))
    return "\n\n".join(part for part in parts if part)


def names() -> dict[str, ast.AST]:
    """The public classes, functions, methods and properties of the stub."""
    found: dict[str, ast.AST] = {}
    for node in STUB.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and node.name in copydesk.__all__:
            found[node.name] = node
            for member in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(member, ast.FunctionDef) and not member.name.startswith("_"):
                    found[f"{node.name}.{member.name}"] = member
    return found


NAMES = names()


def there(name: str) -> object:
    found: object = copydesk
    for part in name.split("."):
        found = getattr(found, part)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_docstring_is_the_stubs(name):
    wanted = said(NAMES[name])
    assert wanted, f"{name} has no docstring in the stub"
    doc = inspect.getdoc(there(name))
    assert doc == wanted, f"{name}: give it `#[doc = stub!({name})]` in src/python, which takes the stub's, and build anew"


def test_the_module_has_the_stubs():
    assert inspect.getdoc(copydesk._core) == ast.get_docstring(STUB)
    assert copydesk.__doc__


def is_property(node: ast.AST) -> bool:
    return any(getattr(decorator, "id", "") == "property" for decorator in getattr(node, "decorator_list", ()))


CALLABLE = [
    name
    for name, node in NAMES.items()
    if not is_property(node)
    and (isinstance(node, ast.FunctionDef) or any(getattr(member, "name", "") == "__new__" for member in node.body))
]


@pytest.mark.parametrize("name", CALLABLE)
def test_the_signature_is_the_stubs(name):
    node = NAMES[name]
    if isinstance(node, ast.ClassDef):
        node = next(member for member in node.body if getattr(member, "name", "") == "__new__")
    wanted = [argument.arg for argument in node.args.posonlyargs + node.args.args + node.args.kwonlyargs]
    found = inspect.signature(there(name)).parameters
    assert [name for name in found if name != "self"] == [name for name in wanted if name not in ("cls", "self")]


def test_nothing_public_is_missing_from_the_stub():
    """What a class has at run time is in the stub: else it would escape the tests above."""
    for name in copydesk.__all__:
        found = getattr(copydesk, name)
        if isinstance(found, type) and found.__module__ == "copydesk" and not issubclass(found, Exception):
            extra = {f"{name}.{member}" for member in vars(found) if not member.startswith("_")} - set(NAMES)
            assert not extra, extra
        elif isinstance(found, types.BuiltinFunctionType):
            assert name in NAMES, name


def test_what_is_written_in_python_has_docstrings():
    """The errors, the drop-in for ftfy with its modules, and the functions and classes in them."""
    missing = []
    for name in copydesk.__all__:
        if not inspect.getdoc(getattr(copydesk, name)):
            missing.append(name)
    inside = [part.name for part in pkgutil.iter_modules(copydesk.ftfy.__path__, "copydesk.ftfy.")]
    parts = [importlib.import_module(name) for name in ("copydesk.ftfy", *inside)]
    assert len(parts) > 4
    for part in parts:
        if not part.__doc__:
            missing.append(part.__name__)
        for name, found in vars(part).items():
            ours = getattr(found, "__module__", None) == part.__name__
            if ours and not name.startswith("_") and isinstance(found, (type, types.FunctionType)) and not found.__doc__:
                missing.append(f"{part.__name__}.{name}")
            if ours and isinstance(found, (type, types.FunctionType)):
                inspect.signature(found)
    assert not missing, missing


def test_help_shows_it():
    shown = pydoc.plain(pydoc.render_doc(copydesk.Cleaner.clean))
    assert "clean(self, /, text, *, source=None" in shown
    assert "in time linear in its length" in shown
    assert "balance: where the line between story and furniture" in pydoc.plain(pydoc.render_doc(copydesk.Cleaner))
