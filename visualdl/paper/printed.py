"""What the report printed: the numbers of its tables, and of its sentences, as they stand there."""

from dataclasses import dataclass

TITLE = "Implementing from Scratch: A Mini Deep-Learning Framework"
AUTHORS = "Tao Sun, Wenlong Deng and Yaxiong Luo, EPFL, 2018"

EPOCHS, BATCH_SIZE, LEARNING_RATE = 10, 50, 0.01
"""Table I."""

FIGURE_4_RUNS = 5


@dataclass(frozen=True)
class Column:
    """A framework's half of Table II, one entry a run: time in ms, training and test error in percent."""

    time: tuple[float, ...]
    train: tuple[float, ...]
    test: tuple[float, ...]


OWN_FRAMEWORK = Column(
    time=(222, 249, 231, 217, 222, 221, 234, 226, 216, 235),
    train=(5.5, 11.9, 7.0, 4.9, 6.4, 7.7, 15.5, 5.6, 5.4, 4.0),
    test=(5.5, 10.6, 5.4, 4.1, 5.3, 7.4, 13.9, 4.8, 4.8, 5.0),
)
PYTORCH = Column(
    time=(260, 252, 257, 245, 255, 264, 301, 255, 258, 259),
    train=(8.3, 1.4, 4.7, 7.4, 3.7, 2.7, 6.0, 5.9, 5.7, 3.6),
    test=(10.3, 5.6, 6.5, 12.7, 9.0, 6.4, 7.9, 8.6, 11.2, 8.5),
)

BYTE = 256
"""How many values torch 0.3's ByteTensor, the result of a comparison, can hold: its sum starts again from 0 there."""
