"""What copydesk raises, besides TypeError: never for a text, only for configuration, files and misuse."""


class CopydeskError(Exception):
    """The one base of all errors of copydesk."""


class ConfigError(CopydeskError, ValueError):
    """An option, a name or a value that is refused; the message says what is accepted."""


class FormatError(CopydeskError, ValueError):
    """A file that is not the model or the language pack that it should be; a pickle of another version."""


class FileError(CopydeskError, OSError):
    """A file that cannot be read or written; `errno` says why, as in OSError."""


for _error in (CopydeskError, ConfigError, FormatError, FileError):
    _error.__module__ = "copydesk"
