"""Answers to the questions of chapter 15, right ones in several styles and wrong ones."""

import math

import numpy as np
import torch

from utils.autograd import Value
from utils.explorers.pytorch_autograd import explore_leaves
from utils.models.pytorch_autograd import watch
from utils.questions.earlier.pytorch_autograd import regression
from utils.questions.pytorch_autograd import (
    AT_1,
    best_rate,
    best_weight,
    fit_coffee,
    product_slope,
    pulled,
    wishes,
)
from utils.slopes import central_difference


def figure(**values):
    """The figure of exercise 4, moved."""
    return explore_leaves(w=-2, calls=0, x_needs=True).set(**values)


def leaf(w):
    return torch.tensor(w, dtype=torch.float64, requires_grad=True)


# --- exercise 1 ---


def by_backward():
    w = leaf(AT_1)
    (w**2 * torch.sin(w)).backward()
    return w.grad


def by_a_plain_sine():
    """The sine of Python's math, of which no notes are taken."""
    w = leaf(AT_1)
    (w**2 * math.sin(w.item())).backward()
    return w.grad.item()


# --- exercise 5 ---


def slope_by_backward(f, w):
    """A new leaf in each call."""
    t = torch.tensor(w, requires_grad=True)
    f(t).backward()
    return t.grad.item()


def slope_by_grad(f, w):
    """Without touching .grad; the tensor itself is returned."""
    t = leaf(w)
    return torch.autograd.grad(f(t), t)[0]


def slope_detached(f, w):
    """The history is cut off."""
    t = leaf(w)
    f(t.detach()).backward()
    return t.grad.item()


def slope_of_item(f, w):
    """The number is taken out too soon."""
    t = leaf(w)
    f(t).item().backward()
    return t.grad.item()


def slope_twice(f, w):
    """Two walks, nothing cleared."""
    t = leaf(w)
    f(t).backward()
    f(t).backward()
    return t.grad.item()


def slope_with_graph(f, w):
    """Recorded, as for a second derivative."""
    t = leaf(w)
    return torch.autograd.grad(f(t), t, create_graph=True)[0]


# --- exercise 6 ---


def train(start, eta, steps, clear="first", sign=-1.0):
    """The mended loop, or one with a fault."""
    w = leaf(start)
    for _ in range(steps):
        if clear == "first":
            w.grad = None
        ((w - 3) ** 2).backward()
        if clear == "before the step":
            w.grad.zero_()
        with torch.no_grad():
            w += sign * eta * w.grad
    return w.item()


def train_by_optimizer(start, eta, steps):
    """With SGD, in 32 bits."""
    w = torch.tensor(float(start), requires_grad=True, dtype=torch.float32)
    optimizer = torch.optim.SGD([w], lr=eta)
    for _ in range(steps):
        optimizer.zero_grad()
        ((w - 3) ** 2).backward()
        optimizer.step()
    return w.detach()


def train_by_func(start, eta, steps):
    """Without side effects."""
    w = torch.tensor(start, dtype=torch.float64)
    slope = torch.func.grad(lambda w: (w - 3) ** 2)
    for _ in range(steps):
        w = w - eta * slope(w)
    return w


def train_while_recording(start, eta, steps):
    w = leaf(start)
    for _ in range(steps):
        w.grad = None
        ((w - 3) ** 2).backward()
        w -= eta * w.grad
    return w.item()


# --- exercise 7 ---


def gradient(w, b, xs, ys, reduce=torch.mean):
    """Two leaves, one walk."""
    w, b, xs, ys = leaf(w), leaf(b), torch.tensor(xs), torch.tensor(ys)
    reduce((w * xs + b - ys) ** 2).backward()
    return [w.grad.item(), b.grad.item()]


def gradient_by_mse(w, b, xs, ys):
    """One tensor of weights, and PyTorch's own loss."""
    weights = leaf([w, b])
    guess = weights[0] * torch.tensor(xs, dtype=torch.float64) + weights[1]
    torch.nn.functional.mse_loss(guess, torch.tensor(ys, dtype=torch.float64)).backward()
    return weights.grad


def gradient_by_engine(w, b, xs, ys):
    """The engine of chapter 14."""
    w, b = Value(w), Value(b)
    ((w * np.array(xs) + b - np.array(ys)) ** 2).mean().backward()
    return w.grad, b.grad


def not_reduced(w, b, xs, ys):
    """Many numbers are sent back."""
    return gradient(w, b, xs, ys, reduce=lambda r: r)


def ones_sent_back(w, b, xs, ys):
    """A vector of ones is a sum."""
    w, b, xs, ys = leaf(w), leaf(b), torch.tensor(xs), torch.tensor(ys)
    loss = (w * xs + b - ys) ** 2
    loss.backward(torch.ones_like(loss))
    return [w.grad.item(), b.grad.item()]


# --- exercise 8 ---


def four_calls(w, optimizer, loss_of, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_of(w)
        loss.backward()
        optimizer.step()


def cleared_by_hand(w, optimizer, loss_of, steps):
    """None in place of zero_grad."""
    for _ in range(steps):
        w.grad = None
        loss_of(w).backward()
        optimizer.step()


def clear_last_and_first(w, optimizer, loss_of, steps):
    """Cleared once before the loop, then after each step; the loss is watched as well."""
    losses = []
    optimizer.zero_grad(set_to_none=False)
    for _ in range(steps):
        loss = loss_of(w)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return losses


def forward_first(w, optimizer, loss_of, steps):
    """Cleared after the forward pass: as good."""
    for _ in range(steps):
        loss = loss_of(w)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def never_cleared(w, optimizer, loss_of, steps):
    for _ in range(steps):
        loss_of(w).backward()
        optimizer.step()


def cleared_once(w, optimizer, loss_of, steps):
    optimizer.zero_grad()
    for _ in range(steps):
        loss_of(w).backward()
        optimizer.step()


def step_before_backward(w, optimizer, loss_of, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_of(w)
        optimizer.step()
        loss.backward()


def cleared_twice(w, optimizer, loss_of, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss_of(w).backward()
        optimizer.zero_grad()
        optimizer.step()


def no_backward(w, optimizer, loss_of, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss_of(w)
        optimizer.step()


def only_steps(w, optimizer, loss_of, steps):
    for _ in range(steps):
        loss_of(w)
        optimizer.step()


def cleared_last(w, optimizer, loss_of, steps):
    for _ in range(steps):
        loss_of(w).backward()
        optimizer.step()
        optimizer.zero_grad()


def cleared_between(w, optimizer, loss_of, steps):
    for _ in range(steps):
        loss_of(w).backward()
        optimizer.zero_grad()
        optimizer.step()


def no_step(w, optimizer, loss_of, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss_of(w).backward()


def moved_by_hand(w, optimizer, loss_of, steps):
    """The same numbers, without the optimizer."""
    for _ in range(steps):
        optimizer.zero_grad()
        loss_of(w).backward()
        with torch.no_grad():
            w -= optimizer.param_groups[0]["lr"] * w.grad


def uphill(w, optimizer, loss_of, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        (-loss_of(w)).backward()
        optimizer.step()


def in_place(w, optimizer, loss_of, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss_of(w).backward()
        w -= optimizer.param_groups[0]["lr"] * w.grad


def detached(w, optimizer, loss_of, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss_of(w.detach()).backward()
        optimizer.step()


def under_no_grad(w, optimizer, loss_of, steps):
    with torch.no_grad():
        four_calls(w, optimizer, loss_of, steps)


def loss_once(w, optimizer, loss_of, steps):
    loss = loss_of(w)
    for _ in range(steps):
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def item_first(w, optimizer, loss_of, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_of(w).item()
        loss.backward()
        optimizer.step()


def one_loss_too_many(w, optimizer, loss_of, steps):
    four_calls(w, optimizer, loss_of, steps + 1)


def nothing(w, optimizer, loss_of, steps): ...


# --- exercise 9 ---


def quartic(w):
    return w**4 - 4 * w**2 + w


def descend(start, steps, sign=-1.0, clear=True, again=True):
    """The walk, and both witnesses where it ends."""
    w = leaf(start)
    quartic(w).backward()
    for _ in range(steps):
        if clear:
            w.grad = None
            quartic(w).backward()
        with torch.no_grad():
            w += sign * 0.01 * w.grad
        if not clear:
            quartic(w).backward()
    if clear and again:
        w.grad = None
        quartic(w).backward()
    return [w.item(), w.grad.item(), central_difference(quartic, w.item())]


def descend_by_rule(start, steps):
    """Without PyTorch: the rule."""
    w = start
    for _ in range(steps):
        w -= 0.01 * (4 * w**3 - 8 * w + 1)
    return w, 4 * w**3 - 8 * w + 1, (quartic(w + 1e-5) - quartic(w - 1e-5)) / 2e-5


def descend_forgetting(start, steps):
    """Old slopes add up in the walk; at its end they are cleared."""
    w = descend(start, steps, clear=False)[0]
    return descend(w, 0)


def descend_stale(start, steps):
    """The gradient of the last step but one place."""
    w = descend(start, steps)[0]
    stale = descend(start, steps - 1)[1]
    return [w, stale, stale]


def descend_unread(start, steps):
    """w.grad is read after the loop, without a walk back at the new place."""
    w = leaf(start)
    for _ in range(steps):
        w.grad = None
        quartic(w).backward()
        with torch.no_grad():
            w -= 0.01 * w.grad
    return [w.item(), w.grad.item(), central_difference(quartic, w.item())]


def descend_uncleared(start, steps):
    """The last walk back is added to the gradient of the last step."""
    w = leaf(start)
    for _ in range(steps):
        w.grad = None
        quartic(w).backward()
        with torch.no_grad():
            w -= 0.01 * w.grad
    quartic(w).backward()
    return [w.item(), w.grad.item(), central_difference(quartic, w.item())]


# --- exercise 6b ---


def weights_reshaped(w, rows, ys):
    """Both sides as columns."""
    w = torch.tensor(w, dtype=torch.float64).reshape(-1, 1).requires_grad_()
    X = torch.tensor(rows, dtype=torch.float64)
    y = torch.tensor(ys, dtype=torch.float64).reshape(-1, 1)
    ((X @ w - y) ** 2).mean().backward()
    return w.grad.flatten().tolist()


def weights_flat(w, rows, ys):
    """Both sides with one axis, and the loss from PyTorch."""
    w = torch.tensor(w, requires_grad=True)
    loss = torch.nn.functional.mse_loss(torch.tensor(rows) @ w, torch.tensor(ys))
    return torch.autograd.grad(loss, w)[0]


def weights_by_rule(w, rows, ys):
    """By hand."""
    X = np.array(rows)
    return 2 * X.T @ (X @ np.array(w) - np.array(ys)) / len(ys)


def weights_published(w, rows, ys, reduce=torch.mean):
    """As on the page."""
    w = torch.tensor(w).reshape(-1, 1).requires_grad_()
    reduce((torch.tensor(rows) @ w - torch.tensor(ys)) ** 2).backward()
    return w.grad.flatten().tolist()


# --- exercise 9b ---


def newton_by_grad(f, start, steps):
    """A new leaf in each step."""
    w = start
    for _ in range(steps):
        t = leaf(w)
        (first,) = torch.autograd.grad(f(t), t, create_graph=True)
        (second,) = torch.autograd.grad(first, t)
        w -= first.item() / second.item()
    return w


def newton_by_func(f, start, steps):
    """Derivatives as functions."""
    w, first = torch.tensor(start, dtype=torch.float64), torch.func.grad(f)
    for _ in range(steps):
        w = w - first(w) / torch.func.grad(first)(w)
    return w


def newton_by_backward(f, start, steps):
    """Two walks back, and .grad cleared between them."""
    w = leaf(start)
    for _ in range(steps):
        w.grad = None
        f(w).backward(create_graph=True)
        first = w.grad
        w.grad = None
        first.backward()
        w = leaf(w.item() - first.item() / w.grad.item())
    return w.item()


def newton_and(step, count=lambda steps: steps):
    """Another step than Newton's."""

    def walk(f, start, steps):
        w = start
        for _ in range(count(steps)):
            t = leaf(w)
            (first,) = torch.autograd.grad(f(t), t, create_graph=True)
            (second,) = torch.autograd.grad(first, t)
            w += step(f(w), first.item(), second.item())
        return w

    return walk


def newton_frozen(f, start, steps):
    """The second derivative is taken once."""
    w = leaf(start)
    first = torch.func.grad(f)
    bend = torch.func.grad(first)(w)
    for _ in range(steps):
        w = w - first(w) / bend
    return w.item()


def newton_without_graph(f, start, steps):
    """create_graph is missing."""
    w = start
    for _ in range(steps):
        t = leaf(w)
        (first,) = torch.autograd.grad(f(t), t)
        (second,) = torch.autograd.grad(first, t)
        w -= first.item() / second.item()
    return w


# --- exercise 10 ---


def target_slope(w, x, reward, x_next):
    """The target is detached."""
    w = leaf(w)
    target = (reward + 0.9 * w * x_next).detach()
    ((w * x - target) ** 2).backward()
    return w.grad.item()


def target_under_no_grad(w, x, reward, x_next):
    """No notes are taken of the target."""
    w = leaf(w)
    with torch.no_grad():
        target = reward + 0.9 * w * x_next
    return torch.autograd.grad((target - w * x) ** 2, w)[0]


def target_from_number(w, x, reward, x_next):
    """The target is computed from the plain number."""
    t = torch.tensor(w, requires_grad=True)
    ((t * x - reward - 0.9 * w * x_next) ** 2).backward()
    return t.grad


def target_moving(w, x, reward, x_next):
    """Nothing is held."""
    w = leaf(w)
    ((w * x - (reward + 0.9 * w * x_next)) ** 2).backward()
    return w.grad.item()


def prediction_held(w, x, reward, x_next):
    """The other side is held."""
    w = leaf(w)
    (((w * x).detach() - (reward + 0.9 * w * x_next)) ** 2).backward()
    return w.grad.item()


def both_held(w, x, reward, x_next):
    """No way leads back."""
    w = leaf(w)
    ((w * x - (reward + 0.9 * w * x_next)).detach() ** 2).backward()
    return w.grad.item()


# --- exercise 12 ---


def coffee_by_adam(minutes, degrees):
    """Weights near 1, in whatever precision is set."""
    t, y = torch.tensor(minutes), torch.tensor(degrees)
    scale, leaf_of = torch.tensor([20.0, 60.0, 0.05]), torch.ones(3, requires_grad=True)
    optimizer = torch.optim.Adam([leaf_of], lr=0.02)
    for _ in range(2000):
        optimizer.zero_grad()
        room, above, rate = leaf_of * scale
        ((room + above * torch.exp(-rate * t) - y) ** 2).mean().backward()
        optimizer.step()
    return (leaf_of * scale).detach()


def coffee_by_lbfgs(minutes, degrees):
    """An optimiser that asks several times in each step."""
    t, y = (torch.tensor(v, dtype=torch.float64) for v in (minutes, degrees))
    weights = torch.tensor([1.0, 3.0, 1.0], dtype=torch.float64, requires_grad=True)
    scale = torch.tensor([20.0, 20.0, 0.05], dtype=torch.float64)
    optimizer = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        room, above, rate = weights * scale
        loss = ((room + above * torch.exp(-rate * t) - y) ** 2).mean()
        loss.backward()
        return loss

    for _ in range(3):
        optimizer.step(closure)
    return (weights * scale).tolist()


def coffee_by_logarithms(minutes, degrees):
    """For each room the logarithm is a line; the room whose line fits best."""
    t, y = np.array(minutes), np.array(degrees)

    def fitted(room):
        slope, height = np.polyfit(t, np.log(y - room), 1, w=y - room)
        return room, np.exp(height), -slope

    def miss(law):
        return np.sum((law[0] + law[1] * np.exp(-law[2] * t) - y) ** 2)

    return min(map(fitted, np.arange(0, min(degrees) - 0.05, 0.02)), key=miss)


# --- exercise 2b ---


def kept_best(f, start, eta, steps, keep=lambda w: w.item(), late=False):
    """The walk of the page, which keeps what `keep` makes of w."""
    w, lowest = leaf(start), math.inf
    for _ in range(steps):
        w.grad = None
        loss = f(w)
        lower = loss < lowest
        if lower:
            lowest = loss.item()
        if lower and not late:
            best = keep(w)
        loss.backward()
        with torch.no_grad():
            w -= eta * w.grad
        if lower and late:
            best = keep(w)
    return best


def kept_by_places(f, start, eta, steps):
    """All places first, and the lowest of them at the end; no update in place."""
    slope = torch.func.grad(f)
    places = [torch.tensor(start, dtype=torch.float64)]
    for _ in range(steps - 1):
        places.append(places[-1] - eta * slope(places[-1]))
    return min(places, key=f).item()


def kept_with_the_end(f, start, eta, steps):
    """The place after the last step may count as well."""
    return kept_by_places(f, start, eta, steps + 1)


# --- exercise 3b ---


def wishes_by_jacobian(weights, rows, ys, losses=None, length=lambda table: table.norm(dim=1)):
    """The table of all slopes, one row for each example."""
    X, y = torch.tensor(rows), torch.tensor(ys)
    losses = losses or (lambda X, y, w: (torch.tanh(X @ w) - y) ** 2)
    table = torch.func.jacrev(lambda w: losses(X, y, w))(torch.tensor(weights))
    return length(table).tolist()


def wishes_by_vmap(weights, rows, ys):
    """The gradient of one example, at all of them at once."""

    def loss(w, row, y):
        return (torch.tanh(row @ w) - y) ** 2

    X, y, w = (torch.tensor(v, dtype=torch.float64) for v in (rows, ys, weights))
    return torch.func.vmap(torch.func.grad(loss), in_dims=(None, 0, 0))(w, X, y).norm(dim=1)


def wishes_by_loop(weights, rows, ys):
    """One walk back for each example."""
    found = []
    for row, y in zip(rows, ys, strict=True):
        w = leaf(weights)
        ((torch.tensor(row, dtype=torch.float64) @ w).tanh() - y).pow(2).backward()
        found.append(w.grad.norm().item())
    return found


def wishes_by_rule(weights, rows, ys):
    """By hand."""
    X, y = np.array(rows), np.array(ys)
    h = np.tanh(X @ np.array(weights))
    return np.sqrt((X**2).sum(axis=1)) * np.abs(2 * (h - y) * (1 - h**2))


# --- exercise 5b ---


def swish_pulled(back):
    """`pulled` with an operation whose way back is `back` of x, its sigmoid and the gradient."""

    class Swish(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x.sigmoid()

        @staticmethod
        def backward(ctx, gradient):
            (x,) = ctx.saved_tensors
            return back(x, x.sigmoid(), gradient)

    def pulled(x, care):
        x = torch.tensor(x, requires_grad=True)
        Swish.apply(x).backward(torch.tensor(care))
        return ... if x.grad is None else x.grad.tolist()

    return pulled


def pulled_by_autograd(x, care):
    """Without an operation of one's own."""
    x = leaf(x)
    return torch.autograd.grad(x * x.sigmoid(), x, torch.tensor(care, dtype=torch.float64))[0]


# --- exercise 7b ---


def rate_by_hessian(f, w, direction=lambda g: g / g.norm(), table=lambda H: H):
    """One over the curvature along the gradient."""
    w = torch.tensor(w, dtype=torch.float64)
    g, H = torch.func.grad(f)(w), table(torch.func.hessian(f)(w))
    u = direction(g)
    return (1 / (u @ H @ u)).item()


def rate_by_newton(f, w):
    """Newton's step on the curve f(w − η·g), from η = 0."""
    w, eta = leaf(w), leaf(0.0)
    (g,) = torch.autograd.grad(f(w), w)
    (first,) = torch.autograd.grad(f(w.detach() - eta * g), eta, create_graph=True)
    (second,) = torch.autograd.grad(first, eta)
    return -(first / second).item()


def rate_by_nudges(f, w):
    """No autograd at all: three points of the curve."""
    at, h = np.array(w), 1e-4
    g = np.array([(f(at + h * e) - f(at - h * e)) / (2 * h) for e in np.eye(len(at))])
    low, here, high = (f(at - eta * g) for eta in (-h, 0.0, h))
    return -((high - low) / (2 * h)) / ((high - 2 * here + low) / h**2)


RIGHT = {
    "pytorch_autograd.predict_grad": [10, 10.0, torch.tensor(10.0)],
    "pytorch_autograd.predict_leaf": ["b", "None", " B "],
    "pytorch_autograd.predict_second_step": [5.2, 7 - 0.1 * 18, np.float64(5.2)],
    "pytorch_autograd.predict_twice": [20, 20.0],
    "pytorch_autograd.predict_curve": ["b", "(b)"],
    "pytorch_autograd.predict_pairs": [25, 5 * 5, np.int64(25)],
    "pytorch_autograd.predict_bowl": ["c", "C", "(c)"],
    "pytorch_autograd.predict_lost": [1, 1.0, np.float32(1) + np.float32(1e-8)],
    "pytorch_autograd.2b": [
        kept_best,
        lambda f, start, eta, steps: kept_best(f, start, eta, steps, lambda w: w.detach().clone()),
        kept_by_places,
        kept_with_the_end,
        best_weight,
    ],
    "pytorch_autograd.3b": [
        wishes_by_jacobian,
        wishes_by_vmap,
        wishes_by_loop,
        wishes_by_rule,
        wishes,
    ],
    "pytorch_autograd.5b": [
        swish_pulled(lambda x, s, gradient: gradient * (s + x * s * (1 - s))),
        swish_pulled(lambda x, s, gradient: gradient * s * (1 + x - x * s)),
        pulled_by_autograd,
        pulled,
    ],
    "pytorch_autograd.7b": [rate_by_hessian, rate_by_newton, rate_by_nudges, best_rate],
    "pytorch_autograd.predict_detach": [3, torch.tensor(3.0)],
    "pytorch_autograd.predict_second": [40, np.float64(40)],
    "pytorch_autograd.1": [
        by_backward(),
        by_backward().item(),
        2 * AT_1 * math.sin(AT_1) + AT_1**2 * math.cos(AT_1),
        central_difference(lambda w: w**2 * math.sin(w), AT_1),
        torch.func.grad(lambda w: w**2 * w.sin())(torch.tensor(AT_1)),
    ],
    "pytorch_autograd.2": ["c", "C"],
    "pytorch_autograd.3": ["2*u*v + 3", "2uv + 3", "3*1 + v*2*u"],
    "pytorch_autograd.4": [
        figure(w=1, calls=3, x_needs=False),
        explore_leaves(w=0).set(w=1, calls=3),
    ],
    "pytorch_autograd.5": [
        slope_by_backward,
        slope_by_grad,
        lambda f, w: torch.func.grad(f)(torch.tensor(w, dtype=torch.float64)).item(),
        lambda f, w: central_difference(f, w),
    ],
    "pytorch_autograd.12": [coffee_by_adam, coffee_by_lbfgs, coffee_by_logarithms, fit_coffee],
    "pytorch_autograd.6b": [weights_reshaped, weights_flat, weights_by_rule],
    "pytorch_autograd.9b": [newton_by_grad, newton_by_func, newton_by_backward],
    "pytorch_autograd.10": [
        target_slope,
        target_under_no_grad,
        target_from_number,
        lambda w, x, reward, x_next: 2 * x * (w * x - reward - 0.9 * w * x_next),
    ],
    "pytorch_autograd.11": [[2, 3, 1, 4], (2, 3, 1, 4), np.array([2, 3, 1, 4])],
    "pytorch_autograd.6": [
        train,
        train_by_optimizer,
        train_by_func,
        lambda start, eta, steps: 3 + (start - 3) * (1 - 2 * eta) ** steps,
    ],
    "pytorch_autograd.7": [gradient, gradient_by_mse, gradient_by_engine, regression],
    "pytorch_autograd.8": [
        four_calls,
        watch(four_calls),
        watch(cleared_by_hand),
        watch(clear_last_and_first),
        watch(forward_first),
    ],
    "pytorch_autograd.9": [descend, descend_by_rule],
}

WRONG = {
    "pytorch_autograd.predict_grad": [
        (25, "value-for-gradient"),
        (5, "forgotten-two"),
        (-10, "sign-error"),
        (8, "place-for-value"),
        (11, "wrong"),
        (leaf(10.0), "type"),
        (..., "not-attempted"),
    ],
    "pytorch_autograd.predict_leaf": [
        ("a", "value-for-gradient"),
        ("c", "upstream-forgotten"),
        (0, "type"),
        (..., "not-attempted"),
    ],
    "pytorch_autograd.predict_second_step": [
        (6.2, "gradient-not-zeroed"),
        (6, "overwrite-for-accumulate"),
        (5, "slope-of-the-start"),
        (-11, "step-size-left-out"),
        (18, "wrong"),
    ],
    "pytorch_autograd.predict_twice": [
        (10, "gradient-not-zeroed"),
        (0, "seed-of-zero"),
        (100, "products-not-added"),
        (25, "wrong"),
    ],
    "pytorch_autograd.predict_curve": [
        ("a", "step-too-large"),
        ("c", "gradient-blamed"),
        (0.01, "type"),
        (..., "not-attempted"),
    ],
    "pytorch_autograd.predict_pairs": [
        (5, "silent-broadcast"),
        (0, "silent-broadcast"),
        (10, "silent-broadcast"),
        (20, "wrong"),
        (..., "not-attempted"),
    ],
    "pytorch_autograd.predict_bowl": [
        ("a", "one-rate-for-all"),
        ("b", "flattest-sets-the-limit"),
        ("d", "factor-dropped"),
        ("e", "type"),
    ],
    "pytorch_autograd.predict_lost": [
        (1.001, "true-value-for-printed"),
        (1.01, "decimal-point"),
        (1.0001, "decimal-point"),
        (2, "wrong"),
        (0, "wrong"),
    ],
    "pytorch_autograd.2b": [
        (lambda f, start, eta, steps: kept_best(f, start, eta, steps, lambda w: w.detach()),
         "memory-shared"),
        (lambda f, start, eta, steps: kept_best(f, start, eta, steps, lambda w: w.data),
         "memory-shared"),
        (lambda f, start, eta, steps: kept_best(f, start, eta, steps, late=True),
         "one-step-too-many"),
        (lambda f, start, eta, steps: float(f(kept_by_places(f, start, eta, steps))),
         "height-for-place"),
        (lambda f, start, eta, steps: start, "stopped-too-soon"),
        (lambda f, start, eta, steps: kept_best(f, start, eta, steps, lambda w: w), "type"),
        (lambda f, start, eta, steps: kept_by_places(f, start, eta / 2, steps), "wrong"),
        (lambda f, start, eta, steps: None, "not-attempted"),
    ],
    "pytorch_autograd.3b": [
        (lambda weights, rows, ys: (np.tanh(np.array(rows) @ weights) - ys) ** 2,
         "value-for-gradient"),
        (lambda weights, rows, ys: wishes_by_rule(weights, rows, ys) / len(ys), "forgotten-mean"),
        (lambda weights, rows, ys: wishes_by_jacobian(
            weights, rows, ys, length=lambda table: table.abs().sum(dim=1)), "sum-for-length"),
        (lambda weights, rows, ys: wishes_by_rule(weights, rows, ys) / 2, "forgotten-two"),
        (lambda weights, rows, ys: np.linalg.norm(rows, axis=1)
         * np.abs(2 * (np.tanh(np.array(rows) @ weights) - ys)), "activation-slope-forgotten"),
        (lambda weights, rows, ys: wishes_by_jacobian(
            weights, rows, ys, lambda X, y, w: (torch.tanh(X @ w) - y) ** 2 / len(y)),
         "forgotten-mean"),
        (lambda weights, rows, ys: leaf(weights).sum().item().backward(), "item-before-backward"),
        (lambda weights, rows, ys: wishes_by_jacobian(
            weights, rows, ys, length=lambda table: table), "type"),
        (lambda weights, rows, ys: torch.nn.Linear(2, 1, dtype=torch.float32)(
            torch.tensor(np.ones((3, 2)))), "dtypes-differ"),
        (lambda weights, rows, ys: torch.tensor([1, 2], requires_grad=True),
         "whole-number-gradient"),
    ],
    "pytorch_autograd.5b": [
        (swish_pulled(lambda x, s, gradient: s + x * s * (1 - s)), "upstream-forgotten"),
        (swish_pulled(lambda x, s, gradient: gradient * s * (1 - s)), "product-of-derivatives"),
        (swish_pulled(lambda x, s, gradient: gradient * s), "one-strip-only"),
        (swish_pulled(lambda x, s, gradient: gradient * x * s * (1 - s)), "one-strip-only"),
        (swish_pulled(lambda x, s, gradient: gradient * x * s), "value-for-slope"),
        (swish_pulled(lambda x, s, gradient: gradient * (s - x * s)), "wrong"),
        (swish_pulled(lambda x, s, gradient: None), "not-attempted"),
    ],
    "pytorch_autograd.7b": [
        (lambda f, w: rate_by_hessian(f, w, direction=lambda g: g), "direction-not-normalised"),
        (lambda f, w: 2 * rate_by_newton(f, w), "limit-for-best-rate"),
        (lambda f, w: 1 / torch.func.hessian(f)(torch.tensor(w)).diagonal().max().item(),
         "largest-partial-only"),
        (lambda f, w: rate_by_hessian(f, w, table=lambda H: torch.diag(H.diagonal())),
         "other-term-kept"),
        (lambda f, w: -rate_by_hessian(f, w), "sign-error"),
        (lambda f, w: 1 / rate_by_newton(f, w), "reciprocal"),
        (lambda f, w: 1 / torch.func.grad(f)(torch.tensor(w)).norm().item(), "wrong"),
        (lambda f, w: 0.1, "input-not-used"),
        (lambda f, w: f(leaf(w)).item().backward(), "item-before-backward"),
    ],
    "pytorch_autograd.predict_detach": [
        (0, "nothing-recorded"),
        (6, "constant-kept"),
        (9, "value-for-gradient"),
        (1, "wrong"),
    ],
    "pytorch_autograd.predict_second": [
        (17, "first-for-second"),
        (2, "value-for-gradient"),
        (41, "constant-kept"),
        (80, "exponent-not-lowered"),
        (48, "wrong"),
        ("12*w**2 - 8", "type"),
    ],
    "pytorch_autograd.1": [
        (AT_1**2 * math.sin(AT_1), "value-for-gradient"),
        (2 * AT_1 * math.cos(AT_1), "product-of-derivatives"),
        (2 * product_slope(AT_1), "gradient-not-zeroed"),
        (AT_1**2 * math.cos(AT_1), "nothing-recorded"),
        (by_a_plain_sine(), "nothing-recorded"),
        (3.1, "wrong"),
        (3.15, "rounded-early"),
        (leaf(product_slope(AT_1)), "type"),
        (None, "not-attempted"),
    ],
    "pytorch_autograd.2": [
        ("a", "nothing-recorded"),
        ("b", "graph-walked-twice"),
        ("d", "update-inside-graph"),
        ("e", "type"),
    ],
    "pytorch_autograd.3": [
        ("2*u*v + 1", "upstream-forgotten"),
        ("2*u*v", "overwrite-for-accumulate"),
        ("3", "overwrite-for-accumulate"),
        ("u**2 + 3", "partials-swapped"),
        ("u**2*v + 3*(u + v)", "value-for-gradient"),
        ("u*v", "wrong"),
        ("2*u*w", "type"),
    ],
    "pytorch_autograd.4": [
        (figure(w=-1, calls=1, x_needs=False), "gradient-not-zeroed"),
        (figure(w=1, calls=3), "other-variable-moves"),
        (figure(w=1, calls=3, x_needs=False, detached=True), "nothing-recorded"),
        (figure(w=1, calls=3, w_needs=False, x_needs=False), "nothing-recorded"),
        (figure(w=1, calls=2, x_needs=False), "wrong"),
        (figure(), "not-attempted"),
        (-24, "type"),
    ],
    "pytorch_autograd.5": [
        (lambda f, w: float(f(w)), "value-for-gradient"),
        (slope_of_item, "item-before-backward"),
        (slope_detached, "nothing-recorded"),
        (lambda f, w: f(torch.tensor(w)).backward(), "nothing-recorded"),
        (slope_twice, "gradient-not-zeroed"),
        (lambda f, w: -slope_by_backward(f, w), "sign-error"),
        (slope_with_graph, "type"),
        (lambda f, w: w, "input-not-used"),
        (lambda f: f, "type"),
        (10.0, "point-for-function"),
        (lambda f, w: None, "not-attempted"),
    ],
    "pytorch_autograd.12": [
        (lambda minutes, degrees: [0, degrees[0], 0.02], "room-left-out"),
        (lambda minutes, degrees: np.roll(fit_coffee(minutes, degrees), 1), "partials-swapped"),
        (lambda minutes, degrees: fit_coffee(minutes, degrees) * np.array([1, 1, -1]),
         "sign-error"),
        (lambda minutes, degrees: [np.nan, np.nan, np.nan], "step-too-large"),
        (lambda minutes, degrees: [20.0, 60.0, 0.05], "wrong"),
        (lambda minutes, degrees: fit_coffee(minutes, degrees)[:2], "type"),
        (lambda minutes, degrees: torch.tensor(20.0).item().backward(), "item-before-backward"),
    ],
    "pytorch_autograd.6b": [
        (weights_published, "silent-broadcast"),
        (lambda w, rows, ys: 2 * np.array(rows).T @ (np.array(rows) @ w - np.mean(ys)) / len(ys),
         "silent-broadcast"),
        (lambda w, rows, ys: weights_by_rule(w, rows, ys) * len(ys), "loss-not-reduced"),
        (lambda w, rows, ys: weights_by_rule(w, rows, ys) / 2, "forgotten-two"),
        (lambda w, rows, ys: -weights_by_rule(w, rows, ys), "residual-turned-around"),
        (lambda w, rows, ys: weights_published(w, rows, ys, lambda r: r), "loss-not-reduced"),
        (lambda w, rows, ys: torch.tensor(w).item().backward(), "error"),
        (lambda w, rows, ys: torch.tensor(1.0, requires_grad=True).mul(2).item().backward(),
         "item-before-backward"),
        (lambda w, rows, ys: weights_published(w, rows, ys, torch.sum), "wrong"),
        (lambda w, rows, ys: torch.nn.functional.binary_cross_entropy_with_logits(
            torch.tensor(ys).reshape(-1, 1), torch.tensor(ys)), "target-shape-differs"),
        (lambda w, rows, ys: weights_by_rule(w, rows, ys)[0], "type"),
    ],
    "pytorch_autograd.9b": [
        (newton_and(lambda y, first, second: -y / first), "value-for-slope"),
        (newton_and(lambda y, first, second: first / second), "ascent-for-descent"),
        (newton_and(lambda y, first, second: -second / first), "rise-run-swapped"),
        (newton_and(lambda y, first, second: -first), "step-size-left-out"),
        (newton_frozen, "slope-of-the-start"),
        (lambda f, start, steps: newton_by_grad(f, start, steps + 1), "one-step-too-many"),
        (lambda f, start, steps: newton_by_grad(f, start, steps - 1), "one-step-too-many"),
        (newton_without_graph, "nothing-recorded"),
        (newton_and(lambda y, first, second: -0.01 * first), "wrong"),
        (newton_and(lambda y, first, second: -first / abs(second)), "wrong"),
    ],
    "pytorch_autograd.10": [
        (target_moving, "target-moves-along"),
        (prediction_held, "target-moves-along"),
        (both_held, "nothing-recorded"),
        (lambda w, x, reward, x_next: target_slope(w, x, reward, x_next) / 2, "forgotten-two"),
        (lambda w, x, reward, x_next: -target_slope(w, x, reward, x_next),
         "residual-turned-around"),
        (lambda w, x, reward, x_next: 2 * x * (w * x - reward), "other-term-kept"),
        (lambda w, x, reward, x_next: leaf(w).item().backward(), "item-before-backward"),
        (lambda w, x, reward, x_next: (w * x - reward - 0.9 * w * x_next) ** 2, "wrong"),
    ],
    "pytorch_autograd.11": [
        ([3, 1, 2, 4], "matched-the-other-way"),
        ([3, 2, 1, 4], "another-order"),
        ([1, 2, 3, 4], "another-order"),
        ([2, 3, 1], "type"),
        ("2314", "type"),
    ],
    "pytorch_autograd.6": [
        (lambda start, eta, steps: train(start, eta, steps, "never"), "gradient-not-zeroed"),
        (lambda start, eta, steps: train(start, eta / 10, steps, "never"), "step-too-large"),
        (lambda start, eta, steps: train(start, eta, steps, "before the step"),
         "zeroed-before-step"),
        (lambda start, eta, steps: train(start, eta, steps, sign=1.0), "ascent-for-descent"),
        (lambda start, eta, steps: train(start, eta, steps + 1), "one-step-too-many"),
        (train_while_recording, "update-inside-graph"),
        (lambda start, eta, steps: leaf(train(start, eta, steps)), "type"),
        (lambda start, eta, steps: 3.0, "input-not-used"),
        (lambda start, eta, steps: None, "not-attempted"),
    ],
    "pytorch_autograd.7": [
        (lambda w, b, xs, ys: gradient(w, b, xs, ys, torch.sum), "loss-not-reduced"),
        (ones_sent_back, "loss-not-reduced"),
        (lambda w, b, xs, ys: gradient(w, b, xs, ys, lambda r: r.mean() / 2), "forgotten-two"),
        (lambda w, b, xs, ys: gradient(w, b, xs, ys)[::-1], "partials-swapped"),
        (lambda w, b, xs, ys: gradient(w, b, xs, ys, lambda r: -r.mean()),
         "residual-turned-around"),
        (lambda w, b, xs, ys: gradient(w, b, xs, ys, lambda r: r.mean().item()),
         "item-before-backward"),
        (not_reduced, "loss-not-reduced"),
        (lambda w, b, xs, ys: gradient(w, b, xs, ys)[0], "type"),
        (lambda w, b, xs, ys: [w, b], "input-not-used"),
    ],
    "pytorch_autograd.8": [
        (watch(never_cleared), "gradient-not-zeroed"),
        (watch(cleared_last), "gradient-not-zeroed"),
        (watch(cleared_once), "gradient-not-zeroed"),
        (watch(cleared_between), "zeroed-before-step"),
        (watch(cleared_twice), "update-before-backward"),
        (watch(step_before_backward), "update-before-backward"),
        (watch(no_backward), "backward-forgotten"),
        (watch(only_steps), "backward-forgotten"),
        (watch(no_step), "optimizer-not-called"),
        (watch(moved_by_hand), "optimizer-not-called"),
        (watch(uphill), "ascent-for-descent"),
        (watch(one_loss_too_many), "one-step-too-many"),
        (watch(in_place), "update-inside-graph"),
        (watch(detached), "nothing-recorded"),
        (watch(under_no_grad), "nothing-recorded"),
        (watch(loss_once), "graph-walked-twice"),
        (watch(item_first), "item-before-backward"),
        (watch(nothing), "not-attempted"),
        (watch(None), "not-attempted"),
    ],
    "pytorch_autograd.9": [
        (descend_forgetting, "gradient-not-zeroed"),
        (lambda start, steps: descend(start, steps, sign=1.0), "ascent-for-descent"),
        (lambda start, steps: descend(start, steps + 1), "one-step-too-many"),
        (lambda start, steps: [descend(start, steps)[0], *[quartic(descend(start, steps)[0])] * 2],
         "value-for-gradient"),
        (descend_stale, "slope-of-the-start"),
        (descend_unread, "slope-of-the-start"),
        (descend_uncleared, "gradient-not-zeroed"),
        (lambda start, steps: descend(start, steps)[:2], "type"),
        (lambda start, steps: [start, 0.0, 0.0], "input-not-used"),
        (lambda start, steps: None, "not-attempted"),
    ],
}  # fmt: skip
