package dev.onehot.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The options of spark-submit, which are not Onehot's: in submit.sh they go behind the dashes. */
final class SparkSubmitOptions {

  /** As Spark 4.2's SparkSubmitOptionParser has them, without those for help and for talk. */
  static final Set<String> NAMES =
      Set.of(
          ("--archives --class --conf -c --deploy-mode --driver-class-path --driver-cores"
                  + " --driver-default-class-path --driver-java-options --driver-library-path"
                  + " --driver-memory --exclude-packages --executor-cores --executor-memory"
                  + " --extra-properties-file --files --jars --keytab --kill --load-spark-defaults"
                  + " --master --name --num-executors --packages --principal --properties-file"
                  + " --proxy-user --py-files --queue --remote --repositories --status --supervise"
                  + " --total-executor-cores")
              .split(" "));

  private SparkSubmitOptions() {}

  /**
   * What to do about an argument that is an option of spark-submit; empty if it is none.
   *
   * @param argument the option, perhaps with a value behind {@code =}
   * @param command the command that does not know it
   */
  static Optional<String> misplaced(String argument, String command) {
    String name = argument.split("=", 2)[0];
    if (!NAMES.contains(name)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s is an option of spark-submit: it goes behind --, as in ./submit.sh %s … -- %s; with plain spark-submit it goes before the jar",
            name,
            command,
            argument.equals(name) ? name + " …" : argument));
  }
}
