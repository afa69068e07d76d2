"""The messages as pydantic models. `batos bridge schema` prints what a world really takes."""

from __future__ import annotations

from typing import Any, Literal, Optional, Union

from pydantic import BaseModel, ConfigDict

#: A path of slots from the lobby, or the number of an object that the world told of.
Receiver = Union[str, int]


class Message(BaseModel):
    """What all messages have."""

    model_config = ConfigDict(extra="forbid")

    id: Optional[Union[int, str]] = None
    version: Optional[int] = None


class GetFullStateCommand(Message):
    """The objects around the lobby."""

    command: Literal["get_full_state"] = "get_full_state"
    depth: Optional[int] = None


class CreateMethodCommand(Message):
    """Has a method tried by the crucible, and installed if it passes."""

    command: Literal["create_method"] = "create_method"
    method_name: str
    method_code: str
    receiver: Optional[Receiver] = None
    comment: Optional[str] = None


class RemoveMethodCommand(Message):
    """Removes a method."""

    command: Literal["remove_method"] = "remove_method"
    method_name: str
    receiver: Optional[Receiver] = None


class HelloCommand(Message):
    """Says who speaks."""

    command: Literal["hello"] = "hello"
    client: Optional[str] = None


class EvaluateCommand(Message):
    """Evaluates code for an object."""

    command: Literal["evaluate"] = "evaluate"
    code: str
    receiver: Optional[Receiver] = None
    commit: Optional[bool] = None


class SendCommand(Message):
    """Sends an object a message."""

    command: Literal["send"] = "send"
    selector: str
    receiver: Optional[Receiver] = None
    arguments: Optional[list[Any]] = None
    commit: Optional[bool] = None


class InspectCommand(Message):
    """One object and what lies around it."""

    command: Literal["inspect"] = "inspect"
    receiver: Optional[Receiver] = None
    depth: Optional[int] = None


class CommitCommand(Message):
    """Makes the present state durable."""

    command: Literal["commit"] = "commit"
    message: Optional[str] = None


class LogCommand(Message):
    """The latest commits."""

    command: Literal["log"] = "log"
    count: Optional[int] = None


class SearchCommand(Message):
    """Looks for slots."""

    command: Literal["search"] = "search"
    text: str
    kind: Optional[str] = None
    limit: Optional[int] = None


class SourceCommand(Message):
    """The source of a slot or a whole object."""

    command: Literal["source"] = "source"
    receiver: Optional[Receiver] = None
    selector: Optional[str] = None


class TryCommand(Message):
    """Evaluates code in a throw-away fork."""

    command: Literal["try"] = "try"
    code: str
    receiver: Optional[Receiver] = None


class DefineCommand(Message):
    """Adds slots after they have passed in a fork."""

    command: Literal["define"] = "define"
    slots: str
    receiver: Optional[Receiver] = None
    check: Optional[str] = None


class TestCommand(Message):
    """Runs the world's own tests in a fork."""

    __test__ = False

    command: Literal["test"] = "test"
    text: Optional[str] = None


class DiffCommand(Message):
    """What differs between a commit and now."""

    command: Literal["diff"] = "diff"
    since: Optional[int] = None


class UndoCommand(Message):
    """One step back in history."""

    command: Literal["undo"] = "undo"


class RedoCommand(Message):
    """Takes an undo back."""

    command: Literal["redo"] = "redo"


class BranchCommand(Message):
    """Lists branches, makes one, goes to one."""

    command: Literal["branch"] = "branch"
    name: Optional[str] = None
    switch: Optional[bool] = None


class ProposalsCommand(Message):
    """The proposals of the mind that wait for an answer."""

    command: Literal["proposals"] = "proposals"


class AnswerProposalCommand(Message):
    """Whether a proposal is installed; with "edit", another text instead."""

    command: Literal["answer_proposal"] = "answer_proposal"
    number: int
    answer: Literal["yes", "no", "edit"]
    code: Optional[str] = None


class SubscribeCommand(Message):
    """Asks to be told what happens under a topic."""

    command: Literal["subscribe"] = "subscribe"
    topic: str
    receiver: Optional[Receiver] = None


class UnsubscribeCommand(Message):
    """Asks to be told no more."""

    command: Literal["unsubscribe"] = "unsubscribe"
    topic: Optional[str] = None


class CancelCommand(Message):
    """Ends an earlier message, by its id."""

    command: Literal["cancel"] = "cancel"
    cancel: Union[int, str]


class Trial(BaseModel):
    """What came of code in a fork: how it ended, the value's text or the complaint, what was printed, what it would change."""

    verdict: Literal["value", "error", "syntax", "endless", "memory"]
    text: str
    output: str = ""
    fuel: int = 0
    microseconds: int = 0
    changes: list[str] = []


class ErrorDetails(BaseModel):
    """What went wrong, for programs and for people."""

    code: str
    message: str
    help: Optional[str] = None
    trace: Optional[str] = None


class UvmStateUpdateEvent(BaseModel):
    """The state of a world: objects by number, and which is the root."""

    model_config = ConfigDict(extra="allow")

    state: dict[str, Any]


class Value(BaseModel):
    """A value, as plain data where it is plain data, and as the world prints it."""

    value: Any = None
    text: str = ""

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(self.text)


class Answer(BaseModel):
    """Any answer: its error, or what else it has."""

    model_config = ConfigDict(extra="allow")

    id: Optional[Union[int, str]] = None
    error: Optional[ErrorDetails] = None
