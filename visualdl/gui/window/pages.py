"""The pages beside the boundary: what each of them asks of the training, and which one is on show."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from visualdl.gui.editing.edit_history import EditHistory
from visualdl.gui.editing.weight_edits import WeightEdits
from visualdl.gui.engine.engine_client import EngineClient
from visualdl.gui.theme import Theme
from visualdl.gui.views.confusion.page import ConfusionPage
from visualdl.gui.views.network.page import NetworkPage
from visualdl.gui.views.plane.page import PlanePage
from visualdl.gui.views.seeds.page import SeedsPage
from visualdl.training.values.frame import Frame
from visualdl.training.values.parameter_index import Neuron

TILE = 16  # pixels a side of a neuron's map, until the page knows better


class Pages(QObject):
    """Network, plane of two neurons, confusion matrix and seeds, in `tabs`; only the page on show is drawn.

    What changes single weights goes to `client`, whose request is kept to what is on show; what concerns the
    whole run, the window connects. `hovered` carries what is under the mouse, in words. `history` can undo edits.
    """

    hovered = Signal(str)

    def __init__(self, client: EngineClient, history: EditHistory, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._frame: Frame | None = None
        self._focus: Neuron | None = None
        self._tiles: tuple[int, ...] = (TILE,)
        self._are_on_show = True
        self.network = NetworkPage(theme)
        self.plane = PlanePage(theme, client.experiment)
        self.seeds = SeedsPage(theme)
        self.confusion = ConfusionPage(theme)
        self._pages = (self.network, self.plane, self.confusion, self.seeds)
        self.edits = WeightEdits(client.set_number, history)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Pages")
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleDescription("What stands beside the boundary. Left and Right go from page to page.")
        self.tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the space bar to the window
        for page in self._pages:
            self.tabs.addTab(page, page.windowTitle() or page.accessibleName())
        self._connect()
        self._look_again()

    def draw(self, frame: Frame) -> None:
        """Show this moment on the page on show."""
        if self._frame is None or frame.network != self._frame.network:
            self.edits.clear()
        self._frame = frame
        page = self._page_on_show()
        if page is not None:
            page.draw(frame)

    def show(self, title: str) -> None:
        """Show the page of this title."""
        self.tabs.setCurrentIndex([self.tabs.tabText(place) for place in range(self.tabs.count())].index(title))

    def set_on_show(self, on_show: bool) -> None:
        """Take note that the pages are on show, or that their place is somebody else's."""
        self._are_on_show = on_show
        self._look_again()

    def show_experiment(self, experiment: object) -> None:
        """Show the layers of the experiment that is asked for."""
        self.network.show_experiment(experiment)

    def commit(self) -> None:
        """Let numbers that are typed act."""
        for page in self._pages:
            page.commit()

    def reset_zoom(self) -> None:
        """Show all there is on every page."""
        self.plane.reset_zoom()
        self.confusion.reset_zoom()
        self.seeds.reset_zoom()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        for page in self._pages:
            page.set_theme(theme)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._look_again)
        for page in self._pages:
            page.hovered.connect(self.hovered)
        self.network.focus_wanted.connect(self._look_at)
        self.network.tiles_wanted.connect(self._take_tiles)
        self.network.number_wanted.connect(self.edits.edit)
        self.network.lock_wanted.connect(self._client.set_locked)
        self.network.keep_weights_toggled.connect(self._keep_weights)
        self.plane.plane_wanted.connect(lambda _neurons: self._look_again())

    def _look_again(self) -> None:
        """Have drawn what the page on show needs, and nothing else."""
        self._ask()
        if self._frame is not None:
            self.draw(self._frame)

    def _ask(self) -> None:
        page = self._page_on_show()
        self._client.request = replace(
            self._client.request,
            neurons=self._tiles if page is self.network else (),
            focus=self._focus if page is self.network else None,
            plane=self.plane.neurons if page is self.plane else None,
            predictions=page is self.confusion,
        )

    def _page_on_show(self) -> QWidget | None:
        return self.tabs.currentWidget() if self._are_on_show else None

    def _look_at(self, neuron: Neuron | None) -> None:
        self._focus = neuron
        self._look_again()

    def _take_tiles(self, sides: tuple[int, ...]) -> None:
        self._tiles = sides
        self._ask()

    def _keep_weights(self, keep: bool) -> None:
        self._client.keep_weights = keep
