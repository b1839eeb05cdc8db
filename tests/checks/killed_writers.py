"""Kernels that write the progress file and are killed while they do; run by `test_store.py`.

    python -m tests.checks.killed_writers 200 FOLDER [SEED]

Two processes count upwards in the file, each its own question, and tell through a pipe each number
that `store.change` has written. They are killed in turn, at random moments, and taken up anew.
Prints one line of JSON with what was found; POSIX only.
"""

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from utils.checks import store

LONGEST_LIFE = 0.03  # seconds; a write takes one to five milliseconds


class Writer:
    """One process that counts in its own question, and the numbers it has told so far."""

    def __init__(self, question_id: str):
        self.question_id = question_id
        self.told = self.written()
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            _count(question_id, writing)
        os.close(writing)
        self.reading = reading

    def written(self) -> int:
        """The number that the file holds, read beside the lock: it is whole at any moment."""
        place = store.path()
        if place is None or not place.exists():
            return 0
        questions = json.loads(place.read_text(encoding="utf-8"))["questions"]
        return questions.get(self.question_id, {"hints": 0})["hints"]

    def listen(self, seconds: float) -> None:
        """Take in what is told, for `seconds`; returns at once when the process has ended."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if select.select([self.reading], [], [], left)[0]:
                if not (said := os.read(self.reading, 1 << 16)):
                    return
                self.told += len(said)

    def kill(self) -> None:
        """End the process wherever it is, and hear what it had still told."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.listen(10)
        os.close(self.reading)


def _count(question_id: str, tell: int) -> None:
    """Write the next number, then tell it, until killed."""

    def next_number(known: store.Progress) -> None:
        known.entry(question_id).hints += 1

    try:
        while True:
            store.change(next_number)
            os.write(tell, b".")
    finally:
        os._exit(1)


def run(kills: int, folder: Path, seed: int) -> dict[str, int]:
    """Kill `kills` times; counts what was lost, and what lies about in `folder`."""
    os.environ[store.VARIABLE] = str(folder / "progress.json")
    rng = random.Random(seed)
    writers = [Writer("sample.1"), Writer("sample.2")]
    found = dict.fromkeys(("kills", "writes", "lost", "unheard", "damaged", "spares"), 0)
    for number in range(kills):
        which = number % 2
        victim = writers[which]
        victim.listen(rng.uniform(0, LONGEST_LIFE))
        victim.kill()
        found["kills"] += 1
        # A write that was done and not yet told is no loss; one that was told must be there.
        found["lost"] += max(0, victim.told - victim.written())
        found["unheard"] += max(0, victim.written() - victim.told)
        writers[which] = Writer(victim.question_id)
    for writer in writers:
        writer.kill()
        found["lost"] += max(0, writer.told - writer.written())
        found["writes"] += writer.written()
    found["damaged"] = len(list(folder.glob("*damaged*")))
    found["spares"] = len(list(folder.glob("*.tmp")))
    return found


if __name__ == "__main__":
    kills, folder = int(sys.argv[1]), Path(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(10**6)
    print(json.dumps(run(kills, folder, seed) | {"seed": seed}))
