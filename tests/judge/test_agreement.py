from evenstride.judge import disagreements
from evenstride.report.example import example_estimate


def pair(one, other, half=1.5):
    return [
        example_estimate(index_pct=index, half_width_pct=half, source=source)
        for index, source in ((one, "watch_balance"), (other, "runscribe"))
    ]


def test_two_sources_clearly_apart_are_named():
    (note,) = disagreements(pair(6.0, 2.0))
    assert "differ by more than their uncertainty" in note.text


def test_two_sources_on_opposite_legs_beyond_doubt_are_named_so():
    (note,) = disagreements(pair(2.4, -2.4))
    assert "opposite legs" in note.text
    assert "right +2.4 %" in note.text
    assert "left +2.4 %" in note.text


def test_two_sources_about_zero_agree():
    assert disagreements(pair(0.1, -0.2)) == ()


def test_the_order_of_the_sources_does_not_matter():
    assert len(disagreements(pair(2.0, 6.0))) == 1


def test_different_metrics_are_not_compared():
    one, other = pair(6.0, -6.0)
    from dataclasses import replace

    assert disagreements([one, replace(other, metric="leg_stiffness")]) == ()
