"""How the door speaks: one line on a terminal, sparse elsewhere, sizes in words."""

import time

import pytest

from tools.door.say import Display, size


class Terminal:
    """A stream that keeps what it is given."""

    def __init__(self, interactive: bool):
        self.text = ""
        self.interactive = interactive

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return self.interactive


def test_progress_on_a_terminal_is_one_line():
    terminal = Terminal(interactive=True)
    display = Display(terminal)
    display.show("fetching 1: numpy")
    display.show("fetching 2: six")
    assert "\n" not in terminal.text
    display.say("done")
    assert terminal.text.endswith("\rdone\n")


def test_progress_elsewhere_is_sparse(monkeypatch):
    clock = iter([0.0, *range(0, 100)])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    log = Terminal(interactive=False)
    display = Display(log)
    for n in range(40):
        display.show(f"package {n}")
    assert 1 <= log.text.count("\n") <= 3
    assert "\r" not in log.text


@pytest.mark.parametrize(("n", "text"), [(2.1e9, "2.1 GB"), (1.9e8, "0.2 GB"), (3.1e7, "31 MB")])
def test_sizes(n, text):
    assert size(n) == text
