"""Nothing that a learner's code prints or shows reaches the notebook."""

from __future__ import annotations

import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_get_ident = threading.get_ident


class Sink:
    """Swallows what its own thread writes; other threads write where they did before."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.owner, self.used = stream, _get_ident(), False

    def write(self, text: str) -> int:
        if _get_ident() != self.owner:
            return self.stream.write(text)
        self.used = self.used or not text.isspace()
        return 0 if text is None else len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class _DisplaySink:
    """Swallows what its own thread displays; other threads display where they did before.

    All else goes to the notebook's publisher: the kernel tells it of every request that comes in,
    and a request that comes in meanwhile, such as another cell, would else be lost.
    """

    def __init__(self, publisher: Any) -> None:
        self.publisher, self.owner = publisher, _get_ident()

    def publish(self, *args: Any, **kwargs: Any) -> None:
        if _get_ident() != self.owner:
            self.publisher.publish(*args, **kwargs)

    def clear_output(self, *args: Any, **kwargs: Any) -> None:
        if _get_ident() != self.owner:
            self.publisher.clear_output(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.publisher, name)


@contextmanager
def hushed() -> Iterator[Sink]:
    """No prints, displays, warnings or figures from the learner's code reach the notebook."""
    streams = sys.stdout, sys.stderr
    out = sys.stdout = Sink(sys.stdout)
    sys.stderr = Sink(sys.stderr)
    pyplot = sys.modules.get("matplotlib.pyplot")
    figures = pyplot.get_fignums() if pyplot else []
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython else None
    publisher = getattr(shell, "display_pub", None)
    if publisher is not None:
        shell.display_pub = _DisplaySink(publisher)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield out
    finally:
        sys.stdout, sys.stderr = streams
        if publisher is not None:
            shell.display_pub = publisher
        if pyplot:
            for number in set(pyplot.get_fignums()) - set(figures):
                pyplot.close(number)
