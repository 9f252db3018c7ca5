"""What is read for the settings: by a network of ours, or by the one in a visitor's file."""

from typing import NamedTuple

import numpy as np

from rnnviz.data.characters import characters
from rnnviz.interop.names import shown as shown_name
from rnnviz.network.embedding import Embedding
from rnnviz.network.network import Network
from rnnviz.scenes.examples import reading
from rnnviz.scenes.own_numbers import numbers_in, own_numbers
from rnnviz.scenes.own_text import own_text
from rnnviz.scenes.reading import (
    Reading,
    input_names,
    noise,
    shown,
    some_numbers,
    words_of,
)
from rnnviz.scenes.settings import OWN_NUMBERS, OWN_TEXT, RANDOM, SETTINGS, StepSettings
from rnnviz.scenes.uploads import Upload
from rnnviz.scenes.weights import Refused
from rnnviz.tasks.next_character import RHYMES
from rnnviz.texts import _

FITTING = {1: "noisy sine", 2: "adding problem"}
TOKENS_DRAWN = 12
FRESH_INPUTS = 4
"""How many random numbers a network of ours reads."""


class Chosen(NamedTuple):
    """What is read, the example whose network can read it, if there is one, and what is odd."""

    reading: Reading
    example: str | None = None
    notes: tuple[str, ...] = ()


def for_ours(settings: StepSettings, numbers: Upload | None) -> Chosen:
    """What a network of ours reads.

    Args:
        numbers: a file of the visitor's, in place of what is typed.

    Raises:
        Refused: what was typed or sent cannot be read.
    """
    if settings.sequence == RANDOM:
        return Chosen(noise(FRESH_INPUTS))
    if settings.sequence == OWN_NUMBERS:
        read = _numbers(settings, numbers)
        return Chosen(read, FITTING.get(read.inputs))
    if settings.sequence == OWN_TEXT:
        letters = tuple(sorted(set(RHYMES)))
        known = set(characters(settings.text)) <= set(letters)
        trained_on = known and settings.weights == "trained"
        return Chosen(
            _text(settings, letters if trained_on else None),
            "next character" if trained_on else None,
        )
    return Chosen(reading(settings.sequence), settings.sequence)


def for_file(settings: StepSettings, network: Network, file: str, numbers: Upload | None) -> Chosen:
    """What the network in a visitor's file reads: what they chose, if it is of its size.

    Raises:
        Refused: what was typed or sent cannot be read, or not by this network.
    """
    inputs, name = network.inputs, shown_name(file)
    if isinstance(network.body[0], Embedding):
        return _tokens(settings, network.body[0], name, numbers)
    if settings.sequence == RANDOM:
        note = _(
            "{file} reads {numbers} a step: here they are random, as you chose.",
            file=name,
            numbers=some_numbers(inputs),
        )
        return Chosen(noise(inputs), notes=(note,))
    if settings.sequence == OWN_TEXT:
        return _letters(settings, inputs, name)
    read = _numbers(settings, numbers, inputs)
    if read.inputs != inputs:
        raise _misfit(settings, name, inputs, read.inputs)
    return Chosen(read)


def _misfit(settings: StepSettings, file: str, inputs: int, given: int) -> Refused:
    """That a network reads so many numbers a step, and others are given."""
    if settings.sequence == OWN_NUMBERS:
        return Refused(
            "numbers",
            _(
                "{file} reads {numbers} a step and these rows have {inputs}: give it a row for "
                "each step, with {count} in it",
                file=file,
                numbers=some_numbers(inputs),
                inputs=given,
                count=inputs,
            ),
        )
    return Refused(
        "sequence",
        _(
            "{file} reads {numbers} a step and this sequence has {inputs}: choose what it is to "
            "read",
            file=file,
            numbers=some_numbers(inputs),
            inputs=given,
        ),
    )


def _tokens(
    settings: StepSettings, embedding: Embedding, file: str, numbers: Upload | None
) -> Chosen:
    """Numbers of tokens: the visitor's, or random ones, since a file does not hold the words."""
    last = f"{embedding.tokens - 1:,}"
    if settings.sequence == OWN_NUMBERS:
        read = _numbers(settings, numbers, 1)
        try:
            embedding.codes(read.x, None)
        except ValueError as error:
            raise Refused("numbers", str(error)) from None
        return Chosen(read)
    x = np.random.default_rng(0).integers(0, embedding.tokens, (TOKENS_DRAWN, 1, 1)).astype(float)
    note = _(
        "{file} reads words by their numbers, from 0 to {last}, and does not hold the words: here "
        "the numbers are random. Type others as your own numbers.",
        file=file,
        last=last,
    )
    story = _("The numbers of {count} words at random.", count=TOKENS_DRAWN)
    read = Reading(_("Random words"), story, x, (words_of(x[:, 0]),), input_names(1))
    return Chosen(read, notes=(note,))


def _numbers(settings: StepSettings, numbers: Upload | None, inputs: int | None = None) -> Reading:
    """The visitor's numbers, or the example that is chosen in their place."""
    if settings.sequence != OWN_NUMBERS:
        return reading(settings.sequence)
    try:
        if numbers is not None:
            return numbers_in(numbers.name, numbers.data, inputs)
        return own_numbers(settings.numbers, inputs)
    except ValueError as error:
        raise Refused("numbers", str(error)) from None


def _text(settings: StepSettings, letters: tuple[str, ...] | None) -> Reading:
    try:
        return own_text(settings.text, letters)
    except ValueError as error:
        raise Refused("text", str(error)) from None


def _letters(settings: StepSettings, inputs: int, file: str) -> Chosen:
    """A text as one-hot letters of a file's alphabet: only who trained it knows their order."""
    given = tuple(dict.fromkeys(characters(settings.alphabet)))
    letters = given or tuple(sorted(set(characters(settings.text))))
    about = {"file": file, "count": inputs, "setting": _(SETTINGS["alphabet"].label)}
    if len(letters) != inputs:
        message = _(
            "{file} reads {count} letters and this alphabet has {letters}: type all {count} "
            "under “{setting}”, in the order of its inputs",
            letters=len(letters),
            **about,
        )
        raise Refused("alphabet", message)
    read = _text(settings, letters)
    if given:
        return Chosen(read)
    note = _(
        "The letters are taken in the order {letters}: if {file} learnt them in another, type it "
        "under “{setting}”.",
        letters="".join(map(shown, letters)),
        **about,
    )
    return Chosen(read, notes=(note,))
