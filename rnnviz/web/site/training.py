"""The Train page of the site: every lesson a file of its own, whose runs its reader's browser
trains.

It begins at the app's own weights, and has the batches of every update. What came of the runs is
measured when the folder is written, by the app's own workers and with the lesson's own seed. Where
the app has its server train a lesson, the folder has no server to fall back to: its runs train in
the browser, too, slower and in float64, and stand there besides as the workers made them; alone
where it is a lesson on float32, or its sequences are too many for a file. What is in the folder
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
from rnnviz.training.comparison.choices import of_recipe
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.training.recipes import HEADINGS, RECIPES, Recipe
from rnnviz.training.recipes.verdicts import verdict
from rnnviz.training.workers.workers import Session
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
SLOW = N_(
    "The app has its server train this lesson, in float32; a browser calculates in float64, and "
    "takes longer."
)
SAVED = N_("Saved run: trained by the app when this folder was written, with seed {seed}.")
TOO_MANY = N_("Nothing trains here: the sequences are more than a file is to hold.")
MOST_SEQUENCES = 8_000_000
"""Bytes of all batches in a lesson's file."""
MOST_BYTES = 2 * in_browser.MOST_BYTES
"""Of the arrays of all runs: whose browser has no room for them has the saved runs."""
PERIOD = 0.05
"""Seconds between two looks at the workers."""
SPARE = np.uint64(64 - 12 - 23)
"""Bits of a float64 beyond those of a float32: charts show none of them."""


def lesson_page(recipe: Recipe, session: Session) -> Page:
    """A lesson: its question, its runs, and what is said of each guess once they have ended."""
    begun, ended = (comparison_of(recipe) for _ in range(2))
    knobs = [one.run.knobs for one in begun.members]
    begun.is_elsewhere = fits(begun)
    is_slow = begun.is_elsewhere and not in_browser.fit(knobs)
    train(ended, session)
    archive = Archive(
        {
            "lessons": _lessons(),
            "lesson": _lesson(recipe, ended),
            "link": [field(name, one) for name, one in VIEW.items() if name != "unseen"],
            "isLive": begun.is_elsewhere,
            "made": _made(recipe, knobs[0].seed, is_live=begun.is_elsewhere, is_slow=is_slow),
        }
    )
    if begun.is_elsewhere:
        archive.add("begun", *unpack(standalone_payload(begun)))
    else:
        add_saved(archive, "begun", begun, recipe)
    if is_slow or not begun.is_elsewhere:
        add_saved(archive, "ended", ended, recipe)
    return Page(NAME, "train", ("training",), archive, lesson_file(recipe.name), digest_of(recipe))


def comparison_of(recipe: Recipe) -> Comparison:
    """A lesson's runs, in float64 unless it is on float32."""
    chosen = of_recipe(recipe.name)
    own = {} if recipe.single else {"precision": "float64"}
    return Comparison([{**run, **own} for run in chosen.runs], chosen.says)


def fits(comparison: Comparison) -> bool:
    """Whether a browser trains these runs, from a file."""
    runs = [one.run.knobs for one in comparison.members]
    sequences = batches.bytes_of_a_batch(runs[0]) * comparison.planned
    return in_browser.can_train(runs, MOST_BYTES) and sequences <= MOST_SEQUENCES


def _made(recipe: Recipe, seed: int, *, is_live: bool, is_slow: bool) -> dict[str, str]:
    """Where runs come from: live ones, saved ones."""
    saved, live = _(SAVED, seed=seed), _(LIVE, seed=seed)
    reason = _(recipe.single) if recipe.single else _(TOO_MANY)
    return {
        "live": f"{live} {_(SLOW)}" if is_slow else live,
        "saved": saved if is_live else f"{saved} {reason}",
    }


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
