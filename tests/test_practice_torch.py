"""What practice of the chapters with PyTorch calls right, held against PyTorch itself."""

import io
import math
import re
import subprocess
import sys
from contextlib import redirect_stdout

import numpy as np
import pytest
import torch
from torch import nn

from utils import bank
from utils.models.many_machines import ring_messages
from utils.practice.template import Problem, draw

CHAPTERS = ("pytorch_autograd", "training_a_network", "many_machines")
TEMPLATES = {t.id: t for name in CHAPTERS for t in bank.templates(name)}
DRAWS = 25
RUN = (
    "twice",
    "walks",
    "steps",
    "second",
    "shapes",
    "care",
    "pairs",
    "bits",
)  # code that prints its answer


def problems(name: str) -> list[Problem]:
    return [draw(TEMPLATES[name], str(seed)).problem for seed in range(DRAWS)]


def code_of(problem: Problem) -> str:
    (found,) = re.findall(r"```python\n(.*?)```", problem.statement, re.S)
    return found


def numbers(text: str) -> list[float]:
    """All numbers in a text, with a true minus or without."""
    return [float(n) for n in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", text.replace("−", "-"))]


def columns(problem: Problem) -> list[list[str]]:
    (table,) = problem.shown
    return [list(column) for column in zip(*table.rows, strict=True)]


def chosen(problem: Problem) -> str:
    return problem.answer.offered[problem.answer.truth].strip("`")


def test_no_kind_of_problem_needs_torch() -> None:
    asks = "import sys; from utils import bank; from utils.practice.template import draw; "
    asks += f"[draw(t, '1') for c in {CHAPTERS} for t in bank.templates(c)]; "
    asks += "print('torch' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


# --- chapter 15 ---


@pytest.mark.parametrize("name", [f"pytorch_autograd.{name}" for name in RUN])
def test_code_prints_what_is_called_right(name: str) -> None:
    for problem in problems(name):
        said = io.StringIO()
        with redirect_stdout(said):
            exec(code_of(problem), {"torch": torch})
        truth = np.ravel(problem.answer.truth)
        assert numbers(said.getvalue()) == pytest.approx(list(truth), abs=1e-4), problem.statement


def test_a_faulty_loop_does_what_is_said_of_it() -> None:
    xs = torch.tensor([1.0, 2.0, 3.0])
    for problem in problems("pytorch_autograd.loop"):
        lines, losses = code_of(problem), []
        watched = lines.replace(".mean()", ".mean(); losses.append(loss.item())")
        data = {"xs": xs, "ys": 0.5 * xs, "x": xs, "y": 0.5 * xs}
        exec(watched, {"torch": torch, "losses": losses} | data)
        if "swings" in problem.statement:
            falls = np.diff(losses) < 0
            assert falls[0] and not falls.all() and np.diff(falls).sum() >= 3
            assert chosen(problem) == "the gradients are never cleared"
        else:
            assert len(set(losses)) == 1, problem.statement
        # Each option but the right one can be seen to be wrong in the lines themselves.
        stands = [line.strip() for line in lines.splitlines() if line.startswith("    ")]
        calls = [next(c for c in CALLS if c in line) for line in stands]
        true = {
            "the gradients are never cleared": "zero_grad" not in calls,
            "nobody walks back from the loss": "backward" not in calls,
            "the optimiser is never asked to step": "step" not in calls,
            "the gradients are cleared between the walk back and the step": calls[1:]
            == ["backward", "zero_grad", "step"],
        }
        assert [text for text, holds in true.items() if holds] == [chosen(problem)]
        assert set(problem.answer.offered.values()) == set(true)


CALLS = ("zero_grad", "mean", "backward", "step")


def test_a_message_is_the_one_that_comes_and_one_remedy_mends_it() -> None:
    remedies = {
        "give the data 32 bits": ("loss_of(", "X = X.float()\nloss_of("),
        "give the data 64 bits": ("loss_of(", "X = X.double()\nloss_of("),
        "make the targets a column": ("loss_of(", "y = y.reshape(-1, 1)\nloss_of("),
        "write the start with a point": (", requires_grad", ".0, requires_grad"),
        "make a layer for as many inputs": (
            "loss_of(",
            "layer = nn.Linear(X.shape[1], 1).to(layer.weight.dtype)\nloss_of(",
        ),
    }
    for problem in problems("pytorch_autograd.message"):
        lines, said = code_of(problem), re.findall(r"(?m)^`([^`]+)`$", problem.statement)
        made = {"torch": torch, "np": np, "nn": nn}
        with pytest.raises((RuntimeError, ValueError)) as stopped:
            exec(lines, dict(made))
        assert str(stopped.value).startswith(said[-1])
        for letter, text in problem.answer.offered.items():
            old, new = next(v for begins, v in remedies.items() if text.startswith(begins))
            try:
                exec(new.join(lines.rsplit(old, 1)), dict(made))
                runs = old in lines
            except (NameError, RuntimeError, ValueError):
                runs = False
            assert runs is (letter == problem.answer.truth), (lines, text)


def test_notes_are_spoilt_by_one_of_four_changes() -> None:
    for problem in problems("pytorch_autograd.spoilt"):
        for letter, text in problem.answer.offered.items():
            made = {"torch": torch}
            exec("\n".join([code_of(problem), *re.findall("`([^`]+)`", text)]), made)
            try:
                made["y"].sum().backward()
                runs = True
            except RuntimeError as error:
                runs = False
                assert "modified by an inplace operation" in str(error)
            assert runs is (letter != problem.answer.truth), text


# --- chapter 16 ---


def test_knobs_are_those_of_the_model() -> None:
    for problem in problems("training_a_network.knobs"):
        made = {"nn": nn}
        exec(code_of(problem), made)
        assert sum(w.numel() for w in made["model"].parameters()) == problem.answer.truth


def test_the_loss_is_the_cross_entropy_of_the_model() -> None:
    torch.manual_seed(0)
    for problem in problems("training_a_network.loss"):
        made = {"nn": nn}
        exec(code_of(problem), made)
        model = made["model"].double()  # so that rounding is no difference
        X = torch.randn(12, model[0].in_features, dtype=torch.float64)
        y = torch.arange(12).reshape(-1, 1).remainder(2).double()
        p = model(X) if isinstance(model[-1], nn.Sigmoid) else model(X).sigmoid()
        wanted = -(y * p.log() + (1 - y) * (1 - p).log()).mean()
        losses = vars(nn.functional) | {"model": model, "X": X, "y": y}
        for letter, line in problem.answer.offered.items():
            try:
                agrees = torch.allclose(eval(line.strip("`"), losses), wanted, atol=1e-6)
            except RuntimeError:  # logits are no probabilities
                agrees = False
            assert agrees is (letter == problem.answer.truth), line


def test_steps_are_those_of_the_loader() -> None:
    for problem in problems("training_a_network.steps"):
        rows, epochs = numbers(problem.statement.split("\n")[0])
        code = code_of(problem)
        name = code.partition("DataLoader(")[2].partition(",")[0]
        made = {"DataLoader": torch.utils.data.DataLoader, name: list(range(int(rows)))}
        exec(code, made)
        assert sum(1 for _ in range(int(epochs)) for _ in made["loader"]) == problem.answer.truth


def test_rates_are_those_of_the_scheduler() -> None:
    for problem in problems("training_a_network.rate"):
        epoch = int(numbers(problem.statement.partition("epoch ")[2].split("?")[0])[-1])
        made = {"torch": torch, "model": nn.Linear(1, 1)}
        made["StepLR"] = torch.optim.lr_scheduler.StepLR
        exec(code_of(problem), made)
        for _ in range(epoch):
            made["optimizer"].step()
            made["scheduler"].step()
        assert made["optimizer"].param_groups[0]["lr"] == pytest.approx(problem.answer.truth)


def test_a_scheduler_among_the_batches_falls_as_often_as_it_says() -> None:
    for problem in problems("training_a_network.scheduler"):
        found = re.search(r"There are (\d+) points, in batches of (\d+)", problem.statement)
        rows, size = int(found[1]), int(found[2])
        points = torch.utils.data.TensorDataset(torch.zeros(rows, 1), torch.zeros(rows, 1))
        model = nn.Linear(1, 1)
        made = {
            "model": model,
            "loss_of": nn.functional.mse_loss,
            "optimizer": torch.optim.SGD(model.parameters(), lr=1.0),
            "loader": torch.utils.data.DataLoader(points, batch_size=size),
            "StepLR": torch.optim.lr_scheduler.StepLR,
        }
        exec(code_of(problem), made)
        rate = made["optimizer"].param_groups[0]["lr"]
        assert round(-math.log10(rate)) == problem.answer.truth


def test_shapes_and_lines_are_those_of_the_way_back() -> None:
    for problem in problems("training_a_network.shapes"):
        rows, a, _, h, _, c = map(int, numbers(problem.statement.split(" are ")[1])[:6])
        X = torch.zeros(rows, a, requires_grad=True)
        W1, W2 = (torch.zeros(m, n, requires_grad=True) for m, n in ((a, h), (h, c)))
        H = (X @ W1).tanh()
        H.retain_grad()
        (H @ W2).sum().backward()
        w, x = (W1, X) if "dW1" in problem.statement else (W2, H)
        assert [*w.grad.shape, *x.grad.shape] == problem.answer.truth

    torch.manual_seed(0)
    for problem in problems("training_a_network.product"):
        layer = r"A layer computes (\w+) = (\w+) @ (\w+) \+ (\w+),"
        z, x, W, b = re.match(layer, problem.statement).groups()
        rows, a, _, n = map(int, numbers(problem.statement.split("shapes")[1])[:4])
        given = {x: torch.randn(rows, a), W: torch.randn(a, n), b: torch.randn(n)}
        for tensor in given.values():
            tensor.requires_grad_()
        dz = torch.randn(rows, n)
        (given[x] @ given[W] + given[b]).backward(dz)
        of = re.search(r"Which line gives d(\w+)\?", problem.statement)[1]
        for letter, line in problem.answer.offered.items():
            names = {name: tensor.detach() for name, tensor in given.items()} | {f"d{z}": dz}
            try:
                found = eval(line.strip("`"), names)
            except RuntimeError:  # the shapes do not fit
                found = torch.empty(0)
            wanted = given[of].grad
            agrees = found.shape == wanted.shape and torch.allclose(found, wanted, atol=1e-4)
            assert agrees is (letter == problem.answer.truth), (problem.statement, line)


def test_links_of_the_way_back_are_those_of_torch() -> None:
    for problem in problems("training_a_network.relu"):
        (table,) = problem.shown
        z, arriving = (numbers(" ".join(row[1:])) for row in table.rows)
        z = torch.tensor(z, requires_grad=True)
        z.relu().backward(torch.tensor(arriving))
        assert z.grad.tolist() == problem.answer.truth

    for problem in problems("training_a_network.output"):
        _, p, y = columns(problem)
        p, y = (torch.tensor(numbers(" ".join(v)), dtype=torch.float64) for v in (p, y))
        z = (p / (1 - p)).log().requires_grad_()
        nn.functional.binary_cross_entropy_with_logits(z, y).backward()
        assert z.grad.tolist() == pytest.approx(problem.answer.truth)

    for problem in problems("training_a_network.softmax"):
        (table,) = problem.shown
        right = table.head.index(re.search("“(.*?)”", problem.statement)[1]) - 1
        p = torch.tensor(numbers(" ".join(table.rows[0][1:])), dtype=torch.float64)
        z = p.log().requires_grad_()
        nn.functional.cross_entropy(z, torch.tensor(right)).backward()
        assert z.grad.tolist() == pytest.approx(problem.answer.truth)


def test_a_chain_of_neurons_shrinks_as_is_said() -> None:
    for problem in problems("training_a_network.layers"):
        layers, slope, weight = numbers(problem.statement)
        height = (1 + (1 - 4 * slope) ** 0.5) / 2  # σ there, from σ(1 − σ) = slope
        at = (
            torch.tensor(height / (1 - height), dtype=torch.float64).log().item()
            if slope < 0.25
            else 0
        )
        a = first = torch.tensor(0.3, dtype=torch.float64, requires_grad=True)
        for _ in range(round(layers)):
            a = torch.sigmoid(weight * a + (at - weight * a.item()))  # the bias puts it there
        a.backward()
        assert 1 / first.grad.item() == pytest.approx(problem.answer.truth)


def test_logs_turn_where_is_said_and_shares_are_of_test_points() -> None:
    for problem in problems("training_a_network.log"):
        epochs, training, test = (numbers(" ".join(column)) for column in columns(problem))
        assert epochs[int(np.argmin(test))] == problem.answer.truth
        assert (np.diff(training) < 0).all() and all(
            a < b for a, b in zip(training[1:], test[1:], strict=True)
        )
        turns = np.diff(np.sign(np.diff(test)))
        assert np.count_nonzero(turns) == 1

    for problem in problems("training_a_network.share"):
        points, _, many, right = columns(problem)
        test = [k for k, name in enumerate(points) if name == "test"]
        share = sum(int(right[k]) for k in test) / sum(int(many[k]) for k in test)
        assert 100 * share == pytest.approx(problem.answer.truth)
        assert all(int(a) <= int(b) for a, b in zip(right, many, strict=True))


# --- chapter 17 ---


def test_the_slope_of_all_examples_is_that_of_one_tensor() -> None:
    for problem in problems("many_machines.uneven"):
        _, sizes, slopes = (numbers(" ".join(column)) for column in columns(problem))
        each = torch.cat([torch.full((int(n),), g) for n, g in zip(sizes, slopes, strict=True)])
        w = torch.tensor(1.0, requires_grad=True)
        (w * each).mean().backward()
        assert w.grad.item() == pytest.approx(problem.answer.truth, abs=1e-5)


def test_a_ring_sends_what_is_said() -> None:
    for problem in problems("many_machines.ring"):
        workers, size = numbers(problem.statement)
        steps = range(3 * round(workers))
        sent = sum(who == 0 for s in steps for who, _ in ring_messages(round(workers), s))
        assert sent * size / workers == pytest.approx(problem.answer.truth)


def test_a_bug_sleeps_until_one_worker_more() -> None:
    for problem in problems("many_machines.asleep"):
        rate, bend = numbers(problem.statement)[:2]
        for workers, nearer in ((problem.answer.truth, True), (problem.answer.truth + 1, False)):
            w = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
            for _ in range(round(workers)):
                (bend / 2 * w**2).backward()  # the gradients of equal parts, added up
            assert bool((w - rate * w.grad).abs() < 1 - 1e-9) is nearer, problem.statement


def test_the_shortest_step_is_the_shortest() -> None:
    for problem in problems("many_machines.shortest"):
        alone, _, wait = numbers(problem.statement)[:3]
        counts = np.arange(1, 400)
        assert counts[np.argmin(alone / counts + wait * counts)] == problem.answer.truth


def test_times_and_walks_are_counted_out() -> None:
    for problem in problems("many_machines.faster"):
        alone, workers, talk = numbers(problem.statement)
        assert alone / (alone / workers + talk) == pytest.approx(problem.answer.truth)
    for problem in problems("many_machines.walks"):
        examples, workers, batch, rounds = numbers(problem.statement)
        step, steps = problem.answer.truth
        assert step * steps == examples and step == workers * batch * rounds
    for problem in problems("many_machines.worth"):
        (graph,) = problem.shown
        curve, (point,) = graph.lines[0].f, graph.points
        assert curve(1) == 1 and curve(point.x) == pytest.approx(point.y)
        assert 100 * point.y / point.x == problem.answer.truth
