"""Where `check` finds its questions: those who hold some hand in where they are.

The checks know no question, and the questions are built on the checks; both know this place. What
is handed in is opened when the first question is asked for, so that imports stay light.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol


class Outline(NamedTuple):
    """A chapter for the map: its number, title, notebook's file name, questions, and the minutes
    that its lesson takes without them."""

    number: str
    title: str
    notebook: str
    questions: Sequence[Any]
    reading: int = 0

    @property
    def name(self) -> str:
        """The chapter's own name: "slope" for "01_slope.ipynb"."""
        return self.notebook.partition("_")[2].removesuffix(".ipynb")


class Source(Protocol):
    """What holds questions, such as the module `utils.questions`."""

    def find(self, question_id: Any) -> Any:
        """The question with this id, or None."""
        ...

    def all_questions(self) -> Sequence[Any]:
        """Every question, in order."""
        ...

    def overview(self) -> Sequence[tuple[Any, ...]]:
        """The chapters for the map, each an `Outline`, or what makes one."""
        ...

    # Those who have problems for practice have these as well.
    templates: Callable[[str], Sequence[Any]]  # the kinds of problems of a chapter, by its name
    has_practice: Callable[[str], bool]  # whether a chapter has any; opens none
    CHECKPOINTS: Sequence[int]  # the numbers of the chapters after which there is one


class UnknownQuestion(LookupError):
    """There is no question with this id; the message is a sentence for the learner."""


_sources: dict[str, Callable[[], Any]] = {}


def hand_in(name: str, opened: Callable[[], Source] | None = None) -> None:
    """Make questions known under `name`: a module's, or those of what `opened` gives.

    Raises ValueError if others were handed in under this name.
    """
    if name in _sources:
        raise ValueError(f"Questions have been handed in as {name!r} before; take another name.")
    _sources[name] = opened or (lambda: importlib.import_module(name))


def take_back(name: str) -> None:
    """Forget what was handed in under `name`."""
    del _sources[name]


def holds(module: str) -> bool:
    """True for a module of questions that were handed in: one in which truths stand."""
    return any(module == name or module.startswith(f"{name}.") for name in _sources)


def find(question_id: Any) -> Any:
    """The question with this id; capitals and spaces around it do not matter.

    Raises UnknownQuestion if there is none, and ValueError if there are two.
    """
    found = {name: opened().find(question_id) for name, opened in _sources.items()}
    known = {name: question for name, question in found.items() if question is not None}
    if len(known) > 1:
        raise ValueError(
            f"Two questions have the id {question_id}: in {' and in '.join(known)}. Give one of "
            "them another."
        )
    if not known:
        raise UnknownQuestion(_unknown(question_id))
    return next(iter(known.values()))


def in_exercises(question_id: str) -> bool:
    """Whether it is asked among the exercises ("slope.1", or "slope.1b", the second form of that
    exercise) and not in the lesson ("slope.predict_swap")."""
    return question_id.rpartition(".")[2][:1].isdigit()


def overview() -> list[Outline]:
    """All chapters, for the map."""
    return [Outline(*chapter) for opened in _sources.values() for chapter in opened().overview()]


def templates(chapter: str) -> list[Any]:
    """The kinds of problems that practice of a chapter draws from; none if it has no practice."""
    found = [getattr(opened(), "templates", None) for opened in _sources.values()]
    return [template for given in found if given for template in given(chapter)]


def has_practice(chapter: str) -> bool:
    """Whether practice of a chapter has anything to draw from."""
    known = [getattr(opened(), "has_practice", None) for opened in _sources.values()]
    return any(has and has(chapter) for has in known)


def all_templates() -> list[Any]:
    """The kinds of problems of all chapters, in order."""
    return [template for outline in overview() for template in templates(outline.name)]


def checkpoints() -> list[int]:
    """The numbers of the chapters after which there is a checkpoint, in order."""
    given = [getattr(opened(), "CHECKPOINTS", ()) for opened in _sources.values()]
    return sorted(number for numbers in given for number in numbers)


def checkpoint_notebook(number: int | str) -> str:
    """The file name of the checkpoint behind a chapter, "" where there is none."""
    behind = f"{number:0>2}"
    known = [f"{stop:02d}" for stop in checkpoints()]
    return f"{behind}b_checkpoint.ipynb" if behind in known else ""


def _unknown(question_id: Any) -> str:
    import difflib  # not before it is needed: `import utils` stays light

    shown = str(question_id)[:40].replace("`", "'")
    ids = [question.id for opened in _sources.values() for question in opened().all_questions()]
    if not ids:
        return f"I know no question `{shown}`: none have been handed in."
    near = difflib.get_close_matches(str(question_id).lower(), ids, n=1)
    if near:
        return f'I know no question `{shown}`. Did you mean `"{near[0]}"`?'
    return f'I know no question `{shown}`. Ids look like `"slope.1"`: the chapter and a number.'
