#!/usr/bin/env python3
"""Writes stdlib/mind/forms/*.self from the corpus: `python3 mind/corpus/forms.py`.

The world's search begins with methods that are known to work. This takes the bodies of the corpus, at most two of one
shape (the same but for numbers and texts), with the words of the names and comments they come under. Arguments are
written arg1, arg2; in methods of domain objects the slots are written by their kind: Integer1, String1, List1.
"""
import collections
import json
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "..", "stdlib", "mind", "forms")
TOKEN = re.compile(r"'(?:[^'\\]|\\.)*'|[A-Za-z]\w*|\d+")
# Words that say nothing about a method.
IDLE = set("""a an and are as at be by do each every for from has have i if in into is it its me my of on or
one that the their them then there those to true false what when where which whether with argument other
given so receiver elements element answer text number""".split())
MOST_WORDS = 7
MOST_OF_A_SHAPE = 2
LINES = 390


def arguments(selector):
    words = selector.split()
    return words[1::2]


def words(text):
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", text)
    return [w.lower() for w in re.findall(r"[A-Za-z]+", text)]


def rewritten(body, names):
    def one(match):
        token = match.group(0)
        return names.get(token, token)
    return TOKEN.sub(one, body)


def shape(body):
    return TOKEN.sub(lambda m: "0" if m.group(0)[0].isdigit() else "''" if m.group(0)[0] == "'" else m.group(0), body)


def slot_names(receiver, body, names):
    """The slots that the body names, by kind and in the order it names them."""
    kinds = dict(part.split(":") for part in receiver.split()[1:])
    counts = collections.Counter()
    for match in TOKEN.finditer(body):
        token = match.group(0)
        if token in kinds and token not in names:
            kind = kinds[token] if kinds[token] in ("integer", "float", "string", "boolean", "list", "vector") else "object"
            kind = "list" if kind == "vector" else kind
            counts[kind] += 1
            names[token] = "%s%d" % (kind.capitalize(), counts[kind])
    return names


def files(entries):
    """File name -> number of arguments -> body -> words, the commonest bodies first."""
    out = collections.defaultdict(lambda: collections.defaultdict(dict))
    for e in entries:
        receiver = e["receiver"]
        names = {name: "arg%d" % (i + 1) for i, name in enumerate(arguments(e["selector"]))}
        own = [name for name in names]
        if ":" in receiver:
            names = slot_names(receiver, e["body"], names)
            kind = "object"
        else:
            kind = "list" if receiver == "vector" else receiver
        body = rewritten(e["body"], names)
        if "|" in body.replace("(|", "").replace("|]", "") and "\\" in body:
            continue
        skip = IDLE | set(n.lower() for n in own) | set(n.lower() for n in names)
        found = out[kind][len(own)].setdefault(body, collections.Counter())
        found[None] += 1
        for word in words(re.sub(r"(?<=:) *\w+|(?<= )\w+$", "", e["selector"])) + words(e.get("comment", "")):
            if word not in skip:
                found[word] += 1
    return out


def lines(bodies):
    shapes = collections.Counter()
    ordered = sorted(bodies.items(), key=lambda item: -item[1][None])
    for body, found in ordered:
        shapes[shape(body)] += 1
        if shapes[shape(body)] > MOST_OF_A_SHAPE or len(body) > 130:
            continue
        best = [w for w, _ in found.most_common() if w is not None][:MOST_WORDS]
        yield "%s|%s" % (" ".join(best), body)


def escaped(line):
    return line.replace("\\", "\\\\").replace("'", "\\'")


def main():
    with open(os.path.join(HERE, "corpus.jsonl")) as source:
        entries = [json.loads(line) for line in source]
    os.makedirs(OUT, exist_ok=True)
    for kind, counts in files(entries).items():
        parts = []
        for count in sorted(counts):
            if count > 2:
                continue
            text = "\n".join(escaped(line) for line in lines(counts[count]))
            parts.append("        %s%s = '%s'." % (kind, ["None", "One", "Two"][count], text))
        with open(os.path.join(OUT, kind + ".self"), "w") as out:
            out.write('"Known methods of the kind: words, a bar, a body. Written by mind/corpus/forms.py from the corpus."\n\n')
            out.write("forms _AddSlots: (|\n    {'Category: %s\\x7fComment: By the number of arguments, which are written arg1, arg2.'\n" % kind)
            out.write("\n".join(parts) + "\n    }\n|)\n")


main()
