"""Taking results away: each run's table, its network as a file and as code."""

import streamlit as st

from rnnviz.interop import programs
from rnnviz.interop.checkpoints import packed
from rnnviz.training import exports
from rnnviz.training.comparison import Comparison, Member, network_of
from rnnviz.web.literal import literal


def downloads(comparison: Comparison) -> None:
    """Buttons for the runs as they are now; what they send is made when they are pressed."""
    with st.expander("Take it away: CSV, .safetensors, NumPy and PyTorch code"):
        for member in comparison.members:
            says = literal(member.says)
            st.markdown(f"**{member.letter}** {says}, after {member.run.update:,} updates")
            with st.container(horizontal=True, gap="small"):
                _row(member)


def _row(member: Member) -> None:
    run, key = member.run, f"train take {member.letter}"
    task = run.knobs.about_task
    about = (
        f"{task.title} (length {run.knobs.length_in_force}): {member.says}, seed {run.knobs.seed}."
    )
    name = f"rnnviz-{task.name.replace(' ', '-')}-{member.letter}-{run.update}"
    offers = (
        ("CSV", f"{name}.csv", lambda: exports.csv_of(run)),
        (".safetensors", f"{name}.safetensors", lambda: packed(network_of(run), ".safetensors")),
        ("NumPy code", f"{name}-numpy.py", lambda: programs.with_numpy(network_of(run), about)),
        (
            "PyTorch code",
            f"{name}-torch.py",
            lambda: programs.with_torch(network_of(run), about),
        ),
    )
    for label, file, make in offers:
        st.download_button(
            label, make, file_name=file, key=f"{key} {label}", on_click="ignore",
            mime="text/plain" if file.endswith(".py") else None,
        )  # fmt: skip
