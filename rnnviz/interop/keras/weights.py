"""Where the arrays of a layer lie in Keras' HDF5 files: two arrangements.

Up to Keras 2, and in `.h5` files still, a layer's group lists its arrays by name
("lstm/lstm_cell/kernel:0"). Since Keras 3 a layer has the name of its class, counted, and its
arrays have numbers ("layers/lstm_1/cell/vars/0").
"""

from collections.abc import Callable

from rnnviz.interop.keras.hdf5 import Group
from rnnviz.interop.keras.layers import Arrays
from rnnviz.interop.keras.node import Node
from rnnviz.interop.names import not_real, shown
from rnnviz.interop.stored import finite
from rnnviz.network.arrays import Array
from rnnviz.texts import Sentence

Find = Callable[[Node], tuple[Arrays, ...]]
"""A layer → its arrays by Keras' names, of each direction."""
OF_RECURRENT = ("kernel", "recurrent_kernel", "bias")
OF_DENSE = ("kernel", "bias")
OF_EMBEDDING = ("embeddings",)
FORWARD_AND_BACKWARD = ("forward_layer", "backward_layer")


def by_name(root: Group) -> Find:
    """Of groups that list their arrays."""

    def find(node: Node) -> tuple[Arrays, ...]:
        group = root.group(node.outermost)
        if group is None:
            return ()
        return of_listed(group, "" if node.outermost == node.name else node.own_name)

    return find


def of_listed(group: Group, layer: str = "") -> tuple[Arrays, ...]:
    """The arrays that a layer's group lists, those of one cell together; of a model's group, those
    of one of its layers."""
    found: dict[str, dict[str, Array]] = {}
    for path in group.texts("weight_names") or ():
        if layer and layer not in path.split("/")[:-1]:
            continue
        where, _, name = path.removesuffix(":0").rpartition("/")
        array = group.array(path)
        if array is None:
            raise ValueError(Sentence("{name} is missing", name=shown(path)))
        found.setdefault(where, {})[name] = _checked(path, array)
    return tuple(found.values())


def by_place(root: Group) -> Find:
    """Of groups that have the names of the layers' classes, counted in the model's order."""

    def find(node: Node) -> tuple[Arrays, ...]:
        if node.is_recurrent and not node.is_of_cudnn:
            return of_recurrent(root, node.place)
        inner = f"{node.place}/layer" if node.wrapper else node.place
        found = numbered(root, inner, OF_EMBEDDING if node.kind == "Embedding" else OF_DENSE)
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
