import datetime
import io
import zipfile

import openpyxl
import pytest

from annsim.data import excel_table
from annsim.data.sources import read_source
from annsim.errors import AnnsimError, DataError, FileError


@pytest.fixture
def write(tmp_path):
    def write(*rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        path = tmp_path / "a.xlsx"
        book.save(path)
        return path

    return write


def test_the_first_sheet_is_read(write):
    day = datetime.date(2024, 2, 1)
    path = write(["age", "name", "day", "ok"], [0.1, "x", day, True], [], [None, None, day, False], [3, "5", day, True])
    table = read_source(path)
    assert table.columns["age"].tolist()[::2] == [0.1, 3]
    assert table.missing("age").tolist() == [False, True, False]
    assert table.columns["name"].tolist() == ["x", None, "5"]
    assert table.columns["day"][0].startswith("2024-02-01")
    assert table.columns["ok"].tolist() == ["True", "False", "True"]
    assert table.lines.tolist() == [2, 4, 5]
    assert table.source == str(path)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["a", "b"], [1, 2], [1, "x"], [1, 3]], r"a\.xlsx: cell B3, column 'b': 'x' is not a number"),
        ([["a", "b"], [1, "#DIV/0!"]], "cell B2: the formula gives #DIV/0!"),
        ([[None] * 27 + ["z"], [None] * 27 + [1], [None] * 27 + ["y"], [None] * 27 + [2]], "cell AB3, column 'z': 'y'"),
        ([["a"]], "no rows"),
        ([], "empty"),
    ],
)
def test_wrong_content_names_the_cell(write, rows, message):
    with pytest.raises(DataError, match=message):
        read_source(write(*rows))


def test_numbers_keep_all_their_digits(write):
    numbers = [0.1, 1e-300, 123456789.123456]  # openpyxl writes 16 digits
    assert read_source(write(["a"], *[[n] for n in numbers])).columns["a"].tolist() == numbers


def test_too_many_cells_are_refused(write, monkeypatch):
    path = write(["a", "b"], [1, 2])
    monkeypatch.setattr(excel_table, "MOST_CELLS", 4)
    assert read_source(path).rows == 1
    monkeypatch.setattr(excel_table, "MOST_CELLS", 3)
    with pytest.raises(DataError, match="more than 3 cells"):
        read_source(path)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2", b"PK\x03\x04"])
def test_other_files_are_refused(tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(FileError, match=r"a\.xlsx: .*(damaged|no Excel)"):
        read_source(tmp_path / "a.xlsx")


def test_another_zip_is_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "hello")
    (tmp_path / "a.xlsx").write_bytes(buffer.getvalue())
    with pytest.raises(AnnsimError, match="no Excel file"):
        read_source(tmp_path / "a.xlsx")


def test_a_first_row_with_numbers_is_data(write):
    table = read_source(write([1, "x"], [2, "y"]))
    assert (table.names, table.rows) == (("x1", "x2"), 2)


@pytest.mark.parametrize("error", [ValueError, InterruptedError])
def test_reading_can_be_cancelled(write, monkeypatch, error):
    def cancel(share):
        raise error("cancelled")

    monkeypatch.setattr(excel_table, "ROWS_A_REPORT", 1)
    with pytest.raises(error, match="cancelled"):
        read_source(write(["a"], [1]), cancel)
