"""Which tests are run when: each bears the mark that its file or folder has here."""

from pathlib import Path

HERE = Path(__file__).parent
EVERY_DAY = "not lessons and not slow"
"""What pytest runs where nobody says otherwise (see pyproject.toml)."""
IN_A_BROWSER = sorted(path.name for path in HERE.glob("browser/test_*.py"))
OFTEN = (
    "test_charts.py",
    "test_export.py",
    "test_in_a_notebook.py",
    "test_maps.py",
    "test_page_kit.py",
    "test_step_page.py",
    "test_stepper_component.py",
    "test_weight_table.py",
)
"""Those that run every day: what is drawn, and one page."""
TIERS = {
    # The engine, the language, JavaScript = NumPy, tasks, settings.
    "quick": (
        "course/test_beliefs.py",
        "course/test_beliefs_in_torch.py",
        "engine",
        "gradients",
        "network",
        "notation",
        "recording",
        "settings",
        "tasks",
        "test_borders.py",
        "test_both_parsers.py",
        "test_cells.py",
        "test_equations.py",
        "test_javascript.py",
        "test_memory_bias.py",
        "test_representation.py",
        "test_tiers.py",
        "web/gradients/test_curve_file.py",
        "web/gradients/test_looking.py",
        "web/gradients/test_measure.py",
        "web/gradients/test_phase_words.py",
        "web/gradients/test_singular_values.py",
        "web/gradients/test_step_keys.py",
        "web/gradients/test_words.py",
        "web/gradients/test_zoom.py",
        "web/stepper",
    ),
    # Pages driven in a real browser, on the machine's clock; crafted files by hundreds.
    "slow": (
        *(f"browser/{name}" for name in IN_A_BROWSER if name not in OFTEN),
        "interop/test_fuzz.py",
        "training/workers/test_cluster.py",
        "training/comparison/test_costs.py",
        "web/test_served_uploads.py",
    ),
}


def tiers_of(path: Path) -> list[str]:
    """The tiers of a test file; none where it is neither quick nor slow."""
    places = {path, *path.parents}
    return [tier for tier, names in TIERS.items() if any(HERE / name in places for name in names)]


def is_left_out(path: Path, marks: str) -> bool:
    """Whether no test of a file is wanted, and it need not be read.

    marks: what stands after `-m`.
    """
    tiers = tiers_of(path)
    is_of_another = marks in TIERS and marks not in tiers
    return is_of_another or any(f"not {tier}" in marks for tier in tiers)


def is_on_the_clock(path: Path) -> bool:
    """Whether a test drives a browser: two busy cores can be late once, and are not late twice."""
    return HERE / "browser" in path.parents


def in_this_process(arguments: list[str]) -> bool:
    """Whether only files are asked for: folders alone are worth the start of more processes."""
    return all(argument.partition("::")[0].endswith(".py") for argument in arguments)
