"""Processes that this one has started, and those that they have: how much they have worked, and the end of one of them."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold anything; none where there is no such process."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def descendants() -> list[int]:
    """All processes below this one, at any depth. No other process is ever looked at, or ended."""
    parents = {int(path.name): int(stat[1]) for path in PROC.glob("[0-9]*") if (stat := _stat(int(path.name)))}
    found, level = [], [os.getpid()]
    while level:
        level = [pid for pid, parent in parents.items() if parent in level]
        found += level
    return found


def seconds(pid: int) -> float:
    """Processor time that a process has taken, in seconds, with that of those that it has waited for."""
    return sum(map(int, _stat(pid)[11:15])) / TICKS


def all_seconds() -> float:
    """The same of this process and all below it."""
    return sum(map(seconds, [os.getpid(), *descendants()]))


def cleaning() -> list[int]:
    """The processes below this one that have copydesk loaded."""

    def has(pid: int) -> bool:
        try:
            return "copydesk/_core" in (PROC / str(pid) / "maps").read_text()
        except OSError:
            return False

    return [pid for pid in descendants() if has(pid)]


class Killer(threading.Thread):
    """Ends one worker with SIGKILL, when it has cleaned for so many seconds since this was made."""

    def __init__(self, after: float = 0.5) -> None:
        super().__init__(daemon=True)
        self.after = after
        self.before = {pid: seconds(pid) for pid in cleaning()}
        self.killed: int | None = None
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set() and self.killed is None:
            for pid in cleaning():
                if seconds(pid) - self.before.setdefault(pid, seconds(pid)) >= self.after:
                    os.kill(pid, signal.SIGKILL)
                    self.killed = pid
                    break
            time.sleep(0.02)

    def __enter__(self) -> Killer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.join()
