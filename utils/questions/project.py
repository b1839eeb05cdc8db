"""Questions of chapter 16b, the project: each step is measured by what it does.

No torch here: the instruments of `utils/models/project.py` import it where they are used.

What is not verified, since nobody can see it from outside: whether the test part was looked at more
than once, and whether the best of several finished networks was picked by it.
"""

from utils.checks import Choice, Measured, Need, Question, Rival, Sign
from utils.measuring import Found
from utils.models import project

BAR = 0.94  # of the test rows; networks made as the solution's reach 0.955 to 0.99

LONG = 60.0  # seconds of training in one check


def _rows(count: float) -> str:
    return f"{count:.0f} row{'' if round(count) == 1 else 's'}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


# --- step 1 ---

_SPLIT = {
    "train and test": 0,
    "train and validation": 0,
    "validation and test": 0,
    "lost": 0,
    "twice": 0,
    "in order": 0,
    "same again": 1,
    "same with another seed": 0,
    "fewest of a class": 20,
    "training share": 0.7,
    "smallest share": 0.15,
}


def _overlap(found: Found) -> float:
    names = "train and test", "train and validation", "validation and test"
    return sum(found[name] for name in names)


def _told_overlap(found: Found) -> str:
    return f"{_rows(_overlap(found))} of the 1,797 turned up in two of your parts."


# --- step 2 ---

_PREPARED = {
    "finite": 1,
    "leak": 0.0,
    "apart": 0.0,
    "float32": 1,
    "whole labels": 1,
    "right labels": 1,
    "size": 0.9,
}
SAME = 1e-4  # two numbers of about 1 that were computed in float32

# --- step 3 ---

_NET = {
    "rows": 16,
    "columns": 10,
    "float32": 1,
    "finite": 1,
    "weights": 4810,
    "hidden layers": 0,
    "unreached": 0,
    "differs": 0.0,
    "leans on others": 0.0,
    "squashed": 0,
    "never below zero": 0,
}

# --- step 4 ---

_LOADERS = {
    "left out": 0,
    "repeated": 0,
    "left out of validation": 0,
    "repeated in validation": 0,
    "used up": 0,
    "in order": 0,
    "same order": 0,
    "torn": 0,
    "largest batch": 32,
    "types kept": 1,
}

# --- step 5 ---

_FITTED = {
    "epochs": project.ROUNDS,
    "entries": project.ROUNDS,
    "validation entries": project.ROUNDS,
    "kept graphs": 0,
    "finite": 1,
    "moved": 0.1,
    "fell by": 0.5,
    "turned by validation": 0.0,
    "validation in training mode": 0,
    "training in eval mode": 0,
    "piled up": 0,
    "uphill": 0.0,
    "training sums": 1.0,
    "softmax of training": 0.3,
    "plain of training": 0.0,
    "validation": 0.0,
    "validation sums": 0.5,
    "softmax of validation": 0.3,
}
CLOSE = 5e-4  # two losses that were added up in another order, as a share


def _squashed_loss(found: Found) -> bool:
    in_training = found["softmax of training"] < CLOSE < found["plain of training"]
    return in_training or found["softmax of validation"] < CLOSE < found["validation"]


def _summed(found: Found) -> bool:
    """As many times too large as there are batches, or rows."""
    in_validation = found["validation sums"] < CLOSE < found["validation"]
    return in_validation or found["training sums"] > 3


# --- step 6 ---

_STUDY = {
    "variants": 2,
    "same variants": 1,
    "least": 0.8,
    "most": 0.95,
    "apart when turned": 0.0,
    "all alike": 0,
    "no share": 0.0,
    "with moved labels": 0.03,
    "blind to labels": 0,
}


def _is_share(found: Found) -> bool:
    """Whether the table holds counts of right answers, divided by the number of rows."""
    return found["no share"] < 0.01 and found["least"] >= 0 and found["most"] <= 1


# --- step 7 ---

_SAVED = {
    "written": 2,
    "whole object": 0,
    "differs": 0.0,
    "in training mode": 0,
    "apart": 0.0,
    "a new one": 1,
}

# --- step 8 ---

_REPORT = {
    "accuracy": 0.97,
    "share right": 0.97,
    "rows": 269,
    "share of all": 0.15,
    "other rows again": 0,
    "other classes again": 0.0,
    "other classes when moved": 0.0,
    "fitted": 0.02,
    "slack": 0.0,
}


QUESTIONS = [
    Question(
        id="project.predict_guess",
        title="What a network says that knows nothing",
        difficulty=2,
        minutes=1,
        answer=Choice("c", options={"a": "0.10", "b": "0.69", "c": "2.30", "d": "9.00"}),
        rivals=[
            Rival(
                "guessing-loss",
                "a",
                message="That is the probability which such a network gives to the right class. "
                "The loss is not the probability itself, or a sure network would have the largest "
                "loss of all. Which function turns a probability of 1 into a loss of 0?",
            ),
            Rival(
                "guessing-loss",
                "b",
                message="That is −ln(1/2), what a network says that wavers between two classes. "
                "Here it has to spread its trust over more of them, so the right one gets less. "
                "How much does each class get, if all get the same?",
            ),
            Rival(
                "guessing-loss",
                "d",
                message="There are nine wrong classes, that is true, but the loss asks about the "
                "right one alone: how small was its probability? It does not count the others. "
                "What is −ln of the share that the right class gets?",
            ),
        ],
        hints=[
            "Ten classes, and no reason to prefer one of them: which probability has each?",
            "Each has 1/10. The loss of one digit is −ln of what the right class got.",
            "−ln(1/10) is ln 10. You know ln 2 = 0.69 and ln 3 = 1.10; 10 is more than 2 · 2 · 2.",
        ],
        solution='The answer is **c**: `check("project.predict_guess", "c")`.',
        why="−ln(1/10) = ln 10 = 2.30.",
        next="Look for this number at the start of every training: a loss far above it means that "
        "the network is sure, and wrong.",
    ),
    Question(
        id="project.predict_float",
        title="One more, in 32 bits",
        difficulty=1,
        minutes=1,
        answer=Choice("b", options={"a": "16777217", "b": "16777216", "c": "an error"}),
        rivals=[
            Rival(
                "exact-sums-expected",
                "a",
                message="So says arithmetic, and so says float64. But 32 bits keep about seven "
                "digits, and this number has eight. Beyond a certain size the numbers that exist "
                "stand further apart than 1. What becomes of a sum that falls between two of them?",
            ),
            Rival(
                "exact-sums-expected",
                "c",
                message="An error would be kind, since you would notice. Floats never complain "
                "when a result does not fit exactly: the nearest number that exists is taken, in "
                "silence. Which one is that here, if the neighbours are two apart?",
            ),
        ],
        hints=[
            "A float32 keeps 24 binary digits. How large is 2 to the power of 24?",
            "2²⁴ = 16777216. From there on, only every second whole number exists.",
            "The sum falls between two numbers that exist, and is rounded to one of them.",
        ],
        solution='The answer is **b**: `check("project.predict_float", "b")`.',
        why="16777217 needs 25 binary digits, so the nearest number that exists is taken.",
        next="A small step that is added to a large weight can vanish like that.",
    ),
    Question(
        id="project.predict_mode",
        title="The same digit, twice",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "b",
            options={
                "a": "the same scores, since the weights are the same",
                "b": "other scores each time",
                "c": "zeros, since half of the neurons are off",
            },
        ),
        rivals=[
            Rival(
                "forgotten-eval",
                "a",
                message="The weights are the same, and the digit is, too. But a new network is in "
                "training mode, and dropout throws its dice anew in every call. Which neurons are "
                "switched off the second time?",
            ),
            Rival(
                "forgotten-eval",
                "c",
                message="Half of the neurons are switched off, and the other half still speaks; "
                "they are even made twice as loud, so that the sum stays the same on average. "
                "What happens to the scores when another half is drawn?",
            ),
        ],
        hints=[
            "In which mode is a new network?",
            "In training mode, so dropout is on. What does it do in each call?",
            "It draws anew which neurons are off, so the scores come from others each time.",
        ],
        solution='The answer is **b**: `check("project.predict_mode", "b")`.',
        why="Dropout draws anew in each call, as long as the network is in training mode.",
        next="So whoever judges a network has to call `eval()` first.",
    ),
    Question(
        id="project.1",
        title="Split",
        difficulty=2,
        minutes=10,
        answer=Measured(
            _SPLIT,
            measure=project.measure_split,
            pieces=["split(y, seed)"],
            needs=[
                Need(
                    lambda m: m["twice"] == 0,
                    lambda m: (
                        f"{_rows(m['twice'])} stood twice in one and the same part. Such a row "
                        "counts double there, and in the test it would make one digit as heavy "
                        "as two. Drawing *with* putting back does that, as `rng.choice` does by "
                        "itself. What would be drawn from a bag without putting back?"
                    ),
                ),
                Need(
                    lambda m: m["lost"] == 0,
                    lambda m: (
                        f"{_rows(m['lost'])} of the 1,797 came into none of your parts. Nothing "
                        "is wrong with a row that nobody uses, except that data is dear, and you "
                        "have little. Look at the ends of your slices: where does one part stop, "
                        "and where does the next one begin?"
                    ),
                ),
                Need(
                    lambda m: m["fewest of a class"] > 0,
                    lambda m: (
                        "In one of your parts a class does not occur at all. I also tried labels "
                        "that come sorted, all zeros first, as many tables do. A part without "
                        "sevens cannot tell whether the network knows them. What decides in "
                        "yours which rows come into a part?"
                    ),
                ),
                Need(
                    lambda m: m["training share"] >= 0.5 and m["smallest share"] >= 0.05,
                    lambda m: (
                        f"You train with {_percent(m['training share'])} of the rows, and the "
                        f"smaller of the other parts has {_percent(m['smallest share'])}. "
                        "Training should get at least half of them, and a part that judges at "
                        "least 5 %, or its score jumps with every single digit. Which sizes "
                        "would serve both?"
                    ),
                ),
            ],
        ),
        rivals=[
            Rival(
                "train-on-test",
                Sign(lambda m: _overlap(m) > 0, {"train and test": 40}, _told_overlap),
                message="A network remembers the digits that it was trained on. Where these judge "
                "it as well, the score tells how well it remembers. Each row may go into one part "
                "only. How could the three be cut from one row of shuffled numbers?",
            ),
            Rival(
                "not-shuffled",
                Sign(
                    lambda m: m["in order"] > 0,
                    {"in order": 3},
                    lambda m: (
                        f"{m['in order']:.0f} of your parts is one piece of the table."
                        if m["in order"] == 1
                        else f"{m['in order']:.0f} of your parts are pieces of the table, in one."
                    ),
                ),
            ),
            Rival(
                "seed-ignored",
                Sign(
                    lambda m: not m["same again"] or bool(m["same with another seed"]),
                    {"same again": 0},
                    lambda m: (
                        "With one seed, two calls gave two splits."
                        if not m["same again"]
                        else "Two different seeds gave the same split."
                    ),
                ),
            ),
        ],
        hints=[
            "Shuffle the row numbers once, with a generator that knows the seed. Then cut.",
            "`rng = np.random.default_rng(seed)` and `order = rng.permutation(len(y))` give all "
            "row numbers, each once, in a random order. In PyTorch: `torch.randperm` with a "
            "generator, or `random_split`.",
            "Cut the order in three: `order[:270]`, `order[270:540]` and `order[540:]`. With a "
            "share such as `len(y) // 7` it fits other tables, too.",
        ],
        solution="```python\ndef split(y, seed):\n"
        "    order = np.random.default_rng(seed).permutation(len(y))\n"
        "    part = len(y) * 15 // 100\n"
        "    return order[2 * part :], order[:part], order[part : 2 * part]\n```",
        why="One shuffled order, cut in three: no row can be in two parts, none is lost, and the "
        "seed makes it come out again.",
        next="From now on, leave the test part alone until the last step.",
    ),
    Question(
        id="project.2",
        title="Prepare",
        difficulty=2,
        minutes=10,
        answer=Measured(
            _PREPARED,
            measure=project.measure_preparation,
            pieces=["prepare(X, y, train, val, test)"],
            needs=[
                Need(
                    lambda m: bool(m["right labels"]),
                    lambda m: (
                        "The labels that you hand back are not those of the rows that I "
                        "asked for. Inputs and labels of a part have to be taken by the same row "
                        "numbers, in the same order. Compare the first three of each with the "
                        "table: which of the two took another way?"
                    ),
                ),
                Need(
                    lambda m: 0.05 <= m["size"] <= 3,
                    lambda m: (
                        "The numbers of your training inputs have a typical size of "
                        f"{m['size']:.2g}. The raw ones count dots, up to 16. A network learns "
                        "best from numbers around 1: larger ones drive its neurons to their flat "
                        "ends, and each η that suits them is tiny. What should be taken away, "
                        "and what divided by?"
                    ),
                ),
            ],
        ),
        rivals=[
            Rival(
                "divided-by-no-spread",
                Sign(lambda m: not m["finite"], {"finite": 0}),
            ),
            Rival(
                "scaled-part-by-part",
                Sign(lambda m: m["apart"] > SAME and m["leak"] <= SAME, {"apart": 0.5}),
            ),
            Rival(
                "scaled-before-the-split",
                Sign(
                    lambda m: m["leak"] > SAME,
                    {"leak": 0.4},
                    lambda m: (
                        "I changed pictures of the validation and the test part, and your "
                        "training inputs changed with them."
                    ),
                ),
            ),
            Rival("labels-not-whole", Sign(lambda m: not m["whole labels"], {"whole labels": 0})),
            Rival("double-for-single", Sign(lambda m: not m["float32"], {"float32": 0})),
        ],
        hints=[
            "Mean and spread come from `X[train]` alone. Then the same two are used for all parts.",
            "Some pixels are empty in every picture. Their spread is 0; put a 1 in its place.",
            "`torch.tensor((X[rows] - mean) / spread, dtype=torch.float32)` for the inputs, and "
            "`torch.tensor(y[rows])` for the labels, which NumPy keeps as int64 here.",
        ],
        solution="```python\ndef prepare(X, y, train, val, test):\n"
        "    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)\n"
        "    spread[spread == 0] = 1\n\n    def part(rows):\n"
        "        scaled = (X[rows] - mean) / spread\n"
        "        return torch.tensor(scaled, dtype=torch.float32), torch.tensor(y[rows])\n\n"
        "    return part(train), part(val), part(test)\n```",
        why="Two rows of numbers, learned from the training part, are used on all three, as they "
        "would be on a picture that comes in next year.",
        next="They belong to the model now: whoever uses it later needs these two rows as well.",
    ),
    Question(
        id="project.3",
        title="The network",
        difficulty=2,
        minutes=10,
        answer=Measured(
            _NET,
            measure=project.measure_net,
            pieces=["Net()"],
            needs=[
                Need(
                    lambda m: m["rows"] == 16 and m["columns"] == 10,
                    lambda m: (
                        f"For 16 digits your network gives back {m['rows']:.0f} rows of "
                        f"{m['columns']:.0f}. There should be one row for each digit, and in it "
                        "one score for each of the ten classes. Look at the two sizes of your "
                        "last layer, and at whether anything after it picks or adds. Which shape "
                        "comes out?"
                    ),
                ),
                Need(
                    lambda m: m["weights"] > 0,
                    lambda m: (
                        "Your network has no weights of its own that PyTorch can find, so there "
                        "is nothing to train. Layers such as `nn.Linear` bring theirs along, if "
                        "they are made in `__init__` and kept as attributes, as in `self.out = "
                        "…`. Where are the layers of yours made?"
                    ),
                ),
                Need(
                    lambda m: bool(m["finite"] and m["float32"]),
                    lambda m: (
                        "The scores of your network are no finite numbers in float32, though the "
                        "16 digits that it got were plain and small. A logarithm or a division "
                        "in `forward` can do that, or a change of the type on the way. What "
                        "stands between your last layer and the `return`?"
                    ),
                ),
                Need(
                    lambda m: m["unreached"] == 0,
                    lambda m: (
                        f"A step back from the loss left {m['unreached']:.0f} of your weight "
                        "tables without a gradient. They would stay as they were made for ever. "
                        "Either `forward` never uses them, or something on the way cuts the graph, "
                        "such as `detach`. Which layer is made and not called?"
                    ),
                ),
                Need(
                    lambda m: m["leans on others"] < 1e-3,
                    lambda m: (
                        "The scores of one digit depend on which others come with it: the same "
                        "row alone gets other scores than among sixteen. Something in `forward` "
                        "works along the rows, a mean or a softmax over the wrong direction. "
                        "Which `dim` counts the digits, and which the classes?"
                    ),
                ),
                Need(
                    lambda m: not m["never below zero"],
                    lambda m: (
                        "No score of your network is ever below 0, and many are exactly 0. A "
                        "ReLU behind the last layer does that. It cuts off all that speaks "
                        "*against* a class, and where it cuts, no gradient comes back. What "
                        "should stand between the last layer and the loss?"
                    ),
                ),
            ],
        ),
        rivals=[
            Rival(
                "forgotten-eval",
                Sign(lambda m: m["differs"] > 1e-6, {"differs": 0.4}),
                message="I called `eval()` on your network and asked twice about the same digits: "
                "the scores differed. `nn.Dropout` as a layer listens to `eval()`, and so does "
                "`dropout(x, training=self.training)`; the bare function of `torch.nn.functional` "
                "never stops. Which of these is in your `forward`?",
            ),
            Rival(
                "softmax-twice",
                Sign(lambda m: bool(m["squashed"]), {"squashed": 1}),
                message="Your network hands back numbers between 0 and 1, even for inputs that are "
                "twenty times too large, so a softmax or a sigmoid stands at its end. "
                "`CrossEntropyLoss` applies a softmax by itself, and on top of yours it makes all "
                "slopes faint. What should the last line of `forward` be?",
            ),
            Rival(
                "layers-not-registered",
                Sign(lambda m: m["hidden layers"] > 0, {"hidden layers": 2}),
            ),
        ],
        hints=[
            "A class with two methods: `__init__` makes the layers, `forward` sends x through.",
            "`super().__init__()` comes first. Then `self.hidden = nn.Linear(64, 64)` and "
            "`self.out = nn.Linear(64, 10)`, or an `nn.Sequential` as one attribute.",
            "`forward` returns the ten numbers of the last layer as they are. No softmax: the loss "
            "does that.",
        ],
        solution="```python\nclass Net(nn.Module):\n    def __init__(self):\n"
        "        super().__init__()\n        self.hidden = nn.Linear(64, 64)\n"
        "        self.drop = nn.Dropout(0.2)\n        self.out = nn.Linear(64, 10)\n\n"
        "    def forward(self, x):\n"
        "        return self.out(self.drop(torch.relu(self.hidden(x))))\n```",
        why="64 numbers in, 10 scores out, and every layer is an attribute, so that PyTorch knows "
        "its weights. The scores go to the loss unsquashed.",
        next="Every network that you will ever read in PyTorch is such a class.",
    ),
    Question(
        id="project.4",
        title="Batches",
        difficulty=1,
        minutes=7,
        answer=Measured(
            _LOADERS,
            measure=project.measure_loaders,
            pieces=["loaders(train, val)"],
            needs=[
                Need(
                    lambda m: not m["used up"],
                    lambda m: (
                        "I went through your loaders twice, and the second time nothing came. A "
                        "generator is spent after one round, and training takes many. A "
                        "`DataLoader` starts anew whenever a loop begins; an object of your own "
                        "can do that with `__iter__`. What does yours hand back?"
                    ),
                ),
                Need(
                    lambda m: m["left out"] < m["largest batch"] and m["repeated"] == 0,
                    lambda m: (
                        f"In one round through the training loader, {_rows(m['left out'])} never "
                        f"came and {_rows(m['repeated'])} came again. An epoch is one look at "
                        "every row, so that none counts more than another. (Less than one batch "
                        "may be left out at the end.) Where do the rows go?"
                    ),
                ),
                Need(
                    lambda m: m["largest batch"] <= 115,
                    lambda m: (
                        f"Your largest batch holds {m['largest batch']:.0f} of 230 training rows, "
                        "so one epoch is one or two steps. Many small steps lead further than a "
                        "few exact ones, as chapter 13 has shown. How large should a batch be, "
                        "so that there are a good many of them?"
                    ),
                ),
                Need(
                    lambda m: bool(m["types kept"]),
                    lambda m: (
                        "The batches have other types than the tensors that I handed over, "
                        "float32 for inputs and int64 for labels. A way through NumPy or through "
                        "lists changes them in silence, and the first layer or the loss stops "
                        "later. Where are the rows of a batch put together?"
                    ),
                ),
            ],
        ),
        rivals=[
            Rival(
                "pairs-torn",
                Sign(
                    lambda m: m["torn"] > 0,
                    {"torn": 200},
                    lambda m: (
                        f"In one round, {m['torn']:.0f} inputs came with the label of another."
                    ),
                ),
            ),
            Rival(
                "not-shuffled",
                Sign(lambda m: bool(m["in order"]), {"in order": 1, "same order": 1}),
                message="The training rows come in the order in which I handed them over, in every "
                "epoch. Then the same rows always share a batch, and the last ones have the last "
                "word each time. New company in every epoch makes the steps fair. Which setting of "
                "`DataLoader` does that?",
            ),
            Rival(
                "not-shuffled",
                Sign(
                    lambda m: bool(m["same order"] and not m["in order"]),
                    {"same order": 1},
                ),
                message="You shuffled once, and every epoch then takes the same order. So the same "
                "rows always share a batch, and their accidents pull the same way each time. A "
                "`DataLoader` draws a new order whenever a loop over it begins. Where in yours is "
                "the order drawn?",
            ),
            Rival(
                "rows-left-out",
                Sign(
                    lambda m: m["left out of validation"] + m["repeated in validation"] > 0,
                    {"left out of validation": 6},
                    lambda m: (
                        f"Of 70 validation rows, {m['left out of validation']:.0f} never "
                        "came, in a whole round."
                    ),
                ),
            ),
        ],
        hints=[
            "`TensorDataset(*train)` pairs inputs and labels; `DataLoader` deals them out.",
            "`DataLoader(TensorDataset(*train), batch_size=32, shuffle=True)`.",
            "The second one is for judging: no order is better there, so it needs no `shuffle`.",
        ],
        solution="```python\ndef loaders(train, val):\n    return (\n"
        "        DataLoader(TensorDataset(*train), batch_size=32, shuffle=True),\n"
        "        DataLoader(TensorDataset(*val), batch_size=256),\n    )\n```",
        why="Pairs stay together in the data set, and a new order is drawn in each epoch.",
        next="The same four words load a million pictures from a disk: only the data set changes.",
    ),
    Question(
        id="project.5",
        title="The training loop",
        difficulty=3,
        minutes=20,
        answer=Measured(
            _FITTED,
            measure=project.measure_fit,
            pieces=["fit(net, train_loader, val_loader, epochs)"],
            needs=[
                Need(
                    lambda m: m["moved"] > 0,
                    lambda m: (
                        "After your training my network has exactly the weights that it had "
                        "before. Either no step was taken, or another network was trained: the "
                        "optimiser has to get the parameters of the `net` that comes in. Which "
                        "line moves the weights, and whose weights does it know?"
                    ),
                ),
                Need(
                    lambda m: m["fell by"] > 1e-3,
                    lambda m: (
                        "I measured the loss of the training rows before and after your "
                        "training, without dropout, and it has hardly fallen. A step that is far "
                        "too short does that, and so does a gradient that never arrives; Adam with "
                        "η = 0.003 is a good start. What does your own training curve say?"
                    ),
                ),
                Need(
                    lambda m: m["entries"] == m["validation entries"] == project.ROUNDS,
                    lambda m: (
                        f"I asked for {project.ROUNDS} epochs, and your two lists have "
                        f"{m['entries']:.0f} and {m['validation entries']:.0f} numbers. For a "
                        "curve each of them needs one number for each epoch, the mean of its "
                        "batches. Which loop do the two lines with `append` belong to?"
                    ),
                ),
                Need(
                    lambda m: m["validation"] < CLOSE,
                    lambda m: (
                        "I measured the validation loss of the network that you handed back, and "
                        "none of your numbers is near it. It should be taken at the end of each "
                        "epoch, as the mean cross-entropy of all validation rows, with dropout "
                        "off. When is yours taken, and over which batches?"
                    ),
                ),
                Need(
                    lambda m: 0.3 < m["training sums"] < 1.7,
                    lambda m: (
                        "Your training curve does not fit the losses that your own batches had: "
                        f"it is {m['training sums']:.2g} times their mean. It may be taken while "
                        "the epoch runs or after it, but always as a mean of the batches. What "
                        "is added up there, and what is it divided by?"
                    ),
                ),
            ],
        ),
        rivals=[
            Rival(
                "train-on-test",
                Sign(lambda m: m["turned by validation"] > 1e-3, {"turned by validation": 0.2}),
                message="A pixel that is lit in the validation pictures alone has moved its "
                "weights, so your loop takes steps on them as well. Then nobody is left who could "
                "say how it does on unseen digits. Which lines belong into the first of the two "
                "inner loops only?",
            ),
            Rival(
                "forgotten-eval",
                Sign(
                    lambda m: m["validation in training mode"] > 0,
                    {"validation in training mode": 8},
                ),
                message="When your loop asked my network about the validation rows, it was still "
                "in training mode, with dropout on. So it was judged with a part of its neurons "
                "switched off, and its loss looks worse than it is. Which call is missing in front "
                "of the second loop?",
            ),
            Rival(
                "train-forgotten",
                Sign(lambda m: m["training in eval mode"] > 0, {"training in eval mode": 18}),
            ),
            Rival("gradient-not-zeroed", Sign(lambda m: m["piled up"] > 0, {"piled up": 40})),
            Rival(
                "softmax-twice",
                Sign(
                    _squashed_loss,
                    {"softmax of training": 0.0, "plain of training": 0.4},
                ),
            ),
            Rival("graphs-kept", Sign(lambda m: m["kept graphs"] > 0, {"kept graphs": 4})),
            Rival(
                "forgotten-mean",
                Sign(_summed, {"training sums": 6.0}),
                message="Your curve holds the sum over the batches of an epoch. The number of "
                "batches is another one for training than for validation, so the two curves cannot "
                "be compared, and another batch size moves both. What should the sum be divided by "
                "at the end of an epoch?",
            ),
            Rival(
                "ascent-for-descent",
                Sign(lambda m: m["uphill"] > 0.8, {"uphill": 1.0, "fell by": -0.6}),
            ),
            Rival(
                "step-too-large",
                Sign(
                    lambda m: not m["finite"] or m["fell by"] < -0.05,
                    {"fell by": -40.0},
                    lambda m: (
                        "I measured the loss of the training rows before and after, without "
                        "dropout: it has grown."
                    ),
                ),
                message="Each of your steps may point downhill, and be so long that it lands on "
                "the other side, higher up, as in chapter 12. Adam with η = 0.003 is a good start "
                "here. What does the loss of the first ten batches look like when you print it?",
            ),
        ],
        hints=[
            "Two inner loops in each epoch. The first trains: `net.train()`, then for each batch "
            "zero_grad, loss, backward, step. The second looks: `net.eval()` and "
            "`torch.no_grad()`.",
            "`criterion = nn.CrossEntropyLoss()` takes scores and labels: "
            "`criterion(net(x), labels)`. Keep `loss.item()`, and append the mean at the end of "
            "each epoch.",
            "Batches differ in size, so weigh: add up `loss.item() * len(x)`, and divide by the "
            "number of rows. Batches go to the network's device with `.to(device)`.",
        ],
        solution="```python\ndef fit(net, train_loader, val_loader, epochs):\n"
        "    criterion = nn.CrossEntropyLoss()\n"
        "    optimizer = torch.optim.Adam(net.parameters(), lr=0.003)\n"
        "    train_losses, val_losses = [], []\n    for epoch in range(epochs):\n"
        "        net.train()\n        total = 0.0\n        for x, labels in train_loader:\n"
        "            optimizer.zero_grad()\n            loss = criterion(net(x), labels)\n"
        "            loss.backward()\n            optimizer.step()\n"
        "            total += loss.item() * len(x)\n"
        "        train_losses.append(total / len(train_loader.dataset))\n"
        "        net.eval()\n        total = 0.0\n        with torch.no_grad():\n"
        "            for x, labels in val_loader:\n"
        "                total += criterion(net(x), labels).item() * len(x)\n"
        "        val_losses.append(total / len(val_loader.dataset))\n"
        "    return train_losses, val_losses\n```",
        why="Training and looking take turns, each in its own mode, and only the first moves "
        "weights. Two curves tell when remembering begins.",
        next="You can now read the training loop of nearly any model that has been published.",
        seconds=20.0,
    ),
    Question(
        id="project.6",
        title="One thing improved, and measured",
        difficulty=4,
        minutes=16,
        answer=Measured(
            _STUDY,
            measure=project.measure_study,
            pieces=["study(train, val, seeds)"],
            needs=[
                Need(
                    lambda m: m["variants"] >= 2 and bool(m["same variants"]),
                    lambda m: (
                        f"Your table has {m['variants']:.0f} named rows, and a comparison needs "
                        "two or more, the same ones in every call: the network as it was, and "
                        "the network with the one thing changed. Which thing do you want to try, "
                        "and what do you compare it with?"
                    ),
                ),
                Need(
                    _is_share,
                    lambda m: (
                        "A number in your table is no share of the 120 validation rows that I "
                        "handed over. An accuracy is the count of right answers divided by the "
                        "count of rows, and nothing else; a loss or a mean of means is another "
                        "thing. What do you append to the table?"
                    ),
                ),
                Need(
                    lambda m: m["most"] > 0.5,
                    lambda m: (
                        "With 240 digits to train on, your best variant had "
                        f"{_percent(m['most'])} of the 120 validation digits right. Most ways "
                        "reach 80 % and more there, so something in the runs does not train as "
                        "it should. How many epochs does each run get, and does its loss fall?"
                    ),
                ),
            ],
        ),
        rivals=[
            Rival(
                "per-cent-for-share",
                Sign(lambda m: 1 < m["most"] <= 100 and m["no share"] < 0.05, {"most": 95}),
            ),
            Rival(
                "train-on-test",
                Sign(lambda m: bool(m["blind to labels"]), {"blind to labels": 1}),
                message="I gave every validation digit a wrong label, and your accuracies stayed "
                "as they were. So they come from other rows: from the training part, or from a "
                "test part that your function finds outside of its inputs. Which pair should "
                "stand in the line that counts right answers?",
            ),
            Rival(
                "train-on-test",
                Sign(
                    lambda m: (
                        m["with moved labels"] > 0.4 and _is_share(m) and not m["blind to labels"]
                    ),
                    {"with moved labels": 0.97},
                ),
                message="I gave every validation digit a wrong label, and your network learned the "
                "wrong ones: it gave them back. So the validation rows were trained on, and what "
                "you compare is how well each variant remembers. Which rows does the loop with "
                "`backward()` get?",
            ),
            Rival(
                "seed-ignored",
                Sign(lambda m: bool(m["all alike"]), {"all alike": 1}),
                message="All runs of all variants came to the same number, to the last digit, "
                "though I handed over three seeds. Three networks from three random starts hardly "
                "ever agree so well. Then nobody can see how much luck is in a number. Where does "
                "a seed enter each run?",
            ),
            Rival(
                "starts-not-equal",
                Sign(
                    lambda m: m["apart when turned"] > 1e-6,
                    {"apart when turned": 0.02},
                    lambda m: (
                        "I handed over the seeds in the opposite order, and other numbers "
                        "stood in the table."
                    ),
                ),
            ),
        ],
        hints=[
            "Two loops: for each variant, for each seed. Inside: set the seed, make a network, "
            "train it, count its right answers on the validation part.",
            "What could be changed: the width, dropout, weight decay (`weight_decay=…` of the "
            "optimiser), η, the batch size. One thing at a time, or you won't know what helped.",
            "`torch.manual_seed(seed)` inside of both loops, before the network is made, lets "
            "each run begin alike, whatever ran before.",
        ],
        solution="```python\ndef accuracy(net, part):\n    net.eval()\n    with torch.no_grad():\n"
        "        said = net(part[0]).argmax(dim=1)\n"
        "    return (said == part[1]).float().mean().item()\n\n\n"
        "def study(train, val, seeds):\n    table = {}\n"
        '    for name, share in {"no dropout": 0.0, "dropout 0.2": 0.2}.items():\n'
        "        table[name] = []\n        for seed in seeds:\n"
        "            torch.manual_seed(seed)\n            net = Net()\n"
        "            net.drop.p = share\n"
        "            fit(net, *loaders(train, val), epochs=10)\n"
        "            table[name].append(accuracy(net, val))\n    return table\n```",
        why="Same seeds, same data, one thing changed: so a difference comes from that thing, and "
        "the spread between seeds tells how large a difference has to be to mean anything.",
        next="“No difference that I can see” is a result too, and an honest one.",
        seconds=LONG,
    ),
    Question(
        id="project.7",
        title="Saved and loaded",
        difficulty=2,
        minutes=7,
        answer=Measured(
            _SAVED,
            measure=project.measure_saving,
            pieces=["Net()", "save(net, path)", "load(path)"],
            needs=[
                Need(
                    lambda m: m["written"] == 2,
                    lambda m: (
                        "I called your `save` for two networks, with a path for each, and found "
                        f"{m['written']:.0f} of the two files in their places. The path comes in "
                        "from outside, so that several networks can be kept side by side. Does a "
                        "name of a file stand in your function itself?"
                    ),
                ),
                Need(
                    lambda m: bool(m["a new one"]),
                    lambda m: (
                        "What your `load` hands back is the very network that was saved, and no "
                        "new one. Tomorrow, in a new kernel, that one will not be there: all "
                        "that is left is the file. Which line of `load` makes a network, and "
                        "which fills it with what the file holds?"
                    ),
                ),
                Need(
                    lambda m: m["apart"] < 1e-6,
                    lambda m: (
                        "I saved two networks and loaded both, and the scores of a loaded one "
                        "are not those of the one that was saved. So the weights did not arrive, "
                        "or those of another network did. Print the sum of one layer before and "
                        "after. What does `load_state_dict` get in yours?"
                    ),
                ),
            ],
        ),
        rivals=[
            Rival(
                "whole-object-saved", Sign(lambda m: bool(m["whole object"]), {"whole object": 1})
            ),
            Rival(
                "forgotten-eval",
                Sign(
                    lambda m: m["in training mode"] > 0 and m["differs"] > 0,
                    {"in training mode": 2, "differs": 0.4},
                ),
                message="I asked the network that you loaded twice about the same digits, and the "
                "answers differed. A new network is in training mode, so "
                "dropout is on, and loading weights does not change that. What should `load` call "
                "before it hands the network over?",
            ),
        ],
        hints=[
            "`net.state_dict()` is a dict of all weights by their names. `torch.save` writes it.",
            "To load: make a new `Net()`, and give it the dict by "
            "`net.load_state_dict(torch.load(path))`.",
            "A loaded network is there to be asked: call `net.eval()` before you return it.",
        ],
        solution="```python\ndef save(net, path):\n    torch.save(net.state_dict(), path)\n\n\n"
        "def load(path):\n    net = Net()\n"
        '    net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))\n'
        "    return net.eval()\n```",
        why="The class is your code, the file holds the numbers. Together they give the same "
        "predictions, on any machine.",
        next="Models with billions of weights are handed on in the same way: a class and a file.",
        seconds=20.0,
    ),
    Question(
        id="project.8",
        title="One honest number",
        difficulty=3,
        minutes=10,
        answer=Measured(
            _REPORT,
            measure=project.measure_report,
            pieces=["report(X, y, seed)"],
            needs=[
                Need(
                    lambda m: abs(m["accuracy"] - m["share right"]) < 1e-4,
                    lambda m: (
                        f"You report {m['accuracy']:.4g}, and of the rows that you name, your "
                        f"predictions have {_percent(m['share right'])} right. The three things "
                        "that you hand back should belong together: the row numbers of the test, "
                        "a class for each of them, and the share that is right. Which of them "
                        "comes from elsewhere?"
                    ),
                ),
                Need(
                    lambda m: 0.05 <= m["share of all"] <= 0.5 and m["rows"] > 1,
                    lambda m: (
                        f"Your test part has {_percent(m['share of all'])} of all rows. Between 5 "
                        "and 50 % are fine: with too few, each digit moves the score by a lot, "
                        "and with too many, nothing is left to learn from. Which rows do you "
                        "hand back, and are they those of the test alone?"
                    ),
                ),
                Need(
                    lambda m: m["accuracy"] >= BAR,
                    lambda m: (
                        f"Your network has {_percent(m['accuracy'])} of the test digits right, "
                        f"and the bar stands at {_percent(BAR)}. That number is honest, and "
                        "honest is what counts most; now look at the *validation* curves, not at "
                        "the test, to see what is missing. Does the training loss still fall at "
                        "the end, or does the gap grow?"
                    ),
                ),
            ],
        ),
        rivals=[
            Rival(
                "per-cent-for-share",
                Sign(
                    lambda m: abs(m["accuracy"] - 100 * m["share right"]) < 0.1,
                    {"accuracy": 97.0},
                ),
            ),
            Rival(
                "train-on-test",
                Sign(lambda m: m["fitted"] > 0.3, {"fitted": 0.96}),
                message="I gave each of your test digits a wrong label and let you train again: "
                "your network then gave back the wrong ones. It can know them only if it was "
                "trained on the test rows. So the number tells how well it remembers. Which rows "
                "get into the training loop?",
            ),
            Rival(
                "seed-ignored",
                Sign(
                    lambda m: bool(m["other rows again"]) or m["other classes again"] > m["slack"],
                    {"other classes again": 0.07},
                    lambda m: (
                        "I called your function twice with the same digits and the same "
                        "seed, and it came to other predictions."
                    ),
                ),
            ),
            Rival(
                "chosen-by-the-test",
                Sign(
                    lambda m: m["other classes when moved"] > m["other classes again"] + m["slack"],
                    {"other classes when moved": 0.08},
                ),
                message="I changed the labels of your test rows and nothing else, not even the "
                "seed, and another network came out. So these labels had a say in it: they took "
                "part in a step, or the best of several tries was picked by them. Which part of "
                "the data was set aside for choosing?",
            ),
        ],
        hints=[
            "All the steps in one function: split, prepare, loaders, `Net`, `fit`. The test part "
            "waits until the last lines.",
            "`torch.manual_seed(seed)` comes before `Net()`. At the end: `net.eval()`, and "
            "`net(x_test).argmax(dim=1)` under `torch.no_grad()`.",
            "`accuracy = (predicted == y_test).float().mean().item()`, then "
            "`return accuracy, test, predicted`.",
        ],
        solution="```python\ndef report(X, y, seed):\n    rows = split(y, seed)\n"
        "    train, val, (x_test, y_test) = prepare(X, y, *rows)\n"
        "    torch.manual_seed(seed)\n    net = Net()\n"
        "    fit(net, *loaders(train, val), epochs=15)\n    net.eval()\n"
        "    with torch.no_grad():\n        predicted = net(x_test).argmax(dim=1)\n"
        "    return (predicted == y_test).float().mean().item(), rows[2], predicted\n```",
        why="Nothing was fitted to the test rows and nothing was chosen by them, so their score is "
        "what you may expect of new digits from the same writers.",
        next="You have gone the whole way, from a table of numbers to a number that you can stand "
        "by. That is a project.",
        seconds=LONG,
    ),
]
