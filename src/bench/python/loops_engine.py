"""One iteration as a first numpy program writes it: products as products, but gate, softmax, one-hot
and their derivatives row by row and element by element, in float64."""

import platform
import time

import numpy

import engine

CLASSES = 10


def gate(Z):
    A = numpy.zeros(Z.shape)
    for n in range(Z.shape[0]):
        for c in range(Z.shape[1]):
            A[n, c] = Z[n, c] if Z[n, c] > 0 else 0
    return A


def gate_derivative(Z):
    A = gate(Z)
    D = numpy.zeros(Z.shape)
    for n in range(Z.shape[0]):
        for c in range(Z.shape[1]):
            D[n, c] = 1.0 if A[n, c] > 0 else 0
    return D


def softmax(A):
    sums = [numpy.sum(numpy.exp(row)) for row in A]
    P = numpy.zeros(A.shape)
    for n in range(A.shape[0]):
        for c in range(A.shape[1]):
            P[n, c] = numpy.exp(A[n, c]) / sums[n]
    return P


def one_hot(y):
    rows = []
    for label in y:
        row = numpy.zeros(CLASSES)
        row[label] = 1
        rows.append(row)
    return numpy.array(rows)


def loss_and_accuracy(P, y):
    loss = 0.0
    right = 0
    for n, label in enumerate(y):
        loss -= numpy.log(P[n, label])
        right += numpy.argmax(P[n]) == label
    return loss / len(y), right / len(y)


def iteration(X, y, W, learning_rate):
    Z = numpy.dot(X, W)
    A = gate(Z)
    loss_and_accuracy(softmax(A), y)
    G = numpy.dot(X.T, (softmax(A) - one_hot(y)) * gate_derivative(Z)) / len(y)
    return W - learning_rate * G


def main():
    arguments = engine.parse_arguments()
    start = time.perf_counter()
    X, y = engine.load(arguments.data, "train", numpy.float64)
    _, y_test = engine.load(arguments.data, "t10k")
    seconds_loading = time.perf_counter() - start
    W = engine.initial_weights(X.shape[1], CLASSES)
    engine.report(
        arguments.out,
        {"python": platform.python_version(), "numpy": numpy.__version__},
        y,
        y_test,
        seconds_loading,
        iterationMilliseconds=engine.milliseconds(lambda: iteration(X, y, W, 0.1), 1),
        cachedBytes=X.nbytes + y.nbytes,
    )


main()
