"""Every question of every chapter: its text, its probes, and what its checks say to real answers.

The rules stand in functions that return what is wrong with a question; the sample chapter shows
that they find nothing in good tables and find each fault that is put into them.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import json
import re
import sys
import types
from dataclasses import replace
from pathlib import Path

import pytest

import utils.questions
from tests import answers, sample_chapter
from utils import bank
from utils.checks import (
    MISTAKES,
    Choice,
    Formula,
    Function,
    Number,
    Outcome,
    Question,
    Rival,
    check,
)
from utils.checks.kinds.function import EXAMPLE
from utils.checks.kinds.open_task import OVER_BUDGET
from utils.checks.slips import KNOWN_BY_VALUES
from utils.checks.torch_errors import KNOWN_BY_WORDS
from utils.checks.words import number

ROOT = Path(__file__).parents[1]
SHORTEST, LONGEST = 30, 90
SLIPS = {Outcome.ERROR, Outcome.TYPE, Outcome.ENDLESS, Outcome.IMPRECISE} | {
    Outcome.MISTAKE,
    Outcome.FACTOR,
    Outcome.WRONG,
}


@pytest.fixture(autouse=True)
def progress_file(tmp_path, monkeypatch):
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(tmp_path / "progress.json"))


@pytest.fixture
def sample(monkeypatch):
    """The sample chapter, found like any other."""
    return install(monkeypatch, sample_chapter.QUESTIONS)


def install(monkeypatch, questions):
    """Make `questions` the chapter "sample"."""
    name = "utils.questions.sample"
    module = types.ModuleType(name)
    module.__spec__ = importlib.machinery.ModuleSpec(name, None)
    module.QUESTIONS = questions
    monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setitem(utils.questions.CHAPTERS, "sample", "The sample")
    return questions


# --- the rules: each returns what is wrong ---


def faults_of_text(question: Question) -> list[str]:
    """Hints, difficulty, minutes, solution and the lengths of the messages of its own."""
    found = []
    if len(question.hints) < 3 or len(set(question.hints)) < len(question.hints):
        found.append("fewer than three different hints")
    if not 1 <= question.difficulty <= 5:
        found.append(f"difficulty {question.difficulty} is not 1 to 5")
    if not 1 <= question.minutes <= 30:
        found.append(f"{question.minutes} minutes are not 1 to 30")
    for name in ("title", "solution", "why", "next"):
        if not getattr(question, name).strip():
            found.append(f"no {name}")
    if not question.rivals and not isinstance(question.answer, Choice):
        found.append("no rival: which mistake does it recognise?")
    for rival in question.rivals:
        words = len(rival.message.split()) if rival.message else SHORTEST
        if not 25 <= words <= 80:
            found.append(f"the message of {rival.mistake} has {words} words, not 25 to 80")
    return [f"{question.id}: {fault}" for fault in found]


def faults_of_answers(question: Question, right: list, wrong: list) -> list[str]:
    """Right answers pass; each wrong one gets its own name, a fitting message and no answer."""
    found = []
    styles = 2 if isinstance(question.answer, (Function, Formula)) else 1
    if len(right) < styles:
        found.append(f"{len(right)} right answers; at least {styles} are needed")
    if len(wrong) < 3:
        found.append(f"{len(wrong)} wrong answers; at least 3 are needed")
    for index, answer in enumerate(right):
        feedback = check(question.id, answer)
        if feedback.outcome is not Outcome.CORRECT or feedback.points != question.points:
            found.append(f"right answer {index} gets {feedback.outcome.value}: {feedback.message}")
    for index, (answer, name) in enumerate(wrong):
        feedback = check(question.id, answer)
        got = feedback.mistake or feedback.outcome.value
        if got != name:
            found.append(f"wrong answer {index} gets {got}, not {name}: {feedback.message}")
        if feedback.outcome in SLIPS:
            found += faults_of_message(question, answer, feedback.message)
    missed = {rival.mistake for rival in question.rivals} - {name for _, name in wrong}
    if missed:
        found.append(f"no wrong answer for {', '.join(sorted(missed))}")
    return [f"{question.id}: {fault}" for fault in found]


def faults_of_message(question: Question, answer, message: str) -> list[str]:
    found = []
    words = len(message.split())
    if not SHORTEST <= words <= LONGEST:
        found.append(f"{words} words: {message}")
    if re.search(r"\b(simply|obviously|just)\b", message):
        found.append(f"talks down: {message}")
    if isinstance(question.answer, Number):
        truth = number(question.truth.values[0]).replace("−", "-")
        ours = re.sub(r"^You gave .*?\. ", "", message)  # the learner's own number may be there
        tokens = re.findall(r"-?\d+(?:\.\d+)?", ours.replace("−", "-"))
        # The digits 0 and 1 turn up in sentences ("x = 0", "0.1") without giving anything away.
        if truth in tokens and truth not in ("0", "1"):
            found.append(f"gives the answer away: {message}")
    return found


def faults_of_notebook(chapter: str, questions, folder: Path) -> list[str]:
    """Every question is checked in the chapter's lesson or solutions, and nothing else is."""
    name = utils.questions.notebook(chapter)
    paths = [folder / kind / name for kind in ("notebooks", "solutions")]
    if not all(path.exists() for path in paths):
        return []  # a chapter in the making
    ids = {question.id for question in questions}
    checked = set().union(*(ids_in(path, "check") for path in paths))
    found = [f"{name} never checks {missing}" for missing in sorted(ids - checked)]
    return found + [f"{name} checks {extra}, which is no question" for extra in checked - ids]


def ids_in(path: Path, call: str) -> set[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return set(re.findall(rf"\b{call}\(\s*[\"']([^\"']+)[\"']", code))


# --- the questions of the course ---

CHAPTERS = utils.questions.chapters()
EARLIER = [
    question for chapter in CHAPTERS for question in utils.questions.earlier_questions(chapter)
]
QUESTIONS = {question.id: question for question in [*utils.questions.all_questions(), *EARLIER]}


@pytest.mark.parametrize("question_id", QUESTIONS)
def test_text_of_question(question_id):
    assert faults_of_text(QUESTIONS[question_id]) == []


@pytest.mark.parametrize("question_id", QUESTIONS)
def test_probes_tell_truth_and_rivals_apart(question_id):
    assert QUESTIONS[question_id].ambiguities() == []


@pytest.mark.parametrize("question_id", QUESTIONS)
def test_answers_to_question(question_id):
    question = QUESTIONS[question_id]
    right, wrong = answers.load(question.chapter)
    assert faults_of_answers(question, right.get(question_id, []), wrong.get(question_id, [])) == []


@pytest.mark.parametrize("question_id", QUESTIONS)
@pytest.mark.parametrize("nothing", [None, ...], ids=["None", "dots"])
def test_unsolved_question_is_met_kindly(question_id, nothing):
    feedback = check(question_id, nothing)
    assert feedback.outcome is Outcome.NOT_ATTEMPTED
    assert feedback.points == 0
    assert "..." in feedback.message or "Move" in feedback.message  # what to do now


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_chapter_and_its_notebooks_fit_together(chapter):
    questions = utils.questions.questions(chapter)
    ids = [question.id for question in questions]
    assert len(set(ids)) == len(ids) and {question.chapter for question in questions} == {chapter}
    assert faults_of_notebook(chapter, questions, ROOT) == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_tables_hold_no_answers_to_unknown_questions(chapter):
    ids = {name for name, question in QUESTIONS.items() if question.chapter == chapter}
    right, wrong = answers.load(chapter)
    assert set(right) | set(wrong) <= ids


def test_every_notebook_asks_for_questions_that_exist():
    known = set(QUESTIONS) - {question.id for question in EARLIER}
    for folder in ("notebooks", "solutions", "exercises"):
        for path in sorted((ROOT / folder).glob("*.ipynb")):
            for call in ("check", "hint", "solution"):
                assert ids_in(path, call) <= known, f"{folder}/{path.name}: {call}"


def test_no_notebook_sends_anybody_to_an_earlier_question():
    """In texts as in code: `hint("slope.1")` would help with what is no longer asked."""
    for folder in ("notebooks", "solutions", "exercises"):
        for path in sorted((ROOT / folder).glob("*.ipynb")):
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            text = "\n".join("".join(cell["source"]) for cell in cells)
            named = [question.id for question in EARLIER if f'"{question.id}"' in text]
            assert not named, f"{folder}/{path.name} names {named}"


# --- looking questions up ---


def test_questions_are_found_by_id(sample):
    assert utils.questions.find("sample.2") is sample[1]
    assert utils.questions.find("  SAMPLE.2 ") is sample[1]
    for unknown in ("sample.99", "nowhere.1", "sample", "os.path", "..", "", None, 5):
        assert utils.questions.find(unknown) is None


def test_an_earlier_question_is_judged_and_not_listed(sample, monkeypatch):
    first, *rest = sample
    install(monkeypatch, rest)
    monkeypatch.setattr(utils.questions, "earlier_questions", lambda chapter: [first])
    assert utils.questions.find(first.id) is first
    assert first not in utils.questions.all_questions()


def test_chapters_stand_in_the_order_of_the_course(sample):
    assert utils.questions.chapters()[-1] == "sample"
    assert utils.questions.all_questions()[-len(sample) :] == list(sample)
    assert utils.questions.notebook("slope") == "01_slope.ipynb"
    order = list(utils.questions.CHAPTERS)
    assert [order.index(name) for name in CHAPTERS] == sorted(order.index(n) for n in CHAPTERS)


def test_a_chapter_between_two_others_moves_none_of_them(sample, monkeypatch):
    questions = utils.questions
    before = {name: questions.notebook(name) for name in CHAPTERS}
    after_limits = {"limits": questions.CHAPTERS["limits"], "sample": "The sample"}
    order = {
        key: title
        for name, own in questions.CHAPTERS.items()
        if name != "sample"
        for key, title in (after_limits.items() if name == "limits" else [(name, own)])
    }
    monkeypatch.setattr(questions, "CHAPTERS", order)
    monkeypatch.setattr(questions, "BETWEEN", {*questions.BETWEEN, "sample"})
    assert questions.notebook("sample") == "03b_sample.ipynb"
    assert {name: questions.notebook(name) for name in CHAPTERS} == before
    numbers = [number for number, *_ in questions.overview()]
    assert numbers == sorted(numbers) and numbers[3:6] == ["03", "03b", "04"]
    assert bank.checkpoint_notebook("04") and not bank.checkpoint_notebook("03b")


# --- the rules find what they are for ---


def test_nothing_is_wrong_with_the_sample(sample):
    for question in sample:
        right, wrong = sample_chapter.RIGHT[question.id], sample_chapter.WRONG[question.id]
        assert faults_of_text(question) == []
        assert question.ambiguities() == []
        assert faults_of_answers(question, right, wrong) == []


@pytest.mark.parametrize(
    ("question_id", "right", "wrong", "fault"),
    [
        ("sample.1", [81], None, "right answer 0 gets wrong|right answer 0 gets imprecise"),
        ("sample.2", [lambda x: x**2] * 2, None, "right answer 0 gets mistake"),
        ("sample.2", [lambda x: 2 * x], None, "1 right answers"),
        ("sample.4", [], None, "0 right answers"),
        (
            "sample.1",
            None,
            [(120, "rise-run-swapped")] * 3,
            "gets difference-not-divided, not rise",
        ),
        ("sample.1", None, [(80, "wrong")] * 3, "wrong answer 0 gets correct"),
        ("sample.2", None, [(lambda x: x**2, "wrong")] * 3, "gets value-for-slope, not wrong"),
        ("sample.6", None, [("x^2", "value-for-slope")] * 3, "gets exponent-not-in-front"),
        ("sample.7", None, [(sample_chapter.figure(), "wrong")] * 3, "gets not-attempted"),
        ("sample.1", None, [(17, "wrong")], "at least 3 are needed"),
        ("sample.1", None, [(17, "wrong")] * 3, "no wrong answer for difference-not-divided"),
    ],
)
def test_a_false_table_is_found(sample, question_id, right, wrong, fault):
    question = utils.questions.find(question_id)
    right = sample_chapter.RIGHT[question_id] if right is None else right
    wrong = sample_chapter.WRONG[question_id] if wrong is None else wrong
    assert any(re.search(fault, found) for found in faults_of_answers(question, right, wrong))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"hints": ("one", "two")}, "three different hints"),
        ({"hints": ("one", "two", "two")}, "three different hints"),
        ({"difficulty": 0}, "difficulty"),
        ({"minutes": 0}, "minutes"),
        ({"next": " "}, "no next"),
        ({"rivals": ()}, "no rival"),
        ({"rivals": (Rival("sign-error", -80.0, message="Too short."),)}, "2 words"),
    ],
)
def test_a_poor_question_is_found(sample, change, fault):
    assert any(fault in found for found in faults_of_text(replace(sample[0], **change)))


@pytest.mark.parametrize(
    ("index", "rival", "fault"),
    [
        (0, Rival("value-for-slope", 80.0), "the truth and value-for-slope differ at 0"),
        (0, Rival("value-for-slope", 120.01), "difference-not-divided and value-for-slope"),
        (0, Rival("no-such-mistake", 7.0), "no-such-mistake is not in the catalogue"),
        (1, Rival("slope-sign-lost", lambda x: abs(2 * x)), "differ at 2 probes; 3 are needed"),
        (1, Rival("forgotten-two", lambda x: x), "exponent-not-in-front and forgotten-two"),
        (3, Rival("value-for-slope", "b"), "a rival is the right answer"),
        (3, Rival("value-for-slope", "e"), "e is no option"),
        (3, Rival("value-for-slope", "a"), "two rivals share an option"),
        (5, Rival("sign-error", "3*x*x"), "the truth and sign-error differ at 0"),
        (6, Rival("sign-error", lambda v: v["m"] > 1), "fits the goal and sign-error"),
        (6, Rival("sign-error", lambda v: v["m"] > 9), "no probe reaches sign-error"),
    ],
)
def test_an_ambiguous_question_is_found(sample, index, rival, fault):
    question = replace(sample[index], rivals=(*sample[index].rivals, rival))
    assert any(fault in found for found in question.ambiguities())


def test_too_few_probes_are_found(sample):
    short = replace(sample[1], answer=replace(sample[1].answer, probes=[1.0, 2.0, 3.0]))
    assert any("only 3 probes" in found for found in short.ambiguities())


def test_a_message_with_the_answer_is_found(sample, monkeypatch):
    telling = "The right answer is 80 and you can see that when you divide. " * 4
    rival = Rival("rise-run-swapped", 1 / 80, message=telling)
    questions = install(monkeypatch, [replace(sample[0], rivals=(rival,))])
    wrong = [(1 / 80, "rise-run-swapped")] * 3
    assert any("away" in fault for fault in faults_of_answers(questions[0], [80], wrong))


def test_a_notebook_without_its_checks_is_found(sample, tmp_path):
    def write(kind, lines):
        cells = [{"cell_type": "code", "source": [line]} for line in lines]
        path = tmp_path / kind / utils.questions.notebook("sample")
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")

    calls = [f'check("{question.id}", answer)' for question in sample]
    write("notebooks", calls[:2])
    assert faults_of_notebook("sample", sample, tmp_path) == []  # no solutions yet
    write("solutions", calls[2:])
    assert faults_of_notebook("sample", sample, tmp_path) == []
    write("solutions", calls[3:])
    (fault,) = faults_of_notebook("sample", sample, tmp_path)
    assert "never checks sample.3" in fault
    write("solutions", [*calls[2:], "check('sample.77', 5)"])
    (fault,) = faults_of_notebook("sample", sample, tmp_path)
    assert "checks sample.77" in fault


# --- the catalogue ---


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_catalogue_entry(mistake):
    words = len(mistake.message.split())
    assert 30 <= words <= 80, words
    assert mistake.message.endswith("?") and mistake.name and mistake.looks_like
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", mistake.id)
    assert not re.search(r"\b(simply|obviously|just|wrong!)\b", mistake.message)


CURRICULUM = [
    "value-for-slope",
    "power-rule-on-exponential",
    "forgotten-inner-derivative",
    "product-of-derivatives",
    "average-for-instantaneous",
    "sign-error",
    "h-is-zero",
    "degrees-for-radians",
    "forgotten-mean",
    "forgotten-two",
    "other-variable-moves",
    "along-the-contour",
    "step-too-large",
    "sequential-update",
    "gradient-not-zeroed",
    "update-inside-graph",
    "point-for-function",
]


@pytest.mark.parametrize("mistake", CURRICULUM)
def test_the_mistakes_of_the_curriculum_are_all_there(mistake):
    assert mistake in MISTAKES


def test_every_mistake_of_the_catalogue_is_one_that_a_question_can_name():
    named = {rival.mistake for question in QUESTIONS.values() for rival in question.rivals}
    drawn = [
        path.read_text(encoding="utf-8")
        for path in (ROOT / "utils/questions/practice").glob("*.py")
    ]
    named |= {name for name in MISTAKES if any(f'"{name}"' in source for source in drawn)}
    # The judge names these itself, whatever the question.
    assert set(MISTAKES) == named | {"point-for-function"} | KNOWN_BY_WORDS | KNOWN_BY_VALUES | {
        EXAMPLE,
        OVER_BUDGET,
    }
