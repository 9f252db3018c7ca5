"""The tiers of tests: what they name is there, and nothing is in two."""

import subprocess
import sys

import pytest

from tests.tiers import (
    EVERY_DAY,
    HERE,
    IN_A_BROWSER,
    OFTEN,
    TIERS,
    in_this_process,
    is_left_out,
    tiers_of,
)

TESTS = sorted(HERE.rglob("test_*.py"))


@pytest.mark.parametrize("tier", TIERS)
def test_every_name_of_a_tier_is_of_tests(tier):
    assert [name for name in TIERS[tier] if not (HERE / name).exists()] == []
    assert len({*TIERS[tier]}) == len(TIERS[tier])


def test_what_runs_every_day_is_what_pytest_is_configured_for(request):
    assert f"-m {EVERY_DAY}" in request.config.getini("addopts")
    assert set(OFTEN) < set(IN_A_BROWSER)


@pytest.mark.parametrize(
    ("arguments", "ran"),
    [
        (["tests/browser/test_touch.py"], True),
        (["tests/browser"], False),
    ],
)
def test_a_slow_file_runs_where_its_name_is_given(arguments, ran):
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n0", *arguments]
    found = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parent, check=False)
    assert ("test_touch.py::" in found.stdout) == ran


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
