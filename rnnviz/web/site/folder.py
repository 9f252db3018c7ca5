"""`rnnviz site FOLDER`: the pages, written one after another."""

import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from rnnviz.training.recipes import RECIPES
from rnnviz.training.workers.workers import Workers
from rnnviz.web.site.by_hand import by_hand_page
from rnnviz.web.site.course_page import course_page
from rnnviz.web.site.files import FILES, lesson_file
from rnnviz.web.site.gradients import gradients_page
from rnnviz.web.site.page import Page
from rnnviz.web.site.shapes import shapes_page
from rnnviz.web.site.step import step_page
from rnnviz.web.site.training import digest_of, lesson_page

MAKERS = (step_page, course_page, gradients_page, by_hand_page, shapes_page)
Progress = Callable[[str], None]
"""Is told what is done, in a line."""


def write(
    folder: Path, say: Progress = print, lessons: Collection[str] = tuple(RECIPES)
) -> list[Path]:
    """Write the site; the paths of its pages.

    Lessons that stand there already, made of the same code, are kept: their runs take minutes.

    lessons: whose runs are saved.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # A host of static files (GitHub Pages) is not to look for a generator's own.
    (folder / ".nojekyll").touch()
    begun = time.monotonic()
    paths = [*_pages(folder, say), *_lessons(folder, say, lessons)]
    size = sum(path.stat().st_size for path in paths) / 1e6
    seconds = time.monotonic() - begun
    say(f"{len(paths)} files, {size:.1f} MB, in {seconds:.0f} s: open {paths[0]}")
    return paths


def _pages(folder: Path, say: Progress) -> Iterator[Path]:
    for number, make in enumerate(MAKERS, 1):
        say(f"page {number} of {len(MAKERS)} …")
        page = make()
        yield _written(folder / (page.file or FILES[page.name]), page, say)


def _lessons(folder: Path, say: Progress, names: Collection[str]) -> Iterator[Path]:
    workers = Workers()
    session = workers.session()
    try:
        for number, name in enumerate(names, 1):
            recipe = RECIPES[name]
            path = folder / lesson_file(name)
            if _is_of(path, digest_of(recipe)):
                say(f"{path}  as it was")
                yield path
                continue
            say(f"training lesson {number} of {len(names)}: {name} …")
            yield _written(path, lesson_page(recipe, session), say)
    finally:
        session.shutdown()
        workers.shutdown(cancel_futures=True)


def _written(path: Path, page: Page, say: Progress) -> Path:
    path.write_text(page.to_html(), encoding="utf-8")
    say(f"{path}  {path.stat().st_size / 1e6:.1f} MB")
    return path


def _is_of(path: Path, digest: str) -> bool:
    """Whether a file is there that was made of this."""
    try:
        with path.open(encoding="utf-8") as file:
            return f'data-digest="{digest}"' in file.read(200)
    except (OSError, UnicodeDecodeError):
        return False
