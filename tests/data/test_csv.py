import codecs
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.data import plain_csv
from annsim.data.csv_table import parse_csv, read_csv
from annsim.errors import AnnsimError, DataError, FileError

nan = float("nan")


def parse(text):
    return parse_csv(text if isinstance(text, bytes) else text.encode(), lambda share: None)


def values(table):
    return {name: column.tolist() for name, column in table.columns.items()}


@pytest.mark.parametrize(
    ("data", "columns", "lines"),
    [
        (b"a,b\n1,2\n3,4\n", {"a": [1, 3], "b": [2, 4]}, [2, 3]),
        (b"a,b\n1,2\n3,4", {"a": [1, 3], "b": [2, 4]}, [2, 3]),
        (b"a,b\r\n1,2\r\n3,4\r\n", {"a": [1, 3], "b": [2, 4]}, [2, 3]),
        (b"a,b\r1,2\r3,4\r", {"a": [1, 3], "b": [2, 4]}, [2, 3]),
        (codecs.BOM_UTF8 + "ä,b\n1,2".encode(), {"ä": [1], "b": [2]}, [2]),
        ("ä,b\n1,2".encode("utf-16"), {"ä": [1], "b": [2]}, [2]),
        ("ä,ß\n1,2".encode("cp1252"), {"ä": [1], "ß": [2]}, [2]),
        (b"a;b\n1,5;2\n", {"a": [1.5], "b": [2]}, [2]),
        (b"a;b\n1.5;x,y\n", {"a": [1.5], "b": ["x,y"]}, [2]),
        (b"a\tb\n1\t-,5e1\n", {"a": [1], "b": [-5]}, [2]),
        (b"a|b\n1|2\n", {"a": [1], "b": [2]}, [2]),
        (b'a,b\n"x\ny",1\nz,2\n', {"a": ["x\ny", "z"], "b": [1, 2]}, [2, 4]),
        (b'"a","b"\n1,2\n', {"a": [1], "b": [2]}, [2]),
        (b'"a\nb",c\n1,2\n', {"a b": [1], "c": [2]}, [3]),
        (b'a,b\n"1,5",2\n', {"a": ["1,5"], "b": [2]}, [2]),
        (b'a,b\n"say ""x""",2\n', {"a": ['say "x"'], "b": [2]}, [2]),
        (b"\n\na,b\n\n1,2\n\n", {"a": [1], "b": [2]}, [5]),
        (b"1,2\n3,4\n", {"x1": [1, 3], "x2": [2, 4]}, [1, 2]),
        (b"5.1,3,setosa\n4,2,virginica", {"x1": [5.1, 4], "x2": [3, 2], "x3": ["setosa", "virginica"]}, [1, 2]),
        (b"a\n1\n2\n", {"a": [1, 2]}, [2, 3]),
        (b"a,a,,b\n1,2,3,4\n", {"a": [1], "a 2": [2], "column 3": [3], "b": [4]}, [2]),
        (b"a,a,a 2\n1,2,3\n", {"a": [1], "a 3": [2], "a 2": [3]}, [2]),
        (b"a,b,\n1,2,\n3,4,\n", {"a": [1, 3], "b": [2, 4]}, [2, 3]),
        (b"a,b\n1,2,\n3,4,\n", {"a": [1, 3], "b": [2, 4]}, [2, 3]),
        (b"a,b\n 1 , x \n2,y\n", {"a": [1, 2], "b": ["x", "y"]}, [2, 3]),
        (b"a,b\n1,True\n2,False\n", {"a": [1, 2], "b": ["True", "False"]}, [2, 3]),
        (b"a,b\n1,x\n2,3\n", {"a": [1, 2], "b": ["x", "3"]}, [2, 3]),
        (b"a,b\n1,1_000\n2,1_0\n", {"a": [1, 2], "b": ["1_000", "1_0"]}, [2, 3]),
        (b"a,b\n1,100000000000000000000000000\n", {"a": [1], "b": [1e26]}, [2]),
    ],
)
def test_nasty_files(data, columns, lines):
    table = parse(data)
    assert values(table) == columns
    assert table.lines.tolist() == lines


@pytest.mark.parametrize("cell", ["", " ", "NA", "N/A", "NaN", "nan", "null", "?"])
def test_missing_cells(cell):
    table = parse(f"a,b\n{cell},{cell}\n1,x\n")
    assert table.missing("a").tolist() == table.missing("b").tolist() == [True, False]
    assert np.isnan(table.columns["a"][0])
    assert table.columns["b"][0] is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"a,b\n", "no rows"),
        (b"a,b\n1,2\nx,3\n4,5\n", "^line 3, column 'a': 'x' is not a number. "),
        (b"a,b\n1,2\n1e999,3\n4,5\n", "^line 3, column 'a': '1e999' is beyond the finite"),
        (b"a,b\n1,2\n-inf,3\n4,5\n", "^line 3, column 'a': '-inf' is beyond"),
        (
            b"a;b\n1,5;2\n1.5;3\n2,5;3\n0;3\n7;3\n2.5;3\n",
            "line 2, column 'a': '1,5' is not a number; line 4, 'a': '2,5'",
        ),
        (b"a,b\n1,2\n3\n4,5,6\n", "line 1 has 2 cells, but line 3 has 1, line 4 has 3"),
        (b'a,b\n"1,2\n3,4\n', "line 1 has 2 cells, but line 2 has 1"),
        (b'a,b\n"' + b"x" * 200_000 + b'",2\n', "line 2: field larger"),
        (b"a,b\n?,NA\n".replace(b"a,b", b","), "no value"),
        (b"a," * 100_001 + b"a\n" + b"1," * 100_001 + b"1", "100,002 columns"),
    ],
)
def test_wrong_content_is_named(data, message):
    with pytest.raises(DataError, match=message):
        parse(data)


@pytest.mark.parametrize("data", [b"a\0,b\n1,2", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xfea", b"\x81\x8d,2"])
def test_bytes_that_are_no_text(data):
    with pytest.raises(FileError, match="not a text file"):
        parse(data)


def test_many_wrong_values_are_counted_within_the_limit():
    rows = "".join(f"{i},{'x' * 100 if i % 3 == 0 else i}\n" for i in range(3000))
    with pytest.raises(DataError) as caught:
        parse("id,age\n" + rows)
    assert str(caught.value).startswith("line 2, column 'age': 'xxx")
    assert "1,000 wrong values in all" in str(caught.value)
    assert len(str(caught.value)) < 480


def test_lines_have_thousands_separators():
    with pytest.raises(DataError, match=r"^line 1,042, column 'age': 'abc' is not a number"):
        parse("age,b\n" + "".join(f"{'abc' if line == 1042 else line},1\n" for line in range(2, 2000)))


def test_ragged_lines_are_counted():
    with pytest.raises(DataError, match=r"line 12 has 1 \(98 such lines in all\)"):
        parse("a,b\n1,2\n" + "3\n" * 98)


cells = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["", "NA", "x", "y z", "1", "inf", "-5."]),
)


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=20))
def test_the_fast_way_and_the_slow_way_agree(rows):
    text = "\n".join(["a,b,c", *(",".join(row) for row in rows)])
    assert outcome(text) == outcome(text.replace("a,b", '"a","b"').replace("\nx", '\n"x"') + "\n\n")
    slow = "\n".join(["a,b,c", *(",".join(f'"{cell}"' for cell in row) for row in rows)])
    assert outcome(text) == outcome(slow)


def outcome(text):
    try:
        return repr(values(parse(text)))
    except AnnsimError as error:
        return str(error)


def test_a_column_that_turns_to_text_in_a_later_chunk(monkeypatch):
    monkeypatch.setattr(plain_csv, "CHUNK_BYTES", 8)
    monkeypatch.setattr(plain_csv, "CHUNK_BYTES_A_COLUMN", 1)
    rows = [f"{i / 7!r},{'cat' if i > 10 else i % 2},{i}" for i in range(40)]
    shares = []
    table = parse_csv("\n".join(["a,b,c", *rows]).encode(), shares.append)
    assert table.columns["a"].tolist() == [i / 7 for i in range(40)]
    assert table.columns["b"].tolist() == ["cat" if i > 10 else str(i % 2) for i in range(40)]
    assert len(shares) > 10
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_reading_can_be_cancelled():
    class Cancelled(Exception):  # noqa: N818 (no error)
        pass

    def cancel(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        parse_csv(b"a,b\n1,2\n", cancel)


def test_tsv_takes_tabs_only(tmp_path):
    path = Path(tmp_path / "a.tsv")
    path.write_text("a;b\tc\n1\t2\n")
    assert values(read_csv(path, lambda share: None)) == {"a;b": [1], "c": [2]}


def test_remarks_say_what_was_decided():
    assert parse("1;2,5\n").remarks == (
        "no column names: the columns are called x1, x2, ...",
        "numbers are written with a decimal comma",
    )
