import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from annsim.gui import motion
from annsim.gui.canvas.zoom import STEP, Aim
from annsim.gui.look import values
from tests.gui.canvas.test_canvas_view import wheel


@pytest.fixture
def moving(canvas):
    """A canvas on which zooming takes its time; that time passes only where a test says so."""
    motion.set_reduced(False)
    yield canvas
    motion.set_reduced(None)


def pass_time(canvas, milliseconds):
    canvas._zoom._glide.setCurrentTime(milliseconds)


def shown(canvas):
    """The zoom of the picture now."""
    return canvas.viewportTransform().m11()


def point_under(canvas, place):
    return np.array(canvas.eye().to_scene((place.x(), place.y())))


def test_without_motion_it_is_there_at_once(canvas):
    assert motion.is_reduced()  # nobody sees an offscreen window
    canvas.set_zoom(2.0)
    assert shown(canvas) == 2.0


def test_a_step_takes_its_time_and_its_point_stays_under_the_pointer(moving):
    place = QPoint(300, 200)
    before, zooms = point_under(moving, place), []
    wheel(moving, place, 2)
    assert moving.zoom == pytest.approx(STEP**2)
    for milliseconds in (20, 60, 110, values()["motion"]["zoom_ms"]):
        pass_time(moving, milliseconds)
        zooms.append(shown(moving))
        assert point_under(moving, place) == pytest.approx(before, abs=1.0)
    assert 1.0 < zooms[0] < zooms[1] < zooms[2] < zooms[3] == pytest.approx(STEP**2)
    assert moving._zoom._glide.duration() == 160


def test_turned_again_it_goes_on_to_the_new_goal(moving):
    place = QPoint(300, 200)
    before = point_under(moving, place)
    wheel(moving, place, 1)
    pass_time(moving, 50)
    half = shown(moving)
    wheel(moving, place, 1)
    assert shown(moving) == pytest.approx(half)  # no jump
    assert moving.zoom == pytest.approx(STEP**2)
    pass_time(moving, 160)
    assert shown(moving) == pytest.approx(STEP**2)
    assert point_under(moving, place) == pytest.approx(before, abs=1.0)


def test_whoever_asks_for_places_gets_the_last_ones(moving, name):
    moving.set_zoom(2.0)
    place = moving.neuron_position(name("mix"))
    assert shown(moving) == 2.0
    moving.grab()
    assert moving.neuron_position(name("mix")) == place


def test_a_press_and_a_pan_end_it_where_it_was_going(moving, mouse, name):
    moving.set_zoom(1.5)
    pass_time(moving, 40)
    mouse.press(QPoint(900, 90), Qt.MouseButton.MiddleButton)
    assert shown(moving) == 1.5
    place = moving.neuron_position(name("mix"))
    QTest.mouseMove(moving.viewport(), QPoint(930, 110))
    mouse.release(QPoint(930, 110), Qt.MouseButton.MiddleButton)
    assert moving.neuron_position(name("mix")) - place == QPoint(30, 20)


def test_fit_takes_longer_and_shows_all(moving, irregular):
    moving.set_zoom(3.0)
    moving.neuron_position(1)
    moving.fit()
    assert moving._zoom._glide.duration() == values()["motion"]["fit_ms"] == 200
    pass_time(moving, 90)
    assert 1.0 < shown(moving) < 3.0
    pass_time(moving, 200)
    assert shown(moving) == 1.0
    assert all(moving.viewport().rect().contains(moving.neuron_position(i)) for i in irregular.network.neurons)


def test_resizing_and_another_project_are_no_motion(moving, irregular, xor_document):
    moving.fit()
    moving.resize(500, 400)
    factor = moving.zoom
    assert shown(moving) == pytest.approx(factor)
    irregular.replace(xor_document.project)
    assert shown(moving) == pytest.approx(moving.zoom)


def test_the_zoom_that_is_told_is_the_last_one(moving, qtbot):
    with qtbot.waitSignal(moving.zoom_changed) as told:
        moving.zoom_in()
    assert told.args == [pytest.approx(STEP)]


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_a_point_that_both_share_stays(share):
    anchor = QPointF(120, 80)
    start = Aim(0.5, 40.0, -30.0)
    goal = start.zoomed(4.0, anchor)
    between = start.towards(goal, share)
    for aim in (goal, between):
        assert (anchor.x() - aim.left) / aim.factor == pytest.approx((anchor.x() - 40.0) / 0.5)
    assert between.factor == pytest.approx(0.5 * 8**share)
    same = start.towards(Aim(0.5, 140.0, 70.0), 0.5)
    assert (same.left, same.top) == (90.0, 20.0)


def test_the_user_can_do_without(canvas):
    action = canvas.actions_by_name["reduced_motion"]
    assert not action.isChecked()
    try:
        action.trigger()
        assert motion.is_reduced()
        assert motion.duration_ms("zoom_ms") == 0
        action.trigger()
        motion.set_reduced(False)
        assert motion.duration_ms("zoom_ms") == 160
    finally:
        motion.set_reduced(None)
