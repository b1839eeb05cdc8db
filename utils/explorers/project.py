"""Chapter 16b: two losses while a network trains, and what it says of a few digits meanwhile."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from utils import style
from utils.explorers.shared.panels import mosaic
from utils.models.project import (
    CLASSES,
    DARKEST,
    EPOCHS,
    FEW,
    JUDGES,
    few_digits,
    judging_pictures,
    logits,
    losses,
    softmax,
    training_run,
)
from utils.numerals import number
from utils.stage import Bar, Play, Point, Polyline, Scene, Slider, Stage, Text, explorer
from utils.stage.marks import Mark

SHOWN = (253, 285, 192, 10, 101, 185)  # of the 300: two easy ones, three unsure, one sure and wrong
STRIDE = 2  # epochs between two places of the slider
PITCH = 9  # pixels from one shown digit to the next
TOP = 1.6  # of the axes of losses


def _draw_losses(ax: Axes) -> None:
    style.frame_axes(ax, (0, EPOCHS), (0, TOP), "epochs", "loss", "Two losses")
    own, judges = losses()
    ax.plot(own, color=style.COLOURS["data"], linestyle="--", linewidth=2)
    ax.plot(judges, color=style.COLOURS["loss"])
    for words, height, meaning in (
        (f"{JUDGES} digits it never saw", 1.08, "loss"),
        (f"the {FEW} it is trained on", 0.09, "data"),
    ):
        ax.text(EPOCHS, height, words, color=style.INKS[meaning][0], ha="right", fontsize=11)


def _draw_digits(ax: Axes) -> None:
    """The shown digits beside each other, in pixels."""
    pictures = judging_pictures()
    strip = np.zeros((8, PITCH * len(SHOWN) - 1))
    for place, row in enumerate(SHOWN):
        strip[:, PITCH * place : PITCH * place + 8] = pictures[row]
    ax.imshow(strip, cmap="gray_r", vmin=0, vmax=DARKEST, interpolation="nearest")
    ax.set(xlim=(-1, PITCH * len(SHOWN) - 0.5), ylim=(8.5, -1.5), title="Six that it never saw")
    ax.axis("off")


def _draw_classes(ax: Axes) -> None:
    what = "what the network says"
    style.frame_axes(ax, (-0.6, CLASSES - 0.4), (0, 1.12), what, "probability", " ")
    ax.set_xticks(range(CLASSES))
    for line in ax.lines:
        line.set_visible(False)  # of the zeros: class 0 is a class like the others


def _around(place: int) -> tuple[tuple[float, float], ...]:
    """A frame around one of the shown digits."""
    left, right, top, foot = PITCH * place - 0.9, PITCH * place + 7.9, -0.9, 7.9
    return (left, foot), (right, foot), (right, top), (left, top), (left, foot)


@explorer
def explore_digits(epochs: int = 6, digit: int = 3) -> Stage:
    """Two losses as a network trains, and what it says about one of six digits.

    epochs: how many there were, 0 to 120; the nearest place of the slider is taken. digit: which of
    the six is looked at, 1 to 6, from left to right.
    """
    axes = mosaic(
        [["losses", "digits"], ["losses", "classes"]],
        {"losses": _draw_losses, "digits": _draw_digits, "classes": _draw_classes},
        widths=(1, 1.05),
        heights=(1, 1.8),
        size=(8.2, 4.2),
    )
    run, (own, judges) = training_run(), losses()
    _, _, X, y = few_digits()
    sliders = {
        "epochs": Slider(0, EPOCHS, epochs, STRIDE, label="epochs"),
        "digit": Slider(1, len(SHOWN), digit, 1, label="which of the six"),
    }

    def frame(epochs: float, digit: float) -> Scene:
        n, place = round(epochs), round(digit) - 1
        row = SHOWN[place]
        p = softmax(logits(run[n], X[row : row + 1]))[0]
        right, said = int(y[row]), int(p.argmax())
        marks: dict[str, Mark] = {
            "training loss": Point(float(n), min(own[n], TOP), colour="data"),
            "validation loss": Point(
                float(n), min(judges[n], TOP), colour="loss", drag="epochs", label=""
            ),
            "frame": Polyline(_around(place), colour="point", width=2.5, ax=1),
        }
        for k, share in enumerate(p.tolist()):
            colour = "tangent" if k == right else "quiet"
            marks[f"class {k}"] = Bar(k - 0.34, 0, k + 0.34, share, colour, 1.6, ax=2)
        marks["right class"] = Text(float(right), float(p[right]), "right", side="above", ax=2)
        many = f"After {n} epoch{'' if n == 1 else 's'}" if n else "Before training"
        article = "an" if right == 8 else "a"
        verdict = "rightly" if said == right else f"but it is {article} {right}"
        sure = "above 0.99" if p[said] > 0.99 else number(float(p[said]), 2)
        return Scene(
            f"{many}: loss {number(own[n], 3)} on the {FEW} digits it is trained on, "
            f"{number(judges[n], 3)} on {JUDGES} it never saw. Digit {place + 1} of six: it says "
            f"{said} with probability {sure}, {verdict}.",
            marks,
        )

    title = "Two losses as a network learns to read digits, and how sure it is of six of them"
    return Stage(axes["losses"], frame, sliders, title, Play("epochs", "Train", seconds=8))
