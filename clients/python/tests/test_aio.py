"""The client for asyncio."""

from __future__ import annotations

import asyncio

import pytest

import batos
from batos import aio
from batos import messages as m
from conftest import COUNTER, Served


async def test_tasks_ask_at_once(served: Served) -> None:
    async with aio.World(served.address, name="ada") as world:
        await world.evaluate(COUNTER)
        values = await asyncio.gather(*(world["counter"].send("up") for _ in range(50)))
        assert sorted(values) == list(range(1, 51))
        answers = await world.ask_all([m.EvaluateCommand(code=f"{i}", commit=False) for i in range(20)])
        assert [fields["value"] for fields in answers] == list(range(20))
        with pytest.raises(batos.WorldError):
            await world.evaluate("3 frobnicate")
        with pytest.raises(batos.Unanswered):
            await world.ask(m.EvaluateCommand(code="process this sleep: 1500. 1", commit=False), timeout=0.2)
        assert (await world.evaluate("7")).value == 7


async def test_events_are_an_iterator(served: Served) -> None:
    async with aio.World(served.address, name="ada") as world:
        await world.subscribe("commits")
        heard: list[str] = []

        async def listen() -> None:
            async for event in world.events():
                heard.append(event["message"])
                if len(heard) == 3:
                    return

        listener = asyncio.create_task(listen())
        for i in range(3):
            await world.commit(f"number {i}")
        await asyncio.wait_for(listener, 20)
        assert heard == [f"ada: number {i}" for i in range(3)]


async def test_it_goes_on_with_a_world_that_was_started_anew(served: Served) -> None:
    async with aio.World(served.address, name="ada") as world:
        await world.subscribe("commits")
        served.stop()
        served.start()
        await world.commit("again")
        async for event in world.events(timeout=10):
            if event["message"] == "ada: again":
                break
        else:
            pytest.fail("nothing was heard")
