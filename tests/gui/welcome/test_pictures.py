import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from annsim.formats.catalogue import save
from annsim.formats.examples import examples, read_example
from annsim.gui.canvas.still import paint_still
from annsim.gui.theme import theme
from annsim.gui.welcome import workshop
from annsim.gui.welcome.maker import PictureMaker, wait_for_workshops
from annsim.gui.welcome.picture import picture_of
from annsim.gui.welcome.subject import (
    Curve,
    DecisionMap,
    Pictures,
    Points,
    TruthTable,
    can_learn,
    dataset_of,
    learned_weights,
    subject_of,
    with_weights,
)
from annsim.network.network import Network
from annsim.project.project import Project

SIDES = {
    "and": TruthTable,
    "full_adder": TruthTable,
    "majority": TruthTable,
    "xor": DecisionMap,
    "circle": DecisionMap,
    "irregular": DecisionMap,
    "sine": Curve,
    "iris": Points,
    "digits": Pictures,
}
SIZE = QSize(256, 144)


def subject(name, is_trained=False):
    project = read_example(name)
    dataset = dataset_of(project)
    if is_trained:
        with_weights(project, dataset, learned_weights(project, dataset, lambda: True))
    return subject_of(project, dataset)


def pixels(image):
    """The colours of a picture, (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    values = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return values[:, : image.width(), 2::-1].astype(int)


def count(image, colour):
    """How many pixels have a colour."""
    wanted = QColor(colour)
    return int((pixels(image) == [wanted.red(), wanted.green(), wanted.blue()]).all(axis=2).sum())


@pytest.mark.parametrize("name", SIDES)
def test_what_stands_beside_a_drawing(name):
    assert isinstance(subject(name).side, SIDES[name])


def test_a_truth_table_is_what_the_network_makes_of_it():
    table = subject("full_adder").side
    a, b, c = table.inputs.T.astype(int)
    assert table.outputs.T.tolist() == [(a ^ b ^ c).tolist(), (a + b + c > 1).astype(float).tolist()]


def test_a_decision_map_shows_the_outputs_of_the_trained_network_with_y_upwards():
    shown = subject("irregular", is_trained=True)
    side, network = shown.side, shown.project.network
    corners = network.predict([[side.low[0], side.high[1]], [side.high[0], side.low[1]]])[:, 0]
    assert (side.values[0, 0], side.values[-1, -1]) == pytest.approx((2 * corners - 1).tolist())
    inside = (side.points >= side.low) & (side.points <= side.high)
    assert inside.all()


def test_a_curve_runs_through_the_data_it_has_learned():
    side = subject("sine", is_trained=True).side
    heights = np.interp(side.points[:, 0], *side.line.T)
    assert np.abs(heights - side.points[:, 1]).mean() < 0.1


def test_the_pictures_of_classes_are_the_raw_pixels_of_ten_digits():
    digits = subject("digits").side.pixels
    assert digits.shape == (10, 8, 8)
    assert (digits.min(), digits.max()) == (0, 1)
    assert digits[:, :, 0].max() < 0.3 < digits[:, :, 3:5].mean()  # ink in the middle, none at the left edge


def test_the_classes_of_iris_lie_apart_in_the_columns_that_are_shown():
    side = subject("iris").side
    middles = np.array([side.points[side.classes == k].mean(axis=0) for k in range(3)])
    assert np.abs(np.diff(middles, axis=0)).min() > 0.5


@pytest.mark.parametrize("theme_name", ["light", "dark", "high_contrast_light", "high_contrast_dark"])
def test_a_picture_is_painted_in_the_colours_of_the_theme(theme_name):
    theme().set_choice(theme_name)
    picture = picture_of(subject("and"), SIZE, 1.0, paint_still)
    look = theme().look
    assert picture.size() == SIZE
    assert picture.pixelColor(1, 1) == look.colour("canvas")
    assert count(picture, look.fill(1.0).name()) > 100  # the inputs of the last row are 1
    assert count(picture, look.fill(0.0).name()) > 100  # three of four outputs are 0


def test_a_picture_for_a_fine_screen_has_more_pixels():
    assert picture_of(subject("xor"), SIZE, 2.0, paint_still).size() == 2 * SIZE


def test_an_empty_drawing_has_an_empty_picture():
    picture = picture_of(subject_of(Project(), None), SIZE, 1.0, paint_still)
    assert count(picture, theme().look.name("canvas")) == SIZE.width() * SIZE.height()


def test_an_example_that_learns_is_painted_before_and_after(make):
    before, after = make("and")["and"]
    assert before[0] != after[0]
    assert before[1] == after[1] == "2-1"


def test_the_second_time_it_comes_from_the_cache(make, monkeypatch):
    first = make("and", "half_adder")
    monkeypatch.setattr(workshop, "dataset_of", lambda project: pytest.fail("the cache was not used"))
    second = make("and", "half_adder")
    for name in ("and", "half_adder"):
        assert (pixels(second[name][0][0]) == pixels(first[name][-1][0])).all()
        assert len(second[name]) == 1
        assert second[name][0][1] == first[name][0][1]


def test_another_theme_needs_no_second_training(make, monkeypatch):
    light = make("and")["and"][-1][0]
    theme().set_choice("dark")
    monkeypatch.setattr(workshop, "learned_weights", lambda *args: pytest.fail("it was trained again"))
    dark = make("and")["and"]
    assert len(dark) == 1
    assert dark[0][0].pixelColor(1, 1) == theme().look.colour("canvas") != light.pixelColor(1, 1)


@pytest.mark.parametrize("damage", [b"", b"no picture", "half", "other size"])
def test_a_broken_entry_of_the_cache_is_made_anew(make, tmp_path, damage):
    make("and", "half_adder")
    entries = sorted((tmp_path / "pictures").iterdir())
    assert {entry.suffix for entry in entries} == {".png", ".npy"}
    for entry in entries:
        content = entry.read_bytes()
        entry.write_bytes(content[: len(content) // 2] if isinstance(damage, str) else damage)
        if damage == "other size" and entry.suffix == ".png":
            QImage(3, 3, QImage.Format.Format_RGB32).save(str(entry))
    answers = make("and", "half_adder")
    assert answers["and"][-1][0].size() == answers["half_adder"][-1][0].size() == QSize(208, 124)
    assert [len(make(name)[name]) for name in ("and", "half_adder")] == [1, 1]  # and now it is whole again


def test_without_a_disk_to_write_on_pictures_are_made_all_the_same(make, tmp_path):
    (tmp_path / "pictures").write_text("a file where the folder would be")
    assert make("half_adder")["half_adder"][0][0].size() == QSize(208, 124)


def test_the_oldest_entries_go_where_there_are_too_many(cache, monkeypatch, tmp_path):
    monkeypatch.setattr("annsim.gui.welcome.cache.MOST_FILES", 5)
    monkeypatch.setattr("annsim.gui.welcome.cache.FILES_KEPT", 3)
    for k in range(8):
        cache.keep_weights(f"w{k}", np.array([float(k)]))
    assert cache.weights("w7").tolist() == [7.0]
    assert len(list((tmp_path / "pictures").iterdir())) <= 5


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"{}", "no annsim project"), (b"PK nonsense", ""), (b"", ""), (b"\xff\xfe", "")],
    ids=["other", "zip", "empty", "bytes"],
)
def test_a_file_that_cannot_be_read_says_why(make, tmp_path, content, reason):
    file = tmp_path / "bad.annsim"
    file.write_bytes(content)
    answers = make(file, is_example=False)[str(file)]
    assert answers[0][0] is None
    assert reason in answers[0][1]
    assert len(answers[0][1]) > 10


def test_a_file_that_is_gone_and_one_that_is_whole(make, tmp_path):
    save(read_example("iris"), tmp_path / "here.annsim")
    answers = make(tmp_path / "gone.annsim", tmp_path / "here.annsim", is_example=False)
    assert "no such file" in answers[str(tmp_path / "gone.annsim")][0][1].lower()
    assert answers[str(tmp_path / "here.annsim")][0][1] == "4-8-3"


def test_a_large_network_has_its_size_and_no_picture(make, tmp_path):
    save(Project(Network.layered([120, 200, 2])), tmp_path / "large.annsim")
    assert make(tmp_path / "large.annsim", is_example=False)[str(tmp_path / "large.annsim")] == [(None, "120-200-2")]


def test_what_is_not_wanted_any_more_stops_at_once(qtbot, cache):
    maker = PictureMaker(paint_still, cache=cache)
    answers = []
    maker.made.connect(lambda name, picture, summary: answers.append(name))
    maker.want("spiral", QSize(208, 124), 1.0, is_example=True)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert maker.is_busy  # it learns now
    maker.forget()
    assert not maker.is_busy
    maker.want("half_adder", QSize(208, 124), 1.0, is_example=True)
    qtbot.waitUntil(lambda: not maker.is_busy, timeout=20_000)
    maker.close()
    wait_for_workshops()
    assert answers == ["spiral", "half_adder"]
    qtbot.waitUntil(lambda: not workshop.UNFINISHED)


def test_every_bundled_example_can_be_shown():
    for name in examples():
        project = read_example(name)
        dataset = dataset_of(project)
        assert subject_of(project, dataset).side is not None
        assert can_learn(project, dataset) == (name not in ("half_adder", "full_adder", "majority", "digits"))
