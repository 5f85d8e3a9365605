"""Home without a browser: where it leads from what moved."""


def ways(app):
    return [one.proto.label for one in app.get("page_link")]


TREND = "See how it moved over all snapshots"


def test_from_what_moved_home_leads_to_the_brief_and_to_the_trend(open_app, sample):
    assert ways(open_app(sample, "home"))[-2:] == ["Read the brief of the quarter", TREND]


def test_a_plan_that_was_never_sealed_has_no_way_to_a_trend(open_app, empty):
    assert TREND not in ways(open_app(empty, "home"))
