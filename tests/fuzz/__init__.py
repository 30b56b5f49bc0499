"""Fuzzing: whatever comes in from outside is read, or refused in one sentence, soon and in bounded memory."""
