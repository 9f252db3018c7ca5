"""Lessons one click away: runs that differ in one choice, a question, what comes out.

What is said of them was measured with these very knobs on ten seeds (`training.outcomes`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from rnnviz.texts import N_
from rnnviz.training.recipes import (
    attending,
    comparing,
    exploding,
    optimizing,
    remembering,
    vanishing,
)
from rnnviz.training.recipes.recipe import Figures, Look, Option, Recipe, Runs, Variant

__all__ = [
    "HEADINGS",
    "RECIPES",
    "Figures",
    "Look",
    "Option",
    "Recipe",
    "Runs",
    "Variant",
]

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "vanishing": N_("Vanishing"),
        "exploding": N_("Exploding"),
        "optimizer": N_("Optimizer"),
        "comparing": N_("Comparing"),
    }
)
"""What lessons stand under, in order: a heading's key → its words."""

_ALL = (
    *vanishing.LESSONS,
    *remembering.LESSONS,
    *attending.LESSONS,
    *exploding.LESSONS,
    *optimizing.LESSONS,
    *comparing.LESSONS,
)

RECIPES: Mapping[str, Recipe] = MappingProxyType({recipe.name: recipe for recipe in _ALL})
"""In the order in which they are shown: `vanishing` first."""
