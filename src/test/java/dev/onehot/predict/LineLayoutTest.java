package dev.onehot.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.onehot.data.ChunkReader;
import dev.onehot.data.RowChunk;
import dev.onehot.failure.InputException;
import dev.onehot.math.Activation;
import dev.onehot.model.SoftmaxModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineLayoutTest {

  private static final FileOptions CSV = FileOptions.defaults();
  private static final FileOptions JSONL = CSV.withFormat(FileFormat.JSONL);

  /** Two features, each of which makes its class certain, or both equally probable. */
  private static final double[] WEIGHTS = {1000, 0, 0, 1000};

  private static final byte[] THREE_ROWS = {1, 0, 0, 1, 0, 0};

  @Test
  void csvHasAHeaderAndALineARow() throws IOException {
    assertThat(text(CSV, List.of("no", "yes"), null))
        .isEqualTo("row,label,probability\n7,no,1\n8,yes,1\n9,no,0.5\n");
  }

  @Test
  void labelsComeLastAndAllProbabilitiesBefore() throws IOException {
    assertThat(text(CSV.withProbabilities(true), List.of("no", "yes"), new int[] {0, 0, 1}))
        .isEqualTo(
            "row,label,probability,p_no,p_yes,actual\n"
                + "7,no,1,1,0,no\n"
                + "8,yes,1,0,1,no\n"
                + "9,no,0.5,0.5,0.5,yes\n");
  }

  @Test
  void jsonHasTheSameNamesAndTexts() throws IOException {
    assertThat(text(JSONL.withProbabilities(true), List.of("no", "yes"), new int[] {0, 0, 1}))
        .startsWith(
            "{\"row\":7,\"label\":\"no\",\"probability\":1,\"p_no\":1,\"p_yes\":0,\"actual\":\"no\"}\n");
    assertThat(text(JSONL, List.of("no", "yes"), null))
        .isEqualTo(
            "{\"row\":7,\"label\":\"no\",\"probability\":1}\n"
                + "{\"row\":8,\"label\":\"yes\",\"probability\":1}\n"
                + "{\"row\":9,\"label\":\"no\",\"probability\":0.5}\n");
  }

  @Test
  void aLabelThatTheModelDoesNotKnowIsShownAsItsNumber() throws IOException {
    assertThat(text(CSV, List.of("no", "yes"), new int[] {2, 255, 1}))
        .isEqualTo("row,label,probability,actual\n7,no,1,2\n8,yes,1,255\n9,no,0.5,yes\n");
    assertThat(text(JSONL, List.of("no", "yes"), new int[] {2, 255, 1}))
        .contains("\"actual\":\"255\"}");
  }

  @Test
  void namesOfClassesAreQuotedAsTheFormatWants() throws IOException {
    List<String> names = List.of("Pullover, \"grey\"", "Café\n");
    assertThat(text(CSV.withProbabilities(true), names, null))
        .startsWith(
            "row,label,probability,\"p_Pullover, \"\"grey\"\"\",\"p_Café\n\"\n"
                + "7,\"Pullover, \"\"grey\"\"\",1,1,0\n"
                + "8,\"Café\n\",1,0,1\n");
    List<String> lines =
        text(JSONL.withProbabilities(true), names, new int[] {0, 1, 1}).lines().toList();
    assertThat(lines).hasSize(3);
    JsonObject line = JsonParser.parseString(lines.get(1)).getAsJsonObject();
    assertThat(line.get("label").getAsString()).isEqualTo("Café\n");
    assertThat(line.get("p_Pullover, \"grey\"").getAsDouble()).isZero();
  }

  @Test
  void onlyWhatHasToBeQuotedIs() {
    for (String plain : List.of("0", "T-shirt", "a b", "é", "it's", "a;b")) {
      assertThat(FileFormat.CSV.quoted(plain)).isEqualTo(plain);
    }
    for (String quoted : List.of("", " a", "a ", "a,b", "a\rb", "a\nb")) {
      assertThat(FileFormat.CSV.quoted(quoted)).isEqualTo('"' + quoted + '"');
    }
  }

  @Test
  void namesOfFilesSortInTheOrderOfTheRows() {
    assertThat(PartWriter.nameOf(7, 100_000, ".csv")).isEqualTo("part-00007.csv");
    assertThat(PartWriter.nameOf(7, 100_001, ".jsonl.gz")).isEqualTo("part-000007.jsonl.gz");
  }

  @Test
  void aModelWithNumbersThatAreNoneIsRefusedAtTheFirstRow() {
    SoftmaxModel model = model(new double[] {1, Double.NaN, 1e308, 1}, List.of("a", "b"));
    assertThatThrownBy(() -> new ScoredRows(model).score(chunk(null)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("row 7 has no probabilities");
  }

  private static String text(FileOptions options, List<String> names, int[] labels)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineLayout layout = new LineLayout(options, names, labels == null ? null : List.of());
    ScoredRows rows = new ScoredRows(model(WEIGHTS, names));
    LineBuffer lines = new LineBuffer();
    rows.score(chunk(labels));
    lines.append(layout.header());
    layout.append(rows, lines);
    lines.writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static SoftmaxModel model(double[] weights, List<String> names) {
    return new SoftmaxModel(weights, null, Activation.IDENTITY, 1, names);
  }

  /** Three rows from position 7 on. */
  private static RowChunk chunk(int[] labels) {
    return new ChunkReader(
            7,
            10,
            2,
            labels != null,
            (position, rows, values, into) -> {
              System.arraycopy(THREE_ROWS, 0, values, 0, values.length);
              if (labels != null) {
                System.arraycopy(labels, 0, into, 0, rows);
              }
            })
        .next();
  }
}
