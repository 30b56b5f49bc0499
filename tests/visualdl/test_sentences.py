"""What others say, fit for a sentence of ours."""

from visualdl.sentences import LONGEST, LONGEST_VALUE, one_line, quoted, sentence


def test_a_value_is_shown_as_python_writes_it_but_no_longer_than_can_be_read():
    assert (quoted(3), quoted("a'b\n")) == ("3", '"a\'b\\n"')
    assert len(quoted("x" * 9999)) == LONGEST_VALUE
    assert quoted("x" * 9999).endswith("x…")


def test_what_a_library_says_ends_as_one_sentence_on_one_line():
    assert sentence("it\nfails\0 badly") == "it fails badly."
    assert sentence("Width must be 1, not 0. - at `$.layers[0]`") == "Width must be 1, not 0 - at `$.layers[0]`."
    assert sentence("Done.") == "Done."
    assert len(sentence("long " * 999)) <= LONGEST + 1


def test_a_label_has_no_sign_that_cannot_be_printed():
    assert one_line(" a\u202eb\tc\ud800 ") == "a b c"
