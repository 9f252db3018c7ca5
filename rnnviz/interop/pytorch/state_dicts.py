"""Where the state dicts stand in what `torch.save` wrote: in dictionaries, lists and tuples."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from rnnviz.interop.names import shown
from rnnviz.interop.pytorch.pickled import Pickled
from rnnviz.interop.pytorch.values import Entries, Opaque, Row, Tensor
from rnnviz.interop.refusals import QUANTISED, SAVE_AGAIN, is_quantised
from rnnviz.interop.stored import Numbers, StateDict, Stored
from rnnviz.texts import Sentence

MOST_LOOKS, LONGEST_PATH = 400_000, 1_000
_OF_TRAINING = re.compile(
    r".*(optim|scheduler|scaler|exp_avg|momentum|callback|^loops$).*", re.IGNORECASE
)
"""Keys under which a training loop keeps what is no network: an optimizer's averages have the
shapes of the weights."""

Read = Callable[[Tensor], Stored]


def state_dicts(found: Pickled, stored: Read) -> tuple[StateDict, ...]:
    """The dictionaries in which tensors stand, in the file's order, but for what a
    training loop keeps of its own.

    Args:
        stored: how a tensor's numbers are read.

    Raises:
        ValueError: there are none, in one sentence that says what is there.
    """
    held = [
        StateDict(path, _arrays(entries, stored), is_ordered=True)
        for path, entries in _dictionaries(found.root)
        if entries.tensors
    ]
    if any(is_quantised(name) for each in held for name in each.arrays):
        raise ValueError(QUANTISED)
    if found.passed_over and not held:
        raise ValueError(
            Sentence(
                "it holds {name}, which is not safe to open: save it again with {code}",
                name=shown(found.passed_over),
                code=SAVE_AGAIN,
            )
        )
    if not held:
        raise ValueError(Sentence("it holds no state dict: save one with {code}", code=SAVE_AGAIN))
    return tuple(held)


def _dictionaries(root: Any) -> Iterator[tuple[str, Entries]]:
    """Each dictionary once, with the keys that lead to it: a file can name one a thousand times."""
    seen, left = set[int](), [("", root)]
    for _ in range(MOST_LOOKS):
        if not left:
            return
        path, value = left.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, Entries):
            yield path, value
        left += [
            (f"{path}.{key}" if path else str(key), inner)
            for key, inner in _inner(value)[::-1]
            if isinstance(inner, Entries | list | Row)
            and len(path) < LONGEST_PATH
            and id(inner) not in seen
            and not _OF_TRAINING.fullmatch(str(key))
        ]


def _inner(value: Any) -> list[tuple[str | int, Any]]:
    if isinstance(value, Entries):
        return [*value.items()]
    items = value.items if isinstance(value, Row) else value
    return [*enumerate(items)] if isinstance(items, list | tuple) else []


def _arrays(entries: Entries, stored: Read) -> dict[str, Stored]:
    found: dict[str, Stored] = {}
    for name, value in entries.items():
        if isinstance(value, Tensor):
            found[str(name)] = stored(value)
        elif isinstance(value, Opaque) and value.is_tensor:
            found[str(name)] = _unread(str(name), value)
    return found


def _unread(name: str, value: Opaque) -> Stored:
    """A tensor that is no plain array of numbers."""

    def read() -> Numbers:
        if "qtensor" in value.name:
            raise ValueError(QUANTISED)
        raise ValueError(
            Sentence(
                "it holds tensors that are no plain arrays of numbers: {name} is of {type}",
                name=shown(name),
                type=shown(value.name),
            )
        )

    return Stored((), read)
