"""Texts, tables and pictures put on a slide as the office program's own; what they say is decided elsewhere."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from planner.exchange.slide_fitting import INDENT, LINE, TYPEFACE, Paragraph, Run, height_of
from planner.look import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.look.picture import Picture

CELL: Final = (4.0, 2.0)  # points left and right, above and below, in a cell
_NATURAL: Final = 1.15  # of the size: a single line as office programs set it
_DASH: Final = "\N{EN DASH}"
_LANGUAGE: Final = "en-GB"


class Box(NamedTuple):
    """A place on a slide, in points from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


def add_text(
    slide: Any, box: Box, paragraphs: Sequence[Paragraph], size: float, name: str, *, at_foot: bool = False
) -> None:
    """Put paragraphs into a box of their own, at its head or at its foot."""
    shape = slide.shapes.add_textbox(*(Pt(part) for part in box))
    shape.name = name
    shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if at_foot else MSO_ANCHOR.TOP
    fill_text(shape.text_frame, paragraphs, size)


def set_title(slide: Any, box: Box, text: str, size: float) -> None:
    """Give the slide its title, in the place that outline and screen readers look at."""
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = (Pt(part) for part in box)
    fill_text(shape.text_frame, [Paragraph([Run(text, bold=True)])], size)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def fill_text(frame: Any, paragraphs: Sequence[Paragraph], size: float, *, to_right: bool = False) -> None:
    """Write paragraphs into a text frame without margins that neither grows nor shrinks."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _write(frame, paragraphs, size, to_right=to_right)


def _write(frame: Any, paragraphs: Sequence[Paragraph], size: float, *, to_right: bool = False) -> None:
    for at, paragraph in enumerate(paragraphs):
        line = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        line.alignment = PP_ALIGN.RIGHT if to_right else PP_ALIGN.LEFT
        line.space_before = Pt(paragraph.gap * size if at else 0)
        line.line_spacing = LINE / _NATURAL
        if paragraph.is_listed:
            _list(line, size)
        line._p.get_or_add_endParaRPr().set("sz", str(round(size * 100)))  # noqa: SLF001  else an empty cell is 18 points high
        for said in paragraph.runs:
            run = line.add_run()
            run.text = said.text
            _letter(run.font, size * said.grown, said)


def _list(line: Any, size: float) -> None:
    """Give a paragraph a dash, and hang its lines beside it."""
    properties = line._p.get_or_add_pPr()  # noqa: SLF001  the library has no word for marks of lists
    indent = str(Emu(Pt(INDENT * size)))
    properties.set("marL", indent)
    properties.set("indent", f"-{indent}")
    properties.append(properties.makeelement(qn("a:buChar"), {"char": _DASH}))


def _letter(font: Any, size: float, said: Run) -> None:
    font.name = TYPEFACE
    font.size = Pt(round(size, 1))
    font.bold = said.bold
    font.color.rgb = _rgb(said.colour)
    font._element.set("lang", _LANGUAGE)  # noqa: SLF001  the library has no word for the language of a run


def _rgb(colour: str) -> RGBColor:
    light = str(theme.one_mode(colour, "light"))
    return RGBColor(*bytes.fromhex(light.removeprefix("#")))  # type: ignore[no-untyped-call]


def add_picture(slide: Any, box: Box, picture: Picture) -> Box:
    """Put a picture into a box, as large as it fits, with what it shows in words; return the place it takes."""
    width, height = picture.size
    scale = min(box.width / width, box.height / height)
    place = Box(box.x, box.y, width * scale, height * scale)
    shape = slide.shapes.add_picture(io.BytesIO(picture.png()), *(Pt(part) for part in place))
    _describe(shape, picture.alt)
    shape.name = picture.title
    return place


def _describe(shape: Any, alt: str) -> None:
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)  # noqa: SLF001  the library has no word for it


class Cell(NamedTuple):
    """A cell of a table; `rows` is over how many rows it goes, 0 for one that another one covers."""

    runs: Sequence[Run]
    rows: int = 1


def row_heights(rows: Sequence[Sequence[Cell]], widths: Sequence[float], size: float) -> list[float]:
    """How high each row has to be, in points; what goes over several rows makes the last of them higher."""
    heights = [
        max(cell_height(cell, width, size) for cell, width in zip(row, widths, strict=True) if cell.rows == 1)
        for row in rows
    ]
    for at, row in enumerate(rows):
        for cell, width in zip(row, widths, strict=True):
            if cell.rows > 1:
                lacking = cell_height(cell, width, size) - sum(heights[at : at + cell.rows])
                heights[at + cell.rows - 1] += max(lacking, 0)
    return heights


def cell_height(cell: Cell, width: float, size: float) -> float:
    """How high a cell is at most, in points."""
    return height_of([Paragraph(cell.runs)], width - 2 * CELL[0], size) + 2 * CELL[1]


def add_table(
    slide: Any, at: tuple[float, float], rows: Sequence[Sequence[Cell]], widths: Sequence[float], size: float,
    *, right: Sequence[int] = (), alt: str = "",
) -> None:  # fmt: skip
    """Put a table on the slide, its first row the heads; columns in `right` are set to the right."""
    heights = row_heights(rows, widths, size)
    place = Box(*at, sum(widths), sum(heights))
    shape = slide.shapes.add_table(len(rows), len(widths), *(Pt(part) for part in place))
    shape.name = alt
    _describe(shape, alt)
    table = shape.table
    _plain(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for row_at, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[row_at].height = Pt(height)
        for column_at, cell in enumerate(row):
            drawn = table.cell(row_at, column_at)
            if cell.rows > 1:
                drawn.merge(table.cell(row_at + cell.rows - 1, column_at))
            _fill_cell(drawn, cell, size, to_right=column_at in right)
            # a cell over several rows has its rule at both places: programs differ in where they look
            if row_at == 0 or cell.rows > 1 or all(one.rows for one in _next(rows, row_at)):
                _underline(drawn)


def _next(rows: Sequence[Sequence[Cell]], at: int) -> Sequence[Cell]:
    return rows[at + 1] if at + 1 < len(rows) else [Cell([])]


def _plain(table: Any) -> None:
    """No bands and no filled heads: rules between the groups do."""
    table.first_row = True
    table.horz_banding = False
    style = table._tbl.tblPr.find(qn("a:tableStyleId"))  # noqa: SLF001  no word for it in the library
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the style without fills and rules


def _fill_cell(drawn: Any, cell: Cell, size: float, *, to_right: bool) -> None:
    drawn.margin_left = drawn.margin_right = Pt(CELL[0])
    drawn.margin_top = drawn.margin_bottom = Pt(CELL[1])
    drawn.vertical_anchor = MSO_ANCHOR.TOP
    drawn.text_frame.word_wrap = True
    _write(drawn.text_frame, [Paragraph(cell.runs)], size, to_right=to_right)


def _underline(drawn: Any) -> None:
    """Draw the rule under a cell."""
    properties = drawn._tc.get_or_add_tcPr()  # noqa: SLF001  no word for the rules of a cell in the library
    line = properties.makeelement(qn("a:lnB"), {"w": str(Emu(Pt(0.75)))})
    fill = line.makeelement(qn("a:solidFill"), {})
    colour = fill.makeelement(qn("a:srgbClr"), {"val": str(_rgb(theme.RULE))})
    fill.append(colour)
    line.append(fill)
    properties.insert(0, line)
