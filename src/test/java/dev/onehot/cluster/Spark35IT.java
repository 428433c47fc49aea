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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same onehot.jar on Spark 3.5, through submit.sh: the bits of Spark 4. */
@ExtendWith(SharedFixtures.class)
class Spark35IT {

  /** The newest Java that Spark 3.5 runs on. */
  private static final int NEWEST_JAVA = 17;

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
  private static Path home;
  private static ClusterTraining training;
  private static String expected;

  @BeforeAll
  static void findSpark(SharedDigits digits) throws IOException {
    Path jars = ProjectHome.resolve("target/spark-3.5/jars");
    ProjectHome.skipUnless(
        Files.isDirectory(jars),
        "there is no %s; mvn -f src/test/spark-3.5/pom.xml package makes it".formatted(jars));
    ProjectHome.skipUnless(
        Runtime.version().feature() <= NEWEST_JAVA,
        "Spark 3.5 does not run on Java " + Runtime.version().feature());
    home = folder.resolve("spark-3.5");
    Path script = home.resolve("bin/spark-submit");
    Files.createDirectories(script.getParent());
    Files.writeString(script, SPARK_SUBMIT);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(home.resolve("jars"), jars);
    Files.writeString(home.resolve("RELEASE"), "Spark 3.5\n");
    training = digits.training(folder, 8);
    expected = digits.expected(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local-cluster[2,1,1024]"})
  void theSameJarTrainsToTheSameBits(String master) throws Exception {
    Path model = training.newModel();
    SubmitScript submit =
        SubmitScript.start(
            folder,
            home,
            training.command(model, Map.of("spark.master", master, "spark.ui.enabled", "false")));
    assertThat(submit.exitCode()).as(submit.err()).isZero();
    assertThat(ClusterTraining.w1Sha256(model)).isEqualTo(expected);
    JsonObject trained =
        JsonParser.parseString(Files.readString(model.resolve("model.json")))
            .getAsJsonObject()
            .getAsJsonObject("provenance");
    assertThat(trained.get("spark").getAsString()).startsWith("3.5.");
    // The vector module, which Spark 3's launcher doesn't add.
    assertThat(trained.get("kernel").getAsString()).startsWith("SIMD");
    assertThat(submit.err()).doesNotContain("ERROR", "Exception");
  }
}
