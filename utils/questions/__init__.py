"""The questions of the course, one module per chapter, looked up by id.

"slope.1" is the question with that id in the list `QUESTIONS` of `utils.questions.slope`. A
chapter's module is imported when one of its questions is asked for.

A question that gives its place to a better one moves to `utils.questions.earlier`, and the better
one gets an id of its own, such as "slope.1b". A learner's copy that asks the earlier one is
then judged as it always was.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from utils.checks.question import Question
    from utils.practice.template import Template

# In the order of the course, which numbers them. `course.py build` writes the titles into the
# notebooks.
CHAPTERS: dict[str, str] = {
    "start_here": "Start here: how does this course work?",
    "slope": "How steep is a line?",
    "rate_of_change": "How steep is a curve, on average?",
    "limits": "What happens when the step shrinks to nothing?",
    "derivative": "What is the slope at one point?",
    "power_rule": "Do we need a limit every time?",
    "special_functions": "What about eˣ, ln x, sin x, 1/x, the sigmoid?",
    "chain_rule": "What about functions inside functions?",
    "minima_and_maxima": "Which way is downhill, and where does it end?",
    "partial_derivatives": "What if there are two knobs?",
    "gradient": "Which direction is steepest?",
    "gradient_descent": "How do we walk downhill?",
    "learning_rate": "How big a step?",
    "linear_regression": "Can we fit a model to data with what we know?",
    "autograd_from_scratch": "Can the computer apply the chain rule for us?",
    "arrays": "How do derivatives pass through a whole table of numbers?",
    "pytorch_autograd": "How does PyTorch do it?",
    "training_a_network": "Can we train a network and explain every number?",
    "project": "Can you build one that reads digits?",
    "many_machines": "Why can thousands of machines train one model?",
}

# These came later and stand between two others: "14b" behind chapter 14, so that no chapter that
# learners have a copy of gets another number.
BETWEEN = {"arrays", "project"}

# After these chapters a checkpoint mixes what stands in them: `notebooks/04b_checkpoint.ipynb`.
CHECKPOINTS = (4, 8, 13)

_ID = re.compile(r"([a-z_]+)\.\w+")


def chapters() -> list[str]:
    """The names of the chapters that have questions, in the order of the course."""
    return [name for name in CHAPTERS if _exists(name)]


def _exists(chapter: str) -> bool:
    return chapter in CHAPTERS and importlib.util.find_spec(f"{__name__}.{chapter}") is not None


def questions(chapter: str) -> Sequence[Question]:
    """The questions of one chapter, in order; a ModuleNotFoundError where there is none."""
    return importlib.import_module(f"{__name__}.{chapter}").QUESTIONS


def earlier_questions(chapter: str) -> Sequence[Question]:
    """Questions of a chapter that only copies of an earlier course still ask."""
    name = f"{__name__}.earlier.{chapter}"
    return importlib.import_module(name).QUESTIONS if importlib.util.find_spec(name) else ()


def templates(chapter: str) -> Sequence[Template]:
    """The kinds of problems that practice of a chapter draws from; none if it has no practice."""
    name = f"{__name__}.practice.{chapter}"
    return importlib.import_module(name).TEMPLATES if has_practice(chapter) else ()


def has_practice(chapter: str) -> bool:
    """Whether a chapter has kinds of problems for practice; loads none of them."""
    return importlib.util.find_spec(f"{__name__}.practice.{chapter}") is not None


def all_questions() -> list[Question]:
    """Every question that the course asks, in order."""
    return [question for chapter in chapters() for question in questions(chapter)]


def find(question_id: Any) -> Question | None:
    """The question with this id, or None; capitals and spaces around it do not matter."""
    wanted = str(question_id).strip().lower()
    match = _ID.fullmatch(wanted)
    if match is None or not _exists(match[1]):
        return None
    known = (*questions(match[1]), *earlier_questions(match[1]))
    found = [question for question in known if question.id == wanted]
    if len(found) > 1:
        raise ValueError(f"{match[1]} has {len(found)} questions with the id {wanted}")
    return found[0] if found else None


def number(chapter: str) -> str:
    """A chapter's number, such as "01", or "14b" for one that stands between two others."""
    names = list(CHAPTERS)
    before = [name for name in names[: names.index(chapter)] if name not in BETWEEN]
    return f"{len(before) - 1:02d}b" if chapter in BETWEEN else f"{len(before):02d}"


def notebook(chapter: str) -> str:
    """The file name of a chapter's notebooks, such as "01_slope.ipynb"."""
    return f"{number(chapter)}_{chapter}.ipynb"


def overview() -> list[tuple[str, str, str, Sequence[Question], int]]:
    """For the map: number, title, notebook's file name and questions of each chapter, and the
    minutes that its lesson takes without them."""
    reading = reading_minutes()
    return [
        (number(name), CHAPTERS[name], notebook(name), questions(name), reading.get(name, 0))
        for name in chapters()
    ]


def reading_minutes() -> dict[str, int]:
    """Minutes that each chapter's lesson takes without its questions; the build counts them."""
    table = (files(__name__) / "reading_minutes.csv").read_text(encoding="utf-8")
    rows = (line.split(",") for line in table.splitlines()[1:])
    return {chapter: int(minutes) for chapter, minutes in rows}
