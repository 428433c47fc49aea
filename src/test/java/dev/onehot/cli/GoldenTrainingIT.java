package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.onehot.Golden;
import dev.onehot.ProjectHome;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The NumPy original's own training on the real MNIST. */
class GoldenTrainingIT {

  @TempDir private Path folder;

  @Test
  void twentyPlainStepsOnTheFirstThousandRowsAreTheOriginals() throws IOException {
    Path mnist = ProjectHome.mnist();
    Path model = folder.resolve("model");
    CommandRun run =
        CommandRun.of(
            "train",
            "--data=" + mnist,
            "--train-rows=1000",
            "--optimizer=gd",
            "--learning-rate=0.1",
            "--warmup=0",
            "--leak=0",
            "--precondition=none",
            "--iterations=20",
            "--out=" + model);
    assertThat(run.exitCode()).as(run.err()).isZero();

    double[] golden = Golden.array("train_first1000_gd20_lr0.1_W1.npy");
    double[] weights = SoftmaxModel.load(model).weights();
    assertThat(weights).containsExactly(golden, within(1e-6));

    JsonArray steps = Golden.json().getAsJsonObject("gd").getAsJsonArray("steps");
    List<String> lines = Files.readAllLines(model.resolve("metrics.jsonl"));
    assertThat(lines).hasSize(steps.size());
    for (int i = 0; i < lines.size(); i++) {
      JsonObject expected = steps.get(i).getAsJsonObject();
      JsonObject line = JsonParser.parseString(lines.get(i)).getAsJsonObject();
      assertThat(line.get("iteration").getAsInt()).isEqualTo(expected.get("step").getAsInt());
      assertThat(line.get("loss").getAsDouble())
          .isEqualTo(expected.get("loss").getAsDouble(), within(1e-6));
      assertThat(line.get("accuracy").getAsDouble())
          .isEqualTo(expected.get("accuracy").getAsDouble());
    }
  }

  @Test
  void theDefaultsReachTheLinearClassifiersBestOnMnistWithEveryClassAlive() throws IOException {
    JsonObject verdict = mnist();
    assertThat(verdict.get("testAccuracy").getAsDouble()).isGreaterThanOrEqualTo(0.9265);
    assertThat(verdict.get("deadClasses").getAsJsonArray()).isEmpty();
    assertThat(verdict.get("iterations").getAsInt()).isLessThanOrEqualTo(30);
  }

  @Test
  void twelveIterationsReachNinetyTwoPercentAndSixteenHalfAPercentMore() throws IOException {
    assertThat(mnist("--iterations=12").get("testAccuracy").getAsDouble())
        .isGreaterThanOrEqualTo(0.92);
    assertThat(mnist("--iterations=16").get("testAccuracy").getAsDouble())
        .isGreaterThanOrEqualTo(0.925);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void seedsThatOnceLostClassesOnFewRowsKeepThem(int seed) throws IOException {
    JsonObject verdict = mnist("--train-rows=6000", "--iterations=40", "--seed=" + seed);
    assertThat(verdict.get("deadClasses").getAsJsonArray()).isEmpty();
    assertThat(verdict.get("testAccuracy").getAsDouble()).isGreaterThanOrEqualTo(0.89);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--seed=1024", "--seed=3", "--bias", "--optimizer=adam"})
  void everyClassLearnsOnRowsThatNothingWasTunedOn(String option) throws IOException {
    JsonObject verdict = train(ProjectHome.digits8x8(), option);
    assertThat(verdict.get("deadClasses").getAsJsonArray()).isEmpty();
    assertThat(verdict.get("warnings").getAsJsonArray()).isEmpty();
    assertThat(verdict.get("testAccuracy").getAsDouble())
        .isGreaterThanOrEqualTo(option.endsWith("adam") ? 0.83 : 0.91);
  }

  private JsonObject mnist(String... options) throws IOException {
    return train(ProjectHome.mnist(), options);
  }

  private JsonObject train(Path data, String... options) throws IOException {
    Path model = folder.resolve("model-" + System.nanoTime());
    List<String> arguments = new ArrayList<>(List.of("train", "--data=" + data, "--out=" + model));
    arguments.addAll(List.of(options));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JsonParser.parseString(Files.readString(model.resolve("run.json"))).getAsJsonObject();
  }
}
