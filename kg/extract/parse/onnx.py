"""Small networks for onnxruntime, written without the package onnx: nodes, weights, one input, one output."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

FLOAT, INT64 = 1, 7
VERSION, OPSET = 8, 17


class Network:
    """A graph as it grows; `bytes` gives the model that onnxruntime loads."""

    def __init__(self) -> None:
        self._graph: list[bytes] = []
        self._count = 0

    def add(self, op: str, *inputs: str, outputs: int = 1, **attributes: float) -> list[str]:
        """Add a node and give the names of its outputs."""
        self._count += 1
        names = [f"{self._count}.{i}" for i in range(outputs)]
        node = [_text(1, x) for x in inputs] + [_text(2, x) for x in names] + [_text(4, op)]
        for key, value in attributes.items():
            if isinstance(value, int):
                given = _number(3, value) + _number(20, 2)
            else:
                given = _key(2, 5) + struct.pack("<f", value) + _number(20, 1)
            node.append(_field(5, _text(1, key) + given))
        self._graph.append(_field(1, b"".join(node)))
        return names

    def constant(self, value: NDArray[np.float32] | list[int]) -> str:
        """Add weights, or whole numbers, and give their name."""
        self._count += 1
        name = f"{self._count}.c"
        array = np.array(value, np.int64) if isinstance(value, list) else np.asarray(value, np.float32)
        kind = INT64 if isinstance(value, list) else FLOAT
        dims = b"".join(_number(1, d) for d in array.shape)
        data = dims + _number(2, kind) + _text(8, name) + _field(9, array.tobytes())
        self._graph.append(_field(5, data))
        return name

    def model(self, source: str, result: str, width: int) -> bytes:
        """Give the model that turns rows of the input into rows of a node's output, both of one width."""
        ends = _field(11, _rows(source, width)) + _field(12, _rows(result, width))
        graph = b"".join(self._graph) + _text(2, "graph") + ends
        return _number(1, VERSION) + _field(8, _number(2, OPSET)) + _field(7, graph)


def _rows(name: str, width: int) -> bytes:
    shape = _field(1, _text(2, f"rows of {name}")) + _field(1, _number(1, width))
    return _text(1, name) + _field(2, _field(1, _number(1, FLOAT) + _field(2, shape)))


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _key(field: int, kind: int) -> bytes:
    return _varint(field << 3 | kind)


def _number(field: int, value: int) -> bytes:
    return _key(field, 0) + _varint(value)


def _field(field: int, data: bytes) -> bytes:
    return _key(field, 2) + _varint(len(data)) + data


def _text(field: int, text: str) -> bytes:
    return _field(field, text.encode())
