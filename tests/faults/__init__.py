"""Faults from around: a process that is killed, a disk that is full, a home that cannot be written, a second window."""
