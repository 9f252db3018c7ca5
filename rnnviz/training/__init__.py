"""Training as a value: `start` a run, `advance` it, `search` among many. `advance` brings torch at
its first use."""

from typing import TYPE_CHECKING, Any

from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.runs.runs import Change, Evaluation, Run, Stop, change, start
from rnnviz.training.trials.searching import search

if TYPE_CHECKING:
    from rnnviz.training.loop.loop import advance
else:

    def __getattr__(name: str) -> Any:
        if name == "advance":
            from rnnviz.training.loop.loop import advance

            return advance
        raise AttributeError(f"module 'rnnviz.training' has no attribute {name!r}")


__all__ = ["Change", "Evaluation", "Knobs", "Run", "Stop", "advance", "change", "search", "start"]
