"""The files used last: each with a small picture, when it was changed, and how large its network is."""

from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annsim.gui.icons import icon, paint_icon
from annsim.gui.look import font, size, values
from annsim.gui.theme import theme
from annsim.gui.welcome.card import TileButton, tool_tip
from annsim.gui.welcome.maker import PictureMaker
from annsim.gui.welcome.words import day_text

THUMBNAIL = QSize(48, 36)


class RecentRow(TileButton):
    """One file.

    Signals
    -------
    removal_wanted, clearing_wanted : from its menu, or the Delete key.
    """

    removal_wanted = Signal()
    clearing_wanted = Signal()

    def __init__(self, path: Path, today: date) -> None:
        super().__init__()
        self.path = path
        self.picture = QImage()
        self.error = ""
        self._when = day_text(datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone().date(), today)
        self._size = ""
        self.setObjectName("recent_file")
        self.setText(path.name)
        self.setFixedHeight(THUMBNAIL.height() + values()["spacing"]["3"])
        self.setToolTip(tool_tip(str(path)))
        self._name_for_readers()

    @property
    def line(self) -> str:
        """What stands below the name."""
        return ", ".join(part for part in (self._when, "cannot be read" if self.error else self._size) if part)

    def show_picture(self, picture: QImage | None, size_of_network: str) -> None:
        """Show the picture of its drawing, None where there is none, and how large it is."""
        self.picture = picture or QImage()
        self._size, self.error = size_of_network, ""
        self._name_for_readers()
        self.update()

    def show_error(self, reason: str) -> None:
        """Show that it cannot be read."""
        self.picture, self.error = QImage(), reason
        self.setToolTip(tool_tip(f"{self.path}\n{reason}"))
        self._name_for_readers()
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: D102, N802 (Qt's own)
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.mapToGlobal(QPoint(THUMBNAIL.width(), self.height()))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("open"), "Open").triggered.connect(lambda: self.click())
        menu.addAction(icon("remove"), "Remove from this list").triggered.connect(lambda: self.removal_wanted.emit())
        menu.addSeparator()
        menu.addAction("Clear the list").triggered.connect(lambda: self.clearing_wanted.emit())
        menu.popup(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 (Qt's own)
        if event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 (Qt's own)
        painter, look, spacing = QPainter(self), theme().look, values()["spacing"]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = values()["radius"]["button"]
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        top = (self.height() - THUMBNAIL.height()) / 2
        square = QRectF(spacing["2"], top, THUMBNAIL.width(), THUMBNAIL.height())
        self._paint_picture(painter, square)
        left = square.right() + spacing["3"]
        lines = ((self.text(), "body", "text"), (self.line, "caption", "error" if self.error else "text_muted"))
        line_top = (self.height() - sum(values()["type"][style][1] for _, style, _ in lines)) / 2
        for text, style, token in lines:
            height = values()["type"][style][1]
            painter.setFont(font(style))
            painter.setPen(look.colour(token))
            room = self.width() - left - spacing["2"]
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, int(room))
            painter.drawText(QRectF(left, line_top, room, height), Qt.AlignmentFlag.AlignVCenter, shown)
            line_top += height
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), values()["stroke"]["focus"]))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _paint_picture(self, painter: QPainter, square: QRectF) -> None:
        look = theme().look
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("canvas"))
        painter.drawRect(square.adjusted(-0.5, -0.5, 0.5, 0.5))
        if not self.picture.isNull():
            painter.drawImage(square.topLeft(), self.picture)
            return
        side = size("icon_small")
        place = QRectF(0, 0, side, side)
        place.moveCenter(square.center())
        token = "error" if self.error else "text_muted"
        paint_icon(painter, "warning" if self.error else "document", look.colour(token), place)

    def _name_for_readers(self) -> None:
        self.setAccessibleName(f"Recent file {self.path.name}, {self.line}")
        self.setAccessibleDescription(self.error or str(self.path))


class RecentFiles(QWidget):
    """The list of recent files; hidden while there is none.

    Signals
    -------
    file_wanted, removal_wanted : carry a path.
    clearing_wanted : the list is to be emptied.
    arrow_pressed : in one of the rows.
    """

    file_wanted = Signal(object)
    removal_wanted = Signal(object)
    clearing_wanted = Signal()
    arrow_pressed = Signal(object)

    def __init__(self, maker: PictureMaker) -> None:
        super().__init__()
        self._maker = maker
        self.rows: list[RecentRow] = []
        head = QHBoxLayout()
        title = QLabel("Recent")
        title.setProperty("role", "strong")
        self.clear_button = QPushButton("Clear", flat=True)
        self.clear_button.setToolTip("Empty the list; the files stay")
        self.clear_button.setAccessibleName("Clear the list of recent files")
        self.clear_button.clicked.connect(self.clearing_wanted)
        head.setContentsMargins(values()["spacing"]["2"], 0, 0, 0)
        head.addWidget(title, 1)
        head.addWidget(self.clear_button)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(values()["spacing"]["1"])
        layout.addLayout(head)
        layout.addWidget(self._area, 1)
        self.hide()
        maker.made.connect(self._show_picture)
        maker.refused.connect(self._show_error)

    def show_files(self, paths: list[Path]) -> None:
        """Show these files."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.deleteLater()
        today = datetime.now(UTC).astimezone().date()
        self.rows = [RecentRow(path, today) for path in paths]
        for place, row in enumerate(self.rows):
            self._column.insertWidget(place, row)
            row.clicked.connect(lambda checked=False, path=row.path: self.file_wanted.emit(path))
            row.removal_wanted.connect(lambda path=row.path: self.removal_wanted.emit(path))
            row.clearing_wanted.connect(self.clearing_wanted)
            row.arrow_pressed.connect(self.arrow_pressed)
        self.setVisible(bool(self.rows))

    def ask_for_pictures(self) -> None:
        """Ask for the pictures in the present colours."""
        for row in self.rows:
            self._maker.want(str(row.path), THUMBNAIL, self.devicePixelRatioF(), is_example=False)

    def show_focus(self, row: QWidget) -> None:
        """Scroll to a row that got the focus."""
        if isinstance(row, RecentRow) and row in self.rows:
            self._area.ensureWidgetVisible(row, 0, 0)

    def _row_of(self, name: str) -> RecentRow | None:
        return next((row for row in self.rows if str(row.path) == name), None)

    def _show_picture(self, name: str, picture: object, summary: str) -> None:
        row = self._row_of(name)
        if row is not None:
            row.show_picture(picture, summary)  # type: ignore[arg-type]  # a QImage or None, as the maker says

    def _show_error(self, name: str, reason: str) -> None:
        row = self._row_of(name)
        if row is not None:
            row.show_error(reason)
