"""Libraries that come with an extra of the package, not with the package."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def library(name: str, extra: str) -> Any:
    """The module of that name; an `ImportError` that says how to install it where it is not there."""
    try:
        return import_module(name)
    except ImportError as error:
        says = f"copydesk.{extra} needs {name.partition('.')[0]} ({error}): pip install 'copydesk[{extra}]'"
        raise ImportError(says, name=error.name, path=error.path) from error
