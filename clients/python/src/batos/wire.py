"""Messages as bytes."""

from __future__ import annotations

from typing import Any

import ormsgpack

from . import errors
from .messages import Answer, Message


def encode(message: Message, number: int) -> bytes:
    """One frame. Fields that were not given are left out, as the contract wants it."""
    fields = message.model_dump(exclude_none=True)
    fields["id"] = number
    return ormsgpack.packb(fields)


def decode(frame: bytes) -> dict[str, Any]:
    """What a frame says."""
    return ormsgpack.unpackb(frame)


def checked(fields: dict[str, Any]) -> dict[str, Any]:
    """An answer that is no error; else its exception."""
    if fields.get("error") is not None:
        details = Answer.model_validate(fields).error
        assert details is not None
        raise errors.of(details)
    return fields
