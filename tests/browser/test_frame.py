"""The frame around every page: the menu, the look in both modes, hostile words, and bad news."""

import re
import shutil
from pathlib import Path

import pytest

from planner.ui.places import PLACES
from tests.browser.test_every_page import assert_framed

ROOT = Path(__file__).resolve().parents[2]

HOSTILE = [
    "![beacon](http://evil.invalid/a.png) [ref]: http://evil.invalid/b",
    "<img src=http://evil.invalid/c.png onerror=alert(1)><script>window.ran = 1</script>",
    "http://evil.invalid/d WWW.evil.invalid mail@evil.invalid",
    ":streamlit: :material/delete: :smile: :red[hot] :+1:",
    "# *stars* _under_ `code` ~~gone~~ $x^2$ | 1. one",
    "a -> b <- c -- d >= e ~= f &amp; &#58; \\ back",
]

FRAME_SCRIPT = """
import streamlit as st
from planner.ui.css import page_css
from planner.ui.frame import empty_state, lead, page_header, section
from planner.ui.markup import md, table, tag
from planner.ui.places import place

HOSTILE = {hostile!r}
st.set_page_config(layout="wide")
st.html(page_css())
for i, text in enumerate(HOSTILE):
    with st.container(key=f"header-{{i}}"):
        page_header(text, text)
    with st.container(key=f"lead-{{i}}"):
        lead(text)
    with st.container(key=f"section-{{i}}"):
        section(text, text)
    with st.container(key=f"table-{{i}}"):
        st.html(table([text], [[text, text]]))
    with st.container(key=f"markdown-{{i}}"):
        st.markdown(md(text))
    with st.container(key=f"metric-{{i}}"):
        st.metric(md(text), "1")
    with st.container(key=f"button-{{i}}"):
        st.button(md(text), key=f"press-{{i}}")
st.html(tag("p", "end ", tag("a", "to drift", href=place("drift").href(baseline="FY27-Q1"))))
"""

APP = """
import streamlit as st
from planner.ui.frame import show_bad_news
app = st.App("script.py", on_script_error=show_bad_news)
"""

BAD_NEWS = """
import streamlit as st
from planner.errors import PlannerError
from planner.ui.css import page_css

st.html(page_css())
st.html("<p>still here</p>")

def refuse():
    raise PlannerError("The plan of <b>Q9</b> is not there.", "Name a quarter from Q1 to Q4.")

st.button("callback", on_click=refuse)
if st.query_params.get("bad") == "bug":
    raise ValueError("a secret of the plan")
if st.query_params.get("bad") == "refusal":
    refuse()
"""


CHART = """
import polars as pl
import streamlit as st
from planner.charts import theme

count = int(st.query_params.get("marks", "9"))
marks = pl.DataFrame({"x": [i % 50 for i in range(count)], "y": [i // 50 for i in range(count)]})
spec = theme.base_spec() | {
    "height": 120,
    "mark": {"type": "square", "color": theme.WORSE},
    "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}},
}
st.vega_lite_chart(marks, spec, theme=None)
"""


def folder_with(tmp_path, **files):
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    for name, text in files.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_deep_link_as_the_first_request_of_a_fresh_server_shows_the_framed_page(server, open_page):
    page = open_page(f"{server().url}/{PLACES['versions'].url}")
    assert page.locator('[data-testid="stTopNav"]').is_visible()
    assert page.locator("h1").count() == 1
    assert page.get_by_role("dialog").count() == 0
    assert page.get_by_text("Page not found").count() == 0
    current = page.locator('[data-testid="stTopNavSection"]', has_text=PLACES["versions"].section)
    assert current.evaluate("button => getComputedStyle(button).fontWeight") == "600"


@pytest.mark.parametrize("key", sorted(PLACES))
def test_each_page_of_the_sample_is_framed_quiet_and_accessible_in_both_modes(
    app_url, open_page, settled, *, assert_quiet, assert_accessible, key
):
    page = open_page(f"{app_url}/{PLACES[key].url}", mode="light")
    assert page.get_by_role("alert").count() == 0
    assert page.title() == "Strategy Roadmap Planner"
    for mode in ("light", "dark"):
        page.emulate_media(color_scheme=mode)
        assert settled(page).locator("h1").count() == 1
        assert_framed(page)
        assert_accessible(page)
    assert_quiet(page)


def test_the_menu_reaches_every_page(app_url, open_page, settled, assert_quiet):
    page = open_page(app_url)
    for place in PLACES.values():
        if place.section:
            page.locator('[data-testid="stTopNavSection"]', has_text=place.section).click()
            page.locator('[data-testid="stTopNavDropdownLink"]', has_text=place.title).click()
            page.wait_for_url(re.compile(rf"/{place.url}(\?|$)"))  # a page puts its view into its address
        assert settled(page).locator("h1").count() == 1
    assert_quiet(page)


def test_light_and_dark_differ_and_follow_the_browser_at_once(app_url, open_page):
    page = open_page(app_url)
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e.closest('.stApp')).backgroundColor]"
    light = page.locator("h1").evaluate(colours)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(500)
    dark = page.locator("h1").evaluate(colours)
    assert light == ["rgb(27, 36, 48)", "rgb(255, 255, 255)"]
    assert dark == ["rgb(231, 235, 240)", "rgb(18, 23, 29)"]


@pytest.mark.parametrize("marks", [9, 2_500])
def test_a_chart_of_any_size_has_the_colours_of_the_mode(tmp_path, server, open_page, *, marks):
    """Streamlit would take a canvas above 2,000 marks, and a canvas draws nothing in a colour of two modes."""
    folder_with(tmp_path, chart=CHART)
    page = open_page(f"{server(script=tmp_path / 'chart.py').url}/?marks={marks}")
    mark = page.locator('[data-testid="stVegaLiteChart"] svg .mark-symbol path').first
    fill = "path => getComputedStyle(path).fill"
    assert mark.evaluate(fill) == "rgb(180, 84, 31)"
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(1000)
    assert mark.evaluate(fill) == "rgb(229, 139, 85)"


def test_a_page_of_laptop_width_does_not_scroll_sideways(app_url, open_page):
    page = open_page(app_url, width=1024)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_words_are_shown_as_they_are_and_fetch_nothing(tmp_path, server, open_page):
    folder_with(tmp_path, frame=FRAME_SCRIPT.format(hostile=HOSTILE))
    page = open_page(server(script=tmp_path / "frame.py").url)
    page.get_by_text("to drift").wait_for()
    page.wait_for_timeout(500)
    for i, text in enumerate(HOSTILE):
        assert page.locator(f".st-key-header-{i} h1").inner_text() == text
        for place in ("header", "lead", "section", "table", "markdown", "metric", "button"):
            shown = page.locator(f".st-key-{place}-{i}")
            assert text in shown.inner_text().replace("\N{WORD JOINER}", ""), place
            assert shown.locator("a[href], img, code, em, strong, del, .katex").count() == 0, place
    assert page.evaluate("window.ran") is None
    assert page.noise.abroad == []
    page.get_by_text("to drift").click()
    page.wait_for_url("**/drift?baseline=FY27-Q1")
    assert len(page.context.pages) == 1


def test_a_bug_shows_a_plain_line_and_leaves_its_traceback_in_the_log(tmp_path, server, open_page):
    folder_with(tmp_path, app=APP, script=BAD_NEWS)
    running = server(script=tmp_path / "app.py")
    page = open_page(f"{running.url}/?bad=bug")
    assert "Something went wrong" in page.get_by_role("alert").inner_text()
    assert page.get_by_text("still here").is_visible()
    assert "secret" not in page.content()
    assert "ValueError: a secret of the plan" in running.log.read_text(encoding="utf-8")


def test_a_refusal_shows_its_sentence_and_its_remedy(tmp_path, server, open_page, settled):
    folder_with(tmp_path, app=APP, script=BAD_NEWS)
    running = server(script=tmp_path / "app.py")
    page = open_page(f"{running.url}/?bad=refusal")
    assert page.get_by_role("alert").inner_text() == "The plan of <b>Q9</b> is not there."
    assert page.get_by_text("Name a quarter from Q1 to Q4.").is_visible()
    page = open_page(running.url)
    page.get_by_role("button", name="callback").click()
    assert settled(page).get_by_role("alert").inner_text() == "The plan of <b>Q9</b> is not there."
