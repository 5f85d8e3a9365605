"""What an action has to say: shown for as long as a double click takes, then over."""

from planner.errors import NothingToUndo
from planner.ui.news import News


def test_it_is_shown_by_every_run_that_comes_soon_after():
    told = News()
    told.say("Sealed FY27-Q4.")
    assert [told.show(100.0 + second).sentence for second in (0, 0, 1, 2.9)] == ["Sealed FY27-Q4."] * 4
    assert told.show(103.1).sentence == ""


def test_news_after_other_news_have_their_own_time():
    told = News()
    told.say("Sealed FY27-Q4.")
    told.show(100.0)
    told.say("Sealed FY28-Q1.")
    assert told.show(104.0).sentence == "Sealed FY28-Q1."


def test_what_is_told_last_replaces_what_was_told_before():
    told = News()
    told.refuse(NothingToUndo("Ann"))
    told.say("Saved 1 edit.", is_bad=False)
    assert (told.sentence, told.refusal) == ("Saved 1 edit.", None)
    told.refuse(NothingToUndo("Ann"))
    assert (told.sentence, type(told.refusal)) == ("", NothingToUndo)
