"""What both clients keep in mind: numbers of messages, what was answered, events, what to say again after a new start."""

from __future__ import annotations

import itertools
from collections import deque
from typing import Any, Optional

from . import messages as m
from . import wire


class Conversation:
    """One client's side of a conversation with a world. Does no input or output."""

    def __init__(self, name: Optional[str]) -> None:
        self.name = name
        self.topics: dict[str, m.SubscribeCommand] = {}
        self.answers: dict[int, dict[str, Any]] = {}
        self.events: deque[dict[str, Any]] = deque()
        self._numbers = itertools.count(1)
        self._unasked: set[int] = set()

    def say(self, message: m.Message) -> tuple[int, bytes]:
        """A number for the message, and its bytes."""
        number = next(self._numbers)
        return number, wire.encode(message, number)

    def again(self) -> list[bytes]:
        """What a world that was started anew must be told. Nobody waits for these answers."""
        said = [] if self.name is None else [self.say(m.HelloCommand(client=self.name))]
        said += [self.say(subscription) for subscription in self.topics.values()]
        self._unasked.update(number for number, _ in said)
        return [frame for _, frame in said]

    def hear(self, frame: bytes) -> Optional[int]:
        """Takes in a frame: an event is kept, an answer by its number, which is given."""
        fields = wire.decode(frame)
        number = fields.get("id")
        if isinstance(number, int):
            if number in self._unasked:
                self._unasked.discard(number)
                return None
            self.answers[number] = fields
            return number
        if "event" in fields:
            self.events.append(fields)
            return None
        # The door's own word on a message that was none.
        wire.checked(fields)
        return None
