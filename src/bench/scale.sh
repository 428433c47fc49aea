#!/usr/bin/env bash
# What a row costs in trainings of different sizes: src/bench/scale.sh [DIR]
# Prints a line a training; every one in a JVM of its own, on the same generated digits in DIR, which
# are generated there if there are none (6.4 GB; without DIR in target/bench, where they stay).
#
#   SIZES='60000:300 600000:100 8100000:20'   rows:iterations, in this order
#   HEAP=14g                                  the driver's memory
#
# "of CPU" are the tasks' executor CPU time by rows: least and median of the later half of iterations.
set -euo pipefail

project=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
digits=${1:-$project/target/bench/scale}
sizes=${SIZES:-60000:300 600000:100 8100000:20}
heap=${HEAP:-14g}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

submit() {
  local log=$work/log
  if ! "$project/submit.sh" "$@" >"$log" 2>&1; then
    cat "$log" >&2
    echo "scale.sh: ./submit.sh $1 failed; its output is above" >&2
    exit 1
  fi
}

if [[ ! -d $digits ]]; then
  echo "scale.sh: generating 8,100,000 digits into $digits" >&2
  submit generate --out "$digits" --rows 8100000 --shards 16
fi
for size in $sizes; do
  rm -rf -- "${work:?}"/*
  mkdir "$work/events"
  submit train --data "$digits" --train-rows "${size%:*}" --iterations "${size#*:}" \
    --out "$work/model" -- --driver-memory "$heap" --conf spark.eventLog.enabled=true \
    --conf "spark.eventLog.dir=file://$work/events" --conf spark.eventLog.compress=false
  python3 "$project/src/bench/python/row_cost.py" "$work/events" "$work/model/run.json"
done
