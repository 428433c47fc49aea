package dev.onehot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What submit.sh makes of a spark-submit that has waited for a driver in a cluster. Here
 * spark-submit is a script that prints what Spark 4.2's source says it prints: no YARN or
 * Kubernetes runs. {@code ExitCodesIT} does the same on a real standalone cluster.
 */
class DriverExitCodeIT {

  private static final String YARN_FAILED =
      """
      02:15:09 ERROR Client: Application diagnostics message: User application exited with status 3
      Exception in thread "main" org.apache.spark.SparkException: Application application_1700000000000_0007 finished with failed status
      \tat org.apache.spark.deploy.yarn.Client.run(Client.scala:1395)
      \tat org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)
      """;

  /** Of a driver that ended before it had registered. */
  private static final String YARN_FAILED_EARLY =
      """
      02:15:09 ERROR Client: Application diagnostics message: Application application_1700000000000_0007 failed 1 times due to AM Container for appattempt_1700000000000_0007_000001 exited with  exitCode: 13
      Failing this attempt.Diagnostics: [2026-11-23 02:15:08.816]Container exited with a non-zero exit code 13. Error file: prelaunch.err.
      Last 4096 bytes of stderr :
      onehot: /no/such: no such folder
      26/11/23 02:15:08 ERROR ApplicationMaster: User application exited with status 3
      26/11/23 02:15:08 ERROR ApplicationMaster: Uncaught exception:
      org.apache.spark.SparkException: Exception thrown in awaitResult:
      \tat org.apache.spark.util.ThreadUtils$.awaitResult(ThreadUtils.scala:56)
      Caused by: org.apache.spark.SparkUserAppException: User application exited with 3
      \t... 7 more
      . Failing the application.
      Exception in thread "main" org.apache.spark.SparkException: Application application_1700000000000_0007 finished with failed status
      \tat org.apache.spark.deploy.yarn.Client.run(Client.scala:1395)
      """;

  private static final String YARN_KILLED =
      """
      Exception in thread "main" org.apache.spark.SparkException: Application application_1700000000000_0007 is killed
      \tat org.apache.spark.deploy.yarn.Client.run(Client.scala:1402)
      """;

  private static final String KUBERNETES_FAILED =
      """
      02:15:01 INFO  LoggingPodStatusWatcherImpl: State changed, new state:
      \t pod name: onehot-train-5f-driver
      \t phase: Pending
      02:15:09 INFO  LoggingPodStatusWatcherImpl: Container final statuses:


      \t container name: spark-kubernetes-driver
      \t container state: terminated
      \t exit code: 3
      \t termination reason: Error

      \t container name: sidecar
      \t exit code: 0
      """;

  private static final String STANDALONE_FAILED =
      """
      02:15:01 INFO  ClientEndpoint: Driver successfully submitted as driver-20261123021500-0000
      02:15:06 INFO  ClientEndpoint: State of driver-20261123021500-0000 is RUNNING
      02:15:16 INFO  ClientEndpoint: State of driver driver-20261123021500-0000 is FAILED, exiting spark-submit JVM.
      """;

  private static final String NO_MASTER =
      """
      02:15:01 WARN  ClientEndpoint: Error sending messages to master
      02:15:01 ERROR ClientEndpoint: No master is available, exiting.
      """;

  @TempDir Path temporary;

  private final ProcessBuilder builder = new ProcessBuilder();
  private Path project;

  private record Outcome(int exitCode, List<String> err) {}

  @BeforeEach
  void layOutProject() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash");
    project = Files.createDirectories(temporary.resolve("a project")).toRealPath();
    Files.copy(ProjectHome.resolve("submit.sh"), project.resolve("submit.sh"));
    for (String folder : List.of("src/main", "target", "conf")) {
      Files.createDirectories(project.resolve(folder));
    }
    Files.writeString(project.resolve("pom.xml"), "");
    Path jar = Files.writeString(project.resolve("target/onehot.jar"), "");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    builder.environment().put("SPARK_HOME", temporary.resolve("spark").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("ONEHOT_LOG_LEVEL");
    builder.environment().put("TMPDIR", Files.createDirectory(temporary.resolve("tmp")).toString());
  }

  @Test
  void yarnsDiagnosticsTellTheExitCode() throws Exception {
    String line = "onehot: application_1700000000000_0007 ended with exit code 3; its log says why";

    sparkSubmit(YARN_FAILED, 1, "");
    assertThat(submit("yarn")).isEqualTo(new Outcome(3, List.of(line)));
    sparkSubmit(YARN_FAILED_EARLY, 1, "");
    assertThat(submit("yarn"))
        .isEqualTo(new Outcome(3, List.of("onehot: /no/such: no such folder")));
    sparkSubmit("", 0, "");
    assertThat(submit("yarn")).isEqualTo(new Outcome(0, List.of()));
  }

  @Test
  void whatYarnDoesNotTellIsNotGuessed() throws Exception {
    sparkSubmit(YARN_KILLED, 1, "");

    Outcome outcome = submit("yarn");

    assertThat(outcome.exitCode).isEqualTo(1);
    assertThat(outcome.err).hasSize(2);
    assertThat(outcome.err.get(0)).endsWith("application_1700000000000_0007 is killed");
    assertThat(outcome.err.get(1))
        .startsWith("onehot: the exit code of application_1700000000000_0007 is not known here; ");
  }

  @Test
  void theExitCodeOfKubernetesIsThatOfTheDriversContainer() throws Exception {
    sparkSubmit(KUBERNETES_FAILED, 0, "");
    assertThat(submit("k8s://https://a:1"))
        .isEqualTo(
            new Outcome(
                3,
                List.of(
                    "onehot: onehot-train-5f-driver ended with exit code 3; its log says why")));

    sparkSubmit(KUBERNETES_FAILED.replace("exit code: 3", "exit code: 0"), 0, "");
    assertThat(submit("k8s://https://a:1")).isEqualTo(new Outcome(0, List.of()));
    sparkSubmit("", 0, "");
    assertThat(submit("k8s://https://a:1").exitCode).isEqualTo(1);
  }

  @Test
  void theDriversOwnLineAndExitCodeAreInItsVerdict() throws Exception {
    for (String master : List.of("spark://a:7077", "yarn", "k8s://https://a:1")) {
      String said = master.startsWith("spark") ? STANDALONE_FAILED : YARN_FAILED;
      sparkSubmit(said, 1, "noise\nonehot-verdict 75 busy: $(touch pwned) `b` 'c'\n");

      for (String option : List.of("--verdict=a b", "--out=a b")) {
        assertThat(submit(master, option))
            .isEqualTo(new Outcome(75, List.of("onehot: busy: $(touch pwned) `b` 'c'")));
        assertThat(Files.readAllLines(temporary.resolve("asked")))
            .endsWith(option.startsWith("--out") ? "beside" : "file", "a b", run());
      }
    }
    assertThat(temporary.resolve("pwned")).doesNotExist();
  }

  @Test
  void aFailedDriverIsNeverASuccess() throws Exception {
    for (String state : List.of("FAILED", "ERROR", "KILLED")) {
      sparkSubmit(STANDALONE_FAILED.replace("FAILED", state), 0, "onehot-verdict 0 \n");
      Outcome outcome = submit("spark://a:7077", "--verdict=v");

      assertThat(outcome.exitCode).isEqualTo(1);
      assertThat(outcome.err)
          .singleElement()
          .asString()
          .contains(", which was " + state + " when last seen, is not known here");
    }
    sparkSubmit(STANDALONE_FAILED, 0, "onehot-no-verdict no answer from nn:8020\n");
    assertThat(submit("spark://a:7077", "--verdict=v").err)
        .singleElement()
        .asString()
        .contains("as there is no verdict (no answer from nn:8020);");

    sparkSubmit(STANDALONE_FAILED.replace("FAILED", "FINISHED"), 0, "onehot-verdict 3 old\n");
    assertThat(submit("spark://a:7077", "--verdict=v")).isEqualTo(new Outcome(0, List.of()));
  }

  @Test
  void aDriverThatHasNotBegunHasNoVerdict() throws Exception {
    sparkSubmit(NO_MASTER, 255, "onehot-verdict 3 old\n");

    assertThat(submit("spark://a:7077", "--verdict=v"))
        .isEqualTo(
            new Outcome(
                1,
                List.of(
                    NO_MASTER.lines().findFirst().orElseThrow(),
                    "02:15:01 ERROR ClientEndpoint: No master is available, exiting.",
                    "onehot: spark-submit ended with exit code 255 before there was a driver")));
  }

  @ParameterizedTest
  @CsvSource({"--stacktrace,''", "--quiet,info"})
  void theStackTraceIsThereForThoseWhoAsk(String option, String logLevel) throws Exception {
    sparkSubmit(YARN_FAILED, 1, "");
    builder.environment().put("ONEHOT_LOG_LEVEL", logLevel);

    assertThat(submit("yarn", option).err)
        .containsAll(YARN_FAILED.lines().toList())
        .hasSize(YARN_FAILED.lines().toList().size() + 1);
  }

  @Test
  void aStandaloneClusterIsWaitedForUnlessSomebodySaysNot() throws Exception {
    String setting = "spark.standalone.submit.waitAppCompletion=";
    sparkSubmit(STANDALONE_FAILED, 0, "");
    submit("spark://a:7077");
    assertThat(Files.readAllLines(temporary.resolve("asked"))).contains(setting + "true");

    assertThat(submit("spark://a:7077", "--", "--conf", setting + "false").exitCode).isZero();
    assertThat(Files.readAllLines(temporary.resolve("asked")))
        .contains(setting + "false")
        .doesNotContain(setting + "true")
        .noneMatch(argument -> argument.startsWith("spark.onehot."));
  }

  /** The name that the last run got. */
  private String run() throws IOException {
    return Files.readString(temporary.resolve("run")).strip();
  }

  /**
   * Makes a spark-submit.
   *
   * @param said what it says of the driver on stderr
   * @param verdict what it prints if it runs LeftVerdict
   */
  private void sparkSubmit(String said, int exitCode, String verdict) throws IOException {
    Files.writeString(temporary.resolve("said"), said);
    Files.writeString(temporary.resolve("verdict"), verdict);
    Path script = temporary.resolve("spark/bin/spark-submit");
    Files.createDirectories(script.getParent());
    Files.writeString(
        script,
        """
        #!/bin/bash
        cd "${0%%/*}/../.."
        printf '%%s\\n' "$@" >asked
        case " $* " in *LeftVerdict*) cat verdict; exit 0 ;; esac
        printf '%%s\\n' "$@" | sed -n 's/^spark.onehot.run=//p' >run
        cat said >&2
        exit %d
        """
            .formatted(exitCode));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome submit(String master, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(project.resolve("submit.sh").toString(), "train"));
    List<String> options = new ArrayList<>(List.of(more));
    int dashes = options.indexOf("--");
    command.addAll(dashes < 0 ? options : options.subList(0, dashes));
    command.addAll(List.of("--", "--master", master, "--deploy-mode", "cluster"));
    command.addAll(dashes < 0 ? List.of() : options.subList(dashes + 1, options.size()));
    Path err = temporary.resolve("err");
    Process process =
        builder
            .command(command)
            .directory(temporary.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    Outcome outcome = new Outcome(process.waitFor(), Files.readAllLines(err));
    assertThat(temporary.resolve("tmp")).isEmptyDirectory();
    return outcome;
  }
}
