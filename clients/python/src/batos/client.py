"""A world for programs that wait for their answers."""

from __future__ import annotations

import itertools
from typing import Any, Iterable, Iterator, Optional

import zmq

from . import messages as m
from . import wire
from .errors import Unanswered


class World:
    """A world behind a door. Not for several threads at once: give each its own.

    :param address: as `batos serve` prints it, without its options: ``ipc://PATH`` or ``tcp://127.0.0.1:PORT``.
    :param name: what the log of commits calls this program.
    :param timeout: seconds to wait for an answer.
    """

    def __init__(self, address: str, *, name: Optional[str] = None, timeout: float = 30.0) -> None:
        self.address = address
        self.timeout = timeout
        self.name = name
        self._numbers = itertools.count(1)
        self._context = zmq.Context.instance()
        self._socket = self._connect()
        self._events: list[dict[str, Any]] = []
        if name is not None:
            self.hello()

    def _connect(self) -> zmq.Socket:
        socket = self._context.socket(zmq.DEALER)
        socket.linger = 0
        socket.setsockopt(zmq.HEARTBEAT_IVL, 5000)
        socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, 15000)
        socket.connect(self.address)
        return socket

    def close(self) -> None:
        """Goes away. What was not answered yet is not waited for."""
        self._socket.close()

    def __enter__(self) -> World:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"World({self.address!r})"

    def __getitem__(self, path: m.Receiver) -> Object:
        """An object, by its path of slots from the lobby or by its number."""
        return Object(self, path)

    # -- messages ----------------------------------------------------------------------------------

    def ask(self, message: m.Message, timeout: Optional[float] = None) -> dict[str, Any]:
        """Sends a message and waits for its answer. Raises `WorldError` or `Unanswered`."""
        return next(iter(self.ask_all([message], timeout)))

    def ask_all(self, all_messages: Iterable[m.Message], timeout: Optional[float] = None) -> Iterator[dict[str, Any]]:
        """Sends many at once, then gives their answers in the order of the messages."""
        numbers = []
        for message in all_messages:
            number = next(self._numbers)
            numbers.append(number)
            self._socket.send(wire.encode(message, number))
        got: dict[int, dict[str, Any]] = {}
        for number in numbers:
            while number not in got:
                fields = self._receive(self.timeout if timeout is None else timeout)
                if fields.get("id") is None and "event" in fields:
                    self._events.append(fields)
                elif fields.get("id") is None:
                    wire.checked(fields)
                else:
                    got[fields["id"]] = fields
            yield wire.checked(got.pop(number))

    def _receive(self, timeout: float) -> dict[str, Any]:
        if not self._socket.poll(max(0, int(timeout * 1000))):
            # Late answers to this socket would be taken for those of later messages' numbers only if numbers came again: they don't.
            raise Unanswered(f"{self.address} did not answer within {timeout:g} s")
        return wire.decode(self._socket.recv())

    def hello(self) -> dict[str, Any]:
        """Says who this is; what the world can do."""
        return self.ask(m.HelloCommand(client=self.name))

    def evaluate(self, code: str, *, receiver: Optional[m.Receiver] = None, commit: bool = True) -> m.Value:
        """Evaluates code, for the lobby or another object."""
        return m.Value.model_validate(
            self.ask(m.EvaluateCommand(code=code, receiver=receiver, commit=None if commit else False)))

    def send(self, receiver: m.Receiver, selector: str, *arguments: Any, commit: bool = True) -> Any:
        """Sends an object a message; the value as plain data, or as an `Object`."""
        fields = self.ask(m.SendCommand(
            receiver=receiver, selector=selector, arguments=list(arguments) or None, commit=None if commit else False))
        return self._value(fields["value"])

    def _value(self, value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"ref", "name"}:
            return Object(self, value["ref"], value["name"])
        return value

    def inspect(self, receiver: m.Receiver = "lobby", depth: int = 1) -> dict[str, Any]:
        """One object and what lies around it."""
        return self.ask(m.InspectCommand(receiver=receiver, depth=depth))

    def full_state(self) -> m.UvmStateUpdateEvent:
        """The objects around the lobby."""
        return m.UvmStateUpdateEvent.model_validate(self.ask(m.GetFullStateCommand()))

    def create_method(self, name: str, code: str, *, receiver: m.Receiver = "lobby", comment: str = "") -> dict[str, Any]:
        """Has a method tried and installed. Raises `Refused` if the crucible refuses it."""
        return self.ask(m.CreateMethodCommand(
            method_name=name, method_code=code, receiver=receiver, comment=comment or None))

    def remove_method(self, name: str, *, receiver: m.Receiver = "lobby") -> None:
        """Removes a method."""
        self.ask(m.RemoveMethodCommand(method_name=name, receiver=receiver))

    def commit(self, message: str = "") -> int:
        """Makes the present state durable; the number of the commit."""
        return self.ask(m.CommitCommand(message=message))["commit"]

    def log(self, count: int = 20) -> list[dict[str, Any]]:
        """The latest commits, the newest first."""
        return self.ask(m.LogCommand(count=count))["commits"]


class Object:
    """An object of a world, by path or number. It is not a copy: every question goes to the world."""

    def __init__(self, world: World, at: m.Receiver, name: str = "") -> None:
        self.world = world
        self.at = at
        self.name = name or str(at)

    def send(self, selector: str, *arguments: Any, commit: bool = True) -> Any:
        """Sends it a message."""
        return self.world.send(self.at, selector, *arguments, commit=commit)

    def evaluate(self, code: str, *, commit: bool = True) -> m.Value:
        """Evaluates code with it as self."""
        return self.world.evaluate(code, receiver=self.at, commit=commit)

    def inspect(self, depth: int = 1) -> dict[str, Any]:
        """Its slots, and what lies around it."""
        return self.world.inspect(self.at, depth)

    def __repr__(self) -> str:
        return f"<{self.name}>"
