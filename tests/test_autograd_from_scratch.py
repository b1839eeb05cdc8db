"""Chapter 14: the engine of the lesson, its claims, and the live graph under any formula."""

import contextlib
import io
import json
import math
import random
import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from utils import autograd
from utils.explorers.autograd_from_scratch import (
    MOST_NODES,
    explore_graph,
    explore_modes,
    explore_own_network,
    height_of,
    lay_out,
    text_width,
)
from utils.models.autograd_from_scratch import (
    answers_of,
    as_knobs,
    count_products,
    named,
    neuron,
    recorded,
    run_of,
    structure_of,
)
from utils.slopes import central_difference
from utils.stage import Apology, Point, Polyline, Text

LESSON = Path(__file__).resolve().parent.parent / "notebooks" / "14_autograd_from_scratch.ipynb"


@pytest.fixture(scope="module")
def lesson() -> dict:
    """What the lesson has defined when all its cells have run, without its figures and checks."""
    names: dict = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in json.loads(LESSON.read_text("utf-8"))["cells"]:
            code = "".join(cell["source"])
            if cell["cell_type"] == "code" and not re.match(r"(view = )?(explore|check)_?", code):
                exec(code, names)  # our own notebook
    return names


def formulas(kind: type, seed: int):
    """A random formula in two inputs for any engine; most numbers in it are used more than once."""
    chance = random.Random(seed)

    def f(a, b):
        known = [a, b]
        for _ in range(5):
            x, y = chance.choice(known), chance.choice(known)
            known.append(
                chance.choice(
                    [
                        lambda x=x, y=y: x + y,
                        lambda x=x, y=y: x * y,
                        lambda x=x, y=y: x - y,
                        lambda x=x: (x * 0.5).tanh(),
                        lambda x=x: (x.tanh() * 2).exp(),
                        lambda x=x: x.relu() + 0.1,
                        lambda x=x: 3 - 2 * x,
                        lambda x=x: x**2,
                    ]
                )()
            )
        return sum(known[2:], kind(0.0)).tanh()

    return f


def test_the_engine_of_the_lesson_agrees_with_the_finished_one(lesson):
    for seed in range(200):
        grads = []
        for kind in (lesson["Value"], autograd.Value):
            a, b = kind(0.3), kind(-0.8)
            formulas(kind, seed)(a, b).backward()
            grads.append((a.grad, b.grad))
        assert np.allclose(*grads, rtol=1e-12, atol=1e-12), seed


def test_forward_and_reverse_mode_agree(lesson):
    for seed in range(50):
        a, b = (lesson["Value"](v) for v in (0.3, -0.8))
        end = formulas(lesson["Value"], seed)(a, b)
        end.backward()
        (along_a,), (along_b,) = (lesson["forward"]([end], start) for start in (a, b))
        assert math.isclose(along_a, a.grad, abs_tol=1e-12)
        assert math.isclose(along_b, b.grad, abs_tol=1e-12)


def test_inputs_add_up_over_walks_and_the_rest_starts_afresh(lesson):
    x = lesson["Value"](3.0)
    y = (x * x).tanh() * x
    y.backward()
    once = x.grad
    y.backward()
    assert math.isclose(x.grad, 2 * once)


def test_old_gradients_swing_and_fresh_ones_creep(lesson):
    fresh, stale = lesson["descend"](60, forget=False), lesson["descend"](60, forget=True)
    assert all(a < b <= 3 for a, b in pairwise(fresh[:30]))
    assert max(stale) > 4.9 and min(stale[10:20]) < 2


def test_products_are_counted_on_the_graph():
    for count in (1, 2, 10, 40):
        arrows = sum(len(node.inputs) for node in neuron(count).graph())
        assert count_products(count) == (count * arrows, arrows)
        assert arrows == 4 * count + 1


# --- the live graph ---

FORMULAS = [
    lambda a, b: (a * b + a) ** 2,
    lambda p: p * p + p,
    lambda x: x + x,
    lambda x: 1 / (1 + (-x).exp()),
    lambda w: (4 - w * 2) ** 2,
    lambda w1, b1, w2, b2: (w2 * (w1 * 2 + b1).tanh() + b2 - 1) ** 2,
    lambda a, b, c, d: a * b + c * d,
    lambda a, b: ((a * b).relu() + (a - b).sigmoid()) * a,
    lambda x: x * x.tanh() * x.exp() + x,
    lambda a: ((((a + 1) * 2).tanh() + a) ** 2 * a).tanh(),
]


def parts(f, at):
    names = list(f.__code__.co_varnames[: f.__code__.co_argcount])
    nodes, inputs = recorded(f, names, at)
    return named(structure_of(nodes, inputs), names, run_of(nodes).values), nodes, inputs


def random_formula(seed: int):
    chance = random.Random(seed)
    picks = [(chance.random(), chance.random(), chance.randrange(6)) for _ in range(30)]

    def f(a, b, c):
        known = [a, b, c]
        for first, second, which in picks[: 3 + seed % 6]:
            x, y = (known[int(p * len(known))] for p in (first, second))
            known.append([x + y, x * y, x - y, x.tanh(), x * 0.5, (x * 0.1) ** 2][which])
        return known[-1]

    return f


@pytest.mark.parametrize("f", [*FORMULAS, *map(random_formula, range(60))])
def test_boxes_do_not_overlap_and_no_arrow_crosses_one(f):
    count = f.__code__.co_argcount
    try:
        nodes, *_ = parts(f, [0.5, -1.0, 2.0, 1.5][:count])
    except ValueError:
        return  # a formula that gives back an input
    if len(nodes) > MOST_NODES:
        return
    layout = lay_out(nodes)
    boxes = [
        (x - layout.box / 2, y - height_of(n) / 2, x + layout.box / 2, y + height_of(n) / 2)
        for n, (x, y) in zip(nodes, layout.middles, strict=True)
    ]
    for p, q in combinations(boxes, 2):
        assert p[2] <= q[0] or q[2] <= p[0] or p[3] <= q[1] or q[3] <= p[1]
    for way in layout.arrows.values():
        for x, y in way:
            inside = [b for b in boxes if b[0] + 1 < x < b[2] - 1 and b[1] + 1 < y < b[3] - 1]
            assert not inside, "an arrow crosses a box"
    for x, y in layout.middles:
        assert layout.box / 2 <= x <= 740 - layout.box / 2 and 60 < y < layout.height - 20


@pytest.mark.parametrize("f", FORMULAS)
def test_the_last_step_says_the_measured_gradients(f):
    start = [0.5, -1.0, 2.0, 1.5][: f.__code__.co_argcount]
    names = f.__code__.co_varnames[: len(start)]
    view = explore_graph(f, step=99, **dict(zip(names, start, strict=True)))
    assert not isinstance(view, Apology)
    for name, x in zip(names, start, strict=True):

        def along(t, name=name):
            at = dict(zip(names, start, strict=True)) | {name: t}
            return f(*(autograd.Value(v) for v in at.values())).data

        said = re.search(rf"/d{name} [=≈] ([−\d.e-]*\d)", view.sentence)
        measured = central_difference(along, x)
        assert float(said[1].replace("−", "-")) == pytest.approx(measured, rel=2e-3, abs=1e-4)


@pytest.mark.parametrize("f", FORMULAS)
def test_all_steps_are_sound_and_numbers_fit_their_boxes(f):
    chance = random.Random(5)
    names = f.__code__.co_varnames[: f.__code__.co_argcount]
    view = explore_graph(f, **dict.fromkeys(names, 1.0))
    nodes, *_ = parts(f, [1.0] * len(names))
    room = lay_out(nodes).box
    for step in view.controls["step"].values:
        for _ in range(6):
            at = {name: chance.choice(view.controls[name].values) for name in names}
            scene = view.set(step=step, **at).scene
            assert scene.marks, scene.sentence
            for name, mark in scene.marks.items():
                if isinstance(mark, Text) and name.startswith(("value", "gradient")):
                    assert text_width(mark.text) <= room, mark.text
                if isinstance(mark, Text) and name.startswith("line"):
                    # Two lines share the width on the way back, one has it all on the way forward.
                    assert len(mark.text) < (41 if "backward" in name else 78), mark.text
                if isinstance(mark, Point):
                    assert math.isfinite(mark.x + mark.y)
                if isinstance(mark, Polyline):
                    assert not np.isinf(mark.coordinates()).any()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: explore_graph(lambda x: math.exp(x)), "a.exp()"),
        (lambda: explore_graph(lambda x: sum(x * k for k in range(9))), "room for 15"),
        (lambda: explore_graph(lambda x: 3.0), "give back"),
        (lambda: explore_graph(lambda x: x), "give back"),
        (lambda: explore_graph(lambda a, b, c, d, e: a), "one to 4 inputs"),
        (lambda: explore_graph("a + b"), "a function"),
    ],
)
def test_what_cannot_be_drawn_gets_a_sentence(make, words):
    answer = make()
    assert isinstance(answer, Apology) and words in answer.sentence


def test_a_deep_formula_gets_a_sentence():
    def deep(x):
        for _ in range(12):
            x = x.tanh()
        return x

    answer = explore_graph(deep)
    assert isinstance(answer, Apology) and "columns" in answer.sentence


def test_where_a_formula_has_no_value_the_sentence_says_so():
    view = explore_graph(lambda x: x.log(), x=1)
    assert "log needs numbers above 0" in view.set(x=-1).sentence


def test_powers_are_written_as_in_formulas():
    view = explore_graph(lambda a, b: (a * b + a) ** 2, a=3, b=-2, step=3)
    assert "y = u₂² = (−3)² = 9" in view.sentence and "u₃ = x⁻¹" in (
        explore_graph(lambda x: (x + 1) ** 0.5 + x**-1, x=3, step=2).sentence
    )
    assert "u₂ = u₁**0.5" in explore_graph(lambda x: (x + 1) ** 0.5 * x, x=3, step=1).sentence


def test_an_input_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no input 'c'"):
        explore_graph(lambda a, b: a * b, c=2)


def test_the_modes_say_how_many_times_as_many():
    view = explore_modes()
    for n in view.controls["n"].values:
        count = round(n)
        forward, reverse = count_products(count)
        said = view.set(n=n).sentence
        assert f" {reverse} products" in said and f"mode {forward}:" in said


# --- a network of one's own ---


def test_the_figure_draws_the_network_that_the_lesson_has_trained(lesson):
    places = [point[:2] for point in lesson["points"]]
    said = [lesson["last"](lesson["hidden"](place))[0].data for place in places]
    assert np.allclose(answers_of(as_knobs(lesson["knobs"]), np.array(places)), said, atol=1e-12)
    total = sum((y - point[2]) ** 2 for y, point in zip(said, lesson["points"], strict=True))
    path = [*lesson["path"][1:], [knob.data for knob in lesson["knobs"]]]
    view = explore_own_network(lesson["points"], path, step=len(path))
    assert f"loss {total:.3g}, 7 of 7" in view.sentence
    boundary = view.scene.marks["boundary"].points
    drawn = np.array([place for place in boundary if not any(map(math.isnan, place))])
    assert len(drawn) > 40
    assert np.abs(answers_of(as_knobs(path[-1]), drawn)).max() < 0.05


def test_the_path_is_drawn_no_further_than_it_has_been_walked(lesson):
    view = explore_own_network(lesson["points"], lesson["path"])
    for step in (0, 30, 100):
        curve = view.set(step=step).scene.marks["loss curve"].points
        assert max(x for x, _ in curve if not math.isnan(x)) == step
    assert "Before training" in view.set(step=0).sentence and "3 of 7" in view.sentence


@pytest.mark.parametrize(
    ("points", "path", "said"),
    [
        ([(0, 0, 1)], [[1.0] * 6], "has 6"),
        ([(0, 0)], [[1.0] * 5], "rows of three numbers"),
        ([(0, 0, 2)], [[1.0] * 5], "1 or −1"),
        ([(0, 0, 1)], [], "empty"),
    ],
)
def test_a_network_that_does_not_fit_gets_a_sentence(points, path, said):
    made = explore_own_network(points, path)
    assert isinstance(made, Apology) and said in str(made)


def test_weights_that_fly_off_leave_no_boundary():
    view = explore_own_network([(0, 0, 1), (1, 1, -1)], [[1.0] * 5, [math.nan] * 5], step=1)
    assert "There is no boundary here" in view.sentence and "too large" in view.sentence
