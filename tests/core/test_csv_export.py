"""CSV files: text stays text in a spreadsheet, numbers stay numbers."""

import csv
import io

import pytest

from apps.core.csv_export import csv_response, safe


@pytest.mark.parametrize(
    "evil",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "|cmd", "＝1+1", "＠x",
     "=HYPERLINK(\"http://evil\")", "-cmd|' /C calc'!A0"],
)  # fmt: skip
def test_a_formula_is_only_text(evil: str) -> None:
    assert safe(evil) == f"'{evil}"


@pytest.mark.parametrize("plain", ["", "Shops", "-12.5", "+3%", "1,200", "—", "a=b", "5-3", "批注"])
def test_everything_else_is_left_as_it_is(plain: str) -> None:
    assert safe(plain) == plain


def test_the_file_is_utf_8_that_excel_knows_and_reads_back() -> None:
    rows = [["名称", "Text"], ["a,b", 'say "x"\nnext line'], [None, 3]]
    response = csv_response(rows, "list.csv")
    data = b"".join(response)
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read == [["名称", "Text"], ["a,b", 'say "x"\nnext line'], ["None", "3"]]
