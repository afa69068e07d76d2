"""What can go wrong between a program and a world."""

from __future__ import annotations

from .messages import ErrorDetails

#: Codes of messages that were not as the contract says, or not allowed: nothing was done.
REFUSALS = {
    "bad_form", "missing_field", "unknown_field", "wrong_type", "wrong_version",
    "unknown_command", "unknown_object", "not_allowed", "refused",
}


class WorldError(Exception):
    """An error that happened in the world. Its trace is that of the world's process."""

    def __init__(self, details: ErrorDetails) -> None:
        super().__init__(details.message)
        self.details = details

    @property
    def code(self) -> str:
        """What programs tell errors apart by."""
        return self.details.code

    def __str__(self) -> str:
        parts = [f"{self.details.message} [{self.details.code}]"]
        if self.details.trace:
            parts.append(self.details.trace.rstrip())
        if self.details.help:
            parts.append(f"help: {self.details.help}")
        return "\n".join(parts)


class Refused(WorldError):
    """The message was not as the contract says, or not allowed. Nothing was done."""


class Unanswered(Exception):
    """No answer came in time. The message may or may not have been performed."""


def of(details: ErrorDetails) -> WorldError:
    """The exception for what an answer tells."""
    return (Refused if details.code in REFUSALS else WorldError)(details)
