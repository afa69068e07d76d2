#!/usr/bin/env python3
"""Writes the corpus: `python3 mind/corpus/generate.py > mind/corpus/corpus.jsonl`.

Every entry is one method: receiver, selector with argument names, perhaps a comment, body, tests. Nothing here
shares a selector or a body with the evaluation set (`tests/mind/dev.jsonl` and its solutions): such entries are dropped.
"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import core
import family_collections
import family_numbers
import family_objects
import family_strings
from reserved import BODIES, SELECTORS


def main():
    for family in (family_numbers, family_strings, family_collections, family_objects):
        family.family()
    seen, kept, dropped = set(), [], 0
    for e in core.ENTRIES:
        name = e.pop("name")
        key = (e["receiver"], name, e["body"])
        if key in seen:
            continue
        seen.add(key)
        if name in SELECTORS or e["body"] in BODIES:
            dropped += 1
            continue
        kept.append(e)
    core.RNG.shuffle(kept)
    for i, e in enumerate(kept):
        print(json.dumps({"id": i + 1, **e}, ensure_ascii=False))
    sys.stderr.write("%d entries, %d different bodies, %d selectors, %d dropped for the evaluation set\n" % (
        len(kept), len({e["body"] for e in kept}), len({e["selector"] for e in kept}), dropped))


main()
