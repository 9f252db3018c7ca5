"""The network in a visitor's file: read, asked what it does not tell, or refused with a reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from rnnviz.cells import named
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.names import shown
from rnnviz.interop.questions import NONE, Answers, Question
from rnnviz.interop.refusals import CheckpointError, is_on_embedding
from rnnviz.network.embedding import Embedding
from rnnviz.network.network import Network
from rnnviz.scenes.reading import some_numbers
from rnnviz.scenes.settings import SETTINGS, VECTORS, StepSettings
from rnnviz.scenes.weights import Refused, Weights
from rnnviz.texts import Sentence, _, ngettext

MOST_UNITS = 1024
MOST_WEIGHTS = 4_000_000
"""How many a network may have that is shown: with them, it and its payload take 64 MB."""
IN_A_NOTEBOOK = """\
net = rnnviz.load({path})
rec = rnnviz.trace(net, x)  # x: (time, {inputs})
rec.to_html("run.html")"""


class TooLarge(CheckpointError):
    """A network that no page can follow. code: how a notebook does."""

    def __init__(self, message: Sentence, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Upload:
    """A checkpoint file as it was sent. id: of this sending; another one has another."""

    name: str
    data: bytes
    id: str = ""


Load = Callable[[Upload, Answers], Network]
"""Reads a file. CheckpointError: it cannot be read, or asks something that is not answered."""


def load_here(upload: Upload, answers: Answers) -> Network:
    """The network in a file, read in this process."""
    network = fitting(load_bytes(upload.name, upload.data, answers))
    refuse_too_large(upload.name, network)
    return network


def fitting(network: Network) -> Network:
    """A network without its embedding, where a page cannot follow so many weights."""
    first = network.body[0]
    if not isinstance(first, Embedding) or weights_of(network) <= MOST_WEIGHTS:
        return network
    note = Sentence(
        "its embedding of {tokens} tokens is left out, since it has more weights than this page "
        "follows: the network reads what comes out of there",
        tokens=f"{first.tokens:,}",
    )
    return _without_embedding(network, note)


def as_read(network: Network, reads: str) -> Network:
    """The network, or, if it is to read vectors, what stands above its embedding."""
    first = network.body[0]
    if reads != VECTORS or not isinstance(first, Embedding):
        return network
    note = Sentence(
        "its embedding of {tokens} tokens is left out: it reads vectors, as you chose",
        tokens=f"{first.tokens:,}",
    )
    return _without_embedding(network, note)


def _without_embedding(network: Network, note: Sentence) -> Network:
    """What stands above it, with this note in place of the one on it."""
    notes = (one for one in network.notes if not is_on_embedding(one))
    return replace(network, body=network.body[1:], notes=(note, *notes))


def weights_of(network: Network) -> int:
    """How many numbers it has learnt."""
    return sum(array.size for array in network.parameters.values())


def refuse_too_large(name: str, network: Network) -> None:
    """TooLarge for the network in a file that is more than a page can follow."""
    weights = weights_of(network)
    widest = max(network.inputs, network.outputs, *(layer.hidden for layer in network.layers))
    if weights <= MOST_WEIGHTS and widest <= MOST_UNITS:
        return
    code = IN_A_NOTEBOOK.format(path=repr(name), inputs=network.inputs)
    message = Sentence(
        "{file} is {network}, which reads {inputs} a step: {weights} weights. This page follows up "
        "to {most} weights, and {units} units or inputs; in a notebook, the lines below do",
        file=shown(name),
        network=described(network),
        inputs=some_numbers(network.inputs),
        weights=f"{weights:,}",
        most=f"{MOST_WEIGHTS:,}",
        units=f"{MOST_UNITS:,}",
    )
    raise TooLarge(message, code)


def described(network: Network) -> str:
    """ "GRU (PyTorch), 2 layers, both directions, 64 units"."""
    cells = dict.fromkeys(_(named(layer.cell).about.title) for layer in network.layers)
    holes = {
        "cell": " / ".join(cells),
        "layers": ngettext("{count} layer", "{count} layers", len(network.layers)),
        "units": ngettext("{count} unit", "{count} units", network.hidden),
    }
    if network.layers[0].reverse is None:
        return _("{cell}, {layers}, {units}", **holes)
    return _("{cell}, {layers}, both directions, {units}", **holes)


def from_file(settings: StepSettings, upload: Upload, load: Load) -> Weights:
    """The network in a visitor's file.

    Raises:
        Refused: at "weights": it cannot be read, or is too large.
    """
    try:
        network, answered = _answered(settings, upload, load)
    except CheckpointError as error:
        code = error.code if isinstance(error, TooLarge) else ""
        message = _on_the_page(error, upload)
        raise Refused("weights", message, code=code, question=error.question) from None
    network = as_read(network, settings.reads)
    wide = {n: array.astype(float, copy=False) for n, array in network.parameters.items()}
    badge = _(
        "your file: {layers}, {units}; computed now",
        layers=ngettext("{count} layer", "{count} layers", len(network.layers)),
        units=ngettext("{count} unit", "{count} units", network.hidden),
    )
    return Weights(network.replace(wide), badge, (*answered, *_ended(network.notes)))


def _answered(
    settings: StepSettings, upload: Upload, load: Load
) -> tuple[Network, tuple[str, ...]]:
    """The network in a file, and a sentence on each of its questions that was answered.

    An answer counts only where the file asks: the next file may hold a single network.
    """
    kind = None if settings.kind == SETTINGS["kind"].default else settings.kind
    answers = Answers(kind, embedding=None)  # `as_read` leaves out what is not to be read
    said: tuple[str, ...] = ()
    given = {"name": settings.network, "readout": settings.readout}
    while True:
        try:
            return load(upload, answers), said
        except CheckpointError as error:
            question = error.question
            if question is None or question.about not in given:
                raise
            answer = given.pop(question.about)
            if answer not in [choice.name for choice in question.choices]:
                raise
            if question.about == "name":
                answers = answers._replace(name=answer)
            else:
                answers = answers._replace(readout=answer)
            said = (*said, _as_chosen(question, answer))


def _as_chosen(question: Question, answer: str) -> str:
    """A note on what the file did not tell."""
    others = [choice.name for choice in question.choices if choice.name not in (answer, NONE)]
    holes = {"answer": shown(answer), "others": ", ".join(map(shown, others))}
    if question.about == "name":
        return _("The file holds {others} too: {answer} is shown, as you chose.", **holes)
    if answer == NONE:
        return _(
            "The file does not tell which of {others} reads h: none does, as you chose.", **holes
        )
    if not others:
        return _("The file does not tell whether {answer} reads h: it does, as you chose.", **holes)
    return _(
        "The file does not tell what reads h, {others} or {answer}: {answer}, as you chose.",
        **holes,
    )


def _ended(notes: Iterable[Sentence | str]) -> tuple[str, ...]:
    """What was noted of a network, each with its full stop."""
    return tuple(_("{sentence}.", sentence=note) for note in notes)


def _on_the_page(error: CheckpointError, upload: Upload) -> str:
    """What it says; where it would tell a notebook how to pass the cell, where to choose it."""
    question = error.question
    if question is None:
        return str(error)
    if question.about == "name":
        return _(
            "{file} holds several networks: choose the one to look at", file=shown(upload.name)
        )
    if question.about == "readout":
        return _(
            "{file} does not tell which of its matrices reads h, to give the answer: choose it",
            file=shown(upload.name),
        )
    first, *others = (choice.name for choice in question.choices)
    if not others:
        return _(
            "{file} does not tell the functions of its cell. If they are the usual ones of a "
            "{cell}, choose that under “{setting}”.",
            file=shown(upload.name),
            cell=first,
            setting=_(SETTINGS["kind"].label),
        )
    return _(
        "{file}: the arrays do not tell {first} from {others}. Choose it under “{setting}”.",
        file=shown(upload.name),
        first=first,
        others=", ".join(others),
        setting=_(SETTINGS["kind"].label),
    )
