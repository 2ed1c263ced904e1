"""Whether a text looks like mojibake."""

from copydesk._core import ftfy_is_bad as is_bad

__all__ = ["is_bad"]
