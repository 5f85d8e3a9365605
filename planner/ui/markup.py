"""A small builder of safe HTML, and the way into Markdown for words that people typed; it draws nothing.

The file is not called `html`: Streamlit puts the folder of its script first on the import path,
where it would stand in for Python's own module of that name.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

_JOINER: Final = "\N{WORD JOINER}"
# What Markdown acts on in one line: always, before an entity, in a :name:, at the start, after a number at the start.
# The rest stays bare, for the label of a box is read aloud with its escapes.
_ACTIVE: Final = re.compile(r"([#$*<>@\[\\\]^_`{|}~]|&(?=#?\w+;)|:(?! |$)|^[-+=])")
_NUMBER: Final = re.compile(r"^(\d+)([.)])")
# What Streamlit's Markdown still rewrites after escaping: addresses, :names:, and arrows and dashes.
_REWRITTEN: Final = re.compile(r"(:(?=\S)|@(?=\w)|www(?=\.)|[-<>=~](?=[-<>=]))", re.IGNORECASE)
_SAFE_LINK: Final = re.compile(r"(https?://|\.?/(?!/)|\?|#)", re.IGNORECASE)
_VOID: Final = frozenset({"br", "col", "hr", "img", "wbr"})


class Html(str):
    """Text that already is HTML; anything else is escaped before it becomes part of a page."""

    __slots__ = ()

    def __add__(self, other: str) -> "Html":
        """Return both, what follows escaped unless it is HTML."""
        return Html(f"{self}{esc(other)}")

    def __radd__(self, other: str) -> "Html":
        """Return both, what stands before escaped unless it is HTML."""
        return Html(f"{esc(other)}{self}")


def esc(value: object) -> Html:
    """Return `value` as HTML text: escaped, unless it is HTML already."""
    return value if isinstance(value, Html) else Html(escape(str(value), quote=True))


def join(parts: Iterable[object], between: str = "") -> Html:
    """Return the parts one after the other, each escaped unless it is HTML already."""
    return Html(esc(between).join(esc(part) for part in parts))


def tag(name: str, *children: object, **attributes: object) -> Html:
    """Return one element. `class_` is class, `data_id` is data-id; None and False leave an attribute out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(children)}</{name}>")


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if name.startswith("on"):
        raise ValueError(f"{name} would run a script; pages have none")
    if name in {"href", "src"} and not _SAFE_LINK.match(str(value)):
        raise ValueError(f"{value!r} is neither a page of ours nor an http address")
    return f" {name}" if value is True else f' {name}="{esc(value)}"'


def strong(text: object) -> Html:
    """Return key words, set in the weight that carries a lead sentence."""
    return tag("strong", text)


def table(
    heads: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    widths: Sequence[str] = (),
    right: Iterable[int] = (),
    caption: str = "",
) -> Html:
    """Return a reading table: its words wrap and its figures stand under each other.

    A row of one cell is a group heading over the full width. `right` are the columns set to the right.
    """
    to_right = frozenset(right)
    columns = [tag("col", style=f"width:{width}") for width in widths]
    head = join(tag("th", text, scope="col", class_=_side(i, to_right)) for i, text in enumerate(heads))
    body = join(_row(row, len(heads), to_right) for row in rows)
    return tag(
        "table",
        tag("caption", caption, class_="p-hidden") if caption else "",
        tag("colgroup", *columns) if columns else "",
        tag("thead", tag("tr", head)),
        tag("tbody", body),
        class_="p-table",
    )


def _row(cells: Sequence[object], columns: int, to_right: frozenset[int]) -> Html:
    if len(cells) == 1:
        return tag("tr", tag("th", cells[0], scope="colgroup", colspan=columns), class_="p-group")
    return tag("tr", *(tag("td", cell, class_=_side(i, to_right)) for i, cell in enumerate(cells)))


def _side(column: int, to_right: frozenset[int]) -> str | None:
    return "p-right" if column in to_right else None


def md(text: object) -> str:
    """Return `text` so that Streamlit's Markdown shows it as it is, and fetches and links nothing.

    For labels, captions and help; what can be `st.html` or `st.text` should be that.
    """
    one_line = " ".join(str(text).split())
    escaped = _ACTIVE.sub(r"\\\1", _REWRITTEN.sub(rf"\1{_JOINER}", one_line))
    return _NUMBER.sub(r"\1\\\2", escaped)
