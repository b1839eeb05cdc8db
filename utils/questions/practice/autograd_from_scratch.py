"""Practice of chapter 14: local slopes, gradients that travel back, their order, and their cost."""

from __future__ import annotations

from collections.abc import Sequence

from utils.checks import Array, Number, Rival
from utils.practice.shown import Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, signed, times, written

# --- one node ---


def hand_on(draw: Draw) -> Problem | None:
    """What a node hands to its input: its gradient times a local slope."""
    return draw.one([_product, _power, _tanh, _sigmoid, _exponential])(draw)


ALONE = (
    "That is the local slope alone: how fast this node moves with its input. The question is how "
    "fast the *end* moves, so the gradient that the node has received comes in as well. How do the "
    "two go together?"
)
UNCHANGED = (
    "You handed the gradient on as it came, as if the node moved one for one with its input. That "
    "is so for a sum. How many times as far does *this* node move when its input is nudged?"
)
ADDED = (
    "You added the gradient and the local slope. If the end moves three times as far as this node, "
    "and the node twice as far as its input, how many times as far does the end move as the input?"
)


def _from_node(
    made: str, asked: str, received: float, slope: float, rule: str, more: Sequence[Rival]
) -> Problem:
    """A problem about one node p.

    made: how the node was made, as a sentence. asked: the name of its input.
    slope: its local slope. rule: where that comes from, as a sentence.
    """
    return Problem(
        f"{made} On the walk back p has received the gradient {written(received)}. Which gradient "
        f"does p hand to {asked}?",
        asks=f"gradient for {asked}:",
        answer=Number(received * slope),
        rivals=[
            Rival("upstream-forgotten", slope, message=ALONE),
            Rival("own-link-left-out", received, message=UNCHANGED),
            Rival("sum-of-slopes", received + slope, message=ADDED),
            *more,
        ],
        steps=[
            rule,
            "What is handed on is the gradient that has arrived, times the local slope: "
            f"{written(received)} · {bracketed(slope)} = {written(received * slope)}.",
        ],
        next="Every node does this, and it need not know what comes before it or after it.",
    )


def _product(draw: Draw) -> Problem | None:
    a, b, received = draw.nonzero(-6, 7), draw.nonzero(-6, 7), draw.nonzero(-5, 8)
    return _from_node(
        f"A node p = a · b was made from a = {written(a)} and b = {written(b)}.",
        "a",
        received,
        b,
        f"Hold b still and nudge a: p moves {written(b)} times as far. That is the local slope.",
        [
            Rival("own-value-in-product", received * a),
            Rival("value-for-gradient", a * b),
        ],
    )


def _power(draw: Draw) -> Problem | None:
    n, a, received = draw.one([2, 3]), draw.nonzero(-4, 5), draw.nonzero(-5, 8)
    slope = n * a ** (n - 1)
    raised = "²" if n == 2 else "³"
    return _from_node(
        f"A node p = a{raised} was made from a = {written(a)}.",
        "a",
        received,
        slope,
        f"The local slope is that of the power, {times(n, 'a' if n == 2 else 'a²')}, at "
        f"a = {written(a)}: {written(slope)}.",
        [
            Rival("value-for-gradient", a**n),
            Rival(
                "exponent-not-in-front",
                received * a ** (n - 1),
                message="The power has come down by one, and the exponent got lost. It has to "
                "stand in front: a square grows along two of its sides, a cube along three of its "
                "faces. What is the local slope with that factor?",
            ),
        ],
    )


def _tanh(draw: Draw) -> Problem | None:
    h, received = draw.one([-0.9, -0.8, -0.5, -0.3, 0.2, 0.4, 0.5, 0.6, 0.9]), draw.nonzero(-6, 10)
    slope = 1 - h * h
    return _from_node(
        f"A node p = tanh(a) came out as p = {written(h)}.",
        "a",
        received,
        slope,
        f"The slope of tanh can be read off its own value: 1 − p² = 1 − {written(h * h)} = "
        f"{written(slope)}.",
        [
            Rival(
                "squashing-rules-swapped",
                received * h * (1 - h),
                message="You took p(1 − p) for the slope, and that is the recipe of the sigmoid. "
                "The tanh is steepest where its value is 0. What does your recipe give there, and "
                "what would the other one give?",
            ),
            Rival(
                "half-of-the-sigmoid-rule",
                received * (1 - h),
                message="You took 1 − p for the slope of tanh. Then it would be steeper than 1 "
                "wherever the value is below 0, and nowhere is it that steep. What has to be done "
                "with p so that its sign does not matter?",
            ),
        ],
    )


def _sigmoid(draw: Draw) -> Problem | None:
    s, received = draw.one([0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9]), draw.nonzero(-6, 10)
    slope = s * (1 - s)
    return _from_node(
        f"A node p = σ(a), a sigmoid, came out as p = {written(s)}.",
        "a",
        received,
        slope,
        f"The slope of the sigmoid can be read off its own value: p(1 − p) = {written(s)} · "
        f"{written(1 - s)} = {written(slope)}.",
        [
            Rival(
                "squashing-rules-swapped",
                received * (1 - s * s),
                message="You took 1 − p² for the slope, and that is the recipe of tanh. The "
                "sigmoid is flat where its value is nearly 0. What does your recipe give there, "
                "and what would the other one give?",
            ),
            Rival(
                "half-of-the-sigmoid-rule",
                received * (1 - s),
                message="You took 1 − p for the slope, which is one of its two factors. Far to the "
                "left the sigmoid is as good as flat, with a value near 0. What does 1 − p say "
                "there, and which second factor is small on that side?",
            ),
        ],
    )


def _exponential(draw: Draw) -> Problem | None:
    e, received = draw.one([0.1, 0.2, 0.5, 2, 3, 4, 5, 10]), draw.nonzero(-6, 10)
    return _from_node(
        f"A node p = exp(a) came out as p = {written(e)}.",
        "a",
        received,
        e,
        f"eˣ is its own slope, so the local slope is the node's own value, {written(e)}.",
        [],
    )


# --- a graph of three operations ---


def four_gradients(draw: Draw) -> Problem | None:
    """All gradients of (a·b ± c)·d."""
    a, b, c, d = (draw.nonzero(-5, 6) for _ in range(4))
    sign = draw.one([1, 1, -1])
    plus = "+" if sign > 0 else "−"
    v = a * b + sign * c
    truth = [b * d, a * d, sign * d, v]
    told = [written(value) for value in truth]
    rows = [[name, written(value)] for name, value in zip("abcd", (a, b, c, d), strict=True)]
    return Problem(
        f"L = (a · b {plus} c) · d is recorded with these inputs, and one walk back finds the "
        "gradients of all four. Which are they? Give four numbers, for a, b, c and d.",
        shown=[Table(["input", "value"], rows)],
        asks="four gradients:",
        answer=Array(truth),
        rivals=[
            Rival("own-value-in-product", [a * d, b * d, sign * d, d]),
            Rival("upstream-forgotten", [b, a, sign, v]),
            Rival("value-for-gradient", [a, b, c, d]),
            Rival("sum-of-slopes", [b + d, a + d, sign + d, v], message=ADDED),
            Rival("seed-of-zero", [0, 0, 0, 0]),
        ],
        steps=[
            f"Forward first: v = a · b {plus} c is {written(a)} · {bracketed(b)} "
            f"{signed(sign * c)} = {written(v)}, and L = v · d.",
            f"L starts with 1. The product hands to d the value of v, {written(v)}, and to v the "
            f"value of d, {written(d)}.",
            f"v hands its {written(d)} on, times {written(sign)} to c, and by way of the "
            f"product times {written(b)} to a and times {written(a)} to b.",
            f"Together: {', '.join(told[:3])} and {told[3]}.",
        ],
        next="One walk forward and one walk back, and every input knows its slope.",
    )


# --- a node that is used twice ---


def used_twice(draw: Draw) -> Problem | None:
    """The gradient of a number that reaches the end by two ways."""
    a, b, c = draw.nonzero(-5, 6), draw.nonzero(-5, 6), draw.nonzero(-5, 6)
    match draw.whole(1, 4):
        case 1:  # d = c + a hands to a first, then c = a · b does
            end = a * b + a
            return _two_ways(
                "L = (a · b + a)²", {"a": a, "b": b}, end**2,
                (2 * end, "by the sum", f"2 · {bracketed(end)} · 1"),
                (2 * end * b, "by the product", f"2 · {bracketed(end)} · {bracketed(b)}"),
                1 + b,
                f"The bracket is {written(end)}, and its square hands {written(2 * end)} to it.",
            )  # fmt: skip
        case 2:
            whole = a + b
            return _two_ways(
                "L = (a + b) · a", {"a": a, "b": b}, whole * a,
                (whole, "as the second factor", written(whole)),
                (a, "by the bracket", f"{written(a)} · 1"),
                whole + 1,
                f"The bracket is {written(whole)}, and its gradient is the other factor, "
                f"{written(a)}.",
            )  # fmt: skip
        case 3:
            u, v = a * b, a + c
            return _two_ways(
                "L = (a · b) · (a + c)", {"a": a, "b": b, "c": c}, u * v,
                (u, "by the sum", f"{written(u)} · 1"),
                (v * b, "by the first bracket", f"{written(v)} · {bracketed(b)}"),
                b + 1,
                f"The brackets are {written(u)} and {written(v)}. Each of them receives the value "
                "of the other one.",
            )  # fmt: skip
        case _:
            u = a * b
            return _two_ways(
                "L = (a · b) · c + a", {"a": a, "b": b, "c": c}, u * c + a,
                (1, "by the last sum", "1"),
                (c * b, "by the product a · b", f"{written(c)} · {bracketed(b)}"),
                b + 1,
                f"The sum hands 1 to a and to the product, which hands {written(c)} to a · b.",
            )  # fmt: skip


def _two_ways(
    formula: str,
    inputs: dict[str, int],
    value: float,
    early: tuple[float, str, str],
    late: tuple[float, str, str],
    local: float,
    forward: str,
) -> Problem:
    """early, late: the pieces that reach a, in the order of the walk, with their ways.

    local: the local slopes of both ways, added, without any gradient from above.
    """
    given = ", ".join(f"{name} = {written(v)}" for name, v in inputs.items())
    gradient = early[0] + late[0]
    product = early[0] * late[0]
    # In some graphs this product is the value of L, or one of the pieces.
    multiplied = [
        Rival(
            "product-of-derivatives",
            product,
            message="You multiplied the two pieces. Slopes multiply *along* a way, because one "
            "link drives the next. Here two ways run side by side from a to the end, and a "
            "nudge takes both of them. What becomes of the two effects?",
        ),
    ]
    if product in (value, late[0]):
        multiplied = []
    return Problem(
        f"{formula}, recorded at {given}. What is the gradient of a after the walk back?",
        asks="gradient of a:",
        answer=Number(gradient),
        rivals=[
            Rival("overwrite-for-accumulate", late[0]),
            Rival(
                "wrong-backward-order",
                early[0],
                message="Only one of the two ways has been counted. The other one leads to the end "
                "through another node, and a node that hands on before its own gradient has come "
                "in brings nothing. Which two nodes were made from a, and what does each of them "
                "hand back?",
            ),
            Rival("upstream-forgotten", local),
            Rival(
                "value-for-gradient",
                value,
                message="That is the value of L, found on the way forward. The gradient of a says "
                "how many times as far L moves when a is nudged, and it is found on the way back. "
                "Which pieces come back to a?",
            ),
            *multiplied,
        ],
        steps=[
            f"a is used twice, so two pieces come back to it. {forward}",
            f"One piece comes {early[1]}: {early[2]} = {written(early[0])}."
            if early[2] != written(early[0])
            else f"One piece comes {early[1]}: {early[2]}.",
            f"The other comes {late[1]}: {late[2]} = {written(late[0])}. They add up to "
            f"{written(gradient)}.",
        ],
        next="This is why the engine writes += and not =.",
    )


# --- the order of the walk ---


# Of each node: the earlier nodes that it is made from. Each uses the one before, so that only one
# order is possible.
GRAPHS = (
    ((), (0,), (0, 1), (1, 2)),
    ((), (0,), (0, 1), (0, 2)),
    ((), (0,), (1,), (0, 2)),
    ((), (0,), (1,), (1, 2)),
    ((), (0,), (0, 1), (2,)),
)


def order_of_the_walk(draw: Draw) -> Problem | None:
    """The only order in which four nodes may hand on."""
    names = draw.several("pqrsuvw", 4)
    graph = draw.one(GRAPHS)
    rows = []
    for name, uses in zip(names, graph, strict=True):
        parts = [names[k] for k in uses]
        parts += draw.several("abc", 2 - len(parts))
        rows.append([name, f" {draw.one('+·')} ".join(draw.shuffled(parts))])
    back = names[::-1]
    last, third, second, first = back

    def told(order: Sequence[str]) -> str:
        return ", ".join(order)

    needed = [names[k] for k, uses in enumerate(graph) if names.index(second) in uses]
    answer, rivals = draw.options(
        told(back),
        [
            Rival(
                "wrong-backward-order",
                told(names),
                message="That is the order in which the values are computed, on the way forward. "
                "The walk back begins at the end, since this is the only node whose gradient is "
                "known from the start. Which node is that?",
            ),
            Rival(
                "wrong-backward-order",
                told([last, second, third, first]),
                message=f"In that order {second} hands on before {third} has had its turn. But "
                f"{third} was made from {second}, among others, and would bring a piece to it "
                f"that comes too late. How many nodes were made from {second}?",
            ),
            Rival(
                "wrong-backward-order",
                told([last, third, first, second]),
                message=f"In that order {first} hands on before {second} has had its turn. But "
                f"{second} was made from {first}, so a piece is still on its way to {first}. What "
                "would be missing in what it hands on?",
            ),
        ],
    )
    waits = " and ".join(needed)
    return Problem(
        "Four nodes were made like this from the inputs a, b and c. In which order may they hand "
        "their gradients on?",
        shown=[Table(["node", "made as"], draw.shuffled(rows))],
        answer=answer,
        rivals=rivals,
        steps=[
            "A node may hand on when everything that was made from it has had its turn. From "
            "which node was nothing made?",
            f"That is {last}, so it begins. {second} has to wait for {waits}.",
            f"The order is {told(back)}, the answer **{answer.truth}**.",
        ],
        next="It is the order of the way forward, read backwards.",
    )


# --- training ---


def not_cleared(draw: Draw) -> Problem | None:
    """What a weight's gradient holds after two walks back if nobody clears it."""
    centre, a = draw.whole(-4, 6), draw.one([1, 2, 3, 0.5])
    away, eta = draw.one([-6, -5, -4, -3, 3, 4, 5, 6]), draw.one([0.1, 0.2, 0.05])
    w = centre + away
    first = 2 * a * away
    w_2 = w - eta * first
    second = 2 * a * (w_2 - centre)
    inner = f"w {signed(-centre)}" if centre else "w"
    loss = times(a, f"({inner})²" if centre else "w²")
    slope = times(2 * a, f"({inner})" if centre and 2 * a != 1 else inner)
    clean = w_2 - eta * second
    asks_weight = draw.one([True, False])
    w_3 = w_2 - eta * (first + second)
    if second == 0 or w_2 == centre:
        return None
    asked = (
        "Where does w stand after two steps?"
        if asks_weight
        else "What does the gradient of w hold after the second walk back?"
    )
    by_weight = [
        Rival(
            "overwrite-for-accumulate",
            clean,
            message="That is where w would stand if the gradient had been cleared between the two "
            "steps. It was not, so the second walk back adds to what the first one has left. What "
            "does the gradient hold when the second step is taken?",
        ),
        Rival("slope-of-the-start", w - 2 * eta * first),
        Rival("stopped-too-soon", w_2, message=_ONE_STEP),
        Rival("ascent-for-descent", w + eta * first + eta * (first + second)),
    ]
    by_gradient = [
        Rival(
            "overwrite-for-accumulate",
            second,
            message="That is the slope at the new place, and it would be right if somebody had "
            "cleared the gradient before. Nobody did, and each walk back adds to what it finds. "
            "What did the first walk leave there?",
        ),
        Rival(
            "slope-of-the-start",
            2 * first,
            message="You counted the slope at the start twice. But w has moved between the two "
            "walks, so the second one found another slope. Where does w stand then, and how steep "
            "is the loss there?",
        ),
        Rival("stopped-too-soon", first, message=_ONE_STEP),
        Rival(
            "value-for-gradient",
            w_2,
            message="That is where w stands at the second walk: its value. Its gradient is another "
            "number, and here it holds what both walks back have brought. Which two slopes are "
            "they?",
        ),
    ]
    end = (
        f"The second step uses the sum, {written(first + second)}: {written(w_2)} − "
        f"{written(eta)} · {bracketed(first + second)} = {written(w_3)}."
        if asks_weight
        else f"It is added to what is there: {written(first)} {signed(second)} = "
        f"{written(first + second)}."
    )
    return Problem(
        f"An engine trains one weight on L(w) = {loss}, from w = {written(w)} with "
        f"η = {written(eta)}. Its loop walks back and steps, and never sets the gradient to 0. "
        f"{asked}",
        asks="w =" if asks_weight else "gradient:",
        answer=Number(w_3 if asks_weight else first + second),
        rivals=by_weight if asks_weight else by_gradient,
        steps=[
            f"The slope is {slope}. At w = {written(w)} it is {written(first)}, so the first step "
            f"leads to {written(w_2)}.",
            f"At {written(w_2)} the second walk finds the slope {written(second)}.",
            end,
        ],
        next="In PyTorch the line that is missing here is called zero_grad.",
    )


_ONE_STEP = (
    "That is right after one walk and one step. The question goes on to the second one, which "
    "starts where the first has led and finds a gradient that nobody has cleared. What does it "
    "hold after the second walk back?"
)


def small_network(draw: Draw) -> Problem | None:
    """The gradient of a weight behind a ReLU, or of the one after it."""
    side = draw.one([1, -1])
    x, v, w = side * draw.whole(2, 5), side * draw.whole(1, 5), draw.whole(-4, 5, but=(-1, 0, 1))
    h = v * x
    y = w * h
    off = draw.one([-3, -2, -1, 1, 2, 3, 4])
    target, back = y - off, 2 * off
    inner = draw.one([True, True, False])
    truth = back * w * x if inner else back * h
    rivals = (
        [
            Rival(
                "forgotten-x-factor",
                back * w,
                message="Your walk stops one node too early: it says how fast the loss moves with "
                "v · x, not with v. If v grows by a little, how many times that does v · x grow?",
            ),
            Rival(
                "held-factor-dropped",
                back * x,
                message="On the way to v the gradient passes through the product w · h, and there "
                "a factor got lost: a nudge of h reaches the output stretched. By how much does "
                "the output move when h moves by 1?",
            ),
            Rival("upstream-forgotten", w * x),
            Rival("forgotten-two", truth / 2, message=_HALF),
            Rival("own-value-in-product", back * h * v),
            Rival("partials-swapped", back * h, message=_OTHER),
        ]
        if inner
        else [
            Rival("own-value-in-product", back * w),
            Rival("upstream-forgotten", h),
            Rival("forgotten-two", truth / 2, message=_HALF),
            Rival("partials-swapped", back * w * x, message=_OTHER),
            Rival(
                "place-for-value",
                back * x,
                message="You took x for what stands beside w. But w is multiplied by what comes "
                "out of the layer before it, after the ReLU. Which number is that?",
            ),
        ]
    )
    asked, way = (
        ("v", f"{written(back)} · {bracketed(w)} · 1 · {bracketed(x)}")
        if inner
        else ("w", f"{written(back)} · {written(h)}")
    )
    return Problem(
        f"A tiny network: h = relu(v · x), ŷ = w · h, L = (ŷ − y)². It stands at v = {written(v)} "
        f"and w = {written(w)}, with x = {written(x)} and y = {written(target)}. What is the "
        f"gradient of {asked}?",
        asks=f"∂L/∂{asked} =",
        answer=Number(truth),
        rivals=rivals,
        steps=[
            f"Forward: v · x = {written(h)}, which the relu lets through, and ŷ = {written(w)} · "
            f"{written(h)} = {written(y)}.",
            f"Backward: the square hands 2(ŷ − y) = 2 · {bracketed(off)} = {written(back)} to ŷ.",
            (
                "From there to v it is times w, times the slope 1 of the relu, times x: "
                if inner
                else "From there to w it is times h: "
            )
            + f"{way} = {written(truth)}.",
        ],
        next="Had v · x been below 0, the relu would have let nothing through.",
    )


_HALF = (
    "Your number has half the size it should have. The walk back begins with the slope of a "
    "square, and a square leaves something in front when you take its slope. Which factor is "
    "missing?"
)
_OTHER = (
    "That is the gradient of the other weight of this network. Follow the arrows back from the "
    "loss once more, and see at which node the ways to the two weights part. What stands beside "
    "the weight that is asked about?"
)


# --- what goes wrong, and what it costs ---


def faulty_node(draw: Draw) -> Problem | None:
    """Which gradient of a finished walk is wrong."""
    p, q, r, s = (draw.nonzero(-5, 6) for _ in range(4))
    u = p * q
    v = u + r
    values = {"p": p, "q": q, "r": r, "s": s, "u": u}
    right = {"p": q * s, "q": p * s, "r": s, "s": v, "u": s}
    slipped = {"p": q, "q": p, "r": 1, "s": s, "u": 1}  # what a slip would write there
    expected = {"p": p * s, "q": q * s, "r": r, "s": s, "u": 1}  # by who suspects it wrongly
    if any(right[name] in (slipped[name], expected[name]) for name in right):
        return None
    wrong = draw.one(list(right))
    shown = {**right, wrong: slipped[wrong]}
    rows = [
        *([name, "input", written(values[name]), written(shown[name])] for name in "pqrs"),
        ["u", "p · q", written(u), written(shown["u"])],
        ["v", "u + r", written(v), written(s)],
        ["L", "v · s", written(v * s), "1"],
    ]

    def crosswise(name: str) -> str:
        return (
            f"Did you expect {written(expected[name])} there, with the factor's own value? In a "
            "product each factor moves the result as fast as the *other* one says. Which number "
            "stands beside it, and which gradient has the product received?"
        )

    suspected = {
        "p": ("own-value-in-product", crosswise("p")),
        "q": ("own-value-in-product", crosswise("q")),
        "s": ("own-value-in-product", crosswise("s")),
        "u": (
            "upstream-forgotten",
            "The sum v = u + r has the local slope 1 towards u, so you may have expected 1 there. "
            "But v hands on its own gradient times this slope. Which gradient has v received?",
        ),
        "r": (
            "value-for-gradient",
            "A gradient need not look like the value beside it. The sum hands to r what v has "
            "received, unchanged, since v moves one for one with r. Which gradient has v received "
            "in the table?",
        ),
    }
    answer, rivals = draw.options(
        f"node {wrong}",
        [
            Rival(mistake, f"node {name}", message=message)
            for name, (mistake, message) in suspected.items()
            if name != wrong
        ],
    )
    named = "its own value" if wrong == "s" else "the local slope alone"
    return Problem(
        "Somebody has walked forward and back through L = (p · q + r) · s by hand, and one entry "
        "in the column of gradients is wrong. Check it from the end to the inputs. Which node is "
        "it?",
        shown=[Table(["node", "made as", "value", "gradient"], rows)],
        answer=answer,
        rivals=rivals,
        steps=[
            f"L begins with 1, and hands to v the value of s, {written(s)}, and to s the value of "
            f"v, {written(v)}.",
            f"v hands its {written(s)} on to u and to r as it is. u hands to p that times q, and "
            "to q that times p.",
            f"In the table {wrong} has {written(shown[wrong])}, {named}, where "
            f"{written(right[wrong])} belongs: the answer is **{answer.truth}**.",
        ],
        next="To check a gradient you need the one that was handed to it, and one local slope.",
    )


# What is computed, with places for many and few, what comes out and what goes in, and whether the
# inputs are the many.
COSTS = (
    ("A network has {} weights and {} losses, one for each of its tasks", "loss", "weight", True),
    ("A bank works out {1} prices from {0} market rates", "price", "rate", True),
    ("A bridge is described by {} numbers, and {} stresses follow", "stress", "number", True),
    ("A weather model turns {1} settings into {0} temperatures", "temperature", "setting", False),
    ("The {1} motor angles of a robot set the heights of {0} points", "height", "angle", False),
    ("A tool has {1} sliders, and an image of {0} pixels comes out", "pixel", "slider", False),
)


def cheaper_mode(draw: Draw) -> Problem | None:
    """Forward or reverse mode, and how many walks."""
    story, output, given, many_in = draw.one(COSTS)
    many, few = draw.one([400, 1000, 2500, 6000, 40_000, 90_000]), draw.whole(2, 9)
    better, worse = ("reverse", "forward") if many_in else ("forward", "reverse")
    inputs, outputs = (many, few) if many_in else (few, many)

    def option(mode: str, walks: int) -> str:
        return f"{mode} mode, with {_grouped(walks)} walks"

    wrong_count = (
        "You counted the wrong side for that mode. One walk forward follows one input to all "
        "outputs, and one walk back follows one output to all inputs. How many walks does your "
        "mode need, then?"
    )
    answer, rivals = draw.options(
        option(better, few),
        [
            Rival("modes-swapped", option(worse, many)),
            Rival("modes-swapped", option(worse, few), message=wrong_count),
            Rival("modes-swapped", option(better, many), message=wrong_count),
        ],
    )
    return Problem(
        f"{story.format(_grouped(many), few)}. The slope of each {output} with respect to each "
        f"{given} is needed. Which mode needs fewer walks through the graph, and how many?",
        answer=answer,
        rivals=rivals,
        steps=[
            "Say first what the inputs are, and what the outputs. Forward mode takes a walk for "
            "each input, reverse mode a walk for each output.",
            f"A walk starts at one {given} or at one {output}. There are {_grouped(inputs)} of the "
            f"one and {_grouped(outputs)} of the other.",
            f"So {better} mode is cheaper, with {few} walks. That is **{answer.truth}**.",
        ],
        next="Training has one loss and many weights, and that is why it walks back.",
    )


def _grouped(count: int) -> str:
    return f"{count:,}"


TEMPLATES = [
    Template("autograd_from_scratch.node", title="Handing on", level=1, minutes=1, draw=hand_on),
    Template(
        "autograd_from_scratch.modes",
        title="Forward or back?",
        level=1,
        minutes=1,
        draw=cheaper_mode,
    ),
    Template(
        "autograd_from_scratch.order",
        title="Whose turn?",
        level=2,
        minutes=1.5,
        draw=order_of_the_walk,
    ),
    Template(
        "autograd_from_scratch.graph",
        title="Four gradients",
        level=2,
        minutes=2.5,
        draw=four_gradients,
    ),
    Template(
        "autograd_from_scratch.twice", title="Used twice", level=2, minutes=2, draw=used_twice
    ),
    Template(
        "autograd_from_scratch.cleared",
        title="Never cleared",
        level=2,
        minutes=2.5,
        draw=not_cleared,
    ),
    Template(
        "autograd_from_scratch.network",
        title="A tiny network",
        level=3,
        minutes=3,
        draw=small_network,
    ),
    Template(
        "autograd_from_scratch.fault",
        title="One wrong gradient",
        level=3,
        minutes=2.5,
        draw=faulty_node,
    ),
]
