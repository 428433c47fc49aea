"""Prints what a row cost in a training: row_cost.py FOLDER-OF-SPARK'S-EVENT-LOG RUN.JSON"""

import glob
import json
import os
import statistics
import sys


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


def main():
    folder, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        run = json.load(file)
    rows = run["rows"]
    # The last two jobs measure the last weights on the training rows and the test rows.
    jobs = job_seconds(folder)[:-2]
    half = (run["iterations"] + 1) // 2
    if len(jobs) < run["iterations"] or half == 0:
        sys.exit(f"{folder}: no event log of a training with a test, or no iterations in it")
    iterations = jobs[-half:]
    micros = [seconds * 1e6 / rows for seconds in iterations]
    cached = run["cachedBytes"]
    print(
        f"{rows:>11,} rows  {min(micros):.3f} us of CPU a row at least, "
        f"{statistics.median(micros):.3f} median  "
        f"{'not all cached' if cached is None else f'{cached / rows:.1f} B a row'}  "
        f"peak {run['peakMemoryBytes'] / 1e9:.1f} GB  W1 {run['w1Sha256'][:8]}",
        flush=True,
    )


if __name__ == "__main__":
    main()
