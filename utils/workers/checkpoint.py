"""What a training with momentum needs to go on after everything has stopped, in one file.

That is more than the weights: the optimizer has a memory, and somebody must know the step. (Of an
optimizer of `torch.optim`, that memory is its `state_dict()`.)
"""

from pathlib import Path

import torch


def save(path: Path, step: int, weights: torch.Tensor, velocity: torch.Tensor) -> None:
    """Write a checkpoint in place of the last one; whoever reads finds the old or the new one."""
    part = path.with_suffix(".part")
    torch.save({"step": step, "weights": weights, "velocity": velocity}, part)
    part.replace(path)


def load(path: Path) -> tuple[int, torch.Tensor, torch.Tensor]:
    """The step of the last checkpoint, weights and velocity; all 0 where there is none."""
    if not path.exists():
        return 0, torch.zeros(2, dtype=torch.float64), torch.zeros(2, dtype=torch.float64)
    whole = torch.load(path, weights_only=True)
    return whole["step"], whole["weights"], whole["velocity"]
