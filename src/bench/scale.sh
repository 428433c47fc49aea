#!/usr/bin/env bash
# What a row costs in trainings of different sizes: src/bench/scale.sh [DIR]
# Prints a line a training, all on the same generated digits in DIR, which are generated there if there
# are none (6.4 GB; without DIR in target/bench, where they stay). Each has a JVM of its own, and they
# take turns of a few seconds, in which the others are stopped: so whatever else the machine does meets
# them alike. They have so many iterations that they end at about the same time.
#
#   SIZES='60000:1500 600000:300 8100000:20'   rows:iterations
#   HEAP=14g                                   each driver's memory; together they take some 11 GB of it
#   TURN=3                                     seconds
#   AWAKE=yes                                  keep idle cores busy with loops that give way to all else;
#                                              on a shared host an idle core may come back slower (Linux)
#
# "of CPU" are the tasks' executor CPU time by rows: least and median of the later half of iterations.
set -euo pipefail

project=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
digits=${1:-$project/target/bench/scale}

if [[ ! -d $digits ]]; then
  echo "scale.sh: generating 8,100,000 digits into $digits" >&2
  "$project/submit.sh" generate --out "$digits" --rows 8100000 --shards 16 >&2
fi
read -ra sizes <<<"${SIZES:-60000:1500 600000:300 8100000:20}"
exec python3 "$project/src/bench/python/scale.py" "$project/submit.sh" "$digits" "${HEAP:-14g}" \
  "${TURN:-3}" "${AWAKE:-}" "${sizes[@]}"
