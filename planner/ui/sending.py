"""Lets the browser have what a fragment drew before Streamlit tidies up: it draws nothing and changes nothing.

After each run of a script Streamlit collects garbage, and for about a tenth of a second the server does nothing else.
What was drawn last waits until then, though the browser could draw it meanwhile.
"""

from __future__ import annotations

import time

from streamlit.runtime.runtime_util import MESSAGE_FLUSH_INTERVAL_SECS
from streamlit.runtime.scriptrunner import get_script_run_ctx

_FLUSH = 2 * MESSAGE_FLUSH_INTERVAL_SECS  # seconds: as Streamlit itself waits before it turns the page


def let_it_be_sent() -> None:
    """Wait until what was drawn is on its way, at the end of a fragment that runs alone."""
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run:
        time.sleep(_FLUSH)
