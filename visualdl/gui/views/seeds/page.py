"""The page "Seeds": many runs of one experiment at once, as curves, as a map of their agreement, and as a table."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from visualdl.gui.controls.buttons import enable, push_button
from visualdl.gui.controls.seeds_controls import SeedsControls
from visualdl.gui.theme import LIGHT, Theme
from visualdl.gui.views.plots.square_frame import SquareFrame
from visualdl.gui.views.seeds.agreement_key import AgreementKey
from visualdl.gui.views.seeds.agreement_map import AgreementMap, title_of
from visualdl.gui.views.seeds.curve import SeedsCurve
from visualdl.gui.views.seeds.legend import Legend
from visualdl.gui.views.seeds.run_table import RunTable
from visualdl.gui.views.seeds.summary import RestartNote, Summary
from visualdl.training.values.frame import Frame
from visualdl.training.values.seeds import SeedCurves, Seeds

INVITATION = (
    "Press Train seeds to train this experiment from several seeds at once and see how much of its result is chance."
)
OPEN_TIP = "Go on with the selected run as the current experiment; one that has diverged begins anew"
SMALLEST_MAP = 120  # pixels
MARGIN, SPACING = 8, 6


class SeedsPage(QWidget):
    """Shows the seeds of a snapshot. It asks, and the window answers.

    `begin_wanted` carries how many runs of the current experiment should begin, and whether torch.nn trains beside;
    `play_toggled` whether the runs should advance; `open_wanted` the index of a run. `hovered` carries what is under
    the mouse, in words.
    """

    begin_wanted = Signal(int, bool)
    play_toggled = Signal(bool)
    open_wanted = Signal(int)
    export_wanted = Signal()
    hovered = Signal(str)

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setAccessibleName("Seeds")
        self._seeds: Seeds | None = None
        self._is_earlier = False  # whether they are of another experiment than the current one
        self._awaited = False  # whether runs were asked for that no frame has shown yet
        self._curves: tuple[SeedCurves, SeedCurves | None] | None = None  # those on show
        self._controls = SeedsControls()
        self._summary, self._note, self._legend = Summary(), RestartNote(), Legend(theme)
        self._plots = SeedsCurve("error"), SeedsCurve("loss")
        self._map, self._key, self._table = AgreementMap(theme), AgreementKey(theme), RunTable()
        self._map_title = QLabel()
        self._open, self._export = push_button("Open run"), push_button("Export runs")
        self._pages = QStackedLayout()
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self._show_buttons()

    def draw(self, frame: Frame) -> None:
        """Show this moment's seeds; without any, what the page is for. Older ones than those awaited are left out."""
        seeds = frame.seeds
        if self._awaited and _start_of(seeds) == _start_of(self._seeds):
            return
        self._awaited = False
        had_seeds, self._seeds = self._seeds is not None, seeds
        if seeds is None:
            self._controls.show_runs(0, False, False)
            self._invitation.setText(INVITATION)
            self._pages.setCurrentIndex(0)
        else:
            self._controls.show_runs(len(seeds.seeds), seeds.torch is not None, seeds.advancing)
            alike = replace(frame.snapshot.experiment, seed=seeds.experiment.seed)
            self._is_earlier = alike.needs_new_network(seeds.experiment) or alike.needs_new_data(seeds.experiment)
            self._show_note()
            self._map_title.setText(title_of(seeds))
            self._key.show_task(seeds.experiment.task, seeds.agreement.scale)
            self._summary.draw(seeds)
            self._map.draw(seeds)
            if (seeds.minidl, seeds.torch) != self._curves:
                self._curves = seeds.minidl, seeds.torch
                self._legend.show_torch(seeds.torch is not None)
                self._draw_plots()
                self._table.draw(seeds)
            self._pages.setCurrentIndex(1)
        if had_seeds != (seeds is not None):
            self._show_buttons()

    def give_up_start(self) -> None:
        """Take note that runs that were asked for may not come."""
        if self._awaited:
            self._awaited = False
            self._controls.show_starting(False)
            self._invitation.setText(INVITATION)
            if self._seeds is not None:
                self._summary.draw(self._seeds)

    def commit(self) -> None:
        """Let a number that is typed act; whoever carries out a command calls this first."""
        self._controls.commit()

    def reset_zoom(self) -> None:
        """Show the whole square and the whole curves."""
        for view in (*self._plots, self._map):
            view.reset_zoom()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        for part in (*self._plots, self._legend, self._map, self._key, self._table):
            part.set_theme(theme)

    def _lay_out(self) -> None:
        self._invitation = invitation = QLabel(INVITATION)
        invitation.setAccessibleName("What the page does")
        invitation.setWordWrap(True)
        invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        invitation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        invitation.setMargin(5 * MARGIN)
        views = QGridLayout()
        views.setSpacing(SPACING)
        for column, plot in enumerate(self._plots):
            views.addWidget(plot, 0, column)
            views.setColumnStretch(column, 1)
        views.addLayout(_above(SquareFrame(self._map, SMALLEST_MAP), self._map_title, None, self._key), 1, 0)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addWidget(self._open)
        buttons.addWidget(self._export)
        buttons.addStretch(1)
        runs = QVBoxLayout()
        runs.setSpacing(SPACING)
        runs.addWidget(self._table, 1)
        runs.addLayout(buttons)
        views.addLayout(runs, 1, 1)
        views.setRowStretch(0, 4)
        views.setRowStretch(1, 5)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        for part in (self._summary, self._note, self._legend):
            column.addWidget(part)
        column.addLayout(views, 1)
        self._pages.addWidget(invitation)
        self._pages.addWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.setSpacing(SPACING + 2)
        whole.addWidget(self._controls)
        whole.addLayout(self._pages, 1)

    def _connect(self) -> None:
        self._controls.begin_wanted.connect(self._begin)
        self._controls.choice_changed.connect(self._show_note)
        self._controls.play_toggled.connect(self.play_toggled)
        self._legend.set_chosen.connect(self._draw_plots)
        self._table.open_wanted.connect(self.open_wanted)
        self._table.selection_changed.connect(self._show_buttons)
        self._open.clicked.connect(lambda: self.open_wanted.emit(self._table.selected_run()))
        self._export.clicked.connect(lambda: self.export_wanted.emit())
        for view in (*self._plots, self._map):
            view.hovered.connect(self.hovered)

    def _begin(self, count: int, with_torch: bool) -> None:
        """Ask for runs, and say so at once: many networks, and the first use of torch.nn, take seconds."""
        self._awaited = True
        networks = "1 network" if count == 1 else f"{count} networks"
        sentence = f"Preparing {networks}{', and torch.nn' if with_torch else ''} …"
        self._controls.show_starting(True)
        self._invitation.setText(sentence)
        self._summary.announce(sentence)
        self.begin_wanted.emit(count, with_torch)

    def _show_note(self) -> None:
        if self._seeds is not None:
            self._note.show_difference(self._is_earlier, self._controls.choice())

    def _draw_plots(self) -> None:
        if self._seeds is not None:
            for plot in self._plots:
                plot.draw(self._seeds, self._legend.set_name)

    def _show_buttons(self) -> None:
        """Enable what has an effect, and say why the rest has none."""
        none = "" if self._seeds else "There are no runs yet: Train seeds begins."
        enable(self._export, "Write the runs as a table of comma-separated values", none)
        unselected = "Select a run in the table first." if self._table.selected_run() is None else ""
        enable(self._open, OPEN_TIP, none or unselected)


def _start_of(seeds: Seeds | None) -> int | None:
    return None if seeds is None else seeds.start


def _above(content: QWidget, *header: QWidget | None) -> QVBoxLayout:
    """Return `content` below a row; None is the stretch between left and right."""
    row = QHBoxLayout()
    row.setSpacing(SPACING)
    for part in header:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addLayout(row)
    column.addWidget(content, 1)
    return column
