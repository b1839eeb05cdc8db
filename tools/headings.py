"""Where the headings of a text stand: a line of code that begins with # is none."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^(#{1,6}) +(.+?) *$", re.M)
_FENCED = re.compile(r"^```.*?^```", re.M | re.S)


def parts(markdown: str) -> list[tuple[str, int, str]]:
    """Each heading, its level and the text below it, in order.

    What stands before the first heading comes first, with no heading and the level 0.
    """
    hidden = _FENCED.sub(lambda code: "·" * len(code[0]), markdown)
    marks = list(_HEADING.finditer(hidden))
    found = [("", 0, markdown[: marks[0].start()] if marks else markdown)]
    ends = [*(mark.start() for mark in marks), len(markdown)][1:]
    for mark, end in zip(marks, ends, strict=True):
        found.append((mark[2], len(mark[1]), markdown[mark.end() : end]))
    return found
