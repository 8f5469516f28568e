"""A canary: some releases of the Qt binding lose references to None and abort the program after a while."""

import sys

from PySide6.QtCore import QObject, Signal


class Sender(QObject):
    sent = Signal(bool)


def test_calls_that_return_none_keep_its_references(qapp):
    sender, received = Sender(), []
    sender.sent.connect(received.append)
    before = sys.getrefcount(None)
    for _ in range(1000):
        sender.setObjectName("name")
        sender.sent.emit(True)
    received.clear()
    assert abs(sys.getrefcount(None) - before) < 100
