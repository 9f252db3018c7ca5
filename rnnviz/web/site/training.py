"""The Train page of the site: every lesson a file of its own, whose runs its reader's browser
trains.

It begins at the app's own weights, and has the batches of every update. What came of the runs is
measured when the folder is written, by the app's own workers and with the lesson's own seed; runs
that are more than a browser is given to train stand there as these made them. What is in the folder
already, of the same lesson and the same code, is kept.
"""

import hashlib
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import rnnviz
from rnnviz.network.arrays import Array
from rnnviz.texts import N_, _, language
from rnnviz.training.choices import of_recipe
from rnnviz.training.comparison import Comparison
from rnnviz.training.recipes import HEADINGS, RECIPES, Recipe
from rnnviz.training.verdicts import verdict
from rnnviz.training.workers import Session
from rnnviz.web.payload import unpack
from rnnviz.web.site.archive import Archive
from rnnviz.web.site.fields import field
from rnnviz.web.site.files import lesson_file
from rnnviz.web.site.page import Page
from rnnviz.web.training import batches, in_browser
from rnnviz.web.training.link import VIEW
from rnnviz.web.training.payload import standalone_payload, training_payload
from rnnviz.web.training.poll import Poll

NAME = "Train"
LIVE = N_(
    "The runs train here, in this browser, from the app's own weights and batches of seed {seed}. "
    "What happens was measured with the same, when this folder was written."
)
SAVED = N_(
    "Saved run: trained by the app when this folder was written, with seed {seed}. Nothing trains "
    "here: its networks are more than a browser is given to train, or its sequences more than a "
    "file is to hold."
)
MOST_SEQUENCES = 4_000_000
"""Bytes of all batches in a lesson's file."""
PERIOD = 0.05
"""Seconds between two looks at the workers."""
SPARE = np.uint64(64 - 12 - 23)
"""Bits of a float64 beyond those of a float32: charts show none of them."""


def lesson_page(recipe: Recipe, session: Session) -> Page:
    """A lesson: its question, its runs, and what is said of each guess once they have ended."""
    chosen = of_recipe(recipe.name)
    begun, ended = (Comparison(chosen.runs, chosen.says) for _ in range(2))
    begun.is_elsewhere = fits(begun)
    train(ended, session)
    seed = ended.members[0].run.knobs.seed
    archive = Archive(
        {
            "lessons": _lessons(),
            "lesson": _lesson(recipe, ended),
            "link": [field(name, one) for name, one in VIEW.items() if name != "unseen"],
            "isLive": begun.is_elsewhere,
            "made": _(LIVE if begun.is_elsewhere else SAVED, seed=seed),
        }
    )
    if begun.is_elsewhere:
        archive.add("begun", *unpack(standalone_payload(begun)))
    else:
        add_saved(archive, "begun", begun, recipe)
        add_saved(archive, "ended", ended, recipe)
    return Page(NAME, "train", ("training",), archive, lesson_file(recipe.name), digest_of(recipe))


def fits(comparison: Comparison) -> bool:
    """Whether a browser trains these runs, from a file."""
    runs = [one.run.knobs for one in comparison.members]
    sequences = batches.bytes_of_a_batch(runs[0]) * comparison.planned
    return in_browser.fit(runs) and sequences <= MOST_SEQUENCES


def add_saved(archive: Archive, name: str, comparison: Comparison, recipe: Recipe) -> None:
    """Runs as they stand, of which nothing goes on."""
    header, arrays = unpack(training_payload(comparison, Poll()))
    for run in header["runs"]:
        run["id"] = f"{name} {run['letter']}"
    saved = {"id": recipe.name, "saved": True, "zoom": recipe.look.updates}
    short = {key: shortened(array) for key, array in arrays.items()}
    archive.add(name, {**header, **saved}, short)


def train(comparison: Comparison, session: Session) -> None:
    """Take runs to their ends."""
    comparison.play()
    while comparison.is_busy:
        comparison.proceed(session)
        time.sleep(PERIOD)
    if comparison.error is not None:
        raise comparison.error


def digest_of(recipe: Recipe) -> str:
    """Of all that decides what stands in a lesson's file."""
    told = f"{recipe.runs()} {recipe.question} {language()} {_sources()}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@cache
def _sources() -> str:
    """A digest of the package's own files."""
    root, digest = Path(rnnviz.__file__).parent, hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".js", ".css", ".csv"} and path.parent.name != "bundles":
            digest.update(path.read_bytes())
    return digest.hexdigest()


def shortened(array: Array) -> Array:
    """The numbers nearest to these with as many digits as a float32's, of any size."""
    bits = np.ascontiguousarray(array, float).view(np.uint64)
    half = np.uint64(1) << (SPARE - np.uint64(1))
    near = ((bits + half) >> SPARE << SPARE).view(float)
    return np.where(np.isfinite(near), near, array)


def _lessons() -> list[dict[str, Any]]:
    return [
        {
            "heading": _(words),
            "lessons": [
                {"name": one.name, "title": _(one.title), "file": lesson_file(one.name)}
                for one in RECIPES.values()
                if one.heading == heading
            ],
        }
        for heading, words in HEADINGS.items()
    ]


def _lesson(recipe: Recipe, comparison: Comparison) -> Mapping[str, Any]:
    runs = {
        variant.key: one.run
        for variant, one in zip(recipe.variants, comparison.members, strict=True)
    }
    found = verdict(recipe, runs)
    return {
        "name": recipe.name,
        "question": _(recipe.question),
        "options": [_(option.text) for option in recipe.offered],
        "rights": [verdict(recipe, runs, option).is_right for option in recipe.offered],
        "happened": " ".join((f"**{found.outcome}**", *found.figures, found.seeds)),
        "why": _(found.why),
        "tale": found.tale,
        "at": recipe.look.update,
        "zoom": recipe.look.updates,
    }
