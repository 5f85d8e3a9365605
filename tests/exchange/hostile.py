"""Files that should not be: each with exactly the problems it must give, and the rows that must be read all the same."""

import io
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

HEADER = "project_id,name,start_date,end_date,cost,capex,confidence_pct,priority_rank,success_probability,deliverables,sponsor"
GOOD = "PRJ-001,Ålesund — first,2026-04-01,2027-03-31,1200,700,80,1,0.85,a|b,007"
GOOD_ROW = ("PRJ-001", "Ålesund — first", 1200, "007")
SAVE = "Save it as 'CSV UTF-8'"


@dataclass(frozen=True)
class Hostile:
    """One bad day: the files, and each problem as (file, line, column, part of its message)."""

    name: str
    files: Mapping[str, bytes]
    problems: tuple[tuple[str, int, str, str], ...]
    reads_good: bool = field(default=False)
    """Whether the good row beside the bad one is still read as it is."""


def project_file(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *lines, "")).encode()


def whole(name: str, data: bytes, *told: str, line: int = 0, column: str = "", good: bool = False) -> Hostile:
    """A projects.csv whose problems are all of one line."""
    problems = tuple(("projects.csv", line, column, message) for message in told)
    return Hostile(name, {"projects.csv": data}, problems, reads_good=good)


def cell(name: str, column: str, value: str, *told: str) -> Hostile:
    """One bad cell in line 3, a good row in line 2."""
    cells = dict.fromkeys(HEADER.split(","), "") | {"project_id": "PRJ-002", "name": "Second", column: value}
    quoted = ",".join('"' + text.replace('"', '""') + '"' for text in cells.values())
    problems = tuple(("projects.csv", 3, column, message) for message in told)
    return Hostile(name, {"projects.csv": project_file(GOOD, quoted)}, problems, reads_good=True)


def beside(name: str, file: str, data: bytes, *problems: tuple[str, int, str, str]) -> Hostile:
    """Another file beside a good projects.csv."""
    return Hostile(name, {"projects.csv": project_file(GOOD), file: data}, problems, reads_good=True)


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return packed.getvalue()


SECOND = "PRJ-002,Second,,,,,,,,,"

READ_AS_THEY_ARE = [
    whole("a byte order mark", b"\xef\xbb\xbf" + project_file(GOOD), good=True),
    whole("UTF-16, little end first", project_file(GOOD).decode().encode("utf-16"), good=True),
    whole("UTF-16, big end first", b"\xfe\xff" + project_file(GOOD).decode().encode("utf-16-be"), good=True),
    whole("CR LF line ends", project_file(GOOD, SECOND).replace(b"\n", b"\r\n"), good=True),
    whole("CR line ends only", project_file(GOOD, SECOND).replace(b"\n", b"\r"), good=True),
    whole("semicolons", project_file(GOOD).replace(b",", b";"), good=True),
    whole("tabs", project_file(GOOD).replace(b",", b"\t"), good=True),
    whole("blank lines and rows of separators", project_file("", GOOD, "", ",,,,,,,,,,", ""), good=True),
    whole(
        "a header in capitals with blanks",
        project_file(GOOD, header=HEADER.upper().replace(",", " , ")),
        good=True,
    ),
    whole("empty columns without a name", project_file(GOOD + ",,", header=HEADER + ",,"), good=True),
    whole("no line end at the end", project_file(GOOD).rstrip(b"\n"), good=True),
    whole("a header row alone", project_file()),
    cell("a formula in a text", "sponsor", '=HYPERLINK("http://x","y")'),
    cell("a name written from right to left", "name", "\u202eevil\u202c"),
    cell("blanks around a number and a day", "cost", " 15 "),
    cell("markup in a name", "name", "<script>alert(1)</script> **x** ![y](http://z)"),
]

WHOLE_FILES = [
    whole("an empty file", b"", "The file is empty"),
    whole("a byte order mark alone", b"\xef\xbb\xbf", "The file is empty"),
    whole("blank lines alone", b"\n\n \n", "The file is empty"),
    whole("a first line that is blank", b"\n" + project_file(GOOD), "The first line is blank", line=1),
    whole("Windows-1252", project_file(GOOD).decode().replace("—", "-").encode("cp1252"),
          "The byte 0xC5 is not UTF-8, 'Å' in Windows-1252. " + SAVE, line=2),
    whole("UTF-8 broken off in line 4", project_file(GOOD, SECOND) + b"PRJ-3,\xe2\x82", "The byte 0xE2 is not UTF-8", line=4),
    whole("UTF-16 without its mark", project_file(GOOD).decode().encode("utf-16-le"), "looks like UTF-16 text without its mark"),
    whole("UTF-16 cut in half", project_file(GOOD).decode().encode("utf-16")[:-1], "begins as UTF-16 text but is not"),
    whole("UTF-32", b"\xff\xfe\x00\x00" + "a".encode("utf-32-le"), "is UTF-32 text, not CSV"),
    whole("a NUL", project_file(GOOD, "PRJ-002,Na\x00me,,,,,,,,,"), "control character U+0000", line=3),
    whole("control characters", project_file("PRJ-002,a\x0bb\x0c,,,,,,,,,"),
          "control character U+000B. Remove it and import the file again. There are 1 more", line=2),
    whole("a JPEG", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)), "is a JPEG picture, not CSV. " + SAVE),
    whole("a PNG", b"\x89PNG\r\n\x1a\n" + bytes(99), "is a PNG picture"),
    whole("a PDF", b"%PDF-1.7\n", "is a PDF document"),
    whole("Parquet", b"PAR1" + bytes(20), "is a Parquet file"),
    whole("a workbook named csv", zipped(("xl/workbook.xml", b"<x/>")), "is a zip file or an Excel workbook"),
    whole("an old workbook named csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "is an old Excel workbook"),
    whole("a web page saved as csv", b"\xef\xbb\xbf\n <!DOCTYPE html><html><table>", "is a web page"),
    whole("JSON saved as csv", b'[{"project_id": "PRJ-001"}]', "is a JSON file"),
    whole("a database named csv", bytes(8) + b"DUCK" + bytes(50), "is a DuckDB database"),
    whole("more bytes than a file may have", b"x" * 50_000_001, "The file has more than 50,000,000 bytes; no more are read. Split it."),
    whole("more rows than a file may have", b"project_id,name\n" + b"A,B\n" * 500_001, "has 500,001 rows; at most 500,000"),
    whole("a header of a million characters", b"project_id,name," + b"x" * 1_000_000 + b"\n", "header row has 1,000,016 bytes", line=1),
    whole("three hundred columns", project_file(header=",".join(f"c{n}" for n in range(300))), "names 300 columns; at most 256", line=1),
    whole("a line of two megabytes", project_file(GOOD, "PRJ-002,Second,,,,,,,," + "x|" * 1_000_000 + ","), "The row has 2,000,023 bytes", line=3),
    whole("a cell of forty kilobytes", project_file(GOOD, "PRJ-002,Second,,,,,,,,," + "x" * 40_000),
          "The cell has 40,000 bytes; at most 32,000", "has 40000 characters. Write at most 255 in sponsor.", line=3, column="sponsor", good=True),
    whole("a quotation mark never closed", project_file(GOOD, '"PRJ-002,Second,,,,,,,,,', "PRJ-003,Third,,,,,,,,,"), "is not closed", line=3),
    whole("a quotation mark closed too late", project_file(GOOD, 'PRJ-002,"Second,,,,,,,,,', 'PRJ-003,"Third",,,,,,,,,'), "is not closed", line=3),
    whole("a quotation mark and a line break in the header", b'project_id,na"me\n",cost\nPRJ-1,a,1\n', "stands inside a cell that does not begin with one", line=1),
    whole("a quotation mark inside a cell", project_file(GOOD, 'PRJ-002,5" pipe,,,,,,,,,'), "stands inside a cell that does not begin with one", line=3),
]  # fmt: skip

ROWS = [
    whole("a short row", project_file(GOOD, "PRJ-002,Second"), "The row has 2 cells, the header has 11", line=3, good=True),
    whole("a long row", project_file(GOOD, SECOND + ",,"), "The row has 13 cells, the header has 11", line=3, good=True),
    whole("a ragged row after two quoted line breaks", project_file(GOOD, 'PRJ-002,Second,,,,,,,"0.5","a|b","x;y"', "PRJ-003,a"),
          "The row has 2 cells", line=4, good=True),
    whole("a ragged row late", project_file(GOOD, *(f"PRJ-{n:05d},x,,,,,,,,," for n in range(30_000)), "PRJ-X"), "The row has 1 cell,", line=30_003, good=True),
    whole("an id twice", project_file(GOOD, SECOND, GOOD), "The project 'PRJ-001' is already on line 2. Keep one", line=4, column="project_id", good=True),
    whole("no id", project_file(GOOD, ",Second,,,,,,,,,"), "Id is empty. Each row needs project_id.", line=3, column="project_id", good=True),
    whole("no name", project_file(GOOD, "PRJ-002,,,,,,,,,,"), "Project is empty. Each row needs name.", line=3, column="name", good=True),
]  # fmt: skip

FULL_WIDTH = "".join(chr(ord(letter) - 0x20 + 0xFF00) for letter in "sponsor")
HEADERS = [
    whole("a header twice in another case", project_file(GOOD + ",x", header=HEADER + ",SPONSOR"), "Columns 11 and 12 have the same name", line=1, column="SPONSOR", good=True),
    whole("a header twice in full-width letters", project_file(GOOD + ",x", header=f"{HEADER},{FULL_WIDTH}"), "Columns 11 and 12 have the same name", line=1, column=FULL_WIDTH, good=True),
    whole("an unknown column", project_file(GOOD + ",x", header=HEADER + ",sponser"), "The nearest is 'sponsor'", line=1, column="sponser", good=True),
    whole("a needed column missing", project_file("PRJ-001,x", header="project_id,sponsor"), "The column name is missing", line=1, column="name"),
    whole("cost and opex", project_file(GOOD + ",500", header=HEADER + ",opex"), "'cost' and 'opex' both fill cost. Keep one.",
          line=1, column="opex", good=True),
    whole("a day and a quarter for one start", project_file(GOOD + ",FY27-Q1", header=HEADER + ",start_quarter"),
          "'start_date' and 'start_quarter' both fill start_date", line=1, column="start_quarter", good=True),
    whole("money of another currency", project_file("PRJ-001,x,5", header="project_id,name,cost_usd"), "'cost_usd' is not in the plan's currency, GBP", line=1, column="cost_usd"),
    whole("a column without a name", project_file(GOOD + ",x", header=HEADER + ","), "Column 12 has no name but holds 'x'", line=2, good=True),
]  # fmt: skip

CELLS = [
    cell("a day with slashes", "start_date", "01/02/2027", "Write it as 2027-02-01 or 2027-01-02, whichever is meant."),
    cell("a day that cannot be, with slashes", "end_date", "31/06/2026", "'31/06/2026' is not a date. Write it as 2026-06-30."),
    cell("a day that cannot be", "end_date", "2026-06-31", "Write it as 2026-06-30."),
    cell("a day with a time", "start_date", "2026-06-30 00:00:00", "Write it as 2026-06-30."),
    cell("a spreadsheet's day number", "start_date", "46203", "Write it as 2026-06-30."),
    cell("a month for an end", "end_date", "June 2026", "Write it as 2026-06-30."),
    cell("the last day there is", "end_date", "9999-12-31", "is no day that comes. Leave the cell empty"),
    cell("TBD", "end_date", "TBD", "'TBD' is not a date. Write a day such as 2026-06-30, or leave the cell empty"),
    cell("#N/A", "start_date", "#N/A", "'#N/A' is not a date"),
    cell("a quarter of another style", "end_date", "Q3 2024/25", "Write the quarter as FY25-Q3"),
    cell("a calendar quarter", "end_date", "2026-Q3", "The plan counts in fiscal years: write it like FY27-Q3"),
    cell("a quarter of year zero", "start_date", "FY0000-Q1", "lies outside the calendar"),
    cell("an exemption for a cost", "cost", "Exempt under Section 43", "is not a whole number. Write digits only"),
    cell("thousands", "cost", "1,200", "'1,200' is not a plain whole number. Write 1200."),
    cell("a decimal comma", "success_probability", "0,5", "Write 0.5."),
    cell("decimals of money", "cost", "12.5", "Write 12 or 13."),
    cell("a sign of currency", "cost", "£100", "Write 100."),
    cell("a currency behind", "cost", "12 GBP", "Write 12."),
    cell("an exponent of money", "cost", "1e5", "Write 100000."),
    cell("negative money in brackets", "cost", "(1,200)", "Write -1200."),
    cell("twenty-six digits", "cost", "12345678901234567890123456", "is too large for cost"),
    cell("a number beyond all", "success_probability", "1e400", "is too large to be kept"),
    cell("more digits than a number keeps", "success_probability", "0.12345678901234567890", "has more digits than can be kept. Write 0.12345678901234568."),
    cell("not a number", "success_probability", "NaN", "'NaN' is not a number. Leave the cell empty"),
    cell("infinity", "cost", "-inf", "'-inf' is not a number"),
    cell("a plus", "priority_rank", "+5", "Write 5."),
    cell("leading zeros of a number", "priority_rank", "007", "Write 7."),
    cell("digits of another script", "cost", "١٢٣", "is not a whole number"),
    cell("over a bound", "confidence_pct", "150", "Write a number from 0 to 100."),
    cell("per cent of one", "success_probability", "50%", "Write 0.5."),
    cell("a long name", "name", "x" * 256, "has 256 characters. Write at most 255 in name."),
    cell("a name of blanks", "name", "   ", "Project is empty"),
    cell("a line break in a name", "name", "two\nlines", "Write name on one line."),
    cell("a list by line breaks", "deliverables", "one\ntwo", "Join the parts of a list by | instead."),
    cell("an id that is too long", "project_id", "P" * 121, "An id has at most 120."),
    cell("an id with an invisible character", "project_id", "PRJ-\u200b002", "it holds ZERO WIDTH SPACE" ),
    cell("an id written from right to left", "project_id", "\u202ePRJ-002", "RIGHT-TO-LEFT OVERRIDE"),
    cell("an id with a Cyrillic letter", "project_id", "\u0420RJ-002", "CYRILLIC CAPITAL LETTER ER"),
    cell("an id with a blank", "project_id", "PRJ 002", "it holds a blank. Ids are letters A-Z, digits and . _ - only. Write 'PRJ002' if that is meant."),
    cell("an id with an accent in two characters", "project_id", "cafe\u0301", "COMBINING ACUTE ACCENT"),
    cell("an id that begins a formula", "project_id", "=PRJ", "EQUALS SIGN"),
    cell("an id with a line break", "project_id", "PRJ-002\n", "is not an id"),
]  # fmt: skip

NFC, NFD = "caf\u00e9", unicodedata.normalize("NFD", "caf\u00e9")
BESIDE = [
    beside("a file that is none", "project.csv", b"x", ("project.csv", 0, "", "Did you mean projects.csv?")),
    beside("a workbook in the folder", "Plan.xlsx", b"", ("Plan.xlsx", 0, "", "is not a file of a plan folder")),
    beside("a file in two cases", "Projects.CSV", b"x", ("Projects.CSV", 0, "", "are the same table")),
    beside("keys that differ in composition alone", "attributes.csv",
           f"table,id,key,value\nprojects,PRJ-001,{NFC},1\nprojects,PRJ-001,{NFD},2\n".encode(),
           ("attributes.csv", 3, "table", "is already on line 2")),
    beside("a word in capitals", "links.csv",
           b"from_type,from_id,to_type,to_id,link_type,strength\nproject,PRJ-001,outcome,OUT-1,Contributes,4\n",
           ("links.csv", 2, "link_type", "Did you mean 'contributes'?"),
           ("links.csv", 2, "strength", "Write a number from 1 to 3.")),
    beside("a flag that is neither", "milestones.csv", b"milestone_id,project_id,name,done\nM1,PRJ-001,x,maybe\nM2,PRJ-001,x,YES\n",
           ("milestones.csv", 2, "done", "Write true or false")),
    beside("a month that is none", "settings.csv", b"key,value\ncurrency,GBP\nfiscal_year_start_month,13\ncolour,red\n",
           ("settings.csv", 3, "value", "'13' cannot be fiscal_year_start_month"),
           ("settings.csv", 4, "key", "'colour' is not a setting")),
    beside("a setting twice", "settings.csv", b"key,value\ncurrency,GBP\ncurrency,EUR\n", ("settings.csv", 3, "key", "already on line 2")),
    beside("a manifest that is none", "manifest.json", b"[1", ("manifest.json", 0, "", "The manifest cannot be read")),
    beside("a manifest of a later format", "manifest.json", b'{"format_version": 9}', ("manifest.json", 0, "format_version", "Use the newer release")),
    beside("a manifest nested deep", "manifest.json", b"[" * 100_000, ("manifest.json", 0, "", "The manifest cannot be read")),
    Hostile("no projects.csv", {"links.csv": b"from_type,from_id,to_type,to_id,link_type\n"}, (("projects.csv", 0, "", "There is no projects.csv"),)),
]  # fmt: skip

HOSTILE = [*READ_AS_THEY_ARE, *WHOLE_FILES, *ROWS, *HEADERS, *CELLS, *BESIDE]

ZIPS = {
    "another packing": (
        zipped(("projects.csv", b"x" * 999), method=zipfile.ZIP_BZIP2),
        "is packed in a way that is not read",
    ),
    "no zip": (b"PK\x03\x04 but no more", "it is not a zip file, or it is damaged"),
    "a zip bomb": (
        zipped(("projects.csv", b"0" * 40_000_000)),
        "unpacks to 40,000,000 bytes, as no plan does",
    ),
    "a large entry": (zipped(("projects.csv", b"0" * 50_000_001)), "unpacks to more than 50,000,000 bytes"),
    "a way out": (zipped(("../projects.csv", b"x")), "leads out of the folder"),
    "a way out on Windows": (zipped(("..\\projects.csv", b"x")), "leads out of the folder"),
    "an absolute name": (zipped(("/etc/projects.csv", b"x")), "leads out of the folder"),
    "a drive": (zipped(("c:/projects.csv", b"x")), "leads out of the folder"),
    "a zip in a zip": (zipped(("projects.csv", b"x"), ("more.zip", b"x")), "holds another archive, more.zip"),
    "folders in folders": (zipped(("a/b/projects.csv", b"x")), "holds folders in folders"),
    "many files": (zipped(*((f"{n}.csv", b"") for n in range(201))), "it holds 201 files"),
}
