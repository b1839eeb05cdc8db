"""Grading a class: `course.py grade` and nbgrader, on the same submissions in one run.

`python -m benchmarks.grade` simulates thirty learners of one chapter, whose answers are drawn from
tests/answers, has both grade them, and prints seconds for each submission, all start-up shared out,
and the ratio. nbgrader has its assignment made beforehand, which is not counted. Both must give the
same points wherever nbgrader gives any: it cannot grade live figures.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.grade.class_made import make
from tests.grade.notebooks import exercise
from utils import questions
from utils.checks import Live

ROOT = Path(__file__).parents[1]
MOST_SECONDS, LEAST_RATIO = 15.0, 10.0  # asked on two idle cores: for the class; wall, one by one


class Spent:
    """Seconds on the wall and of processor time, children included, while the block ran."""

    def __enter__(self) -> Spent:
        self._wall, self._work = time.perf_counter(), _processor()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall = time.perf_counter() - self._wall
        self.work = _processor() - self._work


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(command: Sequence[str], folder: Path) -> None:
    """Run a command of Python quietly; its words are shown if it fails."""
    environment = os.environ | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        "DERIVATIVES_PROGRESS": str(folder / "progress.json"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    ran = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        sys.exit(ran.stdout + ran.stderr)


def by_nbgrader(folder: Path, chapter: str, class_: Path) -> tuple[Spent, dict[str, float]]:
    """What nbgrader takes, and the points that it gives to each learner."""
    name = exercise(chapter).name
    shutil.copy(ROOT / "tools" / "nbgrader_config.py", folder)
    source = folder / "source" / chapter
    source.mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / f"{name}.ipynb", source)
    run(["nbgrader", "generate_assignment", chapter, "--create"], folder)
    for learner in class_.iterdir():
        submitted = folder / "submitted" / learner.name.replace(" ", "_") / chapter
        submitted.mkdir(parents=True)
        shutil.copy(learner / f"{name}.ipynb", submitted)
    with Spent() as spent:
        run(["nbgrader", "autograde", chapter, "--create"], folder)
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        points = {s.student.id: s.score for s in book.assignment_submissions(chapter)}
    return spent, points


def by_the_course(folder: Path, class_: Path) -> tuple[Spent, dict[str, float]]:
    """What `grade` takes, and the points that it gives, live figures left out."""
    results = folder / "results"
    with Spent() as spent:
        run(["tools.grade", str(class_), "--to", str(results)], folder)
    points: dict[str, float] = {}
    with (results / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            student = row["student"].replace(" ", "_")
            question = questions.find(row["question"])
            live = question is not None and isinstance(question.answer, Live)
            points[student] = points.get(student, 0.0) + (0 if live else float(row["points"]))
    return spent, points


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--chapter", default="derivative")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="grade-benchmark-") as name:
        folder = Path(name)
        class_ = folder / "class"
        make(class_, asked.chapter, asked.learners)
        own, own_points = by_the_course(folder, class_)
        (folder / "nbgrader").mkdir()
        other, other_points = by_nbgrader(folder / "nbgrader", asked.chapter, class_)
    title = f"{asked.learners} learners, chapter {exercise(asked.chapter).title}"
    print(f"{title}\n{'':12}{'wall':>9}{'each':>9}{'processor':>12}{'each':>9}   seconds")
    for who, spent in (("course.py", own), ("nbgrader", other)):
        each = spent.wall / asked.learners, spent.work / asked.learners
        print(f"{who:12}{spent.wall:9.1f}{each[0]:9.2f}{spent.work:12.1f}{each[1]:9.2f}")
    print(f"{'ratio':12}{'':9}{other.wall / own.wall:9.1f}{'':12}{other.work / own.work:9.1f}")
    print(f"asked of two idle cores: {MOST_SECONDS:g} s for the class, a ratio of {LEAST_RATIO:g}")
    different = {
        student: (own_points.get(student), points)
        for student, points in other_points.items()
        if own_points.get(student) != points
    }
    print(f"points that differ: {len(different)} of {len(other_points)} learners {different or ''}")


if __name__ == "__main__":
    main()
