"""The server: `streamlit run app.py`. It holds no page; the script of the pages is planner/ui/main.py."""

from importlib import import_module
from pathlib import Path

import streamlit as st

from planner.ui.frame import show_bad_news

# Before the port opens: when several people arrive at a fresh server at once, each of their threads
# would start these imports, and all but one would find a half-loaded module.
for heavy in ("pandas", "pyarrow", "polars", "altair", "duckdb"):
    import_module(heavy)

app = st.App(Path(__file__).parent / "planner" / "ui" / "main.py", on_script_error=show_bad_news)
