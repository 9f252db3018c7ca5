"""What lies in a recurrent module beside PyTorch's own arrays: it makes it another cell, which is
recognised where names and shapes prove it, and refused by name elsewhere."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from rnnviz.interop.pytorch.modules import Module
from rnnviz.interop.refusals import some
from rnnviz.interop.stored import Stored
from rnnviz.texts import Sentence

PEEPHOLES = "Peephole LSTM"
_PEEPHOLE = re.compile(r"(weight|w|W|p|peephole|peep)_?(peephole_)?c?(?P<gate>[ifo])(_l0)?")
_BIAS = re.compile(r"bias(_l(?P<layer>\d{1,3}))?")
_NORM = re.compile(r".*(norm|ln|bn|gamma|beta|running_).*", re.IGNORECASE)


class Insides(NamedTuple):
    """biases: PyTorch's name of a first bias → the array that is the only one of its layer.
    peepholes: gate → its array, one number a unit.
    """

    biases: Mapping[str, Stored]
    peepholes: Mapping[str, Stored]
    notes: tuple[Sentence, ...]


def insides(module: Module) -> Insides:
    """What of it is known.

    Raises:
        ValueError: it is another cell than its names and shapes prove.
    """
    biases = _biases(module)
    peepholes = _peepholes(module)
    known = [*biases.values(), *peepholes.values()]
    left = [name for name, array in module.inside.items() if not any(array is k for k in known)]
    if left:
        raise ValueError(_another_cell(module, left))
    return Insides(biases, peepholes, _notes(module, biases, peepholes))


def _biases(module: Module) -> dict[str, Stored]:
    """One vector for each layer, where there is none of PyTorch's two.

    A GRU's two act apart, so that one alone does not say where it is added.
    """
    if any(name.startswith("bias") for name in module.own) or module.cell == "GRU (PyTorch)":
        return {}
    found: dict[str, Stored] = {}
    for name, array in module.inside.items():
        match = _BIAS.fullmatch(name)
        layer = int(match["layer"] or 0) if match else 0
        rows = module.own.get(f"weight_hh_l{layer}")
        if match and rows and array.shape == rows.shape[:1]:
            found[f"bias_ih_l{layer}"] = array
    return found if len(found) == module.layers and module.directions == 1 else {}


def _peepholes(module: Module) -> dict[str, Stored]:
    """All three of an LSTM of one layer, or none."""
    units = module.sizes[1]
    if module.cell != "LSTM" or module.layers != 1 or module.directions != 1:
        return {}
    found = {
        match["gate"]: array
        for name, array in module.inside.items()
        if (match := _PEEPHOLE.fullmatch(name)) and array.shape in ((units,), (1, units))
    }
    return found if found.keys() == {"i", "f", "o"} else {}


def _notes(
    module: Module, biases: Mapping[str, Stored], peepholes: Mapping[str, Stored]
) -> tuple[Sentence, ...]:
    def named(found: Mapping[str, Stored]) -> Sentence | str:
        known = [*map(id, found.values())]
        return some([module.full(name) for name, a in module.inside.items() if id(a) in known])

    of_biases = Sentence("{names} is taken as the only bias of the gates", names=named(biases))
    of_peepholes = Sentence(
        "{names} are taken as peepholes: i and f see the old c, o the new", names=named(peepholes)
    )
    return (*((of_biases,) if biases else ()), *((of_peepholes,) if peepholes else ()))


def _another_cell(module: Module, left: list[str]) -> Sentence:
    names = some([module.full(name) for name in left])
    if any(_NORM.fullmatch(name) for name in left):
        return Sentence(
            "its cell has normalisation inside ({names}), which equations here cannot say: train "
            "it without, or look at another layer",
            names=names,
        )
    if any(_BIAS.fullmatch(name) for name in left) and module.cell == "GRU (PyTorch)":
        return Sentence(
            "{names} is one bias where a GRU has two, so it is not clear which product it is added "
            "to: save both as {one} and {other}",
            names=names,
            one=module.full("bias_ih_l0"),
            other=module.full("bias_hh_l0"),
        )
    return Sentence(
        "it holds {names} among its recurrent weights, so it is another cell: build that from its "
        "equations with rnnviz.parse",
        names=names,
    )
