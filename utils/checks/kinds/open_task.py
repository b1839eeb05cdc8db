"""An open task: many ways are right, and a function is judged by what it does.

The learner's function gets black boxes: functions that it may ask, but not look into, and that
fall silent when the budget of calls is spent. What it returned and where it asked is judged by
predicates, a right way and each known mistake by one of its own.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from utils import running
from utils.checks import words
from utils.checks.answer import Answer, Asked, Rival, is_blank
from utils.checks.calling import used
from utils.checks.feedback import Outcome
from utils.checks.kinds.function import inputs_differ, not_a_function, returned
from utils.checks.numeric import ENOUGH
from utils.checks.reading import Kind, Reading, has_gap, inputs_that_do_not_fit, is_stub, read
from utils.checks.verdict import Verdict
from utils.measuring import Saying

OVER_BUDGET = "budget-exceeded"
_LONGEST_PLACE = 100  # letters
MOST_PLACES = 1_000  # of the places asked, so many are kept; no budget is larger


class BudgetSpent(RuntimeError):
    """A black box was asked more often than it answers."""


# --- looking at the answer: what runs the learner's code ---


@dataclass(frozen=True)
class Runs:
    """How the learner's function is run: the arguments of each run, by their names.

    budget: how many calls all functions among the arguments answer together, in each run.
    """

    names: tuple[str, ...]
    arguments: tuple[tuple[Any, ...], ...]
    budget: int


@dataclass(frozen=True)
class Run:
    """What one run left.

    result: what the learner's function returned; nothing where it ran into the budget.
    calls: how often it asked its black boxes, refused calls included.
    places: the inputs of the calls that were answered, in their order.
    """

    result: Reading
    calls: int = 0
    places: tuple[tuple[float, ...], ...] = ()

    def validate(self) -> None:
        """ValueError for more places than calls, as in data from elsewhere."""
        if len(self.places) > max(self.calls, 0):
            raise ValueError(f"{len(self.places)} places cannot come from {self.calls} calls")


@dataclass(frozen=True)
class Tried:
    """What came of all runs, or why there was none."""

    runs: tuple[Run, ...] = ()
    given: Reading | None = None  # the answer itself, where it is no function
    misfit: str | None = None  # its inputs, where they are not those of the task
    unwritten: bool = False  # there is no body, or a line that is only ...


class _Meter:
    """Counts what the black boxes of one run are asked, and refuses when the budget is spent."""

    def __init__(self, budget: int) -> None:
        self.budget, self.calls = budget, 0
        self.places: list[tuple[float, ...]] = []

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., float]:
        """The function as a black box: numbers in, a number out."""

        def black_box(*inputs: Any) -> float:
            self.calls += 1
            if self.calls > self.budget:
                raise BudgetSpent(f"{name} answers {self.budget} calls, and this is one more")
            readings = [read(value) for value in inputs]
            if not all(reading.is_number for reading in readings):
                raise TypeError(f"{name} takes one number for each input, one place at a time")
            place = tuple(reading.values[0] for reading in readings)
            self.places.append(place)
            try:
                return float(function(*place))
            except (ArithmeticError, ValueError):
                return math.nan  # too far out for a float

        black_box.__name__ = name
        return black_box


def _observe_run(ask: Runs, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Run:
    meter = _Meter(ask.budget)
    handed = [
        meter.around(name, argument) if callable(argument) else copy.deepcopy(argument)
        for name, argument in zip(ask.names, arguments, strict=True)
    ]
    try:
        result = read(used(function, handed))
    except Exception:
        if meter.calls <= ask.budget:
            raise
        result = Reading(Kind.NOTHING, name="nothing (`None`)")  # it met the budget
    return Run(result, meter.calls, tuple(meter.places))


# --- the kind ---


@dataclass(frozen=True)
class Attempt:
    """One run as a predicate sees it.

    arguments: those of the probe, the functions themselves among them.
    result: the numbers that the learner's function returned, flat.
    calls, places: as in `Run`.
    """

    arguments: tuple[Any, ...]
    result: tuple[float, ...]
    calls: int
    places: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Way:
    """A way to go about the task, right or mistaken.

    shows: tells from one run whether it was gone.
    example: a function that goes it; `Question.ambiguities` proves the predicates by it.
    shape: of what it returns, where that is another one than the task asks for.
    """

    shows: Callable[[Attempt], bool]
    example: Callable[..., Any]
    shape: tuple[int, ...] | None = None


@dataclass(frozen=True)
class OpenTask(Answer):
    """A function is asked that reaches a goal in any way, within a budget of calls.

    truth: the right way. The parameter names of its example are used in messages.
    probes: the arguments of each run, a single one or a tuple. Each function among them is from a
        module without truths (such as `utils/examples.py`), takes numbers and gives one. At least
        four runs, so that each mistake shows in three or more.
    budget: how many calls are answered in each run, by all functions together.
    shape: of what is returned; () for one number.
    told: what a run that missed the goal came to, as a sentence that gives no answer away.

    The answers of rivals are `Way`s. A rival is named where it alone explains every run that missed
    the goal, and those are three or more. Asking more often than the budget allows needs no rival.
    """

    truth: Way
    probes: Sequence[Any]
    _: KW_ONLY
    budget: int = MOST_PLACES
    shape: tuple[int, ...] = ()
    told: Callable[[Attempt], str] | None = None

    Ask = Runs
    Seen = Tried

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what the learner's function gets, in their order."""
        code = self.truth.example.__code__
        return code.co_varnames[: code.co_argcount]

    @property
    def arguments(self) -> tuple[tuple[Any, ...], ...]:
        """For each run its arguments, one or several."""
        return tuple(probe if isinstance(probe, tuple) else (probe,) for probe in self.probes)

    @property
    def ask(self) -> Runs:
        return Runs(self.names, self.arguments, self.budget)

    @classmethod
    def observe(cls, ask: Runs, given: Any, at: Saying) -> Tried:
        reading = read(given)
        if reading.kind is not Kind.FUNCTION:
            return Tried(given=reading)
        if is_stub(given):
            return Tried(unwritten=True)
        misfit = inputs_that_do_not_fit(given, len(ask.names))
        if misfit:
            return Tried(misfit=misfit)
        function = running.isolated(given)
        runs: list[Run] = []
        for index, arguments in enumerate(ask.arguments):
            at(_run(index, ask.names, arguments))
            runs.append(_observe_run(ask, function, arguments))
        silent = all(run.result.kind is Kind.NOTHING and not run.calls for run in runs)
        return Tried(tuple(runs), unwritten=silent and has_gap(given))

    def is_empty(self, seen: Tried) -> bool:
        if seen.given:
            return is_blank(seen.given)
        return seen.unwritten or any(run.result.kind is Kind.GAP for run in seen.runs)

    def empty(self, question_id: str) -> str:
        return nothing_written(question_id)

    def decide(self, question: Asked, seen: Tried, printed: bool) -> Verdict:
        if seen.given:
            return Verdict.of(Outcome.TYPE, not_a_function(seen.given, self.names))
        if seen.misfit:
            return Verdict.of(Outcome.TYPE, inputs_differ(seen.misfit, self.names))
        if len(seen.runs) != len(self.arguments):
            raise ValueError(f"{len(seen.runs)} runs do not fit {len(self.arguments)} probes")
        for index, run in enumerate(seen.runs):
            if run.calls > self.budget:
                where = _run(index, self.names, self.arguments[index])
                return Rival(OVER_BUDGET).named(refused(where, self.budget))
        for index, run in enumerate(seen.runs):
            if run.result.kind is not Kind.NUMBERS:
                return self._returned(index, run, seen, printed)
        missed = [i for i, run in enumerate(seen.runs) if not self._goes(self.truth, i, run)]
        if not missed:
            return question.correct
        first = missed[0]
        where = _run(first, self.names, self.arguments[first])
        said = came_to(where, seen.runs[first].result)
        rivals = [
            rival
            for rival in question.rivals
            if isinstance(rival.answer, Way)
            and all(self._goes(rival.answer, i, seen.runs[i]) for i in missed)
        ]
        if len(rivals) == 1 and len(missed) >= ENOUGH:
            return rivals[0].named(said)
        for index in missed:
            if _shape(seen.runs[index]) != self.shape:
                return self._returned(index, seen.runs[index], seen, printed)
        if self.told:
            said = f"{said} {self.told(self._attempt(first, seen.runs[first]))}"
        reached = len(self.arguments) - len(missed)
        asks = any(map(callable, self.arguments[first]))
        message = goal_missed(said, reached, len(self.arguments), question.id, asks)
        return Verdict.of(Outcome.WRONG, message)

    def _attempt(self, index: int, run: Run) -> Attempt:
        return Attempt(self.arguments[index], run.result.values, run.calls, run.places)

    def _goes(self, way: Way, index: int, run: Run) -> bool:
        """True if the run was gone in this way."""
        shape = self.shape if way.shape is None else way.shape
        return _shape(run) == shape and bool(way.shows(self._attempt(index, run)))

    def _returned(self, index: int, run: Run, seen: Tried, printed: bool) -> Verdict:
        """Something else came back than was asked."""
        unfinished = ""
        if run.result.kind is Kind.NOTHING:
            some = any(other.result.kind is not Kind.NOTHING for other in seen.runs)
            unfinished = "some" if some else "prints" if printed else "all"
        where = _run(index, self.names, self.arguments[index])
        message = returned(run.result, where, self.shape, unfinished)
        return Verdict.of(Outcome.TYPE, message.replace("At run", "In run", 1))

    def ambiguities(self, question: Asked) -> list[str]:
        """Each way's example must be judged as that way, and there must be runs enough."""
        found = []
        if len(self.probes) <= ENOUGH:
            found.append(f"there are only {len(self.probes)} probes; use at least {ENOUGH + 1}")
        if not 0 < self.budget <= MOST_PLACES:
            found.append(f"a budget of {self.budget} is not between 1 and {MOST_PLACES}")
        ways = [("correct", self.truth)]
        ways += [(rival.mistake, rival.answer) for rival in question.rivals if rival.raises is None]
        for name, way in ways:
            if not isinstance(way, Way):
                found.append(f"{name} is no `Way`")
                continue
            seen = self.observe(self.ask, way.example, lambda place: None)
            verdict = self.decide(question, seen, printed=False)
            judged = verdict.mistake or verdict.outcome.value
            if judged != name:
                found.append(f"the example of {name} is judged as {judged}")
        return found


def _shape(run: Run) -> tuple[int, ...]:
    return () if run.result.is_number else run.result.shape


# --- what is said ---


def _run(index: int, names: Sequence[str], arguments: Sequence[Any]) -> str:
    """The run in words: "run 2", "run 2 (start = 3)"; long arguments are left out."""
    told = "" if all(map(callable, arguments)) else f" ({words.place(names, arguments)})"
    return f"run {index + 1}{told if len(told) <= _LONGEST_PLACE else ''}"


def nothing_written(question_id: str) -> str:
    """The function has no body yet."""
    return (
        "This function is still empty. The task is open: any way that reaches the goal is right, "
        "a plain one too. Write down in words what you would do by hand, one step under the "
        "other, and turn the first step into code where the `...` stands. "
        f"{words.first_step(question_id)}"
    )


def refused(where: str, budget: int) -> str:
    """A black box was asked too often."""
    return f"In {where}, your function asks for call {budget + 1}, and {budget} are answered."


def came_to(where: str, result: Reading) -> str:
    """What one run returned, as a sentence."""
    return f"In {where}, your function returns {words.as_read(result)}."


def goal_missed(said: str, reached: int, tried: int, question_id: str, asks: bool = True) -> str:
    """Runs that missed the goal in no way that has a name; asks: whether there are black boxes."""
    agree = f"in {reached} of the {tried}" if reached else "in none of the"
    what = (
        "each place that it asks, with what comes back" if asks else "what it works with on its way"
    )
    return (
        f"{said} That misses the goal, which your function reaches {agree} runs I tried. Print "
        f"{what}, and follow it like a diary: at which step would you have gone on differently? "
        f"{words.next_step(question_id)}"
    )
