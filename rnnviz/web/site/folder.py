"""`rnnviz site FOLDER`: the pages, written one after another."""

from collections.abc import Callable, Mapping
from pathlib import Path

from rnnviz.web.site.by_hand import by_hand_page
from rnnviz.web.site.gradients import gradients_page
from rnnviz.web.site.page import FILES, Page
from rnnviz.web.site.step import step_page

MAKERS: Mapping[str, Callable[[], Page]] = {
    "Step": step_page,
    "Gradients": gradients_page,
    "By hand": by_hand_page,
}
"""By what the app's menu calls a page: what makes it."""
Progress = Callable[[str], None]


def write(folder: Path, say: Progress = print) -> list[Path]:
    """Write the site; the paths of its pages.

    say: is told what is done, in a line.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # A host of static files (GitHub Pages) is not to look for a generator's own.
    (folder / ".nojekyll").touch()
    written = []
    for name, make in MAKERS.items():
        path = folder / FILES[name]
        path.write_text(make().to_html(), encoding="utf-8")
        say(f"{path}  {path.stat().st_size / 1e6:.1f} MB")
        written.append(path)
    return written
