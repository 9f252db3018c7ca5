"""The rank test that holds the lessons to their record agrees with the printed tables."""

import pytest

from tests.training.ranks import chance_by_ranks


def samples_with(u):
    """Ten and ten: in `u` of the hundred pairs the second's is the larger."""
    before = [10] * (u // 10) + [u % 10]
    before += [0] * (10 - len(before))
    one = [10.0 * place for place in range(1, 11)]
    return one, [10 * count + 5 + place / 10 for place, count in enumerate(before)]


@pytest.mark.parametrize(
    ("u", "level", "beyond"),
    [(23, 0.05, True), (24, 0.05, False), (16, 0.01, True), (17, 0.01, False)],
)
def test_the_critical_values_for_ten_and_ten_are_the_published_ones(u, level, beyond):
    one, other = samples_with(u)
    assert (chance_by_ranks(one, other) <= level) == beyond
    assert chance_by_ranks(other, one) == pytest.approx(chance_by_ranks(one, other))


def test_samples_wholly_apart_are_two_ways_in_all():
    one, other = samples_with(0)
    assert chance_by_ranks(one, other) == pytest.approx(2 / 184_756)


def test_never_is_later_than_any_update_and_ties_count_half():
    never = [None] * 10
    assert chance_by_ranks(never, never) == 1
    assert chance_by_ranks([100] * 10, never) == pytest.approx(2 / 184_756)
    assert chance_by_ranks([100] * 9 + [None], [100] * 10) == 1
