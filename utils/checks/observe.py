"""Look at an answer: the only part that runs the learner's code. It needs no truth."""

from __future__ import annotations

from typing import Any

from utils import running
from utils.checks.failure import Failure, failure
from utils.checks.kinds import named
from utils.checks.seam import Observation, Task


def observe(task: Task, answer: Any) -> Observation:
    """Look at what the learner gave. Raises nothing that the learner's code raises."""
    kind = named(task.kind)
    where = [""]  # the place at work, for the message when the time is up

    def at(place: str) -> None:
        where[0] = place

    def look() -> tuple[Any, Failure | None]:
        try:
            return kind.observe(task.ask, answer, at), None
        except BaseException as raised:
            return None, failure(raised, answer)

    ran = running.run(look, task.seconds)
    seen, failed = ran.result or (None, None)
    place = where[0] if seen is None else ""
    return Observation(task.kind, seen, failed, ran.stopped, place, ran.printed)
