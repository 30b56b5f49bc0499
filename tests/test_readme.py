"""What the README says of minidl is true: its example runs and learns, its table leaves no part out."""

import re
from pathlib import Path

import minidl

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_no_text_has_marks_of_a_conflict():
    root = Path(__file__).parent.parent
    texts = [*root.glob("*.md"), *root.glob("*.toml"), *root.glob("*.txt"), root / "Makefile", root / ".ci" / "run"]
    assert len(texts) > 5
    for text in texts:
        assert not re.search(r"^(<<<<<<<|=======$|>>>>>>>)", text.read_text(encoding="utf-8"), re.MULTILINE), text.name


def test_the_example_trains_the_papers_network(capsys):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 11
    losses = [float(line.rsplit(maxsplit=1)[1]) for line in lines[:-1]]
    assert losses[-1] < 0.5 * losses[0]
    assert float(re.fullmatch(r"test error ([\d.]+)%", lines[-1])[1]) < 15


def test_the_table_names_every_part():
    named = set(re.findall(r"`(\w+)`", README))
    assert set(minidl.__all__) - named == set()
