"""The tokens: one source, two modes, and enough contrast to be read."""

import tomllib
from pathlib import Path

import pytest

from planner.charts import theme

ROOT = Path(__file__).resolve().parents[2]
MODES = ["light", "dark"]


def luminance(colour):
    channels = [channel / 255 for channel in bytes.fromhex(colour[1:])]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(colour, mode):
    both = sorted(luminance(theme.one_mode(tone, mode)) for tone in (colour, theme.PAGE))
    return (both[1] + 0.05) / (both[0] + 0.05)


@pytest.mark.parametrize("mode", MODES)
def test_streamlits_own_colours_are_the_same_tokens(mode):
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][mode]
    for key, token in {
        "backgroundColor": theme.PAGE,
        "secondaryBackgroundColor": theme.PANEL,
        "textColor": theme.INK,
        "borderColor": theme.RULE,
        "greenColor": theme.STATUS["green"].colour,
        "orangeColor": theme.STATUS["amber"].colour,
        "redColor": theme.STATUS["red"].colour,
        "blueColor": theme.ACCENT,
    }.items():
        assert config[key] == theme.one_mode(token, mode), key
    assert config["chartCategoricalColors"] == theme.one_mode(theme.OUTCOME_LINES, mode)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("token", ["INK", "MUTE", "FAINT", "ACCENT", "WORSE", "BETTER"])
def test_text_can_be_read(token, mode):
    assert contrast(getattr(theme, token), mode) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "mark", [*theme.STATUS.values(), *theme.VERDICT.values()], ids=lambda mark: mark.word
)
def test_a_mark_can_be_told_and_its_word_read(mark, mode):
    assert contrast(mark.colour, mode) >= 3
    assert contrast(mark.text, mode) >= 4.5


def test_one_mode_reaches_every_depth_of_a_spec_and_leaves_the_rest_alone():
    spec = {
        "layer": [{"mark": {"color": theme.INK, "opacity": 0.5}}],
        "range": (theme.PAGE, "plain"),
        "n": None,
    }
    assert theme.one_mode(spec, "dark") == {
        "layer": [{"mark": {"color": "#E7EBF0", "opacity": 0.5}}],
        "range": ["#12171D", "plain"],
        "n": None,
    }
    assert "light-dark" not in repr(theme.one_mode(theme.base_spec(), "light"))


def test_a_soft_bar_is_a_third_of_its_colour_on_the_page():
    assert theme.outcome_soft_bar(0) == "light-dark(#B8CDE7, #324862)"


def test_outcomes_after_the_sixth_start_over():
    assert theme.outcome_line(6) == theme.outcome_line(0)
    assert theme.outcome_bar(7) == theme.outcome_bar(1)


def test_what_is_not_a_colour_is_refused():
    with pytest.raises(ValueError, match="not a colour"):
        theme.both("#FFF", "red")
