"""What a checkpoint asks, and what is said at its end and at that of a review."""

from __future__ import annotations

from collections.abc import Sequence

from utils import bank
from utils.checks.course_map import notebooks_from_here
from utils.practice.session import Result
from utils.practice.template import LEVELS, Draw, Template

CHECKPOINT, ENOUGH = 12, 10  # problems of a checkpoint, and how many of them let one go on


def of_checkpoint(chapter: int, seed: str) -> tuple[list[Template], int]:
    """The kinds of problems of a checkpoint, and the first chapter that it asks about.

    As many from each chapter, in any order; harder ones before easy ones.

    Raises ValueError for a chapter that has no checkpoint behind it.
    """
    stops = bank.checkpoints()
    if chapter not in stops:
        raise ValueError(f"chapter must be one of {stops}, and is {chapter!r}.")
    first = max((stop + 1 for stop in stops if stop < chapter), default=1)
    asked = [f"{number:02d}" for number in range(first, chapter + 1)]
    names = [outline.name for outline in bank.overview() if outline.number.rstrip("b") in asked]
    draw = Draw(f"checkpoint/{seed}")
    piles = [
        sorted(draw.shuffled(bank.templates(name)), key=lambda t: t.level < LEVELS[1])
        for name in draw.shuffled(names)
    ]
    taken: list[Template] = []
    while len(taken) < CHECKPOINT:
        for pile in piles:
            taken.append(pile.pop(0))
            pile.append(taken[-1])  # a chapter with few kinds asks one of them twice
    return draw.shuffled(taken[:CHECKPOINT]), first


def after_review(results: Sequence[Result]) -> str:
    """How many were right at once, and what comes back tomorrow."""
    right = sum(result.alone for result in results)
    again = [result for result in results if not result.alone]
    said = f"**{right} of {len(results)} right at the first try.** "
    if not again:
        return said + "Each of them now rests twice as long as before. Well kept!"
    return (
        said
        + "These come back tomorrow, with other numbers:\n\n"
        + "\n".join(f"- {result.drawn.template.title}{_named(result)}" for result in again)
    )


def after_checkpoint(chapter: int, results: Sequence[Result]) -> str:
    """Whether one may go on, and which chapters to look at again."""
    right = sum(result.alone for result in results)
    missed = [result for result in results if not result.alone]
    said = f"**{right} of {len(results)} right.** "
    go_on = f"chapter {chapter + 1:02d}"
    if not missed:
        return f"{said}All of them, rules chosen and used! You may go on to {go_on}."
    if right >= ENOUGH:
        said += f"You may go on to {go_on}. What is worth another look:"
    else:
        said += f"Before {go_on}, these are worth another look:"
    lines = []
    for outline in bank.overview():
        here = [result for result in missed if result.drawn.template.chapter == outline.name]
        if here:
            link = f"{notebooks_from_here()}/notebooks/{outline.notebook}".removeprefix("./")
            what = "; ".join(f"{result.drawn.template.title}{_named(result)}" for result in here)
            lines.append(f"- [{outline.number} {outline.title}]({link}): {what}")
    return f"{said}\n\n" + "\n".join(lines)


def _named(result: Result) -> str:
    names = ", ".join(name for name in result.mistakes if name.startswith("“"))
    return f" ({names})" if names else ""
