"""The names of the files that a reproduction consists of."""

FIGURES = ("figure1_relu", "figure2_tanh", "figure3_data", "figure4_training_error", "figure5_distribution")
"""Each of them is there as PNG and as SVG."""

TABLE_1, TABLE_2, RECORD, REPORT = "table1.csv", "table2.csv", "runs.json", "report.md"

FILES = (*(f"{name}.{form}" for name in FIGURES for form in ("png", "svg")), TABLE_1, TABLE_2, RECORD, REPORT)
"""In the order in which they are written: the report, which shows the others, comes last."""
