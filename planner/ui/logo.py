"""The mark of the planner, three bars on their way, as an SVG text; it has no words, so it needs no font."""

from typing import Final

from planner.look.theme import ACCENT, one_mode

_BARS: Final = ((0, 4, 20, 1.0), (8, 13, 24, 0.65), (2, 22, 15, 0.4))


def logo_svg() -> str:
    """Return the mark of 32 by 32 units; inside an image only the browser's own preference is known."""
    bars = "".join(
        f'<rect x="{x}" y="{y}" width="{width}" height="6.5" rx="2" opacity="{opacity}"/>'
        for x, y, width, opacity in _BARS
    )
    light, dark = one_mode(ACCENT, "light"), one_mode(ACCENT, "dark")
    style = f"rect{{fill:{light}}}@media (prefers-color-scheme:dark){{rect{{fill:{dark}}}}}"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">'
        f"<style>{style}</style>{bars}</svg>"
    )
