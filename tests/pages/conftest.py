"""Pages opened without a browser, each on a database that is closed again; and what they say."""

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.ui import session
from planner.ui.places import PLACES

NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def open_app(root, monkeypatch):
    """Open a page of the planner on a database, by its key in `places`, or a script of the test's own."""
    opened = []

    def open_one(path, page="home", *, script=None, **query):
        monkeypatch.setenv("PLANNER_DATABASE", str(path))
        monkeypatch.setenv("PLANNER_ACTOR", "asha")
        main = str(root / "planner" / "ui" / "main.py")
        app = (AppTest.from_string if script else AppTest.from_file)(script or main, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        if page != "home":
            # Before its first run an app knows a page by the name of its file; then Home is not drawn on the way.
            if Path(PLACES[page].path).stem != PLACES[page].url:
                app.run()
            app.switch_page(PLACES[page].path)
        app.run()
        assert not app.exception
        opened.append(session.database())
        return app

    yield open_one
    for db in opened:
        db.close()
    session._opened.clear()
    session._OPEN.clear()


def words(app):
    """All that a page says in its own HTML."""
    return " ".join(str(element.body) for element in app.get("html"))


def links(app):
    """The labels of the links to other pages, as they are read."""
    return [element.proto.label.replace("\\", "") for element in app.get("page_link")]
