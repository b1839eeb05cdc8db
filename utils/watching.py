"""Watch a learner's training loop: what it calls on its optimizer, and in which order.

Some faults lead to the right numbers all the same, so questions on PyTorch look at the calls too.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any


class Watched:
    """A learner's loop together with an optimizer that takes notes.

    A chapter's own class says how the loop is run, in `run`, what `__call__` makes of it, and in
    `told` what the numbers say that come out.
    """

    shown: tuple[Any, ...] = ()  # what a printed loop is run with
    takes: tuple[str, ...] = ()  # the names of what the loop itself is called with
    noun = "loop"  # what is watched, in messages

    def __init__(self, train: Callable[..., Any]) -> None:
        self.train = train

    @classmethod
    def around(cls, train: Any) -> Any:
        """The loop, watched; what is no function, or is watched already, as it is."""
        return cls(train) if callable(train) and not isinstance(train, Watched) else train

    def __repr__(self) -> str:
        return " → ".join(self.run(*self.shown)[1]) or "nothing was called"

    @staticmethod
    def told(values: Sequence[float]) -> str:
        """What `__call__` returned, in words that go on from "your loop"."""
        raise NotImplementedError

    def run(self, *settings: Any) -> tuple[float, list[str]]:
        """Run the loop once: the number it leads to, and the calls in their order."""
        raise NotImplementedError


def noting_optimizer(weights: Sequence[Any], eta: float, events: list[str]) -> Any:
    """torch's SGD for `weights`, writing each "zero_grad" and "step" into `events`."""
    import torch

    optimizer = torch.optim.SGD(weights, lr=eta)
    clear, move = optimizer.zero_grad, optimizer.step

    def zero_grad(*args: Any, **kwargs: Any) -> None:
        events.append("zero_grad")
        clear(*args, **kwargs)

    def step(*args: Any, **kwargs: Any) -> Any:
        moved = move(*args, **kwargs)
        events.append("step")  # now: a closure walks back inside of the step
        return moved

    optimizer.zero_grad, optimizer.step = zero_grad, step
    return optimizer


def counted(count: float, what: str) -> str:
    """ "1 walk back", "3 walks back": the first word gets its s."""
    first, _, rest = what.partition(" ")
    return f"{round(count)} {first}{'' if count == 1 else 's'} {rest}".rstrip()


def kind_of_error(name: str) -> type[RuntimeError]:
    """A RuntimeError that shows as one and still can be told from the others."""
    # Its full name is told apart, too: a check may know of an error by its name alone.
    told_apart = {"__doc__": name, "__qualname__": f"RuntimeError ({name})"}
    return type("RuntimeError", (RuntimeError,), told_apart)


@contextlib.contextmanager
def errors_told_apart(kinds: dict[str, type[RuntimeError]]) -> Iterator[None]:
    """Raise torch's RuntimeErrors as the kind whose key is a part of the message.

    torch raises one type for everything, and a mistake can be named by its type alone.
    """
    try:
        yield
    except RuntimeError as error:
        kind = next((kind for part, kind in kinds.items() if part in str(error)), None)
        if kind is None:
            raise
        raise kind(str(error)).with_traceback(error.__traceback__) from None
