#!/usr/bin/env bash
# A month of nightly runs on generated digits whose distribution drifts, with bad nights in between.
# Prints a line a night and a line a check, and ends with 1 if anything is not as it should be.
# Kept to what bash 3.2 knows, which is what macOS has.
set -euo pipefail

usage() {
  cat <<'USAGE'
Runs 30 nights on generated digits that drift, among them bad ones, and checks what is left.

Usage: src/bench/month.sh [OPTIONS]

  --rows N       rows to train on a day (default: 4000)
  --test-rows N  rows of a day for the gate, and as many others for the checks (default: 1000)
  --seed N       of the digits, and of the moments of kill -9 (default: 1)
  --keep DIR     new folder for everything; it stays. Otherwise all is removed at the end

A night is started again, as cron or systemd would, until it has ended by itself. The history must
have a line of each run that held the registry's lock and ended by itself: a run that is killed writes
none, unless it had published a version, which the next run tells of; one that finds the lock taken or
its date done writes none either. So 30 nights give a few more lines than 30.

A full disk takes root and a system that mounts tmpfs; a clock that jumps back takes faketime. Without
them, these nights say so and are ordinary.
USAGE
}

die() {
  printf 'month: %s\n' "$1" >&2
  exit 2
}

rows=4000
test_rows=1000
seed=1
keep=
while (($# > 0)); do
  case $1 in
    -h | --help)
      usage
      exit 0
      ;;
    --rows | --test-rows | --seed)
      [[ ${2:-} =~ ^[0-9]+$ ]] || die "$1 needs a number"
      case $1 in
        --rows) rows=$2 ;;
        --test-rows) test_rows=$2 ;;
        --seed) seed=$2 ;;
      esac
      shift 2
      ;;
    --keep)
      [[ -n ${2:-} && ! -e ${2:-} ]] || die "--keep needs a folder that is not there yet"
      keep=$2
      shift 2
      ;;
    *) die "unknown option $1; --help lists them" ;;
  esac
done

project=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
nights=30
spoilt=(shuffled:5 without7:11 allshuffled:23)
keep_promoted=5
keep_refused=2
# As conf/nightly.properties has them by default.
max_accuracy_loss=0.01
max_loss_increase=0.1

if [[ -n $keep ]]; then
  mkdir -p "$keep"
  work=$(cd -P -- "$keep" && pwd)
else
  work=$(mktemp -d)
fi
registry=$work/registry
mounted=
run_ids=

# shellcheck disable=SC2317
clean_up() {
  local id
  for id in $run_ids; do
    kill -9 "$id" 2>/dev/null || true
  done
  if [[ -n $mounted && -n $keep ]]; then
    cp -R "$registry" "$work/registry-copy"
  fi
  [[ -z $mounted ]] || umount -l "$registry"
  [[ -n $keep ]] || rm -rf -- "$work"
}
trap clean_up EXIT

# ---- data -----------------------------------------------------------------------------------------

make_days() {
  "$project/submit.sh" generate --rows $((rows * nights)) --test-rows $((test_rows * nights * 2)) \
    --seed "$seed" --out "$work/raw" >"$work/logs/generate" 2>&1 || {
    cat "$work/logs/generate" >&2
    die "the digits cannot be generated"
  }
  mkdir "$work/classes"
  local sources=$project/src/bench/java/dev/onehot/bench
  "$javac" -d "$work/classes" "$sources/IdxRows.java" "$sources/DriftingDays.java" \
    "$sources/HonestScores.java"
  "$java" -cp "$work/classes" dev.onehot.bench.DriftingDays "$work/raw" "$work/in" "$work/honest" \
    2026-11-01 "$nights" "$seed" "${spoilt[@]}"
  rm -r "$work/raw"
}

write_settings() {
  cat >"$work/nightly.properties" <<SETTINGS
data = $work/in/{date}
registry = $registry
iterations = 10
checkpoint-every = 2
keep-promoted = $keep_promoted
keep-refused = $keep_refused
grace = 1s
metrics = $work/onehot.prom
SETTINGS
}

mount_registry() {
  mkdir "$registry"
  if ((EUID == 0)) && mount -t tmpfs -o size=32m none "$registry" 2>/dev/null; then
    mounted=1
  fi
}

# ---- a run ----------------------------------------------------------------------------------------

# Starts a run for the date in the background; sets run_id, and err to the file of what it says.
# The prefix is a command that starts it, such as faketime.
prefix=()
start() {
  runs=$((runs + 1))
  err=$work/logs/$(printf '%02d' "$runs")-$date.err
  ${prefix[@]+"${prefix[@]}"} "$project/submit.sh" nightly --config "$work/nightly.properties" \
    --run-date "$date" "$@" -- --master 'local[2]' --conf spark.ui.enabled=false \
    >"${err%.err}.out" 2>"$err" </dev/null &
  run_id=$!
  run_ids="$run_ids $run_id"
}

# The version in the last file of champion, or null.
champion() {
  local file last=''
  for file in "$registry"/champion/[0-9]*.json; do
    [[ ! -e $file ]] || last=$file
  done
  if [[ -z $last ]]; then
    printf null
  else
    sed -n 's/^ *"version": *\([0-9]*\).*/\1/p' "$last"
  fi
}

# Notes that the history must have a line: date, exit code, the champion afterwards.
expect_line() {
  printf '%s %s %s\n' "$1" "$2" "$3" >>"$work/journal"
}

# Waits for a run: ID ERR. Sets code, and notes what the history must say of it.
finish() {
  local id=$1 said=$2 now
  code=0
  # The shell would tell of a killed one.
  { wait "$id" || code=$?; } 2>/dev/null
  run_ids=${run_ids/ $id/}
  now=$(champion)
  if grep -q "of $date was killed after it had published" "$said"; then
    expect_line "$date" "$(published_code "$said")" "$now"
  elif [[ $last_code == 137 ]] && grep -q "^onehot: $date is done already\|^$date is done already" "$said"; then
    # It was killed between its record and its end.
    expect_line "$date" "$code" "$now"
  fi
  if ((code != 137 && code != 143)) &&
    ! grep -q 'is done already\|holds the lock\|the record of this run cannot be written' "$said"; then
    expect_line "$date" "$code" "$now"
    [[ $(metric last_run_exit_code) == "$code" ]] || wrong_metrics="$wrong_metrics ${said##*/}"
  fi
  last_code=$code
  archive
  note_promotion "$now"
}

metric() {
  sed -n "s/^onehot_nightly_$1{.*} //p" "$work/onehot.prom"
}

# The exit code that the record of a killed run has, by what the next run says of it.
published_code() {
  if grep -q 'was killed after it had published: version [0-9]* is refused' "$1"; then
    printf 4
  else
    printf 0
  fi
}

# Keeps a copy of each version, for the checks at the end.
archive() {
  local version
  for version in "$registry"/versions/[0-9]*; do
    if [[ -e $version/run.json && ! -e $work/archive/${version##*/} ]]; then
      cp -R "$version" "$work/archive/"
      printf '%s %s\n' "$((10#${version##*/}))" "$date" >>"$work/made"
    fi
  done
}

note_promotion() {
  if [[ $1 != "$last_champion" ]]; then
    printf '%s %s %s\n' "$date" "$1" "$last_champion" >>"$work/promotions"
    last_champion=$1
  fi
}

run() {
  start "$@"
  finish "$run_id" "$err"
  codes="$codes${codes:+ }$code"
}

# Waits until a running run has said something: REGEX. Fails if it ends before.
await() {
  local _
  for _ in {1..3000}; do
    ! grep -q "$1" "$err" || return 0
    kill -0 "$run_id" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}

# kill -9 at a random moment, and once more from the start, as the schedule would.
run_killed() {
  local ms=$((RANDOM * 32768 + RANDOM))
  ms=$((ms % (span * 1000)))
  start
  sleep "$((ms / 1000)).$(printf '%03d' $((ms % 1000)))"
  kill -9 "$run_id" 2>/dev/null || true
  finish "$run_id" "$err"
  codes="$codes${codes:+ }$code"
  what="$what after $((ms / 1000)).$(printf '%03d' $((ms % 1000))) s"
  run
}

run_two() {
  start
  local first=$run_id first_err=$err first_code
  start
  local second=$run_id second_err=$err
  finish "$first" "$first_err"
  first_code=$code
  finish "$second" "$second_err"
  # In any order.
  if ((first_code > code)); then
    codes="$code $first_code"
  else
    codes="$first_code $code"
  fi
  grep -hq 'is done already' "$first_err" "$second_err" && codes="0 75"
  return 0
}

run_on_full_disk() {
  local free
  free=$(df -Pk "$registry" | awk 'NR == 2 { print $4 }')
  # Room for the lock and the record, not for a version.
  head -c $(((free - 100) * 1024)) /dev/zero >"$registry/other"
  run
  rm "$registry/other"
  run
}

run_with_clock_back() {
  local today=$date
  # A schedule that takes the date from a clock that has jumped back.
  date=2026-11-0$((RANDOM % 2 + 1))
  run
  date=$today
  if command -v faketime >/dev/null; then
    # Without these, the JVM's timed waits return at once and are repeated for ever.
    prefix=(env NO_FAKE_STAT=1 FAKETIME_FORCE_MONOTONIC_FIX=0 faketime --exclude-monotonic -f -5d)
    what="$what, then the machine's"
  else
    what="$what; no faketime for that of the machine"
  fi
  run
  prefix=()
}

run_late() {
  start --wait-for-data 30m
  if await 'waiting up to'; then
    : >"$work/in/$date/_SUCCESS"
  fi
  finish "$run_id" "$err"
  codes=$code
}

run_terminated() {
  start --iterations 300
  if await '^iteration'; then
    kill "$run_id" 2>/dev/null || true
  fi
  finish "$run_id" "$err"
  codes=$code
  run --iterations 300
}

# ---- the month ------------------------------------------------------------------------------------

# One night: sets what is wrong with it, expected to a regex of the exit codes, and codes.
night() {
  what=plain
  # A plain night whose digits happen to be worse may be refused.
  expected='0|4'
  codes=
  last_code=
  case $1 in
    1 | 2)
      local start_of_run=$SECONDS
      expected=0
      run
      span=$((SECONDS - start_of_run + 1))
      ;;
    3)
      what="run twice"
      expected='0 0|4 4'
      run
      run
      ;;
    4)
      what="no data"
      expected=3
      rm -r "$work/in/$date"
      run
      ;;
    5)
      what="shuffled labels"
      expected='3|4'
      run
      ;;
    6)
      what="an empty file"
      expected=3
      : >"$work/in/$date/train-images-idx3-ubyte"
      run
      ;;
    8 | 16 | 26)
      what="kill -9"
      expected='137 [04]|[04] [04]'
      run_killed
      ;;
    10)
      what="a truncated file"
      expected=3
      truncate_file "$work/in/$date/train-images-idx3-ubyte"
      run
      ;;
    11)
      what="a class is missing"
      expected='3|4'
      run
      ;;
    12)
      what="two at once"
      expected='0 75|4 75'
      run_two
      ;;
    14)
      what="the date jumps back"
      expected='0 0|0 4'
      run_with_clock_back
      ;;
    15)
      if [[ -n $mounted ]]; then
        what="full disk, then room"
        expected='1 0|1 4'
        run_on_full_disk
      else
        what="plain: no full disk without root and tmpfs"
        run
      fi
      ;;
    17)
      what="_SUCCESS comes late"
      run_late
      ;;
    18)
      what="_SUCCESS never comes"
      expected=3
      run --wait-for-data 2s
      ;;
    19)
      what="a worse model: one iteration"
      expected=4
      run --iterations 1
      ;;
    21)
      what="SIGTERM"
      expected='143 [04]|[04] [04]'
      run_terminated
      ;;
    22)
      what="no time, then more"
      expected='75 0|75 4'
      run --max-minutes 0.001
      run
      ;;
    23)
      what="shuffled labels, to test on, too"
      expected='3|4'
      run
      ;;
    25)
      what="kill -9 of one of two"
      expected='.*[04]'
      run_two_killed
      ;;
    *) run ;;
  esac
}

truncate_file() {
  local half=$(($(wc -c <"$1") / 2))
  head -c "$half" "$1" >"$1.part"
  mv "$1.part" "$1"
}

run_two_killed() {
  start
  local first=$run_id first_err=$err
  start
  local second=$run_id second_err=$err
  sleep "$((RANDOM % span))"
  kill -9 "$first" 2>/dev/null || true
  finish "$first" "$first_err"
  codes=$code
  finish "$second" "$second_err"
  codes="$codes $code"
  run
}

# What the last run says of itself: its verdict, or the line that says why it failed.
last_words() {
  local words
  words=$(grep '^onehot: ' "$err" | grep -v '^onehot: preparing' | tail -n 1) ||
    words=$(sed -n 's/^verdict  *//p' "${err%.err}.out")
  printf '%s' "${words#onehot: }"
}

month() {
  local day start_of_night status
  for ((day = 1; day <= nights; day++)); do
    date=$(printf '2026-11-%02d' "$day")
    start_of_night=$SECONDS
    night "$day"
    status=
    if ! [[ $codes =~ ^($expected)$ ]]; then
      status="  UNEXPECTED, not $expected"
      unexpected=$((unexpected + 1))
    fi
    check_retention
    printf '%s  %-34s  %-7s  %3d s  %s%s\n' "$date" "$what" "$codes" $((SECONDS - start_of_night)) \
      "$(last_words)" "$status"
  done
}

# ---- checks ---------------------------------------------------------------------------------------

check() {
  local name=$1 problem=$2
  if [[ -z $problem ]]; then
    printf 'ok      %s\n' "$name"
  else
    printf 'FAILED  %s: %s\n' "$name" "$problem"
    failed=1
  fi
}

# Whether a version has ever been the champion.
was_promoted() {
  grep -qs "\"version\": $1," "$registry"/champion/*.json
}

check_retention() {
  # After a run that did not come to its end there may be more, until the next one.
  [[ $code == 0 || $code == 4 ]] && ! grep -q 'is done already' "$err" || return 0
  # While the clock is back, the time since a version was champion is not known, and it stays.
  [[ $what != *"the machine's" ]] || return 0
  local version promoted=0 refused=0
  for version in "$registry"/versions/[0-9]*; do
    if was_promoted "$((10#${version##*/}))"; then
      promoted=$((promoted + 1))
    else
      refused=$((refused + 1))
    fi
  done
  if ((promoted > keep_promoted || refused > keep_refused)); then
    too_many="$too_many $date: $promoted promoted and $refused not;"
  fi
}

check_history() {
  local problem='' file line day
  : >"$work/history"
  for file in "$registry"/history/[0-9]*.json; do
    sed -n 's/.*"runDate":"\([^"]*\)".*"exitCode":\([0-9]*\).*"champion":\([0-9a-z]*\).*/\1 \2 \3/p' "$file" \
      >>"$work/history"
  done
  diff "$work/journal" "$work/history" >"$work/history-diff" ||
    problem="differs from what ended with what: $(tr '\n' ';' <"$work/history-diff")"
  for ((day = 1; day <= nights; day++)); do
    line=$(printf '2026-11-%02d ' "$day")
    grep -q "^$line" "$work/history" || problem="$problem no line of $line"
  done
  check "history: $(wc -l <"$work/history" | tr -d ' ') truthful lines of $nights nights and $runs runs (date, exit code, champion)" "$problem"
  problem=$(cut -d' ' -f1,2 "$work/history" | grep ' [04]$' | sort | uniq -d | tr '\n' ';')
  check "history: each date is done once" "$problem"
}

check_left() {
  local left
  left=$(find "$registry" \( -name '.*' -o -name '*.pending*' -o -name checkpoints \) ! -path "$registry" | tr '\n' ' ')
  check "nothing half-written: no hidden file, no lock, no checkpoint" "$left"
}

check_versions() {
  local version problem='' changed='' count=0
  "$project/submit.sh" models verify --registry "$registry" >"$work/logs/verify" 2>&1 ||
    problem=$(tr '\n' ';' <"$work/logs/verify")
  for version in "$registry"/versions/[0-9]*; do
    count=$((count + 1))
    diff -r "$version" "$work/archive/${version##*/}" >/dev/null || changed="$changed ${version##*/}"
  done
  check "models verify: the $count versions are as they were written" "$problem"
  check "no version has changed since it was made" "$changed"
}

# Writes accuracy and log loss of each pair of rows and model in work/pairs into work/scores.
score_pairs() {
  "$java" -cp "$work/classes" dev.onehot.bench.HonestScores <"$work/pairs" >"$work/scores"
}

archived() {
  printf '%s/archive/%06d' "$work" "$1"
}

# A line a promotion: date, version, the one before, their accuracies and log losses on rows of that
# day that neither was trained on and the gate has not seen.
score_promotions() {
  local day new old
  while read -r day new old; do
    [[ $old == null ]] || printf '%s %s %s\n' "$day" "$new" "$old"
  done <"$work/promotions" >"$work/replacements"
  while read -r day new old; do
    printf '%s %s\n%s %s\n' "$work/$1/$day" "$(archived "$new")" "$work/$1/$day" "$(archived "$old")"
  done <"$work/replacements" >"$work/pairs"
  score_pairs
  paste -d' ' - - <"$work/scores" | paste -d' ' "$work/replacements" - >"$work/promotions-on-$1"
}

check_promotions() {
  local worse
  score_promotions in
  worse=$(awk -v a="$max_accuracy_loss" -v l="$max_loss_increase" \
    '$4 < $6 - a - 1e-9 || $5 > $7 * (1 + l) + 1e-4 { print $1 ": version " $2 " has " $4 ", version " $3 " " $6 ";" }' \
    "$work/promotions-on-in")
  check "none of $(wc -l <"$work/replacements" | tr -d ' ') promotions is of a worse model, beyond the limits of the gate, on its rows" "$worse"
  score_promotions honest
  # A standard error of the difference on other rows is about half of the limit.
  worse=$(awk -v a="$max_accuracy_loss" \
    '$4 < $6 - 2 * a { print $1 ": version " $2 " has " $4 ", version " $3 " " $6 ";" }' \
    "$work/promotions-on-honest")
  check "nor on rows that the gate has not seen: $(awk '{ s += $4 - $6; if (NR == 1 || $4 - $6 < least) least = $4 - $6 }
    END { printf "accuracy changes by %+.4f on average, by %+.4f at worst", s / NR, least }' "$work/promotions-on-honest")" "$worse"
}

check_champion() {
  local last problem='' version day own
  last=$(printf '2026-11-%02d' "$nights")
  while read -r version day; do
    printf '%s %s\n' "$work/honest/$last" "$(archived "$version")"
  done <"$work/made" >"$work/pairs"
  score_pairs
  paste -d' ' "$work/made" "$work/scores" | sort -k3,3nr -k4,4n >"$work/ranking"
  own=$(awk -v c="$(champion)" '$1 == c { print $3, NR }' "$work/ranking")
  read -r own rank <<<"$own"
  problem=$(awk -v own="$own" -v a="$max_accuracy_loss" \
    '$3 > own + a { print "version " $1 " of " $2 " has " $3 ", the champion " own ";" }' "$work/ranking")
  check "the champion, version $(champion), is the best of all $(wc -l <"$work/ranking" | tr -d ' ') versions, within the limit of the gate: accuracy $own on honest rows of the last day, rank $rank (the best has $(awk 'NR == 1 { print $3 }' "$work/ranking"), the first version $(awk '$1 == 1 { print $3 }' "$work/ranking"))" "$problem"
}

mkdir "$work/logs" "$work/archive"
: >"$work/journal"
: >"$work/promotions"
: >"$work/made"
RANDOM=$seed
runs=0
unexpected=0
failed=0
span=5
too_many=
wrong_metrics=
last_code=
last_champion=null
make_days
write_settings
mount_registry
month
check "each night ended as it should" "$( ((unexpected == 0)) || printf '%s did not' "$unexpected")"
check "retention: never more than $keep_promoted versions that were promoted and $keep_refused that were not" "$too_many"
check_champion
check_promotions
check_history
check "the metrics had the exit code of each run that has a line" "$wrong_metrics"
check_left
check_versions
printf '%d nights, %d runs, %d s\n' "$nights" "$runs" "$SECONDS"
exit "$failed"
