"""The day as a strip: sitting hangs below the line, time up stands above it; a part of it can be picked."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from sitbreak.language import _, named
from sitbreak.window.day_protocol import BlockMessage, DayMessage, MarkMessage
from sitbreak.window.look import Style

HEIGHT, GROUND, EDGE = 128, 64, 12
PROMPTS_AT, HOURS_AT = 12, 118
# For each look how far above the line it begins (negative: above), and how high it is; as in the report.
SHAPES = {
    "seated": (0, 20),
    "long": (0, 32),
    "break": (-32, 32),
    "standing": (-22, 22),
    "away": (-22, 22),
    "unsure": (-9, 18),
}
FILLED = {"seated": "sit", "long": "long", "break": "move"}
OUTLINED = {"away": ("move", Qt.BrushStyle.NoBrush), "standing": ("stand", Qt.BrushStyle.VerPattern)}
LEAST_DRAG = 5.0  # pixels: less is a click
LEAST_WIDE = 3.0  # pixels of a piece, so that the first minute is seen
MINUTE = timedelta(minutes=1)


class DayStrip(QWidget):
    """Pieces along the hours. `pointed` tells what is under the pointer or the keys; `picked` a stretch to correct."""

    pointed = Signal(str)
    picked = Signal(str, str)  # ISO texts of the edges

    def __init__(self, style: Style, name: str) -> None:
        """`name`: what a screen reader calls it."""
        super().__init__()
        self._style, self._name = style, name
        self._day = DayMessage("", "", "")
        self._at = -1  # the block that the keys have come to
        self._drag: tuple[float, float] | None = None
        self._picked: tuple[float, float] | None = None  # in per cent
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        style.changed.connect(self.update)

    def show_day(self, day: DayMessage) -> None:
        """Shows another day, or the same with other pieces."""
        if day.day != self._day.day:
            self._at, self._drag, self._picked = -1, None, None
        self._at, self._day = min(self._at, len(day.blocks) - 1), day
        self.setAccessibleDescription(day.told)
        self.update()

    def show_picked(self, start: str, end: str) -> None:
        """Frames a stretch; empty texts: none."""
        edges = [self._percent(moment) for moment in (start, end) if moment]
        self._picked = (edges[0], edges[1]) if len(edges) > 1 else None
        self.update()

    def _percent(self, moment: str) -> float:
        """Where a moment lies."""
        wanted = datetime.fromisoformat(moment)
        for block in self._day.blocks:
            start, end = datetime.fromisoformat(block.start), datetime.fromisoformat(block.end)
            if start <= wanted <= end:
                return block.x + block.width * ((wanted - start) / (end - start) if end > start else 0.0)
        return 0.0

    # -- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from piece to piece, Home and End to the first and last, Enter picks."""
        last = len(self._day.blocks) - 1
        steps = {
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in steps and last >= 0:
            self._at = max(0, min(last, steps[Qt.Key(event.key())]))
            self._tell(self._day.blocks[self._at])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and 0 <= self._at <= last:
            self.picked.emit(self._day.blocks[self._at].start, self._day.blocks[self._at].end)
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def _tell(self, block: BlockMessage) -> None:
        self.setAccessibleName(named(self._name, block.says))
        self.pointed.emit(block.says)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame around the piece goes."""
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells what is under the pointer; while dragging, what would be picked."""
        x = event.position().x()
        if self._drag is not None:
            self._drag = self._drag[0], x
            start, end = self._dragged()
            self.pointed.emit(
                _("{start} to {end}", start=f"{start:%H:%M}", end=f"{end:%H:%M}") if start and end else ""
            )
            self.update()
            return
        block = self._under(x)
        self.pointed.emit(block.says if block else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a drag, or a click."""
        x = event.position().x()
        if event.button() is Qt.MouseButton.LeftButton and self._under(x) is not None:
            self._drag = x, x

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Picks what was dragged over, or the piece that was clicked."""
        drag = self._drag
        if drag is None:
            return
        start, end = self._dragged() if abs(drag[1] - drag[0]) >= LEAST_DRAG else (None, None)
        self._drag = None
        block = self._under(drag[0])
        if start is not None and end is not None and end > start:
            self.picked.emit(start.isoformat(), end.isoformat())
        elif block is not None:
            self.picked.emit(block.start, block.end)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.pointed.emit("")

    def _under(self, x: float) -> BlockMessage | None:
        share = (x - EDGE) / max(1, self.width() - 2 * EDGE) * 100
        return next((each for each in self._day.blocks if each.x <= share <= each.x + each.width), None)

    def _dragged(self) -> tuple[datetime | None, datetime | None]:
        """The edges of what is dragged over, to the whole minute."""
        assert self._drag is not None  # asked only while dragging
        low, high = sorted(self._drag)
        return self._moment(low), self._moment(high)

    def _moment(self, x: float) -> datetime | None:
        block = self._under(x)
        if block is None:
            blocks = self._day.blocks
            block = blocks[-1] if x > self.width() / 2 else blocks[0]
        share = (x - EDGE) / max(1, self.width() - 2 * EDGE) * 100
        start, end = datetime.fromisoformat(block.start), datetime.fromisoformat(block.end)
        part = min(1.0, max(0.0, (share - block.x) / block.width if block.width else 0.0))
        found = start + (end - start) * part + MINUTE / 2
        return found.replace(second=0, microsecond=0)

    # -- painting

    def _place(self, percent: float) -> float:
        return EDGE + percent / 100 * (self.width() - 2 * EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints hours, pieces, the line, prompts, and what is picked."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._style.font(13, figures=True))
        for hour in self._day.hours:
            self._hour(painter, hour)
        for block in self._day.blocks:
            self._block(painter, block)
        painter.setPen(QPen(self._style.colour("quiet"), 1))
        painter.drawLine(QPointF(EDGE, GROUND), QPointF(self.width() - EDGE, GROUND))
        for prompt in self._day.prompts:
            paint_prompt(painter, QPointF(self._place(prompt.x), PROMPTS_AT), self._style, accepted=prompt.accepted)
        self._frames(painter)

    def _hour(self, painter: QPainter, hour: MarkMessage) -> None:
        x = self._place(hour.x)
        painter.setPen(QPen(self._style.colour("line"), 1))
        painter.drawLine(QPointF(x, 22), QPointF(x, GROUND + 38))
        painter.setPen(self._style.colour("quiet"))
        painter.drawText(QRectF(max(0.0, x - 20), HOURS_AT - 14, 40, 20), Qt.AlignmentFlag.AlignCenter, hour.label)

    def _rect(self, block: BlockMessage) -> QRectF:
        top, high = SHAPES.get(block.kind, SHAPES["unsure"])
        left, right = self._place(block.x), self._place(block.x + block.width)
        return QRectF(left, GROUND + top, max(LEAST_WIDE, right - left), high)

    def _block(self, painter: QPainter, block: BlockMessage) -> None:
        rect, style = self._rect(block), self._style
        painter.setOpacity(block.ink)
        paint_piece(painter, rect, block.kind, style)
        painter.setOpacity(1.0)
        if block.label and rect.width() > 24:
            painter.setPen(style.colour("paper" if style.tokens.dark else "ink"))
            painter.setFont(style.font(13, QFont.Weight.Medium, figures=True))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, block.label)

    def _frames(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._style.colour("ink"), 2))
        if self.hasFocus() and 0 <= self._at < len(self._day.blocks):
            painter.drawRoundedRect(self._rect(self._day.blocks[self._at]).adjusted(-2, -2, 2, 2), 3, 3)
        elif self.hasFocus():
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        stretch = self._drag
        if stretch is None and self._picked is not None:
            stretch = self._place(self._picked[0]), self._place(self._picked[1])
        if stretch is not None:
            low, high = sorted(stretch)
            shade = self._style.colour("ink")
            shade.setAlphaF(0.12)
            painter.fillRect(QRectF(low, 20, high - low, GROUND + 22), shade)


def paint_piece(painter: QPainter, rect: QRectF, kind: str, style: Style) -> None:
    """A piece of this kind in its colour and pattern."""
    painter.save()
    if kind in FILLED:
        painter.fillRect(rect, style.colour(FILLED[kind]))
    else:
        ink, pattern = OUTLINED.get(kind, ("quiet", Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(style.colour(ink), 1.5 if kind == "away" else 0.8))
        painter.setBrush(QBrush(style.colour(ink), pattern))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def paint_prompt(painter: QPainter, middle: QPointF, style: Style, *, accepted: bool) -> None:
    """A reminder: a filled tip where a break came of it, else a small ring."""
    if accepted:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("move"))
        tip, foot = QPointF(0, -7), (QPointF(6, 4), QPointF(-6, 4))
        painter.drawPolygon(QPolygonF([middle + tip, *(middle + each for each in foot)]))
        return
    painter.setPen(QPen(style.colour("ink"), 1.5))
    painter.setBrush(style.colour("paper"))
    painter.drawEllipse(middle, 4, 4)
