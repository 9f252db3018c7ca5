"""What stands on a map: the colour in the middle of each of its cells, off the screen."""

from io import BytesIO

import numpy as np
from PIL import Image
from playwright.sync_api import Locator

ROUNDING = 6  # of colours: each channel is a whole number


def cells(
    map_: Locator, columns: int, rows: int, *, edges: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> np.ndarray:
    """(rows, columns, 3): red, green, blue as they are seen, the top line first.

    edges: pixels at the left, top, right and bottom that are not the map's.
    """
    map_.scroll_into_view_if_needed()
    picture = Image.open(BytesIO(map_.screenshot())).convert("RGB")
    left, top, right, bottom = edges
    whole = picture.crop((left, top, picture.width - right, picture.height - bottom))
    seen = np.asarray(whole, float)
    down = ((np.arange(rows) + 0.5) / rows * len(seen)).astype(int)
    across = ((np.arange(columns) + 0.5) / columns * seen.shape[1]).astype(int)
    return seen[np.ix_(down, across)]


def assert_fuller_where_larger(colours: np.ndarray, numbers: np.ndarray) -> None:
    """A map of one hue: the larger a number (rows, columns), the further its cell from blank."""
    blank = colours.reshape(-1, 3)[np.argmin(numbers)]
    _assert_rises(np.linalg.norm(colours - blank, axis=-1), numbers)


def assert_warmer_where_larger(colours: np.ndarray, numbers: np.ndarray) -> None:
    """A map of two: from blue, where a number is least, through blank to orange."""
    red, _, blue = np.moveaxis(colours, -1, 0)
    _assert_rises(red - blue, numbers)
    assert (blue > red)[numbers < 0.5 * numbers.min()].all()
    assert (red > blue)[numbers > 0.5 * numbers.max()].all()


def _assert_rises(seen: np.ndarray, numbers: np.ndarray) -> None:
    assert _rises(seen, numbers)
    assert np.ptp(seen) > 10 * ROUNDING
    assert not any(_rises(image, numbers) for image in _mirror_images(seen)), "it tells nothing"


def _rises(seen: np.ndarray, numbers: np.ndarray) -> bool:
    in_order = seen.ravel()[np.argsort(numbers, axis=None)]
    return bool((in_order >= np.maximum.accumulate(in_order) - ROUNDING).all())


def _mirror_images(seen: np.ndarray) -> list[np.ndarray]:
    """Left for right, upside down, and turned by 180 degrees, as far as that is another picture."""
    rows, columns = seen.shape
    sides = [seen[:, ::-1]] if columns > 1 else []
    upside_down = [seen[::-1]] if rows > 1 else []
    return [*sides, *upside_down, *([seen[::-1, ::-1]] if sides and upside_down else [])]
