package dev.onehot.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.model.SoftmaxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program of README's section on the library. */
class TrainOnVectorsIT {

  private static final String[] FLOWERS = {"setosa", "versicolor", "virginica"};

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local-cluster[2,1,1024]"})
  void theProgramTrainsScoresAndSaves(String master, @TempDir Path folder) throws Exception {
    Path rows = Files.writeString(folder.resolve("flowers.csv"), flowers(300));
    Path model = folder.resolve("model");

    String out =
        new OwnProgram(folder, master).run(TrainOnVectors.class, rows.toString(), model.toString());

    assertThat(out)
        .contains("setosa 100", "versicolor 100", "virginica 100", "accuracy 1.0")
        .containsPattern("weights (\\S+ +\\S+ +\\S+ *\\R){4}");
    assertThat(SoftmaxModel.load(model).classNames()).containsExactly(FLOWERS);
  }

  /** Three kinds that differ clearly in their second feature. */
  private static String flowers(int count) {
    Random random = new Random(1);
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    for (int r = 0; r < count; r++) {
      int kind = r % FLOWERS.length;
      lines.add(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f,%.1f,%.1f,%s",
              5 + random.nextDouble(),
              1.5 + 2.5 * kind + random.nextDouble(),
              4 - kind + random.nextDouble(),
              0.2 + kind + random.nextDouble() / 2,
              FLOWERS[kind]));
    }
    return lines.toString();
  }
}
