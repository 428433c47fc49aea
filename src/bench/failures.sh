#!/usr/bin/env bash
# Failures that need root to bring about: full and read-only disks, unreadable files, killed runs.
# Prints a line a case, ends with 1 if any failed, and leaves nothing behind.
#
#   src/bench/failures.sh          all cases
#   src/bench/failures.sh killed   those whose name contains this
set -euo pipefail

project=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
wanted=${1:-}
failed=0
run_id=

((EUID == 0)) || {
  echo "failures.sh: mounts small disks, and so needs root" >&2
  exit 2
}

work=$(mktemp -d)
chmod 755 "$work"
disk=$work/disk
mkdir "$disk"

# shellcheck disable=SC2317
clean_up() {
  [[ -z $run_id ]] || kill -9 "$run_id" 2>/dev/null || true
  ! mountpoint -q "$disk" || umount -l "$disk"
  rm -rf -- "$work"
}
trap clean_up EXIT

# Mounts a disk of that size, such as 8m, in the place of the last one.
new_disk() {
  ! mountpoint -q "$disk" || umount "$disk"
  mount -t tmpfs -o "size=$1" none "$disk"
}

submit() {
  "$project/submit.sh" "$@" >"$work/out" 2>"$work/err"
}

report() {
  local name=$1 problem=$2
  if [[ -z $problem ]]; then
    printf 'ok      %s\n' "$name"
  else
    printf 'FAILED  %s: %s\n' "$name" "$problem"
    sed 's/^/        /' "$work/err"
    failed=1
  fi
}

is_wanted() {
  [[ $1 == *"$wanted"* ]]
}

# Runs a command that must fail: NAME EXIT-CODE REGEX FOLDER COMMAND..., the regex being of the one
# line that says why, and the folder being empty afterwards but for what was there before.
check() {
  local name=$1 expected=$2 regex=$3 folder=$4 code=0 problem='' before lines
  shift 4
  is_wanted "$name" || return 0
  before=$(ls -A "$folder")
  "$@" || code=$?
  lines=$(grep '^onehot: ' "$work/err" | grep -v '^onehot: preparing' || true)
  if ((code != expected)); then
    problem="exit code $code instead of $expected"
  elif ! [[ $lines =~ $regex ]]; then
    problem="the line is not $regex"
  elif [[ $lines == *$'\n'* ]]; then
    problem="more than one line"
  elif [[ $(ls -A "$folder") != "$before" ]]; then
    problem="left behind: $(ls -A "$folder")"
  fi
  report "$name" "$problem"
}

few=(train --train-rows 3000 --iterations 3)
nothing_published='writing.* failed \(No space left on device\); nothing was published'
temporary_full="Spark's temporary files: No space left on device"

full_out() {
  new_disk 1m
  head -c 1000000 /dev/zero >"$disk/other"
  check "full disk under --out of train" 1 "$nothing_published" "$disk" \
    submit "${few[@]}" --out "$disk/model"
  new_disk 8m
  check "full disk under --out of generate" 1 "$nothing_published" "$disk" \
    submit generate --rows 60000 --out "$disk/digits"
}

full_predictions() {
  local fills="full disk under --out of predict" full="full disk under --out of predict from the start"
  is_wanted "$fills" || is_wanted "$full" || return 0
  new_disk 1m
  submit "${few[@]}" --out "$work/predicting" || true
  check "$fills" 1 "$nothing_published" "$disk" \
    submit predict --model "$work/predicting" --probabilities --partitions 2 --out "$disk/predictions"
  head -c 2000000 /dev/zero >"$disk/other" 2>/dev/null || true
  check "$full" 2 '--out .*: cannot be written' "$disk" \
    submit predict --model "$work/predicting" --out "$disk/predictions"
  rm -r -- "$work/predicting"
}

full_local_dir() {
  new_disk 1m
  check "full spark.local.dir at a shuffle" 1 "$temporary_full" "$work" \
    submit train --data "$work/gzip" --partitions 64 --iterations 3 --out "$work/model" -- \
    --master 'local[2]' --conf "spark.local.dir=$disk"
  check "full spark.local.dir when the cache spills" 1 "$temporary_full" "$work" \
    submit train --data "$work/raw" --iterations 3 --out "$work/model" -- \
    --conf "spark.local.dir=$disk" --conf spark.testing.memory=471859200 \
    --conf spark.memory.fraction=0.01
  head -c 2000000 /dev/zero >"$disk/other" 2>/dev/null || true
  check "full spark.local.dir from the start" 1 "$temporary_full" "$work" \
    submit "${few[@]}" --out "$work/model" -- --conf "spark.local.dir=$disk"
}

read_only_out() {
  new_disk 1m
  mount -o remount,ro "$disk"
  check "read-only --out" 2 "--out .*: cannot be written" "$disk" \
    submit "${few[@]}" --out "$disk/model"
}

unwritable_checkpoints() {
  new_disk 1m
  head -c 2000000 /dev/zero >"$disk/other" 2>/dev/null || true
  check "full disk under --checkpoint-dir from the start" 2 \
    '--checkpoint-dir .*: cannot be written \(No space left on device\)' "$disk" \
    submit "${few[@]}" --checkpoint-dir "$disk/checkpoints" --out "$work/model"
  new_disk 1m
  mkdir "$disk/checkpoints"
  mount -o remount,ro "$disk"
  check "read-only --checkpoint-dir" 2 \
    '--checkpoint-dir .*: cannot be written \(Read-only file system\)' "$disk" \
    submit "${few[@]}" --checkpoint-dir "$disk/checkpoints" --out "$work/model"
  check "read-only above --checkpoint-dir" 2 \
    '--checkpoint-dir .*: cannot be written \(Read-only file system\)' "$disk" \
    submit "${few[@]}" --checkpoint-dir "$disk/new" --out "$work/model"
}

# Whether two models have the same weights.
same_bits() {
  local first second
  first=$(grep '"w1Sha256"' "$1/run.json") && second=$(grep '"w1Sha256"' "$2/run.json") &&
    [[ $first == "$second" ]]
}

full_checkpoints() {
  local name="disk under --checkpoint-dir that fills up: training goes on to the same bits" problem=''
  local -a twenty=(train --train-rows 3000 --iterations 20)
  local warning='^warning: the checkpoint after 15 updates could not be written to .*/checkpoints '
  warning+='\(No space left on device\); training goes on, and tries again after 20; '
  warning+='that after 10 is still there$'
  is_wanted "$name" || return 0
  submit "${twenty[@]}" --out "$work/expected" || problem="the run without checkpoints failed"
  # Room for two checkpoints of 128 kB, not for a third beside them.
  new_disk 300k
  [[ -n $problem ]] ||
    submit "${twenty[@]}" --checkpoint-dir "$disk/checkpoints" --checkpoint-every 5 \
      --out "$work/model" || problem="training failed"
  [[ -n $problem ]] || grep -qE "$warning" "$work/err" || problem="no warning"
  [[ -n $problem ]] || same_bits "$work/model" "$work/expected" || problem="other bits"
  [[ -n $problem || -z $(ls -A "$disk") ]] || problem="left behind: $(ls -A "$disk")"
  rm -rf "$work/model" "$work/expected"
  report "$name" "$problem"
}

# shellcheck disable=SC2317
as_nobody() {
  setpriv --reuid=65534 --regid=65534 --clear-groups "$project/submit.sh" "$@" \
    >"$work/out" 2>"$work/err"
}

unreadable_input() {
  new_disk 1m
  chmod 1777 "$disk"
  chmod 600 "$work/raw/train-labels-idx1-ubyte"
  check "unreadable input" 3 'train-labels-idx1-ubyte: cannot be read \(.*ermission denied' "$disk" \
    as_nobody train --data "$work/raw" --out "$disk/model"
  chmod 644 "$work/raw/train-labels-idx1-ubyte"
}

# Trains for long in the background, and returns once it iterates; sets run_id.
start_long_run() {
  "$project/submit.sh" train --train-rows 3000 --iterations 1000000 --out "$disk/model" \
    >"$work/out" 2>"$work/err" &
  run_id=$!
  local _
  for _ in {1..600}; do
    ! grep -q '^iteration' "$work/err" || return 0
    sleep 0.1
  done
  echo "failures.sh: no iteration within a minute" >&2
  exit 1
}

# Sends the run a signal; sets code to its exit code.
stop_run() {
  code=0
  kill "$1" "$run_id"
  # The shell would tell of it.
  { wait "$run_id" || code=$?; } 2>/dev/null
  run_id=
}

killed() {
  local code problem=''
  if is_wanted "killed by SIGKILL"; then
    new_disk 10m
    start_long_run
    stop_run -KILL
    ((code == 137)) || problem="exit code $code instead of 137"
    [[ $(ls -A "$disk") == .model.claim*.model.pending-* ]] ||
      problem="left behind: $(ls -A "$disk")"
    [[ -n $problem ]] || submit "${few[@]}" --out "$disk/model" || problem="the next run failed"
    [[ -n $problem || -s $disk/model/W1.npy ]] || problem="no model of the next run"
    [[ -n $problem || $(ls -A "$disk") == model ]] || problem="still there: $(ls -A "$disk")"
    report "killed by SIGKILL: the hidden directory and the claim are left, and the next run removes them" "$problem"
  fi
  problem=
  if is_wanted "killed by SIGTERM"; then
    new_disk 10m
    start_long_run
    stop_run -TERM
    ((code == 143)) || problem="exit code $code instead of 143"
    [[ -z $(ls -A "$disk") ]] || problem="left behind: $(ls -A "$disk")"
    report "killed by SIGTERM: nothing is left" "$problem"
  fi
}

# Into files of their own, so that the folder's listing stays the same.
touch "$work/out" "$work/err"
submit generate --rows 20000 --test-rows 100 --out "$work/raw" || {
  cat "$work/err" >&2
  exit 1
}
mkdir "$work/gzip"
for file in "$work"/raw/*; do
  gzip -c "$file" >"$work/gzip/${file##*/}.gz"
done
full_out
full_predictions
full_local_dir
read_only_out
unwritable_checkpoints
full_checkpoints
unreadable_input
killed
exit "$failed"
