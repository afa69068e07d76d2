"""A served world for each test that asks for one."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Iterator

import pytest

COUNTER = "lobby _AddSlots: (| counter = (| parent* = traits oddball. n <- 0. up = ( n: n + 1. n ) |) |)"


def program() -> str:
    """The program under test."""
    named = os.environ.get("BATOS_BIN")
    if not named:
        pytest.skip("BATOS_BIN does not name the program: make test does")
    return named


def environment(home: Path) -> dict[str, str]:
    """As for somebody who has nothing yet; the standard world is made once for all."""
    cache = Path(os.environ.get("BATOS_TEST_CACHE", home / "cache"))
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "NO_COLOR": "1", "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"), "XDG_CACHE_HOME": str(cache),
    }


class Served:
    """A world that is served, and can be stopped and started."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.image = home / "w.batos"
        self.address = f"ipc://{home / 'own' / 'door'}"
        subprocess.run([program(), "image", "new", str(self.image)], env=environment(home), check=True,
                       stdout=subprocess.DEVNULL)
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [program(), "serve", "--no-model", "--zmq", self.address + "?role=change", str(self.image)],
            env=environment(self.home), stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("ready: "), line

    def stop(self, how: int = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ.setdefault("BATOS_TEST_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def served(tmp_path: Path, cache: None) -> Iterator[Served]:
    world = Served(tmp_path)
    yield world
    world.stop()
