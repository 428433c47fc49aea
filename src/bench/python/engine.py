"""What the Python engines share: the rows, the clock, and the report that they hand over in JSON."""

import argparse
import glob
import gzip
import json
import os
import statistics
import sys
import time

import numpy


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--cores", type=int, required=True)
    parser.add_argument("--out")
    parser.add_argument("--turns", action="store_true")
    parser.add_argument("--target", type=float, action="append", default=[])
    parser.add_argument("--fit", action="append", default=[])
    parser.add_argument("--repetitions", type=int, default=0)
    return parser.parse_args()


def _read(folder, kind, header):
    """All bytes behind the headers of the files of a kind, a raw one before its compressed twin."""
    paths = {}
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), kind + "*"))):
        paths.setdefault(path[:-3] if path.endswith(".gz") else path, path)
    parts = []
    for path in paths.values():
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            parts.append(numpy.frombuffer(file.read(), numpy.uint8, offset=header))
    return numpy.concatenate(parts)


def load(folder, prefix, dtype=numpy.float32):
    """X (N x F, pixels / 255) and y (N) of the rows whose files begin with the prefix."""
    y = _read(folder, prefix + "-labels", 8)
    pixels = _read(folder, prefix + "-images", 16).reshape(len(y), -1)
    return pixels.astype(dtype) / dtype(255), y


def gated_gradient(X, y, W, rows):
    """X^T ((softmax(ReLU(XW)) - onehot(y)) * ReLU'(XW)), summed over runs of so many rows."""
    G = numpy.zeros_like(W)
    for start in range(0, len(y), rows):
        x = X[start : start + rows]
        Z = x @ W
        P = numpy.maximum(Z, 0)
        P -= P.max(axis=1, keepdims=True)
        numpy.exp(P, out=P)
        P /= P.sum(axis=1, keepdims=True)
        P[numpy.arange(len(P)), y[start : start + rows]] -= 1
        P *= Z > 0
        G += x.T @ P
    return G / len(y)


def initial_weights(features, classes):
    numpy.random.seed(1024)
    return 0.001 * numpy.random.randn(features, classes)


def milliseconds(action, repetitions):
    """The median."""
    figures = []
    for _ in range(repetitions):
        start = time.perf_counter()
        action()
        figures.append((time.perf_counter() - start) * 1e3)
    return statistics.median(figures)


def take_turns(turn):
    """Answers each line of the input with the figures of a turn, in JSON, until the input ends."""
    print("ready", flush=True)
    for _ in sys.stdin:
        print(json.dumps(turn()), flush=True)


def peak_resident_bytes():
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return None


def report(path, versions, y_train, y_test, seconds_loading, **figures):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(
            {
                "versions": versions,
                "trainingRows": len(y_train),
                "testRows": len(y_test),
                "secondsLoading": seconds_loading,
                "fits": [],
                "candidates": {},
                "peakResidentBytes": peak_resident_bytes(),
                **figures,
            },
            file,
        )
