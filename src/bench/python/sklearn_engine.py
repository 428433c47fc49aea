"""scikit-learn's LogisticRegression: multinomial, no intercept, no regularization, float32."""

import platform
import time
import warnings

import numpy
import scipy.sparse
import sklearn
from sklearn.linear_model import LogisticRegression

import engine

VARIANTS = ["saga-csr", "sag-csr", "lbfgs-csr", "lbfgs-dense", "newton-cg-csr", "saga-dense"]

# A variant that has not reached a target in so many seconds of one fit is given up.
SECONDS_PER_FIT = 20


class Rows:
    def __init__(self, folder):
        self.X, self.y = engine.load(folder, "train")
        X_test, self.y_test = engine.load(folder, "t10k")
        self.csr = scipy.sparse.csr_matrix(self.X)
        self.csr_test = scipy.sparse.csr_matrix(X_test)

    def fit(self, variant, iterations):
        """Seconds, the accuracy on the test rows, and seconds of CPU."""
        solver, layout = variant.rsplit("-", 1)
        model = LogisticRegression(
            solver=solver,
            C=numpy.inf,
            fit_intercept=False,
            tol=1e-30,
            max_iter=iterations,
            random_state=0,
        )
        X = self.csr if layout == "csr" else self.X
        cpu_start = time.process_time()
        start = time.perf_counter()
        model.fit(X, self.y)
        seconds = time.perf_counter() - start
        cpu_seconds = time.process_time() - cpu_start
        return seconds, float(model.score(self.csr_test, self.y_test)), cpu_seconds


def least_iterations(rows, variant, target, known, seconds_to_beat):
    """In steps of one half more, then by bisection; None if the target seems out of reach, or if
    another variant is faster."""

    def run(iterations):
        if iterations not in known:
            known[iterations] = rows.fit(variant, iterations)
        return known[iterations]

    below, reached = 0, 1
    while run(reached)[1] < target:
        if run(reached)[0] > min(SECONDS_PER_FIT, 1.5 * seconds_to_beat):
            return None
        below, reached = reached, reached + (reached + 1) // 2
    while reached - below > 1:
        middle = (below + reached) // 2
        if run(middle)[1] < target:
            below = middle
        else:
            reached = middle
    return reached


def search(rows, targets):
    known = {variant: {} for variant in VARIANTS}
    candidates = {}
    fits = []
    for target in targets:
        best = None
        for variant in VARIANTS:
            to_beat = best["seconds"] if best else numpy.inf
            iterations = least_iterations(rows, variant, target, known[variant], to_beat)
            if iterations is None:
                continue
            fit = described(target, variant, iterations, known[variant][iterations])
            candidates[f"{target} {variant} {iterations}"] = fit["seconds"]
            if fit["seconds"] < to_beat:
                best = fit
        if best:
            fits.append(best)
    return fits, candidates


def described(target, variant, iterations, measured):
    seconds, accuracy, cpu_seconds = measured
    return {
        "target": target,
        "variant": variant,
        "iterations": iterations,
        "accuracy": accuracy,
        "seconds": seconds,
        "cpuSeconds": cpu_seconds,
    }


def measure(rows, planned, repetitions):
    fits = []
    for plan in planned[:1] + planned * repetitions:
        target, variant, iterations = plan.split(":")
        measured = rows.fit(variant, int(iterations))
        fits.append(described(float(target), variant, int(iterations), measured))
    return fits


def main():
    # Of fits that are stopped on purpose, before they converge.
    warnings.simplefilter("ignore")
    arguments = engine.parse_arguments()
    start = time.perf_counter()
    rows = Rows(arguments.data)
    seconds_loading = time.perf_counter() - start
    candidates = {}
    epochs = []
    if arguments.target:
        fits, candidates = search(rows, arguments.target)
    else:
        fits = measure(rows, arguments.fit, arguments.repetitions)
        epochs = [fit["seconds"] / fit["iterations"] * 1e3 for fit in fits[1:]]
    csr = any(fit["variant"].endswith("csr") for fit in fits)
    engine.report(
        arguments.out,
        {
            "python": platform.python_version(),
            "numpy": numpy.__version__,
            "scikit-learn": sklearn.__version__,
        },
        rows.y,
        rows.y_test,
        seconds_loading,
        fits=fits,
        candidates=candidates,
        iterationMilliseconds=float(numpy.median(epochs)) if epochs else None,
        cachedBytes=(
            rows.csr.data.nbytes + rows.csr.indices.nbytes + rows.csr.indptr.nbytes
            if csr
            else rows.X.nbytes
        ),
    )


main()
