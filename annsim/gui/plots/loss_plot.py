"""The loss plot: training and test loss of the present run, earlier runs beside them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from annsim.errors import AnnsimError, WorkError
from annsim.formats.atomic import write_atomically
from annsim.gui.document import Document
from annsim.gui.icons import icon
from annsim.gui.look import number_text, size, values
from annsim.gui.plots.axes import LEAST_LOSS, MOST_DECADES, LossArea
from annsim.gui.plots.curves import Curve, Curves, about_run, history_csv, step_up
from annsim.gui.plots.legend import LegendEntry
from annsim.gui.theme import theme
from annsim.gui.training_control import TrainingControl
from annsim.gui.training_thread import Mail
from annsim.gui.widgets.empty_state import EmptyState
from annsim.gui.widgets.message_strip import MessageStrip
from annsim.training.history import History
from annsim.training.run import Run
from annsim.training.session import Session

LEAST_EPOCHS = 10
NEAR = 6  # pixels from an earlier curve that count as on it


class LossPlot(QWidget):
    """Shows the losses of the document's runs."""

    def __init__(self, document: Document, control: TrainingControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss_plot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # the ground of a dock
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Loss plot")
        self._document, self._control = document, control
        self.curves = Curves()
        self.area = LossArea()
        self.strip = MessageStrip()
        self._history: History | None = None
        self._epoch_read: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(1000 // int(values()["motion"]["plot_hz"]))
        self._timer.timeout.connect(self._redraw)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState("loss", "The loss appears here while the network learns", "Press Play to train")
        )
        self._stack.addWidget(self.area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self._make_title())
        layout.addWidget(self._stack, 1)
        self._connect()
        self._recolour()
        self._take_runs()

    # what the user does

    @property
    def is_log(self) -> bool:
        """Whether the loss axis is logarithmic."""
        return self.area.is_log

    def set_log(self, is_log: bool) -> None:
        """Show the loss on a logarithmic axis, or on a linear one."""
        self.area.set_log(is_log)
        self.scale_button.setText("log" if is_log else "linear")
        self.scale_button.setAccessibleName(f"Loss axis: {'logarithmic' if is_log else 'linear'}")
        self._redraw()

    def clear_earlier(self) -> None:
        """Take the curves of earlier runs away; the runs themselves stay in the project."""
        self.curves.clear_earlier()
        self._redraw()

    def picture(self) -> QPixmap:
        """Return legend and curves as a picture."""
        legend, curves = self._legend.grab(), self.area.grab()
        scale = curves.devicePixelRatio()
        result = QPixmap(curves.width(), curves.height() + legend.height())
        result.setDevicePixelRatio(scale)
        result.fill(theme().look.colour("canvas"))
        painter = QPainter(result)
        painter.drawPixmap(0, 0, legend)
        painter.drawPixmap(0, round(legend.height() / scale), curves)
        painter.end()
        return result

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.picture())

    def save_picture(self, path: Path) -> None:
        """Save the picture as PNG; WorkError where that fails."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not self.picture().save(buffer, "PNG"):
            raise WorkError("the picture cannot be made", where=str(path))
        write_atomically(path, bytes(buffer.data().data()))

    def save_values(self, path: Path) -> None:
        """Save the history of the present (or else the last) run as CSV; WorkError where that fails."""
        if self._history is None:
            raise WorkError("there is no run yet", where=str(path), hint="Train first.")
        write_atomically(path, history_csv(self._history).encode())

    def axis_span(self) -> tuple[int, int]:
        """Return the left and right edge of the x axis, in pixels of this widget."""
        left, right = self.area.axis_span()
        offset = self.area.mapTo(self, self.area.rect().topLeft()).x()
        return left + offset, right + offset

    # parts

    def _make_title(self) -> QWidget:
        self._title = QWidget()
        spacing = values()["spacing"]
        self._legend = QWidget()
        entries = QHBoxLayout(self._legend)
        entries.setContentsMargins(spacing["3"], spacing["1"], 0, spacing["1"])
        entries.setSpacing(spacing["3"])
        self.entries = {name: LegendEntry(name) for name in ("training", "test", "reference")}
        for entry in self.entries.values():
            entries.addWidget(entry)
        self.readout = QLabel()
        self.readout.setProperty("role", "small")
        self.readout.setMinimumWidth(1)
        self.readout.setAccessibleName("Values at the pointer")
        self.scale_button = QToolButton()
        self.scale_button.setText("linear")
        self.scale_button.setFixedWidth(self.scale_button.sizeHint().width() + spacing["2"])  # "log" must not move it
        self.scale_button.setToolTip("Switch the loss axis between linear and logarithmic")
        self.scale_button.setAccessibleName("Loss axis: linear")
        self.scale_button.clicked.connect(lambda: self.set_log(not self.is_log))
        self._more = QToolButton()
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setToolTip("Copy, save, clear earlier runs")
        self._more.setAccessibleName("Options of the loss plot")
        self._more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._more.setMenu(self._make_menu())
        row = QHBoxLayout(self._title)
        row.setContentsMargins(0, 0, spacing["2"], 0)
        row.setSpacing(spacing["2"])
        row.addWidget(self._legend)
        row.addWidget(self.readout, 1, Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.scale_button)
        row.addWidget(self._more)
        return self._title

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Copy picture").triggered.connect(self.copy_picture)
        menu.addAction("Save picture …").triggered.connect(
            lambda: self._ask_path("Save picture", "PNG (*.png)", ".png", self.save_picture)
        )
        menu.addAction("Save values as CSV …").triggered.connect(
            lambda: self._ask_path("Save values", "CSV (*.csv)", ".csv", self.save_values)
        )
        menu.addSeparator()
        self._clear_action = menu.addAction("Clear earlier runs")
        self._clear_action.triggered.connect(self.clear_earlier)
        return menu

    def _connect(self) -> None:
        control = self._control
        self._document.replaced.connect(self._take_runs)
        control.run_started.connect(self._begin)
        control.progressed.connect(self._go_on)
        control.run_ended.connect(self._end)
        self.area.hovered.connect(self._read)
        self.area.left.connect(self._stop_reading)
        theme().changed.connect(self._recolour)

    # runs

    def _take_runs(self) -> None:
        runs = self._document.project.runs
        self.curves.take(runs)
        self._history = runs[-1].history if runs else None
        self._redraw()

    def _begin(self, session: Session) -> None:
        self.curves.begin(session.start_settings, goes_on=self._control.is_going_on)
        self._history = session.history
        self.entries["training"].set_about(about_run(session.start_settings))
        self._draw_soon()

    def _go_on(self, mail: Mail) -> None:
        if self.curves.present is not None and mail.records:
            self.curves.present.extend(mail.records)
            self._draw_soon()

    def _end(self, run: Run) -> None:
        present = self.curves.present
        if present is not None:
            seen = present.end - present.start
            # the last row of the history is made when the run is over, after the last mail
            present.extend(record for record in [run.history.last] if record.epoch > seen or not len(present.training))
        self.curves.end(run.stopped_by)
        self._history = run.history
        self._draw_soon()

    # drawing

    def _draw_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's own)
        """Draw what has come while it was hidden."""
        super().showEvent(event)
        self._redraw()

    def _redraw(self) -> None:
        curves = self.curves
        self._stack.setCurrentIndex(1 if curves else 0)
        self._title.setVisible(bool(curves))
        self._clear_action.setEnabled(bool(curves.earlier))
        if not self.isVisible() and curves:
            return
        self.entries["training"].setVisible(curves.present is not None)
        self.entries["test"].setVisible(curves.present is not None and len(curves.present.test) > 0)
        self.entries["reference"].set_runs([curve.about for curve in curves.earlier])
        self._set_range()
        self.area.draw_earlier(curves.earlier)
        self.area.draw_present(curves.present)
        if self._epoch_read is not None:
            self._show_reading(self._epoch_read)

    def _set_range(self) -> None:
        lines = [line for curve in self.curves.all() for line in (curve.training, curve.test) if len(line)]
        if not lines:
            return
        right = step_up(max(LEAST_EPOCHS, max(float(line.x[-1]) for line in lines)))
        highest = max(float(line.y.max()) for line in lines)
        if not self.is_log:
            self.area.set_range(right, 0.0, step_up(highest))
            return
        least = min(float(np.where(line.y > LEAST_LOSS, line.y, highest).min()) for line in lines)
        high = float(np.ceil(np.log10(max(highest, LEAST_LOSS)) + 1e-9))
        low = max(float(np.floor(np.log10(max(least, LEAST_LOSS)))), high - MOST_DECADES)
        self.area.set_range(right, min(low, high - 1), high)

    def _recolour(self) -> None:
        self.area.recolour()
        self._more.setIcon(icon("more", size=size("icon_small")))
        self._redraw()

    # reading values

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's own)
        """Read values with Left, Right, Home and End; Esc stops."""
        curve = self._read_curve()
        if curve is None or event.key() == Qt.Key.Key_Escape:
            self._stop_reading()
            super().keyPressEvent(event)
            return
        x = curve.training.x
        present = len(x) - 1 if self._epoch_read is None else int(np.abs(x - self._epoch_read).argmin())
        keys = Qt.Key
        wanted = {keys.Key_Left: present - 1, keys.Key_Right: present + 1, keys.Key_Home: 0, keys.Key_End: len(x) - 1}
        if event.key() not in wanted:
            super().keyPressEvent(event)
            return
        self._show_reading(float(x[min(max(0, wanted[keys(event.key())]), len(x) - 1)]))

    def _read(self, epoch: float, height: float) -> None:
        self._show_reading(epoch)
        near = self._earlier_near(epoch, height)
        if near is not None:
            self.readout.setText(f"{near.about} · {self.readout.text()}")

    def _show_reading(self, epoch: float) -> None:
        curve = self._read_curve()
        point = curve.training.at(epoch) if curve is not None else None
        if curve is None or point is None:
            return
        self._epoch_read = point[0]
        text = f"epoch {point[0]:,.0f}  training {number_text(point[1])}"
        test = curve.test.at(point[0])
        if test is not None:
            text += f"  test {number_text(test[1])}"
        self.readout.setText(text)
        self.area.set_reading(point[0])

    def _stop_reading(self) -> None:
        self._epoch_read = None
        self.readout.clear()
        self.area.set_reading(None)

    def _read_curve(self) -> Curve | None:
        curves = list(self.curves.all())
        return curves[-1] if curves and len(curves[-1].training) else None

    def _earlier_near(self, epoch: float, height: float) -> Curve | None:
        scale = self.area.pixels_per_loss()
        for curve in reversed(self.curves.earlier):
            x, y = self.area.drawn(curve.training, len(curve.training))
            if len(x) and x[0] <= epoch <= x[-1] and abs(float(np.interp(epoch, x, y)) - height) * scale < NEAR:
                return curve
        return None

    # saving

    def _ask_path(self, title: str, kind: str, ending: str, save: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self, title, f"loss{ending}", kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._save(save, Path(path)))
        dialog.open()

    def _save(self, save: Callable[[Path], None], path: Path) -> None:
        try:
            save(path)
        except AnnsimError as error:
            self.strip.show_message("error", str(error))
