"""What is read from a network's states while it trains: the readouts, and their losses."""

from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from rnnviz.network.lengths import present_steps
from rnnviz.tasks.batch import Batch
from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.loop.flat import Array, Flat


class Head:
    """The readout, the losses, and the second head that predicts the next input."""

    def __init__(self, flat: Flat, knobs: Knobs) -> None:
        self.task, self.weight, self.dtype = knobs.about_task, knobs.auxiliary, flat.values.dtype
        self.leaves: dict[str, torch.Tensor] = {}
        for name in ("readout.W", "readout.b", "auxiliary.W", "auxiliary.b"):
            if name in flat.named:
                leaf = torch.from_numpy(flat.named[name]).requires_grad_()
                leaf.grad = torch.from_numpy(flat.pulled[name])
                self.leaves[name] = leaf

    def judged(self, output: Array, batch: Batch) -> tuple[dict[str, Any], Array]:
        """Losses and metric; the readouts' gradients are left in their leaves.

        Returns: "loss", "metric" and, with the second head, "auxiliary_loss"; and dL/d(output).
        """
        first = 0 if self.weight else _first_counted(batch)
        features = torch.from_numpy(np.ascontiguousarray(output[first:])).requires_grad_()
        part = batch.steps(slice(first, None))
        loss, metric = self._main(features, part)
        row = {"loss": loss.item(), "metric": metric}
        if self.weight:
            second = self._second(features, batch)
            row["auxiliary_loss"] = second.item()
            loss = loss + self.weight * second
        loss.backward()  # type: ignore[no-untyped-call]
        gradient = np.zeros_like(output)
        if features.grad is not None:
            gradient[first:] = features.grad.numpy()
        return row, gradient

    def scored(self, output: Array, batch: Batch) -> tuple[float, float]:
        """Loss and metric."""
        first = _first_counted(batch)
        with torch.no_grad():
            features = torch.from_numpy(np.ascontiguousarray(output[first:]))
            loss, metric = self._main(features, batch.steps(slice(first, None)))
        return loss.item(), metric

    def answers(self, output: Array) -> Array:
        """What the readout makes of states, (time, batch, features): scores or values."""
        with torch.no_grad():
            found: Array = self._read("readout", torch.from_numpy(output)).numpy()
            return found

    def _main(self, features: torch.Tensor, batch: Batch) -> tuple[torch.Tensor, float]:
        prediction = self._read("readout", features)
        targets = torch.from_numpy(batch.targets.astype(self.dtype, copy=False))
        mask = torch.from_numpy(batch.mask.astype(self.dtype, copy=False))
        if self.task.kind == "classification":
            losses = torch.nn.functional.cross_entropy(
                prediction.flatten(0, 1), targets.argmax(-1).flatten(), reduction="none"
            ).view(mask.shape)
        else:
            losses = torch.nn.functional.mse_loss(prediction, targets, reduction="none").mean(-1)
        loss = (losses * mask).sum() / mask.sum()
        return loss, self.task.metric(prediction.detach().numpy(), batch)

    def _second(self, features: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Mean squared error of the next input, predicted from each state but a sequence's last."""
        upcoming = torch.from_numpy(batch.x[1:].astype(self.dtype, copy=False))
        there = torch.from_numpy(_goes_on(batch)[1:])
        return torch.nn.functional.mse_loss(
            self._read("auxiliary", features[:-1])[there], upcoming[there]
        )

    def _read(self, head: str, features: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.linear(
            features, self.leaves[f"{head}.W"], self.leaves[f"{head}.b"]
        )


def _first_counted(batch: Batch) -> int:
    return int(batch.mask.any(axis=1).argmax())


def _goes_on(batch: Batch) -> npt.NDArray[np.bool_]:
    """(time, batch): whether a step is at or before the last one that counts: no padding."""
    if batch.lengths is not None:
        return present_steps(batch.lengths, len(batch.x))
    return np.ascontiguousarray(np.maximum.accumulate(batch.mask[::-1] > 0)[::-1])
