package dev.onehot.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.onehot.evaluate.Calibration;
import dev.onehot.evaluate.ConfusionMatrix;
import dev.onehot.evaluate.Evaluation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTableTest {

  /** Of each class c there are 1,000 rows, of which c are predicted as the class after it. */
  private static Evaluation evaluation(int classes) {
    long[][] counts = new long[classes][classes];
    for (int c = 0; c < classes; c++) {
      counts[c][c] = 1000 - c;
      counts[c][(c + 1) % classes] += c;
    }
    return new Evaluation(
        0.1,
        0,
        0,
        new ConfusionMatrix(counts),
        new Calibration(List.of(new Calibration.Bin(0, 1, 1, 1, 1, null))),
        List.of(),
        List.of());
  }

  private static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(c -> "class-" + c).toList();
  }

  @Test
  void fewClassesAreListedAllByTheirNames() {
    String table = new EvaluationTable(List.of("Iris setosa", "\n", "b")).of(evaluation(3));
    assertThat(table.lines())
        .anyMatch(line -> line.startsWith("Iris setosa       "))
        .contains("actual       predicted")
        .noneMatch(line -> line.contains("lowest F1"));
  }

  @Test
  void aMatrixOfWeightsSaysThatItIsOne() {
    ConfusionMatrix matrix =
        new ConfusionMatrix(new long[][] {{3, 1}, {0, 2}}, new double[][] {{1.5, 0.5}, {0, 4}});
    Evaluation weighted =
        new Evaluation(0.1, 0, 0, matrix, evaluation(2).calibration(), List.of(), List.of());
    assertThat(new EvaluationTable(List.of("a", "b")).of(weighted).lines())
        .contains("actual  predicted, in sums of weights");
    String longName = "x".repeat(40);
    assertThat(new EvaluationTable(List.of(longName + "y", longName + "z")).of(weighted).lines())
        .contains("most frequent errors, actual → predicted, in sums of weights");
  }

  @Test
  void ofAThousandClassesThoseAreListedThatAreToldWorst() {
    List<String> lines = new EvaluationTable(names(1000)).of(evaluation(1000)).lines().toList();
    assertThat(lines).hasSizeLessThan(80).contains("the 50 classes with the lowest F1, of 1,000");
    assertThat(lines.stream().filter(line -> line.matches("class-\\d+ .*0\\.\\d{4}.*")))
        .hasSize(50)
        .anyMatch(line -> line.startsWith("class-999 "))
        .noneMatch(line -> line.startsWith("class-1 "));
    assertThat(lines).contains("class-999 → class-0  999").noneMatch(line -> line.length() > 110);
  }

  @Test
  void theFileHoldsTheWholeMatrixOnALine() {
    String json = EvaluationFile.of("model", "00", "rows", names(1000), evaluation(1000)).json();
    assertThat(json.lines().filter(line -> line.contains("\"confusionMatrix\""))).hasSize(1);
    assertThat(
            JsonParser.parseString(json)
                .getAsJsonObject()
                .getAsJsonArray("confusionMatrix")
                .get(7)
                .getAsJsonArray()
                .get(8)
                .getAsLong())
        .isEqualTo(7);
  }
}
