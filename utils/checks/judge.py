"""Judge an answer: from a question and what the learner gave to a verdict.

The learner's code runs first, under ``running.run``, and leaves only plain numbers and texts
(``_Seen`` or a ready verdict). The decision is made afterwards, on those alone, in this order:

not attempted · never ends · error · wrong type or shape · correct · a named mistake · imprecise ·
a constant factor off · wrong.
"""

from __future__ import annotations

import copy
import linecache
import math
import os
import sys
import sysconfig
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import numpy as np

from utils import formulas, running
from utils.checks import words
from utils.checks.feedback import CREDIT, Outcome
from utils.checks.question import (
    Array,
    Choice,
    Formula,
    Function,
    Live,
    Number,
    Question,
    Rival,
    Sample,
    Setting,
    _Numeric,
)
from utils.checks.reading import (
    Kind,
    Reading,
    has_gap,
    inputs_that_do_not_fit,
    is_stub,
    read,
)

OUR_OWN_SECONDS = 120.0  # for computing truth and rivals, once per question and kernel


@dataclass(frozen=True)
class Verdict:
    """What became of an answer: the outcome, the message, the mistake's id, the share of points."""

    outcome: Outcome
    message: str
    mistake: str | None = None
    credit: float = 0.0


@dataclass(frozen=True)
class _Failed:
    """The learner's code raised; all that is needed to talk about it, as plain data."""

    where: str
    line: str
    kind: type[BaseException]
    said: str


@dataclass(frozen=True)
class _Seen:
    """What the learner's answer came to: one reading per probe (one in all for non-functions)."""

    readings: tuple[Reading, ...] = ()
    gap: bool = False  # the source still holds a line that is only ...
    empty: bool = False  # the function has no body
    misfit: str | None = None  # its inputs, where they are not those of the question
    first_call: str = ""  # of a function that should give back a function: `derivative(f)`
    made: Reading | None = None  # what that call gave back, where it is no function
    takes_all: bool = False  # it takes the inputs of both calls at once
    values: dict[str, Setting] | None = None  # of a live figure
    moved: bool = False
    failed: _Failed | None = None


def judge(question: Question, answer: Any) -> Verdict:
    """Judge ``answer``. Raises nothing that the learner's code raises."""
    where = [""]  # the probe at work, for the message when the time is up
    # Truth and rivals run under the same protection: the learner may have replaced math.sin.
    ours = running.run(lambda: _prepare(question), OUR_OWN_SECONDS)
    if ours.stopped:
        raise TimeoutError(f"the rivals of {question.id} take too long")
    ran = running.run(lambda: _observe(question, answer, where), question.seconds)
    if ran.stopped:
        return Verdict(Outcome.ENDLESS, words.endless(where[0], question.seconds))
    assert ran.result is not None
    return _decide(question, ran.result, ran.printed)


def _prepare(question: Question) -> bool:
    if isinstance(question.answer, _Numeric):
        _ = question.truth, question.rival_samples
    return True


# ---- look at the answer: the only part that runs the learner's code ------------------------------


def _observe(question: Question, answer: Any, where: list[str]) -> _Seen:
    try:
        match question.answer:
            case Function():
                return _observe_function(question.answer, answer, where)
            case Live():
                return _observe_figure(answer)
        return _Seen(readings=(read(answer),))
    except BaseException as raised:
        return _Seen(failed=_failure(raised, where[0], answer))


def _observe_function(asked: Function, answer: Any, where: list[str]) -> _Seen:
    given = read(answer)
    if given.kind is not Kind.FUNCTION:
        return _Seen(readings=(given,))
    if is_stub(answer):
        return _Seen(empty=True)
    inputs = len(asked.arguments[0])
    misfit = inputs_that_do_not_fit(answer, asked.curried or inputs)
    if misfit:
        takes_all = inputs_that_do_not_fit(answer, inputs) is None
        return _Seen(misfit=misfit, first_call=_first_call(asked, answer), takes_all=takes_all)
    function = running.isolated(answer)
    if asked.curried:
        return _observe_both_calls(asked, answer, function, where)
    readings: list[Reading] = []
    manners = _manners()
    for arguments in asked.arguments:
        where[0] = words.place(asked.names, arguments)
        returned, manners = _call(function, arguments, manners)
        readings.append(read(returned))
    return _Seen(readings=tuple(readings), gap=_has_gap(answer, readings))


def _observe_both_calls(
    asked: Function, answer: Any, function: Callable[..., Any], where: list[str]
) -> _Seen:
    """A function that should give back a function: call it, then call what it gives back."""
    call = _first_call(asked, answer)
    outer, inner = asked.names[: asked.curried], asked.names[asked.curried :]
    readings: list[Reading] = []
    first_manners, manners = _manners(), _manners()
    for arguments in asked.arguments:
        given, rest = arguments[: asked.curried], arguments[asked.curried :]
        where[0] = words.first_place(call, outer, given)
        made, first_manners = _call(function, given, first_manners)
        reading = read(made)
        if reading.kind is not Kind.FUNCTION:
            return _Seen(first_call=call, made=reading, gap=_has_gap(answer, [reading]))
        misfit = inputs_that_do_not_fit(made, len(rest))
        if misfit:
            return _Seen(first_call=call, made=reading, misfit=misfit)
        where[0] = words.second_place(call, inner, rest)
        returned, manners = _call(made, rest, manners)
        readings.append(read(returned))
    return _Seen(readings=tuple(readings), first_call=call, gap=_has_gap(answer, readings))


def _first_call(asked: Function, answer: Any) -> str:
    """`derivative(f)`, with the name that the learner's function has."""
    name = getattr(answer, "__name__", "")
    name = name if isinstance(name, str) and name.isidentifier() else "yours"
    return f"`{name}({', '.join(asked.names[: asked.curried])})`" if asked.curried else ""


def _has_gap(answer: Any, readings: Sequence[Reading]) -> bool:
    """True if nothing comes back and a line that is only ``...`` still stands in the source."""
    return all(reading.kind is Kind.NOTHING for reading in readings) and has_gap(answer)


Manner = Callable[[Any], Any]


def _manners() -> list[Manner]:
    """The ways to hand over a number or an array, in the order tried: Python, NumPy, torch."""
    manners: list[Manner] = [lambda x: x, np.float64, np.atleast_1d]
    torch = sys.modules.get("torch")
    if torch is not None:
        manners += [
            lambda x: torch.tensor(x, dtype=torch.float64),
            lambda x: torch.tensor(np.atleast_1d(x), dtype=torch.float64),
        ]
    return manners


def _call(
    function: Callable[..., Any], arguments: tuple[Any, ...], manners: list[Manner]
) -> tuple[Any, list[Manner]]:
    """Call on fresh copies; return the result and the manners that are still worth trying.

    A function written for arrays or tensors refuses a plain number with one of a few errors; it
    gets the number in the next manner. If none works, the first error counts.
    """
    first: BaseException | None = None
    for index, manner in enumerate(manners):
        handed = [
            manner(argument) if isinstance(argument, _NUMERIC) else argument
            for argument in copy.deepcopy(arguments)
        ]
        try:
            return _used(function, handed), manners[index:]
        except (TypeError, AttributeError, IndexError) as refused:
            first = first or refused
    assert first is not None
    raise first


_NUMERIC = (int, float, np.ndarray)


def _used(function: Callable[..., Any], handed: list[Any]) -> Any:
    """Call the learner's function; whatever it replaced is put back before we go on."""
    try:
        return function(*handed)
    finally:
        running.restore_names()


def _observe_figure(answer: Any) -> _Seen:
    given = read(answer)
    if given.kind in (Kind.NOTHING, Kind.GAP):
        return _Seen(empty=True)
    if not (hasattr(answer, "values") and hasattr(answer, "initial")) or callable(answer.values):
        return _Seen(readings=(given,))
    values = {str(name): _setting(value) for name, value in dict(answer.values).items()}
    initial = {str(name): _setting(value) for name, value in dict(answer.initial).items()}
    return _Seen(values=values, moved=values != initial)


def _setting(value: Any) -> Setting:
    """What a slider, a toggle or a dropdown of a live figure stands at, as plain data."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    return str.__str__(value) if isinstance(value, str) else float(value)


# ---- what the learner's code raised --------------------------------------------------------------

_OURS = os.path.dirname(os.path.abspath(__file__))
_LIBRARIES = tuple(
    path
    for name in ("stdlib", "platstdlib", "purelib", "platlib")
    if (path := sysconfig.get_paths().get(name))
)


def _failure(raised: BaseException, where: str, answer: Any) -> _Failed:
    """``raised`` as plain data; what was not raised by the learner's code is raised again."""
    line = _learners_line(raised.__traceback__, answer)
    if isinstance(raised, running.Stopped):
        raise raised
    if isinstance(raised, KeyboardInterrupt) and not line.startswith("raise"):
        raise raised  # the user pressed "interrupt"
    try:
        said = str(raised)
    except Exception:  # an exception class of the learner's own may do anything
        said = ""
    said = said.splitlines()[0] if said else ""
    return _Failed(where, line, type(raised), _without_addresses(said))


def _learners_line(traceback: TracebackType | None, answer: Any) -> str:
    """The last line of the learner's own code on the way to the error, without indentation."""
    try:
        own = answer.__code__.co_filename
    except Exception:  # not a function, or an object that answers back
        own = None
    line = ""
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        theirs = name == own or not name.startswith((_OURS, *_LIBRARIES, "<frozen", "<__array"))
        if theirs:
            frame = traceback.tb_frame
            found = linecache.getline(name, traceback.tb_lineno, frame.f_globals).strip()
            line = found or line
        traceback = traceback.tb_next
    return line


def _without_addresses(text: str) -> str:
    words_in = text.split(" ")
    return " ".join("…" if word.startswith("0x") else word for word in words_in)


# ---- decide: on plain data alone -----------------------------------------------------------------


def _decide(question: Question, seen: _Seen, printed: bool) -> Verdict:
    asked = type(question.answer).__name__
    if seen.failed:
        return _decide_failure(question, seen.failed)
    unfinished = Verdict(Outcome.NOT_ATTEMPTED, words.empty(question.id, asked))
    if seen.empty or seen.gap:
        return unfinished
    if seen.readings and all(r.kind in (Kind.NOTHING, Kind.GAP) for r in seen.readings):
        given_itself = len(seen.readings) == 1 and seen.readings[0].shape == ()
        if given_itself or any(r.kind is Kind.GAP for r in seen.readings):
            return unfinished
    if any(r.kind is Kind.GAP for r in (*seen.readings, seen.made) if r is not None):
        return unfinished
    match question.answer:
        case Number() as number:
            return _decide_number(question, number, seen.readings[0])
        case Array() as array:
            return _decide_array(question, array, seen.readings[0])
        case Function() as function:
            return _decide_function(question, function, seen, printed)
        case Formula() as formula:
            return _decide_formula(question, formula, seen.readings[0])
        case Choice() as choice:
            return _decide_choice(question, choice, seen.readings[0])
        case Live() as live:
            return _decide_figure(question, live, seen)


def _decide_failure(question: Question, failed: _Failed) -> Verdict:
    if failed.kind is NotImplementedError or "ellipsis" in failed.said:
        return Verdict(
            Outcome.NOT_ATTEMPTED, words.empty(question.id, type(question.answer).__name__)
        )
    named = [r for r in question.rivals if r.raises and issubclass(failed.kind, r.raises)]
    if len(named) == 1:
        quoted = f"your line `{failed.line}`" if failed.line else "your code"
        start = f"At {failed.where}, {quoted}" if failed.where else quoted.capitalize()
        return _named(named[0], f"{start} stops with `{failed.kind.__name__}`.")
    message = words.error(failed.where, failed.line, failed.kind, failed.said)
    return Verdict(Outcome.ERROR, message)


def _named(rival: Rival, said: str) -> Verdict:
    message = f"{said} {rival.text}"
    return Verdict(Outcome.MISTAKE, message, rival.mistake, rival.credit)


def _type(message: str) -> Verdict:
    return Verdict(Outcome.TYPE, message)


def _correct(question: Question) -> Verdict:
    return Verdict(Outcome.CORRECT, question.next, credit=CREDIT[Outcome.CORRECT])


def _imprecise(asked: _Numeric, said: str) -> Verdict:
    message = words.imprecise(said, asked.tolerance, asked.because)
    return Verdict(Outcome.IMPRECISE, message, credit=CREDIT[Outcome.IMPRECISE])


def _factor(message: str) -> Verdict:
    return Verdict(Outcome.FACTOR, message, credit=CREDIT[Outcome.FACTOR])


def _only_rival(question: Question, answer: _Numeric, seen: Sample) -> Rival | None:
    """The one rival that explains what was seen, if there is exactly one.

    A rival explains an answer if it matches at three probes or more where it differs from the
    truth, and wherever it does not match, the truth does. Two rivals that stand for the same
    mistake count as one. Of several mistakes that explain an answer, the one that matches it at
    more probes than every other is meant.
    """
    truth = question.truth
    fitting: dict[str, tuple[int, Rival]] = {}  # mistake: probes matched, rival

    def fits(rival: Rival, matched: int) -> None:
        if matched > fitting.get(rival.mistake, (-1, rival))[0]:
            fitting[rival.mistake] = matched, rival

    for rival, sample in question.rival_samples:
        if sample.shapes != seen.shapes:
            continue
        if sample.shapes != truth.shapes:
            if answer.matches(seen, sample):
                fits(rival, len(set(seen.probes)))
            continue
        rows = list(zip(truth.probes, seen.values, sample.values, truth.values, strict=True))
        if not all(answer.same(v, r) or answer.same(v, t) for _, v, r, t in rows):
            continue
        missed = {p for p, v, r, t in rows if not answer.same(v, r)}
        telling = {p for p, v, r, t in rows if not answer.same(r, t)} - missed
        if len(telling) >= answer.enough(truth):
            fits(rival, len(set(seen.probes) - missed))
    most = max((matched for matched, _ in fitting.values()), default=0)
    best = [rival for matched, rival in fitting.values() if matched == most]
    return best[0] if len(best) == 1 else None


def _is_near(answer: _Numeric, seen: Sample, truth: Sample) -> bool:
    band = answer.nearness(truth)
    rows = zip(seen.values, truth.values, strict=True)
    return seen.finite and all(abs(v - t) <= band for v, t in rows)


def _constant_factor(answer: _Numeric, seen: Sample, truth: Sample) -> float | None:
    """The number c with seen = c · truth at all probes, if the truth takes several values."""
    rows = list(zip(truth.probes, seen.values, truth.values, strict=True))
    telling = [(p, v / t) for p, v, t in rows if abs(t) > 100 * answer.tolerance]
    if not seen.finite or len({p for p, _ in telling}) < 3:
        return None
    sizes = {round(abs(t), 9) for _, _, t in rows if abs(t) > 100 * answer.tolerance}
    ratio = telling[0][1]
    if len(sizes) < 3 or ratio == 0:
        return None
    return ratio if all(answer.same(v / ratio, t, slack=10) for _, v, t in rows) else None


def _decide_number(question: Question, asked: Number, given: Reading) -> Verdict:
    if not given.is_number:
        return _type(words.not_a_number(given, asked.unit))
    seen, truth = Sample.of([given]), question.truth
    if asked.matches(seen, truth):
        return _correct(question)
    value, right = seen.values[0], truth.values[0]
    unit = f" {asked.unit}" if asked.unit else ""
    said = f"You gave {words.exact(value, right)}{unit}."
    rival = _only_rival(question, asked, seen)
    if rival:
        return _named(rival, said)
    if _is_near(asked, seen, truth):
        return _imprecise(asked, said)
    if right and asked.same(value, -right):
        return _factor(words.number_sign(said))
    if right and value / right > 0 and math.isfinite(value):
        power = round(math.log10(value / right))
        if power and asked.same(value / 10.0**power, right):
            return _factor(words.number_decimal_point(said))
    return Verdict(Outcome.WRONG, words.wrong_number(said, question.id))


def _decide_array(question: Question, asked: Array, given: Reading) -> Verdict:
    truth = question.truth
    if given.kind is not Kind.NUMBERS:
        return _type(words.not_numbers(given, len(truth.values)))
    seen = asked.by_entry(given)
    if asked.matches(seen, truth):
        return _correct(question)
    said = f"You gave {words.several(given.values, given.shape)}."
    rival = _only_rival(question, asked, seen)
    if rival:
        return _named(rival, said)
    if seen.shapes != truth.shapes:
        return _type(words.wrong_count(given, truth.shapes[0]))
    if _is_near(asked, seen, truth):
        return _imprecise(asked, said)
    ratio = _constant_factor(asked, seen, truth)
    if ratio is not None:
        return _factor(words.factor(said, sign_only=asked.same(ratio, -1.0)))
    wrong = _first_wrong(asked, seen, truth)
    total = len(truth.values)
    right = total - asked.probes_apart(seen, truth)
    said = f"Number {wrong + 1} in your answer is {words.number(seen.values[wrong])}."
    return Verdict(Outcome.WRONG, words.wrong_entry(said, right, total, question.id))


def _first_wrong(asked: _Numeric, seen: Sample, truth: Sample) -> int:
    """The first probe at which the answer is wrong."""
    rows = zip(truth.probes, seen.values, truth.values, strict=True)
    return next(probe for probe, v, t in rows if not asked.same(v, t))


def _decide_function(question: Question, asked: Function, seen: _Seen, printed: bool) -> Verdict:
    first = seen.readings[0] if seen.readings else None
    if asked.curried and (seen.misfit or seen.made):
        return _decide_first_call(asked, seen)
    if seen.misfit:
        return _type(words.inputs_differ(seen.misfit, asked.names))
    assert first is not None
    if len(seen.readings) < len(asked.arguments):  # no function was given
        if first.is_number:
            entry = next(
                (r for r in question.rivals if r.mistake == "point-for-function"),
                Rival("point-for-function"),
            )
            return _named(entry, f"You gave {words.number(first.values[0])}.")
        return _type(words.not_a_function(first, asked.names))
    places = [words.place(asked.names, arguments) for arguments in asked.arguments]
    what = "function"
    if asked.curried:
        what = words.second_call(seen.first_call, asked.names[asked.curried :])
    truth = question.truth
    for index, reading in enumerate(seen.readings):
        if reading.kind is not Kind.NUMBERS:
            unfinished = ""
            if reading.kind is Kind.NOTHING:
                nothing = all(r.kind is Kind.NOTHING for r in seen.readings)
                unfinished = ("prints" if printed else "all") if nothing else "some"
            shape = truth.shapes[index]
            return _type(words.returned(reading, places[index], shape, unfinished, what))
    sample = Sample.of(seen.readings)
    if sample.shapes != truth.shapes:
        rival = _only_rival(question, asked, sample)
        if rival:
            return _named(rival, _function_gives(places[0], seen.readings[0], what))
        index = next(i for i, s in enumerate(sample.shapes) if s != truth.shapes[i])
        shape = truth.shapes[index]
        return _type(words.returned(seen.readings[index], places[index], shape, "", what))
    return _decide_probes(question, asked, sample, seen.readings, places, what)


def _decide_first_call(asked: Function, seen: _Seen) -> Verdict:
    """The first of two calls does not give a function that can be called a second time."""
    call, rest = seen.first_call, asked.names[asked.curried :]
    if seen.misfit and seen.made:
        return _type(words.second_inputs_differ(call, seen.misfit, rest))
    if seen.takes_all:
        message = words.takes_all_at_once(call, seen.misfit or "", rest)
        return Verdict(Outcome.MISTAKE, message, "point-for-function")
    if seen.misfit:
        return _type(words.inputs_differ(seen.misfit, asked.names[: asked.curried], call))
    assert seen.made is not None
    message = words.made_no_function(call, seen.made, rest)
    if seen.made.kind is Kind.NUMBERS:
        return Verdict(Outcome.MISTAKE, message, "point-for-function")
    return _type(message)


def _function_gives(place: str, reading: Reading, what: str) -> str:
    shape = () if reading.is_number else reading.shape
    return f"At {place}, your {what} gives {words.several(reading.values, shape)}."


def _decide_probes(
    question: Question,
    asked: Function | Formula,
    seen: Sample,
    readings: Sequence[Reading],
    places: Sequence[str],
    what: str,
) -> Verdict:
    truth = question.truth
    if asked.matches(seen, truth):
        return _correct(question)
    wrong = _first_wrong(asked, seen, truth)
    said = _function_gives(places[wrong], readings[wrong], what)
    rival = _only_rival(question, asked, seen)
    if rival:
        return _named(rival, said)
    if _is_near(asked, seen, truth):
        return _imprecise(asked, said)
    ratio = _constant_factor(asked, seen, truth)
    if ratio is not None:
        return _factor(words.factor(said, sign_only=asked.same(ratio, -1.0)))
    for probe, value in zip(seen.probes, seen.values, strict=True):
        if probe == wrong and not math.isfinite(value):
            message = words.undefined(places[wrong], words.number(value), what)
            return Verdict(Outcome.WRONG, message)
    tried = len(places)
    if set(seen.shapes) == {()} and len(set(seen.values)) == 1 and len(set(truth.values)) > 1:
        value = words.number(seen.values[0])
        named = zip(asked.names, asked.arguments[0], strict=True)
        variable = next((name for name, argument in named if not callable(argument)), "x")
        message = words.constant_function(value, variable, what)
        return Verdict(Outcome.WRONG, message)
    right = tried - asked.probes_apart(seen, truth)
    return Verdict(Outcome.WRONG, words.wrong_function(said, right, tried, question.id, what))


def _decide_formula(question: Question, asked: Formula, given: Reading) -> Verdict:
    if given.kind is Kind.NUMBERS and given.is_number:
        text = repr(given.values[0])  # a constant is a formula too
    elif given.kind is Kind.TEXT and given.shape == ():
        text = given.text
    else:
        return _type(words.not_a_formula(given, asked.names))
    if not text.strip(" ."):
        return Verdict(Outcome.NOT_ATTEMPTED, words.empty(question.id, "Formula"))
    try:
        compute = formulas.parse(text, asked.names)
        constant = not formulas.uses(text, asked.names)
    except formulas.FormulaError as problem:
        return _type(words.unreadable_formula(str(problem), text, asked.names))
    readings = [read(compute(*arguments)) for arguments in asked.arguments]
    places = [words.place(asked.names, arguments) for arguments in asked.arguments]
    verdict = _decide_probes(question, asked, Sample.of(readings), readings, places, "formula")
    finite = math.isfinite(readings[0].values[0])
    varies = len(set(question.truth.values)) > 1
    if constant and finite and varies and verdict.outcome is Outcome.WRONG:
        said = f"Your formula gives {words.number(readings[0].values[0])} everywhere."
        return _named(Rival("point-for-function"), said)
    return verdict


def _decide_choice(question: Question, asked: Choice, given: Reading) -> Verdict:
    is_text = given.kind is Kind.TEXT and given.shape == ()
    text = " ".join(given.text.split()).lower() if is_text else ""
    if is_text and not text.strip(" ."):
        return Verdict(Outcome.NOT_ATTEMPTED, words.empty(question.id, "Choice"))
    letter = text.strip("().:, ")
    for key, option in asked.texts.items():  # the whole text of an option counts too
        if text == " ".join(option.split()).lower():
            letter = key
    if letter not in asked.texts:
        shown = f"`{given.text[:30]}`" if is_text else given.name
        return _type(words.no_option(shown.replace("\n", " "), asked.texts))
    if letter == asked.truth.strip().lower():
        return _correct(question)
    chosen = asked.texts[letter]
    for rival in question.rivals:
        if str(rival.answer).strip().lower() == letter:
            return _named(rival, f"You chose `{letter}`: {chosen.rstrip('.')}.")
    return Verdict(Outcome.WRONG, words.wrong_option(letter, chosen, question.id))


def _decide_figure(question: Question, asked: Live, seen: _Seen) -> Verdict:
    if seen.values is None:
        return _type(words.no_live_figure(seen.readings[0].name))
    if not seen.moved:
        return Verdict(Outcome.NOT_ATTEMPTED, words.empty(question.id, "Live"))
    stand = ", ".join(f"{name} = {words.setting(value)}" for name, value in seen.values.items())
    try:
        reached = asked.goal(dict(seen.values))
        named = [rival for rival in question.rivals if rival.answer(dict(seen.values))]
    except (KeyError, TypeError, AttributeError):
        # The goal is tested with the controls of its own figure, so this is another one.
        return _type(words.other_figure(", ".join(f"`{name}`" for name in seen.values)))
    if reached:
        return _correct(question)
    said = f"Your figure stands at {stand}."
    if len({rival.mistake for rival in named}) == 1:
        return _named(named[0], said)
    return Verdict(Outcome.WRONG, words.wrong_position(said, question.id))
