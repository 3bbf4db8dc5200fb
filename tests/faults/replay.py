"""A disk as a power cut may leave it: what was not flushed is dropped, reordered or torn."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SECTOR: Final = 512
LEDGER: Final = "ledger"
"""What is written to a file of this name is what the child said, and when."""


@dataclass(frozen=True, slots=True)
class Op:
    """One thing that was done to a file, as `preload.c` noted it."""

    kind: str
    """C created, W written, T cut, S flushed, U gone, R renamed."""
    path: str
    at: int
    data: bytes


def read_notes(file: Path) -> list[Op]:
    """All that was done, in its order."""
    return list(_notes(file.read_bytes()))


def _notes(content: bytes) -> Iterator[Op]:
    at = 0

    def whole(size: int) -> bytes:
        nonlocal at
        at += size
        return content[at - size : at]

    def number() -> int:
        return int.from_bytes(whole(8), "little", signed=True)

    while at < len(content):
        kind = whole(1).decode()
        path = whole(number()).decode()
        place, size = number(), number()
        yield Op(kind, path, place, whole(size))


@dataclass(slots=True)
class Inode:
    """A file's content: what is on the disk for sure, and what is on its way."""

    sure: bytearray
    coming: list[Op] = field(default_factory=list)


class Disk:
    """Files under one folder, from a moment at which all of them were on the disk."""

    def __init__(self, base: dict[str, bytes]) -> None:
        self._now = {path: Inode(bytearray(content)) for path, content in base.items()}
        self._sure = dict(self._now)
        self._names: list[Op] = []
        self._inodes: dict[int, Inode] = {}
        self.said = ""

    def does(self, op: Op) -> None:
        """Let one thing happen."""
        if op.path.rsplit("/", 1)[-1] == LEDGER:
            if op.kind == "W":
                self.said += op.data.decode()
            return
        match op.kind:
            case "C":
                self._now[op.path] = Inode(bytearray())
                self._name(op, self._now[op.path])
            case "W" | "T":
                if op.path in self._now:
                    self._now[op.path].coming.append(op)
            case "U":
                if self._now.pop(op.path, None) is not None:
                    self._name(op, None)
            case "R":
                inode = self._now.pop(op.path)
                self._now[op.data.decode()] = inode
                self._name(op, inode)
            case "S":
                self._flushed(op.path)

    def _name(self, op: Op, inode: Inode | None) -> None:
        self._names.append(op)
        if inode is not None:
            self._inodes[id(op)] = inode

    def _flushed(self, path: str) -> None:
        if path in self._now:
            inode = self._now[path]
            for op in inode.coming:
                _apply(inode.sure, op)
            inode.coming.clear()
            return
        # A folder: the names in it, in their order.
        kept = []
        for op in self._names:
            if op.path.rsplit("/", 1)[0] == path:
                self._named(self._sure, op)
            else:
                kept.append(op)
        self._names = kept

    def _named(self, names: dict[str, Inode], op: Op) -> None:
        if op.kind == "C":
            names[op.path] = self._inodes[id(op)]
        elif op.kind == "U":
            names.pop(op.path, None)
        else:
            names.pop(op.path, None)
            names[op.data.decode()] = self._inodes[id(op)]

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files as they might be found; this disk goes on as it is."""
        names = dict(self._sure)
        # A file system keeps the order of names, but not how far it came.
        for op in self._names[: chance.randint(0, len(self._names))]:
            self._named(names, op)
        return {path: _left(inode, chance) for path, inode in names.items()}


def _apply(content: bytearray, op: Op) -> None:
    end = op.at + len(op.data)
    if op.kind == "T":
        del content[op.at :]
        content.extend(bytes(op.at - len(content)))
        return
    content.extend(bytes(max(0, end - len(content))))
    content[op.at : end] = op.data


def _left(inode: Inode, chance: random.Random) -> bytes:
    content = bytearray(inode.sure)
    mood = chance.choice(("none", "all", "some", "some", "some"))
    if mood == "none":
        return bytes(content)
    for op in inode.coming if mood == "all" else _some(inode.coming, chance):
        _apply(content, op)
    return bytes(content)


def _some(coming: Iterable[Op], chance: random.Random) -> Iterator[Op]:
    """Writes between two cuts in any order, some of them dropped, some torn between sectors."""
    run: list[Op] = []
    for op in coming:
        if op.kind == "T":
            yield from _shuffled(run, chance)
            run = []
            if chance.random() < 0.5:
                yield op
        else:
            run.append(op)
    yield from _shuffled(run, chance)


def _shuffled(run: list[Op], chance: random.Random) -> Iterator[Op]:
    for op in chance.sample(run, len(run)):
        fate = chance.random()
        if fate < 0.5:
            yield op
        elif fate < 0.75:
            yield from _torn(op, chance)


def _torn(op: Op, chance: random.Random) -> Iterator[Op]:
    start = op.at
    end = op.at + len(op.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        if chance.random() < 0.5:
            yield Op("W", op.path, start, op.data[start - op.at : stop - op.at])
        start = stop
