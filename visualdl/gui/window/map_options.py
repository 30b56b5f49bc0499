"""How the big map is looked at: its resolution, and level lines. Only pictures change, never the run or its curves."""

from dataclasses import replace

from PySide6.QtCore import QObject

from visualdl.gui.actions import Actions
from visualdl.gui.engine.engine_client import EngineClient
from visualdl.training.values.snapshot_request import RESOLUTIONS


class MapOptions(QObject):
    """Keeps the client's request to what the actions say of the map; what else it shows is others' to say."""

    def __init__(self, actions: Actions, client: EngineClient, parent: QObject) -> None:
        super().__init__(parent)
        self._actions, self._client = actions, client
        actions.toggles["level_lines"].toggled.connect(self.choose)
        actions.next_resolution.triggered.connect(self._choose_next)
        for action in actions.resolutions.values():
            action.toggled.connect(self.choose)

    def choose(self) -> None:
        """Look at the map as the actions say."""
        if any(action.isChecked() for action in self._actions.resolutions.values()):  # while one takes over, none is
            self._client.request = replace(
                self._client.request,
                resolution=RESOLUTIONS[self._actions.resolution_name()],
                level_lines=self._actions.toggles["level_lines"].isChecked(),
            )

    def _choose_next(self) -> None:
        names = list(RESOLUTIONS)
        place = names.index(self._actions.resolution_name()) + 1
        self._actions.resolutions[names[place % len(names)]].setChecked(True)
