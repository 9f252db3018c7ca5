"""Where the arrays of a layer lie in Keras' HDF5 files: two arrangements.

Up to Keras 2, and in `.h5` files still, a layer's group lists its arrays by name
("lstm/lstm_cell/kernel:0"). Since Keras 3 a layer has the name of its class, counted, and its
arrays have numbers ("layers/lstm_1/cell/vars/0").
"""

import re
from collections import Counter
from collections.abc import Callable

from rnnviz.interop.keras.graph import Node
from rnnviz.interop.keras.hdf5 import Group
from rnnviz.interop.keras.layers import Arrays
from rnnviz.interop.names import not_real, shown
from rnnviz.interop.stored import finite
from rnnviz.network.arrays import Array
from rnnviz.texts import Sentence

Find = Callable[[Node], tuple[Arrays, ...]]
"""A layer → its arrays by Keras' names, of each direction."""
OF_RECURRENT = ("kernel", "recurrent_kernel", "bias")
OF_DENSE = ("kernel", "bias")
FORWARD_AND_BACKWARD = ("forward_layer", "backward_layer")


def by_name(root: Group) -> Find:
    """Of groups that list their arrays."""

    def find(node: Node) -> tuple[Arrays, ...]:
        group = root.group(node.name)
        return of_listed(group) if group else ()

    return find


def of_listed(group: Group) -> tuple[Arrays, ...]:
    """The arrays that a layer's group lists, those of one cell together."""
    found: dict[str, dict[str, Array]] = {}
    for path in group.texts("weight_names") or ():
        where, _, name = path.removesuffix(":0").rpartition("/")
        array = group.array(path)
        if array is None:
            raise ValueError(Sentence("{name} is missing", name=shown(path)))
        found.setdefault(where, {})[name] = _checked(path, array)
    return tuple(found.values())


def by_place(root: Group, nodes: list[Node]) -> Find:
    """Of groups that have the names of the layers' classes, counted in the model's order."""
    counts: Counter[str] = Counter()
    places: dict[str, str] = {}
    for node in nodes:
        place = _snake_case(node.own_class)
        number = counts[place]
        counts[place] += 1
        places[node.name] = f"layers/{place}_{number}" if number else f"layers/{place}"

    def find(node: Node) -> tuple[Arrays, ...]:
        place = places[node.name]
        if node.is_recurrent:
            return of_recurrent(root, place)
        inner = f"{place}/layer" if node.wrapper else place
        found = numbered(root, inner, OF_DENSE)
        return (found,) if found else ()

    return find


def of_recurrent(root: Group, place: str) -> tuple[Arrays, ...]:
    """The arrays of a recurrent layer's one direction, or of its two."""
    found = [numbered(root, f"{place}/cell", OF_RECURRENT)]
    found += [numbered(root, f"{place}/{way}/cell", OF_RECURRENT) for way in FORWARD_AND_BACKWARD]
    return tuple(one for one in found if one)


def numbered(root: Group, place: str, names: tuple[str, ...]) -> Arrays:
    """Arrays that have numbers for names."""
    group = root.group(f"{place}/vars")
    if group is None:
        return {}
    arrays = {name: group.array(str(number)) for number, name in enumerate(names)}
    return {n: _checked(f"{place}/{n}", array) for n, array in arrays.items() if array is not None}


def _checked(name: str, array: Array) -> Array:
    if array.dtype.kind != "f":
        raise ValueError(not_real(name, array.dtype))
    return finite(name, array)


def _snake_case(name: str) -> str:
    """As Keras makes a name of a class: SimpleRNN → simple_rnn."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
