"""The exchange page in a browser: files out as the command line writes them, files in with their problems first."""

import csv
import io
import zipfile

import pytest

from planner.actions import exporting
from planner.actions.opening import open_plan

pytestmark = pytest.mark.browser


@pytest.fixture
def exchange(server, sample):
    """The address of the exchange page of a server with a sample of its own."""
    return f"{server(database=sample, PLANNER_ACTOR='asha').url}/exchange"


def download(page, tmp_path):
    with page.expect_download() as waiting:
        page.locator(".st-key-download button").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def upload(page, *files):
    page.locator('input[type="file"]').set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": data} for name, data in files]
    )


def written(*rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def test_a_csv_of_a_version_is_what_the_command_line_writes(
    sample, server, open_page, tmp_path, assert_quiet
):
    db = open_plan(sample)
    builds = {
        "roadmap": exporting.export_roadmap,
        "phasing": exporting.export_phasing,
        "links": exporting.export_links,
    }
    expected = {form: build(db, "FY27-Q2") for form, build in builds.items()}
    db.close()
    address = f"{server(database=sample).url}/exchange?version=FY27-Q2"
    for form, data in expected.items():
        page = open_page(f"{address}&form={form}")
        path = download(page, tmp_path)
        assert path.name == f"FY27-Q2-{form}.csv"
        assert path.read_bytes() == data
        assert_quiet(page)


def test_the_whole_plan_goes_out_and_changes_nothing_when_it_comes_back(
    exchange, open_page, settled, tmp_path, assert_quiet
):
    page = open_page(exchange)
    path = download(page, tmp_path)
    assert path.name == "draft.zip"
    assert any(name.endswith("projects.csv") for name in zipfile.ZipFile(path).namelist())
    page.locator('input[type="file"]').set_input_files(path)
    page.get_by_text("The draft has all of this already").wait_for()
    page.goto(f"{exchange}?version=FY27-Q2")
    settled(page)
    older = download(page, tmp_path)
    page.locator('input[type="file"]').set_input_files(older)
    page.get_by_text("Nothing is wrong with the files.").wait_for()
    row = page.locator("table.p-table", has_text="unchanged").locator("tr", has_text="Projects")
    assert row.locator("td").all_inner_texts()[3] == "1"
    assert_quiet(page)


def test_problems_are_listed_with_what_to_write_and_nothing_is_written(exchange, open_page, assert_quiet):
    page = open_page(f"{exchange}?mode=merge")
    wrong = written(["project_id", "name", "end_date"], ["PRJ-013", "Motor", "01/02/2027"])
    upload(page, ("projects.csv", wrong))
    page.get_by_text("1 problem stops the import. Nothing was written.").wait_for()
    row = page.locator("table.p-table", has_text="What to write").locator("tbody tr").inner_text()
    for part in ("projects.csv", "2", "end_date", "01/02/2027", "2027-02-01"):
        assert part in row
    assert page.get_by_role("button", name="Apply to the draft").count() == 0
    page.get_by_role("button", name="Put the files away").click()
    page.get_by_text("No file is waiting.").wait_for()
    assert_quiet(page)


def test_files_that_wait_outlive_a_visit_elsewhere_and_are_applied_with_a_reason(
    exchange, open_page, settled, assert_quiet
):
    page = open_page(f"{exchange}?mode=merge")
    right = written(["project_id", "name", "cost"], ["PRJ-013", "Claims automation: motor", "1600000"])
    upload(page, ("projects.csv", right))
    page.get_by_text("Nothing is wrong with the files.").wait_for()
    page.locator('[data-testid="stTopNavSection"]', has_text="Data").click()
    page.locator('[data-testid="stTopNavDropdownLink"]', has_text="Versions").click()
    page.get_by_role("heading", name="Versions", exact=True).wait_for()
    page.go_back()
    page.get_by_text("Waiting: projects.csv.").wait_for()
    settled(page)
    page.get_by_label("Reason").click()
    page.get_by_role("option", name="Correction").click()
    page.get_by_label("Because").fill("the offer came in higher")
    page.get_by_role("button", name="Apply to the draft").click()
    page.get_by_text("Imported: 1 row of the draft changed.").wait_for()
    page.get_by_role("link", name="See what the draft changes now").click()
    page.get_by_text("the offer came in higher").first.wait_for()
    assert_quiet(page)


def test_what_is_no_plan_is_refused_in_words(exchange, open_page):
    page = open_page(exchange)
    upload(page, ("plan.zip", b"PK\x03\x04 not really"))
    page.get_by_text("it is not a zip file, or it is damaged").wait_for()
    page.get_by_text("No file is waiting.").wait_for()


def test_an_empty_plan_says_that_there_is_nothing_to_take_out_yet(server, empty, open_page, assert_quiet):
    address = f"{server(database=empty).url}/exchange"
    page = open_page(address)
    page.get_by_text("This version has no project yet").wait_for()
    page.get_by_text("No file is waiting.").wait_for()
    assert_quiet(page)
