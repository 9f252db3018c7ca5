"""The Train page of the site: every lesson's runs, saved, each lesson a file of its own.

They are trained when the folder is written, by the app's own workers and with the lesson's own
seed. What stands in the folder already, of the same lesson and the same code, is kept.
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
from rnnviz.texts import _, language
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
from rnnviz.web.training.link import VIEW
from rnnviz.web.training.payload import training_payload
from rnnviz.web.training.poll import Poll

NAME = "Train"
PERIOD = 0.05
"""Seconds between two looks at the workers."""
SPARE = np.uint64(64 - 12 - 23)
"""Bits of a float64 beyond those of a float32: charts show none of them."""


def lesson_page(recipe: Recipe, session: Session) -> Page:
    """A lesson: its question, its runs to their ends, and what is said of each guess."""
    chosen = of_recipe(recipe.name)
    comparison = Comparison(chosen.runs, chosen.says)
    begun = unpack(training_payload(comparison, Poll()))
    train(comparison, session)
    archive = Archive(
        {
            "lessons": _lessons(),
            "lesson": _lesson(recipe, comparison),
            "link": [field(name, one) for name, one in VIEW.items() if name != "unseen"],
            "saved": _(
                "Saved run: trained by the app when this folder was written, with seed {seed}. "
                "Nothing trains here.",
                seed=comparison.members[0].run.knobs.seed,
            ),
        }
    )
    saved = {"id": recipe.name, "saved": True, "zoom": recipe.look.updates}
    for name, (header, arrays) in {
        "begun": begun,
        "runs": unpack(training_payload(comparison, Poll())),
    }.items():
        for run in header["runs"]:
            run["id"] = f"{name} {run['letter']}"
        short = {key: shortened(array) for key, array in arrays.items()}
        archive.add(name, {**header, **saved}, short)
    return Page(NAME, "train", ("training",), archive, lesson_file(recipe.name), digest_of(recipe))


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
    return np.where(np.isfinite(array), near, array)


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
