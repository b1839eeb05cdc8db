"""What the course changes in other people's objects: all of it in one place, with the reasons."""

from collections.abc import Callable

from matplotlib.figure import Figure

Shown = tuple[dict, dict]  # what a notebook stores of an object, by type, and what is said about it


def show_figures_with(show: Callable[..., Shown]) -> None:
    """Let notebooks show every matplotlib figure as `show(figure, include, exclude)` says.

    IPython's inline backend removes formatters that are registered for Figure; a method stays.
    """
    Figure._repr_mimebundle_ = show  # pyright: ignore[reportAttributeAccessIssue]
