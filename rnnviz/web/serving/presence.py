"""Whether a page's visitor is still there: its script goes on for a moment after they left."""

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def visitor_is_here() -> bool:
    """Whether this script's session has a tab that is open; without a server it always has."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return True
    return runtime.get_instance().is_active_session(context.session_id)
