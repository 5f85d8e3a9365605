"""Files as a browser hands them over: sizes and names are looked at here, for no page can hold them off."""

import io
import zipfile

import pytest

from planner.actions.uploading import MOST_UPLOAD_BYTES, read_upload
from planner.errors import FolderUnreadable

PROJECTS = b"project_id,name\nP-1,One\n"


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"plan/{name}.csv", data)
    return packed.getvalue()


def test_a_zip_and_its_files_are_the_same_plan_folder():
    assert read_upload([("plan.zip", zipped(projects=PROJECTS))]) == {"projects.csv": PROJECTS}
    assert read_upload([("projects.csv", PROJECTS)]) == {"projects.csv": PROJECTS}


@pytest.mark.parametrize("name", ["../../projects.csv", "C:\\plans\\projects.csv", "/etc/projects.csv"])
def test_of_a_name_only_what_stands_last_counts(name):
    assert read_upload([(name, PROJECTS)]) == {"projects.csv": PROJECTS}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("projects.csv", PROJECTS), ("a/projects.csv", PROJECTS)], "projects.csv twice"),
        ([("plan.zip", zipped(projects=PROJECTS)), ("links.csv", b"")], "plan.zip and other files"),
        ([("plan.zip", b"PK\x03\x04 not really")], "not a zip file"),
        ([("projects.csv", b"x" * (MOST_UPLOAD_BYTES + 1))], "20,000,001 bytes"),
        ([(f"{number}.csv", b"") for number in range(201)], "201 files"),
    ],
)
def test_what_cannot_be_a_plan_folder_is_refused(files, said):
    with pytest.raises(FolderUnreadable, match=said):
        read_upload(files)
