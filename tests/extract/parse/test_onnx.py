"""Networks written without the package onnx."""

import numpy as np

from kg.extract.parse.encoder import session
from kg.extract.parse.onnx import Network


def test_a_network_computes_what_was_written():
    rng = np.random.default_rng(3)
    weight, bias = rng.standard_normal((4, 8)), rng.standard_normal(8)
    net = Network()
    (product,) = net.add("MatMul", "rows", net.constant(weight.astype(np.float32)))
    (total,) = net.add("Add", product, net.constant(bias.astype(np.float32)))
    (larger,) = net.add("Max", *net.add("Split", total, outputs=2, axis=1))
    run = session(net.model("rows", larger, 4))
    for size in (1, 3, 200):
        x = rng.standard_normal((size, 4)).astype(np.float32)
        y = x @ weight + bias
        assert np.allclose(run.run(None, {"rows": x})[0], np.maximum(y[:, :4], y[:, 4:]), atol=1e-5)


def test_attributes_may_be_whole_or_broken_numbers():
    net = Network()
    ones, zeros = net.constant(np.ones(3)), net.constant(np.zeros(3))
    (normal,) = net.add("LayerNormalization", "rows", ones, zeros, axis=-1, epsilon=1e-8)
    (first,) = net.add("Slice", normal, net.constant([0]), net.constant([-1]), net.constant([0]))
    run = session(net.model("rows", first, 3))
    x = np.array([[1, 2, 3], [5, 5, 8]], np.float32)
    (found,) = run.run(None, {"rows": x})
    assert np.allclose(found, [[-1.2247449, 0, 1.2247449]], atol=1e-5)
