"""A figure is its arrays: every value where it stands, in the colour of its role."""

import re

import numpy as np
import pytest

import rnnviz
from rnnviz.cells import GALLERY, ROLES
from rnnviz.web.bundle import BROWSER
from rnnviz.web.figures import figures

THEME = BROWSER / "drawing" / "theme.css"
X = np.random.default_rng(5).standard_normal((7, 3, 2))


def recording(name="LSTM", x=X, initial=None, **options):
    network = rnnviz.Network.fresh(GALLERY[name], inputs=2, hidden=4, **options)
    return rnnviz.trace(network, x, initial=initial)


def maps_of(figure):
    return [trace for trace in figure.data if trace.type == "heatmap"]


def lines_of(figure):
    return {re.sub(r"<.*?>", "", t.name): t for t in figure.data if t.type == "scatter"}


@pytest.mark.parametrize("name", GALLERY)
def test_a_map_is_a_value_step_by_step_and_unit_by_unit(name):
    rec = recording(name)
    maps = maps_of(rec.figure(item=2))
    assert len(maps) == len(rec.names)
    for drawn, value in zip(maps, rec.names, strict=True):
        np.testing.assert_array_equal(drawn.z, rec[value][:, 2].T)
        assert list(drawn.x) == [1, 2, 3, 4, 5, 6, 7]
        assert list(drawn.y) == [1, 2, 3, 4]


def test_the_maps_of_a_reverse_direction_stand_at_the_steps_of_the_sequence():
    rec = recording(bidirectional=True, layers=2)
    layer = rec.layer(0, reverse=True)
    for drawn, value in zip(maps_of(layer.figure(item=1)), layer.names, strict=True):
        np.testing.assert_array_equal(drawn.z, layer[value][:, 1].T)


def test_one_sequence_without_a_batch_has_the_same_figure():
    alone, first = recording(x=X[:, 0]).figure(), recording().figure(item=0)
    for a, b in zip(maps_of(alone), maps_of(first), strict=True):
        np.testing.assert_allclose(a.z, b.z, atol=1e-15)
    assert alone.layout == first.layout


def test_a_gate_goes_from_the_ground_to_its_role_s_colour_and_a_signed_value_round_zero():
    rec = recording()
    scales = dict(zip(rec.names, maps_of(rec.figure()), strict=True))
    ends = {name: (m.zmin, m.zmax, m.colorscale[-1][1]) for name, m in scales.items()}
    assert ends["f"] == (0, 1, figures.ROLES["forget"].fill)
    assert ends["i"] == (0, 1, figures.ROLES["input"].fill)
    assert ends["o"] == (0, 1, figures.ROLES["output"].fill)
    assert ends["g"] == (-1, 1, figures.POSITIVE)
    for name in ("g", "c", "h"):
        assert scales[name].zmin == -scales[name].zmax
        assert [colour for _, colour in scales[name].colorscale] == [
            figures.NEGATIVE,
            figures.BLANK,
            figures.POSITIVE,
        ]
        assert np.abs(rec[name]).max() <= scales[name].zmax


def test_the_colours_are_the_page_s():
    light = THEME.read_text().partition(".rnnviz.dark {")[0]
    css = dict(re.findall(r"--([\w-]+): (#\w{6})", light))
    assert set(figures.ROLES) == set(ROLES)
    assert {role: c.fill for role, c in figures.ROLES.items()} == {r: css[r] for r in ROLES}
    texts = {role: c.text for role, c in figures.ROLES.items() if role != "other"}
    assert texts == {role: css[f"{role}-text"] for role in texts}
    assert css["negative"] == figures.NEGATIVE
    assert css["positive"] == figures.POSITIVE
    assert figures.INK in light


@pytest.mark.parametrize(
    ("size", "ceiling"),
    [(0.0, 1), (0.03, 0.05), (0.5, 0.5), (0.51, 1), (1.0, 1), (3, 5), (7, 10), (1e-9, 1e-9)],
)
def test_a_scale_ends_at_a_round_number(size, ceiling):
    assert figures.nice_ceiling(np.array([[-size, np.nan, np.inf]])) == ceiling


def test_what_is_no_number_is_drawn_over_in_ink():
    cell = rnnviz.parse("h = h_prev * h_prev")
    value = np.array([[1.0, 2.0], [np.inf, 4.0], [np.nan, 16.0]])
    drawn, broken = maps_of(figures.maps(cell, {"h": value}))
    assert drawn.zmax == 20
    np.testing.assert_array_equal(np.isfinite(broken.z), ~np.isfinite(value.T))
    assert broken.colorscale[0][1] == figures.INK
    assert (broken.text[0][1], broken.text[0][2]) == ("inf", "nan")


@pytest.mark.parametrize("with_maps", [True, False])
def test_the_lines_are_the_norms_on_a_logarithmic_axis_states_first(with_maps):
    rec = recording(initial={"c": np.ones(4)})
    grads = rec.backward(at=-1)
    figure = rec.figure(grads) if with_maps else grads.figure()
    assert len(maps_of(figure)) == (len(rec.names) if with_maps else 0)
    lines = lines_of(figure)
    assert list(lines) == [f"|dL/d{name}t|" for name in ("h", "c", "i", "f", "g", "o")]
    for name in rec.names:
        np.testing.assert_array_equal(lines[f"|dL/d{name}t|"].y, grads.norms(name))
    axis = figure.layout[f"yaxis{len(rec.names) + 1 if with_maps else 1}"]
    assert axis.type == "log"
    assert {line.yaxis for line in lines.values()} == {axis.plotly_name.replace("axis", "")}
    low, high = (10.0**power for power in axis.range)
    for name in rec.names:
        assert low <= grads.norms(name).min() <= grads.norms(name).max() <= high
    assert lines["|dL/dct|"].line.color == figures.ROLES["cell"].fill
    assert {name for name, line in lines.items() if line.visible is True} == {
        "|dL/dht|",
        "|dL/dct|",
    }
    assert len({line.line.dash for line in lines.values()}) == len(lines)


def test_no_gradient_is_a_gap_and_the_end_of_float32_is_marked_where_it_is_in_range():
    cell = GALLERY["LSTM"]
    shown = figures.norm_lines(cell, {"h": np.array([0.0, 1e-60, 1.0])})
    np.testing.assert_array_equal(shown.data[0].y, [np.nan, 1e-60, 1.0])
    assert shown.layout.shapes[0].y0 == pytest.approx(1.4e-45, rel=0.01)
    assert not figures.norm_lines(cell, {"h": np.array([0.0, 1e-30])}).layout.shapes
    nothing = figures.norm_lines(cell, {"h": np.zeros(3)})
    assert np.isnan(nothing.data[0].y).all()


@pytest.mark.parametrize("reverse", [False, True])
def test_the_paths_of_a_gradient_are_its_waterfall_above_its_credit(reverse):
    """At the steps of the sequence, whichever way the layer reads."""
    grads = recording("LSTM", bidirectional=True).backward(at=[2, -1]).layer(0, reverse=reverse)
    figure, as_read = grads.path_figure(), slice(None, None, -1 if reverse else 1)
    lines, norms = lines_of(figure), grads.waterfall("c").norms()
    assert list(lines) == ["|dL/dct|", "its direct path", "the rest"]
    for line, part in zip(lines.values(), ("total", "direct", "rest"), strict=True):
        drawn = norms[part][1:][as_read]
        drawn = np.where(drawn > 1e-14 * norms["total"][1:][as_read], drawn, 0.0)
        np.testing.assert_array_equal(line.y, np.where(drawn > 0, drawn, np.nan))
        assert list(line.x) == [1, 2, 3, 4, 5, 6, 7]
    np.testing.assert_allclose(np.nan_to_num(lines["|dL/dct|"].y), grads.norms("c"))
    (drawn,) = maps_of(figure)
    credit = grads.credit()
    np.testing.assert_array_equal(drawn.customdata, credit.shares[as_read].T)
    shown = np.where(np.isnan(drawn.z), 0.0, 10.0 ** np.nan_to_num(drawn.z))
    np.testing.assert_allclose(shown, credit.shares[as_read].T)
    names = [re.sub(r"<.*?>", "", text) for text in figure.layout.yaxis2.ticktext]
    assert names == [f"{gate}t" for gate in credit.gates]


def test_a_plain_cell_s_paths_have_their_bound():
    grads = recording("RNN (tanh)").backward(at=-1)
    lines = lines_of(grads.path_figure())
    np.testing.assert_array_equal(lines["upper bound"].y, grads.bound().theory)
    assert (lines["upper bound"].y >= lines["|dL/dht|"].y * (1 - 1e-9)).all()
    assert len({line.line.dash for line in lines.values()}) == len(lines) == 4
