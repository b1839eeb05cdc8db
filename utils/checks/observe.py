"""Look at an answer: the only part that runs the learner's code. It needs no truth."""

from __future__ import annotations

from typing import Any

from utils import running
from utils.checks.answer import Answer
from utils.checks.failure import Failure, failure
from utils.checks.kinds import named
from utils.checks.seam import Observation, Task

AGAIN = 0.5  # seconds for a second look, which nobody has to wait for


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
    if seen is not None and kind.look_again.__func__ is not Answer.look_again.__func__:
        seen = _look_again(kind, task, answer, seen)
    place = where[0] if seen is None else ""
    return Observation(task.kind, seen, failed, ran.stopped, place, ran.printed)


def _look_again(kind: type[Answer], task: Task, answer: Any, seen: Any) -> Any:
    """All that can be seen in a second look, or as much of it as the time allows."""
    found = [seen]

    def look() -> None:
        try:
            found.extend(kind.look_again(task.ask, answer, seen))
        except BaseException as raised:
            failure(raised, answer)  # it passes on what stops us, and the user's interrupt

    running.run(look, AGAIN)
    return found[-1]
