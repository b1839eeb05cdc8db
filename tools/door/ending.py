"""What is done when the system, or a terminal that is closed, asks a process to end."""

import signal
from collections.abc import Callable
from types import FrameType


def when_asked_to_end(handler: Callable[[int, FrameType | None], object]) -> None:
    """Let `handler` hear SIGTERM and SIGHUP, save where they are ignored, as `nohup` asks."""
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handler)
