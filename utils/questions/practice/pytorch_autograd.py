"""Practice of chapter 15: what a few lines of PyTorch leave in a tensor, read without running them.

No torch here: what it would print is worked out by the rules, and a test holds it against PyTorch.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from utils.checks import Array, Number, Rival
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, code, polynomial, signed, written


def leaf(name: str, value: float) -> str:
    """The line that makes a tensor with one number, to be recorded."""
    return f"{name} = torch.tensor({float(value)}, requires_grad=True)"


def used_twice(draw: Draw) -> Problem | None:
    """A leaf that enters the result by two ways."""
    names = draw.one([("a", "b"), ("w", "x"), ("u", "v"), ("s", "t")])
    one, other = names
    at, by, c = draw.nonzero(-4, 6), draw.nonzero(-5, 7), draw.whole(2, 5)
    square = draw.one([True, False])
    second = f"{c} * {one} ** 2" if square else f"{c} * {one}"
    way = 2 * c * at if square else c
    value = at * by + (c * at * at if square else c * at)
    way_told = f"2 · {c} · {bracketed(at)} = {written(way)}" if square else f"{c}"
    return Problem(
        "Two leaves, and one of them is used twice. Which number is printed?"
        + code(
            leaf(one, at),
            leaf(other, by),
            f"L = {one} * {other} + {second}",
            "L.backward()",
            f"print({one}.grad.item())",
        ),
        asks=f"{one}.grad:",
        answer=Number(by + way),
        rivals=[
            Rival("overwrite-for-accumulate", way),
            Rival("own-value-in-product", at + way),
            Rival(
                "value-for-gradient",
                value,
                message="That is the value of `L`, found on the way forward. `.grad` holds what "
                "the way back brings: how many times as far L moves when this one leaf is nudged. "
                "By which two ways does a nudge of it reach L?",
            ),
            Rival(
                "partials-swapped",
                at,
                message="That is what lands in the `.grad` of the *other* leaf: in a product each "
                "factor hands back the value of its neighbour. Look at the last line of the code. "
                "Whose gradient does it print, and how many times is that leaf used?",
            ),
        ],
        steps=[
            f"A nudge of {one} reaches L by two ways: through the product and through `{second}`.",
            f"In the product it is multiplied by {other}, so that way brings {written(by)}.",
            f"The other way brings {way_told}.",
            f"What arrives is added up: {written(by)} {signed(way)} = {written(by + way)}.",
        ],
        next="Two ways from a leaf to the result, two pieces in its gradient: that is `+=`.",
    )


class Walk(NamedTuple):
    """What a walk back begins at, its value, its slope, and how that slope is worked out."""

    formula: str
    value: float
    slope: float
    told: str


def three_walks(draw: Draw) -> Problem | None:
    """Walks back that follow each other, with a line that clears somewhere, or nowhere."""
    w, c, d = draw.nonzero(-4, 6), draw.whole(2, 6), draw.nonzero(-5, 7)
    square = Walk("w ** 2", w * w, 2 * w, f"2 · {bracketed(w)} = {written(2 * w)}")
    line = Walk(f"{c} * w", c * w, c, f"{c}")
    half = Walk("w * w.detach()", w * w, w, f"{written(w)}, since one factor is held")
    miss = Walk(
        f"({_away('w', d)}) ** 2",
        (w - d) ** 2,
        2 * (w - d),
        f"2 · ({written(w)} {signed(-d)}) = {written(2 * (w - d))}",
    )
    walks = draw.shuffled([square, line, draw.one([half, miss])])
    cleared = draw.one([0, 1, 1, 2])  # so many walks before the clearing; 0: nobody clears
    slopes, left = [walk.slope for walk in walks], walks[cleared:]
    kept = sum(slopes[cleared:])
    lines = [f"({walk.formula}).backward()" for walk in walks]
    if cleared:
        lines.insert(cleared, "w.grad = None")
    rivals = [
        Rival(
            "value-for-gradient",
            walks[2].value,
            message="That is the *value* of the last formula, which nobody has asked for. "
            "`.grad` holds slopes: how many times as far each result moves when w is nudged. "
            "Which slope does each of the three walks bring, and which of them are still there?",
        ),
    ]
    if cleared:
        rivals.append(
            Rival(
                "gradient-not-zeroed",
                sum(slopes),
                message="That is what all three walks bring together. But one line between them "
                "empties `.grad`, and what was in it by then is forgotten. Go down line by line "
                "and keep account of what `w.grad` holds: what is in it after that line?",
            )
        )
    if cleared == 2:
        rivals.append(
            Rival(
                "stopped-too-soon",
                slopes[0] + slopes[1],
                message="That is what was in `w.grad` *before* it was emptied. The line "
                "`w.grad = None` throws it away, and then one more walk back follows. What "
                "does that walk find, and what does it leave behind?",
            )
        )
    else:
        rivals.append(
            Rival(
                "overwrite-for-accumulate",
                slopes[2],
                message="That is what the last walk back brings by itself. A walk does not replace "
                "what it finds in `.grad`, it adds to it. What was already there when the last "
                "walk arrived, and had any line emptied it before?",
            )
        )
    if half in left:
        rivals.append(
            Rival(
                "constant-kept",
                kept + w,
                message="You took the slope of w², where both factors move when w is nudged. In "
                "`w * w.detach()` one of them has been cut off from its history, and PyTorch "
                "takes it for a constant. Which piece of the product rule is left?",
            )
        )
    account = " ".join([written(left[0].slope), *(signed(walk.slope) for walk in left[1:])])
    return Problem(
        "Three walks back, one after the other. Go down line by line: which number is printed at "
        "the end?" + code(leaf("w", w), *lines, "print(w.grad.item())"),
        asks="w.grad:",
        answer=Number(kept),
        rivals=rivals,
        steps=[
            "Each walk back *adds* its slope to what is in `w.grad`; only `w.grad = None` empties "
            f"it. {'Find that line.' if cleared else 'That line is nowhere here.'}",
            f"{COUNTED[cleared]}: {'; '.join(walk.told for walk in left)}.",
            f"`w.grad` holds {account}{f' = {written(kept)}' if len(left) > 1 else ''}.",
        ],
        next="A `.grad` is an account book: what you do not clear is still in it tomorrow.",
    )


COUNTED = {
    0: "So all three walks count. Their slopes, in order",
    1: "What the first walk brought is gone, and two walks count. Their slopes, in order",
    2: "What the first two walks brought is gone, and the last one counts. Its slope",
}


def _away(name: str, place: int) -> str:
    """How far a number is from a place, as Python writes it: "w - 3"."""
    return f"{name} {'+' if place < 0 else '-'} {abs(place)}"


# --- a loop with one fault ---

CLEAR, FORWARD, BACK, STEP = range(4)
FAULTS = {
    # what is said of it; what the loop does then; the calls in the order in which they stand
    "gradient-not-zeroed": (
        "the gradients are never cleared",
        "the loss falls at first, then rises again, and swings on like that",
        (FORWARD, BACK, STEP),
    ),
    "backward-forgotten": (
        "nobody walks back from the loss",
        "the loss is the same number in every round",
        (CLEAR, FORWARD, STEP),
    ),
    "optimizer-not-called": (
        "the optimiser is never asked to step",
        "the loss is the same number in every round",
        (CLEAR, FORWARD, BACK),
    ),
    "zeroed-before-step": (
        "the gradients are cleared between the walk back and the step",
        "the loss is the same number in every round",
        (FORWARD, BACK, CLEAR, STEP),
    ),
}
ABSENT = {
    "gradient-not-zeroed": "But the loop does clear: `zero_grad()` stands in it, once in every "
    "round.",
    "backward-forgotten": "But the loop does walk back: `backward()` stands in it, behind the "
    "forward pass.",
    "optimizer-not-called": "But the loop does call the optimiser: `step()` stands in it, in every "
    "round.",
    "zeroed-before-step": "But between the walk back and a step nothing is cleared here: follow "
    "the lines from top to bottom.",
}


NAMES = {CLEAR: "clear", FORWARD: "forward", BACK: "backward", STEP: "step"}
MENDED = {
    "gradient-not-zeroed": "Clear is missing, so each step uses the sum of all slopes so far: "
    "`optimizer.zero_grad()` belongs at the top.",
    "backward-forgotten": "Backward is missing, so the step finds no slopes: `loss.backward()` "
    "belongs behind the forward pass.",
    "optimizer-not-called": "Step is missing, so nothing ever moves: `optimizer.step()` belongs at "
    "the end.",
    "zeroed-before-step": "Clear stands between backward and step, so the step finds nothing: it "
    "belongs at the top.",
}


def faulty_loop(draw: Draw) -> Problem | None:
    """Which of the four calls is missing, or stands at the wrong place."""
    fault = draw.one(list(FAULTS))
    weights, (xs, ys) = draw.one(["w", "weight", "slope"]), draw.one([("xs", "ys"), ("x", "y")])
    kind, rate = draw.one(["SGD", "Adam"]), draw.one([0.1, 0.05, 0.02, 0.01])
    kind = "SGD" if fault == "gradient-not-zeroed" else kind
    start, rounds = draw.whole(2, 9), draw.one([50, 100, 200, 500])
    calls = {
        CLEAR: "    optimizer.zero_grad()",
        FORWARD: f"    loss = (({weights} * {xs} - {ys}) ** 2).mean()",
        BACK: "    loss.backward()",
        STEP: "    optimizer.step()",
    }
    text, seen, order = FAULTS[fault]
    choice, rivals = draw.options(
        text,
        [
            Rival(
                other,
                told[0],
                message=f"{ABSENT[other]} Put a tick beside each of the four calls, in the order "
                "clear, forward, backward, step, and say what each of them finds when its turn "
                "comes. Which of them has no tick, or stands in the wrong place?",
            )
            for other, told in FAULTS.items()
            if other != fault
        ],
    )
    return Problem(
        f"This loop runs without an error, and yet {seen}. What is the matter?"
        + code(
            leaf(weights, start),
            f"optimizer = torch.optim.{kind}([{weights}], lr={rate})",
            f"for _ in range({rounds}):",
            *(calls[call] for call in order),
        ),
        asks="the fault:",
        answer=choice,
        rivals=rivals,
        steps=[
            "A round has four calls: clear, forward, backward, step.",
            f"Here stand, in this order: {', '.join(NAMES[call] for call in order)}.",
            MENDED[fault],
        ],
        next="Clear, forward, backward, step: say it aloud, and a loop like this cannot hide.",
    )


def two_steps(draw: Draw) -> Problem | None:
    """A weight after two steps of plain descent, with clearing or without."""
    target, away = draw.nonzero(-3, 6), draw.one([-10, -8, -5, -4, 4, 5, 8, 10, 20])
    rate, clears = draw.one([0.1, 0.2, 0.25, 0.4]), draw.one([True, True, False])
    start, miss = target + away, _away("w", target)
    end = walked(start, target, rate, clears)
    first, middle = 2 * away, round(start - rate * 2 * away, 9)
    second = round(2 * (middle - target), 9)
    used = second if clears else round(first + second, 9)
    other = Rival(
        "gradient-not-zeroed" if clears else "overwrite-for-accumulate",
        walked(start, target, rate, not clears),
        message="Your second step used the sum of both slopes. That is what happens when nobody "
        "clears. But look at the first line inside this loop: what is in `w.grad` when the second "
        "walk back begins?"
        if clears
        else "Your second step used the new slope alone. That is how it should be, but this loop "
        "has no line that clears. When the second walk back arrives, something is waiting in "
        "`w.grad`. What is it, and what does a walk back do with it?",
    )
    return Problem(
        "Follow two rounds of this loop by hand. Which number is printed? Read every line: what "
        "stands there counts, and so does what does not."
        + code(
            leaf("w", start),
            f"optimizer = torch.optim.SGD([w], lr={rate})",
            "for _ in range(2):",
            *(["    optimizer.zero_grad()"] if clears else []),
            f"    loss = ({miss}) ** 2",
            "    loss.backward()",
            "    optimizer.step()",
            'print(f"{w.item():.4f}")',
        ),
        asks="w =",
        answer=Number(end),
        rivals=[
            other,
            Rival("one-step-too-many", middle),
            Rival("ascent-for-descent", walked(start, target, -rate, clears)),
            Rival("slope-of-the-start", start - 2 * rate * first),
            Rival(
                "forgotten-two",
                walked(start, target, rate / 2, clears),
                message="Your steps are half as long as they should be. The loss is a square, and "
                "a square leaves a factor in front when you take its slope. Nudge w by a tenth at "
                "the start: how many times a tenth does the loss move?",
            ),
        ],
        steps=[
            f"The slope of the loss is 2 · ({miss.replace('-', '−')}). At w = {written(start)} it "
            f"is {written(first)}.",
            f"The first step leads to {written(start)} − {rate} · {bracketed(first)} = "
            f"{written(middle)}, where the slope is {written(second)}.",
            (
                "The gradient was cleared, so the second step uses this slope alone: "
                if clears
                else f"Nobody has cleared, and `w.grad` holds {written(first)} {signed(second)} = "
                f"{written(used)}. So the second step is "
            )
            + f"{written(middle)} − {rate} · {bracketed(used)} = {written(end)}.",
        ],
        next="A loop of a thousand steps does nothing else, so two steps by hand can test it."
        if clears
        else "The old slope pushed once more, and the weight was carried farther than it should.",
    )


def walked(w: float, target: float, rate: float, clears: bool) -> float:
    """Where two steps of plain descent on (w − target)² end."""
    held = 0.0
    for _ in range(2):
        held = 2 * (w - target) + (0 if clears else held)
        w -= rate * held
    return round(w, 9)


# --- shapes that are repeated until they fit ---


def lost_in_pairs(draw: Draw) -> Problem | None:
    """The loss of predictions in a column against targets in a row, or of both in a row."""
    p, q = draw.several(range(-4, 8), 2)
    y, z = p + draw.one([-2, -1, 0, 0, 1, 2, 3]), q + draw.one([-3, -2, -1, 0, 0, 1, 2])
    flat = draw.one([False, False, True])
    if y == z:
        return None  # then a column against a row would do no harm
    own = [(p - y) ** 2, (q - z) ** 2]
    pairs = [(p - y) ** 2, (p - z) ** 2, (q - y) ** 2, (q - z) ** 2]
    mean_own, mean_pairs = sum(own) / 2, sum(pairs) / 4
    squares, truth, other = (own, mean_own, mean_pairs) if flat else (pairs, mean_pairs, mean_own)
    shape = "(2,)" if flat else "(2, 1)"
    made = "" if flat else ".reshape(2, 1)"
    told = " + ".join(map(written, squares))
    return Problem(
        "Two predictions and their two targets. What does the last line print? Mind the shapes: "
        f"`pred` has the shape {shape} and `y` the shape (2,)."
        + code(
            f"pred = torch.tensor([{p}.0, {q}.0]){made}",
            f"y = torch.tensor([{y}.0, {z}.0])",
            "loss = ((pred - y) ** 2).mean()",
            "print(loss.item())",
        ),
        asks="loss =",
        answer=Number(truth),
        rivals=[
            Rival("silent-broadcast", other)
            if flat
            else Rival(
                "true-value-for-printed",
                other,
                message="That is the loss as it was meant, each prediction against its own target. "
                "But a column and a row have different shapes, and tensors are repeated until "
                "they fit. Draw the table of all differences: how many numbers does it have?",
            ),
            Rival(
                "loss-not-reduced",
                sum(squares),
                message="You added up the squares and left it at that. The line ends in "
                "`.mean()`, so that the loss does not grow with the number of squares. How many "
                "squares have you added, and what is still to be done?",
            ),
            Rival("residuals-not-squared", sum(abs(s) ** 0.5 for s in squares) / len(squares)),
            *(
                []
                if flat
                else [
                    Rival(
                        "divided-by-the-parts",
                        sum(squares) / 2,
                        message="You saw that every prediction meets every target, which is the "
                        "hard part. Then you divided by the number of predictions. `.mean()` "
                        "divides by how many numbers there are in the table. How many are that?",
                    )
                ]
            ),
        ],
        steps=[
            "Both have the shape (2,), so each prediction meets its own target."
            if flat
            else "A column of 2 against a row of 2 makes a table of 2 × 2: every prediction meets "
            "every target.",
            f"The squares are {', '.join(map(written, squares))}.",
            f"Their mean: ({told}) / {len(squares)} = {written(truth)}.",
        ],
        next="With equal shapes a perfect model has the loss 0."
        if flat
        else "Even a perfect model would not reach 0 here, and no message tells you. Print shapes!",
    )


def cared_for(draw: Draw) -> Problem | None:
    """A vector times the table of slopes of two outputs."""
    x, y = draw.nonzero(-4, 5), draw.nonzero(-4, 5)
    a, b = draw.nonzero(-3, 5), draw.nonzero(-3, 5)
    v, u = draw.several([1, 2, 3, 4, 5, 10, -1, -2], 2)
    rows = [(y, x), (a, b)]
    back = [v * rows[0][k] + u * rows[1][k] for k in range(2)]
    line = _in_code([(a, "x[0]"), (b, "x[1]")])
    return Problem(
        "Two outputs of two inputs. Which two numbers are printed?"
        + code(
            f"x = torch.tensor([{x}.0, {y}.0], requires_grad=True)",
            f"f = torch.stack([x[0] * x[1], {line}])",
            f"f.backward(torch.tensor([{v}.0, {u}.0]))",
            "print(x.grad.tolist())",
        ),
        asks="two numbers:",
        answer=Array(back),
        rivals=[
            Rival(
                "upstream-forgotten",
                [sum(column) for column in zip(*rows, strict=True)],
                message="You added up the slopes of both outputs as if each of them counted once. "
                "The vector in `backward` says how much each output counts. By which number is "
                "the whole row of the first output multiplied, and by which that of the second?",
            ),
            Rival(
                "transpose-missing",
                [rows[k][0] * v + rows[k][1] * u for k in range(2)],
                message="You multiplied the table from the other side, so that each number of the "
                "vector met an *input*. But the vector says how much each *output* counts. Write "
                "down the table, one row for each output: which row belongs to its first number?",
            ),
            Rival(
                "own-value-in-product",
                [v * x + u * a, v * y + u * b],
                message="In the product you gave each factor its own value as its slope. If "
                "`x[0]` is nudged and `x[1]` stands still, by how many times that nudge does "
                "`x[0] * x[1]` grow? The rest of your way is good: which two numbers change "
                "places?",
            ),
            Rival("partials-swapped", back[::-1]),
        ],
        steps=[
            "Write the table of slopes, one row for each output and one column for each input.",
            f"The product has the row ({written(y)}, {written(x)}), the sum the row "
            f"({written(a)}, {written(b)}).",
            f"The vector weights the rows and adds them: {written(v)} · {bracketed(y)} + "
            f"{bracketed(u)} · {bracketed(a)} = {written(back[0])} and {written(v)} · "
            f"{bracketed(x)} + {bracketed(u)} · {bracketed(b)} = {written(back[1])}.",
        ],
        next="One walk back, and the table itself is never made: that is why it is cheap.",
    )


def slope_of_the_slope(draw: Draw) -> Problem | None:
    """A polynomial, and the slope of its slope."""
    w = draw.one([-2, -1, 2, 3])
    a, b, c = draw.nonzero(-2, 4), draw.nonzero(-4, 6), draw.nonzero(-5, 7)
    value, first, second = (
        a * w**3 + b * w**2 + c * w,
        3 * a * w**2 + 2 * b * w + c,
        6 * a * w + 2 * b,
    )
    return Problem(
        "The first slope is recorded, so that it has a slope of its own. Which number is printed?"
        + code(
            leaf("w", w),
            f"L = {_in_code([(a, 'w ** 3'), (b, 'w ** 2'), (c, 'w')])}",
            "(first,) = torch.autograd.grad(L, w, create_graph=True)",
            "(second,) = torch.autograd.grad(first, w)",
            "print(second.item())",
        ),
        asks="second:",
        answer=Number(second),
        rivals=[
            Rival("first-for-second", first),
            Rival("value-for-gradient", value),
            Rival("constant-kept", second + c),
            Rival(
                "gradient-not-zeroed",
                first + second,
                message="You added the first slope to the second one. `backward()` would add to "
                "`.grad`, but `torch.autograd.grad` hands its result back and touches nothing. "
                "What does the last line print: a sum, or the slope of the slope alone?",
            ),
            Rival(
                "exponent-not-lowered",
                6 * a * w**2 + 2 * b * w,
                message="The factors are good, but the powers did not come down with the second "
                "slope. In the first derivative stand w² and w. One power lower, what do they "
                "become?",
            ),
        ],
        steps=[
            f"The first slope, term by term: {polynomial([3 * a, 2 * b, c], 'w')}.",
            f"Its slope: {polynomial([6 * a, 2 * b], 'w')}.",
            f"At w = {written(w)}: {written(6 * a)} · {bracketed(w)} {signed(2 * b)} = "
            f"{written(second)}.",
        ],
        next="Newton's method takes a step of first over second: both slopes, and nothing else.",
    )


def _in_code(terms: Sequence[tuple[int, str]]) -> str:
    """A sum as Python writes it: "3 * w ** 2 - w"."""
    text = ""
    for factor, what in terms:
        size = what if abs(factor) == 1 else f"{abs(factor)} * {what}"
        sign = "-" if factor < 0 else "+"
        text += f" {sign} {size}" if text else f"-{size}" if factor < 0 else size
    return text


# --- shapes, messages, memory and bits ---


def counted_pairs(draw: Draw) -> Problem | None:
    """How many numbers come out where two shapes meet."""
    m, n = draw.several(range(2, 10), 2)
    sign = draw.one(["-", "-", "+", "*"])
    first, other = draw.one([("a", "b"), ("pred", "y"), ("outputs", "targets"), ("u", "v")])
    one, two, out, fitted = draw.one(
        [
            ((m, 1), (n,), (m, n), "The 1 is repeated, and the row is, too."),
            ((m, 1), (1, n), (m, n), "The 1 of either shape is repeated."),
            ((n,), (m, 1), (m, n), "The row is repeated, and the 1 is, too."),
            ((m, n), (n,), (m, n), "The row is repeated in every row of the table."),
            ((m, n), (m, 1), (m, n), "The 1 is repeated, so each row gets one number of its own."),
            ((m, 1), (m,), (m, m), "The 1 is repeated, and the row is, too."),
            ((m, 1), (m, 1), (m, 1), "Both shapes are the same already, and nothing is repeated."),
        ]
    )
    sizes = [_size(shape) for shape in (one, two, out)]
    both = "Two tensors of different shapes meet" if one != two else "Two tensors meet"
    rivals = [
        Rival(
            "silent-broadcast",
            min(sizes[:2]) if max(sizes[:2]) == sizes[2] else max(sizes[:2]),
            message="That would be so if each number met exactly one other. Write both shapes "
            "below each other, lined up at the right: where one of them has a 1, or nothing, it is "
            "repeated until it fits. Which shape do they have then, and how many boxes is that?",
        ),
        Rival(
            "sum-for-length",
            sizes[0] + sizes[1],
            message="You added up the numbers that go in. But an operation takes one number from "
            "each side and makes a single one of them, for each pair that meets. Which shape has "
            "the table of all pairs that meet here, once both sides are made to fit?",
        ),
    ]
    if one == two:
        rivals = rivals[1:]
    if sizes[0] * sizes[1] != sizes[2]:
        rivals.append(
            Rival(
                "everything-to-everybody",
                sizes[0] * sizes[1],
                message="You let every number of one side meet every number of the other. That "
                "happens only between a column and a row. Here shapes are lined up at the right, "
                "and places that agree are matched. Which places agree, and is any of them "
                "repeated?",
            )
        )
    return Problem(
        f"{both}. How many numbers does the result hold?"
        + code(
            f"{first} = torch.ones({_shape(one)})",
            f"{other} = torch.ones({_shape(two)})",
            f"print(({first} {sign} {other}).numel())",
        ),
        asks="numbers:",
        answer=Number(sizes[2]),
        rivals=rivals,
        steps=[
            f"Line the shapes up at the right: {_told(one)} above {_told(two)}. What is 1 or "
            "missing is repeated until it fits.",
            f"{fitted} So the result has the shape {_told(out)}.",
            f"{' · '.join(map(str, out))} = {sizes[2]}.",
        ],
        next="Where a difference has more numbers than the targets, a loss has gone wrong.",
    )


def _size(shape: Sequence[int]) -> int:
    return math.prod(shape)


def _shape(shape: Sequence[int]) -> str:
    """As arguments: "4, 1"."""
    return ", ".join(map(str, shape))


def _told(shape: Sequence[int]) -> str:
    """As PyTorch prints it: "(4,)"."""
    return f"({_shape(shape)}{',' if len(shape) == 1 else ''})"


# What messages are about; what they say, what that means, what mends it, and why that mends no
# other of them.
MESSAGES = ("dtype", "dtype turned", "target", "whole", "sizes")
SAYS = {
    "dtype": "mat1 and mat2 must have the same dtype, but got Double and Float",
    "dtype turned": "mat1 and mat2 must have the same dtype, but got Float and Double",
    "target": "Target size (torch.Size([{m}])) must be the same as input size "
    "(torch.Size([{m}, 1]))",
    "whole": "Only Tensors of floating point and complex dtype can require gradients",
    "sizes": "mat1 and mat2 shapes cannot be multiplied ({m}x{n} and {k}x1)",
}
ABOUT = {
    "dtype": "`Double` and `Float` are kinds of numbers, with 64 and with 32 bits. The first of "
    "them belongs to the data.",
    "dtype turned": "`Float` and `Double` are kinds of numbers, with 32 and with 64 bits. The "
    "first of them belongs to the data.",
    "target": "The message compares two shapes: a row of targets and a column of outputs.",
    "whole": "Floating point means written with a point. Something here is a whole number.",
    "sizes": "The data have more numbers in a row, or fewer, than the layer has weights.",
}
MENDS = {
    "dtype": "give the data 32 bits: `X = X.float()`",
    "dtype turned": "give the data 64 bits: `X = X.double()`",
    "target": "make the targets a column: `y = y.reshape(-1, 1)`",
    "whole": "write the start with a point, so that it can be nudged a little",
    "sizes": "make a layer for as many inputs as a row of the data has",
}
MISREAD = {  # what somebody takes it for who chooses this remedy
    "dtype": "dtypes-differ",
    "dtype turned": "dtypes-differ",
    "target": "target-shape-differs",
    "whole": "whole-number-gradient",
    "sizes": "transpose-missing",
}
NOT_IT = {
    "dtype": "the data have 32 bits already",
    "dtype turned": "64 bits in the data alone would bring in a difference that is not there yet",
    "target": "no target is named, and outputs and targets have one shape",
    "whole": "no whole number is asked for its slope",
    "sizes": "a row of the data is as long as the layer expects",
}


def _not_it(remedy: str, about: str) -> str:
    """Why a remedy does nothing for what another message is about."""
    if about == "dtype" and remedy == "dtype turned":
        return "the data have 64 bits already"
    if about == "whole" and remedy == "sizes":
        return "there is no layer"
    return NOT_IT[remedy]


def read_message(draw: Draw) -> Problem | None:
    """Which remedy belongs to a message."""
    about = draw.one(MESSAGES)
    m, n = draw.whole(3, 12), draw.whole(2, 6)
    k = draw.whole(2, 7, but=(n,))
    says = SAYS[about].format(m=m, n=n, k=k)
    layer = f"layer = torch.nn.Linear({k if about == 'sizes' else n}, 1)"
    data = f"X = torch.rand({m}, {n})"
    targets = f"y = torch.ones({m})" if about == "target" else f"y = torch.ones({m}, 1)"
    if about == "dtype":
        data = f"X = torch.tensor(np.ones(({m}, {n})))  # a table from NumPy"
    if about == "dtype turned":
        layer += ".double()"
    lines = [
        data,
        targets,
        layer,
        "loss_of = torch.nn.functional.binary_cross_entropy_with_logits",
        "loss_of(layer(X), y).backward()",
    ]
    if about == "whole":
        lines = [f"w = torch.tensor({draw.whole(-9, 9)}, requires_grad=True)", *lines[:1]]
        lines += ["loss = ((w * X) ** 2).mean()", "loss.backward()"]
    others = draw.several([a for a in MESSAGES if a != about], 3)
    choice, rivals = draw.options(
        MENDS[about],
        [
            Rival(
                MISREAD[other],
                MENDS[other],
                message=f"That mends another message: here {_not_it(other, about)}. Read this "
                "one word by word. It names two things that do not fit together, or one that is "
                "missing. Which line of the code made them, and what would make them fit?",
            )
            for other in others
        ],
    )
    return Problem(
        "These lines stop with a message. Which remedy mends them?" + code(*lines) + f"\n`{says}`",
        asks="Remedy:",
        answer=choice,
        rivals=rivals,
        steps=[ABOUT[about], f"So {MENDS[about]}."],
        next="The last line of a message says what is wrong; the line of your code says where.",
    )


# What a walk back needs of an operation: its name as code, and whether it keeps what goes in, what
# comes out, or nothing.
KEPT = {
    "u ** 2": ("in", "the slope of u² is 2u, so u is kept"),
    "u ** 3": ("in", "the slope of u³ is 3u², so u is kept"),
    "u.sin()": ("in", "the slope of sin u is cos u, so u is kept"),
    "u.cos()": ("in", "the slope of cos u is −sin u, so u is kept"),
    "u.log()": ("in", "the slope of ln u is 1/u, so u is kept"),
    "u.exp()": ("out", "the slope of eᵘ is eᵘ itself, so the result is kept"),
    "u.tanh()": ("out", "the slope of tanh is 1 − tanh², so the result is kept"),
    "u.sigmoid()": ("out", "the slope of σ is σ(1 − σ), so the result is kept"),
    "u + 5": ("", "the slope of a sum is 1, so nothing is kept"),
    "3 * u": ("", "the slope of 3u is 3, whatever u is, so u is not kept"),
}
CHANGES = {"in": ["u += 1", "u *= 2", "u -= 3"], "out": ["y += 1", "y *= 2", "y -= 3"]}
ANEW = {"in": ["u = u + 1", "u = 2 * u"], "out": ["y = y + 1", "y = 2 * y"]}


def spoilt_notes(draw: Draw) -> Problem | None:
    """Which change in place spoils what the way back needs."""
    spoils = draw.one([name for name, (kept, _) in KEPT.items() if kept])
    side = KEPT[spoils][0]
    right = f"`y = {spoils}`, then `{draw.one(CHANGES[side])}`"
    safe: list[tuple[str, str]] = []
    for name in draw.several([name for name in KEPT if name != spoils], 3):
        kept, why = KEPT[name]
        changed = {"in": "out", "out": "in"}.get(kept) or draw.one(["in", "out"])
        anew = kept and draw.one([True, False, False])
        line = draw.one(ANEW[kept]) if anew else draw.one(CHANGES[changed])
        because = (
            f"{why}; and `{line}` makes a new tensor, which leaves the old one alone"
            if anew
            else f"{why}, and `{line}` does not touch that"
            if kept
            else why
        )
        safe.append((f"`y = {name}`, then `{line}`", because))
    choice, rivals = draw.options(
        right,
        [
            Rival(
                "update-before-backward",
                text,
                message=f"That one runs: {because}. What spoils the notes is a change in place of "
                "something that the *slope* is made of. Write down the slope of each of the four "
                "operations: which of them has been changed before it was used?",
            )
            for text, because in safe
        ],
    )
    at = ", ".join(f"{draw.whole(1, 20) / 4}" for _ in range(3))
    factor = draw.whole(2, 9)
    return Problem(
        "A tensor u is made from a leaf, an operation follows, and then one more line. In three "
        "of the four cases `y.sum().backward()` runs. In which one does it stop, because something "
        "was *modified by an inplace operation*?"
        + code(f"w = torch.tensor([{at}], requires_grad=True)", f"u = {factor} * w"),
        asks="It stops:",
        answer=choice,
        rivals=rivals,
        steps=[
            "`+=`, `-=` and `*=` change a tensor in place; `=` makes a new one. A change in place "
            "does harm where the way back needs what was changed.",
            f"Write down what each slope is made of. Here {KEPT[spoils][1]}.",
            f"So it stops after {right}.",
        ],
        next="When in doubt, leave out the change in place: `y = y + 1` is never wrong.",
    )


def sixteen_bits(draw: Draw) -> Problem | None:
    """A counter of 16 bits, which may come to a number that it cannot leave."""
    by = draw.one([1, 2, 4])
    last = 2048 * by  # from here on, the neighbours are twice `by` apart
    before = draw.whole(3, 40)  # so many steps lead there
    stuck = draw.one([True, True, False])
    count = before + draw.whole(4, 60) if stuck else before - draw.whole(1, before - 1)
    start = last - by * before
    exact = start + by * count
    name = draw.one(["count", "steps", "total", "seen"])
    rivals = [
        Rival(
            "true-value-for-printed",
            exact,
            message="That is what comes out on paper. But beyond a certain size the numbers of 16 "
            "bits are too far apart: what is added is half a gap, and the sum is rounded back to "
            "where it was. At which number does this begin for your step, and is it reached?",
        )
        if stuck
        else Rival(
            "vanishing-overlooked",
            last,
            message="That is where this counter would get stuck in the end. But how many steps "
            "lead there? Take the distance from the start, divide it by what each step adds, and "
            "hold that against the number of rounds. Are there enough of them?",
        ),
        Rival(
            "place-for-step",
            start,
            message="You let the counter stand still from the beginning. At the start the gaps "
            "between its numbers are still small enough, so that each step counts in full. From "
            "which number on are they twice as large as what is added?",
        ),
        Rival(
            "one-step-too-many",
            last + by if stuck else exact + by,
            message="You went one step further than the counter does. "
            + (
                "Half-way between two neighbours the sum goes back to where it came from, so there "
                "is a number that it never gets away from. Which is the first of these?"
                if stuck
                else "`range` runs as often as its number says, and each round adds once. How many "
                "rounds are that, and where do they lead?"
            ),
        ),
    ]
    return Problem(
        "Numbers of 16 bits keep eleven binary digits. So whole numbers are exact up to 2048; up "
        "to 4096 only every second one is there, up to 8192 only every fourth, and then every "
        "eighth. A sum half-way between 2048, 4096 or 8192 and the next number above is rounded "
        "back down. What is printed?"
        + code(
            f"{name} = torch.tensor({start}.0, dtype=torch.float16)",
            f"for _ in range({count}):",
            f"    {name} += {by}",
            f"print({name}.item())",
        ),
        asks="printed:",
        answer=Number(exact if not stuck else last, near=0),
        rivals=rivals,
        steps=[
            f"Each round adds {by}. Where the gaps are {2 * by} wide, that is half a gap, and "
            "rounding takes it back.",
            f"Gaps of {2 * by} begin at {last}. From {start} that is {before} rounds away.",
            f"There are {count} rounds, so it gets to {last} and stays there."
            if stuck
            else f"There are {count} rounds, which is not enough to get there: {start} + {by} · "
            f"{count} = {exact}.",
        ],
        next="With 32 bits the same happens at 16,777,216: a counter that adds 1 stands still.",
    )


TEMPLATES = [
    Template("pytorch_autograd.twice", title="Used twice", level=1, minutes=1.5, draw=used_twice),
    Template("pytorch_autograd.loop", title="One fault", level=1, minutes=1.5, draw=faulty_loop),
    Template(
        "pytorch_autograd.pairs", title="Pairs that meet", level=1, minutes=1, draw=counted_pairs
    ),
    Template(
        "pytorch_autograd.message", title="What to mend", level=1, minutes=1, draw=read_message
    ),
    Template("pytorch_autograd.walks", title="Three walks", level=2, minutes=2, draw=three_walks),
    Template(
        "pytorch_autograd.second",
        title="The slope of the slope",
        level=2,
        minutes=2,
        draw=slope_of_the_slope,
    ),
    Template(
        "pytorch_autograd.shapes",
        title="Mind the shapes",
        level=2,
        minutes=2,
        draw=lost_in_pairs,
    ),
    Template(
        "pytorch_autograd.spoilt",
        title="Changed in place",
        level=2,
        minutes=2,
        draw=spoilt_notes,
    ),
    Template("pytorch_autograd.steps", title="Two steps", level=3, minutes=3, draw=two_steps),
    Template(
        "pytorch_autograd.care",
        title="How much you care",
        level=3,
        minutes=2.5,
        draw=cared_for,
    ),
    Template(
        "pytorch_autograd.bits",
        title="Sixteen bits",
        level=3,
        minutes=2,
        draw=sixteen_bits,
    ),
]
