"""The brief as PDF, as a page and as slides: whole, inside its page, safe from what people type, and the same each time."""

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pypdf
import pytest
from pptx import Presentation
from pptx.util import Pt

from planner.exchange import brief_parts as parts
from planner.exchange.brief_html import brief_html
from planner.exchange.brief_pdf import brief_pdf
from planner.exchange.brief_pptx import brief_pptx
from planner.exchange.slide_fitting import Paragraph, Run, height_of
from planner.look.picture import Picture
from planner.rules import brief_words
from planner.rules.brief import Line
from tests.exchange.briefs import CONTROLS, HOSTILE, LONG_NAME, empty_brief, hostile_brief, pack_brief

PACKS = ("FY26-Q3", "FY26-Q4", "FY27-Q1")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="376" height="200" viewBox="0 0 376 200">'
    '<rect width="376" height="200" fill="light-dark(#FFFFFF, #12171D)"/><text x="9" y="40">Hamburg</text></svg>'
)
PICTURES = {
    name: Picture(name, f"Title of {name} <&>", "Its note", f"What {name} shows", SVG)
    for name in ("money", "finishes", "roadmap")
}
BRIEFS = {
    **{label: pack_brief(label) for label in PACKS},
    "empty": empty_brief(),
    "hostile": hostile_brief(),
    "far too long": hostile_brief(9),
}
each_brief = pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS)


def pages_of(brief, pictures=PICTURES):
    return pypdf.PdfReader(io.BytesIO(brief_pdf(brief, pictures))).pages


def words(text):
    """The words of a text, however its lines are broken, at a hyphen as well."""
    return re.sub(r"(?<=\w)- (?=\w)", "-", " ".join(re.sub(r"[\u200b\xad]", "", text).split()))


def deck_of(brief, pictures=PICTURES):
    return Presentation(io.BytesIO(brief_pptx(brief, pictures)))


def texts_of(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)


# --- PDF ------------------------------------------------------------------------------------------


@each_brief
def test_the_pdf_is_one_a4_page(brief):
    pages = pages_of(brief)
    width, height = (float(side) for side in pages[0].mediabox[2:])
    assert len(pages) == 1
    assert (round(width), round(height)) == (595, 842)


@pytest.mark.parametrize("label", PACKS)
def test_the_pdf_of_a_refresh_holds_all_of_it(label):
    brief = pack_brief(label)
    said = words(pages_of(brief)[0].extract_text())
    expected = [
        brief.lead.text,
        *(line.text for line in brief.changes),
        "7 more small changes in the planner.",
    ]
    expected += [row.measure for row in brief.outcomes] + [ask.question for ask in brief.asks]
    expected += [fact for one in brief.learnt for _, fact in parts.learnt_facts(one)] + list(brief.footer)
    assert [text for text in expected if words(text) not in said] == []
    assert "Hamburg" in said  # of the pictures
    assert "Title of money" in said


def test_changes_are_called_small_only_where_money_weighs_them():
    weighed = pack_brief("FY27-Q1")
    bare = replace(weighed, verdict="", more=3)
    assert parts.more_changes(replace(weighed, more=3)) == "3 more small changes in the planner."
    assert (
        parts.more_changes(replace(weighed, more=3), 2)
        == "2 more changes and 3 small changes in the planner."
    )
    assert (parts.more_changes(bare), parts.more_changes(bare, 2)) == (
        "3 more changes in the planner.",
        "5 more changes in the planner.",
    )
    assert parts.more_changes(replace(weighed, more=0)) == ""


def test_the_pdf_tells_its_title_and_its_language_and_no_day():
    made = brief_pdf(pack_brief("FY27-Q1"), PICTURES)
    read = pypdf.PdfReader(io.BytesIO(made))
    assert read.metadata.title.startswith("Quarterly strategy review: Q1 FY27")
    assert read.root_object["/Lang"] == "en-GB"
    assert read.metadata.get("/CreationDate") is None
    assert made == brief_pdf(pack_brief("FY27-Q1"), PICTURES)


def test_a_status_is_a_word_in_the_pdf():
    said = words(pages_of(pack_brief("FY27-Q1"))[0].extract_text())
    assert "on course" in said
    assert "at risk" in said


def test_what_is_left_out_of_the_pdf_is_counted():
    said = words(pages_of(hostile_brief(9))[0].extract_text())
    assert re.search(r"\d+ more changes and 12 small changes in the planner\.", said)
    assert re.search(r"\d+ more measures of outcomes in the planner\.", said)
    assert re.search(r"\d+ more decisions in the planner\.", said)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isascii()])
def test_the_pdf_shows_what_people_type_as_it_is(text):
    brief = replace(empty_brief(), changes=(Line("change", text, ""),))
    assert words(text) in words(pages_of(brief)[0].extract_text())


def test_letters_that_our_typeface_lacks_are_letters_in_the_pdf():
    brief = replace(empty_brief(), changes=(Line("change", "Ελλάδα, Україна, naïve → 5 €", ""),))
    assert "Ελλάδα, Україна, naïve → 5 €" in words(pages_of(brief)[0].extract_text())


def test_a_line_that_somebody_left_out_is_in_no_form():
    brief = replace(empty_brief(), changes=(Line("change", "", "generated, then left out"),))
    assert "left out" not in pages_of(brief)[0].extract_text()
    assert "left out" not in brief_html(brief, {})
    assert not [text for text in texts_of(deck_of(brief)) if "left out" in text]


# --- HTML -----------------------------------------------------------------------------------------


class Reader(HTMLParser):
    """What a page holds: its tags with their attributes, and its texts."""

    def __init__(self, page) -> None:
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


@each_brief
def test_the_page_stands_alone(brief):
    page = brief_html(brief, PICTURES)
    read = Reader(page)
    assert {tag for tag, _ in read.tags} & {
        "script",
        "link",
        "iframe",
        "img",
        "object",
        "form",
        "base",
    } == set()
    assert [name for _, held in read.tags for name in held if name.startswith("on")] == []
    addresses = [value for _, held in read.tags for name, value in held.items() if name in {"src", "href"}]
    assert addresses == []
    assert re.findall(r"url\((?!\"data:font)", page) == []
    assert "default-src 'none'" in page
    assert 'lang="en-GB"' in page


def test_the_page_shows_what_people_type_as_it_is():
    said = words(" ".join(Reader(brief_html(hostile_brief(), {})).texts))
    assert [text for text in HOSTILE if words(text) not in said] == []
    assert LONG_NAME in said


@pytest.mark.parametrize("label", PACKS)
def test_the_page_of_a_refresh_holds_all_of_it_and_its_pictures(label):
    brief = pack_brief(label)
    page = brief_html(brief, PICTURES)
    said = words(" ".join(Reader(page).texts))
    assert [line.text for line in brief.changes if line.text not in said] == []
    assert [ask.question for ask in brief.asks if ask.question not in said] == []
    assert page.count("<svg") == len(PICTURES)
    assert 'aria-label="What roadmap shows"' in page
    assert "light-dark(" in page


def test_a_page_without_anything_says_so():
    said = words(" ".join(Reader(brief_html(empty_brief(), {})).texts))
    for sentence in (
        brief_words.NOTHING_BEFORE,
        brief_words.NO_OUTCOMES,
        brief_words.NOTHING_ASKED,
        parts.NOT_KNOWN,
    ):
        assert sentence in said


# --- slides ---------------------------------------------------------------------------------------


@each_brief
def test_the_deck_has_three_slides_and_nothing_leaves_them(brief):
    deck = deck_of(brief)
    assert len(deck.slides) == 3
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def needed(frame, width):
    """How high the text of a box is, in points, as the fitting measures it."""
    size = max(run.font.size.pt for paragraph in frame.paragraphs for run in paragraph.runs)
    lines = [
        Paragraph(
            [Run(run.text, bool(run.font.bold), grown=run.font.size.pt / size) for run in paragraph.runs],
            (paragraph.space_before.pt / size) if paragraph.space_before else 0,
        )
        for paragraph in frame.paragraphs
        if paragraph.runs
    ]
    return height_of(lines, width, size)


@each_brief
def test_every_text_is_inside_its_box(brief):
    for slide in deck_of(brief).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                assert needed(shape.text_frame, shape.width.pt) <= shape.height.pt + 1, shape.name


@each_brief
def test_no_two_boxes_of_a_slide_overlap(brief):
    for slide in deck_of(brief).slides:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height, s.name) for s in slide.shapes]
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (one[4], other[4])


@pytest.mark.parametrize("label", PACKS)
def test_the_slides_of_a_refresh_hold_its_words_and_the_notes_all_of_them(label):
    brief = pack_brief(label)
    deck = deck_of(brief)
    said = "\n".join(texts_of(deck))
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    for text in (
        brief.lead.text,
        *(line.text for line in brief.changes),
        *(ask.question for ask in brief.asks),
    ):
        assert text in said
        assert text in notes
    assert all(row.measure in said for row in brief.outcomes)


def test_the_deck_is_editable_and_its_pictures_have_words():
    deck = deck_of(pack_brief("FY27-Q1"))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    described = [
        shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in shapes if shape.shape_type == 13
    ]
    assert [shape for shape in shapes if shape.has_table]
    assert described == ["What money shows", "What finishes shows"]


def test_without_outcomes_the_first_slide_shows_both_pictures():
    first, second, _ = deck_of(replace(pack_brief("FY27-Q1"), outcomes=())).slides
    shown = [sum(shape.shape_type == 13 for shape in slide.shapes) for slide in (first, second)]
    assert shown == [2, 0]


def test_the_deck_is_the_same_each_time():
    made = brief_pptx(pack_brief("FY27-Q1"), PICTURES)
    assert made == brief_pptx(pack_brief("FY27-Q1"), PICTURES)
    assert deck_of(pack_brief("FY27-Q1")).core_properties.created.year == 2000


def test_the_deck_shows_what_people_type_as_it_is():
    brief = replace(empty_brief(), changes=tuple(Line("change", text, "") for text in HOSTILE))
    said = "\n".join(texts_of(deck_of(brief)))
    assert [text for text in HOSTILE if text not in said] == []


def test_a_slide_counts_what_it_has_no_room_for_and_the_notes_have_it():
    deck = deck_of(hostile_brief(9))
    said = "\n".join(texts_of(deck))
    assert re.search(r"\d+ more changes and 12 small changes in the planner\.", said)
    assert "more measures of outcomes in the planner." in said
    assert "more decisions in the planner." in said
    notes = deck.slides[1].notes_slide.notes_text_frame.text
    assert notes.count(LONG_NAME) == 9


def test_control_characters_are_in_no_form():
    brief = replace(empty_brief(), changes=(Line("change", CONTROLS, ""),))
    clean = "bell , null , turned , half , line break , escape [31m"
    assert clean in words(" ".join(Reader(brief_html(brief, {})).texts))
    assert clean in words("\n".join(texts_of(deck_of(brief))))
    assert clean in words(pages_of(brief)[0].extract_text())


def test_slides_use_type_that_can_be_read():
    sizes = [
        run.font.size
        for slide in deck_of(hostile_brief(9)).slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert min(sizes) >= Pt(9)
