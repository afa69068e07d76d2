"""What all families share: the entry, its variants, and Self literals.

A family calls `m(kind, selectors, comments, body, reference, cases)`. `reference` is the method in Python;
it is what makes a test: the Self body must give, for every case, what the reference gives.
"""
import random
import re

RNG = random.Random(20)
ENTRIES = []

# Argument names by kind; the first is what the system itself uses when a message had no names.
NAMES = {
    "i": ["n", "n", "n", "m", "k", "aNumber", "other"],
    "f": ["x", "x", "y", "aNumber"],
    "s": ["s", "s", "t", "aString", "other"],
    "c": ["c", "c", "d", "other", "aCollection"],
    "b": ["b", "aBoolean"],
    "k": ["blk", "blk", "aBlock", "b"],
    "x": ["x", "x", "e", "other", "anObject"],
    "p": ["p", "other", "aPoint"],
}

WHERE = {
    "integer": "traits integer", "float": "traits float", "string": "traits string",
    "vector": "traits vector", "list": "traits list", "dictionary": "traits dictionary",
    "set": "traits set", "boolean": "traits boolean", "point": "traits point",
    "rectangle": "traits rectangle", "block": "traits block",
}


class Raw(str):
    """A Self expression that stands for itself in a test."""


def lit(v, kind=None):
    """A Python value as a Self expression."""
    if isinstance(v, Raw):
        return str(v)
    if v is True:
        return "true"
    if v is False:
        return "false"
    if v is None:
        return "nil"
    if isinstance(v, int):
        return str(v) if v >= 0 else "(%d)" % v
    if isinstance(v, float):
        return repr(v) if v >= 0 else "(%r)" % v
    if isinstance(v, str):
        return "'" + v.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
    if isinstance(v, tuple):
        return "(%s @ %s)" % (lit(v[0]), lit(v[1]))
    if isinstance(v, (set, frozenset)):
        return set_lit(v)
    if isinstance(v, dict):
        out = "dictionary copyRemoveAll"
        for k in v:
            out = "(%s at: %s Put: %s)" % (out, lit(k), lit(v[k]))
        return "(%s)" % out
    if isinstance(v, list):
        if kind == "list":
            out = "list copyRemoveAll"
            for e in v:
                out = "(%s addLast: %s)" % (out, lit(e))
            return "(%s)" % out
        if not v:
            return "(vector copySize: 0)"
        if len(v) == 1:
            return "(vector copySize: 1 FillingWith: %s)" % lit(v[0])
        return "((%s) asVector)" % " & ".join(lit(e) for e in v)
    raise ValueError(v)


def set_lit(v):
    out = "set copyRemoveAll"
    for e in sorted(v):
        out = "(%s add: %s)" % (out, lit(e))
    return "(%s)" % out


def value(v, kind):
    return set_lit(v) if isinstance(v, (set, frozenset)) else lit(v, kind)


def signature(selector, kinds, body=""):
    """`at:Put:` and 'ix' become `at: n Put: x` and the names in order; none that the body uses for something else."""
    if not kinds:
        return selector, []
    names, used = [], set(re.findall(r"[A-Za-z]+", body))
    for k in kinds:
        options = [n for n in NAMES[k] if n not in names and n not in used]
        names.append(RNG.choice(options))
    if not selector[0].isalpha():
        return "%s %s" % (selector, names[0]), names
    parts = re.findall(r"[a-zA-Z0-9_]+:", selector)
    assert len(parts) == len(kinds), (selector, kinds)
    return " ".join("%s %s" % p for p in zip(parts, names)), names


def fill(body, names):
    for i, n in enumerate(names):
        body = body.replace("$%d" % (i + 1), n)
    assert not re.search(r"\$\d", body), body
    return body


def call(selector, receiver, args):
    if not args:
        return "%s %s" % (receiver, selector)
    if not selector[0].isalpha():
        return "%s %s %s" % (receiver, selector, args[0])
    parts = re.findall(r"[a-zA-Z0-9_]+:", selector)
    return receiver + "".join(" %s %s" % p for p in zip(parts, args))


def wrap(body):
    body = body.strip()
    return "(%s )" % body if body.startswith("|") else "( %s )" % body


def m(kind, selectors, comments, body, ref, cases, args="", out=None, keep=3):
    """Adds a method under up to `keep` of its names."""
    names = [s.strip() for s in selectors.split("/")]
    comments = [c.strip() for c in comments.split("/") if c.strip()]
    base = kind.split()[0]
    for i, sel in enumerate(names[:keep]):
        sig, formal = signature(sel, args, body)
        text = wrap(fill(body, formal))
        tests = []
        for case in cases:
            case = case if isinstance(case, tuple) and args else (case,)
            want = ref(*case)
            actual = [value(a, base) if j == 0 else lit(a, base) for j, a in enumerate(case)]
            tests.append([call(sel, actual[0], actual[1:]), value(want, out or base)])
        comment = comments[i % len(comments)] if comments and (i % 3 != 2) and RNG.random() < 0.8 else None
        add(kind, WHERE[base], sig, sel, comment, text, tests, None)


def add(receiver, where, sig, sel, comment, body, tests, setup):
    e = {"receiver": receiver, "where": where, "selector": sig, "name": sel}
    if setup:
        e["setup"] = setup
    if comment:
        e["comment"] = comment
    e["body"] = body
    e["tests"] = tests
    ENTRIES.append(e)
