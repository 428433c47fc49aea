package dev.onehot.cli;

import dev.onehot.failure.SettingNames;
import dev.onehot.job.ProcessVerdict;
import dev.onehot.report.Redaction;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Tells submit.sh the verdict that a driver in a cluster has left. It runs in a local JVM with
 * Spark's jars and settings, so that any file system will do.
 */
public final class LeftVerdict {

  private LeftVerdict() {}

  /**
   * Prints {@code onehot-verdict EXITCODE MESSAGE} on one line; or why there is none to be had, on
   * a line that begins with {@code onehot-no-verdict}.
   *
   * @param args {@code file} and a file, or {@code beside} and an output; then the run's name
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(answer(args[0].equals("file"), args[1], args[2]));
  }

  static String answer(boolean isFile, String place, String run) {
    try {
      Path path = PathText.parse(place);
      ProcessUser.logIn();
      Optional<ProcessVerdict> verdict =
          new VerdictPlace(path, isFile, run).read(SparkStart.hadoop());
      return verdict
          .map(
              left ->
                  String.format(
                      Locale.ROOT,
                      "onehot-verdict %d %s",
                      left.exitCode(),
                      left.message() == null ? "" : left.message()))
          .orElse("onehot-no-verdict the driver has left none there");
    } catch (IOException | RuntimeException e) {
      return "onehot-no-verdict "
          + Redaction.uris(SettingNames.plain(Storage.reason(e, new Path("/"))));
    }
  }
}
