"""Break set-ups on purpose, and look at what the next start makes of it.

    python -m tests.door.faults [--kills N] [--full N] [--signals N] [--network] [--seed S]

A set-up of small packages, with the real pip, is killed N times, finds the disk full N times and is
asked to end N times (Ctrl-C, a request to end, a closed terminal), each at another moment. The next
start, undisturbed, must leave everything in order, and must keep what was sound. `test_faults.py`
does a few of each; POSIX only, since Windows has no such signals.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.door.bad_server import BadServer
from tests.door.small_course import NAMES, OLD, SmallCourse, versions
from tools.door import environment
from tools.door.environment import State

CHANGED = ("birch", "daisy")  # what an upgrade changes; the rest must not be touched
BREAKDOWNS = {  # each with what has to be said
    "cuts": "A download broke off half-way",
    "hangs": "The package server cannot be reached",
    "is overloaded": "overloaded or out of order",
    "wants to log you in": "a Wi-Fi may first want you to log in",
    "wants a password": "The proxy did not let the packages through",
}
FUTURE = (2.2e9, 2.2e9)  # 2039, as the time of access and of change
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # by name: Windows has no SIGHUP


class Faults:
    """Faults tried on one small course: what went wrong in `wrong`, how often what in `seen`."""

    def __init__(self, folder: Path):
        self.course = SmallCourse(folder)
        self.wrong: list[str] = []
        self.seen: Counter[str] = Counter()
        self.wanted = versions()
        self.extent: dict[str, tuple[int, float]] = {}

    def begin(self, kind: str) -> None:
        """Bring about what is there before the fault: nothing, or packages to be upgraded."""
        self.wanted = versions()
        if kind == "fresh":
            self.course.forget()
            self.course.ask_for(self.wanted)
            return
        # Either way from one set of versions to the other: no need to go back in between.
        birch = self.course.packages / "birch"
        if environment.inspect(self.course.root, "lab")[0] is not State.READY:
            self.course.ask_for(self.wanted)
            self._expect(self.course.set_up()[0] == 0, "the set-up before the fault failed")
        old = (birch / f"only_in_{OLD[0]}.py").exists()
        self.wanted = versions(new=CHANGED if old else ())
        self.course.ask_for(self.wanted)

    def measure(self, kind: str) -> tuple[int, float]:
        """How often an undisturbed set-up touches files, and how many seconds it takes."""
        if kind not in self.extent:
            self.begin(kind)
            begun = time.monotonic()
            code, said = self.course.set_up("count")
            self._expect(code == 0, f"an undisturbed set-up failed: {said}")
            self.extent[kind] = self.course.touches(), time.monotonic() - begun
        return self.extent[kind]

    def kill_at_touch(self, kind: str, share: float, twice: bool = False) -> None:
        """Kill everything as a file is touched, after this `share` (0 … 1) of all touches.

        twice: kill the next start, too, while it looks through what is there.
        """
        at = 1 + int(share * (self.measure(kind)[0] - 1))
        self.begin(kind)
        code, said = self.course.set_up("kill", at)
        self._expect(code == -signal.SIGKILL, f"not killed at touch {at}: {code} {said}")
        if twice:
            code, said = self.course.set_up("kill", at % 20 + 1)
            self._expect(code in (0, -signal.SIGKILL), f"killed again: {code} {said}")
            self.seen["killed again at the next start"] += code != 0
        self._next_start(f"{kind}, killed at touch {at}")

    def kill_at_moment(self, kind: str, share: float, door_alone: bool) -> None:
        """Kill everything, or only the door, after this `share` of the seconds it takes."""
        seconds = share * self.measure(kind)[1]
        self.begin(kind)
        with self.course.start() as door:
            time.sleep(seconds)
            (os.kill if door_alone else os.killpg)(door.pid, signal.SIGKILL)
        whom = "the door" if door_alone else "everything"
        self._next_start(f"{kind}, {whom} killed after {seconds:.2f} s")

    def fill_at_touch(self, kind: str, share: float) -> None:
        """Let the disk be full from this `share` of all touches on."""
        at = 1 + int(share * (self.measure(kind)[0] - 1))
        self.begin(kind)
        code, said = self.course.set_up("full", at)
        told = code == 1 and "disk is full" in said and "free 3 GB" in said
        self._expect(told and "Traceback" not in said, f"full at touch {at}: {code} {said}")
        self._next_start(f"{kind}, disk full at touch {at}")

    def ask_to_end(self, kind: str, share: float, name: str) -> None:
        """Send a signal after this `share` of the seconds it takes, once the door has spoken.

        Ctrl-C goes to pip as well, as in a terminal; of the others the door alone has to know.
        """
        seconds, number = share * self.measure(kind)[1], getattr(signal, name)
        self.begin(kind)
        with self.course.start() as door:
            assert door.stdout is not None
            said = door.stdout.readline()
            time.sleep(seconds)
            (os.killpg if number == signal.SIGINT else os.kill)(door.pid, number)
            said += door.stdout.read()
        what = f"{kind}, {name} after {seconds:.2f} s"
        if door.returncode == 0:
            self.seen["asked to end too late"] += 1
        else:
            self._expect(door.returncode == 128 + number, f"{what}: {door.returncode} {said}")
            self._expect("Traceback" not in said, f"{what}: {said}")
            if number == signal.SIGINT:
                self._expect("Stopped. To go on:" in said, f"{what}: {said}")
        self._next_start(what, waits=False)

    def break_network(self, manners: Sequence[str]) -> None:
        """Let the package server, or the proxy, break down in each manner; then let it work.

        Before it works, all files are moved to a time in which a wrong clock may have made them.
        """
        self.begin("upgrade")
        before = self.course.marks()
        with BadServer(self.course.wheels) as server:
            for server.manner in manners:
                code, said = self.course.set_up(
                    **_network(server, proxied="password" in server.manner)
                )
                told = code == 1 and BREAKDOWNS[server.manner] in said and "What to do:" in said
                what = f"the server {server.manner}: {code} {said}"
                self._expect(told and "Traceback" not in said, what)
                state = environment.inspect(self.course.root, "lab")[0]
                spoilt = state is not State.INCOMPLETE or self.course.marks() != before
                self._expect(not spoilt, f"the server {server.manner}, and .venv is {state}")
                self.seen["network broke down"] += 1
            for folder, _, names in os.walk(self.course.root):
                for name in names:
                    os.utime(os.path.join(folder, name), FUTURE, follow_symlinks=False)
            server.manner = "works"
            self._next_start("files of the future", **_network(server, proxied=False))

    def _next_start(self, what: str, waits: bool = True, **env: str) -> None:
        """Start once more, and compare with what was there."""
        state = environment.inspect(self.course.root, "lab")[0]
        before, finished = self.course.marks(), self._finished()
        code, said = self.course.set_up(**env)
        after = self.course.marks()
        self.seen["tried"] += 1
        self.seen[f"found {state.name.lower()}"] += 1
        self.seen["waited for an orphaned pip"] += "Another window" in said
        self.seen["sound and kept"] += len(finished)
        self.seen["fetched again"] += sum(before.get(name) != after.get(name) for name in NAMES)
        self._expect(code == 0, f"{what}: the next start failed: {code} {said}")
        self._expect(waits or "Another window" not in said, f"{what}: pip was left behind")
        for fault in self.course.faults(self.wanted):
            self._expect(False, f"{what}: {fault}")
        # An orphaned pip goes on for a moment after the door's death, so there less is known.
        lost = [name for name in finished if before[name] != after.get(name)]
        orphan = "Another window" in said
        self._expect(orphan or not lost, f"{what}: sound, but not kept: {lost}")

    def _finished(self) -> list[str]:
        """The packages whose installation was finished, in the version that is wanted."""
        finished = []
        for name, version in self.wanted.items():
            record = self.course.packages / f"{name}-{version}.dist-info" / "RECORD"
            if record.is_file() and "INSTALLER" in record.read_text(encoding="utf-8"):
                finished.append(name)
        return finished

    def _expect(self, good: bool, otherwise: str) -> None:
        if not good:
            self.wrong.append(otherwise)


def _network(server: BadServer, proxied: bool) -> dict[str, str]:
    """The variables with which pip asks `server`, as an index or, for another one, as a proxy."""
    variables = {"PIP_RETRIES": "0", "PIP_DEFAULT_TIMEOUT": "1"}
    proxy, direct = (server.address, "") if proxied else ("", "*")
    variables |= dict.fromkeys(("http_proxy", "HTTP_PROXY"), proxy)
    variables |= dict.fromkeys(("no_proxy", "NO_PROXY"), direct)
    if not proxied:
        return variables | {"PIP_INDEX_URL": f"{server.address}/simple/"}
    elsewhere = {"PIP_INDEX_URL": "http://packages.invalid/simple/"}
    return variables | elsewhere | {"PIP_TRUSTED_HOST": "packages.invalid"}


def shares(count: int, rng: random.Random) -> Iterator[float]:
    """Moments spread over a set-up: one at random in each of `count` equal parts."""
    for number in range(count):
        yield (number + rng.random()) / count


def run(faults: Faults, kills: int, full: int, signals: int, seed: int) -> None:
    """Try so many faults of each kind, fresh and upgrade in turn, kills in all their ways."""
    rng = random.Random(seed)
    kinds = "fresh", "upgrade"
    for number, share in enumerate(shares(kills, rng)):
        kind = kinds[number % 2]
        match number // 2 % 3:
            case 0:
                faults.kill_at_touch(kind, share, twice=number // 6 % 2 == 1)
            case 1:
                faults.kill_at_moment(kind, share, door_alone=False)
            case 2:
                faults.kill_at_moment(kind, share, door_alone=True)
    for number, share in enumerate(shares(full, rng)):
        faults.fill_at_touch(kinds[number % 2], share)
    for number, share in enumerate(shares(signals, rng)):
        faults.ask_to_end(kinds[number % 2], share, SIGNALS[number % 3])


def main() -> int:
    """Do what the command line says; 1 where something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.door.faults", description=__doc__)
    for name, count in (("--kills", 20), ("--full", 10), ("--signals", 9)):
        parser.add_argument(name, type=int, default=count)
    parser.add_argument("--network", action="store_true", help="let the network break down, too")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        faults = Faults(Path(folder) / "my côurse folder")
        run(faults, given.kills, given.full, given.signals, given.seed)
        if given.network:
            faults.break_network(list(BREAKDOWNS))
    for line in faults.wrong:
        print("WRONG:", line)
    told = ", ".join(f"{count} {what}" for what, count in sorted(faults.seen.items()) if count)
    print(f"seed {given.seed}: {told}; {len(faults.wrong)} wrong")
    return 1 if faults.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
