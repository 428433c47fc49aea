package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.SparkJvm;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEnv;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Option;

/** A cluster that asks for a secret, and encrypts what it sends and spills. */
@ExtendWith(SharedFixtures.class)
class SecureClusterIT {

  private static final String SECRET = UUID.randomUUID().toString();
  private static final Map<String, String> SECURITY =
      Map.of(
          "spark.authenticate", "true",
          "spark.authenticate.secret", SECRET,
          "spark.network.crypto.enabled", "true",
          // The master's other way in knows no secrets; with it the master does not start.
          "spark.master.rest.enabled", "false");

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static ClusterTraining training;
  private static String expected;

  @BeforeAll
  static void startCluster(SharedDigits digits) throws IOException {
    cluster = StandaloneCluster.start(folder.resolve("cluster"), 2, SECURITY);
    training = digits.training(folder, 8);
    expected = digits.expected(8);
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "cluster"})
  void theSameBitsAndTheSecretIsWrittenNowhere(String deployMode) throws Exception {
    Path events = Files.createDirectories(folder.resolve("events-" + deployMode));
    Map<String, String> spark = new TreeMap<>(ClusterTraining.on(cluster, SECURITY));
    spark.put("spark.submit.deployMode", deployMode);
    spark.put("spark.driver.memory", "512m");
    if (deployMode.equals("cluster")) {
      spark.put("spark.driver.extraJavaOptions", SparkJvm.archiveOptions());
    }
    spark.put("spark.standalone.submit.waitAppCompletion", "true");
    spark.put("spark.io.encryption.enabled", "true");
    spark.put("spark.eventLog.enabled", "true");
    spark.put("spark.eventLog.dir", events.toUri().toString());
    Properties properties = new Properties();
    properties.putAll(spark);
    Path file = folder.resolve(deployMode + ".conf");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    Path model = training.newModel();
    List<String> command = new ArrayList<>(training.command(model, Map.of()));
    command.addAll(List.of("--properties-file", file.toString()));
    SubmitScript submit = SubmitScript.start(folder, command);
    submit.await("executors", () -> cluster.executors().size() == 2);
    Stream<ProcessHandle> processes =
        Stream.concat(cluster.processes().stream(), Stream.of(submit.spark()));

    assertThat(processes.map(StandaloneCluster::commandLine))
        .hasSizeGreaterThanOrEqualTo(6)
        .noneMatch(line -> line.contains(SECRET));
    assertThat(submit.exitCode()).as(submit.err()).isZero();
    assertThat(ClusterTraining.w1Sha256(model)).isEqualTo(expected);
    assertThat(submit.out() + submit.err()).doesNotContain(SECRET);
    assertThat(filesBelow(events)).isNotEmpty().noneMatch(SecureClusterIT::holdsSecret);
    assertThat(filesBelow(model)).isNotEmpty().noneMatch(SecureClusterIT::holdsSecret);
    assertThat(filesBelow(folder.resolve("cluster")))
        .filteredOn(path -> path.toString().matches(".*(/stdout|/stderr|\\.log)"))
        .isNotEmpty()
        .noneMatch(SecureClusterIT::holdsSecret);
  }

  @ParameterizedTest
  @CsvSource({
    "false, Expected SaslMessage",
    // How an answer to a wrong challenge ends.
    "true, Outbox is stopped"
  })
  void aClientWithoutTheSecretIsRefused(boolean withAnotherSecret, String reason) {
    SparkConf conf = new SparkConf(false);
    if (withAnotherSecret) {
      SECURITY.forEach(conf::set);
      conf.set("spark.authenticate.secret", "guessed");
    }
    assertThatThrownBy(() -> askMaster(conf)).hasStackTraceContaining(reason);
  }

  @Test
  void aClientWithTheSecretIsNot() {
    SparkConf conf = new SparkConf(false);
    SECURITY.forEach(conf::set);
    askMaster(conf);
  }

  private static void askMaster(SparkConf conf) {
    RpcEnv environment =
        RpcEnv.create(
            "client",
            "127.0.0.1",
            0,
            conf,
            new SecurityManager(
                conf, Option.empty(), SecurityManager.$lessinit$greater$default$3()),
            true);
    try {
      environment.setupEndpointRef(RpcAddress.fromSparkURL(cluster.url()), "Master");
    } finally {
      environment.shutdown();
    }
  }

  private static List<Path> filesBelow(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean holdsSecret(Path path) {
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).contains(SECRET);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
