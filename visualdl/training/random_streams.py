"""Independent streams of chance from one seed, so that any moment of a run can be made again without its past."""

import hashlib

import torch


def generator(seed: int, purpose: str, number: int = 0) -> torch.Generator:
    """Return the generator that an experiment's `seed` gives to a purpose ("points", "weights", "order" of an epoch).

    The number is that of the draw or epoch, from 0 on. The same arguments give the same stream; different ones give
    streams that have nothing to do with each other.
    """
    digest = hashlib.blake2b(f"{seed}/{purpose}/{number}".encode(), digest_size=4).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest, "big"))
