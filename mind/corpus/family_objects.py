"""Domain objects with slots: accessors, mutators, tests, totals, conversions, delegation.

An object is a name and its slots; templates for each kind of slot give methods whose words follow the slot's name.
Every test works on a fresh copy of the object.
"""
import re

from core import RNG, add, fill, lit, signature, wrap

# name: slots (name, kind, value)
OBJECTS = {
    "account": [("balance", "i", 100), ("owner", "s", "ann")],
    "wallet": [("cash", "i", 50), ("currency", "s", "euro")],
    "counter": [("count", "i", 3), ("step", "i", 2)],
    "thermometer": [("degrees", "i", 20), ("limit", "i", 30)],
    "temperature": [("celsius", "i", 25)],
    "rectangle": [("width", "i", 4), ("height", "i", 6)],
    "square": [("side", "i", 5)],
    "circle": [("radius", "i", 3)],
    "cube": [("edge", "i", 3)],
    "box": [("length", "i", 2), ("width", "i", 3), ("height", "i", 4)],
    "triangle": [("base", "i", 6), ("height", "i", 4)],
    "person": [("name", "s", "bob"), ("age", "i", 30)],
    "employee": [("name", "s", "eve"), ("salary", "i", 2000), ("bonus", "i", 100)],
    "student": [("name", "s", "tom"), ("grades", "l", [3, 5, 4])],
    "course": [("title", "s", "logic"), ("students", "l", ["ann", "bob"])],
    "product": [("name", "s", "lamp"), ("price", "i", 20), ("quantity", "i", 5)],
    "item": [("label", "s", "pen"), ("price", "i", 2)],
    "cart": [("prices", "l", [5, 10, 20])],
    "order": [("customer", "s", "kim"), ("amounts", "l", [3, 7]), ("paid", "b", False)],
    "invoice": [("amount", "i", 80), ("tax", "i", 19), ("paid", "b", False)],
    "stack": [("items", "l", [1, 2, 3])],
    "queue": [("elements", "l", [4, 5])],
    "inventory": [("stock", "l", [2, 9, 4]), ("capacity", "i", 20)],
    "warehouse": [("boxes", "i", 12), ("capacity", "i", 40)],
    "tank": [("level", "i", 30), ("capacity", "i", 100)],
    "battery": [("charge", "i", 40), ("capacity", "i", 100)],
    "lamp": [("lit", "b", False), ("brightness", "i", 5)],
    "door": [("open", "b", True), ("locked", "b", False)],
    "switch": [("on", "b", False)],
    "timer": [("seconds", "i", 90), ("running", "b", False)],
    "clock": [("hours", "i", 10), ("minutes", "i", 45)],
    "date": [("year", "i", 2024), ("month", "i", 3), ("day", "i", 15)],
    "duration": [("minutes", "i", 150)],
    "car": [("speed", "i", 50), ("fuel", "i", 30), ("model", "s", "mini")],
    "bike": [("gear", "i", 3), ("owner", "s", "lea")],
    "train": [("passengers", "i", 80), ("seats", "i", 120)],
    "bus": [("line", "i", 12), ("passengers", "i", 20)],
    "elevator": [("floor", "i", 2), ("top", "i", 9)],
    "robot": [("x", "i", 1), ("y", "i", 2), ("energy", "i", 10)],
    "player": [("name", "s", "max"), ("score", "i", 15), ("lives", "i", 3)],
    "hero": [("health", "i", 70), ("strength", "i", 8), ("weapons", "l", ["axe"])],
    "team": [("name", "s", "reds"), ("members", "l", ["ann", "bob", "cat"]), ("points", "i", 7)],
    "game": [("round", "i", 1), ("scores", "l", [4, 9, 2])],
    "dice": [("sides", "i", 6), ("value", "i", 4)],
    "book": [("title", "s", "dune"), ("pages", "i", 400), ("author", "s", "frank")],
    "library": [("books", "l", ["emma", "dune"]), ("city", "s", "rome")],
    "reader": [("page", "i", 10), ("bookmark", "i", 3)],
    "song": [("title", "s", "blue"), ("seconds", "i", 200)],
    "playlist": [("songs", "l", ["one", "two"]), ("position", "i", 0)],
    "recipe": [("servings", "i", 4), ("ingredients", "l", ["salt", "rice"])],
    "house": [("rooms", "i", 5), ("floors", "i", 2), ("address", "s", "lane 3")],
    "garden": [("plants", "l", ["rose", "oak"]), ("area", "i", 60)],
    "dog": [("name", "s", "rex"), ("age", "i", 4), ("hungry", "b", True)],
    "cat": [("name", "s", "tom"), ("lives", "i", 9), ("asleep", "b", False)],
    "tree": [("rings", "i", 12), ("height", "i", 7)],
    "flight": [("seats", "i", 180), ("booked", "i", 100), ("number", "s", "lh1")],
    "hotel": [("rooms", "i", 50), ("guests", "l", ["ann"])],
    "ticket": [("price", "i", 30), ("used", "b", False)],
    "message": [("text", "s", "hello"), ("sender", "s", "ann"), ("read", "b", False)],
    "mailbox": [("messages", "l", ["hi", "hello"]), ("owner", "s", "ben")],
    "task": [("title", "s", "wash"), ("done", "b", False), ("priority", "i", 2)],
    "project": [("tasks", "l", ["plan", "build"]), ("budget", "i", 500)],
    "sensor": [("readings", "l", [4, 8, 6]), ("active", "b", True)],
    "survey": [("answers", "l", [1, 5, 3]), ("question", "s", "why")],
    "vote": [("yes", "i", 7), ("no", "i", 5)],
    "range": [("low", "i", 3), ("high", "i", 9)],
    "fraction": [("numerator", "i", 6), ("denominator", "i", 8)],
    "complex": [("real", "i", 3), ("imaginary", "i", 4)],
    "pair": [("left", "i", 3), ("right", "i", 8)],
    "segment": [("start", "i", 4), ("end", "i", 10)],
    "loan": [("amount", "i", 1000), ("rate", "i", 5), ("years", "i", 2)],
    "shop": [("name", "s", "corner"), ("sales", "l", [10, 40])],
    "bag": [("things", "l", ["key", "pen"]), ("weight", "i", 3)],
    "log": [("entries", "l", ["start", "stop"])],
    "buffer": [("bytes", "l", [1, 0, 7]), ("limit", "i", 8)],
    "matrix": [("rows", "i", 3), ("columns", "i", 4)],
    "color": [("red", "i", 10), ("green", "i", 20), ("blue", "i", 30)],
    "light": [("color", "s", "red"), ("on", "b", True)],
    "factory": [("workers", "i", 20), ("machines", "i", 5)],
    "bank": [("deposits", "l", [100, 50]), ("city", "s", "bern")],
    "meter": [("reading", "i", 120), ("previous", "i", 100)],
    "bottle": [("volume", "i", 30), ("size", "i", 75)],
    "pet": [("name", "s", "momo"), ("weight", "i", 12), ("happy", "b", True)],
}
KIND = {"i": "integer", "s": "string", "l": "list", "b": "boolean"}


def setup(name, slots):
    parts = []
    for s, k, v in slots:
        parts.append("%s <- %s" % (s, {"l": lambda v: "nil"}.get(k, lit)(v)))
    head = "lobby _AddSlots: (| %s = (| parent* = traits clonable. %s |) |)" % (name, ". ".join(parts))
    fills = ["%s %s: %s" % (name, s, lit(v, "list")) for s, k, v in slots if k == "l"]
    return ". ".join([head] + fills)


def fresh(name, slots):
    """A copy whose lists are copies too."""
    out = "%s copy" % name
    for s, k, v in slots:
        if k == "l":
            out = "(%s %s: %s)" % (out, s, lit(v, "list"))
    return "(%s)" % out if not out.startswith("(") else out


class Obj:
    """The object in Python, for the reference."""

    def __init__(self, slots):
        for s, k, v in slots:
            setattr(self, s, list(v) if k == "l" else v)


def o(name, selectors, comments, body, cases, args="", keep=1, show=None):
    """`cases` are (arguments, reference on an Obj); the reference answers a value, or the Obj when a slot `show` counts."""
    slots = OBJECTS[name]
    head = name + "".join(" %s:%s" % (s, KIND[k]) for s, k, _ in slots)
    names = [s.strip() for s in selectors.split("/")]
    comments = [c.strip() for c in comments.split("/") if c.strip()]
    for i, sel in enumerate(RNG.sample(names, min(keep, len(names)))):
        sig, formal = signature(sel, args, body)
        tests = []
        for given, ref in cases:
            obj = Obj(slots)
            want = ref(obj, *given)
            words = re.findall(r"\w+:?", sel)
            text = fresh(name, slots)
            text += "".join(" %s %s" % (w, lit(a)) for w, a in zip(words, given)) if given else " " + sel
            if show:
                text = "(%s) %s" % (text, show)
                want = getattr(obj, show)
            tests.append([text, lit(want, "list")])
        comment = RNG.choice(comments) if comments and RNG.random() < 0.7 else None
        add(head, name, sig, sel, comment, wrap(fill(body, formal)), tests, setup(name, slots))


def cap(s):
    return s[0].upper() + s[1:]


def one(s):
    """The name of one element of a list slot."""
    irregular = {"stock": "amount", "boxes": "box", "entries": "entry", "bytes": "byte", "people": "person", "sales": "sale"}
    return irregular.get(s, s[:-1] if s.endswith("s") else s)


def number_slot(n, s, v):
    C = cap(s)
    g, t = (lambda f: [((), f)]), setattr
    yield ("increment%s / addOneTo%s" % (C, C), "one more %s" % s, "%s: %s + 1" % (s, s), g(lambda q: t(q, s, v + 1)), "", s)
    yield ("decrement%s / loseOne%s" % (C, C), "one less %s" % s, "%s: %s - 1" % (s, s), g(lambda q: t(q, s, v - 1)), "", s)
    yield ("reset%s / clear%s" % (C, C), "%s becomes zero / begin again with %s" % (s, s), "%s: 0" % s, g(lambda q: t(q, s, 0)), "", s)
    yield ("double%s" % C, "twice the %s" % s, "%s: %s * 2" % (s, s), g(lambda q: t(q, s, v * 2)), "", s)
    yield ("halve%s" % C, "half the %s" % s, "%s: %s / 2" % (s, s), g(lambda q: t(q, s, v // 2)), "", s)
    yield ("increase%sBy: / add%s: / raise%sBy:" % (C, C, C), "the argument added to %s / more %s" % (s, s), "%s: %s + $1" % (s, s), [((5,), lambda q, a: t(q, s, v + a))], "i", s)
    yield ("decrease%sBy: / reduce%sBy: / lower%sBy:" % (C, C, C), "the argument taken from %s / less %s" % (s, s), "%s: %s - $1" % (s, s), [((2,), lambda q, a: t(q, s, v - a))], "i", s)
    yield ("multiply%sBy: / scale%sBy:" % (C, C), "%s times the argument" % s, "%s: %s * $1" % (s, s), [((3,), lambda q, a: t(q, s, v * a))], "i", s)
    yield ("change%sTo: / set%sTo: / set%s:" % (C, C, C), "a new %s" % s, "%s: $1" % s, [((9,), lambda q, a: t(q, s, a))], "i", s)
    yield ("raise%sTo: / set%sAtLeast:" % (C, C), "%s becomes the argument if that is more" % s, "%s: (%s max: $1)" % (s, s), [((9,), lambda q, a: t(q, s, max(a, v))), ((0,), lambda q, a: t(q, s, v))], "i", s)
    yield ("limit%sTo: / cap%sAt:" % (C, C), "%s becomes the argument if that is less" % s, "%s: (%s min: $1)" % (s, s), [((1,), lambda q, a: t(q, s, min(a, v)))], "i", s)
    yield ("set%sIfPositive:" % C, "a new %s, if it is greater than zero" % s, "$1 > 0 ifTrue: [%s: $1]. self" % s, [((9,), lambda q, a: t(q, s, a)), ((-1,), lambda q, a: None)], "i", s)
    yield ("has%s / isAny%s" % (C, C), "is %s more than zero" % s, "%s > 0" % s, g(lambda q: v > 0), "", None)
    yield ("isNo%s / lacks%s / is%sZero" % (C, C, C), "is %s zero" % s, "%s = 0" % s, g(lambda q: v == 0), "", None)
    yield ("has%sMoreThan: / is%sAbove: / %sExceeds:" % (C, C, s), "is %s more than the argument" % s, "%s > $1" % s, [((1,), lambda q, a: v > a), ((9999,), lambda q, a: v > a)], "i", None)
    yield ("is%sBelow: / %sIsLessThan:" % (C, s), "is %s less than the argument" % s, "%s < $1" % s, [((1,), lambda q, a: v < a), ((9999,), lambda q, a: v < a)], "i", None)
    yield ("hasEnough%s: / hasAtLeast%s:" % (C, C), "is %s at least the argument" % s, "%s >= $1" % s, [((v,), lambda q, a: v >= a), ((v + 1,), lambda q, a: v >= a)], "i", None)
    yield ("is%sEven" % C, "is %s divisible by two" % s, "(%s %% 2) = 0" % s, g(lambda q: v % 2 == 0), "", None)
    yield ("%sText / %sAsText" % (s, s), "%s as text" % s, "%s printString" % s, g(lambda q: str(v)), "", None)
    yield ("describe%s / %sLine" % (C, s), "the word %s and its value" % s, "'%s: ', %s printString" % (s, s), g(lambda q: "%s: %d" % (s, v)), "", None)
    yield ("twice%s / doubled%s" % (C, C), "two times %s" % s, "%s * 2" % s, g(lambda q: v * 2), "", None)
    yield ("%sSquared" % s, "%s times itself" % s, "%s * %s" % (s, s), g(lambda q: v * v), "", None)
    yield ("%sPlus:" % s, "%s and the argument together" % s, "%s + $1" % s, [((4,), lambda q, a: v + a)], "i", None)
    yield ("%sPercent: / percentOf%s:" % (s, C), "so many percent of %s" % s, "(%s * $1) / 100" % s, [((50,), lambda q, a: v * a // 100)], "i", None)
    yield ("%sDifferenceTo: / %sDistance:" % (s, s), "how far %s is from the argument" % s, "(%s - $1) absoluteValue" % s, [((4,), lambda q, a: abs(v - a))], "i", None)
    yield ("has%sOf: / %sIs:" % (C, s), "is %s the argument" % s, "%s = $1" % s, [((v,), lambda q, a: v == a), ((-5,), lambda q, a: v == a)], "i", None)
    yield ("spend%s: / use%s: / consume%s:" % (C, C, C), "less %s, but only if there is enough" % s, "$1 > %s ifTrue: [^ self]. %s: %s - $1" % (s, s, s), [((1,), lambda q, a: t(q, s, v - a if a <= v else v)), ((99999,), lambda q, a: None)], "i", s)
    yield ("drain%sBy:" % C, "less %s, but never below zero" % s, "%s: ((%s - $1) max: 0)" % (s, s), [((1,), lambda q, a: t(q, s, max(v - a, 0))), ((99999,), lambda q, a: t(q, s, 0))], "i", s)
    yield ("sameAs%s: / hasSame%sAs:" % (C, C), "does the other have my %s" % s, "%s = $1 %s" % (s, s), [], "x", None)
    yield ("hasMore%sThan:" % C, "is my %s more than that of the other" % s, "%s > $1 %s" % (s, s), [], "x", None)
    yield ("total%sWith:" % C, "my %s and that of the other together" % s, "%s + $1 %s" % (s, s), [], "x", None)


def text_slot(n, s, v):
    C, t = cap(s), setattr
    g = lambda f: [((), f)]
    yield ("rename: / change%sTo: / new%s:" % (C, C), "a new %s" % s, "%s: $1" % s, [(("zoe",), lambda q, a: t(q, s, a))], "s", s)
    yield ("has%s: / is%s:" % (C, C), "is the argument my %s" % s, "%s = $1" % s, [((v,), lambda q, a: True), (("zzz",), lambda q, a: False)], "s", None)
    yield ("%sLength / sizeOf%s" % (s, C), "how many characters %s has" % s, "%s size" % s, g(lambda q: len(v)), "", None)
    yield ("%sInitial / firstLetterOf%s" % (s, C), "the first letter of %s" % s, "%s first" % s, g(lambda q: v[0]), "", None)
    yield ("greet%s / greeting" % C, "hello and %s" % s, "'hello ', %s" % s, g(lambda q: "hello " + v), "", None)
    yield ("%sLabel / labelled%s" % (s, C), "the word %s and its text" % s, "'%s: ', %s" % (s, s), g(lambda q: "%s: %s" % (s, v)), "", None)
    yield ("loud%s / %sInCapitals" % (C, s), "%s in capitals" % s, "%s asUppercase" % s, g(lambda q: v.upper()), "", None)
    yield ("is%sEmpty / hasNo%s" % (C, C), "is %s an empty text" % s, "%s isEmpty" % s, g(lambda q: not v), "", None)
    yield ("appendTo%s: / extend%s:" % (C, C), "the argument at the end of %s" % s, "%s: %s, $1" % (s, s), [(("x",), lambda q, a: t(q, s, v + a))], "s", s)
    yield ("%sStartsWith:" % s, "does %s begin with the argument" % s, "%s startsWith: $1" % s, [((v[0],), lambda q, a: True), (("zz",), lambda q, a: False)], "s", None)
    yield ("%sWith: / %sAnd:" % (s, s), "%s, a blank and the argument" % s, "%s, ' ', $1" % s, [(("x",), lambda q, a: v + " " + a)], "s", None)
    yield ("quoted%s" % C, "%s in stars" % s, "'*', %s, '*'" % s, g(lambda q: "*%s*" % v), "", None)
    yield ("sharing%s: / hasSame%sAs:" % (C, C), "does the other have my %s" % s, "%s = $1 %s" % (s, s), [], "x", None)


def truth_slot(n, s, v):
    C, t = cap(s), setattr
    g = lambda f: [((), f)]
    yield ("toggle%s / flip%s / toggle" % (C, C), "%s becomes its opposite" % s, "%s: %s not" % (s, s), g(lambda q: t(q, s, not v)), "", s)
    yield ("mark%s / make%s / set%s" % (C, C, C), "%s becomes true" % s, "%s: true" % s, g(lambda q: t(q, s, True)), "", s)
    yield ("unmark%s / make%sFalse / unset%s" % (C, C, C), "%s becomes false" % s, "%s: false" % s, g(lambda q: t(q, s, False)), "", s)
    yield ("isNot%s / not%s" % (C, C), "is %s false" % s, "%s not" % s, g(lambda q: not v), "", None)
    yield ("is%s" % C, "is %s true" % s, "%s" % s, g(lambda q: v), "", None)
    yield ("%sText / %sAnswer" % (s, s), "yes if %s, else no" % s, "%s ifTrue: ['yes'] False: ['no']" % s, g(lambda q: "yes" if v else "no"), "", None)
    yield ("state / status", "the word %s, with not before it if false" % s, "%s ifTrue: ['%s'] False: ['not %s']" % (s, s, s), g(lambda q: s if v else "not " + s), "", None)
    yield ("if%s: / when%s:" % (C, C), "evaluate the block if %s" % s, "%s ifTrue: [$1 value]. self" % s, [], "k", None)
    yield ("%sAsNumber" % s, "one if %s, else zero" % s, "%s ifTrue: [1] False: [0]" % s, g(lambda q: int(v)), "", None)


def list_slot(n, s, v):
    C, E, t = cap(s), cap(one(s)), setattr
    g = lambda f: [((), f)]
    num = all(isinstance(e, int) for e in v)
    new = 8 if num else "new"
    yield ("add%s: / add: / include%s: / put%s:" % (E, E, E), "one more of the %s / the argument joins the %s" % (s, s), "%s add: $1. self" % s, [((new,), lambda q, a: t(q, s, v + [a]))], "x", s)
    yield ("addFirst%s: / push%s: / push:" % (E, E), "the argument in front of the %s" % s, "%s addFirst: $1. self" % s, [((new,), lambda q, a: t(q, s, [a] + v))], "x", s)
    yield ("remove%s: / drop%s:" % (E, E), "the argument leaves the %s" % s, "%s remove: $1. self" % s, [((v[0],), lambda q, a: t(q, s, v[1:]))], "x", s)
    yield ("removeFirst%s / take%s / next%s" % (E, E, E), "remove and answer the first of the %s" % s, "%s removeFirst" % s, g(lambda q: v[0]), "", None)
    yield ("removeLast%s / pop%s / pop" % (E, E), "remove and answer the last of the %s" % s, "%s removeLast" % s, g(lambda q: v[-1]), "", None)
    yield ("%sCount / numberOf%s / count%s / size" % (one(s), C, C), "how many %s there are" % s, "%s size" % s, g(lambda q: len(v)), "", None)
    yield ("hasNo%s / is%sEmpty / isEmpty" % (C, C), "are there no %s" % s, "%s isEmpty" % s, g(lambda q: not v), "", None)
    yield ("hasAny%s / has%s" % (C, C), "are there any %s" % s, "%s isEmpty not" % s, g(lambda q: bool(v)), "", None)
    yield ("has%s: / includes%s: / knows%s:" % (E, E, E), "is the argument one of the %s" % s, "%s includes: $1" % s, [((v[0],), lambda q, a: True), ((new,), lambda q, a: a in v)], "x", None)
    yield ("first%s / oldest%s" % (E, E), "the first of the %s" % s, "%s first" % s, g(lambda q: v[0]), "", None)
    yield ("last%s / latest%s / peek / top" % (E, E), "the last of the %s" % s, "%s last" % s, g(lambda q: v[-1]), "", None)
    yield ("clear%s / removeAll%s / empty" % (C, C), "no more %s" % s, "%s removeAll. self" % s, g(lambda q: t(q, s, [])), "", s)
    yield ("each%s: / %sDo:" % (E, s), "the block for each of the %s" % s, "%s do: [|:e| $1 value: e]. self" % s, [], "k", None)
    yield ("add%sIfAbsent: / addNew%s:" % (E, E), "the argument joins the %s, but only once" % s, "(%s includes: $1) ifFalse: [%s add: $1]. self" % (s, s), [((v[0],), lambda q, a: None), ((new,), lambda q, a: t(q, s, v if a in v else v + [a]))], "x", s)
    yield ("isLongerThan: / hasMore%sThan:" % C, "are there more %s than the argument" % s, "%s size > $1" % s, [((1,), lambda q, a: len(v) > a), ((3,), lambda q, a: len(v) > a)], "i", None)
    yield ("countOf%s: / occurrencesOf%s:" % (E, E), "how often the argument is among the %s" % s, "| n <- 0 | %s do: [|:e| e = $1 ifTrue: [n: n + 1]]. n" % s, [((v[0],), lambda q, a: v.count(a))], "x", None)
    yield ("addAll%s: / addMany%s:" % (C, C), "every element of the argument joins the %s" % s, "$1 do: [|:e| %s add: e]. self" % s, [], "c", None)
    if num:
        yield ("total / sumOf%s / total%s / sum%s" % (C, C, C), "sum of the %s / all %s together" % (s, s), "| s <- 0 | %s do: [|:e| s: s + e]. s" % s, g(lambda q: sum(v)), "", None)
        yield ("average%s / meanOf%s / average" % (E, C), "mean of the %s" % s, "| s <- 0 | %s do: [|:e| s: s + e]. s / %s size" % (s, s), g(lambda q: sum(v) // len(v)), "", None)
        yield ("highest%s / largest%s / best%s / max%s" % (E, E, E, E), "the largest of the %s" % s, "| r | r: %s first. %s do: [|:e| r: (r max: e)]. r" % (s, s), g(lambda q: max(v)), "", None)
        yield ("lowest%s / smallest%s / worst%s" % (E, E, E), "the smallest of the %s" % s, "| r | r: %s first. %s do: [|:e| r: (r min: e)]. r" % (s, s), g(lambda q: min(v)), "", None)
        yield ("count%sAbove: / %sAbove:" % (C, s), "how many of the %s are more than the argument" % s, "| n <- 0 | %s do: [|:e| e > $1 ifTrue: [n: n + 1]]. n" % s, [((4,), lambda q, a: sum(e > a for e in v))], "i", None)
        yield ("productOf%s" % C, "product of the %s" % s, "| p <- 1 | %s do: [|:e| p: p * e]. p" % s, g(lambda q: __import__("math").prod(v)), "", None)
    else:
        yield ("%sText / list%s / all%s" % (s, C, C), "the %s with commas between" % s, "| r <- '' | %s do: [|:e| r isEmpty ifFalse: [r: r, ', ']. r: r, e]. r" % s, g(lambda q: ", ".join(v)), "", None)
        yield ("longest%s" % E, "the longest of the %s" % s, "| r | r: %s first. %s do: [|:e| e size > r size ifTrue: [r: e]]. r" % (s, s), g(lambda q: max(v, key=len)), "", None)
        yield ("%sStartingWith:" % s, "how many of the %s begin with the argument" % s, "| n <- 0 | %s do: [|:e| (e startsWith: $1) ifTrue: [n: n + 1]]. n" % s, [((v[0][0],), lambda q, a: sum(e.startswith(a) for e in v))], "s", None)


def two_numbers(n, a, b, va, vb):
    A, B = cap(a), cap(b)
    g, t = (lambda f: [((), f)]), setattr
    yield ("%sPlus%s / sumOf%sAnd%s / total" % (a, B, A, B), "%s and %s together" % (a, b), "%s + %s" % (a, b), g(lambda q: va + vb), "", None)
    yield ("%sTimes%s / productOf%sAnd%s" % (a, B, A, B), "%s times %s" % (a, b), "%s * %s" % (a, b), g(lambda q: va * vb), "", None)
    yield ("%sMinus%s / differenceOf%sAnd%s" % (a, B, A, B), "%s less %s" % (a, b), "%s - %s" % (a, b), g(lambda q: va - vb), "", None)
    yield ("isFull / %sReached%s" % (a, B), "has %s reached %s" % (a, b), "%s >= %s" % (a, b), g(lambda q: va >= vb), "", None)
    yield ("is%sAbove%s / %sExceeds%s" % (A, B, a, B), "is %s more than %s" % (a, b), "%s > %s" % (a, b), g(lambda q: va > vb), "", None)
    yield ("is%sEqualTo%s" % (A, B), "are %s and %s the same" % (a, b), "%s = %s" % (a, b), g(lambda q: va == vb), "", None)
    yield ("swap%sAnd%s / exchange%sWith%s" % (A, B, A, B), "exchange %s and %s" % (a, b), "| t | t: %s. %s: %s. %s: t" % (a, a, b, b), g(lambda q: t(q, a, vb)), "", a)
    yield ("larger / larger%sOr%s" % (A, B), "the larger of %s and %s" % (a, b), "%s max: %s" % (a, b), g(lambda q: max(va, vb)), "", None)
    yield ("%sPercentOf%s / percent" % (a, B), "%s in percent of %s" % (a, b), "(%s * 100) / %s" % (a, b), g(lambda q: va * 100 // vb), "", None)
    yield ("move%sTo%s: / transfer%sTo%s:" % (A, B, A, B), "less %s, more %s" % (a, b), "%s: %s - $1. %s: %s + $1" % (a, a, b, b), [((2,), lambda q, k: (t(q, a, va - k), t(q, b, vb + k)))], "i", b)
    yield ("%sPer%s" % (a, one(b).capitalize()), "%s divided by %s" % (a, b), "%s / %s" % (a, b), g(lambda q: va // vb), "", None)
    yield ("reset / resetAll", "%s and %s become zero" % (a, b), "%s: 0. %s: 0" % (a, b), g(lambda q: (t(q, a, 0), t(q, b, 0))), "", b)
    yield ("set%s:%s:" % (A, B), "new %s and %s" % (a, b), "%s: $1. %s: $2" % (a, b), [((4, 5), lambda q, x, y: (t(q, a, x), t(q, b, y)))], "ii", b)
    yield ("add%sTo%s" % (B, A), "%s grows by %s" % (a, b), "%s: %s + %s" % (a, a, b), g(lambda q: t(q, a, va + vb)), "", a)


def specials():
    g, t = (lambda f: [((), f)]), setattr
    o("account", "deposit: / put: / payIn: / add:", "put money in / more balance", "balance: balance + $1", [((5,), lambda q, a: t(q, "balance", q.balance + a))], "i", 4, "balance")
    o("account", "withdraw: / take: / payOut: / remove:", "take money out / less balance", "balance: balance - $1", [((5,), lambda q, a: t(q, "balance", q.balance - a))], "i", 4, "balance")
    o("account", "withdrawIfPossible: / tryWithdraw: / safeWithdraw:", "take money out unless there is too little", "$1 > balance ifFalse: [balance: balance - $1]. self", [((5,), lambda q, a: t(q, "balance", 95)), ((500,), lambda q, a: None)], "i", 3, "balance")
    o("account", "canWithdraw: / canPay: / covers:", "is the balance enough / enough money", "balance >= $1", [((5,), lambda q, a: True), ((500,), lambda q, a: False)], "i", 3)
    o("account", "isOverdrawn / isInDebt", "is the balance below zero", "balance < 0", g(lambda q: False), "", 2)
    o("account", "addInterest: / earnInterest:", "so many percent more", "balance: balance + ((balance * $1) / 100)", [((10,), lambda q, a: t(q, "balance", 110))], "i", 2, "balance")
    o("account", "transfer:To: / send:To:", "move money to another account", "balance: balance - $1. $2 balance: $2 balance + $1. self", [], "ix", 2)
    o("account", "summary / description", "owner and balance as text", "owner, ': ', balance printString", g(lambda q: "ann: 100"), "", 2)
    o("counter", "increment / tick / next / advance", "count one step / up by the step", "count: count + step", g(lambda q: t(q, "count", 5)), "", 4, "count")
    o("counter", "decrement / back", "down by the step", "count: count - step", g(lambda q: t(q, "count", 1)), "", 2, "count")
    o("counter", "incrementTwice", "two steps up", "count: count + (step * 2)", g(lambda q: t(q, "count", 7)), "", 1, "count")
    o("temperature", "fahrenheit / asFahrenheit", "in degrees fahrenheit", "((celsius * 9) / 5) + 32", g(lambda q: 77), "", 2)
    o("temperature", "kelvin / asKelvin", "in kelvin", "celsius + 273", g(lambda q: 298), "", 2)
    o("temperature", "isFreezing / isFrozen", "zero degrees or less", "celsius <= 0", g(lambda q: False), "", 2)
    o("temperature", "isWarm / isHot", "more than twenty degrees", "celsius > 20", g(lambda q: True), "", 2)
    o("temperature", "setFahrenheit: / fahrenheit:", "set from degrees fahrenheit", "celsius: (($1 - 32) * 5) / 9", [((77,), lambda q, a: t(q, "celsius", 25))], "i", 2, "celsius")
    o("thermometer", "isTooHot / isOverLimit", "are the degrees above the limit", "degrees > limit", g(lambda q: False), "", 2)
    o("rectangle", "area / surface", "width times height", "width * height", g(lambda q: 24), "", 2)
    o("rectangle", "perimeter / circumference / outline", "length of all sides", "(width + height) * 2", g(lambda q: 20), "", 3)
    o("rectangle", "isSquare", "are the sides the same", "width = height", g(lambda q: False), "", 1)
    o("rectangle", "rotate / turn", "exchange width and height", "| w | w: width. width: height. height: w", g(lambda q: t(q, "width", 6)), "", 2, "width")
    o("rectangle", "grow: / enlargeBy:", "both sides longer by the argument", "width: width + $1. height: height + $1", [((2,), lambda q, a: t(q, "width", 6))], "i", 2, "width")
    o("rectangle", "fitsIn: / isSmallerThan:", "are both my sides no longer than those of the other", "(width <= $1 width) && [height <= $1 height]", [], "x", 2)
    o("square", "area / surface", "side times side", "side * side", g(lambda q: 25), "", 2)
    o("square", "perimeter / outline", "length of all four sides", "side * 4", g(lambda q: 20), "", 2)
    o("circle", "diameter / width", "twice the radius", "radius * 2", g(lambda q: 6), "", 2)
    o("circle", "roughArea", "three times the square of the radius", "radius * radius * 3", g(lambda q: 27), "", 1)
    o("cube", "volume / content", "edge to the third power", "edge * edge * edge", g(lambda q: 27), "", 2)
    o("cube", "surface / surfaceArea", "six times the area of a side", "edge * edge * 6", g(lambda q: 54), "", 2)
    o("box", "volume / capacity", "length times width times height", "length * width * height", g(lambda q: 24), "", 2)
    o("box", "surface", "area of all six sides", "((length * width) + (length * height) + (width * height)) * 2", g(lambda q: 52), "", 1)
    o("box", "isCube", "are all edges the same", "(length = width) && [width = height]", g(lambda q: False), "", 1)
    o("triangle", "area / surface", "half of base times height", "(base * height) / 2", g(lambda q: 12), "", 2)
    o("person", "birthday / growOlder / haveBirthday", "one year older", "age: age + 1", g(lambda q: t(q, "age", 31)), "", 3, "age")
    o("person", "isAdult / isGrownUp / mayVote", "at least eighteen years old", "age >= 18", g(lambda q: True), "", 3)
    o("person", "isChild / isMinor", "less than eighteen years old", "age < 18", g(lambda q: False), "", 2)
    o("person", "introduction / introduce", "my name is and the name", "'my name is ', name", g(lambda q: "my name is bob"), "", 2)
    o("person", "isOlderThan:", "am I older than the other", "age > $1 age", [], "x", 1)
    o("person", "ageIn: / ageAfter:", "age after so many years", "age + $1", [((5,), lambda q, a: 35)], "i", 2)
    o("person", "birthYear: / yearOfBirth:", "the year of birth, seen from the year given", "$1 - age", [((2024,), lambda q, a: 1994)], "i", 2)
    o("person", "yearsUntil:", "years until that age", "$1 - age", [((40,), lambda q, a: 10)], "i", 1)
    o("employee", "raise: / raiseBy:", "more salary", "salary: salary + $1", [((50,), lambda q, a: t(q, "salary", 2050))], "i", 2, "salary")
    o("employee", "raisePercent:", "so many percent more salary", "salary: salary + ((salary * $1) / 100)", [((10,), lambda q, a: t(q, "salary", 2200))], "i", 1, "salary")
    o("employee", "yearlyPay / annualSalary", "twelve salaries and the bonus", "(salary * 12) + bonus", g(lambda q: 24100), "", 2)
    o("product", "value / totalPrice / worth", "price times quantity", "price * quantity", g(lambda q: 100), "", 3)
    o("product", "discount: / reducePriceBy:", "so many percent off the price", "price: price - ((price * $1) / 100)", [((50,), lambda q, a: t(q, "price", 10))], "i", 2, "price")
    o("product", "isSoldOut / isOutOfStock", "is none left", "quantity = 0", g(lambda q: False), "", 2)
    o("product", "sell: / remove:", "so many pieces fewer", "quantity: quantity - $1", [((2,), lambda q, a: t(q, "quantity", 3))], "i", 2, "quantity")
    o("product", "restock: / deliver:", "so many pieces more", "quantity: quantity + $1", [((2,), lambda q, a: t(q, "quantity", 7))], "i", 2, "quantity")
    o("invoice", "total / grossAmount / withTax", "amount and the tax on it", "amount + ((amount * tax) / 100)", g(lambda q: 95), "", 3)
    o("invoice", "taxAmount", "the tax on the amount", "(amount * tax) / 100", g(lambda q: 15), "", 1)
    o("invoice", "pay / settle", "it is paid now", "paid: true", g(lambda q: t(q, "paid", True)), "", 2, "paid")
    o("invoice", "isOpen / isUnpaid", "not yet paid", "paid not", g(lambda q: False if q.paid else True), "", 2)
    o("tank", "fill / fillUp", "level up to the capacity", "level: capacity", g(lambda q: t(q, "level", 100)), "", 2, "level")
    o("tank", "fill: / pour: / pourIn:", "more, but not above the capacity", "level: ((level + $1) min: capacity)", [((5,), lambda q, a: t(q, "level", 35)), ((500,), lambda q, a: t(q, "level", 100))], "i", 3, "level")
    o("tank", "drain: / pourOut:", "less, but not below zero", "level: ((level - $1) max: 0)", [((5,), lambda q, a: t(q, "level", 25)), ((500,), lambda q, a: t(q, "level", 0))], "i", 2, "level")
    o("tank", "room / freeSpace / remaining", "how much still fits", "capacity - level", g(lambda q: 70), "", 3)
    o("battery", "charge: / load:", "more charge, but not above the capacity", "charge: ((charge + $1) min: capacity)", [], "i", 1)
    o("battery", "percentage / percent", "charge in percent of the capacity", "(charge * 100) / capacity", g(lambda q: 40), "", 2)
    o("battery", "isLow / needsCharging", "less than a quarter of the capacity", "(charge * 4) < capacity", g(lambda q: False), "", 2)
    o("lamp", "turnOn / switchOn", "it is lit now", "lit: true", g(lambda q: t(q, "lit", True)), "", 2, "lit")
    o("lamp", "turnOff / switchOff", "it is dark now", "lit: false", g(lambda q: t(q, "lit", False)), "", 2, "lit")
    o("lamp", "brighter / dimUp", "one step more light", "brightness: brightness + 1", g(lambda q: t(q, "brightness", 6)), "", 2, "brightness")
    o("door", "close / shut", "not open any more", "open: false", g(lambda q: t(q, "open", False)), "", 2, "open")
    o("door", "lock / bolt", "close and lock", "open: false. locked: true", g(lambda q: t(q, "locked", True)), "", 2, "locked")
    o("door", "canEnter", "open and not locked", "open && [locked not]", g(lambda q: True), "", 1)
    o("switch", "press / push", "on becomes off and off becomes on", "on: on not", g(lambda q: t(q, "on", True)), "", 2, "on")
    o("timer", "tick / countDown", "one second less", "seconds: seconds - 1", g(lambda q: t(q, "seconds", 89)), "", 2, "seconds")
    o("timer", "start / go", "running from now on", "running: true", g(lambda q: t(q, "running", True)), "", 2, "running")
    o("timer", "isOver / isFinished", "no seconds left", "seconds <= 0", g(lambda q: False), "", 2)
    o("timer", "text / asText", "minutes and seconds with a colon", "(seconds / 60) printString, ':', (seconds % 60) printString", g(lambda q: "1:30"), "", 2)
    o("clock", "totalMinutes / minutesSinceMidnight", "minutes since midnight", "(hours * 60) + minutes", g(lambda q: 645), "", 2)
    o("clock", "advance: / addMinutes:", "so many minutes later", "| t | t: ((hours * 60) + minutes) + $1. hours: (t / 60) % 24. minutes: t % 60", [((30,), lambda q, a: t(q, "hours", 11))], "i", 2, "hours")
    o("clock", "isMorning", "before noon", "hours < 12", g(lambda q: True), "", 1)
    o("clock", "text / display", "hours and minutes with a colon", "hours printString, ':', minutes printString", g(lambda q: "10:45"), "", 2)
    o("date", "isLeapYear", "is the year a leap year", "((year % 4) = 0) && [((year % 100) != 0) || [(year % 400) = 0]]", g(lambda q: True), "", 1)
    o("date", "text / isoText / asText", "year, month and day with dashes", "year printString, '-', month printString, '-', day printString", g(lambda q: "2024-3-15"), "", 3)
    o("date", "quarter", "the quarter of the year", "((month - 1) / 3) + 1", g(lambda q: 1), "", 1)
    o("date", "isBefore: / earlierThan:", "is my date earlier", "year = $1 year ifFalse: [^ year < $1 year]. month = $1 month ifFalse: [^ month < $1 month]. day < $1 day", [], "x", 2)
    o("date", "isNewYear", "the first of january", "(month = 1) && [day = 1]", g(lambda q: False), "", 1)
    o("date", "nextYear", "one year later", "year: year + 1", g(lambda q: t(q, "year", 2025)), "", 1, "year")
    o("date", "nextMonth", "one month later, after december january", "month = 12 ifTrue: [month: 1. year: year + 1] False: [month: month + 1]", [], "", 1)
    o("duration", "hours / wholeHours", "whole hours", "minutes / 60", g(lambda q: 2), "", 2)
    o("duration", "text", "hours and minutes with h and m", "(minutes / 60) printString, 'h', (minutes % 60) printString, 'm'", g(lambda q: "2h30m"), "", 1)
    o("car", "accelerate: / speedUp:", "faster by the argument", "speed: speed + $1", [((5,), lambda q, a: t(q, "speed", 55))], "i", 2, "speed")
    o("car", "brake: / slowDown:", "slower, but not below zero", "speed: ((speed - $1) max: 0)", [((5,), lambda q, a: t(q, "speed", 45)), ((500,), lambda q, a: t(q, "speed", 0))], "i", 2, "speed")
    o("car", "stop / halt", "no more speed", "speed: 0", g(lambda q: t(q, "speed", 0)), "", 1, "speed")
    o("car", "drive: / travel:", "uses a litre for each ten kilometers", "fuel: fuel - ($1 / 10)", [((50,), lambda q, a: t(q, "fuel", 25))], "i", 2, "fuel")
    o("car", "timeFor: / hoursFor:", "hours for so many kilometers", "$1 / speed", [((100,), lambda q, a: 2)], "i", 2)
    o("train", "freeSeats / seatsLeft", "seats without passengers", "seats - passengers", g(lambda q: 40), "", 2)
    o("train", "board: / enter:", "more passengers, if there are seats", "(passengers + $1) <= seats ifTrue: [passengers: passengers + $1]. self", [((5,), lambda q, a: t(q, "passengers", 85)), ((500,), lambda q, a: None)], "i", 2, "passengers")
    o("elevator", "up / goUp", "one floor up, unless at the top", "floor < top ifTrue: [floor: floor + 1]. self", g(lambda q: t(q, "floor", 3)), "", 2, "floor")
    o("elevator", "down / goDown", "one floor down, unless at the bottom", "floor > 0 ifTrue: [floor: floor - 1]. self", g(lambda q: t(q, "floor", 1)), "", 2, "floor")
    o("elevator", "floorsTo: / distanceTo:", "how many floors away", "(floor - $1) absoluteValue", [((7,), lambda q, a: 5)], "i", 2)
    o("robot", "moveRight / stepRight", "one to the right", "x: x + 1", g(lambda q: t(q, "x", 2)), "", 2, "x")
    o("robot", "moveBy:Y: / walk:Down:", "so far right and so far down", "x: x + $1. y: y + $2", [((3, 4), lambda q, a, b: t(q, "x", 4))], "ii", 2, "x")
    o("robot", "position / location", "x and y as a point", "x @ y", g(lambda q: (1, 2)), "", 2)
    o("robot", "distanceToOrigin", "x and y without signs, added", "x absoluteValue + y absoluteValue", g(lambda q: 3), "", 1)
    o("robot", "goHome", "back to zero", "x: 0. y: 0", g(lambda q: t(q, "x", 0)), "", 1, "x")
    o("player", "die / loseLife", "one life less", "lives: lives - 1", g(lambda q: t(q, "lives", 2)), "", 2, "lives")
    o("player", "isDead / isGameOver", "no lives left", "lives <= 0", g(lambda q: False), "", 2)
    o("player", "win: / scorePoints:", "so many points more", "score: score + $1", [((5,), lambda q, a: t(q, "score", 20))], "i", 2, "score")
    o("player", "beats: / isBetterThan:", "do I have more points than the other", "score > $1 score", [], "x", 2)
    o("hero", "hit: / damage: / hurt:", "less health, but not below zero", "health: ((health - $1) max: 0)", [((5,), lambda q, a: t(q, "health", 65))], "i", 3, "health")
    o("hero", "heal: / cure:", "more health, but not above hundred", "health: ((health + $1) min: 100)", [((5,), lambda q, a: t(q, "health", 75)), ((50,), lambda q, a: t(q, "health", 100))], "i", 2, "health")
    o("hero", "isAlive", "any health left", "health > 0", g(lambda q: True), "", 1)
    o("book", "isLong / isThick", "more than three hundred pages", "pages > 300", g(lambda q: True), "", 2)
    o("book", "citation / reference", "author, colon and title", "author, ': ', title", g(lambda q: "frank: dune"), "", 2)
    o("book", "daysToRead: / readingDays:", "days at so many pages a day", "((pages + $1) - 1) / $1", [((100,), lambda q, a: 4)], "i", 2)
    o("flight", "isFullyBooked", "no seat is free", "booked >= seats", g(lambda q: False), "", 1)
    o("flight", "book: / reserve:", "so many more seats are booked", "booked: booked + $1", [((5,), lambda q, a: t(q, "booked", 105))], "i", 2, "booked")
    o("vote", "isAccepted / passed", "more yes than no", "yes > no", g(lambda q: True), "", 2)
    o("vote", "turnout / votesCast", "all votes", "yes + no", g(lambda q: 12), "", 2)
    o("vote", "margin", "how far both are apart", "(yes - no) absoluteValue", g(lambda q: 2), "", 1)
    o("range", "includes: / contains: / covers:", "does the number lie in the range", "($1 >= low) && [$1 <= high]", [((5,), lambda q, a: True), ((50,), lambda q, a: False)], "i", 3)
    o("range", "length / width", "from low to high", "high - low", g(lambda q: 6), "", 2)
    o("range", "middle / center", "halfway between low and high", "(low + high) / 2", g(lambda q: 6), "", 2)
    o("range", "clamp: / nearest:", "the nearest number in the range", "($1 max: low) min: high", [((5,), lambda q, a: 5), ((50,), lambda q, a: 9)], "i", 2)
    o("range", "sum", "sum of all numbers in the range", "| s <- 0 | low to: high Do: [|:i| s: s + i]. s", g(lambda q: 42), "", 1)
    o("fraction", "isWhole", "does the denominator divide the numerator", "(numerator % denominator) = 0", g(lambda q: False), "", 1)
    o("fraction", "inverted / invert", "exchange numerator and denominator", "| t | t: numerator. numerator: denominator. denominator: t", g(lambda q: t(q, "numerator", 8)), "", 2, "numerator")
    o("fraction", "text / asText", "numerator, slash and denominator", "numerator printString, '/', denominator printString", g(lambda q: "6/8"), "", 2)
    o("fraction", "equals:", "the same value as the other", "(numerator * $1 denominator) = (denominator * $1 numerator)", [], "x", 1)
    o("complex", "squaredMagnitude / normSquared", "squares of both parts, added", "(real * real) + (imaginary * imaginary)", g(lambda q: 25), "", 2)
    o("complex", "conjugate", "turn the sign of the imaginary part", "imaginary: 0 - imaginary", g(lambda q: t(q, "imaginary", -4)), "", 1, "imaginary")
    o("loan", "interest / totalInterest", "amount times rate times years, in percent", "(amount * rate * years) / 100", g(lambda q: 100), "", 2)
    o("color", "isGray", "are all parts the same", "(red = green) && [green = blue]", g(lambda q: False), "", 1)
    o("color", "brightness", "mean of the three parts", "(red + green + blue) / 3", g(lambda q: 20), "", 1)
    o("color", "darken: / darkerBy:", "less of every part", "red: red - $1. green: green - $1. blue: blue - $1", [((5,), lambda q, a: t(q, "blue", 25))], "i", 2, "blue")
    o("matrix", "isSquare", "as many rows as columns", "rows = columns", g(lambda q: False), "", 1)
    o("matrix", "cells / size", "rows times columns", "rows * columns", g(lambda q: 12), "", 2)
    o("meter", "usage / consumed", "reading less the previous", "reading - previous", g(lambda q: 20), "", 2)
    o("task", "finish / complete", "it is done now", "done: true", g(lambda q: t(q, "done", True)), "", 2, "done")
    o("task", "isUrgent", "not done and priority above five", "done not && [priority > 5]", g(lambda q: False), "", 1)
    o("light", "change / nextColor", "from red to green and from green to red", "color: (color = 'red' ifTrue: ['green'] False: ['red'])", g(lambda q: t(q, "color", "green")), "", 2, "color")
    o("dog", "feed / giveFood", "not hungry any more", "hungry: false", g(lambda q: t(q, "hungry", False)), "", 2, "hungry")
    o("dog", "humanAge / dogYears", "age times seven", "age * 7", g(lambda q: 28), "", 2)
    o("queue", "enqueue: / join: / append:", "the argument waits at the end", "elements addLast: $1. self", [((9,), lambda q, a: t(q, "elements", [4, 5, 9]))], "x", 3, "elements")
    o("queue", "dequeue / serve", "remove and answer the first", "elements removeFirst", g(lambda q: 4), "", 2)
    o("stack", "push: / put:", "the argument on top", "items addLast: $1. self", [((9,), lambda q, a: t(q, "items", [1, 2, 3, 9]))], "x", 2, "items")
    o("stack", "pop / takeTop", "remove and answer the top", "items removeLast", g(lambda q: 3), "", 2)
    o("stack", "peek / top", "the top element, which stays", "items last", g(lambda q: 3), "", 2)
    o("stack", "popAll / drain", "remove everything", "[items isEmpty] whileFalse: [items removeLast]. self", g(lambda q: t(q, "items", [])), "", 2, "items")
    o("cart", "totalWithDiscount: / discountedTotal:", "sum of the prices, so many percent off", "| s <- 0 | prices do: [|:e| s: s + e]. s - ((s * $1) / 100)", [((20,), lambda q, a: 28)], "i", 2)
    o("inventory", "freeCapacity", "capacity less the whole stock", "| s <- 0 | stock do: [|:e| s: s + e]. capacity - s", g(lambda q: 5), "", 1)


def family():
    specials()
    for name, slots in OBJECTS.items():
        for s, k, v in slots:
            make = {"i": number_slot, "s": text_slot, "b": truth_slot, "l": list_slot}[k]
            share = {"i": 0.27, "s": 0.4, "b": 0.55, "l": 0.55}[k]
            for sel, com, body, cases, args, show in make(name, s, v):
                if RNG.random() < share:
                    o(name, sel, com, body, cases, args, 1, show)
        numbers = [(s, v) for s, k, v in slots if k == "i"]
        for (a, va), (b, vb) in zip(numbers, numbers[1:]):
            for sel, com, body, cases, args, show in two_numbers(name, a, b, va, vb):
                if RNG.random() < 0.5:
                    o(name, sel, com, body, cases, args, 1, show)
