"""Code that makes a recurrent module and calls it → the setup that it says."""

from collections.abc import Sequence
from typing import Any

from rnnviz.equations.problems import place_of
from rnnviz.shapes import refusals
from rnnviz.shapes.code.given import Given, checked
from rnnviz.shapes.code.layers import Module
from rnnviz.shapes.code.problems import CodeError, Misread, refuse
from rnnviz.shapes.code.tree import read_lines
from rnnviz.shapes.code.values import Values
from rnnviz.shapes.setup import FLAG, KINDS, SETTINGS, Setup
from rnnviz.texts import Sentence

OF_THE_MODULE = (
    *("nonlinearity", "input_size", "hidden_size", "num_layers", "bidirectional"),
    *("batch_first", "bias", "dropout", "proj_size"),
)
OF_THE_INPUT = ("length", "batch", "lengths", "packed", "initial", "seed")


def read(text: str, now: Setup | None = None) -> Setup:
    """What some lines of code set up. Nothing of them is run.

    The module's line is the whole truth about it: what it does not say is at PyTorch's default. An
    Embedding or a Linear is there if it is made. Of the input, what no line tells stays as it is
    `now`, and so does the seed.

    Raises:
        CodeError: there is no recurrent module, or several; a name or a value is wrong; or PyTorch
            would refuse it, which is then said in its words.
    """
    try:
        return _setup(text, now or Setup())
    except Misread as misread:
        raise CodeError(misread.problem, *place_of(text, misread.start)) from None


def _setup(text: str, now: Setup) -> Setup:
    values = Values()
    for line in read_lines(text):
        values.take(line)
    module = _only(values.modules, KINDS)
    if module is None:
        missing = Sentence("no recurrent module is made here; begin with `rnn = nn.LSTM(10, 20)`")
        raise Misread(missing)
    embedding, linear = (_only(values.modules, (kind,)) for kind in ("Embedding", "Linear"))
    kept = {name: getattr(now, name) for name in OF_THE_INPUT}
    around = {
        "vocabulary": embedding.options["num_embeddings"] if embedding else 0,
        "outputs": linear.options["out_features"] if linear else 0,
    }
    setup = checked({**kept, **_options(module), **around}, module.start)
    if embedding:
        read_below = (1, 1, embedding.options["embedding_dim"])
        refuse(refusals.to_call(setup, read_below), module.start)
    setup = Given(values, module).fill(setup)
    if linear:
        rows = setup.output_length * setup.sequences
        options = (linear.options["in_features"], setup.outputs)
        refuse(refusals.to_read_out(rows, setup.features, *options), linear.start)
    return setup


def _only(modules: Sequence[Module], kinds: Sequence[str]) -> Module | None:
    found = [one for one in modules if one.kind in kinds]
    if len(found) > 1:
        second = Sentence("a second `nn.{kind}` is made here: leave one out", kind=found[1].kind)
        raise Misread(second, found[1].start)
    return found[0] if found else None


def _options(module: Module) -> dict[str, Any]:
    """The settings of the module; PyTorch's defaults where its line says nothing."""
    defaults = {name: SETTINGS[name].default for name in OF_THE_MODULE}
    options = {**defaults, "num_layers": 1, **module.options}
    numbers = ("input_size", "hidden_size", "num_layers", "proj_size", "dropout")
    if all(isinstance(options[name], int | float) for name in numbers):
        refuse(refusals.to_build(module.kind, options), module.start)
    flags = (name for name in OF_THE_MODULE if SETTINGS[name].kind is FLAG)
    spelled = {name: bool(options[name]) for name in flags if FLAG.allows(options[name])}
    return {**options, **spelled, "kind": module.kind}
