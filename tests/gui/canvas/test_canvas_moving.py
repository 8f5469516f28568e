from PySide6.QtCore import QPoint, Qt

BY = QPoint(60, -40)


def test_from_the_body_moves_as_one_step(canvas, mouse, irregular, name):
    before, number = irregular.bytes(), name("mix")
    x, y = irregular.network.neurons[number].position
    start = canvas.neuron_position(number)
    mouse.drag(start, start + BY)
    assert irregular.network.neurons[number].position == (x + 60, y - 40)
    assert irregular.undo_stack.undoText() == "Move mix"
    assert irregular.undo_stack.count() == 1
    irregular.undo()
    assert irregular.bytes() == before
    assert canvas.neuron_position(number) == start


def test_while_it_moves_only_the_picture_changes(canvas, mouse, irregular, name):
    before, number = irregular.bytes(), name("mix")
    start = canvas.neuron_position(number)
    mouse.press(start)
    mouse.move(start, start + BY)
    assert canvas.neuron_position(number) == start + BY
    canvas.grab()
    drawn = canvas._arrows.redrawn
    mouse.move(start + BY, start + 2 * BY)
    canvas.grab()
    assert canvas._arrows.redrawn == drawn
    assert irregular.bytes() == before


def test_escape_puts_it_back(canvas, mouse, irregular, name):
    before, number = irregular.bytes(), name("mix")
    start = canvas.neuron_position(number)
    mouse.press(start)
    mouse.move(start, start + BY)
    mouse.key(Qt.Key.Key_Escape)
    mouse.release(start + BY)
    assert canvas.neuron_position(number) == start
    assert irregular.bytes() == before
    assert irregular.undo_stack.count() == 0
    assert not irregular.selected_neurons


def test_the_whole_selection_moves(canvas, mouse, irregular, name):
    before, chosen = irregular.bytes(), [name("mix"), name("soft")]
    irregular.select(chosen)
    places = [irregular.network.neurons[i].position for i in chosen]
    start = canvas.neuron_position(chosen[0])
    mouse.drag(start, start + BY)
    assert [irregular.network.neurons[i].position for i in chosen] == [(x + 60, y - 40) for x, y in places]
    assert irregular.undo_stack.undoText() == "Move 2 neurons"
    irregular.undo()
    assert irregular.bytes() == before


def test_out_and_back_is_no_step(canvas, mouse, irregular, name):
    start = canvas.neuron_position(name("mix"))
    mouse.press(start)
    mouse.move(start, start + BY)
    mouse.move(start + BY, start)
    mouse.release(start)
    assert irregular.undo_stack.count() == 0


def test_a_neuron_removed_while_it_moves(canvas, mouse, irregular, name):
    start = canvas.neuron_position(name("mix"))
    mouse.press(start)
    mouse.move(start, start + BY)
    irregular.network.remove(irregular.network.neurons[name("mix")])
    mouse.release(start + BY)
    canvas.grab()
    assert irregular.undo_stack.count() == 0


def test_arrow_keys_nudge_and_presses_in_a_row_are_one_step(mouse, irregular, name):
    before, number = irregular.bytes(), name("mix")
    x, y = irregular.network.neurons[number].position
    irregular.select([number])
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        mouse.key(key)
    mouse.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert irregular.network.neurons[number].position == (x + 8, y - 20)
    assert irregular.undo_stack.count() == 1
    irregular.undo()
    assert irregular.bytes() == before


def test_an_undo_while_it_moves_is_not_overwritten(canvas, mouse, irregular, name):
    number = name("mix")
    irregular.network.neurons[number].position = (380, 90)
    start = canvas.neuron_position(number)
    mouse.drag(start, start + BY)
    mouse.press(start + BY)
    mouse.move(start + BY, start + 2 * BY)
    irregular.undo()
    assert canvas.neuron_position(number) == start
    mouse.release(start + 2 * BY)
    assert irregular.undo_stack.index() == 0
