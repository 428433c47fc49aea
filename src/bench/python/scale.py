"""Trains with different numbers of rows and prints what a row cost; scale.sh says how.

scale.py SUBMIT.SH DIGITS HEAP SECONDS-OF-A-TURN AWAKE ROWS:ITERATIONS...
"""

import glob
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile


class Training:
    """One that only runs in its turns."""

    def __init__(self, submit, digits, heap, size, folder):
        rows, _, iterations = size.partition(":")
        self._size = size
        self._events = os.path.join(folder, "events")
        self._model = os.path.join(folder, "model")
        self._log = os.path.join(folder, "log")
        self._command = [submit, "train", "--data", digits, "--train-rows", rows]
        self._command += ["--iterations", iterations, "--out", self._model]
        self._command += ["--", "--driver-memory", heap, "--conf", "spark.eventLog.enabled=true"]
        self._command += ["--conf", f"spark.eventLog.dir=file://{self._events}"]
        self._command += ["--conf", "spark.eventLog.compress=false"]
        self._process = None

    def ends_in_turn(self, seconds):
        """Lets it run for so long, or to its end if that is sooner; whether it was."""
        if self._process is None:
            os.makedirs(self._events)
            with open(self._log, "wb") as log:
                # A session is a process group of its own, which signals reach as a whole.
                self._process = subprocess.Popen(
                    self._command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
                )
        else:
            self._signal(signal.SIGCONT)
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGSTOP)
            return False
        if code != 0:
            with open(self._log, encoding="utf-8", errors="replace") as log:
                sys.stderr.write(log.read())
            sys.exit(f"scale.sh: training {self._size} ended with {code}; its output is above")
        return True

    def end(self):
        """Ends it if it has begun and not ended."""
        if self._process is not None and self._process.poll() is None:
            self._signal(signal.SIGTERM)
            self._signal(signal.SIGCONT)
            self._process.wait()

    def _signal(self, number):
        os.killpg(self._process.pid, number)

    def report(self):
        with open(os.path.join(self._model, "run.json"), encoding="utf-8") as file:
            run = json.load(file)
        rows = run["rows"]
        # The last two jobs measure the last weights on the training rows and the test rows.
        jobs = job_seconds(self._events)[:-2]
        half = (run["iterations"] + 1) // 2
        if len(jobs) < run["iterations"] or half == 0:
            sys.exit(f"scale.sh: training {self._size} logged fewer jobs than iterations, or had none")
        micros = [seconds * 1e6 / rows for seconds in jobs[-half:]]
        cached = run["cachedBytes"]
        print(
            f"{rows:>11,} rows  {min(micros):.3f} us of CPU a row at least, "
            f"{statistics.median(micros):.3f} median  "
            f"{'not all cached' if cached is None else f'{cached / rows:.1f} B a row'}  "
            f"peak {run['peakMemoryBytes'] / 1e9:.1f} GB  W1 {run['w1Sha256'][:8]}",
            flush=True,
        )


def job_seconds(folder):
    """Executor CPU seconds of the tasks of each Spark job, in the order in which they began."""
    job_of_stage = {}
    seconds = {}
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), "*", "events_*"))):
        with open(path, encoding="utf-8") as file:
            for line in file:
                event = json.loads(line)
                if event["Event"] == "SparkListenerJobStart":
                    seconds[event["Job ID"]] = 0
                    for stage in event["Stage IDs"]:
                        job_of_stage[stage] = event["Job ID"]
                elif event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
                    nanos = event["Task Metrics"]["Executor CPU Time"]
                    seconds[job_of_stage[event["Stage ID"]]] += nanos / 1e9
    return [seconds[job] for job in sorted(seconds)]


# Of the lowest priority, which gives way to everything; ends with the process that started it.
AWAKE = """
import os, sys
os.sched_setaffinity(0, [int(sys.argv[2])])
os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
while os.getppid() == int(sys.argv[1]):
    for _ in range(100_000):
        pass
"""


def keep_cores_awake():
    """A process for each core, which runs where nothing else does."""
    if not hasattr(os, "SCHED_IDLE"):
        sys.exit("scale.sh: AWAKE needs Linux, whose scheduler has an idle class; leave it out")
    return [
        # Not in the terminal's process group, whose Ctrl-C they would each report.
        subprocess.Popen(
            [sys.executable, "-c", AWAKE, str(os.getpid()), str(core)], start_new_session=True
        )
        for core in sorted(os.sched_getaffinity(0))
    ]


def main():
    submit, digits, heap, seconds, awake, *sizes = sys.argv[1:]
    # As an exception, so that no training stays behind, stopped.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    with tempfile.TemporaryDirectory() as folder:
        trainings = [
            Training(submit, digits, heap, size, os.path.join(folder, str(index)))
            for index, size in enumerate(sizes)
        ]
        running = trainings
        busy = []
        try:
            if awake == "yes":
                busy = keep_cores_awake()
            while running:
                running = [each for each in running if not each.ends_in_turn(float(seconds))]
        finally:
            for each in busy:
                each.kill()
                each.wait()
            for each in trainings:
                each.end()
        for each in trainings:
            each.report()


if __name__ == "__main__":
    main()
