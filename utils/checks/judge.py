"""Judge an answer: from a question and what the learner gave to a verdict.

The learner's code runs first, in `observe`, and leaves plain data. The decision is made afterwards,
on that alone, in this order:

never ends · error · not attempted · and then what the kind of answer knows: wrong type or shape ·
correct · a named mistake · imprecise · a constant factor off · wrong.
"""

from __future__ import annotations

import re
from typing import Any

from utils import running
from utils.checks import words
from utils.checks.answer import Rival
from utils.checks.failure import Failure
from utils.checks.feedback import Outcome
from utils.checks.observe import observe
from utils.checks.question import Question
from utils.checks.seam import Observation, Task
from utils.checks.torch_errors import KNOWN_BY_WORDS, mistake_of
from utils.checks.verdict import Verdict

OUR_OWN_SECONDS = 120.0  # for computing truth and rivals, once per question and kernel


def judge(question: Question, answer: Any) -> Verdict:
    """Judge `answer`, here and now. Raises nothing that the learner's code raises."""
    return look_and_judge(question, answer)[1]


def look_and_judge(question: Question, answer: Any) -> tuple[Observation, Verdict]:
    """As `judge`, with what was seen."""
    _prepare(question)  # before the learner's code could change what truth and rivals call
    observation = observe(Task.of(question), answer)
    running.restore_fields(question)
    return observation, _decide(question, observation)


def decide(question: Question, observation: Observation) -> Verdict:
    """The verdict on what was observed; runs no learner's code.

    Raises ValueError for an observation that belongs to another question.
    """
    asked = type(question.answer).__name__
    if observation.kind != asked:
        raise ValueError(
            f"{question.id} asks for a {asked}, and this is the observation of a "
            f"{observation.kind}: it belongs to another question."
        )
    _prepare(question)
    return _decide(question, observation)


def _decide(question: Question, observation: Observation) -> Verdict:
    asked = question.answer
    if observation.stopped:
        message = words.stopped(observation.stopped, observation.where, question.seconds)
        return Verdict.of(Outcome.ENDLESS, message)
    if observation.failure:
        return _decide_failure(question, observation.failure, observation.where)
    if asked.is_empty(observation.seen):
        return _not_attempted(question)
    return asked.decide(question, observation.seen, observation.printed)


def _prepare(question: Question) -> None:
    """Truth and rivals, worked out once under the same protection as the learner's code."""
    if running.restore_fields(question):
        return
    ours = running.run(lambda: question.answer.prepare(question), OUR_OWN_SECONDS)
    if ours.stopped:
        raise TimeoutError(f"the rivals of {question.id} take too long")
    running.keep_fields(question, question.parts)


def _not_attempted(question: Question) -> Verdict:
    return Verdict.of(Outcome.NOT_ATTEMPTED, question.answer.empty(question.id))


def _decide_failure(question: Question, failure: Failure, where: str) -> Verdict:
    unwritten = failure.kinds[:1] == ("builtins.NotImplementedError",)
    if "ellipsis" in failure.said or (unwritten and failure.line.startswith("raise")):
        return _not_attempted(question)
    told = mistake_of(failure)
    named = [
        rival
        for rival in question.rivals
        if rival.raises
        and failure.is_a(rival.raises)
        and re.search(rival.says, failure.said)
        and (rival.mistake == told or rival.mistake not in KNOWN_BY_WORDS)
    ]
    if not named and told:
        named = [Rival(told)]
    if len(named) == 1:
        quoted = f"your line `{words.clipped(failure.line)}`" if failure.line else "your code"
        start = f"At {where}, {quoted}" if where else quoted[0].upper() + quoted[1:]
        return named[0].named(f"{start} stops with `{failure.name}`.")
    return Verdict.of(Outcome.ERROR, words.error(failure, where))
