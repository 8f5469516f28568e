import numpy as np
import pytest

from annsim.functions.activation import ACTIVATIONS
from annsim.gui.theme import theme
from annsim.gui.widgets.curve_picture import CurvePicture, curve_icon, curve_points, nice_above


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_a_curve_holds_the_values_of_its_function(name):
    z, a = curve_points(name, -4, 4, shift=0.5)
    assert np.all(np.diff(z) >= 0)
    if not ACTIVATIONS[name].joint:
        off_kink = z != 0.5
        np.testing.assert_allclose(a[off_kink], ACTIVATIONS[name].value(z - 0.5)[off_kink], atol=1e-9)


def test_a_step_stands_upright():
    z, a = curve_points("step", -4, 4)
    rise = int(np.flatnonzero(np.diff(a))[0])
    assert z[rise + 1] - z[rise] < 1e-9


def test_the_range_grows_in_steps_and_does_not_shrink_by_itself(qtbot):
    picture = CurvePicture()
    qtbot.addWidget(picture)
    picture.set_function("tanh")
    assert picture.reach == 4
    for u, reach in ((3.0, 4), (4.5, 5), (-17.0, 20), (0.0, 20)):
        picture.set_point(u)
        assert picture.reach == reach
    picture.reset_range()
    assert picture.reach == 4


def test_points_that_are_no_numbers_are_left_out(qtbot):
    picture = CurvePicture()
    qtbot.addWidget(picture)
    picture.set_function("relu")
    picture.set_threshold(2.0)
    for u in (None, float("nan"), float("inf"), 1e300, 0.0):
        picture.set_point(u)
        assert not picture.grab().isNull()


@pytest.mark.parametrize("name", [*ACTIVATIONS, None])
def test_every_function_is_painted_in_the_colours_of_the_theme(name, qtbot):
    picture = CurvePicture()
    qtbot.addWidget(picture)
    picture.set_function(name)
    picture.set_point(0.3, 0.4)
    light = picture.grab().toImage()
    theme().set_choice("dark")
    assert picture.grab().toImage() != light


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_every_function_has_its_own_icon(name):
    images = {other: curve_icon(other, 24).pixmap(24).toImage() for other in ACTIVATIONS}
    same = {other for other, image in images.items() if image == images[name]}
    assert same <= {name} | ({"sigmoid", "softmax"} if name in ("sigmoid", "softmax") else set())


@pytest.mark.parametrize(("value", "nice"), [(1.0, 1), (1.1, 2), (4.2, 5), (5.1, 10), (19, 20), (0.03, 0.05)])
def test_nice_numbers(value, nice):
    assert nice_above(value) == pytest.approx(nice)
