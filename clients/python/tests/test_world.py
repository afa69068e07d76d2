"""The client that waits for its answers."""

from __future__ import annotations

import signal

import pytest

import batos
from batos import messages as m
from conftest import COUNTER, Served


def test_objects_by_path_and_number(served: Served) -> None:
    with batos.World(served.address, name="ada") as world:
        world.evaluate(COUNTER)
        counter = world["counter"]
        assert counter.send("up") == 1
        assert counter.evaluate("n").value == 1
        child = world.evaluate("counter").value
        assert set(child) == {"ref", "name"}
        again = world[child["ref"]]
        assert again.send("up") == 2
        seen = counter.inspect()
        assert seen["objects"][str(seen["object"]["ref"])]["slots"]["n"]["value"] == 2
        assert "up" in counter.source() and "n + 1" in counter.source("up")
        assert world.full_state().state["root"]["name"] == "lobby"
        assert any("ada" in entry["message"] for entry in world.log())
        assert repr(counter) == "<counter>"


def test_many_at_once_come_back_in_order(served: Served) -> None:
    with batos.World(served.address) as world:
        asked = [m.EvaluateCommand(code=f"{i} * 2", commit=False) for i in range(200)]
        assert [fields["value"] for fields in world.ask_all(asked)] == [i * 2 for i in range(200)]


def test_errors_tell_code_words_and_trace(served: Served) -> None:
    with batos.World(served.address) as world:
        with pytest.raises(batos.WorldError) as caught:
            world.evaluate("3 frobnicate")
        assert "frobnicate" in str(caught.value) and caught.value.details.trace
        with pytest.raises(batos.Refused) as refused:
            world.create_method("zork", "( 3 + )")
        assert refused.value.code == "refused"
        with pytest.raises(batos.Refused) as refused:
            world.inspect("no such thing")
        assert refused.value.code == "unknown_object"
        with pytest.raises(batos.Unanswered):
            world.ask(m.EvaluateCommand(code="process this sleep: 1500. 1", commit=False), timeout=0.2)
        assert world.evaluate("5").value == 5, "a late answer is not taken for another's"


def test_a_fork_an_installation_and_undo(served: Served) -> None:
    with batos.World(served.address, name="smith") as world:
        world.evaluate(COUNTER)
        trial = world.attempt("counter _AddSlots: (| down = ( n: n - 1. n ) |). counter down")
        assert (trial.verdict, trial.text) == ("value", "-1")
        with pytest.raises(batos.WorldError):
            world.send("counter", "down")
        with pytest.raises(batos.Refused):
            world.define("down = ( n: n - 2. n )", receiver="counter", check="down = -1")
        world.define("down = ( n: n - 1. n )", receiver="counter", check="down = -1")
        assert world["counter"].send("down", commit=False) == -1
        assert [entry["path"] for entry in world.diff()] == ["counter n"]
        world.commit("down")
        before = world.log(1)[0]["number"]
        undone = world.undo()
        assert undone["commit"] > before and world.evaluate("counter n", commit=False).value == 0
        world.undo()
        with pytest.raises(batos.WorldError):
            world.send("counter", "down")
        assert world.ask(m.HelloCommand())["role"] == "change"


def test_events_and_a_world_that_was_started_anew(served: Served) -> None:
    with batos.World(served.address, name="ada") as world:
        world.subscribe("commits")
        world.evaluate("lobby _AddSlots: (| kept = 5 |)")
        assert next(world.events(timeout=10))["event"] == "commit"
        served.stop(signal.SIGKILL)
        served.start()
        assert world.evaluate("kept").value == 5, "it is found again, and what it acknowledged is there"
        world.evaluate("lobby _AddSlots: (| more = 6 |)")
        told = [event["message"] for event in world.events(timeout=1)]
        assert any("ada" in text for text in told), "name and subscription were told to the new one"
        world.unsubscribe("commits")
        world.commit("unheard")
        assert list(world.events(timeout=0.3)) == []
