import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.gui.panels.probe_inputs import FIRST, MOST
from annsim.gui.panels.probe_outputs import probed
from annsim.network.network import Network
from annsim.project.project import DataReference, Project
from tests.gui.panels.probing import SUMS, click, half_adder, outputs_of, shown, type_number

Key = Qt.Key
WHEEL = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False


@pytest.fixture
def adder(qapp):
    return half_adder()


@pytest.fixture
def adder_panel(qtbot, adder):
    return shown(qtbot, adder)


@pytest.fixture
def xor_panel(qtbot, xor_document):
    return shown(qtbot, xor_document)


def example(name):
    document = Document(read_example(name))
    document.load_data(document.project.data)
    return document


def slide(slider, share):
    """Click on the rail of a slider."""
    place = QPoint(round(share * slider.width()), slider.height() // 2)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=place)


def test_without_inputs_or_outputs_it_says_what_to_draw(qtbot, document):
    panel = shown(qtbot, document)
    assert panel.empty.isVisible()
    document.network.add_neuron("input")
    document.network.add_neuron("output")
    assert panel.empty.isHidden()
    assert len(panel.inputs.shown) == 1


@pytest.mark.parametrize(("bits", "sums"), SUMS)
def test_switches_set_a_half_adder_by_mouse(adder_panel, adder, bits, sums):
    for row, bit in zip(adder_panel.inputs.rows, bits, strict=True):
        click(row.switch)
        if not bit:
            click(row.switch)
    assert outputs_of(adder) == sums
    assert [output.output for output in adder_panel.outputs.shown.outputs] == [f"{value:.3f}" for value in sums]
    assert adder_panel.choice.segments[1].isChecked()


def test_a_switch_is_turned_by_keys(adder_panel, adder):
    switch = adder_panel.inputs.rows[0].switch
    switch.setFocus()
    values = []
    for key in (Key.Key_Space, Key.Key_Return, Key.Key_1, Key.Key_1, Key.Key_Left, Key.Key_Right, Key.Key_0):
        QTest.keyClick(switch, key)
        values.append(adder.probe[1])
    assert values == [1, 0, 1, 1, 0, 1, 0]


def test_another_number_gives_a_slider_and_a_level_the_switch_again(adder_panel, adder):
    row = adder_panel.inputs.rows[0]
    type_number(row, "-2.5")
    assert adder.probe[1] == -2.5
    assert row.slider.isVisible()
    assert row.switch.isHidden()
    assert row.slider.value() == 0  # the range has grown down to the number
    slide(row.slider, 0.98)
    assert adder.probe[1] > -2.5
    type_number(row, "1")
    assert row.switch.isVisible()
    assert row.switch.isChecked()
    assert row.slider.isHidden()


def test_the_largest_numbers_are_taken(adder_panel, adder):
    row = adder_panel.inputs.rows[0]
    type_number(row, "1e308")
    type_number(row, "-1e308")
    assert adder.probe[1] == -1e308
    row.slider.setFocus()
    QTest.keyClick(row.slider, Key.Key_End)
    assert adder.probe[1] == 1e308


def test_a_wrong_text_is_refused_and_said(adder_panel, adder):
    row = adder_panel.inputs.rows[1]
    type_number(row, "two")
    assert adder.probe is None
    adder_panel.inputs.rows[0].field.setFocus()
    assert "“two” was not taken" in adder_panel.strip.text
    assert row.field.text() == "0"


def test_sliders_have_the_range_of_the_data_and_the_prepared_number_beside(qtbot):
    iris = example("iris")
    panel = shown(qtbot, iris)
    row = panel.inputs.rows[0]
    row.slider.setFocus()
    QTest.keyClick(row.slider, Key.Key_End)
    assert iris.probe[1] == 7.9
    QTest.keyClick(row.slider, Key.Key_Home)
    assert iris.probe[1] == 4.3
    QTest.keyClick(row.slider, Key.Key_Right)
    assert iris.probe[1] == pytest.approx(4.32)
    assert row.inside.text() == f"→ {iris.moment.neuron(1).output:.2f}".replace("-", "−")
    assert row.inside.isVisible()


def test_the_wheel_moves_no_slider_in_passing(qtbot):
    iris = example("iris")
    slider = shown(qtbot, iris).inputs.rows[0].slider
    for has_focus in (False, True):
        if has_focus:
            slider.setFocus()
            qtbot.waitUntil(slider.hasFocus)
        middle = QPointF(slider.rect().center())
        turn = QWheelEvent(middle, slider.mapToGlobal(middle), QPoint(), QPoint(0, 120), *WHEEL)
        QApplication.sendEvent(slider, turn)
        assert (iris.probe is not None) == has_focus


def test_a_slider_is_dragged_and_every_place_is_shown_at_once(qtbot):
    iris = example("iris")
    panel = shown(qtbot, iris)
    slider, seen = panel.inputs.rows[2].slider, []
    iris.probe_changed.connect(lambda: seen.append(iris.probe[3]))
    start = QPoint(round(slider.value() / slider.maximum() * (slider.width() - 16)) + 8, slider.height() // 2)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for x in range(start.x(), slider.width() - 20, 15):
        QTest.mouseMove(slider, QPoint(x, start.y()))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, start.y()))
    assert len(seen) > 4
    assert seen == sorted(seen)
    assert iris.moment.neuron(3).output == pytest.approx((seen[-1] - 3.7) / 1.76, abs=0.2)


def test_the_probe_is_left_by_the_choice(xor_panel, xor_document):
    xor_document.set_probe_row(2)
    by_hand = xor_panel.choice.segments[1]
    click(by_hand)
    assert xor_document.probe == {1: 1.0, 2: 0.0}
    assert xor_panel._about.text() == "As row 2 of the data"
    click(xor_panel.inputs.rows[1].switch)
    assert xor_panel._about.text() == "As row 3 of the data"
    click(xor_panel.choice.segments[0])
    assert xor_document.probe is None
    assert xor_panel.stepper.isVisible()
    assert [row.switch.isChecked() for row in xor_panel.inputs.rows] == [True, False]


def test_arrow_keys_go_from_one_choice_to_the_other(xor_panel, xor_document):
    xor_panel.choice.segments[0].setFocus()
    QTest.keyClick(xor_panel.choice.segments[0], Key.Key_Right)
    assert xor_document.probe is not None


def test_without_data_the_other_choice_is_inputs_of_zero(adder_panel, adder):
    assert adder_panel.choice.segments[0].text() == "Inputs at 0"
    assert adder_panel.stepper.isHidden()
    click(adder_panel.inputs.rows[0].switch)
    click(adder_panel.choice.segments[0])
    assert adder.probe is None
    assert outputs_of(adder) == (0, 0)
    assert not adder_panel.inputs.rows[0].switch.isChecked()


def test_rows_are_chosen_by_number_keys_and_buttons(xor_panel, xor_document):
    stepper = xor_panel.stepper
    click(stepper.next)
    assert xor_document.row == 1
    stepper.entry.setFocus()
    QTest.keyClick(stepper.entry, Key.Key_Up)
    assert xor_document.row == 2
    stepper.entry.selectAll()
    QTest.keyClicks(stepper.entry, "3")
    QTest.keyClick(stepper.entry, Key.Key_Return)
    assert xor_document.row == 3
    assert not stepper.next.isEnabled()
    click(stepper.back)
    assert xor_document.row == 2
    assert stepper.entry.text() == "2"


def test_what_is_no_row_is_refused(xor_panel, xor_document):
    entry = xor_panel.stepper.entry
    entry.setFocus()
    entry.selectAll()
    QTest.keyClicks(entry, "4")
    QTest.keyClick(entry, Key.Key_Return)
    assert xor_document.row == 0
    assert xor_panel.strip.text == "“4” is no row: there are rows 0 to 3."
    assert entry.text() == "0"
    QTest.keyClicks(entry, "9")
    QTest.keyClick(entry, Key.Key_Escape)
    assert entry.text() == "0"


def test_of_many_inputs_there_are_few_rows(qtbot, document):
    document.replace(Project(Network.layered([784, 2])))
    panel = shown(qtbot, document)
    assert panel.inputs.shown == [1, 2, 3, 4, 5, 6]
    assert len(panel.inputs.rows) == FIRST
    document.select([700, 3, 785])
    assert panel.inputs.shown == [3, 700]
    document.select(range(100, 400))
    assert panel.inputs.shown == list(range(100, 100 + MOST))
    assert "300 found, 784 in all" in panel.inputs._more.text()
    QTest.keyClicks(panel.inputs.filter, "x78")
    assert panel.inputs.shown == [78, 780, 781, 782, 783, 784]
    panel.inputs.rows[1].switch.click()
    assert document.probe[780] == 1.0
    QTest.keyClicks(panel.inputs.filter, "?")
    assert panel.inputs._more.text() == "None of the 784 inputs has this in its name."


def test_the_class_of_the_outputs_is_said_beside_the_target(qtbot):
    iris = example("iris")
    panel = shown(qtbot, iris)
    values = [iris.moment.neuron(i).output for i in iris.network.ids_of_role("output")]
    largest = max(range(3), key=lambda k: values[k])
    shown_now = panel.outputs.shown
    assert [output.is_chosen for output in shown_now.outputs] == [k == largest for k in range(3)]
    assert [output.target for output in shown_now.outputs] == ["1", "0", "0"]
    name = iris.dataset.target_names[largest]
    assert shown_now.verdict == ("Class setosa" if largest == 0 else f"Class {name}, target setosa")
    assert shown_now.is_right == (largest == 0)
    assert ("wrong" in panel.outputs.accessibleDescription()) == (largest != 0)


@pytest.mark.parametrize("row", range(4))
def test_outputs_are_right_or_wrong_by_the_middle_of_the_target_values(xor_panel, xor_document, row):
    xor_document.set_probe_row(row)
    xor_document.set_probe_values({})
    (output,) = xor_panel.outputs.shown.outputs
    target = row in (1, 2)
    assert output.target == str(int(target))
    assert output.is_right == ((outputs_of(xor_document)[0] > 0.5) == target)


def test_outputs_of_a_half_adder_are_judged_one_by_one(qtbot, adder):
    adder.load_data(DataReference("builtin:half_adder"))
    panel = shown(qtbot, adder)
    adder.set_probe_values({1: 1.0, 2: 1.0})
    assert panel.outputs.shown.verdict == "All outputs are right"
    adder.network.neurons[4].threshold = 2.5
    assert [output.is_right for output in panel.outputs.shown.outputs] == [False, False]
    assert panel.outputs.shown.verdict == "2 of 2 outputs wrong"


def test_targets_of_numbers_are_in_the_units_of_the_data(tmp_path, qtbot):
    file = tmp_path / "numbers.csv"
    file.write_text("x,y\n" + "".join(f"{n},{100 * n + 7}\n" for n in range(30)))
    document = Document(Project(Network.layered([1, 1], output_activation="linear")))
    document.load_data(DataReference(str(file)))
    document.set_probe_value(1, 12.0)
    (output,) = probed(document).outputs
    assert output.target == "1207"
    restored = document.dataset.preparation.restore([[outputs_of(document)[0]]])[0, 0]
    assert float(output.output.replace("−", "-")) == pytest.approx(restored, rel=1e-3)
    assert float(output.number.replace("−", "-")) == pytest.approx(outputs_of(document)[0], abs=1e-3)
    assert output.is_right is None


def test_a_hidden_panel_catches_up(qtbot, adder):
    panel = shown(qtbot, adder)
    panel.hide()
    adder.set_probe_value(1, 1.0)
    assert not panel.inputs.rows[0].switch.isChecked()
    panel.show()
    assert panel.inputs.rows[0].switch.isChecked()


def test_another_project_begins_without_a_probe(adder_panel, adder):
    click(adder_panel.inputs.rows[0].switch)
    adder.replace(read_example("majority"))
    assert adder.probe is None
    assert [row.label.text() for row in adder_panel.inputs.rows] == ["x1", "x2", "x3"]
