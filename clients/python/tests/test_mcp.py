"""An agent by the official SDK of the Model Context Protocol goes through tools, resources and prompts."""

from __future__ import annotations

import asyncio
import json
import subprocess
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, AsyncIterator

import pytest

pytest.importorskip("mcp")
import httpx2
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import Implementation

import batos
from conftest import COUNTER, Served, environment, program

AGENT = Implementation(name="scripted agent", version="1")


@asynccontextmanager
async def by_stdio(image: Path, home: Path, *options: str) -> AsyncIterator[ClientSession]:
    server = StdioServerParameters(
        command=program(), args=["mcp", "--no-model", *options, str(image)], env=environment(home))
    with open(home / "agent.log", "w", encoding="utf-8") as log:
        async with stdio_client(server, errlog=log) as (read, write), ClientSession(read, write, client_info=AGENT) as session:
            await session.initialize()
            yield session


def text(result: Any) -> str:
    assert result.content[0].type == "text"
    return result.content[0].text


async def use(session: ClientSession, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await session.call_tool(tool, arguments)
    assert not result.is_error, text(result)
    assert json.loads(text(result)) == result.structured_content
    return result.structured_content


@pytest.fixture
def image(tmp_path: Path, cache: None) -> Path:
    made = tmp_path / "w.batos"
    subprocess.run([program(), "image", "new", str(made)], env=environment(tmp_path), check=True, stdout=subprocess.DEVNULL)
    return made


async def through_all(session: ClientSession) -> None:
    """What an agent does that mends a method."""
    tools = {tool.name: tool for tool in (await session.list_tools()).tools}
    assert {"evaluate", "inspect", "search", "source", "define", "test", "try", "commit", "log", "diff", "undo",
            "branch"} <= set(tools)
    assert tools["try"].annotations.read_only_hint and not tools["define"].annotations.read_only_hint
    assert tools["try"].input_schema["required"] == ["code"]
    await use(session, "evaluate", code=COUNTER + ". 'printed' printLine")
    seen = await use(session, "inspect", receiver="counter")
    assert seen["objects"][str(seen["object"]["ref"])]["slots"]["n"]["value"] == 0
    found = await use(session, "search", kind="implementors", text="up")
    assert found["found"][0]["source"] == "( n: n + 1. n )"
    assert (await use(session, "source", receiver="counter", selector="up"))["slot"]["holder"] == "counter"
    trial = await use(session, "try", code="counter _AddSlots: (| up = ( n: n + 2. n ) |). counter up")
    assert (trial["verdict"], trial["text"]) == ("value", "2")
    refused = await session.call_tool("define", {"receiver": "counter", "slots": "up = ( n: n + 3. n )", "check": "up = 2"})
    assert refused.is_error and "the check answered false" in text(refused)
    await use(session, "define", receiver="counter", slots="up = ( n: n + 2. n )", check="up = 2")
    assert (await use(session, "send", receiver="counter", selector="up"))["value"] == 2
    await use(session, "evaluate", code="counter n: 5", commit=False)
    assert [entry["path"] for entry in (await use(session, "diff"))["differences"]] == ["counter n"]
    await use(session, "commit", message="counted")
    assert "scripted agent" in (await use(session, "log", count=1))["commits"][0]["message"]
    undone = await use(session, "undo")
    assert "undo" in undone["message"]
    assert (await use(session, "evaluate", code="counter n"))["value"] == 2
    assert len((await use(session, "branch", name="aside"))["branches"]) == 2
    await use(session, "evaluate", code="testing suite: 'mine' Tests: (| parent* = traits testSuite. "
              "testUp = ( expect: counter up ToBe: counter n ) |)")
    assert (await use(session, "test", text="mine"))["passed"] is True
    failed = await session.call_tool("evaluate", {"code": "counter frobnicate"})
    assert failed.is_error and "frobnicate" in text(failed)

    resources = {str(resource.uri) for resource in (await session.list_resources()).resources}
    assert {"world:///log", "world:///book/language"} <= resources
    for uri, word in [("world:///log", "scripted agent"), ("world:///objects/counter", "n + 2"),
                      ("world:///objects/traits/list", "addLast:"), ("world:///book/language", "# The language")]:
        assert word in (await session.read_resource(uri)).contents[0].text
    assert (await session.list_resource_templates()).resource_templates[0].uri_template.startswith("world:///objects/")
    with pytest.raises(Exception, match="no chapter"):
        await session.read_resource("world:///book/nowhere")
    assert {prompt.name for prompt in (await session.list_prompts()).prompts} == {"language", "mend"}
    guide = (await session.get_prompt("language")).messages[0].content.text
    assert "Self" in guide and "->" in guide
    mend = (await session.get_prompt("mend", {"receiver": "counter", "selector": "up"})).messages[0].content.text
    assert "counter" in mend and "undo" in mend
    await session.send_ping()

    # A long call tells that it goes on, and can be given up.
    heard: list[str] = []

    async def progress(done: float, total: float | None, message: str | None) -> None:
        heard.append(message or "")

    waited = await session.call_tool(
        "evaluate", {"code": "bridge progress: 1 Of: 2 Message: 'half'. process this sleep: 1300. 3", "commit": False},
        progress_callback=progress)
    assert waited.structured_content["value"] == 3
    assert "half" in heard and any("at work" in message for message in heard), heard
    with pytest.raises(Exception):
        await session.call_tool("evaluate", {"code": "[ true ] whileTrue: [ process this sleep: 1 ]"},
                                read_timeout_seconds=0.3)
    assert (await use(session, "evaluate", code="6 * 7"))["value"] == 42


async def test_an_agent_on_the_standard_streams(image: Path, tmp_path: Path) -> None:
    async with by_stdio(image, tmp_path) as session:
        await through_all(session)
    # What was done is in the image, under the agent's name.
    log = subprocess.run([program(), "image", "log", str(image)], env=environment(tmp_path), capture_output=True, text=True)
    assert "scripted agent" in log.stdout
    assert "printed" in (tmp_path / "agent.log").read_text(), "what the world prints is no message"


async def test_an_agent_that_may_only_look(image: Path, tmp_path: Path) -> None:
    async with by_stdio(image, tmp_path, "--role=look") as session:
        names = {tool.name for tool in (await session.list_tools()).tools}
        assert "evaluate" not in names and "inspect" in names
        refused = await session.call_tool("evaluate", {"code": "3"})
        assert refused.is_error and "needs the role change" in text(refused)


async def test_agents_on_an_http_door(served: Served) -> None:
    with batos.World(served.address) as world:
        invitation = world.evaluate("bridge open: 'http://127.0.0.1:0?role=change'").value
        key = world.evaluate("((bridge doors) at: 1) at: 3").value
    url = invitation.split("/?")[0] + "/mcp"
    async with httpx2.AsyncClient(timeout=30) as nobody:
        hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}
        assert (await nobody.post(url, json=hello)).status_code == 401
        foreign = {"Authorization": f"Bearer {key}", "Origin": "http://evil.example"}
        assert (await nobody.post(url, json=hello, headers=foreign)).status_code == 403
        assert (await nobody.get(url)).status_code == 405
        own = {"Authorization": f"Bearer {key}"}
        assert (await nobody.post(url, content="{", headers=own)).status_code == 400
        assert (await nobody.post(url, json={**hello, "method": "ping"}, headers=own)).status_code == 404
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=30) as http:
        async with streamable_http_client(url, http_client=http) as (read, write):
            async with ClientSession(read, write, client_info=AGENT) as session:
                await session.initialize()
                await through_all(session)


async def test_requests_from_a_pipe_are_answered_before_the_end(image: Path, tmp_path: Path) -> None:
    asked = [{"jsonrpc": "2.0", "id": i, "method": "tools/call",
              "params": {"name": "evaluate", "arguments": {"code": f"{i} * {i}"}}} for i in range(5)]
    said = await asyncio.to_thread(
        subprocess.run, [program(), "mcp", "--no-model", str(image)], env=environment(tmp_path), text=True,
        input="".join(json.dumps(one) + "\n" for one in [*asked, "no message"]), capture_output=True, timeout=60)
    assert said.returncode == 0, said.stderr
    answers = [json.loads(line) for line in said.stdout.splitlines()]
    assert [one["result"]["structuredContent"]["value"] for one in answers if "result" in one] == [i * i for i in range(5)]
    assert [one["error"]["code"] for one in answers if "error" in one] == [-32700]
