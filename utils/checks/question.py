"""The data of a question: what is asked, its truth, its rivals, its hints and its solution.

A chapter's questions stand in ``utils/questions/<chapter>.py`` as a list ``QUESTIONS``. The kind of
answer is one of ``Number``, ``Function``, ``Array``, ``Choice``, ``Formula`` and ``Live``.

Numbers are compared by an absolute ``tolerance`` (and never more strictly than a millionth of the
value, so that 32-bit answers pass). ``near`` is the wider band, also absolute, in which an answer
counts as right but imprecise; by default five tolerances or one percent of the largest true value,
whichever is more; ``near=0`` switches it off. ``because`` ends the sentence "I accept an
error of at most … because …" for those who land in that band.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

from utils import formulas
from utils.checks.mistakes import MISTAKES
from utils.checks.reading import Kind, Reading, read

ENOUGH = 3  # probes at which an answer must match a rival before the mistake is named
RELATIVE = 1e-6  # no answer is asked to be more exact than this share of the true value


@dataclass(frozen=True)
class Rival:
    """The answer that a misconception leads to.

    Attributes:
        mistake: The id of an entry of the catalogue.
        answer: What somebody with this misconception would give, in the form the question asks
            for: a number, a function, a list, a letter, a formula; for ``Live`` a predicate.
        message: Replaces the catalogue's message in this question; 25 to 80 words.
        raises: Instead of an answer: an exception type that this misconception ends in.
        credit: The share of the question's points that it still earns.
    """

    mistake: str
    answer: Any = None
    _: KW_ONLY
    message: str | None = None
    raises: type[BaseException] | None = None
    credit: float = 0.0

    @property
    def text(self) -> str:
        """What the learner reads."""
        return self.message or MISTAKES[self.mistake].message


@dataclass(frozen=True)
class Sample:
    """An answer as numbers: ``values`` flat, and for each value the probe it belongs to."""

    values: tuple[float, ...]
    probes: tuple[int, ...]
    shapes: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(readings: Sequence[Reading]) -> Sample:
        """One reading per probe."""
        return Sample(
            tuple(value for reading in readings for value in reading.values),
            tuple(index for index, reading in enumerate(readings) for _ in reading.values),
            tuple(() if reading.is_number else reading.shape for reading in readings),
        )

    @property
    def finite(self) -> bool:
        return all(map(math.isfinite, self.values))


_UNDEFINED = Reading(Kind.NUMBERS, (math.nan,), (), "a number")


@dataclass(frozen=True)
class _Numeric:
    """What the kinds of answer share that are judged by numbers."""

    _: KW_ONLY
    tolerance: float = 1e-6
    because: str = "a rounded guess should not pass for a worked answer"
    near: float | None = None

    def sample(self, answer: Any) -> Sample:
        """The truth, or a rival, as numbers. For our own answers only, not for a learner's."""
        raise NotImplementedError

    def same(self, a: float, b: float, slack: float = 1.0) -> bool:
        """True if ``a`` is ``b`` within ``slack`` tolerances; nan equals nan."""
        if a == b or (a != a and b != b):
            return True
        if not (math.isfinite(a) and math.isfinite(b)):
            return False  # else every number would be within a share of infinity
        return abs(a - b) <= slack * max(self.tolerance, RELATIVE * abs(b))

    def nearness(self, truth: Sample) -> float:
        """The width of the band in which an answer is imprecise rather than wrong."""
        if self.near is not None:
            return self.near
        return max(5 * self.tolerance, 0.01 * max(map(abs, truth.values), default=0.0))

    def matches(self, a: Sample, b: Sample, slack: float = 1.0) -> bool:
        return a.shapes == b.shapes and all(
            self.same(left, right, slack) for left, right in zip(a.values, b.values, strict=True)
        )

    def probes_apart(self, a: Sample, b: Sample, slack: float = 1.0) -> int:
        """The number of probes at which two answers differ."""
        if a.shapes != b.shapes:
            return max(len(set(a.probes)), len(set(b.probes)))
        rows = zip(a.probes, a.values, b.values, strict=True)
        return len({probe for probe, left, right in rows if not self.same(left, right, slack)})

    def enough(self, truth: Sample) -> int:
        """How many probes a rival must match: three, or all where there are fewer."""
        return min(ENOUGH, len(set(truth.probes)))


@dataclass(frozen=True)
class Number(_Numeric):
    """One number is asked. ``unit`` is shown behind what the learner gave."""

    truth: float
    _: KW_ONLY
    unit: str = ""

    def sample(self, answer: Any) -> Sample:
        return Sample.of([read(answer)])


@dataclass(frozen=True)
class Array(_Numeric):
    """Several numbers in a fixed order are asked: a list, tuple, array or tensor."""

    truth: Any

    def sample(self, answer: Any) -> Sample:
        return self.by_entry(read(answer))

    @staticmethod
    def by_entry(reading: Reading) -> Sample:
        """Each entry counts as a probe of its own."""
        return Sample(reading.values, tuple(range(len(reading.values))), (reading.shape,))


@dataclass(frozen=True)
class Function(_Numeric):
    """A function is asked, and judged by what it returns at the probes.

    Attributes:
        truth: The right function. Its parameter names are used in messages ("At x = 2, …").
        probes: The inputs to try, each a single value or a tuple of arguments; arrays and
            functions may be among them. At least four, chosen so that truth and all rivals
            differ at three or more (``Question.ambiguities`` tells).
        curried: For a function that gives back a function, such as ``derivative(f)``: how many
            arguments the first call takes. ``derivative(f)(x)`` has 1. Truth, rivals and probes
            are written flat, as ``lambda f, x: …`` and ``(square, 3.0)``.
    """

    truth: Callable[..., Any]
    probes: Sequence[Any]
    _: KW_ONLY
    curried: int = 0

    @cached_property
    def arguments(self) -> list[tuple[Any, ...]]:
        return [probe if isinstance(probe, tuple) else (probe,) for probe in self.probes]

    @cached_property
    def names(self) -> tuple[str, ...]:
        code = self.truth.__code__
        return code.co_varnames[: code.co_argcount]

    def sample(self, answer: Any) -> Sample:
        readings = []
        for arguments in self.arguments:
            try:
                readings.append(read(answer(*copy.deepcopy(arguments))))
            except (ArithmeticError, ValueError):
                readings.append(_UNDEFINED)
        return Sample.of(readings)


@dataclass(frozen=True)
class Formula(_Numeric):
    """A formula is asked as text, such as "3*x**2"; judged by its values at the probes.

    Attributes:
        truth: The right formula.
        variable: The names it may use, separated by spaces: "x" or "x h".
        probes: Values of the variable; tuples where there are several variables.
    """

    truth: str
    _: KW_ONLY
    variable: str = "x"
    probes: Sequence[Any] = (-1.5, -0.4, 0.7, 1.3, 2.0, 3.1)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(self.variable.replace(",", " ").split())

    @cached_property
    def arguments(self) -> list[tuple[float, ...]]:
        return [probe if isinstance(probe, tuple) else (probe,) for probe in self.probes]

    def sample(self, answer: Any) -> Sample:
        compute = formulas.parse(str(answer), self.names)
        return Sample.of([read(compute(*arguments)) for arguments in self.arguments])


@dataclass(frozen=True)
class Choice:
    """One of several options is asked, as in a "predict" question.

    Attributes:
        truth: The letter of the right option.
        options: Letter to text, or a sequence of texts, which get the letters a, b, c, …
    """

    truth: str
    options: Mapping[str, str] | Sequence[str]

    @cached_property
    def texts(self) -> dict[str, str]:
        """Letter (in lower case) to text."""
        if isinstance(self.options, Mapping):
            return {letter.strip().lower(): text for letter, text in self.options.items()}
        return {chr(ord("a") + index): text for index, text in enumerate(self.options)}


Setting = float | str | bool  # what a slider, a dropdown or a toggle of a live figure stands at


@dataclass(frozen=True)
class Live:
    """A live figure is asked, brought to a goal by its sliders or by dragging.

    The answer is the figure: an object with ``values`` (name of a slider, dropdown or toggle to its
    number, text or truth value) and ``initial`` (the same, as it began).

    Attributes:
        goal: True for values that solve the question.
        probes: A few sets of slider values: at least one that reaches the goal and one for each
            rival. They are for the self-test alone.
    """

    goal: Callable[[dict[str, Setting]], bool]
    probes: Sequence[dict[str, Setting]] = ()


Answer = Number | Array | Function | Formula | Choice | Live


@dataclass(frozen=True)
class Question:
    """One exercise.

    Attributes:
        id: "<chapter>.<number>", such as "slope.1".
        title: A few words.
        difficulty: 1 (warm-up) to 5.
        minutes: How long a learner may need.
        answer: The kind of answer with its truth.
        rivals: What misconceptions would answer.
        hints: At least three, each one step further.
        solution: Markdown, with the code.
        why: The reason behind the solution.
        next: One sentence that carries the idea further, shown with a right answer.
        points: What a right answer earns; nbgrader's cell should have the same number.
        seconds: How long the learner's code may run in one check.
    """

    id: str
    _: KW_ONLY
    title: str
    answer: Answer
    hints: Sequence[str]
    solution: str
    why: str
    next: str
    difficulty: int
    minutes: int
    rivals: Sequence[Rival] = field(default_factory=tuple)
    points: float = 1.0
    seconds: float = 5.0

    @property
    def chapter(self) -> str:
        return self.id.partition(".")[0]

    @cached_property
    def truth(self) -> Sample:
        """The right answer as numbers (kinds that are judged by numbers only)."""
        assert isinstance(self.answer, _Numeric)
        return self.answer.sample(self.answer.truth)  # type: ignore[attr-defined]

    @cached_property
    def rival_samples(self) -> list[tuple[Rival, Sample]]:
        """The rivals that answer (and do not raise) as numbers."""
        assert isinstance(self.answer, _Numeric)
        return [(r, self.answer.sample(r.answer)) for r in self.rivals if r.raises is None]

    def ambiguities(self) -> list[str]:
        """What could make a check of this question say the wrong thing; empty if all is well.

        Truth and rivals must all differ, at three probes or more; every rival must be an entry of
        the catalogue and, for choices, an option; every rival of a ``Live`` must have a probe.
        """
        found = [
            f"{rival.mistake} is not in the catalogue"
            for rival in self.rivals
            if rival.mistake not in MISTAKES
        ]
        match self.answer:
            case Choice():
                found += self._ambiguous_options(self.answer)
            case Live():
                found += self._ambiguous_goals(self.answer)
            case _Numeric():
                found += self._ambiguous_numbers(self.answer)
        return [f"{self.id}: {problem}" for problem in found]

    def _ambiguous_numbers(self, answer: _Numeric) -> list[str]:
        found = []
        truth, needed = self.truth, answer.enough(self.truth)
        if not truth.values or not truth.finite:
            found.append("the truth is not a finite number at every probe")
        if isinstance(answer, (Function, Formula)) and len(answer.probes) <= ENOUGH:
            found.append(f"there are only {len(answer.probes)} probes; use at least {ENOUGH + 1}")
        if isinstance(answer, Function) and not 0 <= answer.curried < len(answer.arguments[0]):
            found.append(f"curried={answer.curried} leaves no argument for the second call")
        answers = [("the truth", truth)] + [(r.mistake, s) for r, s in self.rival_samples]
        for (name, one), (other, two) in combinations(answers, 2):
            # Twice the tolerance and a little: then no answer can lie within both.
            apart = answer.probes_apart(one, two, slack=2.5)
            if apart < needed:
                found.append(f"{name} and {other} differ at {apart} probes; {needed} are needed")
        return found

    def _ambiguous_options(self, answer: Choice) -> list[str]:
        letters = [str(rival.answer).strip().lower() for rival in self.rivals]
        found = [f"{letter} is no option" for letter in letters if letter not in answer.texts]
        if answer.truth.strip().lower() not in answer.texts:
            found.append("the right answer is no option")
        if answer.truth.strip().lower() in letters:
            found.append("a rival is the right answer")
        if len(set(letters)) < len(letters):
            found.append("two rivals share an option")
        return found

    def _ambiguous_goals(self, answer: Live) -> list[str]:
        tests = {"the goal": answer.goal} | {r.mistake: r.answer for r in self.rivals}
        reached: set[str] = set()
        found = []
        for values in answer.probes:
            names = [name for name, test in tests.items() if test(values)]
            reached.update(names)
            if len(names) > 1:
                found.append(f"{values} fits {' and '.join(names)}")
        return found + [f"no probe reaches {name}" for name in tests if name not in reached]
