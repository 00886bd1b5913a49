"""Prints, as JSON, the files that a keras wheel downloads, and every digest that its source names.

Usage: keras_files.py WHEEL

The source is parsed (ast), never run. A part of a name that only a run would tell is "*" in `url`; a digest that comes from a
table or an argument is "*" in `hash`, one that is not given is null.
"""

import ast
import json
import re
import sys
import zipfile

UNKNOWN = None
DIGEST = re.compile(r"[0-9a-f]{32}(?:[0-9a-f]{32})?")
SOURCES = re.compile(r"keras/src/(?:applications|datasets)/\w+(?<!_test)\.py")


def text_of(node, names):
    """The string that an expression gives, "*" for each part that is not known; UNKNOWN if it is no string."""
    value = value_of(node, names)
    if value is UNKNOWN:
        return "*"
    return str(value)


def value_of(node, names):
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return names.get(node.id, UNKNOWN)
    if isinstance(node, (ast.List, ast.Tuple)):
        return [value_of(element, names) for element in node.elts]
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part, names) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return value_of(node.value, names)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        if is_list(node.left, names) or is_list(node.right, names):
            return UNKNOWN
        return re.sub(r"\*+", "*", text_of(node.left, names) + text_of(node.right, names))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        template = value_of(node.left, names)
        return re.sub(r"%[sd]", "*", template) if isinstance(template, str) else UNKNOWN
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        template = value_of(node.func.value, names)
        return re.sub(r"\{[^}]*\}", "*", template) if isinstance(template, str) else UNKNOWN
    return UNKNOWN


def is_list(node, names):
    return isinstance(value_of(node, names), list)


def argument(call, position, keyword):
    for given in call.keywords:
        if given.arg == keyword:
            return given.value
    return call.args[position] if len(call.args) > position else None


class Reader:
    def __init__(self, module):
        self.module = module
        self.files = []

    def block(self, statements, names):
        """Goes through statements in order. Both branches of an `if` count; what they assign differently is not known."""
        for statement in statements:
            self.statement(statement, names)

    def statement(self, node, names):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            self.block(node.body, dict(names))
            return
        if isinstance(node, ast.For):
            values = value_of(node.iter, names)
            if isinstance(values, list) and isinstance(node.target, ast.Name):
                for value in values:
                    names[node.target.id] = value
                    self.block(node.body, names)
                return
        self.calls(node, names)
        if isinstance(node, ast.If):
            one, other = dict(names), dict(names)
            self.block(node.body, one)
            self.block(node.orelse, other)
            for name in {*one, *other}:
                names[name] = one.get(name) if one.get(name) == other.get(name) else UNKNOWN
            return
        for part in ("body", "orelse", "finalbody"):
            self.block([child for child in getattr(node, part, []) if isinstance(child, ast.stmt)], names)
        if isinstance(node, ast.Assign):
            value = value_of(node.value, names)
            for target in node.targets:
                if isinstance(target, ast.Name):
                    names[target.id] = value

    def calls(self, node, names):
        """Calls in a statement itself, not in the statements below it."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                continue
            if isinstance(child, ast.Call):
                self.call(child, names)
            self.calls(child, names)

    def call(self, node, names):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called != "get_file":
            return
        origin = argument(node, 1, "origin")
        digest = argument(node, 99, "file_hash") or argument(node, 99, "md5_hash")
        self.files.append(
            {
                "module": self.module,
                "url": "*" if origin is None else text_of(origin, names),
                "hash": None if digest is None else text_of(digest, names),
            }
        )


def digests_in(tree):
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and DIGEST.fullmatch(node.value)
    }


def tables_in(tree):
    """Digests by name, as in {"b0": (WITH_TOP, WITHOUT_TOP)}."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Dict):
            continue
        for key, value in zip(node.keys, node.values):
            if key is None:
                continue
            name, digests = value_of(key, {}), value_of(value, {})
            if not isinstance(name, str) or not isinstance(digests, list) or len(digests) != 2:
                continue
            if all(isinstance(digest, str) and DIGEST.fullmatch(digest) for digest in digests):
                yield {"name": name, "top": digests[0], "notop": digests[1]}


def main():
    files, digests, tables = [], set(), []
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        for name in sorted(wheel.namelist()):
            if not SOURCES.fullmatch(name):
                continue
            tree = ast.parse(wheel.read(name), name)
            reader = Reader(name)
            reader.block(tree.body, {})
            files += reader.files
            digests |= digests_in(tree)
            tables += tables_in(tree)
    if not files:
        sys.exit("no downloads found: the layout of the wheel has changed")
    json.dump({"files": files, "digests": sorted(digests), "tables": tables}, sys.stdout)


main()
