"""Which file of the site a page is in."""

from collections.abc import Mapping

from rnnviz.training.recipes import RECIPES

FILES: Mapping[str, str] = {
    "Step": "index.html",
    "Course": "course.html",
    "Gradients": "gradients.html",
    "Train": "train.html",
    "By hand": "by-hand.html",
    "Shapes": "shapes.html",
}
"""By what the app's menu calls a page, in its order: the file that it is in."""
FIRST_LESSON = next(iter(RECIPES))


def lesson_file(name: str) -> str:
    """That of a lesson; the first stands where the menu leads."""
    return FILES["Train"] if name == FIRST_LESSON else f"train-{name.replace(' ', '-')}.html"
