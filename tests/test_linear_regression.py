"""Chapter 13: its formulas against SymPy, its figures against an honest loop, its table of data."""

import math
import os
import subprocess
import sys

import numpy as np
import pytest
import sympy
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from utils import data
from utils.explorers.linear_regression import (
    BATCH_STEPS,
    explore_batches,
    explore_centring,
    explore_fit,
    explore_residuals,
    explore_training,
)
from utils.models.linear_regression import (
    XS,
    YS,
    Regression,
    as_regression,
    batches,
    noisy_line,
    stochastic_walk,
)
from utils.slopes import central_difference
from utils.stage import Apology, Point, Polyline, conversation, frames

LESSON = as_regression(None, None)
QUICK = settings(max_examples=30, deadline=None)
# A figure takes a while: a failing example is reported as found, not made smaller.
FEW = settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate])

whole = st.integers(-20, 20).map(float)
DATA = st.lists(st.tuples(whole, whole), min_size=2, max_size=8).filter(
    lambda rows: len({x for x, _ in rows}) > 1
)


def regression(rows) -> Regression:
    xs, ys = zip(*rows, strict=True)
    return as_regression(xs, ys)


def loop(problem: Regression, eta: float, epochs: int, start=(0.0, 0.0)) -> tuple[float, float]:
    """Gradient descent as the lesson writes it."""
    w, b = start
    for _ in range(epochs):
        r = w * problem.xs + b - problem.ys
        dw, db = 2 * np.mean(r * problem.xs), 2 * np.mean(r)
        w, b = w - eta * dw, b - eta * db
    return float(w), float(b)


# --- formulas ---


def test_both_partials_by_sympy() -> None:
    w, b = sympy.symbols("w b")
    cost = sum((w * x + b - y) ** 2 for x, y in zip(LESSON.xs, LESSON.ys, strict=True)) / 5
    exact = sympy.lambdify((w, b), [sympy.diff(cost, w), sympy.diff(cost, b)])
    for place in [(0.0, 0.0), (2.0, 3.0), (-1.5, 7.0)]:
        assert LESSON.gradient(*place) == pytest.approx(exact(*place), abs=1e-9)
    solved = sympy.solve([sympy.diff(cost, w), sympy.diff(cost, b)], [w, b])
    assert LESSON.best == pytest.approx((float(solved[w]), float(solved[b])))
    hessian = np.array(sympy.hessian(cost, (w, b)), dtype=float)
    assert sorted(LESSON.curvatures) == pytest.approx(np.linalg.eigvalsh(hessian))


@given(DATA, whole, whole)
@QUICK
def test_the_gradient_is_the_slope_of_the_loss(rows, w: float, b: float) -> None:
    problem = regression(rows)
    measured = (
        central_difference(lambda v: problem.loss(v, b), w, 0.5),
        central_difference(lambda v: problem.loss(w, v), b, 0.5),
    )
    assert problem.gradient(w, b) == pytest.approx(measured, rel=1e-9, abs=1e-6)


@given(DATA)
@QUICK
def test_the_closed_form_is_where_the_gradient_ends(rows) -> None:
    problem = regression(rows)
    assert problem.gradient(*problem.best) == pytest.approx((0, 0), abs=1e-8)
    slope, height = np.polyfit(problem.xs, problem.ys, 1)
    assert problem.best == pytest.approx((slope, height), rel=1e-7, abs=1e-7)


@given(DATA, whole, whole)
@QUICK
def test_the_loss_is_known_from_the_distance_to_the_best_line(rows, w: float, b: float) -> None:
    problem = regression(rows)
    assert problem.loss_by_distance(w, b) == pytest.approx(problem.loss(w, b), rel=1e-7, abs=1e-7)
    lines = np.array(problem.best) + problem.contour(2.5)
    assert lines.shape == (61, 2)
    losses = [problem.loss(*line) for line in lines]
    assert losses == pytest.approx([problem.lowest + 2.5] * 61, rel=1e-7, abs=1e-7)


@given(DATA, st.floats(-0.5, 1.3), st.integers(0, 40))
@QUICK
def test_the_figure_says_what_a_loop_would(rows, share: float, epochs: int) -> None:
    problem = regression(rows)
    eta = share * problem.largest_rate
    w, b, loss = problem.after(epochs, eta, (0.0, 0.0))
    expected = loop(problem, eta, epochs)
    scale = 1e-9 * max(1.0, *map(abs, expected))
    assert (w, b) == pytest.approx(expected, rel=1e-7, abs=100 * scale)
    assert loss == pytest.approx(problem.loss(*expected), rel=1e-6, abs=1e-9 + scale)


# --- the numbers of the lesson ---


def test_500_epochs_are_not_enough_and_5000_are() -> None:
    for way in (loop(LESSON, 0.01, 500), LESSON.after(500, 0.01, (0, 0))[:2]):
        assert [round(v, 4) for v in way] == [3.0553, 1.8003]
    assert [f"{v:.4f}" for v in loop(LESSON, 0.01, 5000)] == ["3.0000", "2.0000"]


def test_the_page_is_right_from_epoch_2949_on() -> None:
    from utils.questions.linear_regression import ARRIVED, W_ARRIVED

    w = b = 0.0
    printed = []
    for _ in range(ARRIVED):
        w, b = loop(LESSON, 0.01, 1, (w, b))
        printed.append((f"{w:.4f}", f"{b:.4f}"))
    assert printed.index(("3.0000", "2.0000")) + 1 == ARRIVED == 2949
    assert [w for w, _ in printed].index("3.0000") + 1 == W_ARRIVED


def test_centring_rounds_the_valley() -> None:
    assert LESSON.condition == pytest.approx(69.99, abs=0.01)
    assert LESSON.largest_rate == pytest.approx(0.0845, abs=1e-4)
    centred = as_regression(LESSON.xs - 3, LESSON.ys)
    assert centred.condition == pytest.approx(2)
    w, b = loop(centred, 0.1, 50)
    assert (w, b - 3 * w) == pytest.approx((3, 2), abs=1e-3)


def test_the_place_to_count_from_can_be_moved_both_ways() -> None:
    for xs in ([1, 2, 3, 4, 5], [-2, 0, 3], [90, 95, 100]):
        slider = explore_centring(xs, [5, 8, 11, 14, 17][: len(xs)]).controls["c"]
        assert slider.values[0] < slider.value < slider.values[-1]


@given(DATA)
@QUICK
def test_no_other_place_gives_a_rounder_valley_than_the_mean(rows) -> None:
    problem = regression(rows)
    xs, mean = problem.xs, problem.xs.mean()
    centred = Regression(xs - mean, problem.ys).condition
    for c in (mean - 2, mean - 0.1, mean + 0.1, mean + 3):
        assert Regression(xs - c, problem.ys).condition >= centred * (1 - 1e-9)


# --- the table ---


def test_the_table_is_forbes_own() -> None:
    table = data.load("boiling_point")
    assert list(table) == ["boiling_point_F", "pressure_inHg"]
    assert {len(column) for column in table.values()} == {17}
    slope, height = np.polyfit(*table.values(), 1)
    # As textbooks print it for these seventeen places.
    assert (slope, height) == pytest.approx((0.52289, -81.0637), abs=1e-4)
    said = data.source("boiling_point")
    for word in ("Forbes", "1857", "Fahrenheit", "inches of mercury", "public domain"):
        assert word in said


def test_the_table_comes_in_celsius_and_hectopascals_too() -> None:
    celsius, pressure = data.boiling_point()
    assert celsius.shape == pressure.shape == (17,)
    # Water boils at 100 °C where the pressure is that of the standard atmosphere, 1013.25 hPa.
    slope, height = np.polyfit(celsius, np.log(pressure), 1)
    assert np.exp(slope * 100 + height) == pytest.approx(1013.25, rel=0.01)


def test_tables_are_found_from_any_folder(tmp_path) -> None:
    code = "from utils import data; print(len(data.load('boiling_point')['pressure_inHg']))"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=dict(os.environ), text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert ran.stdout.strip() == "17", ran.stderr


def test_an_unknown_table_is_named() -> None:
    with pytest.raises(ValueError, match=r"no table called 'tea'\. There is: boiling_point"):
        data.load("tea")


# --- learners' data ---


@pytest.mark.parametrize(
    ("xs", "ys", "said"),
    [
        ([1, 2, 3], [1, 2], "xs has 3 numbers and ys has 2"),
        ([4, 4, 4], [1, 2, 3], "All xs are 4"),
        ([1], [2], "at least two"),
        ([], [], "at least two"),
        ([1, float("nan")], [1, 2], "gaps"),
        ([1, 2], ["a", "b"], "no number"),
        ([[1, 2], [3, 4]], [1, 2], "shape"),
        ([1, 2], None, "both xs and ys"),
        ([1e200, 2], [1, 2], "larger unit"),
    ],
)
def test_data_without_a_line_are_met_with_a_sentence(xs, ys, said: str) -> None:
    for explore in (explore_fit, explore_training, explore_residuals, explore_centring):
        answer = explore(xs, ys)
        assert isinstance(answer, Apology) and said in answer.sentence


@pytest.mark.parametrize("epochs", [0, -5, 2.5, 10**12, "many"])
def test_epochs_that_are_none(epochs) -> None:
    assert "whole number" in explore_training(epochs=epochs).sentence


def require_sound(stage, at: list[int]) -> None:
    seen = stage.scene_at(at)
    assert seen.sentence and "Error" not in seen.sentence
    for name, mark in seen.marks.items():
        numbers = np.array(mark.coordinates())
        if isinstance(mark, Point) and mark.drag and mark.clip:
            continue  # it waits at the edge of its axes, however far away it is
        assert not np.isinf(numbers).any(), name
        # The browser keeps coordinates in four bytes.
        assert (np.abs(numbers[np.isfinite(numbers)]) < 1e38).all(), name
        if isinstance(mark, Polyline):
            cast = stage.conversation.cast
            assert len(numbers) == cast.lengths[cast.names.index(name)]
        if isinstance(mark, Point) and mark.drag and np.isfinite(numbers).all():
            x, y = stage.pixel(mark)
            assert -1 <= x <= stage.size[0] + 1 and -1 <= y <= stage.size[1] + 1, name


@pytest.mark.parametrize("explore", [explore_residuals, explore_fit, explore_training,
                                     explore_centring])  # fmt: skip
@given(DATA, st.sampled_from([1e-6, 1.0, 1e5]), st.floats(-1e4, 1e4), st.integers(0, 9))
@FEW
def test_any_data_are_shown_soundly(explore, rows, scale: float, shift: float, seed: int) -> None:
    stage = explore([x * scale + shift for x, _ in rows], [y * scale for _, y in rows])
    if isinstance(stage, Apology):
        return
    chance = np.random.default_rng(seed)
    sizes = [len(control.values) for control in stage.controls.values()]
    corners = [[0] * len(sizes), [size - 1 for size in sizes]]
    for at in [*corners, *([int(chance.integers(size)) for size in sizes] for _ in range(4))]:
        require_sound(stage, at)


@pytest.mark.parametrize(
    ("eta", "epochs", "said"),
    [
        (0.0, 500, "nothing moves"),
        (-0.02, 500, "steps uphill"),
        (-0.5, 10**6, "outgrown the computer"),
        (0.09, 500, "too long"),
        (5.0, 10**6, "outgrown the computer"),
        (1e-9, 10**6, "an epoch removes less than 0.001 %"),
        (0.01, 10**6, "It has arrived"),
        (0.01, 10**9, "It has arrived"),
        (0.01, 1, "1 epoch with"),
    ],
)
def test_every_learning_rate_is_answered(eta: float, epochs: int, said: str) -> None:
    stage = explore_training(eta=eta, epochs=epochs)
    last = stage.controls["epochs"].values[-1]
    stage.set(epochs=last)
    assert stage.values["eta"] == pytest.approx(eta)
    assert said in stage.sentence
    assert len(stage.controls["eta"].values) < 200
    for at in ([0, 0], [len(c.values) - 1 for c in stage.controls.values()]):
        require_sound(stage, at)


def test_the_sentence_gives_what_the_loop_gives() -> None:
    said = explore_training().set(epochs=500, eta=0.01).sentence
    assert "ŷ = 3.0553x + 1.8003, loss 0.0073" in said


@pytest.mark.parametrize("epochs", [0, 20, 250, 500])
def test_the_loss_curve_is_drawn_only_as_far_as_training_has_come(epochs: int) -> None:
    scene = explore_training(eta=0.08).set(epochs=epochs).scene
    points = np.array(scene.marks["loss curve"].points)
    shown = points[np.isfinite(points).all(axis=1)]
    assert shown[-1, 0] == epochs and len(shown) == np.sum(points[:, 0] <= epochs)
    for epoch, loss in shown[:: max(1, len(shown) // 5)].tolist():
        assert loss == pytest.approx(LESSON.loss(*loop(LESSON, 0.08, int(epoch))), rel=1e-6)


def test_contour_lines_are_ellipses_and_cover_the_map() -> None:
    stage = explore_training()
    ax = next(ax for ax in stage.figure.axes if ax.get_xlabel() == "w")
    lines = next(c for c in ax.collections if "contour lines" in str(c.get_label()))
    for level, pieces in zip(lines.levels, lines.allsegs, strict=True):
        (line,) = pieces
        assert len(line) > 170
        assert [LESSON.loss(*place) for place in line] == pytest.approx([level] * len(line))


def test_frames_of_the_lesson_travel(monkeypatch) -> None:
    monkeypatch.setattr("utils.stage.conversation.MAX_SECONDS", 60.0)  # a busy machine is no fault
    for explore in (explore_residuals, explore_training, explore_batches):  # the largest
        table = explore().table
        assert isinstance(table, frames.Table) and table.size <= conversation.MAX_BYTES


def test_squares_are_square_on_the_screen() -> None:
    stage = explore_residuals(w=2, b=3, squares=True)
    marks = stage.scene.marks
    for name, axes in (("square 5", 0), ("mean square", 1)):
        place = stage.figure.axes[axes].transData.transform
        corner, across, up = (place(marks[name].points[i]) for i in (0, 1, 2))
        width, height = abs(across - corner)[0], abs(up - across)[1]
        assert width == pytest.approx(height, rel=0.01) and width > 5
    area = math.prod(np.ptp(np.array(marks["mean square"].points), axis=0))
    tall = np.ptp(np.array(marks["mean square"].points)[:, 1])
    assert tall**2 == pytest.approx(6) and area > 0


def test_a_drag_on_the_map_moves_both_knobs() -> None:
    stage = explore_fit()
    to = stage.pixel(Point(3.0, 2.0, ax=1))
    at = stage.conversation.nearest("w and b", to, stage.positions)
    assert stage.values_at(at) == {"w": 3.0, "b": 2.0}


# --- in batches ---


@QUICK
@given(st.integers(1, 40), st.integers(1, 50))
def test_every_row_comes_once_in_an_epoch(count: int, size: int) -> None:
    dealt = batches(count, size, np.random.default_rng(count))
    assert sorted(np.concatenate(dealt).tolist()) == list(range(count))
    assert all(len(batch) == size for batch in dealt[:-1]) and 1 <= len(dealt[-1]) <= size


def test_a_batch_of_all_is_plain_descent() -> None:
    walk = stochastic_walk(LESSON, 0.02, len(LESSON.xs), 30)
    assert walk[-1, :2] == pytest.approx(loop(LESSON, 0.02, 30), rel=1e-9)


@pytest.mark.parametrize("size", [1, 10, 100, 1000])
def test_the_cloud_is_as_wide_as_the_sentence_says(size: int) -> None:
    scene = explore_batches().set(size=size).scene
    many = noisy_line()
    walk = stochastic_walk(many, 0.1, size, BATCH_STEPS)
    far = np.linalg.norm(walk[BATCH_STEPS // 2 + 1 :, :2] - np.array(many.best), axis=1)
    radius = math.sqrt(np.mean(far**2))
    ring = np.array(scene.marks["cloud"].points) - np.array(many.best)
    assert np.linalg.norm(ring, axis=1) == pytest.approx(radius, rel=1e-6)
    assert (f"{radius:.4f}" if radius >= 1e-4 else "less than 0.0001") in scene.sentence
    assert scene.marks["asked"].text == f"{BATCH_STEPS * size:,} answers asked"


def test_a_walk_in_batches_of_ones_own_data_and_a_size_that_is_none() -> None:
    assert "Batches of all 5 examples" in explore_batches(XS, YS, size=5).set(size=10).sentence
    assert isinstance(explore_batches(size=0), Apology)
