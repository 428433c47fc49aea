package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.SparkJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** submit.sh and a real standalone cluster: the bits of the laptop in both deploy modes. */
@ExtendWith(SharedFixtures.class)
class StandaloneClusterIT {

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static ClusterTraining training;
  private static String expected;

  @BeforeAll
  static void trainHere(StandaloneCluster shared, SharedDigits digits) throws IOException {
    cluster = shared;
    training = digits.training(folder, 8);
    expected = digits.expected(8);
  }

  @Test
  void clientModeGivesTheSameBits() throws Exception {
    Path model = training.newModel();
    SubmitScript submit =
        SubmitScript.start(folder, training.command(model, ClusterTraining.on(cluster, Map.of())));

    assertThat(submit.exitCode()).as(submit.err()).isZero();
    assertThat(ClusterTraining.w1Sha256(model)).isEqualTo(expected);
    assertThat(ClusterTraining.verdict(model).get("master").getAsString()).isEqualTo(cluster.url());
  }

  @Test
  void clusterModeGivesTheSameBits() throws Exception {
    Path model = training.newModel();
    Map<String, String> spark =
        Map.of(
            "spark.submit.deployMode", "cluster",
            "spark.driver.memory", "512m",
            "spark.driver.extraJavaOptions", SparkJvm.archiveOptions(),
            "spark.standalone.submit.waitAppCompletion", "true");
    SubmitScript submit =
        SubmitScript.start(folder, training.command(model, ClusterTraining.on(cluster, spark)));

    assertThat(submit.exitCode()).as(submit.err()).isZero();
    assertThat(ClusterTraining.w1Sha256(model)).isEqualTo(expected);
  }
}
