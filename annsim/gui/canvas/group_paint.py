"""How groups are painted: open ones as boxes behind all, folded ones as boxes that stand for their neurons."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from annsim.gui.canvas.arrays import Numbers
from annsim.gui.canvas.board import count_text
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.group_shape import CHEVRON, TITLE_HEIGHT, frames, in_view
from annsim.gui.canvas.neuron_text import sized_font
from annsim.gui.canvas.stage import Stage
from annsim.gui.icons import paint_icon
from annsim.gui.look import Look, values

CORNER = float(values()["radius"]["card"])
RING = float(values()["neuron"]["rings_outside_r"]["selection"])
REFUSAL_RING = float(values()["neuron"]["rings_outside_r"]["accept_refuse"])
SELECTION = float(values()["stroke"]["selection"])
TITLE_SIZE, SMALL = (float(values()["type"][style][0]) for style in ("strong", "small"))
ICON = float(values()["size"]["icon_small"])
LEAST_TEXT = 30.0  # px of room below which a title is left out
GAP = 8.0


def paint_open_groups(painter: QPainter, look: Look, stage: Stage, eye: Eye) -> None:
    """Paint the boxes of open groups; they lie under everything but the dots of the ground."""
    boxes = stage.drawing.boxes
    all_frames, shares = frames(boxes, eye), _selected_shares(stage)
    for k in in_view(all_frames, eye).tolist():
        if boxes.is_folded[k]:
            continue
        left, top, right, bottom = all_frames[k].tolist()
        rect = QRectF(left + 0.5, top + 0.5, right - left, bottom - top)
        is_selected = shares[k] == 1.0
        painter.setPen(QPen(look.colour("selection" if is_selected else "border_strong"), 2 if is_selected else 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(rect, CORNER, CORNER)
        _paint_title_row(painter, look, rect, boxes.titles[k], int(boxes.counts[k]))


def paint_folded_groups(painter: QPainter, look: Look, stage: Stage, eye: Eye) -> None:
    """Paint the boxes of folded groups; they lie on the arrows, which end at their edges."""
    boxes = stage.drawing.boxes
    all_frames, shares = frames(boxes, eye), _selected_shares(stage)
    for k in in_view(all_frames, eye).tolist():
        if not boxes.is_folded[k]:
            continue
        left, top, right, bottom = all_frames[k].tolist()
        rect = QRectF(left + 0.5, top + 0.5, right - left, bottom - top)
        painter.setPen(QPen(look.colour("neuron_rim"), values()["stroke"]["rim"]))
        painter.setBrush(look.colour("raised"))
        corner = min(CORNER, rect.height() / 4)
        painter.drawRoundedRect(rect, corner, corner)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _paint_inside(painter, look, rect, boxes.titles[k], count_text(int(boxes.counts[k]), "neuron"), eye.zoom)
        _paint_rings(painter, look, rect, float(shares[k]), int(boxes.ids[k]) == stage.refused_group)


def _selected_shares(stage: Stage) -> Numbers:
    """Return the share of the members of each group that is selected, (group,)."""
    boxes = stage.drawing.boxes
    if not len(boxes):
        return np.empty(0)
    is_selected = np.zeros(len(stage.drawing.ids))
    is_selected[stage.selected_rows()] = 1.0
    shares: Numbers = np.add.reduceat(is_selected[boxes.rows], boxes.starts) / boxes.counts
    return shares


def _paint_title_row(painter: QPainter, look: Look, rect: QRectF, title: str, count: int) -> None:
    row = QRectF(rect.left(), rect.top(), rect.width(), TITLE_HEIGHT)
    painter.setPen(QPen(look.colour("border"), 1))
    painter.drawLine(row.bottomLeft(), row.bottomRight())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if row.width() < CHEVRON:
        return
    _paint_chevron(painter, look, row, "chevron_down")
    style = sized_font(SMALL, 600)
    room = row.width() - CHEVRON - GAP
    number, thin = f"{count:,}", sized_font(SMALL, 400)
    wide = QFontMetricsF(style).horizontalAdvance(title) + QFontMetricsF(thin).horizontalAdvance(number) + 2 * GAP
    middle_left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    if wide <= room:
        painter.setFont(thin)
        painter.setPen(look.colour("text_muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(row.adjusted(0, 0, -GAP, 0), right, number)
    if room >= LEAST_TEXT:
        painter.setFont(style)
        painter.setPen(look.colour("text"))
        shown = QFontMetricsF(style).elidedText(title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(row.adjusted(CHEVRON, 0, 0, 0), middle_left, shown)


def _paint_inside(painter: QPainter, look: Look, rect: QRectF, title: str, count: str, zoom: float) -> None:
    """Paint title and count of a folded box, as far as there is room for them."""
    if rect.width() < CHEVRON or rect.height() < ICON:
        return
    style = sized_font(min(18.0, max(SMALL, TITLE_SIZE * zoom)), 600)
    thin = sized_font(min(15.0, max(11.0, SMALL * zoom)), 400)
    metrics, thin_metrics = QFontMetricsF(style), QFontMetricsF(thin)
    inside = rect.adjusted(CHEVRON, 0, -GAP, 0)
    has_count = metrics.height() + thin_metrics.height() <= rect.height() - 4
    title_height = metrics.height()
    together = title_height + (thin_metrics.height() if has_count else 0)
    top = rect.center().y() - together / 2
    _paint_chevron(painter, look, QRectF(rect.left(), top, CHEVRON, title_height), "chevron_right")
    if inside.width() < LEAST_TEXT:
        return
    middle_left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.setFont(style)
    painter.setPen(look.colour("text"))
    shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(QRectF(inside.left(), top, inside.width(), title_height), middle_left, shown)
    if has_count:
        painter.setFont(thin)
        painter.setPen(look.colour("text_muted"))
        shown = thin_metrics.elidedText(count, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(
            QRectF(inside.left(), top + title_height, inside.width(), thin_metrics.height()), middle_left, shown
        )


def _paint_chevron(painter: QPainter, look: Look, row: QRectF, icon: str) -> None:
    middle = row.top() + row.height() / 2
    paint_icon(painter, icon, look.colour("text_muted"), QRectF(row.left() + 5, middle - ICON / 2, ICON, ICON))


def _paint_rings(painter: QPainter, look: Look, rect: QRectF, selected_share: float, is_refused: bool) -> None:
    """Paint the ring of a folded box: refused, selected (dashed where only some of its neurons are), or none."""
    if is_refused:
        pen, away = QPen(look.colour("error"), SELECTION), REFUSAL_RING
        pen.setDashPattern([2.2, 1.6])
    elif selected_share > 0:
        pen, away = QPen(look.colour("selection"), SELECTION), RING
        if selected_share < 1:
            pen.setDashPattern([2.2, 1.6])
    else:
        return
    painter.setPen(pen)
    painter.drawRoundedRect(rect.adjusted(-away, -away, away, away), CORNER + away, CORNER + away)
