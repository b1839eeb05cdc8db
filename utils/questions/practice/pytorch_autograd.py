"""Practice of chapter 15: what a few lines of PyTorch leave in a tensor, read without running them.

No torch here: what it would print is worked out by the rules, and a test holds it against PyTorch.
"""

from __future__ import annotations

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


TEMPLATES = [
    Template("pytorch_autograd.twice", title="Used twice", level=1, minutes=1.5, draw=used_twice),
    Template("pytorch_autograd.loop", title="One fault", level=1, minutes=1.5, draw=faulty_loop),
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
    Template("pytorch_autograd.steps", title="Two steps", level=3, minutes=3, draw=two_steps),
    Template(
        "pytorch_autograd.care",
        title="How much you care",
        level=3,
        minutes=2.5,
        draw=cared_for,
    ),
]
