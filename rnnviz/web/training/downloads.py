"""Taking results away: each run's table, its network as a file and as code."""

import streamlit as st

from rnnviz.interop import programs
from rnnviz.interop.saving import packed_for_torch
from rnnviz.texts import _
from rnnviz.training import exports
from rnnviz.training.comparison import Comparison, Member, network_of
from rnnviz.web.literal import literal


def downloads(comparison: Comparison) -> None:
    """Buttons for the runs as they are now; what they send is made when they are pressed."""
    with st.expander(_("Download: CSV, .safetensors, NumPy and PyTorch code")):
        for member in comparison.members:
            st.markdown(
                f"**{member.letter}** "
                + _(
                    "{run}, after {updates} updates; {parameters} parameters",
                    run=literal(member.says),
                    updates=f"{member.run.update:,}",
                    parameters=f"{member.run.knobs.parameters:,}",
                )
            )
            with st.container(horizontal=True, gap="small"):
                _row(member)
        st.caption(
            _(
                "The .safetensors file has PyTorch's own names where PyTorch has the cell: "
                "nn.LSTM, nn.GRU or nn.RNN loads it with strict=False."
            )
            + " "
            + _(
                "Here each gate trains one bias. PyTorch's own modules train two that are added: "
                "with SGD their sum moves twice as far, and both count in the norm of the gradient."
            )
        )


def _row(member: Member) -> None:
    run, key = member.run, f"train take {member.letter}"
    about = exports.about(run, member.says)
    name = f"rnnviz-{run.knobs.about_task.name.replace(' ', '-')}-{member.letter}-{run.update}"
    table = ("CSV", f"{name}.csv", lambda: exports.csv_of(run))
    files = (
        (".safetensors", f"{name}.safetensors", lambda: packed_for_torch(network_of(run))),
        (
            _("NumPy code"),
            f"{name}-numpy.py",
            lambda: programs.with_numpy(network_of(run), about),
        ),
        (
            _("PyTorch code"),
            f"{name}-torch.py",
            lambda: programs.with_torch(network_of(run), about),
        ),
    )
    for label, file, make in (table, *files):
        st.download_button(
            label, make, file_name=file, key=f"{key} {file[len(name):]}", on_click="ignore",
            mime="text/plain" if file.endswith(".py") else None,
        )  # fmt: skip
    if run.knobs.begins:
        st.caption(
            _(
                "Its sequences begin at states that were typed. The programs begin there too, and "
                "the file has them in its entry “rnnviz”, which this app reads: in PyTorch, give "
                "them to the module when you call it."
            )
        )
