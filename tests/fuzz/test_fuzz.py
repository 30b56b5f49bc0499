"""The first two hundred cases of each reader; `make fuzz` has ten thousand."""

import pytest

from tests.fuzz.readers import NAMES, reader
from tests.fuzz.trial import fault_of, run

HANG = 20.0  # seconds: how fast readers are is for `make fuzz` to say, on a machine that does nothing else


@pytest.mark.no_qt_log  # Qt has words of its own for damaged settings
@pytest.mark.parametrize("name", NAMES)
def test_whatever_comes_in_is_read_or_refused_in_one_sentence(name, tmp_path, request):
    if name == "settings":
        request.getfixturevalue("qapp")
    with reader(name, tmp_path) as found:
        result = run(found, range(200), HANG)
    assert 5 < result.refused < 200 or name == "settings", "cases should be of both kinds"


@pytest.mark.parametrize("refusal", ["", "no end", "two\nlines.", "\0.", "x" * 1000 + "."])
def test_what_is_no_sentence_is_a_fault(refusal):
    assert fault_of(refusal)
    assert not fault_of("One sentence.")
