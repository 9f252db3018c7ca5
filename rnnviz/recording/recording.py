"""`trace`: run anything recurrent over a sequence, and look at every value and every gradient."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

import numpy as np
import numpy.typing as npt

from rnnviz.engine.checks import Hold
from rnnviz.gradients.measured import Measured
from rnnviz.network.arrays import Array, Params
from rnnviz.network.attention import Attention, AttentionRun
from rnnviz.network.layers import Layer
from rnnviz.network.lengths import Lengths, without_padding
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.network.propagation import Propagation, propagate
from rnnviz.recording.recorded import LayerRecording, View
from rnnviz.recording.recorded_gradients import Gradients
from rnnviz.recording.table import table
from rnnviz.recording.tracing import (
    Initial,
    Numbers,
    Sequences,
    as_network,
    as_numbers,
    as_sequences,
    held_before,
    initial_states,
    placed_holds,
)
from rnnviz.representation import Cell
from rnnviz.summary import NamedValues, head_and_lines
from rnnviz.writing import written

if TYPE_CHECKING:
    import plotly.graph_objects as go
    import torch


def trace(
    model: "Network | Cell | torch.nn.Module",
    x: Numbers,
    *,
    params: Mapping[str, Numbers] | None = None,
    initial: Initial | None = None,
    hold: Hold | Iterable[Hold] = (),
    module: str | None = None,
    lengths: Numbers | None = None,
) -> "Recording":
    """Run a model over a sequence and record every value.

    Args:
        model: a Network, a Cell (then with `params`), or a torch.nn.RNN, LSTM or GRU, one of their
            cells, or a model that holds one: then x is what that one reads.
        x: (time, inputs) or (time, batch, inputs), array, tensor or lists. Only for a torch module
            with batch_first, three axes are (batch, time, inputs), as the module itself reads
            them; what is recorded is time first all the same. Or a torch PackedSequence.
        params: for a Cell its arrays by name; for a network, arrays in place of its own, by full
            name ("layers.0.W_f").
        initial: state → (hidden,) or (batch, hidden) before the first step; zeros where not given,
            and without any, what the network's own file says (`Network.initial`).
            With several layers or directions by full name: "layers.1.h", "layers.0.reverse.c". Or
            all as torch takes them: h0, of a network with two states (h0, c0), each
            (layers · directions, batch, hidden), of a single sequence without batch.
        hold: interventions; `Hold.layer` and `Hold.reverse` say where, by default in the last
            layer, forward. Steps are time steps of the sequence, in both directions, from 0 where
            there are lengths.
        module: the name of the recurrent module, where a torch model holds several: "encoder.rnn".
        lengths: (batch,), the steps of each sequence, in any order. What x holds after its end is
            padding and changes nothing, as with `pack_padded_sequence`; a reverse direction begins
            at each sequence's own end. See `Recording` for what stands in padding.

    Everything is float64 unless all arrays given are float32. Half precisions count as float32, and
    whole numbers and truth values take the network's type.

    Raises:
        ValueError: something does not fit; the message says what, and what would.
    """
    network, batch_first = as_network(model, params, x, module)
    read = as_sequences(x, network, batch_first=batch_first, lengths=lengths)
    start = initial_states(network, network.initial if initial is None else initial, read)
    holds = placed_holds(network, [hold] if isinstance(hold, Hold) else hold, read)
    run = propagate(network, read.x, initial=start, holds=holds, lengths=read.lengths)
    return Recording(run, start, holds, read.batched)


@dataclass(frozen=True, eq=False)
class Recording:
    """What a network did at every time step.

    `rec["f"]` is (time, [batch,] hidden), time first and without a batch axis if x had none: a
    named value of the last layer, forward; likewise parts ("f.4"), "h_prev", and "x", which is what
    that layer read. `rec.layer(k)["f"]` are the other layers'. Values of a reverse direction stand
    at the time step of the input they read, so its "h_prev" at t is its h at t + 1.
    Every array is a copy: writing into it changes nothing else.

    Where `lengths` differ, `rec.present` says which steps are a sequence's own. In padding a state
    stands as it was, so that rec["h"][-1] is each sequence's last; the output is 0, every gradient
    is 0, and every other value is NaN.

    Where h is projected (an LSTM's `proj_size`), it has its own numbers here, as torch gives them;
    in the network's parameters zeros stand after them (`Layer.projected`).
    """

    propagation: Propagation
    start: Params
    holds: tuple[Hold, ...]
    batched: bool

    def __repr__(self) -> str:
        head, *stages = repr(self.network).split("\n  ")
        of_name = f"rec[name], name one of {', '.join(self.names)}: {self['h'].shape}"
        held_names = dict.fromkeys(hold.name for hold in self.holds)
        held = [f"held: {', '.join(held_names)}"] if held_names else []
        ends = [] if self.lengths is None else [f"lengths: {', '.join(map(str, self.lengths))}"]
        lines = [f"x: {self.x.shape}", *ends, of_name, *held, *stages]
        return head_and_lines(f"Recording, {len(self.x)} steps, of a {head}", lines)

    def _repr_html_(self) -> str:
        """What a notebook shows: the stepper with this run; a table where it is large."""
        from rnnviz.web.notebook.recordings import recording_html

        return recording_html(self)

    @property
    def network(self) -> Network:
        return self.propagation.network

    @property
    def lengths(self) -> Lengths | None:
        """(batch,): the steps of each sequence; None where all are as long as x."""
        return self.propagation.lengths

    @property
    def present(self) -> npt.NDArray[np.bool_]:
        """(time, [batch]): whether a sequence has this step, or it is padding."""
        there = self.propagation.present
        return there if self.batched else there[:, 0]

    @property
    def x(self) -> Array:
        """(time, [batch,] inputs): the sequence, as it was given."""
        return self._view.shown(self.propagation.x)

    @property
    def output(self) -> Array:
        """(time, [batch,] hidden): the last layer's h; with two directions 2 × hidden, forward
        first; of an h that is projected, only its own numbers. In padding 0, as
        `pad_packed_sequence` gives it."""
        return self._view.shown(self._output)

    @property
    def prediction(self) -> Array | None:
        """(time, [batch,] outputs): what the readout gives, before the softmax; or None."""
        prediction, view = self.propagation.prediction, self._view
        return None if prediction is None else view.shown(view.without_padding(prediction))

    @property
    def attention(self) -> Array | None:
        """(time, [batch]): each step's weight in what the readout reads at its sequence's last
        step, together 1, in padding 0; None where the readout reads no attention."""
        run = self.propagation.stages.get(Attention.full_name)
        return self._view.shown(run.weights) if isinstance(run, AttentionRun) else None

    @property
    def names(self) -> tuple[str, ...]:
        """The named values of the last layer's cell."""
        return self.layer(-1).names

    def layer(self, layer: int, *, reverse: bool = False) -> LayerRecording:
        """One layer (from 0; −1 is the last) in one direction. ValueError where there is none."""
        direction = self.propagation.direction(layer, reverse=reverse)
        view = self._view.of(self.network, direction)
        return LayerRecording(self.propagation.runs[direction], view)

    def sequence(self, item: int) -> "Recording":
        """One sequence of the batch by itself, up to its end, run again.

        ValueError where there is no such item.
        """
        run, batch = self.propagation, self.propagation.x.shape[1]
        if not 0 <= item < batch:
            raise ValueError(f"there is no item {item}: the batch has items 0 to {batch - 1}")
        steps = len(run.x) if run.lengths is None else int(run.lengths[item])
        start = {name: array[[item]] for name, array in self.start.items()}
        holds = held_before(steps, self.holds)
        alone = propagate(run.network, run.x[:steps, [item]], initial=start, holds=holds)
        return Recording(alone, start, holds, batched=False)

    def __getitem__(self, name: str) -> Array:
        return self.layer(-1)[name]

    @property
    def final(self) -> NamedValues[Array]:
        """h and each state of the last layer, forward → ([batch,] hidden) after each sequence's
        last step: what torch calls h_n and c_n. `rec.layer(k).final` are the others'."""
        return self.layer(-1).final

    def jacobians(self) -> Array:
        """(time, [batch,] S, S): d state_t / d state_{t−1} of the last layer, forward; S is all its
        states stacked. `rec.layer(k).jacobians()` are the others'."""
        return self.layer(-1).jacobians()

    def backward(
        self,
        dh: Numbers | None = None,
        *,
        at: int | Iterable[int] | None = None,
        dprediction: Numbers | None = None,
        loss: Loss | None = None,
        final: Mapping[str, Numbers] | None = None,
    ) -> Gradients:
        """Backpropagation through time, of an L given in one of four ways.

        Args:
            dh: dL/d(output) from outside, (time, [batch,] hidden or 2 × hidden), as `output`.
            at: time steps; L is the sum of the output there, over units and batch. Negative ones
                count from each sequence's own end.
            dprediction: dL/d(prediction), (time, [batch,] outputs).
            loss: a Loss.
            final: with dh or dprediction, state → ([batch,] hidden), what L gives its last value
                besides (torch's h_n, c_n): that after the last step its direction reads. Named as
                `trace`'s initial states are.

        Raises:
            ValueError: none or several of them, or the wrong shape.
        """
        given = {"dh": dh, "at": at, "dprediction": dprediction, "loss": loss}
        named = [name for name, value in given.items() if value is not None]
        if len(named) != 1:
            which = " and ".join(named) or "none"
            raise ValueError(f"backward takes one of dh, at, dprediction and loss, not {which}")
        if at is not None:
            loss = Loss("sum", steps=[at] if isinstance(at, int | np.integer) else at)
        run = self.propagation
        read = Sequences(run.x, self.batched, run.lengths)
        last = initial_states(self.network, final or {}, read, which="last")
        if final and loss is not None:
            raise ValueError("a loss says all of L: give `final` with dh or dprediction")
        if loss is not None:
            judged = loss.judge(self._output, run.prediction, run.lengths)
            steps = loss.asked(len(run.output), run.lengths)
            gradient = self._whole(judged.gradient) if judged.of == "output" else judged.gradient
            return self._gradients(judged.of, gradient, steps, judged.value)
        if dh is not None:
            gradient = self._whole(self._like("dh", dh, self._output))
            return self._gradients("output", gradient, final=last)
        if run.prediction is None:
            raise ValueError("the network has no readout, so there is no prediction: give dh")
        gradient = self._like("dprediction", given["dprediction"], run.prediction)
        return self._gradients("prediction", gradient, final=last)

    @overload
    def to_csv(self, path: None = None) -> str: ...
    @overload
    def to_csv(self, path: str | Path) -> None: ...
    def to_csv(self, path: str | Path | None = None) -> str | None:
        """All values as a table: one row for each time step (and item of the batch), padding left
        out.

        Columns: step, item (if batched), the inputs "x[0]", …, then every named value and unit,
        "f[3]", with the layer's full name before it where there are several ("layers.0.f[3]"), then
        "prediction[0]", …; every digit. Where a path is given it is written there and not returned.
        """
        return written(table(self.propagation, batched=self.batched), path)

    def figure(self, gradients: Gradients | None = None, *, item: int = 0) -> "go.Figure":
        """A Plotly figure: a map of every gate and state of the last layer, forward, over time.

        gradients: what `backward` gave; the sizes of the states' gradients are then drawn below.
        item: which sequence of the batch, shown up to its own end. `rec.layer(k).figure()` are the
            other layers'.
        """
        of_layer = gradients.layer(-1) if gradients else None
        return self.layer(-1).figure(of_layer, item=item)

    @overload
    def to_html(self, path: None = None, **shown: Any) -> str: ...
    @overload
    def to_html(self, path: str | Path, **shown: Any) -> None: ...
    def to_html(self, path: str | Path | None = None, **shown: Any) -> str | None:
        """The stepper with this run in one HTML file, which works offline and asks nobody.

        Where a path is given it is written there and not returned. title, story, labels,
        input_names, loss, item: see `rnnviz.web.export.to_html`.
        """
        from rnnviz.web.export import to_html

        return to_html(self, path, **shown)

    @property
    def _output(self) -> Array:
        """(time, batch, features): the output without zeros that are added to h."""
        top = self.network.body[-1]
        output = self.propagation.output
        return top.narrowed(output) if isinstance(top, Layer) else output

    def _whole(self, output: Array) -> Array:
        """The inverse of that."""
        top = self.network.body[-1]
        return top.widened(output) if isinstance(top, Layer) else output

    @property
    def _view(self) -> View:
        return View(self.batched, lengths=self.lengths)

    def _like(self, name: str, given: Numbers, like: Array) -> Array:
        array = as_numbers(name, given)
        whole = array if self.batched else array[:, None] if array.ndim == 2 else array[None]
        if whole.shape != like.shape:
            wanted = self._view.shown(like).shape
            raise ValueError(f"{name} has shape {array.shape}, not {wanted}")
        return without_padding(whole.astype(like.dtype), self.lengths)

    def _gradients(
        self,
        of: Literal["output", "prediction"],
        gradient: Array,
        steps: Sequence[int] = (),
        loss: float | None = None,
        final: Params | None = None,
    ) -> Gradients:
        """`steps`: at which L is asked; where nobody said, those that the gradient reaches."""
        reached = np.flatnonzero(gradient.any((1, 2))).tolist()
        found = self.propagation.backward(**{f"d{of}": gradient}, final=final)
        direction = self.propagation.direction(-1)
        lengths, end = self.propagation.lengths, [len(gradient) - 1]
        ends = end if lengths is None else (lengths - 1).tolist()
        asked = sorted({*reached, *ends}) if final else reached
        measured = Measured(
            found, gradient, of, tuple(steps or asked or end), direction, final=final or {}
        )
        return Gradients(measured, self._view, loss)
