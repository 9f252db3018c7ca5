"""The course in the site: the units that can be done with what stands in it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from rnnviz.course import UNITS, Unit
from rnnviz.gradients.setup import KNOBS
from rnnviz.training.recipes import RECIPES
from rnnviz.web.course.course_payload import course_payload
from rnnviz.web.gradients.payload import FOLLOWED
from rnnviz.web.payload import unpack
from rnnviz.web.site.files import FILES, lesson_file

NAMES: Mapping[str, str] = {
    "step": "Step",
    "gradients": "Gradients",
    "train": "Train",
    "by hand": "By hand",
    "shapes": "Shapes",
    "course": "Course",
}
"""What the course calls a page → what the menu calls it."""


def course_header() -> dict[str, Any]:
    """What the course's component gets: `paths` are files, `lessons` those of the lessons."""
    header, _arrays = unpack(course_payload(None))
    units = [one for one in header["units"] if is_here(UNITS[one["key"]])]
    paths = {page: FILES[name] for page, name in NAMES.items()}
    lessons = {name: lesson_file(name) for name in RECIPES}
    return {**header, "units": units, "paths": paths, "lessons": lessons}


def is_here(unit: Unit) -> bool:
    """Whether the pages of the site have all that the unit's links lead to."""
    return unit.page in NAMES and all(_leads_somewhere(unit.page, one) for one in links_of(unit))


def links_of(unit: Unit) -> list[str]:
    """All that the unit brings a learner to on its page."""
    return [one for one in (unit.link, unit.revealed, *(act.link for act in unit.acts)) if one]


def query_of(link: str) -> dict[str, list[str]]:
    """What a unit's link says before its "#"."""
    return parse_qs(link.partition("#")[0].removeprefix("?"))


def _leads_somewhere(page: str, link: str) -> bool:
    query = query_of(link)
    if page == "train":
        return "lesson" in query
    if page == "gradients":
        return int(KNOBS["hidden"].read(query.get("hidden", [""]))) <= FOLLOWED
    return True
