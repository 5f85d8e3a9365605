"""What the plain-language check finds, in the writer's own words; what reads well is left alone."""

import pytest

from planner.rules.plain_language import plain_findings
from tests.sample_plans import LABELS, sample_ledger, sample_plan

LONG = "The " + "very " * 25 + "long sentence ends here."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LONG, "The sentence that begins 'The very very very very' has 30 words. Split it: 25 are enough."),
        ("We leverage it.", "'leverage' is a word of the trade. Say it plainly, such as 'use'."),
        ("An MVP comes first.", "'MVP' is a word of the trade. Say it plainly, such as 'first usable version'."),
        ("It is tech debt.", "'tech debt' is a word of the trade. Say it plainly, such as 'work that was put off'."),
        ("The supplier Failed to deliver.", "'Failed to' sounds like blame. Say what happened, and what is done about it."),
        ("It slipped.", "'slipped' does not say how far. Write the number and the unit, such as 'two quarters later'."),
        ("HMRC asks for it.", "'HMRC' is not spelled out. Write it in full the first time, with '(HMRC)' behind it."),
    ],
)  # fmt: skip
def test_what_a_reader_stumbles_over_is_said_with_the_writers_own_words(text, said):
    assert plain_findings(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The tax office (HMRC) asks for it, and HMRC decides in Q3 FY27.",
        "HMRC (the tax office) asks for PRJ-013 to cost GBP 480k.",
        "A rag and a raid are no short forms.",
        "It is two quarters later. " * 9,
        "Version 2.5 of the portal finishes 1.5 quarters later.",
    ],
)
def test_what_reads_well_is_left_alone(text):
    assert plain_findings(text) == []


def test_the_sample_is_written_in_plain_words():
    texts = [text for label in LABELS for text in sample_plan(label)["reasons"]["reason_text"] if text]
    texts += [text for text in sample_ledger("decisions")["question"] if text]
    assert len(texts) > 50
    assert [found for text in texts for found in plain_findings(text)] == []
