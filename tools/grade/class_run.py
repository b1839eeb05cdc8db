"""A whole class: two workers look, this process judges."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tools.grade import marks as judging
from tools.grade.marks import Mark, Seen
from tools.grade.nursery import Nursery
from tools.grade.sheet import CELL_SECONDS, Sheet
from tools.grade.submission import Submission

WORKERS = 2


@dataclass(frozen=True)
class Looked:
    """What came of looking at one submission."""

    seen: Seen
    skipped: tuple[int, ...]


@dataclass
class Worker:
    """Holds the nurseries of one worker, which are started when they are first needed."""

    hidden: Sequence[Path]
    shut_in: bool = True
    cell_seconds: float = CELL_SECONDS
    _open: dict[bool, Nursery] = field(default_factory=dict)

    def nursery(self, with_torch: bool) -> Nursery:
        """The nursery, with torch or without. Raises NotPermitted."""
        if with_torch not in self._open:
            self._open[with_torch] = Nursery(self.hidden, with_torch, self.shut_in)
        return self._open[with_torch]

    def look(self, sheet: Sheet) -> Looked:
        """Run a submission; where a cell kills or hangs, again without it."""
        skipped: list[int] = []
        nursery = self.nursery(sheet.with_torch)
        while True:
            seen = judging.read(nursery.run(sheet.to_plain(skipped, self.cell_seconds)))
            step = judging.culprit(sheet, seen, skipped)
            if step is None:
                return Looked(seen, tuple(skipped))
            skipped.append(step)

    def close(self) -> None:
        """End the nurseries."""
        for nursery in self._open.values():
            nursery.close()
        self._open.clear()


def look_at(
    sheets: Sequence[Sheet], hidden: Sequence[Path], shut_in: bool = True
) -> Iterator[tuple[int, Looked | Exception]]:
    """What came of each, with its place in `sheets`, as they are done.

    An error of our own in one of them is handed over and does not stop the rest.
    """
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    # Those that need torch come together, and first: their nursery takes longest to start.
    for number in sorted(range(len(sheets)), key=lambda i: not sheets[i].with_torch):
        todo.put(number)
    done: queue.SimpleQueue[tuple[int, Looked | Exception]] = queue.SimpleQueue()

    def work(worker: Worker) -> None:
        while True:
            try:
                number = todo.get_nowait()
            except queue.Empty:
                return
            try:
                done.put((number, worker.look(sheets[number])))
            except Exception as error:
                worker.close()
                done.put((number, error))

    with ExitStack() as stack:
        for _ in range(min(WORKERS, len(sheets))):
            worker = Worker(hidden, shut_in)
            stack.callback(worker.close)
            thread = threading.Thread(target=work, args=(worker,), daemon=True)
            thread.start()
        for _ in sheets:
            yield done.get()


def mark(sheet: Sheet, submission: Submission, looked: Looked) -> tuple[list[Mark], list[str]]:
    """The marks of a submission, and what a teacher should look at."""
    found = judging.marks(sheet, submission, looked.seen, looked.skipped)
    return found, list(judging.notes(sheet, found, looked.skipped))
