"""What was watched, drawn: each number where it stands."""

import base64
import re
import struct
import zlib

import numpy as np
import pytest

from tests.watching.rows import row, watched

SEEN = watched(
    row(1, h=[1e-3, 1.0], gradient=4.0, stepped=4.0, loss=2.0),
    row(21, h=[0.0, 10.0], gradient=8.0, stepped=5.0, loss=1.0),
    row(41, h=[1e-2, 1.0, 1.0], gradient=float("inf"), stepped=float("nan"), loss=0.5),
)


def lines_of(figure):
    return {trace.name: trace for trace in figure.data if trace.type == "scatter"}


def test_the_map_is_updates_by_steps_in_powers_of_ten():
    figure = SEEN.figure()
    (drawn,) = [trace for trace in figure.data if trace.type == "heatmap"]
    assert list(drawn.x) == [1, 21, 41]
    assert list(drawn.y) == [1, 2, 3]
    np.testing.assert_allclose(
        drawn.z.astype(float), [[-3, np.nan, -2], [0, 1, 0], [np.nan, np.nan, 0]]
    )
    np.testing.assert_array_equal(drawn.customdata, SEEN.norms("h").T)
    assert (drawn.zmin, drawn.zmax) == (-3, 1)
    assert list(figure.layout.yaxis.range) == [3.5, 0.5]  # the first step on top
    low, high = figure.layout.xaxis.range
    assert low < 1
    assert high > 41


def test_the_lines_are_the_gradient_before_and_after_and_the_loss():
    lines = lines_of(SEEN.figure())
    np.testing.assert_array_equal(lines["as backward left it"].y, [4.0, 8.0, np.nan])
    np.testing.assert_array_equal(lines["at the step"].y, [4.0, 5.0, np.nan])
    np.testing.assert_array_equal(lines["loss"].y, [2.0, 1.0, 0.5])
    assert len({line.line.dash for line in lines.values()}) == 3  # told apart without colour


def test_without_a_loss_or_a_step_there_is_no_line_of_it():
    seen = watched(row(1, stepped=float("nan")), row(2, stepped=float("nan")))
    assert set(lines_of(seen.figure())) == {"as backward left it"}


def test_a_figure_is_of_the_state_layer_and_direction_that_is_asked():
    options = {"layers": 2, "bidirectional": True}
    seen = watched(row(1, h=[1.0, 2.0], c=[3.0, 4.0], **options), **options)
    (drawn,) = [t for t in seen.figure("c", 0, reverse=True).data if t.type == "heatmap"]
    np.testing.assert_array_equal(drawn.customdata[:, 0], [3.0, 4.0])
    for given, says in [(("q",), "no state"), (("h", 2), "no layer 2")]:
        with pytest.raises(ValueError, match=says):
            seen.figure(*given)
    with pytest.raises(ValueError, match="one direction only"):
        watched(row(1)).figure(reverse=True)


def test_of_nothing_there_is_an_empty_figure_and_page():
    assert watched().figure().data
    assert "No update yet." in watched().to_html()
    assert "No update yet." in watched()._repr_html_()


def test_the_page_is_one_file_that_asks_nobody():
    page = SEEN.to_html()
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    outside = r'<(?:script|img|iframe)[^>]+src="(?!data:)|<link[^>]+href="(?!data:)'
    assert re.search(outside, page) is None
    for one in SEEN.sentences():
        assert str(one)[:20] in page


def pixels(html):
    """(rows, columns, 3): the picture in it, read back."""
    png = base64.b64decode(re.search(r"data:image/png;base64,([^\"]+)", html)[1])
    columns, rows = struct.unpack(">II", png[16:24])
    start = png.index(b"IDAT")
    size = struct.unpack(">I", png[start - 4 : start])[0]
    data = zlib.decompress(png[start + 4 : start + 4 + size])
    return (
        np.frombuffer(data, np.uint8)
        .reshape(rows, 1 + 3 * columns)[:, 1:]
        .reshape(rows, columns, 3)
    )


def test_the_notebook_s_picture_has_a_pixel_for_each_number_the_larger_the_darker():
    found = pixels(SEEN._repr_html_()).sum(-1)
    assert found.shape == (3, 3)
    norms = SEEN.norms("h").T
    order = np.argsort(np.nan_to_num(norms).ravel(), kind="stable")
    assert (np.diff(found.ravel()[order].astype(int)) <= 0).all()
    assert found[0, 1] == found[2, 0] == found.max()  # where there is nothing
