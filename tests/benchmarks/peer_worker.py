"""One peer in a process of its own: it reads two versions from a folder, then compares them at each line it is sent.

Run by path with a peer's name and a folder, so that it needs nothing of the planner and can use another
Python environment. It answers each line with one of JSON: its seconds, and what it found in each table.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import sys
import time
from pathlib import Path

KEYS = {
    "projects": ["project_id"],
    "links": ["from_type", "from_id", "to_type", "to_id", "link_type"],
}
csv.field_size_limit(1 << 24)


def start_datacompy(folder):
    """Both versions as frames in memory; added and removed rows, and each changed cell with both values."""
    import polars as pl  # noqa: PLC0415  each peer needs its own
    from datacompy import PolarsCompare  # noqa: PLC0415

    tables = {
        table: [pl.read_parquet(folder / f"{side}-{table}.parquet") for side in ("baseline", "current")]
        for table in KEYS
    }

    def compare(table):
        found = PolarsCompare(*tables[table], join_columns=KEYS[table], df1_name="before", df2_name="after")
        rows = found.intersect_rows
        cells = [
            rows.filter(~pl.col(stat["match_column"])).select(
                *KEYS[table], f"{stat['column']}_before", f"{stat['column']}_after"
            )
            for stat in found.column_stats
            if stat["unequal_cnt"]
        ]
        return lambda: (
            found.df2_unq_rows.height,
            found.df1_unq_rows.height,
            sum(frame.height for frame in cells),
        )

    return compare


def start_csv_diff(folder):
    """From the texts of the CSV files, as its own loader reads them."""
    import csv_diff  # noqa: PLC0415

    texts = _texts(folder)

    def compare(table):
        loaded = [_load_csv(text, table) for text in texts[table]]
        return _count_csv_diff(csv_diff.compare(*loaded))

    return compare


def start_csv_diff_loaded(folder):
    """From its own dictionaries, loaded before the clock starts."""
    import csv_diff  # noqa: PLC0415

    loaded = {table: [_load_csv(text, table) for text in texts] for table, texts in _texts(folder).items()}
    return lambda table: _count_csv_diff(csv_diff.compare(*loaded[table]))


def _load_csv(text, table):
    """Its own loader, told the dialect: left to guess, it spends most of its time on that."""
    import csv_diff  # noqa: PLC0415

    return csv_diff.load_csv(io.StringIO(text), key=_own_key(table), dialect="excel")


def _count_csv_diff(found):
    cells = sum(len(row["changes"]) for row in found["changed"])
    return lambda: (len(found["added"]), len(found["removed"]), cells)


def start_daff(folder):
    """From the texts of the CSV files, read by Python's own reader."""
    import daff  # noqa: PLC0415

    texts = _texts(folder)

    def compare(table):
        views = [daff.PythonTableView(list(csv.reader(io.StringIO(text)))) for text in texts[table]]
        flags = daff.CompareFlags()
        flags.addPrimaryKey(_own_key(table))
        flags.unchanged_context = 0
        rows = daff.Coopy.diff(*views, flags).data
        return lambda: _count_daff(rows)

    return compare


def _count_daff(rows):
    tags = [row[0] for row in rows]
    # a changed row is tagged with the arrow that its changed cells hold
    cells = sum(str(cell).count(row[0]) for row in rows if str(row[0]).endswith("->") for cell in row[1:])
    return tags.count("+++"), tags.count("---"), cells


def _texts(folder):
    return {
        table: [(folder / f"{side}-{table}.csv").read_text("utf-8") for side in ("baseline", "current")]
        for table in KEYS
    }


def _own_key(table):
    """The one column that names a row; the links' is put into their files for peers that know no other key."""
    return {"projects": "project_id", "links": "id"}[table]


START = {
    "datacompy": start_datacompy,
    "csv-diff": start_csv_diff,
    "csv-diff, loaded": start_csv_diff_loaded,
    "daff": start_daff,
}


def main():
    compare = START[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"ready": True}), flush=True)
    for _ in sys.stdin:
        gc.collect()
        begun = time.perf_counter()
        counts = {table: compare(table) for table in KEYS}
        seconds = time.perf_counter() - begun
        found = {table: count() for table, count in counts.items()}
        print(json.dumps({"seconds": seconds, "found": found}), flush=True)


if __name__ == "__main__":
    main()
