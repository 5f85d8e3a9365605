"""DuckDB and nowhere else; holds no planning rule."""
