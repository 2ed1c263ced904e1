"""What an adapter says where its library is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["extra"]


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Around the imports of an adapter: what is missing is named with the extra to install."""
    try:
        yield
    except ImportError as error:
        raise ImportError(f"copydesk.{name} needs what is not installed ({error}): pip install 'copydesk[{name}]'") from error
