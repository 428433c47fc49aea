#!/usr/bin/env bash
# Measures Onehot and others side by side: src/bench/run.sh [OPTIONS]
# Kept to what bash 3.2 knows, which is what macOS has.
set -euo pipefail

usage() {
  cat <<'USAGE'
Measures Onehot, Spark MLlib, scikit-learn and numpy side by side, on the same rows and cores.

Usage: src/bench/run.sh [OPTIONS]

  --data DIR     folder with MNIST-named IDX files; without it: generated digits, 60,000 + 10,000
  --cores N      threads of every engine (default: 2)
  --rounds N     how often the engines take turns (default: 5)
  --quick        one round
  --only NAMES   some of them only: onehot,mllib,sklearn,numpy,loops
  --target SHARE test accuracy to train to; may be repeated (default: 0.92 and 0.925)
  --heap SIZE    the largest heap of the JVMs (default: 4g)
  --micro ...    instead JMH's benchmarks of the kernels and of block building, with allocations;
                 what follows goes to JMH, such as a regular expression of names, or -h
  --predict N .. instead predicts N generated digits with Onehot and with Spark MLlib, in turns of new
                 JVMs, and prints rows a second, processor time a row, and their ratios. What follows
                 goes to it: --cores N, --rounds N, --runs N (in a JVM), --heap SIZE
  --alive DIR .. instead trains on eight sets of rows with four optimizers, with and without a bias,
                 and ten seeds, and prints where classes die behind the gate; needs --data with MNIST,
                 and DIR with the 8 x 8 digits as IDX files. What follows goes to it: --seed N,N,
                 --only SET,SET, --leak N. Exit code 1 if a class dies, or if the gate costs accuracy
  --vectors KIND .. instead trains on generated vectors with Onehot and MLlib in turns: text (200,000 x
                 47,236, 53 classes), hashed (262,144 features, 20 classes) or dense (100 features, 5
                 classes; also with scikit-learn). Takes an hour. What follows goes to it: --rows N,
                 --cores N, --rounds N, --mllib N,N and --onehot N,N (iterations to look at)
  --loading ..   instead reads MNIST (--data, before it; not compressed) as CSV and LIBSVM with Onehot
                 and with Spark's own readers, in turns. What follows goes to it: --cores N, --rounds N

It prints a table and writes target/bench/results.json. Progress goes to stderr. On a machine that
does something else at the same time the figures mean little.
scikit-learn and numpy need a python3 that has them (Debian: python3-numpy, python3-sklearn).
USAGE
}

say() {
  printf 'bench: %s\n' "$*" >&2
}

die() {
  local code=$1
  shift
  say "$@"
  exit "$code"
}

find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
  else
    java=$(command -v java) || die 2 "java is not on the PATH and JAVA_HOME is not set; install a JDK 17 or newer"
  fi
}

# Sets python to one that has scikit-learn, else to one that has numpy, else to nothing.
find_python() {
  local module candidate
  python=
  for module in sklearn numpy; do
    for candidate in "$(command -v python3 || true)" /usr/bin/python3; do
      if [[ -x $candidate ]] && "$candidate" -c "import $module" >/dev/null 2>&1; then
        python=$candidate
        return
      fi
    done
  done
}

build() {
  local log=$project/target/bench-build.log
  command -v mvn >/dev/null || die 2 "mvn is not on the PATH; install Maven 3.8 or newer"
  mkdir -p "$project/target"
  say "building; the first time this takes a minute or two and downloads MLlib"
  # Maven adds jars but removes none.
  if [[ $project/pom.xml -nt $bench/lib || $project/src/bench/pom.xml -nt $bench/lib ]]; then
    rm -rf "${bench:?}/lib"
  fi
  if ! mvn -q -B -f "$project/src/bench/pom.xml" compile </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    die 1 "the build failed; Maven's output is above"
  fi
}

generate() {
  data=$bench/digits
  [[ ! -d $data ]] || return 0
  say "generating digits into $data"
  "$project/submit.sh" generate --out "$data" >&2
}

# Sets data to that many digits, and model to a model without a gate, which MLlib knows as well.
prepare_prediction() {
  data=$bench/digits-$1
  model=$bench/model-without-gate
  [[ -d $data ]] || "$project/submit.sh" generate --rows "$1" --test-rows 0 --shards 2 --out "$data" >&2
  [[ -d $model ]] || "$project/submit.sh" train --activation identity --out "$model" >&2
}

main() {
  local data='' micro='' alive='' predict='' vectors='' loading=''
  local -a options=()
  while (($# > 0)) && [[ -z $micro$alive$predict$vectors$loading ]]; do
    case $1 in
      -h | --help)
        usage
        exit 0
        ;;
      --micro) micro=1 ;;
      --alive)
        (($# > 1)) || die 2 "--alive needs a folder"
        alive=$2
        shift
        ;;
      --predict)
        (($# > 1)) || die 2 "--predict needs a number of rows"
        predict=$2
        shift
        ;;
      --vectors)
        (($# > 1)) || die 2 "--vectors needs a kind of rows: text, hashed or dense"
        vectors=$2
        shift
        ;;
      --loading) loading=1 ;;
      --data)
        (($# > 1)) || die 2 "--data needs a folder"
        data=$2
        shift
        ;;
      --data=*) data=${1#--data=} ;;
      *) options+=("$1") ;;
    esac
    shift
  done
  project=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
  bench=$project/target/bench
  [[ -z $data || -d $data ]] || die 3 "$data: no such folder"
  find_java
  build
  local classes="$bench/classes:$project/target/classes:$bench/lib/*"
  if [[ -n $micro ]]; then
    exec "$java" ${data:+"-Donehot.bench.data=$data"} -cp "$classes" org.openjdk.jmh.Main -prof gc "$@"
  fi
  local -a jvm=()
  local module
  # The options that Spark's launcher gives a JVM, one on each line of the build.
  while IFS= read -r module; do
    jvm+=("$module")
  done < <(sed -n 's/^ *\(--add-[^ <]*\) *$/\1/p' "$project/pom.xml")
  jvm+=("-Dlog4j2.configurationFile=$project/conf/log4j2.properties" -cp "$classes")
  if [[ -n $alive ]]; then
    [[ -n $data ]] || die 2 "--alive needs MNIST: name its folder with --data, before --alive"
    exec "$java" -Xmx3g "${jvm[@]}" dev.onehot.bench.ClassesAlive \
      --mnist "$data" --digits8x8 "$alive" "$@"
  fi
  if [[ -n $vectors ]]; then
    [[ $vectors != dense ]] || find_python
    exec "$java" -Xmx6g "${jvm[@]}" dev.onehot.bench.VectorRace --project "$project" \
      --kind "$vectors" ${python:+--python "$python"} "$@"
  fi
  if [[ -n $loading ]]; then
    [[ -n $data ]] || die 2 "--loading needs MNIST: name its folder with --data, before --loading"
    exec "$java" -Xmx4g "${jvm[@]}" dev.onehot.bench.LoadingRace --project "$project" \
      --data "$data" "$@"
  fi
  if [[ -n $predict ]]; then
    prepare_prediction "$predict"
    exec "$java" -cp "$classes" dev.onehot.bench.PredictionRace --project "$project" \
      --model "$model" --data "$data" --rows "$predict" "$@"
  fi
  if [[ -z $data ]]; then
    generate
  fi
  find_python
  exec "$java" -cp "$classes" dev.onehot.bench.SideBySide --project "$project" --data "$data" \
    ${python:+--python "$python"} ${options[@]+"${options[@]}"}
}

main "$@"
