"""A table of trials: what can be read is kept, what cannot is named by its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import InvalidRequest
from evenstride.judge.screen import check_result
from evenstride.judge.screen_csv import parse_tests_csv

DAY = date(2026, 5, 4)
TABLE = """Date,Assessment,Side,Result,Load,Notes
2026-05-04,single_leg_hop,L,152,,
2026-05-04,Single-leg hop for distance,left,148,,windy
2026-05-04,single_leg_hop,right,160,,
2026-05-11,bulgarian_split_squat,left,10,20,
2026-05-11,bulgarian_split_squat,right,9,20,
2026-05-11,step_up_height,left,knee height,,
2026-05-11,step_up_height,right,3,,
"""


def test_rows_of_one_test_and_day_are_one_result():
    (hop, squat, step), losses = parse_tests_csv(TABLE)
    assert losses == ()
    assert (hop.left, hop.right, hop.note, hop.day) == ((152.0, 148.0), (160.0,), "windy", DAY)
    assert squat.extra == {"left_load_kg": 20.0, "right_load_kg": 20.0}
    assert (step.left, step.right) == ((2.0,), (3.0,))


@pytest.mark.parametrize(("row", "sentence"), [
    ("2026-13-04,single_leg_hop,left,150,,", "Line 9: “2026-13-04” is no date."),
    ("2026-05-04,high jump,left,150,,", "There is no test “high jump”."),
    ("2026-05-04,single_leg_hop,both,150,,", "“both” is no leg."),
    ("2026-05-04,single_leg_hop,left,1.5 m,,", "“1.5 m” is no number."),
    ("2026-05-04,single_leg_hop,left,,,", "An empty cell is no number."),
    ("2026-05-04,single_leg_hop,left,1500,,", "1500 cm cannot be"),
    ("2026-05-11,bulgarian_split_squat,left,9,25,", "another load"),
    ("2026-05-11,bulgarian_split_squat,left,9,9999,", "load of 9999 kg"),
    ("2026-05-04", "There is no test An empty cell"),
])  # fmt: skip
def test_a_bad_row_is_named_by_its_line_and_the_good_ones_are_kept(row, sentence):
    results, (loss,) = parse_tests_csv(TABLE + row)
    assert loss.text.startswith("Line 9: ")
    assert sentence in loss.text
    assert results == parse_tests_csv(TABLE)[0]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_a_decimal_comma_are_understood(separator):
    text = "\ufeffdate,test,leg,value\n04.05.2026,knee_to_wall,left,9|5\n".replace(",", separator).replace("|", ",")
    ((result,), losses) = parse_tests_csv(text)
    assert (result.left, result.day, losses) == ((9.5,), DAY, ())


@pytest.mark.parametrize("text", ["", "\n\n", "date,test,leg\n", "a\0b,c\n", '"' + "x" * 200_000])
def test_a_table_without_its_columns_is_refused_in_one_sentence(text):
    with pytest.raises(InvalidRequest):
        parse_tests_csv(text)


@given(st.text(alphabet='date,test;leg\tvalue\n"0129-.single_hop\0é', max_size=200))
def test_no_text_breaks_the_reader(text):
    try:
        results, _ = parse_tests_csv("date,test,leg,value\n" + text)
    except InvalidRequest:
        return
    for result in results:
        check_result(result)
