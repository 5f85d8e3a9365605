"""Every hostile file gives its own problems, no others, and changes no good cell in silence."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.errors import FolderUnreadable
from planner.exchange.file_bytes import OUR_OWN, UPLOAD
from planner.exchange.folder_files import read_zip
from planner.exchange.plan_folder import read_plan_folder
from planner.model.quarter import Calendar
from tests.exchange.hostile import GOOD, GOOD_ROW, HOSTILE, READ_AS_THEY_ARE, ZIPS, project_file, zipped

APRIL = Calendar(4)


def test_there_are_many_hostile_files():
    assert len({hostile.name for hostile in HOSTILE}) == len(HOSTILE) >= 40


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_file_gives_its_own_problems_and_no_others(hostile):
    read = read_plan_folder(hostile.files, calendar=APRIL, currency="GBP")

    found = [(problem.file, problem.line, problem.column) for problem in read.problems]
    assert found == [(file, line, column) for file, line, column, _ in hostile.problems]
    for problem, (*_, message) in zip(read.problems, hostile.problems, strict=True):
        assert message in problem.message
        assert problem.message.endswith((".", "?"))
    assert read.count == len(read.problems)


@pytest.mark.parametrize("hostile", [h for h in HOSTILE if h.reads_good], ids=lambda hostile: hostile.name)
def test_a_good_row_beside_a_bad_one_is_read_as_it_is(hostile):
    projects = read_plan_folder(hostile.files, calendar=APRIL, currency="GBP").frames["projects"]

    row = projects.filter(project_id=GOOD_ROW[0]).row(0, named=True)
    assert (row["project_id"], row["name"], row["cost"], row["sponsor"]) == GOOD_ROW
    assert (row["start_date"].isoformat(), row["date_precision"]) == ("2026-04-01", None)


@pytest.mark.parametrize(
    ("column", "value"),
    [("sponsor", '=HYPERLINK("http://x","y")'), ("name", "\u202eevil\u202c"), ("cost", 15)],
)
def test_strange_cells_that_may_be_are_kept_to_the_letter(column, value):
    read = [read_plan_folder(hostile.files, calendar=APRIL) for hostile in READ_AS_THEY_ARE]

    assert any(value in folder.frames["projects"][column].to_list() for folder in read)


@pytest.mark.parametrize("name", ZIPS)
def test_a_hostile_zip_is_refused_in_words(name):
    data, told = ZIPS[name]

    with pytest.raises(FolderUnreadable) as refused:
        read_zip(data)

    assert told in refused.value.headline


def test_an_encrypted_zip_is_refused_in_words():
    data = bytearray(ZIPS["a zip in a zip"][0])
    first, listed = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[first + 6] |= 1
    data[listed + 8] |= 1

    with pytest.raises(FolderUnreadable, match=r"projects\.csv in it is encrypted"):
        read_zip(bytes(data))


def test_an_archive_of_our_own_is_read_whatever_its_size():
    data = b"project_id,name\n" + b"".join(b"%d,B\n" % n for n in range(UPLOAD.rows + 1))

    assert (
        read_plan_folder({"projects.csv": data}).problems[0].message.startswith("The file has 500,001 rows")
    )
    assert (
        read_plan_folder({"projects.csv": data}, limits=OUR_OWN).frames["projects"].height == UPLOAD.rows + 1
    )


def test_many_problems_are_counted_and_the_first_are_listed():
    rows = b"".join(b"PRJ-%d,x,TBD\n" % n for n in range(5_000))

    read = read_plan_folder({"projects.csv": b"project_id,name,start_date\n" + rows})

    assert (len(read.problems), read.count) == (201, 5_000)
    assert read.problems[-1].message.startswith("There are 4,800 more problems in this file.")


def test_many_unlike_problems_are_counted_and_the_first_are_listed():
    rows = b"".join(b"PRJ-%d,x,soon %d\n" % (n, n) for n in range(5_000))

    read = read_plan_folder({"projects.csv": b"project_id,name,start_date\n" + rows})

    assert (len(read.problems), read.count) == (201, 5_000)
    assert [problem.line for problem in read.problems[:3]] == [2, 3, 4]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_happens_to_the_bytes_of_a_folder_it_is_read_or_told(data):
    files = {
        "projects.csv": project_file(GOOD, GOOD.replace("001", "002")),
        "settings.csv": b"key,value\ncurrency,GBP\n",
    }
    pieces = [
        b'"',
        b",",
        b"\n",
        b"\r",
        b";",
        b"\t",
        b"\0",
        b"\xff",
        b"'",
        b"=",
        b"|",
        b"",
        b"\xef\xbb\xbf",
        b"9" * 30,
    ]
    for _ in range(data.draw(st.integers(1, 5))):
        name = data.draw(st.sampled_from(sorted(files)))
        start = data.draw(st.integers(0, len(files[name])))
        stop = start + data.draw(st.integers(0, 3))
        files[name] = files[name][:start] + data.draw(st.sampled_from(pieces)) + files[name][stop:]

    read = read_plan_folder(files, calendar=APRIL)

    assert all(problem.file in files and problem.message for problem in read.problems)
    assert read.problems or read.frames["projects"].height <= 2


def test_a_zip_without_files_says_so():
    with pytest.raises(FolderUnreadable, match="there is no file in it"):
        read_zip(zipped())


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=3))
@example(412, b"\0")
@example(1164, b"\0")
def test_whatever_happens_to_the_bytes_of_a_zip_it_is_read_or_refused(place, piece):
    data = zipped(("plan/projects.csv", project_file(GOOD)), ("plan/settings.csv", b"key,value\n" * 50))
    place %= len(data)

    files, told = {}, ""
    try:
        files = read_zip(data[:place] + piece + data[place + len(piece) :])
    except FolderUnreadable as refused:
        told = refused.headline

    assert told.endswith(".") or 0 < sum(map(len, files.values())) < 2_000
