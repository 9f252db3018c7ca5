"""A text foretold from itself, and from what the network wrote in its place."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnnviz.language_model.reading import Codes, Reading
from rnnviz.language_model.sampling import Drawing, go_on
from rnnviz.language_model.scores import log_softmax, of_tokens, predicted
from rnnviz.language_model.stepping import first_states, read_on, states_after
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.summary import summary
from rnnviz.texts import Sentence


@dataclass(frozen=True, eq=False)
class Exposure:
    """The same tokens of a text foretold after two pasts, from several places of it. Each array is
    (distance, places): distance 0 is the first token after a place.

    forced: ln P of the true token after the text as it is: teacher forcing, as when it learns.
    own: ln P of the true token after the text up to the place and, from there on, what the network
        drew itself. At distance 0 the two are one.
    written: what it drew, by number. true: the text's own tokens.

    Both ln P are NaN where the true token is not known. That `own` falls has two reasons, which
    this does not tell apart: a network that has gone astray, and a text that goes on in many good
    ways, of which it wrote another.
    """

    forced: Array
    own: Array
    written: Codes
    true: Codes

    __repr__ = summary

    @property
    def forced_mean(self) -> Array:
        """(distance,): the mean over the places, of known tokens."""
        return _mean(self.forced)

    @property
    def own_mean(self) -> Array:
        """(distance,): the mean over the places, of known tokens."""
        return _mean(self.own)

    @cached_property
    def together(self) -> Array:
        """(distance,): the share of places where all that was drawn up to there is the text."""
        same = np.logical_and.accumulate(self.written == self.true)
        shares: Array = same.mean(axis=1)
        return shares

    @property
    def parted(self) -> int | None:
        """The first distance at which it drew another token at half of the places or more."""
        apart = np.flatnonzero(self.together <= 0.5)
        return int(apart[0]) if len(apart) else None


def exposure(
    network: Network,
    read: Reading,
    codes: Codes,
    *,
    before: int,
    distance: int,
    places: Codes,
    drawing: Drawing,
    generator: np.random.Generator,
) -> Exposure:
    """Foretell a text after its own past, and after the network's.

    Args:
        codes: the text. places: where the two pasts part, each with `before` tokens ahead of it and
            `distance` after it.
        before: tokens that are read before a place. distance: how many are foretold after it.
        drawing, generator: how the network writes.

    Raises:
        ValueError: a network that cannot be taken on from its states.
    """
    steps = np.arange(-before, distance)[:, None]
    window = codes[places + steps]
    true = window[before:]
    begun = read_on(network, read(window[:before]), first_states(network, len(places)))
    scores = predicted(begun.prediction)[-1:]
    if distance > 1:
        after = read_on(network, read(true[:-1]), states_after(begun))
        scores = np.concatenate([scores, predicted(after.prediction)])
    written = go_on(network, read, begun, distance, drawing, generator)
    return Exposure(
        of_tokens(log_softmax(scores), true),
        of_tokens(written.logarithms, true),
        written.codes,
        true,
    )


def spread_places(first: int, end: int, *, distance: int, most: int) -> Codes:
    """At most so many places, spread evenly over the tokens from `first` to before `end`, with so
    many after each. ValueError where there is none."""
    there = end - first - distance + 1
    if distance < 1 or most < 1 or there < 1:
        raise ValueError(
            Sentence(
                "The judged part has {count} tokens: a distance goes from 1 to as many",
                count=f"{end - first:,}",
            )
        )
    return first + np.unique(np.linspace(0, there - 1, min(most, there)).astype(int))


def _mean(logarithms: Array) -> Array:
    """Over the places, of tokens that are known; NaN where none is."""
    there = ~np.isnan(logarithms)
    with np.errstate(invalid="ignore"):
        found: Array = np.where(there, logarithms, 0.0).sum(axis=1) / there.sum(axis=1)
    return found
