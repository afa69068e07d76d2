"""A world for programs that wait for their answers."""

from __future__ import annotations

import time
from typing import Any, Iterable, Iterator, Optional

import zmq
from zmq.utils.monitor import recv_monitor_message

from . import messages as m
from . import wire
from .conversation import Conversation
from .errors import Unanswered


def open_socket(context: Any, address: str) -> tuple[Any, Any]:
    """A DEALER for a world, and the socket that tells when it is connected, and when no longer."""
    socket = context.socket(zmq.DEALER)
    socket.linger = 0
    socket.setsockopt(zmq.HEARTBEAT_IVL, 5000)
    socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, 15000)
    socket.setsockopt(zmq.RECONNECT_IVL, 50)
    socket.setsockopt(zmq.RECONNECT_IVL_MAX, 1000)
    # What is said while nobody hears it would be heard before name and subscriptions are told again.
    socket.immediate = 1
    monitor = socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_DISCONNECTED)
    socket.connect(address)
    return socket, monitor


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
        self._talk = Conversation(name)
        self._socket, self._monitor = open_socket(zmq.Context.instance(), address)
        self._poller = zmq.Poller()
        self._poller.register(self._socket, zmq.POLLIN)
        self._poller.register(self._monitor, zmq.POLLIN)
        self._is_connected = False
        self._was_connected = False
        if name is not None:
            self.hello()

    def close(self) -> None:
        """Goes away. What was not answered yet is not waited for."""
        self._socket.disable_monitor()
        self._monitor.close()
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
        patience = self.timeout if timeout is None else timeout
        numbers = []
        for message in all_messages:
            number, frame = self._talk.say(message)
            numbers.append(number)
            self._send(frame, time.monotonic() + patience)
        for number in numbers:
            end = time.monotonic() + patience
            while number not in self._talk.answers:
                if not self._receive(end - time.monotonic()):
                    # A late answer is dropped by its number, which is not used again.
                    raise Unanswered(f"{self.address} did not answer in time")
            yield wire.checked(self._talk.answers.pop(number))

    def _send(self, frame: bytes, end: float) -> None:
        """Says something as soon as somebody hears it."""
        while True:
            while self._monitor.poll(0):
                self._notice()
            if self._is_connected:
                self._socket.send(frame)
                return
            if not self._receive(end - time.monotonic()):
                raise Unanswered(f"{self.address} can't be reached")

    def _notice(self) -> None:
        """Takes in what the monitor tells."""
        self._is_connected = recv_monitor_message(self._monitor)["event"] == zmq.EVENT_HANDSHAKE_SUCCEEDED
        if not self._is_connected:
            return
        if self._was_connected:
            for frame in self._talk.again():
                self._socket.send(frame)
        self._was_connected = True

    def _receive(self, seconds: Optional[float]) -> bool:
        """Takes in what comes next; false if nothing does in time."""
        wait = None if seconds is None else max(0, int(seconds * 1000))
        ready = dict(self._poller.poll(wait))
        if self._monitor in ready:
            self._notice()
        if self._socket in ready:
            self._talk.hear(self._socket.recv())
        return bool(ready)

    def hello(self) -> dict[str, Any]:
        """Says who this is; what the world can do."""
        return self.ask(m.HelloCommand(client=self.name))

    def evaluate(self, code: str, *, receiver: Optional[m.Receiver] = None, commit: bool = True) -> m.Value:
        """Evaluates code, for the lobby or another object."""
        return m.Value.model_validate(
            self.ask(m.EvaluateCommand(code=code, receiver=receiver, commit=None if commit else False)))

    def attempt(self, code: str, *, receiver: Optional[m.Receiver] = None) -> m.Trial:
        """Evaluates code in a throw-away fork: nothing of it lasts."""
        return m.Trial.model_validate(self.ask(m.TryCommand(code=code, receiver=receiver)))

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

    def search(self, text: str, kind: str = "names", limit: int = 50) -> list[dict[str, Any]]:
        """Slots: implementors or senders of a selector, names or comments that contain a text, or a category."""
        return self.ask(m.SearchCommand(text=text, kind=kind, limit=limit))["found"]

    def source(self, receiver: m.Receiver, selector: Optional[str] = None) -> str:
        """The source of a method, or of a whole object."""
        fields = self.ask(m.SourceCommand(receiver=receiver, selector=selector))
        return fields["source"] if selector is None else fields["slot"].get("source", "")

    def define(self, slots: str, *, receiver: m.Receiver = "lobby", check: Optional[str] = None) -> None:
        """Adds slots, after a fork has taken them and the check has held there. Raises `Refused` otherwise."""
        self.ask(m.DefineCommand(slots=slots, receiver=receiver, check=check))

    def create_method(self, name: str, code: str, *, receiver: m.Receiver = "lobby", comment: str = "") -> dict[str, Any]:
        """Has a method tried and installed. Raises `Refused` if the crucible refuses it."""
        return self.ask(m.CreateMethodCommand(
            method_name=name, method_code=code, receiver=receiver, comment=comment or None))

    def remove_method(self, name: str, *, receiver: m.Receiver = "lobby") -> None:
        """Removes a method."""
        self.ask(m.RemoveMethodCommand(method_name=name, receiver=receiver))

    # -- history -----------------------------------------------------------------------------------

    def commit(self, message: str = "") -> int:
        """Makes the present state durable; the number of the commit."""
        return self.ask(m.CommitCommand(message=message))["commit"]

    def log(self, count: int = 20) -> list[dict[str, Any]]:
        """The latest commits, the newest first."""
        return self.ask(m.LogCommand(count=count))["commits"]

    def diff(self, since: Optional[int] = None) -> list[dict[str, Any]]:
        """What differs between a commit (the latest one) and now."""
        return self.ask(m.DiffCommand(since=since))["differences"]

    def undo(self) -> dict[str, Any]:
        """One step back. Objects by number mean nothing afterwards; those by path do."""
        return self.ask(m.UndoCommand())

    def redo(self) -> dict[str, Any]:
        """Takes an undo back."""
        return self.ask(m.RedoCommand())

    # -- events ------------------------------------------------------------------------------------

    def subscribe(self, topic: str, receiver: Optional[m.Receiver] = None) -> None:
        """From now on `events` gives what happens under this topic; also after the world was started anew."""
        message = m.SubscribeCommand(topic=topic, receiver=receiver)
        self.ask(message)
        self._talk.topics[topic] = message

    def unsubscribe(self, topic: str) -> None:
        """Of this topic nothing more."""
        self._talk.topics.pop(topic, None)
        self.ask(m.UnsubscribeCommand(topic=topic))

    def events(self, timeout: Optional[float] = None) -> Iterator[dict[str, Any]]:
        """What the world tells, as it comes; ends when nothing came for so many seconds."""
        while True:
            end = None if timeout is None else time.monotonic() + timeout
            while not self._talk.events:
                left = None if end is None else end - time.monotonic()
                if left is not None and left <= 0:
                    return
                self._receive(left)
            yield self._talk.events.popleft()


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

    def source(self, selector: Optional[str] = None) -> str:
        """Its source, or that of one of its methods."""
        return self.world.source(self.at, selector)

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(self.world.evaluate("printString", receiver=self.at, commit=False).value)
