"""Chapter 16b: a small network on real digits in NumPy, and the instruments of the project.

An instrument is handed what the learner wrote, uses it on data of its own, and returns numbers by
their names (see `utils/measuring.py`). It never knows which numbers are right. torch is imported
where an instrument is used.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

import numpy as np

from utils import data
from utils.measuring import Found, Instrument, Saying, Unfit

CLASSES, PIXELS, DARKEST = 10, 64, 16.0
PARTS = "training", "validation", "test"

# --- the network of the figure ---

FEW, JUDGES = 60, 300  # digits that it is trained on, and that judge it
HIDDEN, ETA, EPOCHS = 30, 1.0, 120
Weights = list[np.ndarray]


def logits(weights: Weights, X: np.ndarray) -> np.ndarray:
    """The scores of the ten classes, shape (m, 10), of scaled pictures, shape (m, 64)."""
    W1, b1, W2, b2 = weights
    return np.tanh(X @ W1 + b1) @ W2 + b2


def softmax(z: np.ndarray) -> np.ndarray:
    """The probabilities that scores stand for, shape as of z; each row adds up to 1."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(z: np.ndarray, y: np.ndarray) -> float:
    """The mean of −ln of the probability of the right class."""
    highest = z.max(axis=1)
    total = highest + np.log(np.exp(z - highest[:, None]).sum(axis=1))
    return float(np.mean(total - z[np.arange(len(y)), y]))


@lru_cache(maxsize=1)
def few_digits() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """60 digits to train on and 300 that judge, drawn at random: X and y of each.

    The pictures have the shape (m, 64), scaled by mean and spread of the 60.
    """
    X, y = data.digits()
    own, judges = _drawn_rows()
    mean, spread = X[own].mean(axis=0), X[own].std(axis=0)
    spread[spread < 1] = DARKEST  # a pixel that is hardly ever dark
    return (X[own] - mean) / spread, y[own], (X[judges] - mean) / spread, y[judges]


def judging_pictures() -> np.ndarray:
    """The 300 that judge as they are in the table, shape (300, 8, 8), from 0 to 16."""
    X, _ = data.digits()
    _, judges = _drawn_rows()
    return X[judges].reshape(-1, 8, 8)


def _drawn_rows() -> tuple[np.ndarray, np.ndarray]:
    """The row numbers of the digits that are trained on, and of those that judge."""
    _, y = data.digits()
    order = np.random.default_rng(0).permutation(len(y))
    return order[:FEW], order[FEW : FEW + JUDGES]


@lru_cache(maxsize=1)
def training_run() -> list[Weights]:
    """The weights before training and after each epoch, which is one step with all 60 digits."""
    X, y, _, _ = few_digits()
    rng = np.random.default_rng(1)
    hot = np.eye(CLASSES)[y]
    W1 = rng.standard_normal((PIXELS, HIDDEN)) / math.sqrt(PIXELS)
    W2 = rng.standard_normal((HIDDEN, CLASSES)) / math.sqrt(HIDDEN)
    run = [[W1, np.zeros(HIDDEN), W2, np.zeros(CLASSES)]]
    for _ in range(EPOCHS):
        W1, b1, W2, b2 = run[-1]
        h = np.tanh(X @ W1 + b1)
        dz2 = (softmax(h @ W2 + b2) - hot) / len(X)
        dz1 = dz2 @ W2.T * (1 - h * h)
        slopes = X.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)
        run.append([w - ETA * s for w, s in zip(run[-1], slopes, strict=True)])
    return run


@lru_cache(maxsize=1)
def losses() -> tuple[list[float], list[float]]:
    """The loss of the 60 and that of the 300, before training and after each epoch."""
    X, y, X_val, y_val = few_digits()
    run = training_run()
    return (
        [cross_entropy(logits(weights, X), y) for weights in run],
        [cross_entropy(logits(weights, X_val), y_val) for weights in run],
    )


# --- instruments: reading what comes back ---


def _on_one_thread(measure: Instrument) -> Instrument:
    """The same with one thread of torch: several get in each other's way in networks so small."""

    @wraps(measure)
    def measured(pieces: Any, at: Saying) -> Found:
        import torch

        before = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            return measure(pieces, at)
        finally:
            torch.set_num_threads(before)

    return measured


def _rows_of(part: Any, count: int, name: str) -> np.ndarray:
    """Row numbers, as any of the forms in which they are usual; a mask of truth values, too."""
    part = getattr(part, "indices", part)  # what random_split gives back
    try:
        rows = np.array(_plain(part))
    except Exception:
        raise Unfit(_no_rows(name)) from None
    if rows.dtype == bool and rows.shape == (count,):
        return np.flatnonzero(rows)
    if rows.ndim != 1 or rows.dtype.kind not in "iu" or not len(rows):
        raise Unfit(_no_rows(name))
    if rows.min() < 0 or rows.max() >= count:
        raise Unfit(
            f"Your {name} part holds the row {int(rows.min() if rows.min() < 0 else rows.max())}, "
            f"and the {count} rows that I handed over count from 0. Rows are counted from 0 in "
            "Python, and a negative number counts from the end, which would hide a row that is in "
            "two parts. From where do your row numbers come?"
        )
    return rows


def _plain(part: Any) -> Any:
    """What a tensor, an array or a list holds."""
    if hasattr(part, "detach"):
        part = part.detach().cpu().numpy()
    return part if isinstance(part, np.ndarray) else list(part)


def _no_rows(name: str) -> str:
    return (
        f"What your function gives back for the {name} part is no list of row numbers. Hand back "
        "three of them, for training, validation and test: whole numbers such as 0, 17 and 1203, "
        "in a list, an array or a tensor. They say which rows of the table belong to the part. "
        "What does yours hold in their place?"
    )


def _parts(given: Any, count: int, what: str) -> list[Any]:
    """Something that holds so many things."""
    if not isinstance(given, (tuple, list)) or len(given) != count:
        many = f"{len(given)} things" if isinstance(given, (tuple, list)) else "something else"
        raise Unfit(
            f"Your function should give back {what}, and it gives back {many}. The next steps of "
            "the project unpack what this one returns, so its form has to be the one in the task. "
            "Print what it returns for a small input: which part is missing, or one too many?"
        )
    return list(given)


def _tensor(value: Any, what: str) -> Any:
    import torch

    if not isinstance(value, torch.Tensor):
        raise Unfit(
            f"I expected a tensor for {what}, and found a `{type(value).__name__}`. The layers of "
            "PyTorch work on its own tensors, which know their type, their device and their "
            "gradient. `torch.tensor(…)` makes one out of an array. In which line should that "
            "happen?"
        )
    return value.detach().cpu()


def _pair(given: Any, what: str) -> tuple[Any, Any]:
    inputs, labels = _parts(given, 2, f"a pair of inputs and labels for {what}")
    return _tensor(inputs, f"the inputs of {what}"), _tensor(labels, f"the labels of {what}")


def _number(value: Any, what: str) -> float:
    try:
        return float(value)
    except Exception:
        raise Unfit(
            f"I expected one number for {what}, and found a `{type(value).__name__}`. A tensor "
            "with one entry would do, and so would a float of Python. Print it together with its "
            "type: does it hold several numbers, or is something else in their place?"
        ) from None


def _small_digits(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """So many of the digits, drawn at random."""
    X, y = data.digits()
    rows = np.random.default_rng(seed).permutation(len(y))[:count]
    return X[rows], y[rows]


def _tensors(X: np.ndarray, y: np.ndarray) -> tuple[Any, Any]:
    """Pictures with numbers from 0 to 1 as float32, and their labels as int64."""
    import torch

    return torch.tensor(X / DARKEST, dtype=torch.float32), torch.tensor(y)


# --- step 1: the split ---


def measure_split(split: Callable[..., Any], at: Saying) -> Found:
    """Uses `split(y, seed)` on the labels of the course and on others, with several seeds."""
    _, y = data.digits()
    count = len(y)

    def parts(labels: np.ndarray, seed: int) -> list[np.ndarray]:
        at(f"{len(labels)} labels and seed {seed}")
        given = _parts(split(labels.copy(), seed), 3, "three lists of row numbers")
        return [_rows_of(p, len(labels), n) for p, n in zip(given, PARTS, strict=True)]

    first, again, other = parts(y, 0), parts(y, 0), parts(y, 1)
    sorted_labels = np.repeat(np.arange(3), 200)
    toy = parts(sorted_labels, 0)
    train, val, test = (set(rows.tolist()) for rows in first)
    return {
        "train and test": len(train & test),
        "train and validation": len(train & val),
        "validation and test": len(val & test),
        "lost": count - len(train | val | test),
        "twice": sum(len(rows) - len(set(rows.tolist())) for rows in first),
        "in order": sum(np.ptp(rows) + 1 == len(rows) for rows in first),
        "same again": all(map(np.array_equal, first, again)),
        "same with another seed": all(map(_same_rows, first, other)),
        "fewest of a class": min(_fewest(first, y, CLASSES), 3 * _fewest(toy, sorted_labels, 3)),
        "training share": len(first[0]) / count,
        "smallest share": min(len(val), len(test)) / count,
    }


def _same_rows(a: np.ndarray, b: np.ndarray) -> bool:
    return np.array_equal(np.sort(a), np.sort(b))


def _fewest(parts: Sequence[np.ndarray], labels: np.ndarray, classes: int) -> int:
    """How many rows the rarest class has in the part where it is rarest."""
    return min(int(np.bincount(labels[rows], minlength=classes).min()) for rows in parts)


# --- step 2: tensors, scaled ---


def measure_preparation(prepare: Callable[..., Any], at: Saying) -> Found:
    """Uses `prepare(X, y, train, val, test)` on digits, and again with other test rows."""
    import torch

    X, y = _small_digits(400)
    rows = np.random.default_rng(3).permutation(400)
    train, val, test = rows[:240], rows[240:320], rows[320:]
    X[val[0]] = X[test[0]] = X[train[0]]  # the same picture in all three parts
    changed = X.copy()
    others = np.concatenate([val[1:], test[1:]])
    changed[others] = 40 - 2 * changed[others]

    def parts(table: np.ndarray) -> list[tuple[Any, Any]]:
        handed = (table.copy(), y.copy(), train.copy(), val.copy(), test.copy())
        given = _parts(prepare(*handed), 3, "three pairs: training, validation and test")
        return [_pair(pair, f"the {name} part") for pair, name in zip(given, PARTS, strict=True)]

    at("400 digits")
    mine = parts(X)
    for (inputs, _), chosen in zip(mine, (train, val, test), strict=True):
        if tuple(inputs.shape) != (len(chosen), PIXELS):
            raise Unfit(
                f"From {len(chosen)} rows of {PIXELS} numbers you made inputs of the shape "
                f"{tuple(inputs.shape)}. The next steps expect one row for each digit, with all "
                "its numbers, in the order of the row numbers. Print the shapes of what you hand "
                "back: along which direction went something astray?"
            )
    at("400 digits, those of validation and test changed")
    seen = parts(changed)[0][0].double().numpy()
    inputs = [part[0].double().numpy() for part in mine]
    labels = [part[1] for part in mine]
    finite = all(np.isfinite(part).all() for part in inputs)
    whole = [label.dtype == torch.int64 and label.ndim == 1 for label in labels]
    right = (
        label.shape == (len(chosen),) and np.array_equal(label.numpy(), y[chosen])
        for label, chosen in zip(labels, (train, val, test), strict=True)
    )
    return {
        "finite": finite,
        "leak": _apart(inputs[0], seen),
        "apart": max(_apart(part[0], inputs[0][0]) for part in inputs),
        "float32": all(part[0].dtype == torch.float32 for part in mine),
        "whole labels": all(whole),
        "right labels": all(right) if all(whole) else True,
        "size": float(np.sqrt(np.mean(inputs[0] ** 2))) if finite else math.nan,
    }


def _apart(a: np.ndarray, b: np.ndarray) -> float:
    """The largest difference; what is no number is left out."""
    both = np.isfinite(a) & np.isfinite(b)
    return float(np.max(np.abs(a - b)[both], initial=0.0))


# --- step 3: the network ---


@_on_one_thread
def measure_net(Net: Callable[..., Any], at: Saying) -> Found:
    """Makes a `Net()` and asks it for the scores of pictures made up at random."""
    import torch

    if isinstance(Net, torch.nn.Module):
        raise Unfit(
            "You gave one network, and I would like to make my own: with weights that nobody has "
            "trained, and several of them. So hand over the class by its name, without brackets "
            "behind it. A class is the plan, and each call of it builds one. What stands behind "
            "your word `class`?"
        )
    at("Net()")
    net = _network(Net())
    X = torch.randn((16, PIXELS), generator=torch.Generator().manual_seed(0))
    y = torch.arange(16) % CLASSES
    with torch.no_grad():
        net.eval()
        at("16 rows of 64 numbers")
        calm, again = _scores(net(X)), _scores(net(X))
        far = _scores(net(20 * X))
        at("one row of 64 numbers")
        alone = _scores(net(X[3:4]))
    given = list(net.parameters())
    parts = calm.shape == (16, CLASSES)
    unreached = 0
    if parts and given:
        net.train()
        at("a step back from its loss")
        torch.nn.functional.cross_entropy(net(X), y).backward()
        unreached = sum(p.grad is None for p in given if p.requires_grad)
    rows = parts and far.min() >= 0 and far.max() > 0
    return {
        "rows": calm.shape[0],
        "columns": calm.shape[1] if calm.ndim == 2 else 0,
        "float32": calm.dtype == torch.float32,
        "finite": bool(torch.isfinite(calm).all()),
        "weights": sum(p.numel() for p in given),
        "hidden layers": _unregistered(net),
        "unreached": unreached,
        "differs": _most_apart(calm, again),
        "leans on others": _most_apart(calm[3:4], alone) if parts else 0.0,
        "squashed": bool(rows and far.max() <= 1 + 1e-6),
        "never below zero": bool(rows and far.max() > 1 + 1e-6 and (far == 0).any()),
    }


def _network(made: Any) -> Any:
    import torch

    if isinstance(made, torch.nn.Module):
        return made.cpu()
    raise Unfit(
        f"I expected a network there, an `nn.Module`, and found a `{type(made).__name__}`. A "
        "class becomes one where its first line says so, in brackets behind the name, and where "
        "`super().__init__()` is called before any layer is made. Which of the two is missing in "
        "yours, or what does your function hand back?"
    )


def _scores(out: Any) -> Any:
    return _tensor(out, "what the network gives back")


def _most_apart(a: Any, b: Any) -> float:
    return float((a - b).abs().max()) if a.shape == b.shape and a.numel() else math.inf


def _unregistered(net: Any) -> int:
    """Layers and weights in plain lists, tuples and dicts, where PyTorch does not find them."""
    import torch

    found = 0
    for module in net.modules():
        for name, held in vars(module).items():
            if name.startswith("_") and name in vars(torch.nn.Module()):
                continue  # PyTorch's own books
            inside = held.values() if isinstance(held, dict) else held
            if isinstance(held, (list, tuple, dict)):
                found += sum(isinstance(item, torch.nn.Module) for item in inside)
            found += isinstance(held, torch.Tensor) and held.requires_grad
    return found


# --- step 4: batches ---


@_on_one_thread
def measure_loaders(loaders: Callable[..., Any], at: Saying) -> Found:
    """Uses `loaders(train, val)` on numbered rows, and goes through both of them twice."""
    import torch

    sizes = 230, 70
    pairs = []
    for size in sizes:
        inputs = torch.zeros((size, PIXELS))
        inputs[:, 0] = torch.arange(size)
        pairs.append((inputs, torch.arange(size) % CLASSES))
    at("230 training rows and 70 validation rows")
    both = _parts(loaders(*pairs), 2, "two loaders, for training and for validation")
    (first, largest, torn, types), (second, *_) = (_gone_through(both[0], at) for _ in range(2))
    (once, _, torn_too, types_too), (twice, *_) = (_gone_through(both[1], at) for _ in range(2))
    return {
        "left out": sizes[0] - len(set(first)),
        "repeated": len(first) - len(set(first)),
        "left out of validation": sizes[1] - len(set(once)),
        "repeated in validation": len(once) - len(set(once)),
        "used up": bool(first and once) and not (second and twice),
        "in order": first == sorted(first),
        "same order": first == second,
        "torn": torn + torn_too,
        "largest batch": largest,
        "types kept": types and types_too,
    }


def _gone_through(loader: Any, at: Saying) -> tuple[list[int], int, int, bool]:
    """The rows in their order, the largest batch, how many have another's label, the types."""
    import torch

    rows: list[int] = []
    largest, torn, types = 0, 0, True
    at("one round through a loader")
    for batch in loader:
        inputs, labels = _pair(tuple(batch), "a batch")
        if inputs.ndim != 2 or len(inputs) != len(labels):
            raise Unfit(
                f"A batch of yours has inputs of the shape {tuple(inputs.shape)} and labels of "
                f"the shape {tuple(labels.shape)}. It should hold several rows, one below the "
                "other, and as many labels. A `DataLoader` puts them together by itself when it "
                "knows both. What does the one batch hold that you print?"
            )
        numbers = inputs[:, 0].round().long()
        rows += numbers.tolist()
        largest = max(largest, len(numbers))
        torn += int((numbers % CLASSES != labels.long().reshape(len(labels), -1)[:, 0]).sum())
        types = types and inputs.dtype == torch.float32 and labels.dtype == torch.int64
    return rows, largest, torn, types


# --- step 5: the training loop ---

ROUNDS, TRAINING_ROWS, VALIDATION_ROWS, BATCH = 4, 96, 32, 16
_MODES = "validation in training mode", "training in eval mode"
_IN_TRAINING, _IN_VALIDATION, _ROW = 62, 63, 61  # columns that tell where a row comes from


@_on_one_thread
def measure_fit(fit: Callable[..., Any], at: Saying) -> Found:
    """Lets `fit(net, train_loader, val_loader, epochs)` train a network that takes notes."""
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        train, val = _marked_rows(TRAINING_ROWS, 1), _marked_rows(VALIDATION_ROWS, 2)
        net = _noting_network(train)
        loaders = [DataLoader(TensorDataset(*part), batch_size=BATCH) for part in (train, val)]
        before = {name: value.clone() for name, value in net.state_dict().items()}
        started = _loss_of(net, *train)
        at(f"a network of one layer, {ROUNDS} epochs")
        net.train()
        given = _parts(fit(net, *loaders, ROUNDS), 2, "two lists: training and validation losses")
    net.cpu()
    graphs = sum(bool(getattr(x, "requires_grad", False)) for c in given for x in _items(c))
    curves = [[_number(_loose(x), "a loss of an epoch") for x in _items(curve)] for curve in given]
    after = net.state_dict()
    notes = net.notes
    rounds = max(1, len(notes["losses"]) // (TRAINING_ROWS // BATCH))
    of_training = float(np.mean(notes["losses"])) if notes["losses"] else math.nan
    told = float(np.mean(curves[0])) if curves[0] else math.nan
    return {
        "epochs": rounds,
        "entries": len(curves[0]),
        "validation entries": len(curves[1]),
        "kept graphs": graphs,
        "finite": bool(np.isfinite([x for curve in curves for x in curve]).all()),
        "moved": max(_most_apart(before[name], after[name]) for name in before),
        "fell by": started - _loss_of(net, *train),
        "turned by validation": _turned(before, after),
        **{name: notes[name] for name in _MODES},
        "piled up": notes["piled up"],
        "uphill": notes["uphill"] / max(1, notes["steps"]),
        "training sums": told / of_training,
        "softmax of training": _nearest([float(np.mean(notes["squashed"] or [math.nan]))], told),
        "plain of training": _nearest([of_training], told),
        "validation": _nearest(curves[1], _loss_of(net, *val)),
        "validation sums": _nearest(curves[1], _loss_of(net, *val) * VALIDATION_ROWS / BATCH),
        "softmax of validation": _nearest(curves[1], _loss_of(net, *val, squashed=True)),
    }


def _items(curve: Any) -> list[Any]:
    try:
        return list(curve)
    except TypeError:
        raise Unfit(
            "Your function should give back two lists of losses, one number for each epoch, and "
            f"one of the two is a `{type(curve).__name__}`. A curve needs all its points: begin "
            "with two empty lists before the loop, and append to both of them at the end of each "
            "epoch. What becomes of the losses of the earlier epochs in yours?"
        ) from None


def _loose(value: Any) -> Any:
    return value.detach() if hasattr(value, "detach") else value


def _marked_rows(count: int, kind: int) -> tuple[Any, Any]:
    """Rows of ten classes with noise; the last columns tell which rows they are."""
    import torch

    y = torch.arange(count) % CLASSES
    X = 0.3 * torch.randn((count, PIXELS))
    X[torch.arange(count), y] += 1.5
    X[:, _ROW] = torch.arange(count) / 1000
    X[:, _IN_TRAINING], X[:, _IN_VALIDATION] = float(kind == 1), float(kind == 2)
    return X, y


def _noting_network(train: tuple[Any, Any]) -> Any:
    """One layer and dropout, which notes how it is used: in which mode, on which rows."""
    import torch
    from torch import nn

    class Noting(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layer, self.drop = nn.Linear(PIXELS, CLASSES), nn.Dropout(0.2)
            counts = "piled up", "steps", "uphill", *_MODES
            self.notes: dict[str, Any] = {"losses": [], "squashed": [], **dict.fromkeys(counts, 0)}
            self.last: dict[int, Any] = {}
            for place, weights in enumerate(self.parameters()):
                weights.register_hook(lambda grad, p=weights, n=place: self._adds(p, n, grad))

        def _adds(self, weights: Any, place: int, grad: Any) -> None:
            """A gradient arrives: where did the last step lead, and is its gradient still there?"""
            now, old = weights.detach().clone(), weights.grad
            stood, slope = self.last.get(place, (now, grad))
            moved = not torch.equal(stood, now)
            self.notes["steps"] += moved
            self.notes["uphill"] += bool(((now - stood) * slope).sum() > 0)
            self.notes["piled up"] += moved and old is not None and bool(old.abs().max() > 0)
            self.last[place] = now, grad.detach().clone()

        def forward(self, x: Any) -> Any:
            out = self.layer(self.drop(x))
            plain = x.detach()
            if bool((plain[:, _IN_VALIDATION] > 0).any()):
                self.notes["validation in training mode"] += self.training
            elif out.requires_grad:
                mode, rows = self.training, (plain[:, _ROW] * 1000).round().long().cpu()
                labels, scores = train[1][rows], out.detach().cpu()
                out.register_hook(lambda grad: self._walked_back(mode, scores, labels))
            return out

        def _walked_back(self, mode: bool, scores: Any, labels: Any) -> None:
            loss = torch.nn.functional.cross_entropy
            self.notes["training in eval mode"] += not mode
            self.notes["losses"].append(float(loss(scores, labels)))
            self.notes["squashed"].append(float(loss(scores.softmax(1), labels)))

        def __deepcopy__(self, memo: Any) -> Any:
            """A copy takes no notes, and keeps none of ours."""
            twin = nn.Sequential(nn.Dropout(0.2), nn.Linear(PIXELS, CLASSES))
            twin[1].load_state_dict(self.layer.state_dict())
            return twin.train(self.training)

    return Noting()


def _loss_of(net: Any, X: Any, y: Any, squashed: bool = False) -> float:
    """The mean cross-entropy of the layer of a noting network, without its dropout."""
    import torch

    with torch.no_grad():
        scores = net.layer(X)
        return float(
            torch.nn.functional.cross_entropy(scores.softmax(1) if squashed else scores, y)
        )


def _turned(before: dict[str, Any], after: dict[str, Any]) -> float:
    """How far the weights of a column that only validation rows use were turned, as a share.

    Decay makes them shorter; a gradient turns them.
    """
    old, new = (weights["layer.weight"][:, _IN_VALIDATION].double() for weights in (before, after))
    share = float(old @ new / (old @ old))
    return float((new - share * old).norm() / old.norm())


def _nearest(entries: Sequence[float], to: float) -> float:
    """How far the nearest entry is from a number, as a share of the number."""
    found = [abs(entry - to) / abs(to) for entry in entries if to and math.isfinite(entry)]
    return min(found, default=math.inf)


# --- step 6: one thing, measured ---

SEEDS = (1, 2, 3)


@_on_one_thread
def measure_study(study: Callable[..., Any], at: Saying) -> Found:
    """Uses `study(train, val, seeds)` on 240 digits: seeds turned around, labels moved on."""
    X, y = _small_digits(360, seed=5)
    train, (inputs, labels) = _tensors(X[:240], y[:240]), _tensors(X[240:], y[240:])
    moved = (labels + 1) % CLASSES

    def table(answers: Any, seeds: tuple[int, ...]) -> dict[str, list[float]]:
        at(f"240 training digits, 120 for validation and the seeds {seeds}")
        pairs = [tuple(t.clone() for t in pair) for pair in (train, (inputs, answers))]
        return _as_table(study(*pairs, list(seeds)), len(seeds))

    first, turned = table(labels, SEEDS), table(labels, SEEDS[::-1][1:])
    wrong = table(moved, SEEDS[:1])
    numbers = [x for row in first.values() for x in row]
    alike = _no_seed_shows(first) and _no_seed_shows(table(labels, (11, 12, 13)))
    same = first.keys() == turned.keys() == wrong.keys()
    apart = [abs(a - b) for n in first for a, b in zip(first[n], turned[n][::-1], strict=False)]
    return {
        "variants": len(first),
        "same variants": same,
        "least": min(numbers),
        "most": max(numbers),
        "apart when turned": max(apart) if same else 0.0,
        "all alike": alike,
        "no share": max(abs(120 * x - round(120 * x)) for x in numbers),
        "with moved labels": max(x for row in wrong.values() for x in row),
        "blind to labels": same and all(wrong[n][0] == first[n][0] for n in first),
    }


def _no_seed_shows(table: dict[str, list[float]]) -> bool:
    """Whether each row of the table holds the same number for all seeds."""
    return all(len(set(row)) == 1 for row in table.values())


def _as_table(given: Any, count: int) -> dict[str, list[float]]:
    if not isinstance(given, dict) or not given:
        raise Unfit(
            f"Your function should give back a table, as a dict, and gives back a "
            f"`{type(given).__name__}`. Its keys are the names of what you compare, and each "
            'value is a list with one accuracy for each seed, as in `{"plain": [0.95, 0.96]}`. '
            "What are the names of the variants that you try?"
        )
    found = {}
    for name, row in given.items():
        try:
            found[str(name)] = [float(x) for x in row]
        except Exception:
            found[str(name)] = []
        if len(found[str(name)]) != count:
            raise Unfit(
                f"I handed over {count} seeds, and the row of `{str(name)[:30]}` does not hold "
                f"{count} numbers. One accuracy for each seed, in their order, lets a reader see "
                "how much chance there is in them; a mean alone hides that. Where in your loops "
                "is a number appended to the row?"
            )
    return found


# --- step 7: saved and loaded ---


@_on_one_thread
def measure_saving(pieces: tuple[Callable[..., Any], ...], at: Saying) -> Found:
    """Saves two networks with `save(net, path)`, and loads both with `load(path)` afterwards."""
    import torch

    Net, save, load = pieces
    X = torch.randn((16, PIXELS), generator=torch.Generator().manual_seed(4))
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        at("Net()")
        nets = [_network(Net()).eval() for _ in range(2)]
        expected = [_scores(net(X)) for net in nets]
        paths = [Path(folder) / f"digits_{n}.pt" for n in (1, 2)]
        for net, path in zip(nets, paths, strict=True):
            at("save(net, path)")
            save(net, str(path))
        written = [path.is_file() and path.stat().st_size > 0 for path in paths]
        whole = all(written) and _holds_an_object(paths[0])
        loaded, differs, apart = [], 0.0, math.inf
        if all(written):
            at("load(path)")
            loaded = [_network(load(str(path))) for path in paths]
            differs = max(_most_apart(_scores(net(X)), _scores(net(X))) for net in loaded)
            dropping = sum(net.training for net in loaded)
            same = [_scores(net.eval()(X)) for net in loaded]
            apart = max(_most_apart(a, b) for a, b in zip(expected, same, strict=True))
        own = all(net is not other for net in loaded for other in nets)
    return {
        "written": sum(written),
        "whole object": whole,
        "differs": differs,
        "in training mode": dropping if loaded else 0,
        "apart": apart,
        "a new one": own,
    }


def _holds_an_object(path: Path) -> bool:
    """Whether the file holds more than tensors, so that the class is needed to open it."""
    import pickle

    import torch

    try:
        torch.load(path, weights_only=True)
    except pickle.UnpicklingError as refused:
        return "weights_only" in str(refused) or "GLOBAL" in str(refused)
    except Exception:
        return False  # a form of its own, such as NumPy's
    return False


# --- step 8: the test ---

NOISE = 0.02  # of the predictions: so many a graphics card may change from run to run
FEWER = 450  # digits with which it is measured what the test rows were used for


@_on_one_thread
def measure_report(report: Callable[..., Any], at: Saying) -> Found:
    """Uses `report(X, y, seed)` on all digits; then on some, three times with the same seed.

    The last time the labels of the test rows are moved on by one, and nothing else is changed.
    """
    import torch

    X, y = data.digits()

    def told(X: np.ndarray, y: np.ndarray, seed: int) -> tuple[float, np.ndarray, np.ndarray]:
        given = report(X.copy(), y.copy(), seed)
        accuracy, rows, said = _parts(given, 3, "three things: accuracy, rows, predicted")
        rows = _rows_of(rows, len(y), "test")
        said = _classes(said, len(rows))
        return _number(accuracy, "the accuracy"), rows, said

    at(f"all {len(y)} digits and seed 0")
    accuracy, rows, said = told(X, y, 0)
    small, labels = _small_digits(FEWER, seed=6)
    at(f"{FEWER} digits and seed 1")
    _, test, first = told(small, labels, 1)
    at(f"the same {FEWER} digits and seed 1 once more")
    _, test_again, again = told(small, labels, 1)
    moved = labels.copy()
    moved[test] = (moved[test] + 1) % CLASSES
    at(f"the same {FEWER} digits, the labels of the test rows moved on by one")
    _, test_moved, after = told(small, moved, 1)
    known = np.isin(test_moved, test)
    same = np.array_equal(test, test_moved)
    return {
        "accuracy": accuracy,
        "share right": float(np.mean(said == y[rows])),
        "rows": len(set(rows.tolist())),
        "share of all": len(rows) / len(y),
        "other rows again": not np.array_equal(test, test_again),
        "other classes again": _share_apart(first, again),
        "other classes when moved": _share_apart(first, after) if same else 0.0,
        "slack": NOISE if torch.cuda.is_available() else 0.0,
        "fitted": float(np.mean((after == moved[test_moved])[known])) if known.any() else 0.0,
    }


def _share_apart(a: np.ndarray, b: np.ndarray) -> float:
    """The share of predictions that differ; 1 where there are more of one than of the other."""
    return float(np.mean(a != b)) if a.shape == b.shape else 1.0


def _classes(said: Any, count: int) -> np.ndarray:
    try:
        found = np.array(_plain(said))
    except Exception:
        found = np.zeros(0)
    if found.shape != (count,) or found.dtype.kind not in "iuf":
        raise Unfit(
            f"For {count} test rows I expected {count} predicted classes, one for each row and in "
            f"the same order, and found the shape {found.shape}. A network gives ten scores for "
            "each row; the class is the place of the largest one, `argmax` along the classes. "
            "Which shape do your predictions have?"
        )
    return found
