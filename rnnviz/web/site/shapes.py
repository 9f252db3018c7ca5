"""The Shapes page of the site: the calls that its switches lead to, and questions about each."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from rnnviz.course import UNITS
from rnnviz.settings.kinds import Number
from rnnviz.shapes import SETTINGS, Setup
from rnnviz.shapes.lengths import falling
from rnnviz.shapes.questions import QUESTIONS, question
from rnnviz.shapes.setup import KINDS
from rnnviz.texts import _
from rnnviz.web.payload import unpack
from rnnviz.web.shapes.more import more_payload
from rnnviz.web.shapes.payload import call_payload
from rnnviz.web.shapes.small import small
from rnnviz.web.shapes.state import LOOK, Place
from rnnviz.web.site.archive import Archive, key_of
from rnnviz.web.site.course import links_of, query_of
from rnnviz.web.site.page import Page
from rnnviz.web.site.questions import question_json

TOKENS, CLASSES = 1000, 5
"""Of an Embedding before, and a Linear after: as many as the page's switches put there."""


def shapes_page() -> Page:
    """All of it."""
    archive = Archive(
        {
            "settings": [one.key for one in SETTINGS.values()],
            "usual": {one.key: one.write(one.default) for one in SETTINGS.values()},
            "look": LOOK,
            "guess": _("Guess, before you read on"),
        }
    )
    prepared = [*dict.fromkeys((*setups(), *of_the_course()))]
    for setup in prepared:
        add_call(archive, setup, prepared)
    return Page("Shapes", "shapes", ("shapes",), archive)


def setups() -> Iterator[Setup]:
    """Each module, its layers, directions and order of axes, with every batch there is; and with
    what stands before it and after it, where the batch is whole."""
    flags = (False, True)
    for kind, layers, both, first in product(KINDS, (1, 2), flags, flags):
        bare = Setup(kind=kind, num_layers=layers, bidirectional=both, batch_first=first)
        for batch, initial in product(_batches(bare), ("zeros", "given")):
            yield replace(batch, initial=initial)
        for vocabulary, outputs in ((TOKENS, 0), (0, CLASSES), (TOKENS, CLASSES)):
            yield replace(bare, vocabulary=vocabulary, outputs=outputs)


def of_the_course() -> Iterator[Setup]:
    """Those that units of the course lead to."""
    for unit in UNITS.values():
        if unit.page == "shapes":
            for link in links_of(unit):
                yield Setup.nearest(**SETTINGS.read(query_of(link)))


def _batches(bare: Setup) -> Iterator[Setup]:
    """Whole sequences, one without a batch axis, and some of different lengths, packed or not."""
    lengths = falling(bare.length, bare.batch)
    yield bare
    yield replace(bare, batch=0)
    for packed in (True, False):
        yield replace(bare, lengths=lengths, packed=packed)


def add_call(archive: Archive, setup: Setup, prepared: list[Setup]) -> None:
    """A call with its picture, what stands below it, and the questions about it.

    Its numbers are kept as PyTorch has them where nothing else is asked for: in float32.
    """
    header, arrays = unpack(call_payload(Place(setup)))
    for name, limits in _limits(prepared).items():
        header["settings"][name] |= limits
    short = {name: array.astype(np.float32) for name, array in arrays.items()}
    asked = [question_json(question(key, small(setup))) for key in QUESTIONS]
    archive.add(_key("call", setup), header, short, {"questions": asked})
    archive.add(_key("more", setup), unpack(more_payload(setup))[0])


def _limits(prepared: list[Setup]) -> dict[str, dict[str, Any]]:
    """What the page has of each setting, in place of what there can be."""
    found: dict[str, dict[str, Any]] = {}
    for name, one in SETTINGS.items():
        values = {getattr(setup, name) for setup in prepared}
        if isinstance(one.kind, Number):
            kind = replace(one.kind, low=min(values), high=max(values))
            found[name] = {"low": kind.low, "high": kind.high, "range": str(kind.range)}
    return found


def _key(name: str, setup: Setup) -> str:
    return key_of(name, *(one.write(getattr(setup, key)) for key, one in SETTINGS.items()))
