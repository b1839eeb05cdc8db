"""A function, tried at probes; also one that gives back a function."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any, cast

from utils import running
from utils.checks import slips, words
from utils.checks.answer import Asked, Rival, is_blank
from utils.checks.calling import Caller
from utils.checks.feedback import Outcome
from utils.checks.plain import named
from utils.checks.probed import Probed
from utils.checks.reading import (
    Kind,
    Reading,
    has_gap,
    inputs_that_do_not_fit,
    is_stub,
    read,
)
from utils.checks.sample import Sample
from utils.checks.slips import Slip
from utils.checks.source import UNREAD, Code, Repaired, changed, code_of
from utils.checks.verdict import Verdict
from utils.measuring import Saying
from utils.watching import Watched

EXAMPLE = "example-for-given"
_LONGEST_NAME = 60
_UNDEFINED = Reading(Kind.NUMBERS, (math.nan,), (), "a number")


@dataclass(frozen=True)
class Calls:
    """How the learner's function is called: the arguments of each call, by their names.

    curried: how many of them the first of two calls takes; 0 where there is one call.
    watched: the name of a `Watched` through which it is called; empty where there is none.
    """

    names: tuple[str, ...]
    arguments: tuple[tuple[Any, ...], ...]
    curried: int
    watched: str = ""


@dataclass(frozen=True)
class Returned:
    """What came of the calls: a reading for each, or of the answer itself if it is no function."""

    readings: tuple[Reading, ...] = ()
    is_function: bool = True
    gap: bool = False  # the source still holds a line that is only ...
    stub: bool = False  # the function has no body
    misfit: str | None = None  # its inputs, where they are not those of the question
    first_call: str = ""  # of a function that should give back a function: `derivative(f)`
    made: Reading | None = None  # what that call gave back, where it cannot be called
    takes_all: bool = False  # it takes the inputs of both calls at once
    code: Code = UNREAD  # what stands in the learner's code


@dataclass(frozen=True)
class Function(Probed):
    """A function is asked, and judged by what it returns at the probes.

    truth: the right function. Its parameter names are used in messages ("At x = 2, …").
    probes: the inputs to try, each a single value or a tuple of arguments; arrays, and functions
        from a module without truths (such as `utils/examples.py`), may be among them. At least
        four, chosen so that truth and all rivals differ at three or more (`Question.ambiguities`
        tells).
    curried: for a function that gives back a function, such as `derivative(f)`: how many arguments
        the first call takes. `derivative(f)(x)` has 1. Truth, rivals and probes are written flat,
        as `lambda f, x: …` and `(square, 3.0)`.
    watched: for a training loop, the class that watches it (see `utils.watching`), by its name,
        "utils.models.pytorch_autograd:WatchedWalk". Truth, rivals and probes are those of its call.
    """

    truth: Callable[..., Any]
    probes: Sequence[Any]
    _: KW_ONLY
    curried: int = 0
    watched: str = ""

    Ask = Calls
    Seen = Returned

    @property
    def names(self) -> tuple[str, ...]:
        code = self.truth.__code__
        return code.co_varnames[: code.co_argcount]

    @property
    def ask(self) -> Calls:
        return Calls(self.names, self.arguments, self.curried, self.watched)

    def sample(self, answer: Any) -> Sample:
        return Sample.of(self._readings(answer, self.arguments))

    def _readings(self, answer: Any, calls: Sequence[tuple[Any, ...]]) -> list[Reading]:
        """What one of our own functions gives in these calls."""
        readings = []
        for arguments in calls:
            try:
                readings.append(read(answer(*copy.deepcopy(arguments))))
            except (ArithmeticError, ValueError):
                readings.append(_UNDEFINED)
        return readings

    @classmethod
    def observe(cls, ask: Calls, given: Any, at: Saying) -> Returned:
        reading = read(given)
        if reading.kind is not Kind.FUNCTION:
            return Returned((reading,), is_function=False)
        inputs = len(ask.arguments[0])
        watches = isinstance(given, Watched)
        if ask.watched and (watches or inputs_that_do_not_fit(given, inputs)):
            return _observe_watched(ask, given, at)
        if is_stub(given):
            return Returned(stub=True)
        misfit = inputs_that_do_not_fit(given, ask.curried or inputs)
        if misfit:
            takes_all = inputs_that_do_not_fit(given, inputs) is None
            call = _first_call(ask, given)
            return Returned(misfit=misfit, first_call=call, takes_all=takes_all)
        seen = (_observe_both_calls if ask.curried else _observe_calls)(ask, given, at)
        return replace(seen, code=code_of(given))

    @classmethod
    def look_again(cls, ask: Calls, given: Any, seen: Returned) -> Iterator[Returned]:
        """What it gives with one small change, after each change that was tried."""
        numbers = seen.readings and all(r.kind is Kind.NUMBERS for r in seen.readings)
        if ask.watched or not seen.is_function or not numbers:
            return
        calls = _observe_both_calls if ask.curried else _observe_calls
        found = seen.code.repaired
        for mistake, mended in changed(given):
            try:
                again = calls(ask, mended, lambda place: None).readings
            except Exception:
                continue  # the change led nowhere
            if all(r.kind is Kind.NUMBERS for r in again) and again != seen.readings:
                found = (*found, Repaired(mistake, again))
                yield replace(seen, code=replace(seen.code, repaired=found))

    def is_empty(self, seen: Returned) -> bool:
        if seen.stub or seen.gap:
            return True
        if not seen.is_function:
            return is_blank(seen.readings[0])
        made = (seen.made,) if seen.made else ()
        return any(reading.kind is Kind.GAP for reading in (*seen.readings, *made))

    def empty(self, question_id: str) -> str:
        return (
            "This function is still empty, and that is a fine place to start. Write its body "
            "where the `...` stands, end it with `return`, and run the cells again. "
            f"{words.first_step(question_id)}"
        )

    def decide(self, question: Asked, seen: Returned, printed: bool) -> Verdict:
        if not seen.is_function:
            return self._decide_no_function(question, seen.readings[0])
        if self.curried and (seen.misfit or seen.made):
            return self._decide_first_call(seen)
        if seen.misfit:
            names = _watching(self.watched).takes if self.watched else self.names
            return Verdict.of(Outcome.TYPE, inputs_differ(seen.misfit, names))
        places = [words.place(self.names, arguments) for arguments in self.arguments]
        what = "function"
        if self.curried:
            what = second_call(seen.first_call, self.names[self.curried :])
        shapes = question.truth.shapes
        if len(seen.readings) != len(shapes):
            raise ValueError(f"{len(seen.readings)} readings do not fit {len(shapes)} probes")
        for reading, place, shape in zip(seen.readings, places, shapes, strict=True):
            if reading.kind is not Kind.NUMBERS:
                unfinished = _unfinished(reading, seen.readings, printed)
                message = returned(reading, place, shape, unfinished, what)
                if unfinished == "prints" and seen.code.prints:
                    return Verdict(Outcome.TYPE, message, slips.PRINTED.mistake)
                return Verdict.of(Outcome.TYPE, message)
        sample = Sample.of(seen.readings)
        if sample.shapes == shapes:
            return self.decide_values(question, seen.readings, places, what, seen.code)
        rival = self.only_rival(question, sample)
        if rival:
            return rival.named(self.gives(places[0], seen.readings[0], what))
        odd = next(i for i, shape in enumerate(sample.shapes) if shape != shapes[i])
        message = returned(seen.readings[odd], places[odd], shapes[odd], "", what)
        return Verdict.of(Outcome.TYPE, message)

    def fitting(self, question: Asked, seen: Sample, code: Code) -> Iterator[Slip]:
        """Also: what is handed over stands fixed inside, a function or the number of an example."""
        yield from super().fitting(question, seen, code)
        truth = question.truth
        if self.watched or seen.shapes != truth.shapes:
            return
        fixed: list[tuple[Slip, int, Any]] = []
        for index, argument in enumerate(self.arguments[0]):
            if callable(argument):
                ours = dict.fromkeys(arguments[index] for arguments in self.arguments)
                fixed += [(Slip(EXAMPLE), index, function) for function in ours]
            elif index in code.unused and type(argument) in (int, float):
                fixed += [(slips.EXAMPLE_NUMBER, index, number) for number in code.numbers]
        for slip, index, value in fixed:
            slipped = self.called(self._with(index, [value] * len(self.probes)))
            if slipped and self._shows(slipped, truth) and self.matches(seen, slipped):
                yield slip

    def called(self, calls: Sequence[tuple[Any, ...]]) -> Sample | None:
        if self.watched:
            return None
        try:
            readings = self._readings(self.truth, calls)
        except Exception:
            return None  # inputs that the truth does not take
        numbers = all(reading.kind is Kind.NUMBERS for reading in readings)
        return Sample.of(readings) if numbers else None

    def unused(self, code: Code) -> list[str]:
        ours = code_of(self.truth).unused
        taken = [i for i in code.unused if i < len(self.arguments[0]) and i not in ours]
        return [] if self.watched else [self.names[i] for i in taken]

    def gives(self, place: str, reading: Reading, what: str) -> str:
        if not self.watched:
            return super().gives(place, reading, what)
        watching = _watching(self.watched)
        return f"At {place}, your {watching.noun} {watching.told(reading.values)}."

    def wrong(self, question: Asked, said: str, seen: Sample, what: str) -> str:
        if not self.watched or _watching(self.watched).noun != Watched.noun:
            return super().wrong(question, said, seen, what)
        if self._calls(seen) == self._calls(question.truth):
            return other_end(said, question.id)
        return wrong_loop(said, *self.agreeing(seen, question.truth), question.id)

    def _calls(self, watched: Sample) -> list[float]:
        """What watching a loop counted: all but the first number of each run."""
        rows = zip(watched.probes, watched.values, strict=True)
        runs: dict[int, list[float]] = {}
        for probe, value in rows:
            runs.setdefault(probe, []).append(value)
        return [count for values in runs.values() for count in values[1:]]

    def _decide_no_function(self, question: Asked, given: Reading) -> Verdict:
        if not given.is_number:
            return Verdict.of(Outcome.TYPE, not_a_function(given, self.names))
        of_its_own = (r for r in question.rivals if r.mistake == "point-for-function")
        general = Rival("point-for-function", message=words.single_value([self._variable()]))
        rival = next(of_its_own, general)
        return rival.named(f"You gave {words.number(given.values[0])}.")

    def _decide_first_call(self, seen: Returned) -> Verdict:
        """The first of two calls does not give a function that can be called a second time."""
        call, rest = seen.first_call, self.names[self.curried :]
        if seen.misfit and seen.made:
            return Verdict.of(Outcome.TYPE, second_inputs_differ(call, seen.misfit, rest))
        if seen.takes_all:
            message = takes_all_at_once(call, seen.misfit or "", rest)
            return Verdict(Outcome.MISTAKE, message, "point-for-function")
        if seen.misfit:
            message = inputs_differ(seen.misfit, self.names[: self.curried], call)
            return Verdict.of(Outcome.TYPE, message)
        assert seen.made is not None
        message = made_no_function(call, seen.made, rest)
        if seen.made.kind is Kind.NUMBERS:
            return Verdict(Outcome.MISTAKE, message, "point-for-function")
        return Verdict.of(Outcome.TYPE, message)

    def ambiguities(self, question: Asked) -> list[str]:
        """As for all probes; and a second call must have an argument."""
        found = super().ambiguities(question)
        if not 0 <= self.curried < len(self.arguments[0]):
            found.append(f"curried={self.curried} leaves no argument for the second call")
        return found


# --- looking at the answer: what runs the learner's code ---


def _observe_calls(ask: Calls, given: Any, at: Saying) -> Returned:
    function, call = running.isolated(given), Caller()
    readings: list[Reading] = []
    for arguments in ask.arguments:
        at(words.place(ask.names, arguments, typed=True))
        readings.append(read(call(function, arguments)))
    return Returned(tuple(readings), gap=_has_gap(given, readings))


def _watching(name: str) -> type[Watched]:
    """The class with this name that watches loops."""
    return cast(type[Watched], named(name))


def _observe_watched(ask: Calls, given: Any, at: Saying) -> Returned:
    """A training loop, with or without somebody who watches it already."""
    loop = given.train if isinstance(given, Watched) else given
    if is_stub(loop):
        return Returned(stub=True)
    watching = _watching(ask.watched)
    misfit = inputs_that_do_not_fit(loop, len(watching.takes))
    if misfit:
        return Returned(misfit=misfit)
    seen = _observe_calls(ask, watching.around(running.isolated(loop)), at)
    return replace(seen, gap=_has_gap(loop, seen.readings))


def _observe_both_calls(ask: Calls, given: Any, at: Saying) -> Returned:
    """A function that should give back a function: call it, then call what it gives back."""
    named = _first_call(ask, given)
    outer, inner = ask.names[: ask.curried], ask.names[ask.curried :]
    function, call, second = running.isolated(given), Caller(), Caller()
    readings: list[Reading] = []
    for arguments in ask.arguments:
        first, rest = arguments[: ask.curried], arguments[ask.curried :]
        at(first_place(named, outer, first))
        made = call(function, first)
        reading = read(made)
        if reading.kind is not Kind.FUNCTION:
            return Returned(first_call=named, made=reading, gap=_has_gap(given, [reading]))
        misfit = inputs_that_do_not_fit(made, len(rest))
        if misfit:
            return Returned(first_call=named, made=reading, misfit=misfit)
        at(second_place(named, inner, rest))
        readings.append(read(second(made, rest)))
    return Returned(tuple(readings), first_call=named, gap=_has_gap(given, readings))


def _first_call(ask: Calls, given: Any) -> str:
    """`derivative(f)`, with the name that the learner's function has."""
    name = getattr(given, "__name__", "")
    name = name if isinstance(name, str) and name.isidentifier() else "yours"
    inputs = ", ".join(ask.names[: ask.curried])
    return f"`{name[:_LONGEST_NAME]}({inputs})`" if ask.curried else ""


def _has_gap(given: Any, readings: Sequence[Reading]) -> bool:
    """True if nothing comes back and a line that is only `...` still stands in the source."""
    return all(reading.kind is Kind.NOTHING for reading in readings) and has_gap(given)


# --- what is said ---


def wrong_loop(said: str, right: int, tried: int, question_id: str) -> str:
    """A watched training loop that does what no rival does."""
    agree = f"in {right} of the {tried}" if right else "in none of the"
    return (
        f"{said} A right loop comes to something else; yours agrees {agree} runs I tried. Print "
        "what `watch` makes of it, and you see its calls in their order. Which one is missing, too "
        f"early or too many? {words.next_step(question_id)}"
    )


def other_end(said: str, question_id: str) -> str:
    """A watched training loop with the right calls, which does not end where it should."""
    return (
        f"{said} All calls are there, and yet it ends elsewhere. So what differs is what they work "
        "with: which loss it is, or what it is given. Compare that line with the statement: which "
        f"function does it name, and of what? {words.next_step(question_id)}"
    )


def _unfinished(reading: Reading, all_of_them: Sequence[Reading], printed: bool) -> str:
    if reading.kind is not Kind.NOTHING:
        return ""
    if any(other.kind is not Kind.NOTHING for other in all_of_them):
        return "some"
    return "prints" if printed else "all"


def not_a_function(seen: Reading, names: Sequence[str]) -> str:
    """Something else, and not a number, was given where a function was asked."""
    if seen.kind is Kind.TEXT:
        return (
            "You gave a text, and the question asks for a function. Python cannot run what stands "
            f"between quotes. Take the quotes away and put your formula behind "
            f"`lambda {', '.join(names)}:` or into a `def` that ends with `return`. Which of the "
            "two do you want to use?"
        )
    return (
        f"You gave {seen.name}, and the question asks for a function: a recipe that takes "
        f"`{', '.join(names)}` and returns a value. Hand over the function by its name, with no "
        "brackets behind it, so that I can try it at several inputs. What is yours called?"
    )


def returned(
    seen: Reading, where: str, shape: tuple[int, ...], unfinished: str, what: str = "function"
) -> str:
    """A function returned something that is not a number.

    `unfinished` is "" or, where it returned nothing, "prints", "some" or "all"; `what` is the
    function's name in the message.
    """
    match unfinished:
        case "prints":
            return (
                f"Your {what} prints something and gives back nothing: its result is `None`. "
                "`print` shows a value to you, while `return` hands it to whoever called the "
                "function, and the next line of code needs that. Does your function return what "
                "it prints?"
            )
        case "some":
            return (
                f"At {where}, your {what} gives back nothing (`None`), though at other inputs "
                "it returns a value. Follow this one input from the first line to the last, and "
                "at each `if` take the way it would take. Does every way end in a `return`?"
            )
        case "all":
            return (
                f"Your {what} works something out and then gives back nothing: its result is "
                "`None`. The value is forgotten as soon as the function ends, unless `return` "
                "hands it over. A call that changes a list in place, such as `a.sort()` or "
                "`a.append(x)`, gives back `None` as well. What stands behind your `return`?"
            )
    if seen.kind is Kind.FUNCTION:
        return (
            f"At {where}, your {what} gives back a function, not a value. That happens when the "
            "brackets are missing behind a name, as in `return f` where `return f(x)` is meant, "
            "or when one function stands inside another. Which call is still to be made?"
        )
    if seen.kind is Kind.NUMBERS and shape == ():
        return (
            f"At {where}, your {what} gives back {seen.name} of {words.counted(seen.shape)}, and "
            "the question asks for one number. A comma at the end of the `return` line makes a "
            "tuple, and square brackets make a list. Which part of your line packs the number up?"
        )
    if seen.kind is Kind.NUMBERS:
        found = (
            "a single number" if seen.shape == () else f"{seen.name} of {words.counted(seen.shape)}"
        )
        return (
            f"At {where}, your {what} gives back {found}, and the question asks for "
            f"{words.counted(shape)} in order. Print what it returns for one small input and "
            "compare it with the statement: which parts are missing or too many?"
        )
    asked = "one number" if shape == () else words.counted(shape)
    return words.something_else(seen, asked).replace(
        "You gave", f"At {where}, your {what} gives back", 1
    )


def inputs_differ(theirs: str, names: Sequence[str], call: str = "") -> str:
    """A function takes another number of inputs than the question calls it with."""
    call = call.strip("`") or f"f({', '.join(names)})"
    count = "one input" if len(names) == 1 else f"{len(names)} inputs"
    return (
        f"I call your function as `{call}`, with {count}, and yours takes {theirs}. Python stops "
        "when the two do not fit. Look at the line that begins with `def` or `lambda`: which name "
        "is missing there, or which one could get a value inside the function?"
    )


def second_call(call: str, names: Sequence[str]) -> str:
    """`derivative(f)(x)`, from `derivative(f)` and the name x."""
    return f"`{call.strip('`')}({', '.join(names)})`"


def first_place(call: str, names: Sequence[str], arguments: Sequence[Any]) -> str:
    """Where the first of two calls was tried: "the first call, `derivative(f)`"."""
    at = "" if all(map(callable, arguments)) else f" with {words.place(names, arguments)}"
    return f"the first call, {call}{at}"


def second_place(call: str, names: Sequence[str], arguments: Sequence[Any]) -> str:
    """Where the second of two calls was tried: "x = 3 in the second call, `derivative(f)(x)`"."""
    return f"{words.place(names, arguments)} in the second call, {second_call(call, names)}"


def made_no_function(call: str, seen: Reading, names: Sequence[str]) -> str:
    """The first of two calls gives back something that cannot be called."""
    if seen.kind is Kind.NOTHING:
        return (
            f"Your {call} gives back nothing (`None`), so it cannot be called as "
            f"{second_call(call, names)}. A function made inside another one is forgotten at the "
            "end, unless the last line hands it over. Which name should stand behind `return`, "
            "with no brackets after it?"
        )
    given = words.number(seen.values[0]) if seen.is_number else seen.name
    return (
        f"Your {call} gives back {given}, and the question asks for a function there: one that "
        f"waits for `{', '.join(names)}`, as in {second_call(call, names)}. Where could "
        f"`{', '.join(names)}` become the input of an inner function, and what does the last line "
        "return then?"
    )


def takes_all_at_once(call: str, theirs: str, names: Sequence[str]) -> str:
    """A function that should give back a function wants the inputs of both calls at once."""
    return (
        f"I call yours as {call}, and it takes {theirs} at once. So there is no function yet that "
        f"waits for `{', '.join(names)}`. Where in yours could `{', '.join(names)}` become the "
        "input of an inner function, and what does the last line return then?"
    )


def second_inputs_differ(call: str, theirs: str, names: Sequence[str]) -> str:
    """The function that was given back takes another number of inputs than it is called with."""
    return (
        f"The first call, {call}, works and gives back a function. The second call is "
        f"{second_call(call, names)}, and the function that came back takes {theirs}. Look at "
        "the inner `def` or `lambda`: which inputs does it still need, and which does it know "
        "already from the outer one?"
    )
