"""A text that a visitor typed → what a network reads, one character at each step."""

from collections.abc import Sequence

import numpy as np

from rnnviz.data.characters import characters
from rnnviz.scenes.reading import Reading, refuse_too_long, shown
from rnnviz.texts import N_, _

MOST_CHARACTERS = 64


def own_text(text: str, alphabet: Sequence[str] | None = None) -> Reading:
    """A typed text, each character one-hot; `alphabet` is its own unless given.

    ValueError in one sentence where it is empty, too long, has too many different characters, or
    one that is not in the alphabet.
    """
    read = characters(text)
    if not read:
        raise ValueError(_("There is no character yet: type some"))
    refuse_too_long(len(read), N_("These are {count} characters: from 1 to {most} can be read"))
    letters = tuple(sorted(set(read))) if alphabet is None else tuple(alphabet)
    if alphabet is None and len(letters) > MOST_CHARACTERS:
        raise ValueError(
            _(
                "These are {count} different characters: up to {most} can be read",
                count=len(letters),
                most=MOST_CHARACTERS,
            )
        )
    places = {letter: place for place, letter in enumerate(letters)}
    for step, character in enumerate(read, 1):
        if character not in places:
            raise ValueError(
                _(
                    "“{character}”, character {step}, is not in the alphabet {letters}",
                    character=shown(character),
                    step=step,
                    letters="".join(map(shown, letters)),
                )
            )
    x = np.eye(len(letters))[[places[character] for character in read]]
    labels = tuple(shown(character) for character in read)
    story = _("As you typed it, one character at each step.")
    names = tuple(shown(letter) for letter in letters)
    return Reading(_("Your text"), story, x[:, None], (labels,), names, one_hot=True)
