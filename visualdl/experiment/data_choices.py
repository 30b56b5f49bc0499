"""What a network may learn from, and where chance begins: what each such choice may be, for an Experiment."""

from visualdl.experiment.choices import Names, Range

DATA_SETS = (
    "Disk",
    "Circle",
    "XOR",
    "Gaussians",
    "Spiral",
    "Moons",
    "Rings",
    "Checkerboard",
    "Plane",
    "Multi-Gaussian",
)
OWN = "Own"  # the user's own points; all others are drawn by chance
LAST_SEED = 999_999
LAST_DRAW = 999_999
ROUND = ("Disk", "Circle")  # the data sets whose class 1 is inside something
MANY_CLASSES = ("Gaussians", "Spiral", "Rings")  # those that can have more than two
REGRESSIONS = ("Plane", "Multi-Gaussian")  # those whose points carry values instead of classes

DATASET = Names("Dataset", (*DATA_SETS, OWN), "How the points lie in the square, and which class, or value, each has.")

CLASSES = Range(
    "Classes",
    2,
    6,
    "How many classes the points have. Another number builds a new network: it takes as many outputs.",
    integer=True,
)

SAMPLES = Range(
    "Samples",
    50,
    100_000,
    "How many points there are, to learn from and to test on together.",
    "points",
    integer=True,
    logarithmic=True,
)

NOISE = Range(
    "Noise",
    0,
    50,
    "How far chance moves the points, or the places that say their classes: the classes mix.",
    "%",
    integer=True,
)

TRAINING_SHARE = Range(
    "Training share",
    10,
    90,
    "How much of the data the network learns from. It is tested on the rest.",
    "%",
    integer=True,
)

SEED = Range(
    "Seed",
    0,
    LAST_SEED,
    "The start of all chance: the points, the initial weights and the order of the batches.",
    integer=True,
)

DATA_DRAW = Range(
    "Data draw",
    0,
    LAST_DRAW,
    "Which draw of points it is that the seed gives: other points, the same initial weights.",
    integer=True,
)

WEIGHT_DRAW = Range(
    "Weight draw",
    0,
    LAST_DRAW,
    "Which draw of initial weights it is that the seed gives: other weights, the same points.",
    integer=True,
)
