"""Weights that a person set by hand are never drawn over without a question."""

from PySide6.QtWidgets import QMessageBox, QWidget

from annsim.gui.document import Document


def may_draw_over(parent: QWidget, document: Document) -> bool:
    """Return whether new initial weights may be drawn; asks where weights or biases were set by hand."""
    count = len(document.set_by_hand)
    if not count:
        return True
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("New seed")
    box.setText(f"{count:,} weight{'s' * (count != 1)} or biases were set by hand. Draw them afresh too?")
    box.setInformativeText("Lock a weight or bias to keep it in any case. Undo brings them back.")
    draw = box.addButton("Draw all", QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is draw
