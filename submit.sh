#!/usr/bin/env bash
# Runs Onehot on Spark: ./submit.sh COMMAND [OPTIONS] [-- SPARK-SUBMIT-OPTIONS]
# Uses only features of bash 3.2, the version on macOS.

# Where sh is another shell, or is bash and gives up bash's own features.
[ -n "${BASH_VERSION:-}" ] || exec bash -- "$0" "$@"
set +o posix

set -euo pipefail
# With it, cd may print where it goes.
unset CDPATH

usage() {
  cat <<'USAGE'
Onehot: distributed training of softmax regression on Apache Spark, the same bits everywhere.

Usage: ./submit.sh COMMAND [OPTIONS] [-- SPARK-SUBMIT-OPTIONS]

Commands
  train         trains and writes one model directory; without --data on built-in digits, offline
  evaluate      measures a model on labelled rows, perhaps against another model
  predict       writes label and probability of every row, in the order of the rows
  formats       says how files of rows are read, and by which options
  report        lays several runs side by side on one page
  reproduce     trains a model again and says whether its bits are the same, or what differs
  nightly       the scheduled job: trains on the rows of a date, and promotes the model if it is good
  models        list, show, promote, rollback, prune, history of a registry; verify a model's files
  generate      writes any number of handwritten-like digits as sharded IDX files
  fetch-mnist   downloads the four MNIST files and verifies their checksums
  completion    prints a script that completes commands and options in bash and zsh:
                  ./submit.sh completion >~/.onehot-completion
                  echo '. ~/.onehot-completion' >>~/.bashrc

  ./submit.sh COMMAND --help lists a command's options.

Examples
  ./submit.sh train
  ./submit.sh fetch-mnist --out data/mnist
  ./submit.sh train --data data/mnist --out models/mnist
  ./submit.sh generate --out data/digits --rows 1000000 --shards 16
  ./submit.sh train --data data/mnist -- --master 'local[4]' --driver-memory 4g

Three ways to run
  on this machine   ./submit.sh train
                    With no --master, Spark's default applies: all cores here (local[*]). A JDK
                    and Maven are enough; the first run builds, and Maven fetches Spark.
  on a cluster      ./submit.sh train --data hdfs:///mnist --out hdfs:///models/mnist \
                      -- --master yarn --deploy-mode cluster --num-executors 8
                    In cluster mode the driver runs elsewhere: use paths that it can reach.
                    This script waits for it and ends with its exit code.
  as a nightly job  ./submit.sh nightly --config conf/nightly.properties
                    conf/schedule has it for cron, systemd, Airflow and Kubernetes.

After --
  Everything after -- goes to spark-submit untouched, and wins over conf/spark.conf: --master,
  --driver-memory, --conf key=value, --jars, ... So does an administrator's spark-defaults.conf.

Environment
  SPARK_HOME         the Spark to use. Otherwise spark-submit on the PATH; otherwise the jars that
                     Maven put into target/spark
  JAVA_HOME          the Java to use, 17 or newer; otherwise java on the PATH
  SPARK_SUBMIT_OPTS  more options for the driver's JVM
  SPARK_LOCAL_IP     the address to listen on; otherwise 127.0.0.1 with a local master, or Spark's choice
  NO_COLOR           no colours, if it has any value
  ONEHOT_LOG_LEVEL   what Spark may log to the terminal: warn (default), info, debug, error, off

Files
  conf/spark.conf          Spark settings for every run
  conf/onehot.properties   default options of train, unless --config names another file
  conf/nightly.properties  the same of nightly

Exit codes
  0   done
  1   unexpected failure, or training that diverged
  2   bad usage or settings
  3   bad or missing input
  4   trained, but the gate of nightly refused the model
  75  another run holds the lock, or the time was up: try again later
  130, 143   ended by Ctrl-C, by SIGTERM; a driver in a cluster goes on
  In every deploy mode. --verdict FILE leaves exit code and message as JSON on any file system.
USAGE
}

say() {
  printf 'onehot: %s\n' "$*" >&2
}

# Says what a user may want to know, but not one who wants it quiet.
note() {
  [[ -n ${quiet:-} ]] || say "$@"
}

die() {
  local code=$1
  shift
  say "$@"
  exit "$code"
}

# Runs Java for something else than the user's program, without the options that are meant for that:
# a heap of a certain size, a debugger that is waited for.
without_jvm_options() (
  unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
  "$@"
)

# Gives a character set to programs that this shell starts without one, as cron does (LC_ALL=C). Java
# would read each byte of é in an argument as a question mark, and find no file of such a name.
use_utf8() {
  # One character in UTF-8 alone.
  local sample=$'\xe6\x97\xa5' locale
  ((${#sample} != 1)) || return 0
  # A character set of the user's own is fine.
  case $(locale charmap 2>/dev/null) in '' | ANSI_X3.4-1968 | *ASCII*) ;; *) return 0 ;; esac
  for locale in C.UTF-8 en_US.UTF-8; do
    { LC_ALL=$locale; } 2>/dev/null
    if ((${#sample} == 1)); then
      export LC_ALL
      return
    fi
  done
  LC_ALL=C
}

# The folder of a file, with symbolic links to the file resolved.
real_directory() {
  local file=$1 link
  while [[ -L $file ]]; do
    link=$(readlink -- "$file")
    [[ $link == /* ]] || link=$(dirname -- "$file")/$link
    file=$link
  done
  cd -P -- "$(dirname -- "$file")" && pwd
}

# Sets java, and java_version to the JVM's description of itself.
find_java() {
  local java_major
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
    [[ -x $java ]] || die 2 "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it; point it to a JDK 17 or newer"
  else
    java=$(command -v java) || die 2 "java is not on the PATH and JAVA_HOME is not set; install a JDK 17 or newer"
  fi
  # Takes a fifth of the time of -version, but only HotSpot knows it.
  java_version=$(without_jvm_options "$java" -Xinternalversion 2>/dev/null) || true
  [[ $java_version == *JRE* ]] ||
    java_version=$(without_jvm_options "$java" -version 2>&1) ||
    die 2 "$java does not run: ${java_version//$'\n'/ }"
  if [[ $java_version =~ (JRE\ \(|version\ \")(1\.)?([0-9]+) ]]; then
    java_major=${BASH_REMATCH[3]}
  else
    die 2 "$java does not say its version; set JAVA_HOME to a JDK 17 or newer"
  fi
  ((java_major >= 17)) ||
    die 2 "$java is Java $java_major, but Onehot needs 17 or newer; set JAVA_HOME to such a JDK"
}

# Sets spark_submit to a Spark installation's spark-submit, or to an empty string if there is none that
# fits, and spark_home to the folder of the Spark that runs.
find_spark_submit() {
  spark_submit='' spark_home=$spark
  if [[ -n ${SPARK_HOME:-} ]]; then
    if [[ -x $SPARK_HOME/bin/spark-submit ]]; then
      is_fitting_spark "$SPARK_HOME" ||
        die 2 "SPARK_HOME is $SPARK_HOME, which holds $spark_found; $fitting_spark, or unset SPARK_HOME"
      spark_submit=$SPARK_HOME/bin/spark-submit spark_home=$SPARK_HOME
      return
    fi
    [[ $SPARK_HOME == "$spark" ]] ||
      say "SPARK_HOME is $SPARK_HOME, but there is no bin/spark-submit in it; looking elsewhere"
    # A spark-submit from the PATH would use the wrong SPARK_HOME.
    unset SPARK_HOME
  fi
  local found home
  found=$(type -P spark-submit) || return 0
  [[ ! $found -ef $project/submit.sh ]] || return 0
  home=$(real_directory "$found")/..
  if ! is_fitting_spark "$home" || { [[ -z $spark_found ]] && ! says_fitting_version "$found"; }; then
    say "$found is of $spark_found; $fitting_spark, and so the Spark that Maven resolved runs instead"
    spark_version=''
    return
  fi
  spark_submit=$found spark_home=$home
}

fitting_spark='Onehot needs Spark 4, or 3.5 for Scala 2.13'

# Whether a folder's Spark fits, as far as its jars are there. Sets spark_found to the jar that says so,
# and spark_version to 3.5 if it is that one.
is_fitting_spark() {
  local core
  spark_found='' spark_version=''
  for core in "$1"/jars/spark-core_*.jar; do
    [[ -e $core ]] || continue
    spark_found=${core##*/}
    case $spark_found in
      spark-core_2.13-[4-9].*) ;;
      spark-core_2.13-3.5.*) spark_version=3.5 ;;
      *) return 1 ;;
    esac
  done
}

# The same for a spark-submit that only starts another one: asks it, which takes a second or two.
says_fitting_version() {
  local text
  text=$("$1" --version 2>&1 </dev/null) || true
  [[ $text =~ version\ ([0-9]+\.[0-9]+) ]] || return 0
  spark_found="Spark ${BASH_REMATCH[1]}"
  case ${BASH_REMATCH[1]} in
    3.5) spark_version=3.5 ;;
    [4-9].*) ;;
    *) return 1 ;;
  esac
  [[ $text =~ Scala\ version\ ([0-9]+\.[0-9]+) ]] || return 0
  spark_found+=" for Scala ${BASH_REMATCH[1]}"
  [[ ${BASH_REMATCH[1]} == 2.13 ]]
}

needs_build() {
  ! is_built || [[ -n $(find "$project/src/main" "$project/pom.xml" -newer "$jar" -print -quit) ]]
}

# Whether there is something to run, perhaps of older sources.
is_built() {
  [[ -f $jar && (-n $spark_submit || -d $spark/jars) ]]
}

# Prints why nothing can be built here, or nothing if it can.
obstacle_to_building() {
  local path
  if ! command -v mvn >/dev/null; then
    printf 'mvn is not on the PATH'
    return
  fi
  # Another user may have built before.
  for path in "$project" "$project"/target{,/classes,/spark/jars,/.build-lock}; do
    if [[ -e $path && ! -w $path ]] && [[ $path != "$project" || ! -e $project/target ]]; then
      printf '%s cannot be written' "$path"
      return
    fi
  done
}

build() {
  local log=$project/target/build.log started=$project/target/.build-started
  note "building target/onehot.jar; the first time this takes a minute or two and downloads Spark"
  touch "$started"
  # Removed, not overwritten: a run that has the old jar open can go on reading it.
  rm -f "$jar"
  # Maven adds jars but removes none, so two versions of a jar could be on the class path.
  if [[ $project/pom.xml -nt $spark/jars ]]; then
    rm -rf "$spark/jars" "$spark"/classes-*.jsa
  fi
  if ! (cd "$project" && mvn -q -B -Dmaven.test.skip=true package) </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$jar"
    die 1 "the build failed; Maven's output is above"
  fi
  # The jar gets the time of the build's start, since later edits are not in it.
  touch -r "$started" "$jar"
}

build_if_needed() {
  needs_build || return 0
  local obstacle
  obstacle=$(obstacle_to_building)
  if [[ -n $obstacle ]]; then
    is_built ||
      die 2 "target/onehot.jar has to be built, but $obstacle; building takes Maven 3.8 or newer and a folder that can be written"
    say "target/onehot.jar is older than its sources, but $obstacle; using it as it is"
    return
  fi
  mkdir -p "$project/target"
  if command -v flock >/dev/null; then
    exec 9>"$project/target/.build-lock"
    flock 9
    # The process that held the lock before may have built the jar.
    if needs_build; then
      build 9>&-
    fi
    exec 9>&-
  else
    build
  fi
}

# Sets settings_files to the files of settings that spark-submit will read, given its options.
find_settings_files() {
  local option previous='' properties='' defaults=''
  local -a extra=()
  for option in "$@"; do
    case $previous:$option in
      --properties-file:*) properties=$option ;;
      *:--properties-file=*) properties=${option#*=} ;;
      *:--load-spark-defaults) defaults=1 ;;
      --extra-properties-file:*) extra+=("$option") ;;
      *:--extra-properties-file=*) extra+=("${option#*=}") ;;
    esac
    previous=$option
  done
  settings_files=()
  if [[ -z $properties || -n $defaults ]]; then
    settings_files=("${SPARK_CONF_DIR:-$spark_home/conf}/spark-defaults.conf")
  fi
  if [[ -n $properties ]]; then
    settings_files+=("$properties")
  fi
  settings_files+=(${extra[@]+"${extra[@]}"})
}

# Sets setting to what these files say of a key, or to an empty string.
find_setting_in_files() {
  local file line
  local key_and_value="^[[:space:]]*${1//./\\.}[[:space:]=:]+(.*[^[:space:]])"
  setting=
  for file in ${settings_files[@]+"${settings_files[@]}"}; do
    [[ -f $file && -r $file ]] || continue
    while IFS= read -r line || [[ -n $line ]]; do
      [[ ! $line =~ $key_and_value ]] || setting=${BASH_REMATCH[1]}
    done <"$file"
  done
}

# Reads conf/spark.conf into spark_conf, as --conf options. Spark prefers these to its files of
# settings. So what an administrator has set there is left out, and options for JVMs come after ours.
read_spark_conf() {
  spark_conf=()
  local file=$project/conf/spark.conf line key value setting i
  local -a keys=() values=()
  local key_and_value='^[[:space:]]*([^#[:space:]=]+)[[:space:]=]+(.*[^[:space:]])[[:space:]]*$'
  [[ -f $file ]] || return 0
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ $key_and_value ]]; then
      key=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
      # Spark would put an administrator's value there.
      for ((i = 0; i < ${#keys[@]}; i++)); do
        value=${value//"\${${keys[i]}}"/${values[i]}}
      done
      keys+=("$key") values+=("$value")
      if [[ ${spark_version:-} == 3.5 && $key == spark.*.defaultJavaOptions ]]; then
        # Spark 4 adds the module by itself. Without it, only the scalar kernel works.
        value+=' --add-modules=jdk.incubator.vector'
      fi
      find_setting_in_files "$key"
      case $key:$setting in
        *:) spark_conf+=(--conf "$key=$value") ;;
        *JavaOptions:*) spark_conf+=(--conf "$key=$value $setting") ;;
      esac
    elif [[ $line =~ ^[[:space:]]*[^#[:space:]] ]]; then
      die 2 "$file: not a line of the form 'key value': $line"
    fi
  done <"$file"
}

# Sets setting to what the options for spark-submit, or else Spark's files of settings, say of a key. An
# option of its own may stand for the key, and then wins; - if there is none.
find_setting() {
  local key=$1 own_option=$2 option previous='' of_own=''
  shift 2
  find_setting_in_files "$key"
  for option in "$@"; do
    case $previous:$option in
      "$own_option":*) of_own=$option ;;
      *:"$own_option="*) of_own=${option#*=} ;;
      --conf:"$key="* | -c:"$key="*) setting=${option#*=} ;;
      *:--conf="$key="*) setting=${option#--conf=*=} ;;
    esac
    previous=$option
  done
  setting=${of_own:-$setting}
}

# Whether the options for spark-submit, or Spark's settings, send the driver to the cluster.
is_cluster_mode() {
  local setting
  find_setting spark.submit.deployMode --deploy-mode "$@"
  [[ ${setting:-${DEPLOY_MODE:-}} == cluster ]]
}

# Refuses what spark-submit would end with a stack trace for, or the JVM with words of its own.
check_spark_options() {
  local setting
  find_setting spark.master --master "$@"
  case ${setting:-local} in
    local* | yarn | spark* | k8s*) ;;
    *) die 2 "--master $setting: Spark knows local[N], yarn, spark://HOST:PORT and k8s://URL" ;;
  esac
  find_setting spark.driver.memory --driver-memory "$@"
  [[ -z $setting || $setting =~ ^[0-9]+[kKmMgGtT]?$ ]] ||
    die 2 "--driver-memory $setting: is no size; write a number and a letter, such as 4g or 900m"
}

# Sets cluster to the kind of cluster whose driver spark-submit waits for, or to an empty string if it
# doesn't wait. Adds to spark_conf what makes it wait on a standalone cluster.
find_cluster() {
  local setting
  cluster=''
  find_setting spark.master --master "$@"
  case ${setting:-${MASTER:-}} in
    spark*)
      # Over REST it returns at once.
      find_setting spark.master.rest.enabled - "$@"
      [[ $setting != true ]] || return 0
      find_setting spark.standalone.submit.waitAppCompletion - "$@"
      if [[ -z $setting ]]; then
        spark_conf+=(--conf spark.standalone.submit.waitAppCompletion=true)
      elif [[ $setting != true ]]; then
        return 0
      fi
      cluster=standalone
      ;;
    yarn)
      find_setting spark.yarn.submit.waitAppCompletion - "$@"
      [[ $setting == false ]] || cluster=yarn
      ;;
    k8s*)
      find_setting spark.kubernetes.submission.waitAppCompletion - "$@"
      [[ $setting == false ]] || cluster=kubernetes
      ;;
  esac
}

# Sets value to that of an option of Onehot's own, or to an empty string.
find_option() {
  local name=$1 option previous=''
  shift
  value=''
  for option in "$@"; do
    case $previous:$option in
      "$name":*) value=$option ;;
      *:"$name="*) value=${option#*=} ;;
    esac
    previous=$option
  done
}

# Sets verdict_place to the words for LeftVerdict that say where the driver leaves its verdict: in the
# file of --verdict, or beside its output. Without both it leaves none. Names the run, so that no other
# run's verdict is taken for this one's.
find_verdict_place() {
  local option
  printf -v run '%x-%x-%04x%04x' "$(date +%s)" $$ $RANDOM $RANDOM
  spark_conf+=(--conf "spark.onehot.run=$run")
  find_option --verdict "$@"
  if [[ -n $value ]]; then
    verdict_place=(file "$value")
    return
  fi
  for option in --out --registry; do
    find_option "$option" "$@"
    if [[ -n $value ]]; then
      verdict_place=(beside "$value")
      spark_conf+=(--conf "spark.onehot.output=$value")
      return
    fi
  done
}

has_config() {
  local option
  for option in "$@"; do
    [[ $option != --config && $option != --config=* ]] || return 0
  done
  return 1
}

asks_for_help() {
  local option
  for option in "$@"; do
    case $option in -h | --help | -V | --version) return 0 ;; esac
  done
  return 1
}

asks_for_quiet() {
  local option
  for option in "$@"; do
    case $option in -q | --quiet) return 0 ;; esac
  done
  return 1
}

# The file as a URL, with special characters encoded. Without a scheme, a path is in the default file
# system of Hadoop's settings, and Spark takes a # for the end of a name. Log4j reads a comma as a list,
# a blank as the end of the option and ${ as a variable. Spark's launcher interprets quotes and
# backslashes.
url() {
  local LC_ALL=C path=$1 encoded='' char i
  for ((i = 0; i < ${#path}; i++)); do
    char=${path:i:1}
    if [[ $char != [A-Za-z0-9/._~-] ]]; then
      printf -v char '%d' "'$char"
      # bash 3.2 counts bytes above 127 as negative.
      printf -v char '%%%02X' $((char & 255))
    fi
    encoded+=$char
  done
  printf 'file://%s' "$encoded"
}

# In local mode all executors are threads of the driver, and so nobody else has to reach it. Has Spark
# listen on loopback alone then, unless the user has named an address. Spark then never looks up the
# name of this machine, which may be unknown or another machine's. LocalModeConf does the same for
# plain spark-submit, but Spark looks the name up before it is there.
stay_on_loopback() {
  [[ -z ${SPARK_LOCAL_IP:-}${SPARK_LOCAL_HOSTNAME:-} ]] || return 0
  local setting
  find_setting spark.master --master "$@"
  case ${setting:-${MASTER:-}} in
    local | 'local['*) ;;
    # Files that only an installation of Spark knows may name another master.
    '') [[ -z $spark_submit ]] || return 0 ;;
    *) return 0 ;;
  esac
  find_setting spark.driver.host - "$@"
  [[ -z $setting ]] || return 0
  find_setting spark.driver.bindAddress - "$@"
  [[ -z $setting ]] || return 0
  export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_HOSTNAME=127.0.0.1
}

# A word in double quotes, for options that Spark's launcher splits into words.
quoted() {
  local word=${1//\\/\\\\}
  printf '"%s"' "${word//\"/\\\"}"
}

# Adds to SPARK_SUBMIT_OPTS, and sets own_options to what every JVM of this project needs.
export_environment() {
  local options=${SPARK_SUBMIT_OPTS:-} user=
  own_options="-Dlog4j2.configurationFile=$(url "$project/conf/log4j2.properties")"
  if [[ $options != *log4j2.configurationFile* && $options != *log4j.configurationFile* ]]; then
    options+=" $own_options"
  fi
  if ! id -un >/dev/null 2>&1; then
    # The system has no name for the user's id, and Java takes the home to be a folder named "?".
    [[ -d ${HOME:-} && -w $HOME ]] || HOME=${TMPDIR:-/tmp}
    user="-Duser.name=$UID -Duser.home=$(quoted "$HOME") "
  fi
  own_options=$user$own_options
  export SPARK_SUBMIT_OPTS=$user${options# }
  case ${ONEHOT_LOG_LEVEL:-} in
    [iI][nN][fF][oO] | [dD][eE][bB][uU][gG] | [tT][rR][aA][cC][eE] | [aA][lL][lL])
      export ONEHOT_LOG_FORMAT=${ONEHOT_LOG_FORMAT:-full}
      verbose=1
      ;;
  esac
  if [[ -t 2 ]]; then
    export ONEHOT_TERMINAL=1 ONEHOT_COLUMNS=${columns:-$(terminal_columns)}
  fi
}

# Prints the width of the terminal that stderr is, or nothing if it cannot be found out.
terminal_columns() {
  local size
  size=$(stty size <&2 2>/dev/null) || size=" $(tput cols 2>/dev/null)" || return 0
  printf '%s' "${size#* }"
}

# Whether the archive of classes fits the jar: it has the same time. An empty one stands for a failure,
# after which nothing is tried for an hour.
has_archive() {
  [[ -e $1 ]] || return 1
  if [[ -s $1 ]]; then
    [[ ! $jar -nt $1 && ! $jar -ot $1 ]]
  else
    [[ ! $jar -nt $1 && -n $(find "$1" -mmin -60) ]]
  fi
}

# Spark loads about 10,000 classes at the start, and Onehot's are added. A class data archive of them
# saves three seconds of processor time in every start. Only the JVM that made the archive can use it,
# with the same jars in the same folder.
share_classes() {
  local archive
  [[ ${SPARK_SUBMIT_OPTS:-} != *SharedArchiveFile* && ${SPARK_SUBMIT_OPTS:-} != *ArchiveClassesAtExit* ]] ||
    return 0
  archive=$(cksum <<<"$java_version $project")
  archive=$spark/classes-${archive%% *}.jsa
  if ! has_archive "$archive"; then
    # Of several that start at once, one makes it. The others start without, and do not wait.
    if command -v flock >/dev/null && { exec 8>"$archive.lock"; } 2>/dev/null; then
      ! flock -n 8 || make_archive "$archive" 8>&-
      exec 8>&-
    else
      make_archive "$archive"
    fi
  fi
  # One of an earlier build may be another user's.
  if [[ -s $archive ]] && has_archive "$archive"; then
    # Before the user's options, which may turn the JVM's log on again.
    SPARK_SUBMIT_OPTS="-XX:SharedArchiveFile=$(quoted "$archive") -Xlog:disable -Xlog:all=error:stderr -Xlog:cds*=off:stderr ${SPARK_SUBMIT_OPTS:-}"
  fi
}

# Makes an archive of classes, if the folder can be written.
make_archive() {
  local archive=$1 folder
  folder=$(mktemp -d "$spark/.classes.XXXXXX" 2>/dev/null) || return 0
  note "preparing an archive of classes for faster starts; once for each build, some ten seconds"
  if train_a_little "$folder" </dev/null >"$folder/log" 2>&1 && [[ -s $folder/classes.jsa ]]; then
    touch -r "$jar" "$folder/classes.jsa" || true
    rm -f "$spark/classes.log"
  else
    say "no archive of classes could be made, so this start takes longer; $spark/classes.log says why"
    mv -f "$folder/log" "$spark/classes.log" || true
    : >"$folder/classes.jsa" || true
  fi
  mv -f "$folder/classes.jsa" "$archive" || true
  rm -rf "$folder"
}

# Trains as little as possible, to load the classes, and archives them. Nothing of the user's settings
# takes part: one of their options may wait for a debugger, one of their clusters keep a log of events.
train_a_little() (
  settings_files=()
  unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
  unset SPARK_CONF_DIR HADOOP_CONF_DIR YARN_CONF_DIR SPARK_DIST_CLASSPATH
  SPARK_SUBMIT_OPTS="$own_options -XX:ArchiveClassesAtExit=$(quoted "$1/classes.jsa")"
  export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_HOSTNAME=127.0.0.1
  exec_bundled_spark_submit '' --class dev.onehot.Onehot --master 'local[1]' --conf spark.ui.port=0 \
    "$(url "$jar")" train --train-rows 256 --iterations 2 --out "file://$1/model"
)

# Does the same as Spark's bin/spark-submit, with the jars that Maven resolved. The first argument says
# whether the driver goes to a cluster, if it isn't empty.
exec_bundled_spark_submit() {
  local cluster_mode=$1 setting
  shift
  export SPARK_HOME=$spark SPARK_SCALA_VERSION=2.13
  if [[ -z $cluster_mode ]]; then
    # Only classes from Spark's own class path can be archived. This option comes first, so that the
    # user's options win. What an administrator has set is added.
    find_setting_in_files spark.driver.extraClassPath
    set -- --conf "spark.driver.extraClassPath=$jar${setting:+:$setting}" "$@"
  fi
  # The launcher's jar comes first; otherwise the JVM opens a hundred others before it.
  local class_path
  class_path=("$spark"/jars/spark-launcher_*.jar "$spark/jars/*")
  # The launcher prints a NUL and a line feed, then the words of the command, each with a NUL at its
  # end. We add its exit code. A JVM that cannot start says why on stdout.
  local -a answer=()
  local word
  while IFS= read -r -d '' word; do
    answer+=("$word")
  done < <(
    status=0
    without_jvm_options "$java" -Xmx128m -cp "$(IFS=:; printf '%s' "${class_path[*]}")" \
      org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@" || status=$?
    printf '\0%d\0' "$status"
  )
  local last=$((${#answer[@]} - 1)) words
  if [[ ${answer[last]} != 0 || $last -lt 3 ]]; then
    words=${answer[*]:0:last}
    words=${words//$'\n'/ }
    die 1 "Spark's launcher failed with exit code ${answer[last]}${words:+: $words}"
  fi
  exec "${answer[1]#$'\n'}" "${answer[@]:2:last-3}"
}

# Replaces this shell. The first argument says whether the driver goes to a cluster, if it isn't empty.
exec_spark_submit() {
  if [[ -n $spark_submit ]]; then
    shift
    exec "$spark_submit" "$@"
  fi
  exec_bundled_spark_submit "$@"
}

# Copies what spark-submit says of a driver in the cluster to stderr, except what this script says
# better: how the driver ended, and stack traces. Notes in a folder how it ended ("facts"), and what may
# have to be shown after all ("held").
show_submission() {
  local folder=$1 line kind=pass container=''
  local record='^[0-9:.]+ +(TRACE|DEBUG|INFO|WARN|ERROR|FATAL) +([A-Za-z0-9_$]+): '
  local driver='(driver-[0-9]+-[0-9]+|application_[0-9]+_[0-9]+)'
  local pod='pod name: ([^ ]+)$' container_name='[Cc]ontainer name: ([^ ]+)'
  local state='State of (driver )?driver-[0-9-]+ is ([A-Z]+)' status='exited with status ([0-9]+)'
  local exit_code='[Ee]xit code: ([0-9]+)' trace='^([[:space:]]+(at |\.\.\. [0-9]+ )|Caused by: )'
  while IFS= read -r line || [[ -n $line ]]; do
    [[ ! $line =~ $state ]] || printf 'state %s\n' "${BASH_REMATCH[2]}" >>"$folder/facts"
    [[ ! $line =~ $driver ]] || printf 'driver %s\n' "${BASH_REMATCH[1]}" >>"$folder/facts"
    case $cluster in
      yarn) [[ ! $line =~ $status ]] || printf 'exit %s\n' "${BASH_REMATCH[1]}" >>"$folder/facts" ;;
      kubernetes)
        [[ ! $line =~ $pod ]] || printf 'driver %s\n' "${BASH_REMATCH[1]}" >>"$folder/facts"
        [[ ! $line =~ $container_name ]] || container=${BASH_REMATCH[1]}
        # Others in the pod are no drivers.
        if [[ $container == spark-kubernetes-driver && $line =~ $exit_code ]]; then
          printf 'exit %s\n' "${BASH_REMATCH[1]}" >>"$folder/facts"
        fi
        ;;
    esac
    if [[ -n $verbose ]]; then
      printf '%s\n' "$line" >&2
      continue
    fi
    # What the JVM says of our own options.
    [[ $line != 'WARNING: Using incubator modules: jdk.incubator.vector' ]] || continue
    if [[ $line =~ $record ]]; then
      case ${BASH_REMATCH[1]}:${BASH_REMATCH[2]} in
        INFO:ClientEndpoint) continue ;;
        INFO:LoggingPodStatusWatcherImpl) kind=drop ;;
        ERROR:Client | ERROR:ClientEndpoint) kind=hold ;;
        *) kind=pass ;;
      esac
    elif [[ $line == 'Exception in thread '* ]]; then
      kind=hold
    elif [[ $kind == hold && $line == 'onehot: '* ]]; then
      # YARN shows the end of the log of a driver that has failed early.
      printf 'line %s\n' "${line#onehot: }" >>"$folder/facts"
    fi
    if [[ $line =~ $trace ]]; then
      [[ -z $stack_trace ]] || printf '%s\n' "$line" >&2
    elif [[ $kind == pass || (-n $stack_trace && $kind == hold) ]]; then
      printf '%s\n' "$line" >&2
    elif [[ $kind == hold ]]; then
      printf '%s\n' "$line" >>"$folder/held"
    fi
  done
}

# Ends this script, but not the driver in the cluster.
end_by_signal() {
  trap '' HUP INT TERM
  kill "$child" 2>/dev/null || true
  # It may have more to say.
  wait
  read_facts
  say "ended by a signal; ${fact_driver:-a driver that has begun} goes on in the cluster"
  exit "$1"
}

# Sets the facts that show_submission has noted, the last of each kind.
read_facts() {
  local key value
  fact_state='' fact_driver='' fact_exit='' fact_line=''
  [[ -f $submission/facts ]] || return 0
  while read -r key value; do
    case $key in
      state) fact_state=$value ;;
      driver) fact_driver=$value ;;
      exit) fact_exit=$value ;;
      line) fact_line=$value ;;
    esac
  done <"$submission/facts"
}

# Sets verdict_code and verdict_message to the verdict that the driver has left, and verdict_lack to why
# there is none to be had. Asks with Spark's own JVM and settings, for any file system will do.
find_verdict() {
  local line
  verdict_code='' verdict_message='' verdict_lack=''
  (
    exec_spark_submit '' ${spark_conf[@]+"${spark_conf[@]}"} ${spark_options[@]+"${spark_options[@]}"} \
      --master local --deploy-mode client --class dev.onehot.cli.LeftVerdict \
      "$(url "$jar")" "${verdict_place[@]}" "$run"
  ) </dev/null >"$submission/verdict" 2>"$submission/verdict-log" ||
    verdict_lack='Spark does not start on this machine'
  while IFS= read -r line; do
    if [[ $line =~ ^onehot-verdict\ ([0-9]+)\ (.*)$ ]]; then
      verdict_code=${BASH_REMATCH[1]} verdict_message=${BASH_REMATCH[2]} verdict_lack=''
    elif [[ $line == 'onehot-no-verdict '* ]]; then
      verdict_lack=${line#onehot-no-verdict }
    fi
  done <"$submission/verdict"
  [[ -z $verdict_lack || -z $verbose ]] || cat "$submission/verdict-log" >&2
}

# Runs spark-submit, and ends with the exit code of the driver in the cluster.
await_driver() {
  local status=0
  child=''
  submission=$(mktemp -d "${TMPDIR:-/tmp}/onehot.XXXXXX" 2>/dev/null) ||
    die 2 "no temporary folder can be made in ${TMPDIR:-/tmp}; set TMPDIR to a folder that can be written"
  trap 'rm -rf "$submission"' EXIT
  trap 'end_by_signal 129' HUP
  trap 'end_by_signal 130' INT
  trap 'end_by_signal 143' TERM
  mkfifo "$submission/err"
  show_submission "$submission" <"$submission/err" &
  export ONEHOT_SUBMISSION_LEVEL=info ONEHOT_SUBMISSION_FORMAT=submission
  (exec_spark_submit 1 "$@") 2>"$submission/err" &
  child=$!
  wait "$child" || status=$?
  wait
  trap - HUP INT TERM
  end_as_driver "$status"
}

# Ends with the exit code of the driver, and says the line that the driver has said there. Never with 0
# unless it is known to have succeeded.
end_as_driver() {
  local status=$1 code
  read_facts
  code=$fact_exit
  case $cluster:$fact_state:$status in standalone:FINISHED:* | yarn:*:0) code=0 ;; esac
  [[ $code != 0 ]] || exit 0
  if [[ $status != 0 && -z $fact_driver$code ]]; then
    show_held
    die 1 "spark-submit ended with exit code $status before there was a driver"
  fi
  verdict_code='' verdict_lack=''
  if ((${#verdict_place[@]} > 0)); then
    find_verdict
  fi
  if [[ -n $verdict_code && $verdict_code != 0 ]]; then
    die "$verdict_code" "${verdict_message:-the driver ended with exit code $verdict_code}"
  elif [[ $verdict_code == 0 && -z $fact_state$code && $status == 0 ]]; then
    exit 0
  elif [[ -n $code ]]; then
    die "$code" "${fact_line:-${fact_driver:-the driver} ended with exit code $code; its log says why}"
  fi
  show_held
  die 1 "the exit code of ${fact_driver:-the driver}${fact_state:+, which was $fact_state when last seen,} is not known here${verdict_lack:+, as there is no verdict ($verdict_lack)}; its log says more, and --verdict with a file that it and this machine reach tells the next time"
}

show_held() {
  [[ -n $stack_trace || ! -f $submission/held ]] || cat "$submission/held" >&2
}

main() {
  # Before bash itself sets it.
  local columns=${COLUMNS:-} quiet=''
  pwd -P >/dev/null 2>&1 || die 2 "the current folder is gone; change to another one"
  case ${1:-} in
    '' | -h | --help | help)
      usage
      exit 0
      ;;
    --) die 2 "a command goes before --; ./submit.sh --help lists them" ;;
  esac
  local command=$1
  shift
  local -a options=()
  while (($# > 0)) && [[ $1 != -- ]]; do
    options+=("$1")
    shift
  done
  # The rest are the options for spark-submit.
  (($# == 0)) || shift
  if asks_for_quiet ${options[@]+"${options[@]}"}; then
    quiet=1
  fi
  local verbose='' stack_trace='' option
  for option in ${options[@]+"${options[@]}"}; do
    [[ $option != --stacktrace ]] || stack_trace=1
  done

  project=$(real_directory "${BASH_SOURCE[0]}")
  [[ $project != *[,:]* ]] ||
    die 2 "$project: Spark takes a comma or colon in a path for a list; move the project elsewhere"
  jar=$project/target/onehot.jar
  spark=$project/target/spark
  use_utf8
  find_java
  find_spark_submit
  find_settings_files "$@"
  check_spark_options "$@"
  read_spark_conf
  local cluster_mode='' setting
  if is_cluster_mode "$@"; then
    cluster_mode=1
  fi
  local config=''
  case $command in
    train) config=$project/conf/onehot.properties ;;
    nightly) config=$project/conf/nightly.properties ;;
  esac
  if [[ -f $config && -z $cluster_mode ]] && ! has_config ${options[@]+"${options[@]}"}; then
    # Hadoop decodes nothing in a path.
    options=(--config "file://$config" ${options[@]+"${options[@]}"})
  fi
  build_if_needed
  export_environment
  if [[ $command == completion ]] || asks_for_help ${options[@]+"${options[@]}"}; then
    # No cluster is to be asked.
    set -- --master local --deploy-mode client
    cluster_mode=''
  fi
  stay_on_loopback ${spark_conf[@]+"${spark_conf[@]}"} "$@"
  find_setting_in_files spark.app.name
  if [[ -z $setting ]]; then
    spark_conf=(--name "onehot $command" ${spark_conf[@]+"${spark_conf[@]}"})
  fi
  local cluster='' run='' value
  local -a spark_options=("$@") verdict_place=()
  if [[ -n $cluster_mode ]]; then
    find_cluster ${spark_conf[@]+"${spark_conf[@]}"} "$@"
  fi
  if [[ -n $cluster ]]; then
    find_verdict_place ${options[@]+"${options[@]}"}
  fi
  set -- --class dev.onehot.Onehot \
    ${spark_conf[@]+"${spark_conf[@]}"} "$@" "$(url "$jar")" "$command" ${options[@]+"${options[@]}"}
  [[ -n $spark_submit ]] || share_classes
  if [[ -n $cluster ]]; then
    await_driver "$@"
  fi
  exec_spark_submit "$cluster_mode" "$@"
}

main "$@"
