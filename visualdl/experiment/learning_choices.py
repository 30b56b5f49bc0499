"""How a network may start, learn and stop: what each choice of it may be, for an Experiment to be made of."""

from visualdl.experiment.choices import Names, Range

ACTIVATIONS = ("ReLU", "LeakyReLU", "ELU", "SELU", "Sigmoid", "Tanh", "Softplus", "GELU", "Identity")

OPTIMIZER = Names(
    "Optimizer",
    ("SGD", "Momentum", "Nesterov", "Adam", "AdamW", "RMSprop"),
    "How a step is made from the gradient. SGD follows it; momentum, 0.9 of it, remembers the steps before; the last "
    "three give every weight a step length of its own, for which a learning rate of 0.001 is usual.",
)

SCHEDULE = Names(
    "Schedule",
    ("Constant", "Step decay", "Cosine", "Warm-up"),
    "How the learning rate goes on. Step decay halves it every so many epochs, cosine lets it fall smoothly to a "
    "hundredth over so many epochs, warm-up lets it rise from a tenth over so many epochs. Epochs count from the start "
    "of the run.",
)

SCHEDULE_EPOCHS = Range(
    "Schedule epochs",
    1,
    10_000,
    "How many epochs the schedule takes, or, with step decay, waits between two steps.",
    integer=True,
    logarithmic=True,
)

INITIALIZATION = Names(
    "Initialization",
    ("Paper", "Xavier uniform", "Xavier normal", "He uniform", "He normal", "Zeros"),
    "How weights start. The paper draws weights and biases from ±1/√n, n being how many inputs a neuron has; Xavier "
    "and He have another spread, and biases of 0. From zeros, all neurons of a layer stay alike.",
)

BATCH_NORM = Names(
    "Batch norm",
    ("No", "Yes"),
    "Whether the sum of each hidden neuron is brought to mean 0 and deviation 1 over the batch. Pictures and curves "
    "use the mean and deviation seen so far, and so does a batch of a single point.",
)

PENALTY = Names(
    "Penalty",
    ("None", "L1", "L2"),
    "What large weights cost: their size, or half their square; biases are free. It acts on what is learned, and is "
    "not part of the loss on show.",
)

PENALTY_RATE = Range(
    "Penalty rate",
    1e-5,
    10,
    "How much the penalty counts. The loss is a sum over the batch, the penalty is added to it once.",
    logarithmic=True,
)

DROPOUT = Range(
    "Dropout",
    0,
    0.9,
    "The chance that a hidden neuron is left out of a step; the others speak louder meanwhile. Pictures and curves "
    "show all neurons.",
)

STOP_WHEN = Names(
    "Stop when",
    ("Never", "Epochs", "Test error below", "Loss plateau"),
    "When training pauses by itself, at the end of an epoch: after so many epochs, once the test error is below so "
    "many per cent, or once the training loss has not fallen by a thousandth for so many epochs. Training can go on "
    "from there. Seeds go on in any case.",
)

STOP_AT = Range(
    "Stop at",
    0.1,
    100_000,
    "How many epochs, or what per cent of error: see what to stop for.",
    logarithmic=True,
)

STOP_UNITS = {"Epochs": "epochs", "Test error below": "%", "Loss plateau": "epochs"}
"""What to stop for -> the unit of the number to stop at."""

USUAL_STOPS = {"Epochs": 100.0, "Test error below": 5.0, "Loss plateau": 20.0}
"""What to stop for -> the number that stands there when it is chosen."""
