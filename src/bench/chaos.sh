#!/usr/bin/env bash
# Trainings on a real standalone cluster on this machine, whose executors, workers and drivers are
# killed at random moments: every one has to end with the laptop's bits, and to leave nothing.
# Prints a line a training, ends with 1 if any failed.
# Kept to what bash 3.2 knows, which is what macOS has.
set -euo pipefail

usage() {
  cat <<'USAGE'
Kills executors, workers and drivers of trainings on a standalone cluster, at random moments.

Usage: src/bench/chaos.sh [OPTIONS]

  --runs N        trainings (default: 25)
  --seed N        of what is killed and when (default: 1; moments still depend on the machine)
  --iterations N  of each training (default: 150)
  --kills N       to try in each training (default: 3); those after its end don't take place
USAGE
}

die() {
  printf 'chaos: %s\n' "$1" >&2
  exit 2
}

runs=25
seed=1
iterations=150
kills=3
while (($# > 0)); do
  case $1 in
    -h | --help)
      usage
      exit 0
      ;;
    --runs | --seed | --iterations | --kills)
      [[ ${2:-} =~ ^[0-9]+$ ]] || die "$1 needs a number"
      printf -v "${1#--}" %s "$2"
      shift 2
      ;;
    *) die "unknown option $1; --help lists them" ;;
  esac
done

project=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$project"
mkdir -p target
if ! mvn -q -B -DskipTests package dependency:build-classpath -Dmdep.includeScope=test \
  -Dmdep.outputFile=target/chaos-classpath </dev/null >target/chaos-build.log 2>&1; then
  cat target/chaos-build.log >&2
  die "the build failed; Maven's output is above"
fi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
classes=target/test-classes:target/classes:$(<target/chaos-classpath)
"$java" "-Donehot.home=$project" -cp "$classes" \
  dev.onehot.cluster.Chaos "$folder" "$runs" "$seed" "$iterations" "$kills"
