"""The gradient of the gated model in vectorized numpy, float32."""

import platform
import time

import numpy

import engine

CLASSES = 10
LEARNING_RATE = numpy.float32(0.1)
PASSES_A_TURN = 3


def main():
    arguments = engine.parse_arguments()
    start = time.perf_counter()
    X, y = engine.load(arguments.data, "train")
    _, y_test = engine.load(arguments.data, "t10k")
    seconds_loading = time.perf_counter() - start
    W = engine.initial_weights(X.shape[1], CLASSES).astype(numpy.float32)

    # The matrix at once, or in runs of rows that stay in a cache.
    runs = {"whole": len(y), "4096 rows": 4096, "512 rows": 512, "256 rows": 256}
    trials = {
        name: engine.milliseconds(lambda rows=rows: engine.gated_gradient(X, y, W, rows), 5)
        for name, rows in runs.items()
    }
    fastest = min(trials, key=trials.get)

    def gradient():
        return engine.gated_gradient(X, y, W, runs[fastest])

    def whole():
        return engine.gated_gradient(X, y, W, len(y))

    def iteration():
        W[...] -= LEARNING_RATE * gradient()

    if arguments.turns:
        engine.take_turns(
            lambda: {
                "passMilliseconds": engine.milliseconds(gradient, PASSES_A_TURN),
                "wholePassMilliseconds": engine.milliseconds(whole, PASSES_A_TURN),
            }
        )
        return
    engine.report(
        arguments.out,
        {"python": platform.python_version(), "numpy": numpy.__version__, "fastest": fastest},
        y,
        y_test,
        seconds_loading,
        candidates={name: figure / 1e3 for name, figure in trials.items()},
        iterationMilliseconds=engine.milliseconds(iteration, 20),
        cachedBytes=X.nbytes + y.nbytes,
    )


main()
