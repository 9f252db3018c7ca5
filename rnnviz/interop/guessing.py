"""Named arrays of a checkpoint → a network: what their names and shapes prove, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from rnnviz.cells import name_of
from rnnviz.interop.candidates import Candidate
from rnnviz.interop.names import shown
from rnnviz.interop.our_names import NOTE, OURS, Note, known, network_of_ours, noted_cells
from rnnviz.interop.pytorch.layout import GATES
from rnnviz.interop.pytorch.modules import NAME as TORCH
from rnnviz.interop.pytorch.names import Said, networks_of_torch
from rnnviz.interop.refusals import SAVE_AGAIN
from rnnviz.interop.stored import StateDict
from rnnviz.representation import Cell
from rnnviz.texts import Sentence

NOTHING: Mapping[str, str] = MappingProxyType({})
MOST_ARRAYS, LONGEST_NAME = 10_000, 1_000


def candidates_in(
    dictionaries: Sequence[StateDict],
    said: Mapping[str, str] = NOTHING,
    *,
    most: int,
    unopened: str | None = None,
) -> list[Candidate]:
    """The networks that a file's arrays are, none of them built yet.

    Args:
        dictionaries: with PyTorch's names ("lstm.weight_ih_l0", …, "fc.weight") or ours
            ("layers.0.W_i", …).
        said: what stands in the file beside its arrays.
        most: how many numbers a network may have.
        unopened: what in the file was not opened, by name.

    Raises:
        ValueError: there is none, or the file is none that anybody honest wrote, in one sentence.
    """
    _refuse_odd_names(dictionaries)
    note = known(said.get(NOTE))
    of_torch = [each for each in dictionaries if any(map(TORCH.fullmatch, each.arrays))]
    ours = [each for each in dictionaries if any(map(OURS.fullmatch, each.arrays))]
    elsewhere = {
        each.full(name): array
        for each in dictionaries
        if each not in of_torch and each not in ours
        for name, array in each.arrays.items()
    }
    found = [network_of_ours(each, note, most) for each in ours]
    for each in of_torch:
        of_each = networks_of_torch(each, elsewhere, _said_of_torch(each, note), most)
        found += [_begun(candidate, note) for candidate in of_each] if note else of_each
    if not found:
        raise ValueError(_why_none(unopened))
    return found


def _begun(candidate: Candidate, note: Note) -> Candidate:
    """The same network, at the states that a note of ours says."""
    return replace(candidate, build=lambda answers: note.begun(candidate.build(answers)))


def _refuse_odd_names(dictionaries: Sequence[StateDict]) -> None:
    names = [name for each in dictionaries for name in each.arrays]
    if len(names) > MOST_ARRAYS:
        raise ValueError(Sentence("it holds more than {most} arrays", most=f"{MOST_ARRAYS:,}"))
    if max(map(len, names), default=0) > LONGEST_NAME:
        raise ValueError(
            Sentence("it has a name of more than {most} letters", most=f"{LONGEST_NAME:,}")
        )
    odd = next((name for name in names if not _is_text(name)), None)
    if odd is not None:
        raise ValueError(Sentence("it has a name that is no text: {name}", name=shown(odd)))


def _is_text(name: str) -> bool:
    """Whether a name can be written down: half of a pair of surrogates cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _why_none(unopened: str | None) -> Sentence:
    if unopened is not None:
        return Sentence(
            "it holds no recurrent layer but perhaps in {name}, which is not safe to open: save it "
            "again with {code}",
            name=shown(unopened),
            code=SAVE_AGAIN,
        )
    return Sentence(
        "it holds no recurrent layer: none of its arrays is called …weight_ih_l0 or layers.0.…"
    )


def _said_of_torch(saved: StateDict, note: Note | None) -> Said:
    matches = [match for name in saved.arrays if (match := TORCH.fullmatch(name))]
    cells = noted_cells(note, len({int(match["layer"] or 0) for match in matches}))
    if note is None:
        return Said()
    return Said(_torch_kind(cells), note.readout, is_ours=True)


def _torch_kind(cells: tuple[Cell, ...] | None) -> str | None:
    """PyTorch's cell that a note of ours names, where the arrays have PyTorch's names."""
    named = {name_of(cell) for cell in cells or ()}
    return next(iter(named)) if len(named) == 1 and named <= set(GATES) else None
