"""The pages of the book that are notebooks really run: their cells, in order, in one namespace. BLESS=1 writes what they show anew."""

from __future__ import annotations

import ast
import contextlib
import inspect
import io
import os
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import Served

BOOK = Path(__file__).parents[3] / "book" / "src"
CELL = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


async def run(source: str, names: dict[str, Any]) -> str:
    """What a cell prints, then what its last expression gives."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = compile(tree, "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        done = eval(code, names)
        if inspect.iscoroutine(done):
            await done
        if last is not None:
            value = eval(compile(ast.Expression(last.value), "cell", "eval", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
            if inspect.iscoroutine(value):
                value = await value
            if value is not None:
                print(repr(value))
    return out.getvalue()


@pytest.mark.parametrize("page", ["notebook.md", "agents.md"])
async def test_the_page_shows_what_it_does(page: str, served: Served) -> None:
    path = BOOK / page
    text = path.read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    parts, at = [], 0
    # The page's world is the test's.
    os.environ["BATOS_DOOR"], os.environ["BATOS_IMAGE_FILE"] = served.address, str(served.home / "agent.batos")
    for found in CELL.finditer(text):
        shown = await run(found[1], names)
        parts.append(text[at:found.start()] + f"```python\n{found[1]}```\n" + (f"\n```text\n{shown}```\n" if shown else ""))
        at = found.end()
    ran = "".join(parts) + text[at:]
    if os.environ.get("BLESS"):
        path.write_text(ran, encoding="utf-8")
    assert ran == text, "BLESS=1 scripts/python.sh writes the page anew"
