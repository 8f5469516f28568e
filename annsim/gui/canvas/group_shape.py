"""Where the boxes of groups lie on screen, and which part of one lies under a point."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from annsim.gui.canvas.arrays import Numbers, Rows
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.group_boxes import GroupBoxes

TITLE_HEIGHT = 26.0  # px at any zoom, so that a title can always be read and taken hold of
CHEVRON = 24.0  # px from the left in which a press folds or unfolds


@dataclass(frozen=True)
class GroupPart:
    """A part of a group: the chevron, or what can be taken hold of (title of an open box, all of a folded one)."""

    group: int
    part: Literal["chevron", "title"]


def frames(boxes: GroupBoxes, eye: Eye) -> Numbers:
    """Return left, top, right and bottom of the boxes on screen, titles included, (group, 4)."""
    found = np.concatenate((eye.to_screen(boxes.low), eye.to_screen(boxes.high)), axis=1).round()
    found[~boxes.is_folded, 1] -= TITLE_HEIGHT
    return found


def in_view(all_frames: Numbers, eye: Eye) -> Rows:
    """Return the rows of the frames that meet the viewport."""
    left, top, right, bottom = all_frames.T
    return np.flatnonzero((right > 0) & (left < eye.width) & (bottom > 0) & (top < eye.height))


def title_rect(frame: list[float], is_folded: bool) -> QRectF:
    """Return the part of a frame that can be taken hold of: the title row, or all of a folded box."""
    left, top, right, bottom = frame
    return QRectF(left, top, right - left, bottom - top if is_folded else TITLE_HEIGHT)


def chevron_rect(frame: list[float], is_folded: bool) -> QRectF:
    """Return the part of a frame in which a press folds or unfolds."""
    rect = title_rect(frame, is_folded)
    return QRectF(rect.left(), rect.top(), min(CHEVRON, rect.width() / 2), rect.height())


def group_part_at(boxes: GroupBoxes, eye: Eye, point: QPointF, *, folded: bool) -> GroupPart | None:
    """Return the part of a folded, or of an open group under a viewport point; the topmost one."""
    if not len(boxes):
        return None
    all_frames = frames(boxes, eye)
    left, top, right, bottom = all_frames.T
    bottom = np.where(boxes.is_folded, bottom, top + TITLE_HEIGHT)
    holds = (left <= point.x()) & (point.x() <= right) & (top <= point.y()) & (point.y() <= bottom)
    found = np.flatnonzero(holds & (boxes.is_folded == folded))
    if not len(found):
        return None
    frame = all_frames[found[-1]].tolist()
    is_chevron = chevron_rect(frame, folded).contains(point)
    return GroupPart(int(boxes.ids[found[-1]]), "chevron" if is_chevron else "title")
