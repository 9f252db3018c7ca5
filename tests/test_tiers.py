"""The tiers of tests: what they name is there, and nothing is in two."""

import pytest

from tests.tiers import HERE, TIERS, in_this_process, is_left_out, tiers_of

TESTS = sorted(HERE.rglob("test_*.py"))


@pytest.mark.parametrize("tier", TIERS)
def test_every_name_of_a_tier_is_of_tests(tier):
    assert [name for name in TIERS[tier] if not (HERE / name).exists()] == []
    assert len({*TIERS[tier]}) == len(TIERS[tier])


def test_no_test_is_in_two_tiers():
    assert [path for path in TESTS if len(tiers_of(path)) > 1] == []


def test_a_test_bears_the_marks_of_its_file_and_of_its_folder(request):
    assert tiers_of(HERE / "engine" / "test_engine.py") == ["quick"]
    assert tiers_of(HERE / "interop" / "test_fuzz.py") == ["slow"]
    assert tiers_of(HERE / "interop" / "test_interop.py") == []
    assert {"quick"} == {mark.name for mark in request.node.iter_markers()}


@pytest.mark.parametrize(
    ("marks", "read"),
    [
        ("quick", {"quick"}),
        ("slow", {"slow"}),
        ("not lessons and not slow", {"quick", "neither"}),
        ("not lessons", {"quick", "slow", "neither"}),
        ("quick or slow", {"quick", "slow", "neither"}),
        ("", {"quick", "slow", "neither"}),
    ],
)
def test_files_are_read_that_can_have_a_test_of_the_tiers_asked_for(marks, read):
    one_of_each = {
        "quick": HERE / "engine" / "test_engine.py",
        "slow": HERE / "interop" / "test_fuzz.py",
        "neither": HERE / "interop" / "test_interop.py",
    }
    assert {tier for tier, path in one_of_each.items() if not is_left_out(path, marks)} == read


@pytest.mark.parametrize(
    ("arguments", "alone"),
    [
        (["tests"], False),
        (["tests/engine", "tests/test_cells.py"], False),
        (["tests/test_cells.py"], True),
        (["tests/test_cells.py::test_a[x/y]", "tests/engine/test_engine.py"], True),
    ],
)
def test_files_run_in_one_process_and_folders_in_many(arguments, alone):
    assert in_this_process(arguments) == alone
