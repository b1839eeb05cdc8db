"""A look at running code from inside, where no second thread can look at it: in a browser."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

# Not there before Python 3.12; every browser's Python is newer.
_monitoring: Any = getattr(sys, "monitoring", None)
_get_ident, _frame_at = threading.get_ident, sys._getframe
_FREE_TOOLS = (4, 3)  # the numbers that Python has given to no kind of tool
_STEPS_ARE = ("PY_START", "PY_RESUME", "JUMP")
STEPS = 32  # that go by between two looks


class Meter:
    """Calls `look` with the running frame every few steps, and raises the exception that it gives.

    A step is the beginning of a function or a jump, so no loop and no recursion goes without one.
    Once something was raised, it looks at every step, and each line is one: some code catches
    whatever comes, and only at the line of its own `except` does nothing catch.
    """

    def __init__(
        self, look: Callable[[FrameType], type[BaseException] | None], spared: str
    ) -> None:
        """spared: the folder of the files in which nothing is raised."""
        self._look, self._spared = look, spared
        self._owner = _get_ident()
        self._between = STEPS
        self._tool: int | None = None

    def start(self) -> bool:
        """False before Python 3.12, and where other tools have taken all places."""
        for tool in _FREE_TOOLS if _monitoring is not None else ():
            if _monitoring.get_tool(tool) is None:
                _monitoring.use_tool_id(tool, "time limit")
                self._tool = tool
                self._call_at_events(self._counted())
                self._watch_for(_STEPS_ARE)
                return True
        return False

    def end(self) -> None:
        """Nothing is looked at, and nothing raised, from here on."""
        if self._tool is None:
            return
        self._watch_for(())
        self._call_at_events(None)
        _monitoring.free_tool_id(self._tool)
        self._tool = None

    def _call_at_events(self, callback: Callable[..., None] | None) -> None:
        for name in (*_STEPS_ARE, "LINE"):
            event = getattr(_monitoring.events, name)
            _monitoring.register_callback(self._tool, event, callback)

    def _watch_for(self, names: tuple[str, ...]) -> None:
        _monitoring.set_events(self._tool, sum(getattr(_monitoring.events, name) for name in names))

    def _counted(self) -> Callable[..., None]:
        """What is called at each step: next to nothing, so that the answer is hardly slowed."""
        left = STEPS

        def step(code: CodeType, _at: int, _to: int = 0) -> None:
            nonlocal left
            left -= 1
            if left <= 0 and not code.co_filename.startswith(self._spared):
                self._reached()
                left = self._between

        return step

    def _reached(self) -> None:
        if _get_ident() != self._owner:
            return
        kind = self._look(_frame_at(2))
        if kind is not None:
            self._between = 0
            self._watch_for((*_STEPS_ARE, "LINE"))
            raise kind
