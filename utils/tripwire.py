"""Stop a function at its next line, from another thread; Python 3.12 and newer only.

An asynchronous exception hits where the interpreter looks for one: at a call, at a jump back. In
Python 3.12 a loop such as `while True: try: time.sleep(1) except: pass` looks nowhere but where
its own `except` catches what comes. At the line of that `except`, nothing does.
"""

from __future__ import annotations

import os
import sys
import threading
from types import CodeType, FrameType
from typing import Any

# Not there before Python 3.12, where the exceptions alone are enough.
_monitoring: Any = getattr(sys, "monitoring", None)
_get_ident = threading.get_ident
_FREE_TOOLS = (4, 3)  # the numbers that Python has given to no kind of tool
# Never to be hit: what ends the time limit, and puts things back, has to come to its end.
_OURS = (os.path.dirname(__file__), threading.__file__)


class Tripwire:
    """Raises `kind` in the thread `target`, at each line of the functions where it was laid."""

    def __init__(self, target: int, kind: type[BaseException]) -> None:
        self.target, self.kind = target, kind
        self._tool: int | None = None
        self._codes: list[CodeType] = []

    def lay(self, frame: FrameType | None) -> None:
        """Lay it in the function that `frame` is in, unless that is one of the course itself.

        Does nothing before Python 3.12, or where other tools have taken all places.
        """
        if _monitoring is None or frame is None or frame.f_code.co_filename.startswith(_OURS):
            return
        if self._tool is None and not self._take_tool():
            return
        self._codes.append(frame.f_code)
        _monitoring.set_local_events(self._tool, frame.f_code, _monitoring.events.LINE)

    def lift(self) -> None:
        """Take it away everywhere; no line raises from here on."""
        if self._tool is None:
            return
        for code in self._codes:
            _monitoring.set_local_events(self._tool, code, 0)
        _monitoring.register_callback(self._tool, _monitoring.events.LINE, None)
        _monitoring.free_tool_id(self._tool)
        self._tool = None
        self._codes.clear()

    def _take_tool(self) -> bool:
        for tool in _FREE_TOOLS:
            if _monitoring.get_tool(tool) is None:
                _monitoring.use_tool_id(tool, "time limit")
                _monitoring.register_callback(tool, _monitoring.events.LINE, self._trip)
                self._tool = tool
                return True
        return False

    def _trip(self, code: CodeType, line: int) -> None:
        if _get_ident() == self.target:
            raise self.kind
