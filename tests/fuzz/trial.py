"""A trial reads one case after another; each must give a result or one sentence, soon and in bounded memory."""

import resource
import time
from dataclasses import dataclass

from tests.fuzz.readers import Reader

LONGEST_SENTENCE = 500
LONGEST = 1.0  # seconds of computing; a machine that has other things to do may take longer
LARGEST = 500  # megabytes more than before the first case: an array of 64 MB has to be unpacked, and looked at


class BrokenPromiseError(Exception):
    """What a case did that none may do, and which case it was."""


@dataclass
class Result:
    """How many cases there were and how many were refused, the slowest in seconds, the peak memory in megabytes."""

    cases: int = 0
    refused: int = 0
    slowest: float = 0.0
    memory: float = 0.0


def run(reader: Reader, numbers: range, longest: float = LONGEST) -> Result:
    """Read the cases of these numbers, each in `longest` seconds; raise BrokenPromiseError for the first that keeps
    no promise.
    """
    result = Result()
    before = _peak()
    for number in numbers:
        case = reader.case(number)
        result.cases += 1
        start = time.thread_time()
        try:
            reader.read(case)
        except ValueError as refusal:
            result.refused += 1
            fault = fault_of(str(refusal))
        except Exception as error:
            raise _broken(reader, number, case, f"raised {type(error).__name__}: {error}") from error
        else:
            fault = ""
        seconds = time.thread_time() - start
        result.slowest = max(result.slowest, seconds)
        result.memory = max(result.memory, _peak() - before)
        if seconds > longest:
            fault = f"took {seconds:.2f} s"
        if result.memory > LARGEST:
            fault = f"took {result.memory:.0f} MB"
        if fault:
            raise _broken(reader, number, case, fault)
    return result


def fault_of(sentence: str) -> str:
    """Return what is wrong with a refusal, "" if it is one sentence that can be shown."""
    if not sentence.endswith("."):
        return f"is no sentence: {sentence[-300:]!r}"
    if len(sentence.splitlines()) != 1 or not all(sign.isprintable() for sign in sentence):
        return f"is not one line of signs: {sentence[:300]!r}"
    if len(sentence) > LONGEST_SENTENCE:
        return f"has {len(sentence)} signs: {sentence[:300]!r}"
    return ""


def _broken(reader: Reader, number: int, case: object, fault: str) -> BrokenPromiseError:
    return BrokenPromiseError(f"{reader.name}, case {number}: {fault}\nThe case: {repr(case)[:300]}")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
