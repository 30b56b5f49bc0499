"""The window: the only place that imports Qt."""

import os

# Before numpy is loaded: its products are small here, and a second thread would take the core that trains.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
