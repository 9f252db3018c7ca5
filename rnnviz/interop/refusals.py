"""What is said of a file that is refused, and of what in it is left out."""

from rnnviz.interop.names import shown
from rnnviz.interop.questions import CellChoice, Question, Undecided
from rnnviz.texts import Counted, Sentence, sentence_of

SAVE_AGAIN = "torch.save(model.state_dict(), path)"
LONGEST_SENTENCE = 300
DAMAGED_NOTE = Sentence("its rnnviz entry is damaged: save the network again")
QUANTISED = Sentence(
    "its weights are quantised, integers whose scale stands elsewhere: save the state dict of the "
    "model before it is quantised"
)
NO_EMBEDDING = Sentence("no embedding is known to stand in front of its network")


class CheckpointError(ValueError):
    """A file that is no network we can prove. The message names the file and says what to do: a
    `Sentence`, which is read in the language in force wherever it has been kept.

    question: what an answer would decide, by one of `load`'s keywords; None where nothing can.
    """

    def __init__(self, message: Sentence | str, question: Question | None = None) -> None:
        super().__init__(message)
        self.question = question


def is_quantised(name: str) -> bool:
    """Whether PyTorch calls the packed integers of a quantised module so."""
    return "_packed_params" in name or "_all_weight_values" in name or "_packed_weight" in name


def undecided_cells(names: tuple[str, ...]) -> Undecided:
    """Arrays that these cells of the gallery may have, two or more."""
    sentence = Sentence(
        "the arrays do not tell {first} from {others}: "
        'pass the one it was trained as, as in load(path, kind="{last}")',
        first=names[0],
        others=", ".join(names[1:]),
        last=names[-1],
    )
    return Undecided(sentence, "kind", [CellChoice(name) for name in names])


def about_file(name: str, problem: Sentence | str) -> Sentence:
    """What is wrong, with the name of the file."""
    return Sentence("{file}: {problem}", file=shown(name), problem=problem)


def bounded(error: ValueError) -> Sentence | str:
    """What it says; only the beginning, where a file has made that very long."""
    said = str(error)
    return said[:LONGEST_SENTENCE] if len(said) > LONGEST_SENTENCE else sentence_of(error)


def refuse_gaps(layers: list[int]) -> None:
    if layers != list(range(len(layers))):
        raise ValueError(
            Sentence(
                "layer {missing} is missing, though there is a layer {last}",
                missing=next(k for k in range(len(layers)) if k not in layers),
                last=layers[-1],
            )
        )


def joined(names: list[str]) -> Sentence | str:
    """Several names of the file's for a sentence."""
    if len(names) == 2:
        return Sentence("{one} and {other}", one=shown(names[0]), other=shown(names[1]))
    return some(names)


def some(names: list[str]) -> Sentence | str:
    """Names of the file's for a sentence: the first four, and how many more there are."""
    first = ", ".join(map(shown, names[:4]))
    if len(names) <= 4:
        return first
    more = len(names) - 4
    return Counted("{names} and {count} more", "{names} and {count} more", more, names=first)


def embedding_note(name: str, tokens: int) -> Sentence:
    """What a network reads whose embedding is read."""
    return Sentence(
        "it reads numbers of tokens, from 0 to {last}, through {name}",
        last=f"{tokens - 1:,}",
        name=shown(name),
    )


def is_on_embedding(note: Sentence | str) -> bool:
    """Whether it is an `embedding_note`."""
    return isinstance(note, Sentence) and note.message == embedding_note("", 1).message
