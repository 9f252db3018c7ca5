"""Which tests are run when: each bears the mark that its file or folder has here."""

from pathlib import Path

HERE = Path(__file__).parent
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
    # Walks over whole pages, in a real browser, on the machine's clock; crafted files by hundreds.
    "slow": (
        "browser/test_gallery.py",
        "browser/test_gradients_links.py",
        "browser/test_gradients_pressing.py",
        "browser/test_language.py",
        "browser/test_links.py",
        "browser/test_pressing.py",
        "browser/test_shapes_pressing.py",
        "browser/test_site.py",
        "browser/test_touch.py",
        "browser/test_watch.py",
        "browser/test_wheel.py",
        "interop/test_fuzz.py",
        "training/test_cluster.py",
        "training/test_costs.py",
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
