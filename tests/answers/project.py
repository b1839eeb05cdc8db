"""Answers to the questions of chapter 16b, right ones in several styles and wrong ones."""

import copy
import itertools
import random

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset, random_split

# --- step 1: the split ---


def split(y, seed):
    """One shuffled order, cut in three."""
    order = np.random.default_rng(seed).permutation(len(y))
    part = len(y) * 15 // 100
    return order[2 * part :], order[:part], order[part : 2 * part]


def split_by_torch(y, seed):
    """random_split, which hands back subsets."""
    generator = torch.Generator().manual_seed(seed)
    return random_split(range(len(y)), [0.7, 0.15, 0.15], generator=generator)


def split_by_class(y, seed):
    """The same share of each class, in lists."""
    rng = random.Random(seed)
    parts = [], [], []
    for digit in np.unique(y):
        rows = np.flatnonzero(y == digit).tolist()
        rng.shuffle(rows)
        ends = [len(rows) * 6 // 10, len(rows) * 8 // 10]
        pieces = rows[: ends[0]], rows[ends[0] : ends[1]], rows[ends[1] :]
        for part, piece in zip(parts, pieces, strict=True):
            part.extend(piece)
    return parts


def split_by_masks(y, seed):
    """A dice for each row, and truth values."""
    dice = np.random.default_rng(seed).random(len(y))
    return dice < 0.7, (dice >= 0.7) & (dice < 0.85), dice >= 0.85


def split_overlapping(y, seed):
    """Each part drawn by itself."""
    rng = np.random.default_rng(seed)
    return [rng.permutation(len(y))[:n] for n in (1200, 300, 297)] if len(y) > 600 else split(y, 0)


def split_in_order(y, seed):
    """Cut without shuffling."""
    rows = np.arange(len(y))
    return np.split(rows, [len(y) * 7 // 10, len(y) * 85 // 100])


def split_without_seed(y, seed):
    """A new shuffle in each call."""
    order = np.random.default_rng().permutation(len(y))
    return np.split(order, [len(y) * 7 // 10, len(y) * 85 // 100])


def split_with_its_own_seed(y, seed):
    """Always the seed 0."""
    return split(y, 0)


def split_losing_rows(y, seed):
    """Round numbers, so that some rows are left over."""
    order = np.random.default_rng(seed).permutation(len(y))
    return order[: len(y) // 2], order[-len(y) // 5 : -len(y) // 10], order[-len(y) // 10 :]


def split_with_putting_back(y, seed):
    """Draws the training rows with putting back."""
    train, val, test = split(y, seed)
    return np.random.default_rng(seed).choice(train, 2 * len(train)), val, test


def split_for_testing(y, seed):
    """Hardly anything to train on."""
    train, val, test = split(y, seed)
    return val, train, test


# --- step 2: tensors ---


def prepare(X, y, train, val, test):
    """Mean and spread of the training part."""
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    spread[spread == 0] = 1

    def part(rows):
        return torch.tensor((X[rows] - mean) / spread, dtype=torch.float32), torch.tensor(y[rows])

    return part(train), part(val), part(test)


def prepare_by_torch(X, y, train, val, test):
    """The same with tensors, a small number below, and lists."""
    inputs, labels = torch.from_numpy(X).float(), torch.from_numpy(y)
    mean, spread = inputs[train].mean(), inputs[train].std()
    return [((inputs[rows] - mean) / (spread + 1e-6), labels[rows]) for rows in (train, val, test)]


def prepare_by_the_darkest(X, y, train, val, test):
    """Divided by what can be counted at most, which nobody has to learn from data."""
    return tuple(
        (torch.as_tensor(X[rows] / 16).to(torch.float32), torch.as_tensor(y[rows]).long())
        for rows in (train, val, test)
    )


def prepare_before(X, y, train, val, test):
    """Mean and spread of the whole table."""
    scaled = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-6)
    return [
        (torch.tensor(scaled[rows]).float(), torch.tensor(y[rows])) for rows in (train, val, test)
    ]


def prepare_apart(X, y, train, val, test):
    """Each part by its own mean and spread."""
    return [
        (
            torch.tensor((X[rows] - X[rows].mean(0)) / (X[rows].std(0) + 1e-6)).float(),
            torch.tensor(y[rows]),
        )
        for rows in (train, val, test)
    ]


def prepare_carelessly(X, y, train, val, test):
    """Divides by the spread of a pixel that is white everywhere."""
    with np.errstate(all="ignore"):
        X = (X - X[train].mean(axis=0)) / X[train].std(axis=0)
    return [(torch.tensor(X[rows]).float(), torch.tensor(y[rows])) for rows in (train, val, test)]


def prepare_with(change):
    """The right parts, each pair changed."""

    def prepare_changed(X, y, train, val, test):
        return [change(*pair) for pair in prepare(X, y, train, val, test)]

    return prepare_changed


def prepare_raw(X, y, train, val, test):
    """Does not scale at all."""
    return [(torch.tensor(X[rows]).float(), torch.tensor(y[rows])) for rows in (train, val, test)]


def prepare_mixed_up(X, y, train, val, test):
    """The labels of the first rows of the table."""
    parts = prepare(X, y, train, val, test)
    return [(inputs, torch.tensor(y[: len(inputs)])) for inputs, _ in parts]


# --- step 3: the network ---


class Net(nn.Module):
    """One hidden layer with dropout."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(64, 64)
        self.drop = nn.Dropout(0.2)
        self.out = nn.Linear(64, 10)

    def forward(self, x):
        return self.out(self.drop(torch.relu(self.hidden(x))))


class Convolving(nn.Module):
    """Looks at the pixels as a picture."""

    def __init__(self, channels=8):
        super().__init__()
        self.look = nn.Sequential(
            nn.Conv2d(1, channels, 3, padding=1),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
        )
        self.out = nn.Linear(channels * 16, 10)

    def forward(self, x):
        return self.out(self.look(x.reshape(-1, 1, 8, 8)))


class Chain(nn.Sequential):
    """A chain of layers, with dropout as a function that listens."""

    def __init__(self):
        super().__init__(nn.Linear(64, 30), nn.Tanh(), nn.Linear(30, 10))

    def forward(self, x):
        return super().forward(functional.dropout(x, 0.1, training=self.training))


def net_by_function():
    """A function that makes a network; one without a hidden layer."""
    return nn.Linear(64, 10)


class LogSoftmax(Net):
    """Logarithms of probabilities, which a second softmax leaves as they are."""

    def forward(self, x):
        return functional.log_softmax(super().forward(x), dim=1)


class Softmaxed(Net):
    """Probabilities come out."""

    def forward(self, x):
        return functional.softmax(super().forward(x), dim=1)


class Sigmoid(Net):
    """Every class squashed by itself."""

    def forward(self, x):
        return torch.sigmoid(super().forward(x))


class AlwaysDropping(Net):
    """Dropout as a function that never stops."""

    def forward(self, x):
        return self.out(functional.dropout(torch.relu(self.hidden(x)), 0.3))


class InAList(nn.Module):
    """Layers in a plain list."""

    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(64, 32), nn.Linear(32, 32)]
        self.out = nn.Linear(32, 10)

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.out(x)


class OneScore(Net):
    """Hands back the class."""

    def forward(self, x):
        return super().forward(x)[:, :1]


class CutOff(Net):
    """A ReLU behind the last layer."""

    def forward(self, x):
        return torch.relu(super().forward(x))


class Detached(Net):
    """Cuts the graph in the middle."""

    def forward(self, x):
        return self.out(self.hidden(x).detach())


class Leaning(Net):
    """Takes away the mean of the batch."""

    def forward(self, x):
        scores = super().forward(x)
        return scores - scores.mean(dim=0)


class NoWeights(nn.Module):
    """Nothing to train."""

    def forward(self, x):
        return x[:, :10]


class NoNumbers(Net):
    """Logarithms of scores below zero."""

    def forward(self, x):
        return torch.log(super().forward(x))


class Unwritten(nn.Module):
    """The stub of the exercise."""


# --- step 4: batches ---


def loaders(train, val):
    """Two DataLoaders."""
    return (
        DataLoader(TensorDataset(*train), batch_size=32, shuffle=True),
        DataLoader(TensorDataset(*val), batch_size=256),
    )


class Dealt:
    """Batches dealt out by hand."""

    def __init__(self, pair, size=25, order=torch.randperm):
        self.pair, self.size, self.order = pair, size, order

    def __iter__(self):
        for rows in self.order(len(self.pair[0])).split(self.size):
            yield [tensor[rows] for tensor in self.pair]


def loaders_by_hand(train, val):
    """A class of one's own."""
    return Dealt(train), Dealt(val)


def loaders_that_drop(train, val):
    """The last training batch is left out where it is not full."""
    pairs = (list(zip(*part, strict=True)) for part in (train, val))
    numbers, judges = pairs
    return [DataLoader(numbers, 16, shuffle=True, drop_last=True), DataLoader(judges, 16)]


def loaders_in_order(train, val):
    """No shuffle."""
    return DataLoader(TensorDataset(*train), 32), DataLoader(TensorDataset(*val), 32)


def loaders_shuffled_once(train, val):
    """One order for all epochs."""
    order = torch.randperm(len(train[0]))
    return [DataLoader(TensorDataset(*(t[order] for t in train)), 32), loaders(train, val)[1]]


def loaders_torn(train, val):
    """Inputs shuffled, labels not."""
    inputs, labels = train
    return Dealt((inputs[torch.randperm(len(inputs))], labels)), Dealt(val)


def loaders_dropping_judges(train, val):
    """drop_last for both."""
    return [
        DataLoader(TensorDataset(*part), 32, shuffle=True, drop_last=True) for part in (train, val)
    ]


def loaders_used_up(train, val):
    """Generators."""
    return iter(Dealt(train)), iter(Dealt(val))


def loaders_of_all(train, val):
    """One batch of everything."""
    return [DataLoader(TensorDataset(*part), 1000, shuffle=True) for part in (train, val)]


def loaders_of_half(train, val):
    """Only every second row."""
    return Dealt([tensor[::2] for tensor in train]), Dealt(val)


def loaders_in_64_bits(train, val):
    """Changes the type of the inputs."""
    return Dealt((train[0].double(), train[1])), Dealt(val)


# --- step 5: the training loop ---


def fit(net, train_loader, val_loader, epochs):
    """The loop of the solution."""
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.003)
    train_losses, val_losses = [], []
    for _ in range(epochs):
        net.train()
        total = 0.0
        for x, labels in train_loader:
            optimizer.zero_grad()
            loss = criterion(net(x), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
        train_losses.append(total / len(train_loader.dataset))
        net.eval()
        total = 0.0
        with torch.no_grad():
            for x, labels in val_loader:
                total += criterion(net(x), labels).item() * len(x)
        val_losses.append(total / len(val_loader.dataset))
    return train_losses, val_losses


def fit_by_functions(net, train_loader, val_loader, epochs):
    """A loss by its function, SGD with momentum and decay, the mean of batches, one helper."""
    optimizer = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-3)

    def one_round(loader, learn):
        net.train(learn)
        losses = []
        for x, labels in loader:
            with torch.set_grad_enabled(learn):
                loss = functional.cross_entropy(net(x), labels)
            if learn:
                loss.backward()
                optimizer.step()
                optimizer.zero_grad()
            losses.append(loss.detach())
        return torch.stack(losses).mean().item()

    curves = [(one_round(train_loader, True), one_round(val_loader, False)) for _ in range(epochs)]
    return tuple(map(list, zip(*curves, strict=True)))


def fit_with_own_steps(net, train_loader, val_loader, epochs):
    """Updates by hand, and both losses taken after the epoch."""
    curves = [], []
    for _ in range(epochs):
        net.train()
        for x, labels in train_loader:
            net.zero_grad()
            functional.cross_entropy(net(x), labels).backward()
            with torch.no_grad():
                for weights in net.parameters():
                    weights -= 0.1 * weights.grad
        net.eval()
        for loader, curve in zip((train_loader, val_loader), curves, strict=True):
            with torch.no_grad():
                pairs = [(net(x), labels) for x, labels in loader]
            scores, labels = (torch.cat(parts) for parts in zip(*pairs, strict=True))
            curve.append(functional.cross_entropy(scores, labels))
    return np.array(curves[0]), np.array(curves[1])


def fit_and_keep_the_best(net, train_loader, val_loader, epochs):
    """Goes back to the weights with the lowest validation loss, on the device of the weights."""
    best, kept = np.inf, None
    curves = [], []
    for _ in range(epochs):
        for curve, new in zip(
            curves, fit_by_functions(net, train_loader, val_loader, 1), strict=True
        ):
            curve += new
        if curves[1][-1] < best:
            best, kept = curves[1][-1], copy.deepcopy(net.state_dict())
        copy.deepcopy(net).eval()
    net.load_state_dict(kept)
    return curves


def fit_with(fault):
    """The loop with a fault in it."""

    def faulty(net, train_loader, val_loader, epochs):
        criterion = nn.CrossEntropyLoss(reduction="sum" if fault == "sum of rows" else "mean")
        rate = {"ascent": -0.3, "far too long": 1e4, "far too short": 1e-7}.get(fault, 0.1)
        optimizer = torch.optim.SGD(net.parameters(), lr=abs(rate), maximize=rate < 0)
        curves = [], []
        net.train()
        for _ in range(epochs):
            if fault != "no train":
                net.train()
            losses = []
            for x, labels in (
                itertools.chain(train_loader, val_loader) if fault == "all rows" else train_loader
            ):
                if fault != "no zero_grad":
                    optimizer.zero_grad()
                scores = net(x)
                loss = criterion(scores.softmax(1) if fault == "softmax" else scores, labels)
                loss.backward()
                if fault != "no step":
                    optimizer.step()
                losses.append(loss if fault == "graphs" else loss.item())
            curves[0].append(losses[-1] if fault == "graphs" else np.mean(losses))
            if fault != "no eval":
                net.eval()
            losses = []
            for x, labels in val_loader:
                with torch.no_grad():
                    scores = net(x)
                    scores = scores.softmax(1) if fault == "softmax" else scores
                    losses.append(criterion(scores, labels).item())
            curves[1].append(np.mean(losses))
            if fault == "sums":
                curves[0][-1] *= len(train_loader)
                curves[1][-1] *= len(val_loader)
            if fault == "last batch":
                curves[1][-1] = losses[-1]
            if fault == "every batch":
                curves[1].extend(losses)
        return curves[0] if fault == "one list" else curves

    return faulty


def fit_another(net, train_loader, val_loader, epochs):
    """Trains a network of its own."""
    return fit(Net(), train_loader, val_loader, epochs)


def fit_to_numbers(net, train_loader, val_loader, epochs):
    """Hands back the last two losses."""
    return [curve[-1] for curve in fit(net, train_loader, val_loader, epochs)]


# --- step 6: a comparison ---

EPOCHS = 5


def accuracy(net, pair):
    """The share that is right."""
    net.eval()
    with torch.no_grad():
        return (net(pair[0]).argmax(dim=1) == pair[1]).float().mean().item()


def study(train, val, seeds):
    """Dropout or none."""
    table = {}
    for name, share in {"no dropout": 0.0, "dropout 0.2": 0.2}.items():
        table[name] = []
        for seed in seeds:
            torch.manual_seed(seed)
            net = Net()
            net.drop.p = share
            fit(net, *loaders(train, val), EPOCHS)
            table[name].append(accuracy(net, val))
    return table


def study_of_networks(train, val, seeds):
    """Two architectures, and the rows as tuples."""

    def once(make, seed):
        with torch.random.fork_rng():
            torch.manual_seed(100 + seed)
            net = make()
            fit_by_functions(net, *loaders_that_drop(train, val), EPOCHS)
            return accuracy(net, val)

    kinds = {"one layer": net_by_function, "convolution": Convolving}
    return {name: tuple(once(make, seed) for seed in seeds) for name, make in kinds.items()}


def study_with(fault):
    """The comparison with a fault in it."""

    def faulty(train, val, seeds):
        table = {}
        if fault == "one seed for all":
            torch.manual_seed(0)
        for name, rate in {"slow": 0.02, "fast": 0.03}.items():
            table[name] = []
            for seed in seeds:
                if fault != "one seed for all":
                    torch.manual_seed(0 if fault == "no seed" else seed)
                net = Chain() if fault == "all rows" else net_by_function()
                optimizer = torch.optim.Adam(net.parameters(), lr=rate)
                inputs, labels = (
                    map(torch.cat, zip(train, val, strict=True)) if fault == "all rows" else train
                )
                for _ in range(20 if fault == "all rows" else 5):
                    for rows in torch.randperm(len(labels)).split(
                        48 if fault == "all rows" else 16
                    ):
                        optimizer.zero_grad()
                        loss = functional.cross_entropy(net(inputs[rows]), labels[rows])
                        loss.backward()
                        optimizer.step()
                found = accuracy(net, train if fault == "on training rows" else val)
                if fault == "loss":
                    found = functional.cross_entropy(net(val[0]), val[1]).item()
                if fault == "untrained":
                    found = accuracy(net_by_function(), val)
                table[name].append(100 * found if fault == "per cent" else found)
            if fault == "means":
                table[name] = [float(np.mean(table[name]))]
        if fault == "one variant":
            table.pop("fast")
        return list(table.values()) if fault == "no dict" else table

    return faulty


# --- step 7: saved and loaded ---


def save(net, path):
    """The weights alone."""
    torch.save(net.state_dict(), path)


def load(path):
    """A new network, ready to be asked."""
    net = Net()
    net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return net.eval()


def save_as_arrays(net, path):
    """NumPy's own form, with an open file."""
    with open(path, "wb") as file:
        np.savez(file, **{name: value.numpy() for name, value in net.state_dict().items()})


def load_from_arrays(path):
    """The network of convolutions, from arrays."""
    net = Convolving()
    with np.load(path) as arrays:
        net.load_state_dict({name: torch.from_numpy(arrays[name]) for name in arrays.files})
    net.eval()
    return net


def save_with_more(net, path):
    """A checkpoint with more in it."""
    torch.save({"weights": net.state_dict(), "epochs": 15}, path)


def load_with_more(path):
    """The weights of that checkpoint."""
    net = Net()
    net.load_state_dict(torch.load(path)["weights"])
    net.train(False)
    return net


def save_whole(net, path):
    """The object itself."""
    torch.save(net, path)


def load_whole(path):
    """What stands in the file."""
    return torch.load(path, weights_only=False).eval()


def load_in_training_mode(path):
    """Forgets eval."""
    net = Net()
    net.load_state_dict(torch.load(path))
    return net


def load_nothing(path):
    """A new network, with no weights from the file."""
    return Net().eval()


def save_in_a_list(net, path):
    """Remembers the network itself, beside the file."""
    save(net, path)
    net.eval()
    np.saved = net


# --- step 8: the whole way ---


def report(X, y, seed):
    """All steps, one after the other."""
    rows = split(y, seed)
    train, val, (x_test, y_test) = prepare(X, y, *rows)
    torch.manual_seed(seed)
    net = Net()
    fit(net, *loaders(train, val), 8)
    net.eval()
    with torch.no_grad():
        predicted = net(x_test).argmax(dim=1)
    return (predicted == y_test).float().mean().item(), rows[2], predicted


def report_by_class(X, y, seed):
    """Equal shares of each class, the whole table as one batch's tensors, lists."""
    rows = split_by_class(y, seed)
    train, val, test = prepare_by_torch(X, y, *rows)
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(64, 48), nn.ReLU(), nn.Linear(48, 10))
    fit_and_keep_the_best(net, *loaders_that_drop(train, val), 8)
    said = net.eval()(test[0]).detach().numpy().argmax(axis=1)
    return np.mean(said == test[1].numpy()), rows[2], said.tolist()


def report_with(fault):
    """The whole way with a fault in it."""

    def faulty(X, y, seed):
        rows = split(y, seed)
        train, val, test = prepare(X, y, *rows)
        if fault != "no seed":
            torch.manual_seed(seed)
        net = Net()
        if fault == "trained on all":
            net.drop.p = 0.0
            train = tuple(map(torch.cat, zip(train, test, strict=True)))
        if fault == "chosen by the test":
            best, kept = -1.0, None
            for _ in range(6):
                fit(net, *loaders(train, val), 1)
                found = accuracy(net, test)
                if found > best:
                    best, kept = found, copy.deepcopy(net.state_dict())
            net.load_state_dict(kept)
        else:
            fit(net, *loaders(train, val), {"one epoch": 1, "trained on all": 15}.get(fault, 6))
        said = net.eval()(test[0]).argmax(dim=1)
        found = accuracy(net, val if fault == "validation score" else test)
        if fault == "per cent":
            found *= 100
        if fault == "ten scores":
            said = net(test[0]).detach()
        some = slice(3) if fault == "three digits" else slice(None)
        if fault == "three digits":
            found = float((said[some] == test[1][some]).float().mean())
        return (found, rows[2][some], said[some]) if fault != "number alone" else found

    return faulty


def pieces(*changed):
    """Net, save and load, the last ones changed."""
    right = Net, save, load
    return (*right[: 3 - len(changed)], *changed)


RIGHT = {
    "project.predict_guess": ["c", " C "],
    "project.predict_float": ["b", "16777216"],
    "project.predict_mode": ["b", "other scores each time"],
    "project.1": [split, split_by_torch, split_by_class, split_by_masks],
    "project.2": [prepare, prepare_by_torch, prepare_by_the_darkest],
    "project.3": [Net, Convolving, Chain, net_by_function, LogSoftmax],
    "project.4": [loaders, loaders_by_hand, loaders_that_drop],
    "project.5": [fit, fit_by_functions, fit_with_own_steps, fit_and_keep_the_best],
    "project.6": [study, study_of_networks],
    "project.7": [
        (Net, save, load),
        [Convolving, save_as_arrays, load_from_arrays],
        (Net, save_with_more, load_with_more),
    ],
    "project.8": [report, report_by_class],
}

WRONG = {
    "project.predict_guess": [(letter, "guessing-loss") for letter in "abd"],
    "project.predict_float": [
        ("a", "exact-sums-expected"),
        ("c", "exact-sums-expected"),
        ("d", "type"),
    ],
    "project.predict_mode": [("a", "forgotten-eval"), ("c", "forgotten-eval"), (0.5, "type")],
    "project.1": [
        (split_overlapping, "train-on-test"),
        (lambda y, seed: (range(len(y)), *split(y, seed)[1:]), "train-on-test"),
        (split_in_order, "not-shuffled"),
        (lambda y, seed: (*split(y, seed)[:2], range(len(y) - 200, len(y))), "train-on-test"),
        (split_without_seed, "seed-ignored"),
        (split_with_its_own_seed, "seed-ignored"),
        (split_losing_rows, "wrong"),
        (split_with_putting_back, "wrong"),
        (split_for_testing, "wrong"),
        (lambda y, seed: split(y, seed)[:2], "type"),
        (lambda y, seed: [y[rows] / 1.0 for rows in split(y, seed)], "type"),
        (lambda y, seed: [rows - 5 for rows in split(y, seed)], "type"),
        (lambda y: split(y, 0), "type"),
        (7, "type"),
    ],
    "project.2": [
        (prepare_before, "scaled-before-the-split"),
        (prepare_apart, "scaled-part-by-part"),
        (prepare_carelessly, "divided-by-no-spread"),
        (prepare_with(lambda x, y: (x, y.float())), "labels-not-whole"),
        (prepare_with(lambda x, y: (x, functional.one_hot(y))), "labels-not-whole"),
        (prepare_with(lambda x, y: (x.double(), y)), "double-for-single"),
        (prepare_raw, "wrong"),
        (prepare_mixed_up, "wrong"),
        (prepare_with(lambda x, y: (x.T, y)), "type"),
        (prepare_with(lambda x, y: (x.numpy(), y)), "type"),
        (prepare_with(lambda x, y: x), "type"),
    ],
    "project.3": [
        (Softmaxed, "softmax-twice"),
        (Sigmoid, "softmax-twice"),
        (AlwaysDropping, "forgotten-eval"),
        (InAList, "layers-not-registered"),
        (OneScore, "wrong"),
        (CutOff, "wrong"),
        (Detached, "wrong"),
        (Leaning, "wrong"),
        (NoWeights, "wrong"),
        (NoNumbers, "wrong"),
        (Net(), "type"),
        (lambda: 7, "type"),
        (Unwritten, "not-attempted"),
    ],
    "project.4": [
        (loaders_in_order, "not-shuffled"),
        (loaders_shuffled_once, "not-shuffled"),
        (loaders_torn, "pairs-torn"),
        (loaders_dropping_judges, "rows-left-out"),
        (loaders_used_up, "wrong"),
        (loaders_of_all, "wrong"),
        (loaders_of_half, "wrong"),
        (loaders_in_64_bits, "wrong"),
        (lambda train, val: DataLoader(TensorDataset(*train), 32, shuffle=True), "type"),
        (lambda train, val: (TensorDataset(*train), TensorDataset(*val)), "type"),
    ],
    "project.5": [
        (fit_with("all rows"), "train-on-test"),
        (fit_with("no eval"), "forgotten-eval"),
        (fit_with("no train"), "train-forgotten"),
        (fit_with("no zero_grad"), "gradient-not-zeroed"),
        (fit_with("softmax"), "softmax-twice"),
        (fit_with("graphs"), "graphs-kept"),
        (fit_with("sums"), "forgotten-mean"),
        (fit_with("sum of rows"), "forgotten-mean"),
        (fit_with("ascent"), "ascent-for-descent"),
        (fit_with("far too long"), "step-too-large"),
        (fit_with("no step"), "wrong"),
        (fit_with("far too short"), "wrong"),
        (fit_another, "wrong"),
        (fit_with("last batch"), "wrong"),
        (fit_with("every batch"), "wrong"),
        (fit_with("one list"), "type"),
        (fit_to_numbers, "type"),
    ],
    "project.6": [
        (study_with("per cent"), "per-cent-for-share"),
        (study_with("on training rows"), "train-on-test"),
        (study_with("all rows"), "train-on-test"),
        (study_with("no seed"), "seed-ignored"),
        (study_with("one seed for all"), "starts-not-equal"),
        (study_with("one variant"), "wrong"),
        (study_with("loss"), "wrong"),
        (study_with("untrained"), "wrong"),
        (study_with("means"), "type"),
        (study_with("no dict"), "type"),
    ],
    "project.7": [
        (pieces(save_whole, load_whole), "whole-object-saved"),
        (pieces(load_in_training_mode), "forgotten-eval"),
        (pieces(load_nothing), "wrong"),
        (pieces(lambda net, path: torch.save(net.state_dict(), path + "2"), load), "wrong"),
        (pieces(save_in_a_list, lambda path: np.saved), "wrong"),
        (pieces(lambda path: torch.load(path)), "type"),
        (save, "type"),
    ],
    "project.8": [
        (report_with("trained on all"), "train-on-test"),
        (report_with("chosen by the test"), "chosen-by-the-test"),
        (report_with("no seed"), "seed-ignored"),
        (report_with("per cent"), "per-cent-for-share"),
        (report_with("one epoch"), "wrong"),
        (report_with("validation score"), "wrong"),
        (report_with("three digits"), "wrong"),
        (report_with("ten scores"), "type"),
        (report_with("number alone"), "type"),
    ],
}
