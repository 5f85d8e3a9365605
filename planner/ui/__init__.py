"""The only part that imports streamlit; holds no rule and no SQL."""
