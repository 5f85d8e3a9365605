"""The HTML builder escapes what people typed, and md() leaves Markdown nothing to act on."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.ui.markup import Html, esc, join, md, strong, table, tag


def test_text_is_escaped_and_html_is_kept():
    assert tag("p", "a < b & ", strong("c > d")) == "<p>a &lt; b &amp; <strong>c &gt; d</strong></p>"
    assert esc(Html("<b>x</b>")) == "<b>x</b>"
    assert join(["<", Html("<br>")], " & ") == "&lt; &amp; <br>"

    assert "a < " + strong("b") + " & c" == "a &lt; <strong>b</strong> &amp; c"
    assert isinstance("a < " + strong("b") + " & c", Html)


def test_attributes_are_escaped_and_absent_ones_left_out():
    made = tag("a", "go", href='/drift?from="x"', class_="p-chip", data_id="A&B", title=None, hidden=True)
    assert made == ('<a href="/drift?from=&quot;x&quot;" class="p-chip" data-id="A&amp;B" hidden>go</a>')


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.invalid", "file:///x", " http://x"]
)
def test_a_link_leads_to_a_page_of_ours_or_to_http(address):
    with pytest.raises(ValueError, match="neither a page of ours"):
        tag("a", "go", href=address)


def test_an_element_runs_no_script():
    with pytest.raises(ValueError, match="would run a script"):
        tag("p", "x", onclick="alert(1)")


def test_a_table_has_heads_groups_and_figures_to_the_right():
    made = table(["What", "Cost"], [["Later"], ["<Home>", "£2m"]], widths=["70%", "30%"], right=[1])
    assert '<th scope="col">What</th><th scope="col" class="p-right">Cost</th>' in made
    assert '<tr class="p-group"><th scope="colgroup" colspan="2">Later</th></tr>' in made
    assert '<td>&lt;Home&gt;</td><td class="p-right">£2m</td>' in made


@given(st.text())
def test_nothing_of_a_text_is_html_after_escaping(text):
    assert not re.search(r"[<>\"']", esc(text))


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_md_escapes_what_markdown_acts_on_and_changes_no_word(text):
    made = md(text)
    plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", made).replace("\N{WORD JOINER}", "")
    assert plain == " ".join(text.split())
    assert not re.search(
        r"(?<!\\)([*_#`$<>|~{}\[\]@^]|^[-+=]|^\d+[.)]|:(?! |$)|&\w+;)", re.sub(r"\\\\", "", made)
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Small-business quotes (home): £2.1m, 5% more", "Small-business quotes (home): £2.1m, 5% more"),
        ("R&D, done?", "R&D, done?"),
        ("1. first", r"1\. first"),
        ("- a list", r"\- a list"),
        ("&amp; *bold* [a](b)", r"\&amp; \*bold\* \[a\](b)"),
    ],
)
def test_a_label_reads_aloud_without_escapes_where_markdown_has_nothing_to_act_on(text, label):
    assert md(text) == label
