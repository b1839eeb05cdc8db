"""Forty-five or ninety minutes of a class, divided by rule among what a lesson holds."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tools.plans.lesson import LOOK_BACK, Lesson, Section
from utils.checks import MISTAKES, Choice, Number, Question

# A class is shown and told what somebody alone reads. In the notes of the lessons authors say how
# long each part takes in class: in the middle chapter two thirds of a reader's minutes.
PACE = 2 / 3
SHORTEST = 2  # minutes of a section: it must be heard and run
LONGEST_OPENING = 8
CLOSING = 5  # the recap, and the homework
TIME_TO_PRACTISE = 10  # with less left over, a class takes its sections more slowly
MOST_PRACTICE = 0.35  # of the time, at the learners' own keyboards
LONGEST_IN_CLASS = 10  # an exercise of more minutes is for home
LONG_REST = 20  # that much left over is the beginning of another chapter
SHORT_REST = 5  # less than that goes to the closing
MOST_MISTAKES = 6
STEPS = {"project"}  # chapters whose exercises are the steps of one program, in order

OPENED, CLOSED = "Opening", "Closing"
SOLVED, ROOM, NEXT = "Exercises, in pairs", "Room", "The next chapter"


@dataclass(frozen=True)
class Step:
    """One line of the plan. section: what is shown; None for the frame around the sections."""

    minutes: int
    title: str
    section: Section | None = None


@dataclass(frozen=True)
class Plan:
    """What a class does in `minutes`. in_class: the exercises that it solves there."""

    minutes: int
    steps: tuple[Step, ...]
    left_out: tuple[Section, ...]
    in_class: tuple[Question, ...]

    @property
    def shown(self) -> list[Section]:
        return [step.section for step in self.steps if step.section]


def plan(lesson: Lesson, minutes: int) -> Plan:
    """Divide the minutes: an opening, sections, exercises where there is time, a closing.

    What the lesson marks as curious comes last of all. Of the rest, lessons build up, so that the
    last ones are left out first, except those that look back at the running question.
    """
    opening = min(LONGEST_OPENING, max(3, round(PACE * _total(lesson.opening))))
    free = minutes - opening - CLOSING
    chosen = _that_fit(lesson.teaching, free)
    left = free - _class_minutes(chosen)
    exercises: list[Question] = []
    whole = all(section in chosen for section in lesson.teaching if not section.curious)
    if whole and left >= TIME_TO_PRACTISE:
        exercises = _first(lesson.exercises, min(left, MOST_PRACTICE * minutes))
        left -= sum(question.minutes for question in exercises)
    if whole:
        for section in (s for s in lesson.teaching if s.curious):
            if _class_minutes([section]) <= left:
                chosen.append(section)
                left -= _class_minutes([section])
    chosen = [section for section in lesson.teaching if section in chosen]
    slower = _total(chosen) - _class_minutes(chosen)  # up to a reader's own pace
    rest = max(0, math.floor(left - max(0, slower)))
    if rest >= LONG_REST:  # a short lesson: then the longer exercises have their time, too
        before = sum(question.minutes for question in exercises)
        exercises = _first(lesson.exercises, before + rest, longest=minutes)
        rest += before - sum(question.minutes for question in exercises)
    practised = sum(question.minutes for question in exercises)
    shares = _divided([_class_minutes([s]) for s in chosen], free - practised - rest)
    steps = [Step(opening, OPENED)]
    steps += [Step(n, s.heading, s) for n, s in zip(shares, chosen, strict=True)]
    if exercises:
        steps.append(Step(practised, SOLVED))
    if rest >= SHORT_REST:
        steps.append(Step(rest, NEXT if rest >= LONG_REST else ROOM))
    steps.append(Step(CLOSING + (rest if rest < SHORT_REST else 0), CLOSED))
    left_out = tuple(section for section in lesson.teaching if section not in chosen)
    return Plan(minutes, tuple(steps), left_out, tuple(exercises))


def to_vote_on(sections: Iterable[Section]) -> tuple[Section, Question] | None:
    """The prediction that knows most mistakes, one with options if there is any."""
    best = None
    for section in sections:
        for question in section.questions:
            if not isinstance(question.answer, Choice | Number):
                continue
            offered = isinstance(question.answer, Choice)
            rank = (offered, len(_named(question)), len(question.rivals), question.difficulty)
            if best is None or rank > best[0]:
                best = rank, section, question
    return best[1:] if best else None


def expected(asked: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    """The mistakes that most of these questions know, each with those questions."""
    asked = list(asked)
    counts = Counter(name for question in asked for name in _named(question))
    common = [name for name, _ in counts.most_common(MOST_MISTAKES)]
    return [(name, [q for q in asked if name in _named(q)]) for name in common]


def homework(exercises: Sequence[Question], minutes: int) -> list[Question]:
    """Exercises of about so many minutes: in order, with one of the harder ones where it fits.

    Where they are steps of one program, none is passed over.
    """
    if sum(question.minutes for question in exercises) <= minutes + 2:
        return list(exercises)
    if exercises[0].chapter in STEPS:
        return _first(exercises, minutes + 2, longest=minutes)
    hard = [q for q in exercises if q.difficulty >= 3 and q.minutes <= minutes / 3][:1]
    chosen = list(hard)
    for question in exercises:
        # what is a little too long is nearer than what is far too short
        if question not in hard and _minutes([*chosen, question]) <= minutes + 2:
            chosen.append(question)
    return [question for question in exercises if question in chosen]


def number(question: Question) -> int:
    """Of an exercise: 6 for "slope.6" and for "slope.6b"."""
    return int(re.sub(r"\D", "", question.id.rpartition(".")[2]))


def _named(question: Question) -> list[str]:
    return list(dict.fromkeys(r.mistake for r in question.rivals if r.mistake in MISTAKES))


def _class_minutes(sections: Iterable[Section]) -> float:
    return sum(max(SHORTEST, PACE * section.minutes) for section in sections)


def _total(sections: Iterable[Section]) -> float:
    return sum(section.minutes for section in sections)


def _minutes(asked: Iterable[Question]) -> int:
    return sum(question.minutes for question in asked)


def _that_fit(sections: Sequence[Section], free: float) -> list[Section]:
    """From the first on as many as fit beside those that look back; none that are curious."""
    kept = [s for s in sections if s.heading.startswith(LOOK_BACK)]
    chosen: list[Section] = []
    for section in sections:
        if section.curious or section in kept:
            continue
        if _class_minutes([*chosen, *kept, section]) > free:
            break
        chosen.append(section)
    return [section for section in sections if section in chosen or section in kept]


def _first(
    exercises: Sequence[Question], free: float, longest: float = LONGEST_IN_CLASS
) -> list[Question]:
    chosen: list[Question] = []
    for question in exercises:
        if question.minutes > longest:
            continue
        if _minutes([*chosen, question]) > free:
            break
        chosen.append(question)
    return chosen


def _divided(parts: Sequence[float], whole: int) -> list[int]:
    """Whole minutes in proportion to the parts, `SHORTEST` at least, that add up to `whole`."""
    exact = [whole * part / sum(parts) for part in parts]
    shares = [max(SHORTEST, math.floor(share)) for share in exact]
    while sum(shares) != whole:
        step = 1 if sum(shares) < whole else -1
        furthest = max(
            (n for n, share in enumerate(shares) if share + step >= SHORTEST),
            key=lambda n: step * (exact[n] - shares[n]),
        )
        shares[furthest] += step
    return shares
