"""What travels between looking at an answer and judging it: a task one way, an observation back.

The two halves may stand in two processes: the learner's code runs in a sandbox or a Web Worker that
holds no truths, and the verdict is found elsewhere. Both ways it is plain data for `json`; hand the
text on as it is, since some readers take 1.0 for 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from utils.checks.failure import Failure
from utils.checks.kinds import named
from utils.checks.plain import Json, from_plain, to_plain
from utils.checks.question import Question
from utils.running import Reason

VERSION = 4  # of what travels; another number for every change of what is in it


@dataclass(frozen=True)
class Task:
    """What an observer must know of a question: no truth, no rivals, no hints.

    kind: the name of the kind of answer.
    ask: what that kind wants to know, such as the probes of a function.
    seconds: how long the learner's code may run.
    """

    kind: str
    ask: Any
    seconds: float

    @staticmethod
    def of(question: Question) -> Task:
        """The task that a question sets."""
        return Task(type(question.answer).__name__, question.answer.ask, question.seconds)

    def to_plain(self) -> dict[str, Json]:
        """As a dict for `json`. Raises ValueError for a probe that cannot travel."""
        ask = to_plain(named(self.kind).Ask, self.ask)
        return {"version": VERSION, "kind": self.kind, "ask": ask, "seconds": self.seconds}

    @staticmethod
    def from_plain(data: Json) -> Task:
        """What `to_plain` gave. Raises ValueError, with the reason, for anything else.

        Probes that are functions are imported by their names, so read only tasks of your own.
        """
        data = _opened(data, "task", {"kind", "ask", "seconds"})
        kind = named(from_plain(str, data["kind"], "task.kind"))
        ask = from_plain(kind.Ask, data["ask"], "task.ask")
        return Task(kind.__name__, ask, from_plain(float, data["seconds"], "task.seconds"))


@dataclass(frozen=True)
class Observation:
    """What came of looking at an answer: one of `seen`, `failure` and `stopped`.

    kind: the name of the kind of answer that was asked.
    seen: what that kind looks for, such as a reading for each probe.
    failure: what the learner's code raised.
    stopped: why it was stopped, as `utils.running` says it: "time", "memory", …; empty if not.
    where: the place in words at which it failed or was stopped, such as "x = 2"; may be empty.
    printed: True if it printed something.
    """

    kind: str
    seen: Any = None
    failure: Failure | None = None
    stopped: Reason = ""
    where: str = ""
    printed: bool = False

    def to_plain(self) -> dict[str, Json]:
        """As a dict for `json`."""
        seen = None if self.seen is None else to_plain(named(self.kind).Seen, self.seen)
        return {
            "version": VERSION,
            "kind": self.kind,
            "seen": seen,
            "failure": to_plain(Failure | None, self.failure),
            "stopped": self.stopped,
            "where": self.where,
            "printed": self.printed,
        }

    @staticmethod
    def from_plain(data: Json) -> Observation:
        """What `to_plain` gave. Raises ValueError, with the reason, for anything else.

        Safe on data from a sandbox: nothing in it is imported or run.
        """
        entries = {"kind", "seen", "failure", "stopped", "where", "printed"}
        data = _opened(data, "observation", entries)
        kind = named(from_plain(str, data["kind"], "observation.kind"))
        found = Observation(
            kind.__name__,
            from_plain(kind.Seen | None, data["seen"], "observation.seen"),
            from_plain(Failure | None, data["failure"], "observation.failure"),
            _reason(data["stopped"]),
            from_plain(str, data["where"], "observation.where"),
            from_plain(bool, data["printed"], "observation.printed"),
        )
        if (found.seen is not None) + (found.failure is not None) + bool(found.stopped) != 1:
            raise ValueError("an observation must have exactly one of seen, failure and stopped")
        return found


def _reason(data: Json) -> Reason:
    if data not in get_args(Reason):
        known = ", ".join(map(repr, get_args(Reason)))
        raise ValueError(f"observation.stopped must be one of {known}, and is {repr(data)[:60]}")
    return data


def _opened(data: Json, what: str, entries: set[str]) -> dict[str, Json]:
    """The entries of a task or an observation of our version."""
    if not isinstance(data, dict):
        raise ValueError(f"{what} must be an object, and is {repr(data)[:60]}")
    version = data.get("version")
    if type(version) is not int or version != VERSION:
        raise ValueError(
            f"This {what} has version {repr(version)[:20]}, and this course reads version "
            f"{VERSION}. Use the same version of the course on both sides."
        )
    wrong = (entries | {"version"}) ^ data.keys()
    if wrong:
        raise ValueError(f"This {what} lacks or should not have: {', '.join(sorted(wrong))[:200]}.")
    return data
