"""The button Picture beside each chart: three forms, named by the versions; what is drawn is tested elsewhere."""

import pytest

FORMS = ["PNG", "SVG", "PDF"]
ON = {
    "timeline": ["roadmap-FY27-Q3"],
    "drift": ["bridge-FY27-Q2-FY27-Q3", "moves-FY27-Q2-FY27-Q3"],
    "trend": ["trend-milestones", "trend-refreshes", "trend-status"],
}


def files_of(app):
    """The files that a page offers as pictures, by name."""
    return [one.proto.label for one in app.get("download_button") if one.proto.label in FORMS]


@pytest.mark.parametrize("page", ON)
def test_each_chart_of_a_page_can_be_taken_along_in_three_forms(open_app, sample, page):
    app = open_app(sample, page)
    assert files_of(app) == FORMS * len(ON[page])
    keys = [one.proto.id for one in app.get("download_button") if one.proto.label in FORMS]
    assert [stem for stem in ON[page] if not any(stem in key for key in keys)] == []
