"""The script of twenty lines, and that the package's models are those of the contract."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from batos import messages as m
from conftest import Served, environment, program

EXAMPLES = Path(__file__).parent.parent / "examples"


def test_the_bare_script(served: Served) -> None:
    said = subprocess.run([sys.executable, str(EXAMPLES / "bare.py"), served.address], capture_output=True, text=True,
                          timeout=60, check=True)
    assert said.stdout.split() == ["lobby", "answer", "42"]


def test_models_are_those_of_the_contract(tmp_path: Path, cache: None) -> None:
    printed = subprocess.run([program(), "bridge", "schema"], env=environment(tmp_path), capture_output=True, text=True,
                             check=True)
    contract = {one["title"]: one for one in json.loads(printed.stdout)["oneOf"]}
    models = {}
    for model in m.Message.__subclasses__():
        models[model.model_fields["command"].default] = model
    # What a screen says is for the browser's side, which has its own.
    assert {name for name in contract if not name.startswith("screen")} == set(models)
    for name in models:
        schema = contract[name]
        fields = models[name].model_fields
        assert set(schema["properties"]) == set(fields), name
        needed = {field for field, info in fields.items() if info.is_required()} | {"command"}
        assert set(schema["required"]) == needed, name
