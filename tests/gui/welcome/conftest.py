import pytest
from PySide6.QtCore import QSize

from annsim.gui.canvas.still import paint_still
from annsim.gui.welcome.cache import Cache
from annsim.gui.welcome.maker import PictureMaker, wait_for_workshops

SIZE = QSize(208, 124)


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "pictures")


@pytest.fixture
def make(qtbot, cache):
    """Make pictures of examples or files; return all answers, the latest last, by name."""

    def make_all(*names, is_example=True, size=SIZE, patience=60_000):
        maker = PictureMaker(paint_still, cache=cache)
        answers = {}
        maker.made.connect(lambda name, picture, summary: answers.setdefault(name, []).append((picture, summary)))
        maker.refused.connect(lambda name, reason: answers.setdefault(name, []).append((None, reason)))
        for name in names:
            maker.want(str(name), size, 1.0, is_example=is_example)
        qtbot.waitUntil(lambda: not maker.is_busy, timeout=patience)
        maker.close()
        wait_for_workshops()  # so that all is on disk
        return answers

    return make_all
