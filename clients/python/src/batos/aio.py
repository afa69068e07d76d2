"""A world for programs on asyncio: the same messages as `batos.World`, awaited."""

from __future__ import annotations

import asyncio
from typing import Any, AsyncIterator, Iterable, Optional

import zmq
import zmq.asyncio
from zmq.utils.monitor import parse_monitor_message

from . import messages as m
from . import wire
from .client import open_socket
from .conversation import Conversation
from .errors import Unanswered


class World:
    """A world behind a door, for one event loop; any number of tasks may ask at once.

    Use it as ``async with World(…) as world``.

    :param address: as `batos serve` prints it, without its options: ``ipc://PATH`` or ``tcp://127.0.0.1:PORT``.
    :param name: what the log of commits calls this program.
    :param timeout: seconds to wait for an answer.
    """

    def __init__(self, address: str, *, name: Optional[str] = None, timeout: float = 30.0) -> None:
        self.address = address
        self.timeout = timeout
        self.name = name
        self._talk = Conversation(name)
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._happened = asyncio.Event()
        self._connected = asyncio.Event()
        self._was_connected = False
        self._noticing = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> World:
        """Begins to listen, and says who this is."""
        self._socket, self._monitor = open_socket(zmq.asyncio.Context.instance(), self.address)
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._watch())]
        if self.name is not None:
            await self.hello()
        return self

    async def close(self) -> None:
        """Goes away. What was not answered yet is not waited for."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._socket.disable_monitor()
        self._monitor.close()
        self._socket.close()

    async def __aenter__(self) -> World:
        return await self.open()

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _listen(self) -> None:
        while True:
            number = self._talk.hear(await self._socket.recv())
            if number is not None:
                waiting = self._waiting.pop(number, None)
                if waiting is None or waiting.done():
                    # Nobody waits for it any more.
                    self._talk.answers.pop(number, None)
                else:
                    waiting.set_result(None)
            if self._talk.events:
                self._happened.set()

    async def _watch(self) -> None:
        while True:
            await self._monitor.poll()
            await self._notice()

    async def _notice(self) -> None:
        """Takes in what the monitor has to tell. A world that was started anew is told again who this is, before anything else."""
        async with self._noticing:
            while await self._monitor.poll(0):
                event = parse_monitor_message(await self._monitor.recv_multipart())["event"]
                if event != zmq.EVENT_HANDSHAKE_SUCCEEDED:
                    self._connected.clear()
                    continue
                if self._was_connected:
                    for frame in self._talk.again():
                        await self._socket.send(frame)
                self._was_connected = True
                self._connected.set()

    def __repr__(self) -> str:
        return f"World({self.address!r})"

    def __getitem__(self, path: m.Receiver) -> Object:
        """An object, by its path of slots from the lobby or by its number."""
        return Object(self, path)

    # -- messages ----------------------------------------------------------------------------------

    async def ask(self, message: m.Message, timeout: Optional[float] = None) -> dict[str, Any]:
        """Sends a message and waits for its answer. Raises `WorldError` or `Unanswered`."""
        number, frame = self._talk.say(message)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        waiting = self._waiting[number]

        async def said_and_answered() -> None:
            await self._notice()
            await self._connected.wait()
            await self._socket.send(frame)
            await waiting

        try:
            await asyncio.wait_for(said_and_answered(), self.timeout if timeout is None else timeout)
        except asyncio.TimeoutError:
            raise Unanswered(f"{self.address} did not answer in time") from None
        finally:
            self._waiting.pop(number, None)
        return wire.checked(self._talk.answers.pop(number))

    async def ask_all(self, all_messages: Iterable[m.Message], timeout: Optional[float] = None) -> list[dict[str, Any]]:
        """Sends many at once, then gives their answers in the order of the messages."""
        return list(await asyncio.gather(*(self.ask(message, timeout) for message in all_messages)))

    async def hello(self) -> dict[str, Any]:
        """Says who this is; what the world can do."""
        return await self.ask(m.HelloCommand(client=self.name))

    async def evaluate(self, code: str, *, receiver: Optional[m.Receiver] = None, commit: bool = True) -> m.Value:
        """Evaluates code, for the lobby or another object."""
        return m.Value.model_validate(
            await self.ask(m.EvaluateCommand(code=code, receiver=receiver, commit=None if commit else False)))

    async def attempt(self, code: str, *, receiver: Optional[m.Receiver] = None) -> m.Trial:
        """Evaluates code in a throw-away fork: nothing of it lasts."""
        return m.Trial.model_validate(await self.ask(m.TryCommand(code=code, receiver=receiver)))

    async def send(self, receiver: m.Receiver, selector: str, *arguments: Any, commit: bool = True) -> Any:
        """Sends an object a message; the value as plain data, or as an `Object`."""
        fields = await self.ask(m.SendCommand(
            receiver=receiver, selector=selector, arguments=list(arguments) or None, commit=None if commit else False))
        return self._value(fields["value"])

    def _value(self, value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"ref", "name"}:
            return Object(self, value["ref"], value["name"])
        return value

    async def inspect(self, receiver: m.Receiver = "lobby", depth: int = 1) -> dict[str, Any]:
        """One object and what lies around it."""
        return await self.ask(m.InspectCommand(receiver=receiver, depth=depth))

    async def full_state(self) -> m.UvmStateUpdateEvent:
        """The objects around the lobby."""
        return m.UvmStateUpdateEvent.model_validate(await self.ask(m.GetFullStateCommand()))

    async def search(self, text: str, kind: str = "names", limit: int = 50) -> list[dict[str, Any]]:
        """Slots: implementors or senders of a selector, names or comments that contain a text, or a category."""
        return (await self.ask(m.SearchCommand(text=text, kind=kind, limit=limit)))["found"]

    async def source(self, receiver: m.Receiver, selector: Optional[str] = None) -> str:
        """The source of a method, or of a whole object."""
        fields = await self.ask(m.SourceCommand(receiver=receiver, selector=selector))
        return fields["source"] if selector is None else fields["slot"].get("source", "")

    async def define(self, slots: str, *, receiver: m.Receiver = "lobby", check: Optional[str] = None) -> None:
        """Adds slots, after a fork has taken them and the check has held there. Raises `Refused` otherwise."""
        await self.ask(m.DefineCommand(slots=slots, receiver=receiver, check=check))

    async def create_method(self, name: str, code: str, *, receiver: m.Receiver = "lobby", comment: str = "") -> dict[str, Any]:
        """Has a method tried and installed. Raises `Refused` if the crucible refuses it."""
        return await self.ask(m.CreateMethodCommand(
            method_name=name, method_code=code, receiver=receiver, comment=comment or None))

    async def remove_method(self, name: str, *, receiver: m.Receiver = "lobby") -> None:
        """Removes a method."""
        await self.ask(m.RemoveMethodCommand(method_name=name, receiver=receiver))

    # -- history -----------------------------------------------------------------------------------

    async def commit(self, message: str = "") -> int:
        """Makes the present state durable; the number of the commit."""
        return (await self.ask(m.CommitCommand(message=message)))["commit"]

    async def log(self, count: int = 20) -> list[dict[str, Any]]:
        """The latest commits, the newest first."""
        return (await self.ask(m.LogCommand(count=count)))["commits"]

    async def diff(self, since: Optional[int] = None) -> list[dict[str, Any]]:
        """What differs between a commit (the latest one) and now."""
        return (await self.ask(m.DiffCommand(since=since)))["differences"]

    async def undo(self) -> dict[str, Any]:
        """One step back. Objects by number mean nothing afterwards; those by path do."""
        return await self.ask(m.UndoCommand())

    async def redo(self) -> dict[str, Any]:
        """Takes an undo back."""
        return await self.ask(m.RedoCommand())

    # -- events ------------------------------------------------------------------------------------

    async def subscribe(self, topic: str, receiver: Optional[m.Receiver] = None) -> None:
        """From now on `events` gives what happens under this topic; also after the world was started anew."""
        message = m.SubscribeCommand(topic=topic, receiver=receiver)
        await self.ask(message)
        self._talk.topics[topic] = message

    async def unsubscribe(self, topic: str) -> None:
        """Of this topic nothing more."""
        self._talk.topics.pop(topic, None)
        await self.ask(m.UnsubscribeCommand(topic=topic))

    async def events(self, timeout: Optional[float] = None) -> AsyncIterator[dict[str, Any]]:
        """What the world tells, as it comes; ends when nothing came for so many seconds."""
        while True:
            while not self._talk.events:
                self._happened.clear()
                try:
                    await asyncio.wait_for(self._happened.wait(), timeout)
                except asyncio.TimeoutError:
                    return
            yield self._talk.events.popleft()


class Object:
    """An object of a world, by path or number. It is not a copy: every question goes to the world."""

    def __init__(self, world: World, at: m.Receiver, name: str = "") -> None:
        self.world = world
        self.at = at
        self.name = name or str(at)

    async def send(self, selector: str, *arguments: Any, commit: bool = True) -> Any:
        """Sends it a message."""
        return await self.world.send(self.at, selector, *arguments, commit=commit)

    async def evaluate(self, code: str, *, commit: bool = True) -> m.Value:
        """Evaluates code with it as self."""
        return await self.world.evaluate(code, receiver=self.at, commit=commit)

    async def inspect(self, depth: int = 1) -> dict[str, Any]:
        """Its slots, and what lies around it."""
        return await self.world.inspect(self.at, depth)

    async def source(self, selector: Optional[str] = None) -> str:
        """Its source, or that of one of its methods."""
        return await self.world.source(self.at, selector)

    def __repr__(self) -> str:
        return f"<{self.name}>"
