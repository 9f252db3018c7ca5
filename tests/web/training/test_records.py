"""What the browser puts together from messages is the run's history, whichever messages came."""

import numpy as np
import pytest

from rnnviz import training
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.training.comparison.live import first_knobs
from rnnviz.training.runs import runs
from rnnviz.web.training import payload
from rnnviz.web.training.payload import training_payload
from rnnviz.web.training.poll import Poll

KNOBS = {"task": "marked recall", "length": 7, "hidden": 5, "batch": 4, "updates": 60,
         "clip_norm": 0.6, "schedule": "linear"}  # fmt: skip
READ = """
import { unpack } from "./maths/payload.js";
import { at, emptyRecords, take } from "./training/records.js";
const records = emptyRecords();
const whole = input.messages.map((bytes) => take(records, unpack(bytes)));
const numbers = (kept) => Float64Array.from(kept);
const of = (record) => ({
  count: record.count,
  updates: Float64Array.from(record.updates),
  series: Object.fromEntries([...record.series].map(([name, kept]) => [name, numbers(kept)])),
  map: Float64Array.from((record.maps.get("h") ?? []).flatMap((row) => [...row])),
  evaluations: record.evaluations,
  at: input.at.map((update) => ({ ...at(record, update, input.way ?? ""), lengths: null })),
  maps: [...record.maps.keys()],
});
output({ whole, records: [...records].map(([letter, record]) => [letter, of(record)]) });
"""


def messages(comparison, counts, knowing):
    """The messages a page would send as the first run comes to each of these counts."""
    (member, *_) = comparison.members
    first = runs.start(**first_knobs(member.run))
    found = []
    for count, known in zip(counts, knowing, strict=True):
        run = training.advance(first, count)
        object.__setattr__(member.live, "run", run)
        found.append(training_payload(comparison, Poll(known={member.id: known})))
    return found


@pytest.mark.parametrize(
    ("counts", "known"),
    [
        ([60], [0]),
        ([0, 3, 10, 11, 40, 60], [0, 0, 3, 3, 10, 11]),
        ([20, 20, 20, 60], [0, 0, 20, 20]),
    ],
)
def test_the_history_is_whole(javascript, counts, known):
    comparison = Comparison([KNOBS], ["A"])
    sent = messages(comparison, counts, known)
    found = javascript(READ, {"messages": sent, "at": [0, 1, 26, 60]})
    assert all(found["whole"])
    record = dict(found["records"])["A"]
    run = training.advance(runs.start(**KNOBS), max(counts))
    assert record["updates"].tolist() == list(range(1, max(counts) + 1))
    shares = np.cumsum(run.history["clipped"]) / np.arange(1, max(counts) + 1)
    assert np.array_equal(record["series"].pop("clipped_share"), shares)
    lengths = run.history["dh_norms"]
    assert np.array_equal(record["series"].pop("first_over_last"), lengths[:, 0] / lengths[:, -1])
    for name, values in record["series"].items():
        assert np.array_equal(values, run.history[name].astype(float)), name
    assert np.array_equal(record["map"].reshape(-1, 7), run.history["dh_norms"])
    history = run.history
    for shown, update in zip(record["at"][1:], (1, 26, 60), strict=True):
        assert shown["loss"] == history["loss"][update - 1]
        assert shown["share"] == history["clipped"][:update].mean()
        assert shown["rate"] == history["learning_rate"][update - 1]
        row = history["dh_norms"][update - 1]
        assert shown["back"] == pytest.approx(row[0] / row[-1])
        last = [e for e in run.evaluations if e.update <= update][-1]
        assert shown["evaluation"] == last._asdict()
    assert np.isnan(record["at"][0]["loss"])


def test_how_much_reaches_back_is_told_from_where_a_string_ends_not_from_its_padding(javascript):
    knobs = {**KNOBS, "task": "embedded Reber", "length": 200}
    comparison = Comparison([knobs], ["A"])
    sent = messages(comparison, [3], [0])
    record = dict(javascript(READ, {"messages": sent, "at": [2]})["records"])["A"]
    row = comparison.members[0].run.history["dh_norms"][1]
    assert row[-1] == 0
    assert record["at"][0]["back"] == row[0] / row[row > 0][-1]


@pytest.mark.parametrize("way", ["", "reverse.", "layers.0.", "layers.0.reverse.", "layers.7."])
def test_every_layer_and_direction_can_be_looked_at(javascript, way):
    """One that there is not is the last layer forward."""
    comparison = Comparison([{**KNOBS, "layers": 2, "direction": "both"}], ["A"])
    sent = messages(comparison, [10, 20], [0, 10])
    record = dict(javascript(READ, {"messages": sent, "at": [15], "way": way})["records"])["A"]
    history = comparison.members[0].run.history
    rows = history[f"{'' if way == 'layers.7.' else way}dh_norms"]
    assert record["at"][0]["back"] == pytest.approx(rows[14][0] / rows[14][-1])
    assert len(record["maps"]) == 8
    gates = {name for name in record["series"] if "gate_" in name}
    assert gates == {name for name in history if "gate_" in name}


def test_a_gap_is_refused_and_filled_by_all(javascript):
    comparison = Comparison([KNOBS], ["A"])
    sent = messages(comparison, [10, 40, 40], [0, 30, 0])
    found = javascript(READ, {"messages": sent, "at": []})
    assert found["whole"] == [True, False, True]
    assert dict(found["records"])["A"]["count"] == 40


def test_another_run_forgets_the_last(javascript):
    first, second = Comparison([KNOBS], ["A"]), Comparison([KNOBS, KNOBS], ["A", "B"])
    sent = messages(first, [25], [0]) + messages(second, [5], [0])
    records = dict(javascript(READ, {"messages": sent, "at": []})["records"])
    assert (records["A"]["count"], records["B"]["count"]) == (5, 0)


def test_a_run_that_goes_on_past_its_end_keeps_fewer_updates_and_each_at_its_place(
    javascript, monkeypatch
):
    monkeypatch.setattr(payload, "MOST_POINTS", 20)
    monkeypatch.setattr(payload, "MOST_ROWS", 10)
    comparison = Comparison([KNOBS], ["A"])
    (short,) = messages(comparison, [60], [0])
    comparison.planned = 130
    later, whole = messages(comparison, [100, 100], [60, 0])
    kept, told = (
        dict(javascript(READ, {"messages": sent, "at": [100]})["records"])["A"]
        for sent in ([short, later], [whole])
    )
    assert kept["updates"].tolist() == list(range(1, 101, 8)) == told["updates"].tolist()
    assert np.array_equal(kept["map"], told["map"])
    rows = training.advance(runs.start(**KNOBS), 100).history["dh_norms"][0:100:16]
    assert np.array_equal(kept["map"].reshape(-1, 7), rows)
    for name, values in kept["series"].items():
        assert np.array_equal(values, told["series"][name]), name
    assert kept["at"] == told["at"]


@pytest.mark.parametrize(("planned", "stride"), [(1, 1), (20, 1), (21, 2), (60, 4), (161, 16)])
def test_a_stride_is_the_least_power_of_two_that_keeps_few_enough(planned, stride):
    assert payload._stride(planned, 20) == stride


def test_a_long_run_is_sent_in_bounded_size():
    comparison = Comparison([{**KNOBS, "updates": 50_000}], ["A"])
    sizes = [len(sent) for sent in messages(comparison, [500, 1000], [0, 0])]
    assert sizes[1] < 40_000


AXES = """
import { thinned } from "./drawing/marks.js";
import { coveringLog } from "./drawing/scales.js";
const covering = coveringLog();
const seen = input.many.map((numbers) => {
  covering.hold(numbers);
  const { low, high } = covering.axis();
  return [low, high];
});
output({ seen, pieces: thinned(input.xs, input.ys) });
"""


def test_a_covering_axis_holds_all_it_was_given_and_a_line_keeps_its_spikes(javascript):
    xs, ys = np.repeat(np.arange(5.0), 100), np.tile(np.linspace(0, 1, 100), 5)
    ys[250], ys[120], ys[333] = 77.0, -50.0, np.nan
    many = [[0.5, 2.0], [1.0], [3e-4], [np.inf, np.nan, 0.0, -1.0], [1e300]]
    found = javascript(AXES, {"many": [np.array(m) for m in many], "xs": xs, "ys": ys})
    assert found["seen"] == [[-1, 1], [-1, 1], [-4, 1], [-4, 1], [-4, 38]]
    points = [p for piece in found["pieces"] for p in zip(piece[::2], piece[1::2], strict=True)]
    assert len(found["pieces"]) == 2
    assert (2.0, 77.0) in points
    assert (1.0, -50.0) in points
    assert len(points) <= 5 * 4 + 4
