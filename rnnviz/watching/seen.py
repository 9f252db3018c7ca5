"""`watch`: hooks on a recurrent module while somebody's own loop trains it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from rnnviz.cells import named
from rnnviz.interop.modules.calls import Update
from rnnviz.network.arrays import Array
from rnnviz.network.stage import Workspaces
from rnnviz.summary import NamedValues
from rnnviz.texts import Sentence
from rnnviz.watching.last import Last
from rnnviz.watching.lines import Log
from rnnviz.watching.measured import measured
from rnnviz.watching.notebook import Display
from rnnviz.watching.repeated import CannotRepeat, Spaces, repeat
from rnnviz.watching.watched import MOST_ROWS, NONE, Row, Watched

if TYPE_CHECKING:
    import plotly.graph_objects as go
    import torch

    from rnnviz.watching.findings import Finding

EVERY = 20


def watch(
    model: "torch.nn.Module",
    *,
    module: str | None = None,
    every: int = EVERY,
    log: str | Path | None = None,
) -> "Seen":
    """Look at a recurrent module while your own loop trains it, whatever the loss and optimizer.

        with rnnviz.watch(model.lstm) as seen:
            for x, y in loader:
                …
        seen.norms("h"), seen.figure(), seen.sentences()

    Of every so many updates it records the norm of dL/dh_t (and dL/dc_t) at each step, the gates,
    and the gradient of the module's parameters before and after clipping. What the module read and
    the gradients that arrive at its output and last states are torch's; the engine computes the
    rest from them, on the CPU, in the module's precision. An update is a step of a torch optimizer
    that holds the module's parameters; or, where there is none, their change by hand. Everything
    read for one update counts: several calls of a cell or module of which each goes on from the
    state of the one before are one sequence, others lie side by side in one batch.

    The training is as it would be without, to the last digit. Forward passes without gradients
    (`torch.no_grad`) are not looked at. Not measured, and said in `seen.notes`: mixed precision
    (`torch.autocast`), and whatever makes the module compute something else than its equations.

    Kept are, for each recorded update, one norm for each state and step, three numbers for each
    gate, and the update recorded last whole; 1,000 updates at most: then every second one is let
    go, and half as many are recorded from there on.

    Args:
        model: a torch.nn.RNN, LSTM or GRU, the RNNCell, LSTMCell or GRUCell of a loop, or a model
            that holds one.
        module: its name in the model, where that holds several: "encoder.rnn".
        every: every so many updates one is recorded, beginning with the first. At 20 it costs at
            most a tenth of the training's time (`tests/benchmarks/test_watch.py`).
        log: a file to which each recorded update is written as a line of JSON, at once; `rnnviz
            show FILE` shows it.

    Raises:
        ValueError: no such module, several, or one without equations here; `every` below 1.
        FileExistsError: the log is there already.
    """
    if every < 1:
        raise ValueError(f"every is how many updates go by from one to the next, not {every}")
    return Seen(model, module, every=every, log=log)


class Seen:
    """What `watch` sees, while it goes on and afterwards. `close`, or leaving the `with`, takes the
    hooks away."""

    def __init__(
        self,
        model: "torch.nn.Module",
        module: str | None = None,
        *,
        every: int = EVERY,
        log: str | Path | None = None,
    ) -> None:
        from rnnviz.interop.modules.hooks import Hooks

        self._hooks = Hooks(model, module, every=every, record=self._record)
        network = self._hooks.first
        layer = network.layers[0]
        self._watched = Watched(
            "LSTM" if layer.projected else named(layer.cell).name,
            network.inputs,
            layer.hidden,
            len(network.layers),
            layer.reverse is not None,
            projected=layer.projected,
        )
        self._last: Last | None = None
        self._spaces = Spaces(Workspaces)
        self._loss = NONE
        try:
            self._log = Log(log, self._watched) if log is not None else None
        except OSError:
            self._hooks.remove()
            raise
        self._display = Display()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close(is_whole=kind is None)

    def close(self) -> None:
        """Take the hooks away. What was seen stays."""
        self._close(is_whole=True)

    def _close(self, *, is_whole: bool) -> None:
        self._hooks.remove(is_whole=is_whole)
        if self._log:
            self._log.close()
        self._display.end(self._watched)

    def loss(self, loss: Any) -> None:
        """Hand over the loss, a number or a tensor of one: it stands beside the other figures.

        Where several are handed over for one update, as of accumulated gradients, the last counts.
        """
        rows, number = self._watched.rows, self._hooks.updates
        is_of_last = not self._hooks.is_under_way and bool(rows) and rows[-1].update == number
        if not is_of_last and not self._hooks.is_recorded:
            return
        value = float(loss.detach() if hasattr(loss, "detach") else loss)
        if is_of_last:
            self._keep(replace(rows[-1], loss=value))
        else:
            self._loss = value

    @property
    def watched(self) -> Watched:
        """What was seen so far, as a value; what follows reads it."""
        return self._watched

    @property
    def last(self) -> Last:
        """The update recorded last, whole. ValueError where none was."""
        if self._last is None:
            raise ValueError("; ".join(["no update was recorded yet", *map(str, self.notes)]))
        self._spaces = Spaces(Workspaces)  # whoever has it keeps it as it is
        return self._last

    @property
    def notes(self) -> tuple[Sentence | str, ...]:
        """What could not be measured, and why."""
        return self._watched.notes

    @property
    def updates(self) -> Array:
        """(updates,): the numbers of the recorded updates, from 1."""
        return self.history["update"]

    @property
    def history(self) -> NamedValues[Array]:
        """See `Watched.history`."""
        return self._watched.history

    def norms(self, state: str = "h", layer: int = -1, *, reverse: bool = False) -> Array:
        """(updates, time): the measured norms of dL/d(state); see `Watched.norms`."""
        return self._watched.norms(state, layer, reverse=reverse)

    def sentences(self) -> "tuple[Finding, ...]":
        """What it says to whoever trains; see `Watched.sentences`."""
        return self._watched.sentences()

    def figure(self, state: str = "h", layer: int = -1, *, reverse: bool = False) -> "go.Figure":
        """See `Watched.figure`."""
        return self._watched.figure(state, layer, reverse=reverse)

    def to_html(self, path: str | Path | None = None) -> str | None:
        """See `Watched.to_html`."""
        return self._watched.to_html(path)

    def __repr__(self) -> str:
        return repr(self._watched)

    def _repr_html_(self) -> str:
        return self._watched._repr_html_()

    def _record(self, update: Update) -> None:
        """Keep what led to an update. Nothing that goes wrong here may stop the training."""
        loss, self._loss = self._loss, NONE
        for note in update.notes:
            self._note(note)
        if not update.calls:
            return
        try:
            batches = repeat(update.calls, self._spaces)
            row = replace(measured(update, batches), loss=loss)
            self._last = Last(update.number, batches)
            self._keep(row)
        except CannotRepeat as error:
            self._note(error.args[0])
        except Exception as error:  # said, not raised: it is somebody's training that would end
            self._note(
                Sentence(
                    "update {number} was not measured: {error}",
                    number=update.number,
                    error=f"{type(error).__name__}: {error}",
                )
            )

    def _keep(self, row: Row) -> None:
        self._watched = self._watched.with_row(row)
        if len(self._watched.rows) > MOST_ROWS:
            self._watched = self._watched.thinned()
            self._hooks.every *= 2
        self._to_log(lambda log: log.write(row))
        self._display.show(self._watched, now=monotonic())

    def _note(self, note: Sentence) -> None:
        known, self._watched = self._watched, self._watched.with_note(note)
        if known is not self._watched:
            self._to_log(lambda log: log.note(note))

    def _to_log(self, write: Callable[[Log], None]) -> None:
        if self._log is None:
            return
        try:
            write(self._log)
        except OSError as error:
            self._log = None
            self._note(Sentence("the log could not be written further: {error}", error=str(error)))
