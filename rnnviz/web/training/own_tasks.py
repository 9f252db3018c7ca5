"""The tasks that a visitor's own data have made in this session: the Train page offers them too."""

from collections.abc import Mapping

import streamlit as st

from rnnviz.tasks import Task

OWN = "tasks that the visitor's own data make"


def own_tasks() -> Mapping[str, Task]:
    """Name, as a link has it → the task that was made last."""
    found: Mapping[str, Task] = st.session_state.get(OWN, {})
    return found


def keep(task: Task) -> None:
    """Have the Train page offer a task, in place of one of the same name."""
    st.session_state[OWN] = {**own_tasks(), task.name: task}
