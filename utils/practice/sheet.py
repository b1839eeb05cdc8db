"""Work sheets for a class: problems on paper, with a sheet of solutions for the teacher.

Each sheet is written twice: as Markdown, with its pictures beside it, and as one HTML file that
holds its pictures and prints well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from utils.checks.feedback import to_html
from utils.checks.kinds.choice import Choice
from utils.practice.look import on_paper
from utils.practice.results import of_checkpoint
from utils.practice.shown import Table
from utils.practice.svg import as_html, as_svg
from utils.practice.template import Draw, Drawn, Template, draw
from utils.practice.writing import written

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body {{ font: 12pt/1.5 system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }}
li.problem {{ margin: 0 0 2em; break-inside: avoid; }}
table {{ border-collapse: collapse; }} th, td {{ padding: 2px 12px; border: 1px solid #999; }}
svg {{ display: block; width: 100%; max-width: 24em; height: auto; }}
div.practice-panels {{ display: flex; flex-wrap: wrap; gap: 1em; }}
figure {{ width: 11em; margin: 0; }}
p.line {{ border-bottom: 1px solid #999; width: 60%; }}
{css}
</style></head><body class="practice"><h1>{title}</h1>
<p>{remark}</p><ol>
{items}
</ol></body></html>
"""


def problems(templates: Sequence[Template], count: int, seed: str) -> list[Drawn]:
    """`count` different problems: every kind before any comes again, easier ones first.

    Raises ValueError where `count` is not from 1 to 200.
    """
    if not 1 <= count <= 200:
        raise ValueError(f"--count must be from 1 to 200, and is {count}.")
    order, chosen, keys = Draw(f"sheet/{seed}"), [], set()
    for number in range(count * 3):
        if not number % len(templates):
            pile = order.shuffled(templates)
        drawn = draw(pile[number % len(templates)], f"{seed}/{number}")
        if drawn.problem.key not in keys and len(chosen) < count:
            keys.add(drawn.problem.key)
            chosen.append(drawn)
    return sorted(chosen, key=lambda drawn: drawn.template.level)


def write(
    folder: Path, name: str, title: str, drawn: Sequence[Drawn], seed: str, css: str
) -> list[Path]:
    """Write the four files of a sheet; returns the sheet and the solutions as HTML, then the rest.

    Raises OSError where the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    remark = f"Sheet “{seed}”. The same name gives the same numbers, another one others."
    files = []
    for kind, solved in (("", False), ("_solutions", True)):
        heading = f"{title}: solutions" if solved else title
        page = folder / f"{name}{kind}.html"
        items = "\n".join(_item(each, solved) for each in drawn)
        page.write_text(
            _PAGE.format(title=escape(heading), remark=escape(remark), items=items, css=css),
            encoding="utf-8",
        )
        text = page.with_suffix(".md")
        parts = [f"# {heading}", remark, *_in_markdown(drawn, solved, folder, name, css)]
        text.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
        files += [page, text]
    return [*files[::2], *files[1::2]]


@dataclass(frozen=True, repr=False)
class Solved:
    """Problems with their solutions, as a notebook shows them."""

    drawn: Sequence[Drawn]

    def __repr__(self) -> str:
        return "\n\n".join(
            f"{number}. {each.problem.statement}\n   {each.problem.asks} {answer_of(each)}"
            for number, each in enumerate(self.drawn, start=1)
        )

    def _repr_html_(self) -> str:
        items = "".join(_item(each, True) for each in self.drawn)
        return (
            f'<style>{on_paper(".practice-sheet")}</style><ol class="practice-sheet">{items}</ol>'
        )


def solved(chapter: int, seed: str) -> Solved:
    """The problems of a checkpoint with their solutions.

    Raises ValueError for a chapter that has no checkpoint behind it.
    """
    templates, _ = of_checkpoint(chapter, seed)
    return Solved([draw(t, f"{seed}/{place}") for place, t in enumerate(templates)])


def answer_of(drawn: Drawn) -> str:
    """The right answer in words."""
    answer = drawn.problem.answer
    if isinstance(answer, Choice):
        return f"{answer.truth}: {answer.offered[answer.truth]}"
    if isinstance(answer.truth, str):  # a formula
        return answer.truth.replace("*", " · ").replace("  ", " ")
    return ", ".join(map(written, drawn.question.truth.values))


def _item(drawn: Drawn, solved: bool) -> str:
    problem = drawn.problem
    parts = [to_html(problem.statement), *map(as_html, problem.shown)]
    if isinstance(problem.answer, Choice):
        options = [f"- **{letter}** {text}" for letter, text in problem.answer.offered.items()]
        parts.append(to_html("\n".join(options)))
    if solved:
        parts.append(to_html(f"**{problem.asks} {answer_of(drawn)}**"))
        parts.append(to_html("\n".join(f"- {step}" for step in problem.steps)))
    else:
        parts.append(f'<p class="line">{escape(problem.asks)}</p>')
    return f'<li class="problem">{"".join(parts)}</li>'


def _in_markdown(
    drawn: Sequence[Drawn], solved: bool, folder: Path, name: str, css: str
) -> Iterable[str]:
    for number, each in enumerate(drawn, start=1):
        problem = each.problem
        yield f"**{number}.** {problem.statement}"
        for place, part in enumerate(problem.shown):
            if isinstance(part, Table):
                rows = [part.head, ["---"] * len(part.head), *part.rows]
                yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
                continue
            for letter, picture in as_svg(part, css).items():
                file = folder / f"{name}_{number}{'abc'[place]}{letter}.svg"
                file.write_text(picture, encoding="utf-8")
                words = re.sub(r"[\[\]]", "", part.words)
                yield f"{f'**{letter}** ' if letter else ''}![{words}]({file.name})"
        if isinstance(problem.answer, Choice):
            yield "\n".join(
                f"- **{letter}** {text}" for letter, text in problem.answer.offered.items()
            )
        if solved:
            yield f"**{problem.asks} {answer_of(each)}**"
            yield "\n".join(f"- {step}" for step in problem.steps)
        else:
            yield f"{problem.asks} ____________"
