"""Which matrix of a state dict reads h: taken where only one can follow, asked elsewhere.

A state dict has its arrays in the order in which a module declares its parts, which is mostly that
in which they are used: what stands in front of the recurrent module is not what follows it.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rnnviz.interop.names import shown
from rnnviz.interop.pytorch.embeddings import is_embedding
from rnnviz.interop.pytorch.projections import widened
from rnnviz.interop.pytorch.surroundings import ATTENTION, Surroundings
from rnnviz.interop.questions import NONE, ReadoutChoice, Undecided
from rnnviz.interop.refusals import some
from rnnviz.interop.stored import Stored, read
from rnnviz.network.readout import Readout, ReadoutKind
from rnnviz.texts import Counted, Sentence

OURS = "readout.weight"
"""What rnnviz calls the matrix that reads h, in a file with PyTorch's names."""
_OF_OUR_MODULE = re.compile(r"(rnn\.)?(weight|bias)_(ih|hh|hr)_l\d{1,3}(_reverse)?")
"""The recurrent arrays of what `to_torch` makes."""


class Gives(NamedTuple):
    """inputs: how many numbers the recurrent module reads. numbers: how many h has in each of its
    directions; units: with how many it is written, the others 0."""

    inputs: int
    numbers: int
    directions: int
    units: int

    @property
    def features(self) -> int:
        return self.numbers * self.directions


def readout_of(
    around: Surroundings,
    gives: Gives,
    asked: str | None,
    kind: ReadoutKind,
    most: int,
    *,
    taken: Container[str] = (),
    is_ours: bool = False,
) -> tuple[Readout | None, tuple[Sentence, ...]]:
    """The readout, and notes on why and on what is left out.

    Args:
        asked: its name, "none", or None where nobody said.
        kind: what it is for.
        most: how many numbers it may have.
        taken: the names of what is not left out besides.
        is_ours: whether the file says that rnnviz wrote it.

    Raises:
        ValueError: no matrix of that name can read h. Undecided: several can, or something may
            stand between.
    """
    found = _Matrices(around, gives.inputs, gives.features, is_ours or _is_of_our_module(around))
    weight, why = found.named(asked) if asked is not None else found.only()
    used, read_out = [], None
    if weight is not None:
        bias = f"{weight.removesuffix('weight')}bias"
        rows = around.rest[weight].shape[:1]
        has_bias = bias in around.rest and around.rest[bias].shape == rows and bias != weight
        used = [weight, bias] if has_bias else [weight]
        arrays = read({name: around.rest[name] for name in used}, most)
        W = widened(arrays[weight], gives.numbers, gives.units)
        read_out = Readout(W, arrays[bias] if has_bias else 0 * W[:, 0], kind)
    used += [name for name in around.rest if name in taken]
    left = {name: array for name, array in around.rest.items() if name not in used}
    has_others = any(array.is_matrix for array in left.values())
    is_worth_saying = has_others or found.has_our_names
    notes = (_left_out([*left]) if left else None, why if is_worth_saying else None)
    return read_out, tuple(note for note in notes if note is not None)


def _is_of_our_module(around: Surroundings) -> bool:
    """Whether all names of a state dict are those of what `to_torch` makes."""
    rest = {OURS, OURS.replace("weight", "bias")}
    return set(around.rest) == rest and all(map(_OF_OUR_MODULE.fullmatch, around.own))


def _left_out(left: list[str]) -> Sentence:
    return Counted(
        "{names} is left out: only recurrent layers and one linear readout are read",
        "{names} are left out: only recurrent layers and one linear readout are read",
        len(left),
        names=some(left),
    )


@dataclass(frozen=True)
class _Matrices:
    """The matrices of a file, for a module that reads `inputs` numbers and gives `features`.

    has_our_names: whether `OURS` is what it is called.
    """

    around: Surroundings
    inputs: int
    features: int
    has_our_names: bool

    def named(self, asked: str) -> tuple[str | None, None]:
        if asked == NONE:
            return None, None
        fits = self._fitting(self.around.rest)
        found = [name for name in (asked, f"{asked}.weight") if name in fits]
        if not found:
            raise ValueError(
                Sentence(
                    "{name} is no matrix of it that reads {features} numbers: there are {names}",
                    name=shown(asked),
                    features=self.features,
                    names=some([*fits, NONE]),
                )
            )
        return found[0], None

    def only(self) -> tuple[str | None, Sentence | None]:
        """The one that can follow, and why it is that one."""
        fits = [n for n in self._fitting(self.around.rest) if not self._is_embedding(n)]
        behind = [n for n in fits if n in self.around.behind]
        if not fits:
            return None, None
        if self._all_behind_another(behind) and len(behind) == len(fits):
            return None, None
        doubt = self._doubt(fits, behind)
        if self.has_our_names and OURS in fits:
            why = Sentence("{name} is taken as the readout: so rnnviz names it", name=shown(OURS))
            return OURS, doubt and why
        if doubt is not None:
            raise self._asked(doubt, fits)
        (chosen,) = behind
        if self._goes_on(chosen):
            return None, Sentence(
                "{name} reads h, and others read what it gives: no single matrix is the readout",
                name=shown(chosen),
            )
        if len(fits) > 1:
            return chosen, Sentence(
                "{name} is taken as the readout: {others} can read h too, but stands in front",
                name=shown(chosen),
                others=some([name for name in fits if name != chosen]),
            )
        return chosen, Sentence(
            "{name} is taken as the readout: only it can read the {features} numbers of h",
            name=shown(chosen),
            features=self.features,
        )

    def _fitting(self, arrays: Mapping[str, Stored]) -> list[str]:
        return [
            name
            for name, array in arrays.items()
            if name.rpartition(".")[2] == "weight"
            and array.is_matrix
            and array.shape[1] == self.features
        ]

    def _is_embedding(self, name: str) -> bool:
        return is_embedding(self.around, name, self.inputs)

    def _doubt(self, fits: list[str], behind: list[str]) -> Sentence | None:
        """Why it is not proven that one of these reads h, and that nothing stands between."""
        if len(behind) > 1:
            return Sentence("{names} can read h", names=some(behind))
        if not behind:
            front = [n for n in fits if n in self.around.arrays]
            if front:
                return Sentence("{name} stands in front in the file", name=shown(front[0]))
            return Sentence("{name} stands apart in the file", name=shown(fits[0]))
        (name,) = behind
        if ATTENTION.fullmatch(name):
            return Sentence("{name} may be an attention's", name=shown(name))
        if self.around.is_table(name, self.inputs):
            return Sentence("{name} may be a table of what is read", name=shown(name))
        fits_in_front = self.around.rest[name].shape[0] == self.inputs
        if not self.around.is_ordered and fits_in_front:
            return Sentence("{name} fits in front and behind", name=shown(name))
        if not self.around.is_ordered and self._goes_on(name):
            return Sentence("others fit behind {name}", name=shown(name))
        other = next(self.around.between(name, self.inputs, self.features), None)
        if other is not None:
            return Sentence(
                "{other} may stand between h and {name}", other=shown(other), name=shown(name)
            )
        return None

    def _all_behind_another(self, behind: list[str]) -> bool:
        """Whether another recurrent module stands between, whose h they read."""
        if not self.around.is_ordered or not behind:
            return False
        names = [*self.around.arrays]
        first = min(names.index(name) for name in behind)
        return any(n in self.around.behind for n in names[:first] if n in self.around.others)

    def _goes_on(self, name: str) -> bool:
        """Whether another matrix reads what this one gives."""
        rows = self.around.rest[name].shape[0]
        return any(
            other != name and array.is_matrix and array.shape[1] == rows
            for other, array in self.around.rest.items()
            if other in self.around.behind and not self.around.is_table(other, self.inputs)
        )

    def _asked(self, doubt: Sentence, fits: list[str]) -> Undecided:
        shapes = {name: self.around.rest[name].shape for name in fits}
        choices = [*(ReadoutChoice(n, shape) for n, shape in shapes.items()), ReadoutChoice(NONE)]
        sentence = Sentence(
            'which matrix reads h is not proven, so say it, as in load(path, readout="{name}") or '
            'readout="none": {doubt}',
            doubt=doubt,
            name=shown(fits[0]),
        )
        return Undecided(sentence, "readout", choices)
