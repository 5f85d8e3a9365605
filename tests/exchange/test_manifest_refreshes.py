"""What a manifest tells of refreshes reads back as the same refreshes."""

import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exchange.manifest_refreshes import refreshes_of, tell_refreshes
from planner.model.refresh import OPEN, STEPS_FROM, Refresh, Step

FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
moments = st.integers(0, 10**14).map(lambda parts: FIRST + dt.timedelta(microseconds=parts))
names = st.text(max_size=12)
ids = st.tuples(st.sampled_from(["projects", "outcomes"]), st.from_regex(r"[A-Z][0-9]{1,3}", fullmatch=True))


@st.composite
def refreshes(draw):
    """A refresh that went some way to its end, with what was left alone in it."""
    steps, number = [Step(OPEN, draw(names), draw(moments))], draw(st.integers(1, 99))
    while allowed := STEPS_FROM[Refresh(number, "", "", tuple(steps)).state]:
        action = draw(st.sampled_from(allowed))
        steps.append(
            Step(action, draw(names), draw(moments), draw(names), draw(names), draw(st.booleans()), number)
        )
    attested = draw(st.dictionaries(ids, st.tuples(names, moments), max_size=5))
    return Refresh(number, draw(names), draw(names), tuple(steps)), attested


@settings(max_examples=50, deadline=None)
@given(st.lists(refreshes(), max_size=3))
def test_refreshes_read_back_from_a_manifest_as_they_were(kept):
    manifest = json.loads(json.dumps(tell_refreshes(kept)))
    assert refreshes_of(manifest) == kept


def test_a_manifest_without_refreshes_says_nothing_of_them():
    assert tell_refreshes([]) == {}
    assert refreshes_of({"label": "FY27-Q3"}) == []
