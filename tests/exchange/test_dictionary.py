"""The data dictionary in the docs is the one the tables declare."""

from planner.exchange.dictionary import PLACE, dictionary
from planner.model.ledgers import LEDGERS
from planner.model.tables import TABLES


def test_the_dictionary_is_current(root):
    written = (root / PLACE).read_text(encoding="utf-8")

    assert written == dictionary(), "write it anew: python -m planner.exchange.dictionary"


def test_every_column_is_in_it():
    page = dictionary()

    for table in (*TABLES.values(), *LEDGERS.values()):
        assert f"### `{table.name}.csv`" in page
        assert all(
            f"{column.name}" in page and column.help.replace("|", "\\|") in page for column in table.columns
        )
