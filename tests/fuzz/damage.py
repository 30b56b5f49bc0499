"""Damage to what was good: the changes that accidents, other programs and ill will make to bytes, text and JSON."""

import json
from copy import deepcopy
from random import Random
from typing import Any

PIECES = (
    *"\0\n\r\t ,;'\"\\[]{}()=:-+.%#@é²\u200b\ufeff\ud800\U0001f600",
    *("1e999", "-0", "nan", "inf", "1,5", "null", "true", "\\u0000", "9" * 400, "1" + "0" * 5000, "x" * 3000),
    *("[" * 3000, "(" * 300, "{" * 50, "../", "%n%s", "\r\n\r\n", "sep=;", "__import__('os')", "\u202e", "١٢"),
)
"""Text that programs have stumbled over."""

WRONG = (
    *(None, True, False, 0, -1, 1, 3, 1.5, -0.0, 1e308, 10**18, 10**40, -(2**63), "", "0", "x1", "Own", "Tanh", "\0"),
    *("é" * 300, "\ud800", [], {}, [[]], [1], [1.5, 2], [None], ["x1"] * 13, {"": None}, {"a": {"b": []}}),
)
"""Values of every type that JSON has, most of them out of place wherever they stand."""

DEEP = "put here what is nested too deeply"


def damaged(content: bytes, chance: Random) -> bytes:
    """Return `content` after one to four changes: bits flipped, parts lost, doubled, swapped, overwritten or added."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice((1, 1, 2, 4, 30, 1000)))
        part = content[start:end]
        match chance.randrange(7):
            case 0 if part:
                part = bytes([part[0] ^ (1 << chance.randrange(8))]) + part[1:]
            case 1:
                part = b""
            case 2:
                part = part * 3
            case 3:
                content, part = content[:start], b""
                end = start
            case 4:
                part = chance.randbytes(len(part))
            case 5:
                part = (
                    chance.choice((b"\0", b"\xff", b"\x80", b"\xff\xff\xff\x7f", b"\0" * 8, b"\n", b"\xff\xfe")) + part
                )
            case _:
                other = chance.randrange(len(content) + 1)
                part = content[other : other + len(part)]
        content = content[:start] + part + content[end:]
    return content


def scrambled(text: str, chance: Random) -> str:
    """Return `text` after one to four changes: signs lost, doubled or put elsewhere, and pieces that make trouble."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 1, 1, 3, 20)))
        piece = chance.choice(
            ("", text[start:end] * 2, text[end : end + 9], chance.choice(PIECES), chance.choice(PIECES))
        )
        text = text[:start] + piece + text[end:]
    return text


def disarranged(document: Any, chance: Random) -> str:
    """Return JSON of `document` after one to three changes: values of other types, fields lost, renamed or twice."""
    document = json.loads(json.dumps(document))
    for _ in range(chance.randint(1, 3)):
        _change_somewhere(document, chance)
    text = json.dumps(document, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.2:
        text = text.replace("1", chance.choice(("1e999", "NaN", "-Infinity", "1" * 5000, "0x1", "01", "1.")), 1)
    if chance.random() < 0.2:
        text = scrambled(text, chance)
    depth = chance.choice((100, 1000, 100_000))
    opening, closing = chance.choice((("[", "]"), ('{"a":', "}")))
    return text.replace(json.dumps(DEEP), opening * depth + "1" + closing * depth)


def _change_somewhere(document: Any, chance: Random) -> None:
    parent, key = _place(document, chance)
    if parent is None:
        return
    match chance.randrange(5):
        case 0:
            del parent[key]
        case 1 if isinstance(parent, dict):
            parent[scrambled(str(key), chance)] = parent.pop(key)
        case 2:
            parent[key] = DEEP
        case 3 if isinstance(parent[key], str):
            parent[key] = scrambled(parent[key], chance)
        case _:
            parent[key] = deepcopy(chance.choice(WRONG))


def _place(document: Any, chance: Random) -> tuple[Any, Any]:
    """Return a container somewhere in `document`, and one of its keys or indices; None where there is none."""
    parent, key = None, None
    while isinstance(document, (dict, list)) and document:
        parent = document
        key = chance.choice(list(document)) if isinstance(document, dict) else chance.randrange(len(document))
        document = parent[key]
        if chance.random() < 0.3:
            break
    return parent, key
