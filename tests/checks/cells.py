"""A learner's cell without a notebook: run, looked at, timed."""

import html
import linecache
import math
import re
import time

import numpy as np

LIMIT = 0.4  # seconds that the sample's questions allow in these tests


def in_notebook(source: str) -> dict:
    """Run `source` as a notebook would: with a namespace and source lines of its own."""
    name = f"<cell {abs(hash(source))}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    namespace = {"__name__": "__main__", "np": np, "math": math}
    exec(compile(source, name, "exec"), namespace)
    return namespace


def defined(source: str):
    """The function `f` that `source` defines in a cell."""
    return in_notebook(source)["f"]


def visible(markup: str) -> str:
    """The text of some HTML, as a reader of the page gets it (decorations are hidden)."""
    markup = re.sub(r'<span aria-hidden="true"[^>]*>.*?</span>', "", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def timed(action):
    """What `action()` gives back, and how many seconds it took."""
    started = time.monotonic()
    result = action()
    return result, time.monotonic() - started
