"""The map of the course: chapters in order, what is done, tried and open, and where to go on."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from utils import bank, versions
from utils.bank import Outline, in_exercises
from utils.checks import schedule, store
from utils.checks.feedback import box, to_inline

_MARKS = {store.DONE: "x", store.TRIED: "~", store.OPEN: " "}
_SIGNS = {
    store.DONE: ("✓", "var(--jp-success-color1,#2e7d32)"),
    store.TRIED: ("◐", "var(--jp-warn-color1,#ef6c00)"),
    store.OPEN: ("○", "var(--jp-ui-font-color2,#757575)"),
}


@dataclass(frozen=True)
class Step:
    """One question on the map."""

    id: str
    title: str
    minutes: int
    state: str

    @property
    def kind(self) -> str:
        """The folder its notebook is in: "slope.1" is an exercise, "slope.predict_swap" is asked in
        the lesson."""
        return "exercises" if in_exercises(self.id) else "notebooks"


@dataclass(frozen=True)
class Chapter:
    """One chapter on the map. `notebook` is the file name of its lesson and of its exercises;
    `reading` the minutes that the lesson takes without its questions."""

    number: str
    title: str
    notebook: str
    steps: Sequence[Step]
    reading: int = 0
    practice: str = ""  # "new" or "level 1 of 3"; empty for a chapter without practice
    checkpoint: str = ""  # the file name of the checkpoint behind it, if there is one

    @property
    def name(self) -> str:
        return self.notebook.partition("_")[2].removesuffix(".ipynb")

    @property
    def done(self) -> int:
        return sum(step.state == store.DONE for step in self.steps)

    @property
    def minutes_left(self) -> int:
        """Of the open questions, and of the lesson as far as its own questions are open."""
        inside = [step for step in self.steps if step.kind == "notebooks"] or self.steps
        unread = sum(step.state != store.DONE for step in inside) / max(len(inside), 1)
        asked = sum(step.minutes for step in self.steps if step.state != store.DONE)
        return asked + round(self.reading * unread)

    @property
    def summary(self) -> str:
        count = f"{self.done} of {len(self.steps)}"
        return f"{count}, {self.minutes_left} min left" if self.minutes_left else f"{count} done"


@dataclass(frozen=True, repr=False)
class CourseMap:
    """What `progress()` returns: a map as HTML in a notebook, as text everywhere else.

    chapters: in the order of the course.
    folder: the folder that holds `notebooks` and `exercises`, as seen from the notebook that shows
        the map.
    remark: a sentence to begin with, such as the one about a damaged file; mostly empty.
    due: how many kinds of problems of practice should come again, and minutes: how long that takes.
    """

    chapters: Sequence[Chapter]
    folder: str
    remark: str = ""
    due: int = 0
    minutes: float = 0

    @property
    def headline(self) -> str:
        done = sum(chapter.done for chapter in self.chapters)
        total = sum(len(chapter.steps) for chapter in self.chapters)
        minutes = sum(chapter.minutes_left for chapter in self.chapters)
        if done == total:
            return f"All {total} questions are done. That is the whole course so far."
        return f"{done} of {total} questions done, about {_spoken(minutes)} left."

    @property
    def here(self) -> tuple[Chapter, Step] | None:
        """The first question that is not done yet."""
        for chapter in self.chapters:
            for step in chapter.steps:
                if step.state != store.DONE:
                    return chapter, step
        return None

    @property
    def _folder(self) -> str:
        """What the paths of notebooks begin with."""
        return "" if self.folder == "." else f"{self.folder}/"

    def _link(self, chapter: Chapter, kind: str) -> str:
        return f"{self._folder}{kind}/{chapter.notebook}"

    @property
    def review(self) -> str:
        """What is due again, as a sentence; empty if nothing is."""
        if not self.due:
            return ""
        kinds = "1 kind of problem is" if self.due == 1 else f"{self.due} kinds of problems are"
        return f"{kinds} due again, about {_spoken(math.ceil(self.minutes))}: run `review()`."

    def _practice(self, chapter: Chapter) -> str:
        """Where a chapter is practised: the cell at the end of its exercises."""
        cell = f"practice-{chapter.name}".replace("_", "-")
        return f"{self._link(chapter, 'exercises')}#cell-id={cell}"

    def _there(self, chapter: Chapter, step: Step) -> str:
        """Where a question is asked: its notebook, and the cell that checks it."""
        link = self._link(chapter, step.kind)
        return link + _cell_that_checks(step.id, Path(link))

    def __repr__(self) -> str:
        lines = [self.remark] if self.remark else []
        lines.append(self.headline)
        if self.here:
            chapter, step = self.here
            lines.append(f"Continue here: {self._there(chapter, step)} ({step.id}, {step.title})")
        lines += [self.review] if self.due else []
        width = max((len(chapter.title) for chapter in self.chapters), default=0)
        for chapter in self.chapters:
            marks = "".join(f"[{_MARKS[step.state]}]" for step in chapter.steps)
            title = chapter.title.ljust(width)
            begun = chapter.practice not in ("", "new")
            practised = f"; practice {chapter.practice}" if begun else ""
            lines.append(f"{chapter.number} {title}  {marks}  {chapter.summary}{practised}")
        lines.append("[x] done  [~] tried  [ ] open")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(self._row(chapter) for chapter in self.chapters)
        start = f"<p>{escape(self.remark)}</p>" if self.remark else ""
        go_on = ""
        if self.here:
            chapter, step = self.here
            go_on = (
                f'<p style="margin:.4em 0"><a href="{escape(self._there(chapter, step))}">'
                f"<strong>Continue here: {escape(step.title)}</strong></a> ({escape(step.id)}, "
                f"{step.minutes} min)</p>"
            )
        if self.due:
            go_on += f'<p style="margin:.4em 0">{to_inline(self.review)}</p>'
        legend = " &nbsp; ".join(
            f'<span style="color:{colour}" aria-hidden="true">{sign}</span> {state}'
            for state, (sign, colour) in _SIGNS.items()
        )
        blue = "var(--jp-info-color1,#0277bd)"
        frame = box(self.headline, blue, lead=self.headline, width=72, role="group")
        inside = f'{start}{go_on}<div role="list">{rows}</div><small>{legend}</small></div>'
        return frame.removesuffix("</div>") + inside

    def _row(self, chapter: Chapter) -> str:
        signs = "\u2009".join(self._sign(step) for step in chapter.steps)
        row = (
            '<div role="listitem" style="display:flex;flex-wrap:wrap;column-gap:.8em">'
            f'<a style="flex:0 0 26.5em" href="{escape(self._link(chapter, "notebooks"))}">'
            f"{chapter.number} {escape(chapter.title)}</a>"
            f'<span style="flex:0 0 11em;white-space:nowrap">{chapter.summary}</span>'
            f'<span style="flex:0 0 6em;white-space:nowrap">{self._practised(chapter)}</span>'
            f'<span style="flex:1 1 14em">{signs}</span></div>'
        )
        if not chapter.checkpoint:
            return row
        link = escape(f"{self._folder}exercises/{chapter.checkpoint}")
        said = f"Checkpoint after {chapter.number}: twelve problems, mixed"
        return f'{row}<div role="listitem"><a href="{link}">{said}</a></div>'

    def _practised(self, chapter: Chapter) -> str:
        if not chapter.practice:
            return ""
        link, level = escape(self._practice(chapter)), chapter.practice
        said, short = "practice", re.sub(r"level (\d) of (\d)", r" \1/\2", level)
        if level != "new":
            said += short
        label = f"practice of chapter {chapter.number}, {level}"
        return f'<a href="{link}" aria-label="{label}" title="{label}">{said}</a>'

    @staticmethod
    def _sign(step: Step) -> str:
        sign, colour = _SIGNS[step.state]
        label = escape(f"{step.id} {step.title}: {step.state}", quote=True)
        return (
            f'<span role="img" title="{label}" aria-label="{label}" style="color:{colour};'
            f'font-size:1.1em">{sign}</span>'
        )


def _cell_that_checks(question_id: str, notebook: Path) -> str:
    """The part of a link that leads JupyterLab to a cell; "" where it is not found."""
    asked = re.compile(rf"\s*check\(\s*[\"']{re.escape(question_id)}[\"']")
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        found = (cell["id"] for cell in cells if asked.match("".join(cell["source"])))
        return f"#cell-id={next(found)}"
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return ""  # moved, rewritten or not there: the notebook alone is near enough


def _spoken(minutes: int) -> str:
    """Minutes as people plan them: up to an hour and a half in minutes, above in hours."""
    return f"{minutes} minutes" if minutes <= 90 else f"{minutes / 60:.0f} hours"


def draw(chapters: Sequence[Outline], progress: store.Progress, today: date) -> CourseMap:
    """The map for `chapters`."""
    states = {question_id: entry.state for question_id, entry in progress.entries.items()}
    drawn = [
        Chapter(
            each.number,
            each.title,
            each.notebook,
            [Step(q.id, q.title, q.minutes, states.get(q.id, store.OPEN)) for q in each.questions],
            each.reading,
            _level(each.name, progress),
            bank.checkpoint_notebook(each.number),
        )
        for each in chapters
    ]
    known = progress.practised
    due = [t for t in _practised(known) if schedule.is_due(known[t.id], today)]
    remark = versions.parted()
    if progress.set_aside:
        remark = (
            "Your progress file could not be read, so a new one was begun. The old one is kept "
            f"beside it as {' and '.join(progress.set_aside)}."
        )
    minutes = sum(template.minutes for template in due)
    return CourseMap(drawn, notebooks_from_here(), remark, len(due), minutes)


def _practised(known: Iterable[str]) -> list[Any]:
    """The kinds of problems that have come up; only their chapters are opened."""
    chapters = sorted({name.partition(".")[0] for name in known})
    templates = [template for chapter in chapters for template in bank.templates(chapter)]
    return [template for template in templates if template.id in known]


def _level(chapter: str, progress: store.Progress) -> str:
    """How far practice of a chapter has come, "new" before it begins; "" where it has none."""
    ladder = progress.ladders.get(chapter)
    if ladder is None or not bank.has_practice(chapter):
        return "new" if bank.has_practice(chapter) else ""
    highest = max(template.level for template in bank.templates(chapter))
    return f"level {min(ladder.level, highest)} of {highest}"


def notebooks_from_here() -> str:
    """The folder with `notebooks` and `exercises` in it, relative to where this kernel works.

    The nearest one around it: inside `my_work` the learner's own, elsewhere that of a course, which
    need not be the one that `utils` is from. From outside, the learner's own of that course.
    """
    here, root = Path.cwd().resolve(), store.course_folder()
    outside = [root / "my_work", root] if root else []
    for folder in (here, *here.parents, *outside):
        if all((folder / part).is_dir() for part in ("notebooks", "exercises")):
            with suppress(ValueError):  # on another drive
                return Path(os.path.relpath(folder, here)).as_posix()
    return "."
