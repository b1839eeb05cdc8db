"""`grade` says what `check` says: outcome, mistake, points and message.

Here one of the answers in tests/answers to each question, right ones and wrong ones in turn; with
`COURSE_GRADE_ALL=1` each of them, and all other cases of the corpus: the broken and the hostile
ones, which are made around the truths, in a nursery that is not shut in.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import utils.questions
from tests import answers
from tests.grade.notebooks import checked, submission, without_truths
from tools.grade import figures
from tools.grade import marks as judging
from tools.grade.class_run import Worker
from tools.grade.sheet import LOOK, RUN, Sheet, Step
from utils import bank
from utils.checks import Live, Question
from utils.checks.desk import feedback
from utils.checks.judge import judge
from utils.stage import Stage

ALL = os.environ.get("COURSE_GRADE_ALL") == "1"
LIMIT = 0.1  # seconds that endless code gets here
CHAPTERS = utils.questions.chapters()


def rows(chapter: str) -> Iterator[tuple[Question, str, Any]]:
    """Question, the place of an answer in the tables, and the answer."""
    right, wrong = answers.load(chapter)
    for place, question in enumerate(utils.questions.questions(chapter)):
        table = [(f"RIGHT[{question.id!r}][{i}]", a) for i, a in enumerate(right[question.id])]
        for i, (answer, name) in enumerate(wrong[question.id]):
            row = (f"WRONG[{question.id!r}][{i}][0]", answer)
            table.append(row if name != "endless" else ("", answer))
        chosen = table if ALL else table[place % len(table) :][:1]
        for expression, answer in dict(chosen).items():
            if expression:
                yield question, expression, answer


def told(mark: judging.Mark) -> tuple[str, str, float, str]:
    return mark.verdict, mark.mistake, mark.points, mark.message


def said(question: Question, answer: Any) -> tuple[str, str, float, str]:
    """What `check` says."""
    feed = feedback(question, judge(question, answer))
    return feed.outcome.value, feed.mistake or "", feed.points, feed.message


def compared(worker: Worker, cells: list[str], asked: list[tuple[Question, str, Any]]) -> int:
    """Look at all expressions in one sandbox, judge here, compare; how many there were."""
    steps = [Step(RUN, text, number) for number, text in enumerate(cells, 1)]
    first = len(steps)
    steps += [Step(LOOK, expression, 0, question.id) for question, expression, _ in asked]
    questions = {question.id: question for question, _, _ in asked}
    sheet = Sheet(tuple(steps), tuple(questions.values()), "import torch" in "\n".join(cells))
    looked = worker.look(sheet)
    assert looked.skipped == ()
    differences = []
    for number, (question, expression, answer) in enumerate(asked):
        mark = judging.judged(question, looked.seen.looks[first + number])
        if told(mark) != said(question, answer):
            differences.append(f"{expression}: {told(mark)} and {said(question, answer)}")
    assert not differences, "\n".join(differences)
    return len(asked)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_grade_says_what_check_says(chapter, patient):
    if answers.need_torch(chapter):
        pytest.importorskip("torch", reason="there is no torch for Intel Macs")
    source = Path(answers.__file__).with_name(f"{chapter}.py").read_text(encoding="utf-8")
    count = compared(patient, [without_truths(source)], list(rows(chapter)))
    assert count >= (20 if ALL else 5)


@pytest.mark.usefixtures("progress_elsewhere")
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_a_figure_leaves_is_judged_as_it_was_in_the_notebook(chapter):
    """Of every answer of the corpus that is a figure, since hands can only drag in a notebook."""
    if answers.need_torch(chapter):
        pytest.importorskip("torch", reason="there is no torch for Intel Macs")
    right, wrong = answers.load(chapter)
    for question in utils.questions.questions(chapter):
        if not isinstance(question.answer, Live) or not bank.in_exercises(question.id):
            continue
        given = [*right[question.id], *(answer for answer, _ in wrong[question.id])]
        stages = [answer for answer in given if isinstance(answer, Stage)]
        assert len(stages) >= 3
        for answer in stages:
            nb, feed = checked(chapter, question.id, answer)
            saved = submission(nb).records[question.id]
            assert figures.is_possible(question, saved), saved.seen.values
            mark = judging.judged(question, saved.to_plain())
            heard = (feed.outcome.value, feed.mistake or "", feed.points, feed.message)
            assert told(mark) == heard


@pytest.mark.skipif(not ALL, reason="the whole corpus: COURSE_GRADE_ALL=1")
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_grade_says_what_check_says_of_the_whole_corpus(chapter):
    corpus = importlib.import_module("tests.test_corpus").corpus(chapter)
    open_again = (
        "import sys\n"
        "sys.meta_path[:] = [f for f in sys.meta_path if type(f).__name__ != '_NoQuestions']\n"
        "from tests import test_corpus\n"
        f"CASES = test_corpus.corpus({chapter!r})\n"
    )
    asked = []
    for number, case in enumerate(corpus):
        if case.expected == "endless":  # where it is stopped is up to chance
            continue
        asked.append((case.question, f"CASES[{number}].answer", case.answer))
    worker = Worker([], shut_in=False)
    try:
        compared(worker, [open_again], asked)
    finally:
        worker.close()


def test_endless_answers_are_stopped_in_the_sandbox_too(worker):
    question = replace(utils.questions.find("slope.4"), seconds=LIMIT)
    cell = "def f(p, q):\n    while True:\n        pass"
    sheet = Sheet((Step(RUN, cell, 1), Step(LOOK, "f", 2, question.id)), (question,))
    looked = worker.look(sheet)
    mark = judging.judged(question, looked.seen.looks[1])
    assert (mark.verdict, mark.points) == ("endless", 0)
