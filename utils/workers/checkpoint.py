"""What a training needs to go on after everything has stopped, in one file.

That is more than the weights: the optimizer has a memory, and somebody must know the step.
"""

from pathlib import Path

import torch


def save(path: Path, step: int, weights: torch.Tensor, optimizer: torch.optim.Optimizer) -> None:
    """Write a checkpoint in place of the last one; whoever reads finds the old or the new one."""
    whole = {"step": step, "weights": weights.detach(), "optimizer": optimizer.state_dict()}
    torch.save(whole, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def load(path: Path, weights: torch.Tensor, optimizer: torch.optim.Optimizer) -> int:
    """Put the last checkpoint into weights and optimizer; its step, or 0 where there is none."""
    if not path.exists():
        return 0
    whole = torch.load(path, weights_only=True)
    weights.data.copy_(whole["weights"])
    optimizer.load_state_dict(whole["optimizer"])
    return whole["step"]
