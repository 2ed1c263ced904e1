"""The command line: `copydesk` and `python -m copydesk`."""

import signal
import sys

from copydesk import _core


def main() -> int:
    """Runs the command on `sys.argv`; gives its exit code."""
    # Python's handler would wait for Rust to come back. Where Ctrl-C is ignored, as after `&`, it stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _core.main(["copydesk", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
