"""How long practice takes: `python -m benchmarks.practice`.

For every kind of problem: to draw one and make what the browser is sent, and to judge an answer;
and to choose a review when a year of practice is on file. Medians in milliseconds, by the clock.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from utils import bank
from utils.checks import schedule, store
from utils.practice.panel import shown
from utils.practice.session import Chapter, Session, due, mixed

ROUNDS = 30


def milliseconds(what: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of some rounds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        what()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def a_year(today: date) -> store.Progress:
    """What the file holds after a year in which every kind of problem came up once a week."""
    known = store.Progress()
    for place, template in enumerate(bank.all_templates()):
        entry = known.practised[template.id] = store.Practised()
        for week in range(52):
            day = today - timedelta(days=7 * (52 - week) - place % 7)
            schedule.move(entry, (place + week) % 4 > 0, day)
        entry.recent = [f"{place:04x}{number:04x}" for number in range(schedule.REMEMBERED)]
        if place % 5 == 0:
            entry.mistakes = sorted(template.mistakes)[:1]
    return known


def main() -> None:
    """Print a line for each kind of problem, and the medians of all."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ[store.VARIABLE] = str(Path(folder) / "progress.json")
        drawn, judged = [], []
        print(f"{'kind of problem':<40} {'drawn and shown':>16} {'judged':>8}   ms, medians")
        for template in bank.all_templates():
            sitting = Session(Chapter(template.chapter, "", [template]), template.id)

            def another(sitting: Session = sitting) -> None:
                sitting.next()
                shown(sitting)

            def answered(sitting: Session = sitting) -> None:
                sitting.answer("1234.5" if not sitting.drawn.problem.answer.offered else "a")

            drawn.append(milliseconds(another))
            times = []
            for _ in range(ROUNDS):
                sitting.next()
                times.append(milliseconds(answered, 1))
            judged.append(statistics.median(times))
            print(f"{template.id:<40} {drawn[-1]:>16.2f} {judged[-1]:>8.2f}")
        print()
        for name, of in (("median of all", statistics.median), ("slowest", max)):
            print(f"{name:<40} {of(drawn):>16.2f} {of(judged):>8.2f}")
        today = date.today()
        year = a_year(today)
        store.change(lambda progress: progress.practised.update(year.practised))

        def reviewed() -> list[object]:
            return list(mixed(due(bank.all_templates(), store.load().practised, today), 10))

        took, count = milliseconds(reviewed), len(reviewed())
        print(f"a review of {count} problems chosen from a year: {took:.2f} ms")

        print()


if __name__ == "__main__":
    main()
