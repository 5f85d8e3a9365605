"""How wide texts are, and how they are shortened and broken: by the letters of the typeface, never by their number."""

import subprocess
import sys

import pytest
from fontTools.ttLib import TTFont

from planner.look.lettering import broken, clipped, plain, shortened, text_width
from planner.look.theme import MINUS
from planner.look.typeface import FAMILY, WEIGHTS, browser_font, font_folder


def test_the_typeface_is_one_file_a_weight_under_the_name_that_pictures_ask_for():
    for weight in WEIGHTS:
        font = TTFont(font_folder() / f"SourceSans-{weight}.ttf")
        assert font["name"].getBestFamilyName() == FAMILY
        assert font["OS/2"].usWeightClass == weight
        assert "fvar" not in font
        assert {ord(letter) for letter in MINUS + "AÅğΩЖ£€→●▲◆○■✓…“”"} <= font.getBestCmap().keys()


def test_a_browser_gets_a_packed_font():
    assert browser_font()[:4] == b"wOF2"


def test_two_processes_that_make_the_typeface_at_once_get_the_same(tmp_path):
    code = "from planner.look.typeface import font_folder; print(font_folder())"
    made = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={"TMPDIR": str(tmp_path), "PYTHONPATH": "."},
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    said = [process.communicate()[0].decode().strip() for process in made]
    assert [process.returncode for process in made] == [0, 0]
    assert said[0] == said[1]
    (own,) = tmp_path.iterdir()
    (folder,) = own.iterdir()  # nothing half made stays
    assert sorted(file.name for file in folder.iterdir()) == [
        "SourceSans-400.ttf", "SourceSans-600.ttf", "SourceSans-browser.woff2"
    ]  # fmt: skip


def test_a_wide_letter_is_wider_than_a_narrow_one():
    assert text_width("WWW", 10) > 2 * text_width("iii", 10)
    assert text_width("Plan", 20) == 2 * text_width("Plan", 10)
    assert text_width("Plan", 10, 600) > text_width("Plan", 10)


@pytest.mark.parametrize("text", ["Core policy replacement: home", "Донаудампф", "שלום 🚀"])
def test_a_shortened_text_fits(text):
    room = text_width(text, 12) - 1
    assert text_width(shortened(text, room, 12), 12) <= room
    assert shortened(text, room, 12).endswith("…")
    assert shortened(text, room + 1, 12) == text


@pytest.mark.parametrize("text", ["one two three four five six", "W" * 90, "a " + "b" * 70 + " c", ""])
def test_broken_lines_fit_and_lose_nothing(text):
    lines = broken(text, 60, 12)
    assert max(text_width(line, 12) for line in lines) <= 60
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_clipped_text_ends_after_a_word():
    assert clipped("one two three", 12) == "one two…"
    assert clipped("one two", 7) == "one two"
    assert len(clipped("x" * 50, 20)) == 20


def test_what_no_file_can_hold_is_a_space():
    assert plain("a\x00\x1bb\u202ec\ud800d\n") == "a b c d "
    assert plain("שלום, naïve 🚀") == "שלום, naïve 🚀"
