"""What copydesk raises, besides TypeError: for configuration, files and misuse. For a text only where copydesk has a fault."""


class CopydeskError(Exception):
    """The one base of all errors of copydesk."""


class ConfigError(CopydeskError, ValueError):
    """An option, a name or a value that is refused; the message says what is accepted."""


class FormatError(CopydeskError, ValueError):
    """A file that is not the model or the language pack that it should be; a pickle of another version."""


class FileError(CopydeskError, OSError):
    """A file that cannot be read or written; `errno` says why, as in OSError."""


class FaultError(CopydeskError, RuntimeError):
    """A fault of copydesk: it failed on a text, as no text should make it do. In a batch the message names the text.

    The other texts are none the worse for it. Please report it, with the text.
    """


for _error in (CopydeskError, ConfigError, FormatError, FileError, FaultError):
    _error.__module__ = "copydesk"
