package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.onehot.ProjectHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same onehot.jar on former versions of Spark, through submit.sh: the bits of today's. */
@Tag("long")
@ExtendWith(SharedFixtures.class)
class FormerSparkIT {

  private static final int ITERATIONS = 8;

  /** What Spark's own script of that name comes down to; Maven's jars don't have it. */
  private static final String SPARK_SUBMIT =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      command=()
      while IFS= read -r -d '' word; do
        command+=("${word#$'\\n'}")
      done < <("$JAVA_HOME/bin/java" -Xmx128m -cp "$SPARK_HOME/jars/*" \\
        org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@")
      exec "${command[@]:1}"
      """;

  @TempDir private static Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # Spark | newest Java that it runs on | master
          3.5     | 17                          | local[2]
          3.5     | 17                          | local-cluster[2,1,1024]
          4.1     | 23                          | local[2]
          """)
  void theSameJarTrainsToTheSameBits(
      String version, int newestJava, String master, SharedDigits digits) throws Exception {
    Path home = sparkHome(version, newestJava);
    ClusterTraining training = digits.training(folder, ITERATIONS);
    Path model = training.newModel();
    SubmitScript submit =
        SubmitScript.start(
            folder,
            home,
            training.command(model, Map.of("spark.master", master, "spark.ui.enabled", "false")));
    assertThat(submit.exitCode()).as(submit.err()).isZero();
    assertThat(ClusterTraining.w1Sha256(model)).isEqualTo(digits.expected(ITERATIONS));
    JsonObject trained =
        JsonParser.parseString(Files.readString(model.resolve("model.json")))
            .getAsJsonObject()
            .getAsJsonObject("provenance");
    assertThat(trained.get("spark").getAsString()).startsWith(version + ".");
    // The vector module, which Spark 3's launcher doesn't add.
    assertThat(trained.get("kernel").getAsString()).startsWith("SIMD");
    assertThat(submit.err()).doesNotContain("ERROR", "Exception");
  }

  /** An installation of that Spark; skips the test where it cannot run. */
  private static Path sparkHome(String version, int newestJava) throws IOException {
    Path jars = ProjectHome.resolve("target/spark-%s/jars".formatted(version));
    ProjectHome.skipUnless(
        Files.isDirectory(jars),
        "there is no %s; mvn -f src/test/former-spark/pom.xml -P %s package makes it"
            .formatted(jars, version));
    int java = Runtime.version().feature();
    ProjectHome.skipUnless(
        java <= newestJava, "Spark %s does not run on Java %d".formatted(version, java));
    Path home = folder.resolve("spark-" + version);
    if (!Files.exists(home)) {
      Path script = home.resolve("bin/spark-submit");
      Files.createDirectories(script.getParent());
      Files.writeString(script, SPARK_SUBMIT);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createSymbolicLink(home.resolve("jars"), jars);
      Files.writeString(home.resolve("RELEASE"), "Spark %s\n".formatted(version));
    }
    return home;
  }
}
