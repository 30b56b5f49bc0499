"""The user's own data in the window: edited, imported, exported, and kept while another data set is on show."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from visualdl.data.own_data import OwnData, values_to_csv
from visualdl.experiment.experiment import Experiment
from visualdl.gui.editing.data_edits import DataEdits, Want
from visualdl.gui.editing.edit_history import EditHistory
from visualdl.gui.theme import Theme
from visualdl.gui.user_data.data_files import DataFiles
from visualdl.gui.user_data.files import Files
from visualdl.gui.views.boundary.panel import BoundaryPanel
from visualdl.gui.widgets.drop_window import DropWindow
from visualdl.training.samples.present_points import present_points, present_values

Tell = Callable[[str], object]


class UserData(QObject):
    """Joins edits on the map and files; whatever data comes of them is asked for by `want`.

    `commit` has typed numbers act first. The first of the `voices` is given sentences about what happens, the second
    those about what is wrong.
    """

    def __init__(
        self,
        window: DropWindow,
        outcome: BoundaryPanel,
        history: EditHistory,
        theme: Theme,
        voices: tuple[Tell, Tell],
        want: Want,
        commit: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._want = want
        self._tell, self._complain = voices
        self._experiment = Experiment()
        self._kept: OwnData | None = None  # the latest own points: the list of data sets brings them back
        self.edits = DataEdits(outcome, history, theme, want=want, commit=commit, tell=self._tell)
        self.files = DataFiles(window, Files(window, self._complain), theme, tell=self._tell, complain=self._complain)
        self.files.imported.connect(self._take_over)
        self.files.export.triggered.connect(lambda: self.export_data())
        self.file_actions = self.files.import_, self.files.export
        self.edit_actions = self.files.paste, self.edits.mode, *self.edits.classes

    def export_data(self, file: Path | None = None) -> None:
        """Write the present points, with their classes or values, to `file`, or to one that the user chooses."""
        if self._experiment.task.is_regression:
            self.files.export_table(values_to_csv(*present_values(self._experiment)), file)
        else:
            self.files.export_data(present_points(self._experiment), file)

    def bring_back(self) -> None:
        """Go on with the latest own points; if there were none, make the present points the user's own.

        If those have values, say why not, and go on as before.
        """
        own = self._kept or self._present_points()
        self._want(self._experiment if own is None else self._experiment.with_own(own))

    def show_experiment(self, experiment: Experiment) -> None:
        """Take over the experiment that is asked for."""
        self._experiment = experiment
        self._kept = experiment.data.own or self._kept
        self.edits.show_experiment(experiment)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self.edits.set_theme(theme)
        self.files.set_theme(theme)

    def close(self) -> None:
        """Stop what is under way."""
        self.files.close()

    def _present_points(self) -> OwnData | None:
        try:
            return present_points(self._experiment)
        except ValueError as error:
            self._complain(str(error))
            return None

    def _take_over(self, own: OwnData) -> None:
        self.edits.replace_points(own, "import of data")
        self._tell(f"{len(own):,} points were imported.")
