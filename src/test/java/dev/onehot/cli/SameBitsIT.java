package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same W1, bit for bit, wherever and however it is trained. */
class SameBitsIT {

  private static final String[] TRAIN = {
    "train",
    "--train-rows=5000",
    "--iterations=6",
    "--bias",
    "--validation-fraction=0.1",
    "--l2=0.001"
  };

  private static String expected;

  @TempDir private static Path folder;

  @BeforeAll
  static void trainOnOneCore() throws IOException {
    expected = hash(Map.of("spark.master", "local[1]"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  void theNumberOfPartitionsDoesNotMatter(int partitions) throws IOException {
    assertThat(hash(Map.of(), "--partitions=" + partitions)).isEqualTo(expected);
  }

  @Test
  void theNumberOfCoresDoesNotMatter() throws IOException {
    assertThat(hash(Map.of("spark.master", "local[3]"))).isEqualTo(expected);
  }

  @Test
  void realExecutorsDoNotMatter() throws IOException {
    assertThat(hash(ExecutorClasses.localCluster())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KryoSerializer", "JavaSerializer"})
  void noSerializerMattersNorDoesACacheOnDiskWhichIsWarnedOf(String serializer) throws IOException {
    Path model = folder.resolve("spilled-" + serializer);
    CommandRun run =
        run(
            Map.of(
                "spark.serializer", "org.apache.spark.serializer." + serializer,
                // So little memory for the cache that blocks are spilled.
                "spark.testing.memory", "471859200",
                "spark.memory.fraction", "0.01"),
            model);
    assertThat(hash(model)).isEqualTo(expected);
    assertThat(run.err()).contains("the cache does not fit", "MB of the training rows are on disk");
  }

  @Test
  void anotherSeedGivesOtherBits() throws IOException {
    assertThat(hash(Map.of(), "--seed=7")).isNotEqualTo(expected);
  }

  private static String hash(Map<String, String> spark, String... options) throws IOException {
    Path model = folder.resolve("model-" + System.nanoTime());
    run(spark, model, options);
    return hash(model);
  }

  private static String hash(Path model) throws IOException {
    return JsonParser.parseString(Files.readString(model.resolve("run.json")))
        .getAsJsonObject()
        .get("w1Sha256")
        .getAsString();
  }

  private static CommandRun run(Map<String, String> spark, Path model, String... options) {
    List<String> arguments = new ArrayList<>(List.of(TRAIN));
    arguments.addAll(List.of(options));
    arguments.add("--out=" + model);
    Map<Object, Object> before = Map.copyOf(System.getProperties());
    try {
      spark.forEach(System::setProperty);
      CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
      assertThat(run.exitCode()).as(run.err()).isZero();
      return run;
    } finally {
      spark.keySet().forEach(System::clearProperty);
      spark.keySet().stream()
          .filter(before::containsKey)
          .forEach(key -> System.setProperty(key, before.get(key).toString()));
    }
  }
}
