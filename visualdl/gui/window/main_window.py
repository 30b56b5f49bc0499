"""The window: the one place where controls, thread and views are connected to each other."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.presets import Preset, collect
from visualdl.gui.actions import Actions
from visualdl.gui.controls.experiment_panel import ExperimentPanel
from visualdl.gui.controls.preset_control import PresetControl
from visualdl.gui.controls.transport import Transport
from visualdl.gui.editing.edit_history import EditHistory
from visualdl.gui.engine.engine_client import EngineClient
from visualdl.gui.theme import chosen_theme
from visualdl.gui.user_data.files import Files
from visualdl.gui.user_data.user_data import UserData
from visualdl.gui.views.bars.message_bar import MessageBar
from visualdl.gui.views.bars.preset_note import PresetNote
from visualdl.gui.views.bars.readouts import Readouts
from visualdl.gui.views.boundary.panel import BoundaryPanel
from visualdl.gui.widgets.drop_window import DropWindow
from visualdl.gui.widgets.first_paint import FirstPaint
from visualdl.gui.widgets.space_key import SpaceKey
from visualdl.gui.window.about import about_text, versions
from visualdl.gui.window.appearance import Appearance
from visualdl.gui.window.map_options import MapOptions
from visualdl.gui.window.pages import Pages
from visualdl.gui.window.status import Status
from visualdl.gui.window.window_layout import WindowLayout
from visualdl.gui.window.window_settings import WindowSettings, user_settings
from visualdl.training.values.frame import Frame
from visualdl.training.values.run_state import RunState
from visualdl.training.values.snapshot import Snapshot


class MainWindow(DropWindow):
    """The whole window, with its training thread; it needs a QApplication, and an event loop to begin and to move.

    `experiment` is the paper's unless given. `settings` is where geometry and options are remembered (the user's own
    unless given). `frame` is what is on show, None at first; `drawn` carries each that was drawn, `failed` every
    error: its text and its details.
    """

    drawn = Signal(object)
    failed = Signal(str, str)

    def __init__(self, experiment: Experiment | None = None, *, settings: QSettings | None = None) -> None:
        super().__init__()
        self.setWindowTitle("visualdl")
        self.setAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)
        self.setAnimated(False)  # else each new number in a label starts one
        if QApplication.style().objectName() != "fusion":  # a second time would repaint every other window
            QApplication.setStyle("Fusion")
        self.frame: Frame | None = None
        self._training = False

        self._actions = Actions(self)
        self._client = EngineClient(experiment or Experiment(), self)
        theme = chosen_theme("System")
        self._panel = ExperimentPanel(self.experiment)
        presets = collect()
        self._preset_control, self._preset_note = PresetControl(presets.presets), PresetNote(theme)
        self._transport = Transport()
        self._readouts = Readouts(theme)
        self._message_bar = MessageBar(theme)
        self._files = Files(self, self._message_bar.show_message)
        self._outcome = BoundaryPanel(self._actions, theme, self)
        self._history = EditHistory(self)
        self._pages = Pages(self._client, self._history, theme, self)
        self._status = Status()
        voices = self._status.tell, self._message_bar.show_message
        self._own_data = UserData(self, self._outcome, self._history, theme, voices, self.want, self._commit)
        self._arrangement = self._arrange()
        self._show_experiment(self.experiment)
        if presets.complaints:
            self._message_bar.show_message(" ".join(presets.complaints))
        self._connect()
        bars = self._transport, self._readouts, self._message_bar, self._preset_note
        self._map_look = MapOptions(self._actions, self._client, self)
        self._appearance = Appearance(self._actions, (*bars, self._outcome, self._pages, self._own_data), self)
        SpaceKey(self)
        self._memory = WindowSettings(
            settings or user_settings(), self, self._arrangement, self._pages.tabs, self._actions
        )
        self._memory.restore()
        self._appearance.choose()
        FirstPaint(self, self._client.start)  # it is to be shown before any event is handled

    # what a user, or another program, can do

    @property
    def experiment(self) -> Experiment:
        """The experiment that is asked for; `snapshot.experiment` is the one on show."""
        return self._client.experiment

    @property
    def snapshot(self) -> Snapshot | None:
        """The moment on show; None before the first frame has come."""
        return self.frame and self.frame.snapshot

    def set_training(self, training: bool) -> None:
        """Train until paused, or pause."""
        self._commit()
        if training:
            self._message_bar.clear()
            self._client.play()
        else:
            self._client.pause()
        self._show_training(training)

    def train_step(self) -> None:
        """Train one mini-batch, then pause."""
        self._commit()
        self._client.advance_step()
        self._show_training(False)

    def train_epochs(self, count: int = 1) -> None:
        """Train to the end of the epoch, or of the `count`-th from here, at full speed, then pause."""
        self._commit()
        self._client.advance_epochs(count)
        self._show_training(False)

    def reset(self) -> None:
        """Start the experiment again, from the same initial weights; go on training if it was training."""
        self._commit()
        self._message_bar.clear()
        self._client.begin(self.experiment)

    def want(self, experiment: Experiment) -> None:
        """Go on with `experiment` from the next frame on; with a new network where it needs one."""
        self._show_experiment(experiment)
        self._client.want(experiment)

    def show_preset(self, preset: Preset) -> None:
        """Begin a run of the preset's experiment, at its speed, and say what to look at; training goes on if it did."""
        self._preset_note.show_preset(preset)
        self.set_speed(preset.speed or self._transport.speed())
        self._begin(preset.experiment)

    def save_weights(self, file: Path | None = None) -> None:
        """Write the network on show to `file`, or to one that the user chooses; if that is impossible, say why."""
        if self.snapshot is not None:
            self._files.save_weights(self.snapshot, file)

    def open_weights(self, file: Path | None = None) -> None:
        """Begin a run from the network in `file`, or in one that the user chooses, with its experiment.

        If there is none, say so and go on as before.
        """
        network = self._files.open_weights(file)
        if network is not None:
            self._begin(network.experiment, RunState(network.experiment, network.weights))

    def show_page(self, title: str | None) -> None:
        """Show the page of a title beside the boundary; without one, no page."""
        self._actions.toggles["pages"].setChecked(title is not None)
        if title is not None:
            self._pages.show(title)

    def begin_seeds(self, count: int, *, with_torch: bool) -> None:
        """Train `count` seeds of the experiment beside the run, from their initial weights on."""
        self._commit()
        self._client.begin_seeds(count, with_torch)

    def play_seeds(self, play: bool) -> None:
        """Let the seeds go on, or rest."""
        self._commit()
        if play:
            self._client.play_seeds()
        else:
            self._client.pause_seeds()

    def open_seed(self, index: int) -> None:
        """Go on with one of the seeds as the current experiment, from where it is; without seeds, do nothing."""
        if self.frame is not None and self.frame.seeds is not None:
            self._commit()
            self._client.open_seed(index, self.frame.seeds)
            self._show_experiment(self.experiment)

    def export_runs(self, file: Path | None = None) -> None:
        """Write the seeds' numbers to `file`, or to one that the user chooses; if that is impossible, say why."""
        if self.frame is not None and self.frame.seeds is not None:
            self._files.save_runs(self.frame.seeds, file)

    def set_speed(self, steps_per_second: float) -> None:
        """Set the pace of training; from the upper end of its range on there is no limit."""
        self._transport.set_speed(steps_per_second)

    def set_theme_name(self, name: str) -> None:
        """Choose the "System", "Light" or "Dark" palette."""
        self._actions.themes[name].trigger()

    def show_failure(self, text: str, details: str) -> None:
        """Tell of an unexpected error, and pause. The details are there to be copied."""
        self._client.pause()
        self._tell_failure(text, details)

    def _tell_failure(self, text: str, details: str) -> None:
        self._show_training(False)
        self._pages.seeds.give_up_start()
        self._message_bar.show_message(text, f"{versions()}\n{self.experiment.to_json()}\n\n{details}")
        self.failed.emit(text, details)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's; stops the training and waits for it."""
        self._client.close()
        self._own_data.close()
        self._memory.save()
        super().closeEvent(event)

    def _arrange(self) -> WindowLayout:
        """Put the parts in their places."""
        arrangement = WindowLayout(
            top=(self._transport, self._readouts),
            message=self._message_bar,
            note=self._preset_note,
            controls=(self._preset_control, self._panel),
            pages=self._pages.tabs,
            boundary=self._outcome.column,
            curves=(self._outcome.loss_curve, self._outcome.error_curve),
        )
        self.setCentralWidget(arrangement)
        self.setStatusBar(self._status)
        undo = self._history.undo, self._history.redo
        self._actions.fill(self.menuBar(), self._own_data.file_actions, undo, self._own_data.edit_actions)
        self.resize(1100, 700)
        return arrangement

    # from the controls to the thread

    def _connect(self) -> None:
        self._panel.experiment_wanted.connect(self.want)
        self._panel.own_wanted.connect(self._own_data.bring_back)
        self._panel.told.connect(self._status.tell)
        self._preset_control.preset_chosen.connect(self.show_preset)
        self._transport.train_toggled.connect(self.set_training)
        self._transport.step_clicked.connect(self.train_step)
        self._transport.epoch_clicked.connect(lambda: self.train_epochs())
        self._transport.reset_clicked.connect(self.reset)
        self._transport.speed_changed.connect(self._client.set_speed)
        self._client.arrived.connect(self._draw)
        self._client.failed.connect(self._tell_failure)  # the thread has paused by itself
        self._client.refused.connect(self._message_bar.show_message)
        self._client.refused.connect(self._pages.seeds.give_up_start)
        self._pages.network.commit_wanted.connect(self._commit)
        self._pages.network.experiment_wanted.connect(self.want)
        self._pages.seeds.begin_wanted.connect(lambda count, with_torch: self.begin_seeds(count, with_torch=with_torch))
        self._pages.seeds.play_toggled.connect(self.play_seeds)
        self._pages.seeds.open_wanted.connect(self.open_seed)
        self._pages.seeds.export_wanted.connect(lambda: self.export_runs())
        for part in (self._outcome, self._pages):
            part.hovered.connect(self._status.show_hovered)
        actions, toggles = self._actions, self._actions.toggles
        actions.train.triggered.connect(lambda: self.set_training(not self._training))
        actions.step.triggered.connect(self.train_step)
        actions.epoch.triggered.connect(lambda: self.train_epochs())
        actions.reset.triggered.connect(self.reset)
        actions.quit.triggered.connect(self.close)
        actions.save.triggered.connect(lambda: self.save_weights())
        actions.open.triggered.connect(lambda: self.open_weights())
        actions.about.triggered.connect(lambda: QMessageBox.about(self, "About visualdl", about_text()))
        actions.full_screen.triggered.connect(lambda on: self.showFullScreen() if on else self.showNormal())
        actions.next_divider.triggered.connect(self._arrangement.focus_next_divider)
        toggles["pages"].toggled.connect(self._arrangement.show_pages)
        toggles["pages"].toggled.connect(self._pages.set_on_show)
        for part in (self._outcome, self._pages):
            actions.reset_zoom.triggered.connect(part.reset_zoom)

    def _begin(self, experiment: Experiment, state: RunState | None = None) -> None:
        """Begin a run of an experiment that has nothing to do with the one before: undoing must not mix the two."""
        self._message_bar.clear()
        self._own_data.edits.forget()
        self._client.begin(experiment, state)
        self._show_experiment(experiment)

    def _commit(self) -> None:
        """Take over what is typed: what the boxes show is what trains."""
        for part in (self._panel, self._transport, self._pages):
            part.commit()

    def _show_experiment(self, experiment: Experiment) -> None:
        """Show on every control the experiment that is asked for."""
        for part in (self._panel, self._preset_control, self._pages, self._own_data):
            part.show_experiment(experiment)

    # from the thread to the views

    def _draw(self, frame: Frame) -> None:
        before, self.frame = self.frame, frame
        snapshot, advancing = frame.snapshot, frame.playback.advancing
        news = before is None or snapshot.problem != before.snapshot.problem or frame.run != before.run
        self._outcome.draw(snapshot)
        self._pages.draw(frame)
        if news or not advancing or frame.curves is not before.curves:
            self._readouts.draw(frame)
            self._outcome.draw_curves(frame.curves)
            self._status.draw(snapshot)
        if snapshot.problem:
            self._show_training(False)
        self._message_bar.draw(frame)
        if advancing != self._training and self._client.is_up_to_date():
            self._show_training(advancing)
        self.drawn.emit(frame)

    def _show_training(self, training: bool) -> None:
        self._training = training
        self._transport.set_training(training)
        self._actions.train.setText("Pause" if training else "Train")
