"""A drawing among platypus flowables, to hold our papers against plain ones."""

from reportlab.platypus import Flowable

from clinic_desktop.domain.figures.drawing import Drawing
from reports.drawing import draw_drawing, fit_drawings


class FigureFlowable(Flowable):
    """A drawing in a frame of given width and height, in points."""

    def __init__(
        self,
        drawing: Drawing,
        width: float,
        height: float,
        beside: tuple[Drawing, ...] = (),
    ) -> None:
        """`beside` are drawings in frames of the same size that share its scale and its floor."""
        super().__init__()
        self.width, self.height = width, height
        self._drawing = drawing
        self._placed = fit_drawings((drawing, *beside), width, height)[0]

    def wrap(self, room_across: float, room_down: float) -> tuple[float, float]:
        """The size that it takes, whatever room there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it on the canvas of its page."""
        draw_drawing(self.canv, self._drawing, self._placed, 0, 0)
