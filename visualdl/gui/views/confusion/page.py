"""The page "Confusion": which classes the network takes for which, or the values that it predicts, live."""

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from visualdl.gui.controls.captions import muted
from visualdl.gui.theme import Theme, tabular
from visualdl.gui.views.confusion.matrix import MatrixView
from visualdl.gui.views.confusion.prediction_plot import PredictionPlot
from visualdl.gui.widgets.layout_helpers import scrolled
from visualdl.training.values.frame import Frame
from visualdl.training.values.pictures import Confusion, Predictions

OF_CLASSES = "Rows are the true classes, columns what the network says. Per cent are of each row: of one true class."
OF_VALUES = (
    "{} has values instead of classes, so there is nothing to confuse: this is each point's predicted value over its "
    "true one. Dots are training points, hollow squares test points; what lies beyond the axes stands at their ends."
)
SLOW_FRAME = 150  # milliseconds between two drawings while training goes on: faster nobody reads


class ConfusionPage(QWidget):
    """Draws a snapshot's answers. `hovered` carries what is under the mouse, in words."""

    hovered = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("Confusion")
        self.setAccessibleName("Confusion matrix")
        self._drawn: Predictions | None = None
        self._since_drawn = QElapsedTimer()
        self._since_drawn.start()
        self._text = muted("")
        self._text.setWordWrap(True)
        self._matrices = {name: MatrixView(name, theme) for name in ("training", "test")}
        font = tabular(self.font())
        self._plot = PredictionPlot(font, theme)
        self._plot.hovered.connect(self.hovered)
        matrices = QWidget()
        column = QVBoxLayout(matrices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for view in self._matrices.values():
            column.addWidget(view)
        column.addStretch(1)
        self._views = QStackedLayout()
        for each in (QLabel(), scrolled(matrices), self._plot):
            self._views.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.setSpacing(10)
        whole.addWidget(self._text, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(self._views, 1)

    def draw(self, frame: Frame) -> None:
        """Show this moment; while training goes on, a few a second."""
        snapshot = frame.snapshot
        predictions = snapshot.predictions
        if predictions is self._drawn or predictions is None:
            return
        is_other = type(predictions) is not type(self._drawn)
        if frame.playback.advancing and not is_other and not self._since_drawn.hasExpired(SLOW_FRAME):
            return
        self._since_drawn.start()
        self._drawn = predictions
        if isinstance(predictions, Confusion):
            self._show(1, OF_CLASSES)
            names = snapshot.experiment.class_names
            for view, counts in zip(self._matrices.values(), (predictions.train, predictions.test), strict=True):
                view.draw(counts, names)
        else:
            self._show(2, OF_VALUES.format(snapshot.experiment.data.dataset))
            self._plot.draw(predictions)

    def commit(self) -> None:
        """Do nothing: nothing is typed here."""

    def reset_zoom(self) -> None:
        """Show all values."""
        self._plot.reset_zoom()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        for view in (*self._matrices.values(), self._plot):
            view.set_theme(theme)

    def _show(self, place: int, text: str) -> None:
        self._views.setCurrentIndex(place)
        if self._text.text() != text:
            self._text.setText(text)
