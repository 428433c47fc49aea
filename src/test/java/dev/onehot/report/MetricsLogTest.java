package dev.onehot.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import dev.onehot.train.IterationMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MetricsLogTest {

  private static IterationMetrics metrics(int iteration, Double validationLoss) {
    return new IterationMetrics(
        iteration,
        0.5,
        0.01,
        0.9,
        1e-3,
        1.4,
        0,
        7,
        new double[] {0.25, 0},
        validationLoss,
        validationLoss,
        9.75);
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MetricsLog log = new MetricsLog(out)) {
      log.measured(metrics(0, null));
      log.measured(metrics(1, 0.75));
    }
    assertThat(MetricsLog.read(new StringReader(out.toString(StandardCharsets.UTF_8))))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(metrics(0, null), metrics(1, 0.75));
  }

  @Test
  void aLineThatIsNotTheNextIterationIsNamed() {
    String first = "{\"iteration\":0,\"activeShares\":[1]}\n";
    for (String second : new String[] {"{}", "", first, "{\"iteration\":2,\"activeShares\":[1]}"}) {
      assertThatThrownBy(() -> MetricsLog.read(new StringReader(first + second + "\n")))
          .isInstanceOf(JsonParseException.class)
          .hasMessage("line 2 is not iteration 1");
    }
  }

  @Test
  void aLineThatWasCutIsDamaged() {
    for (String cut :
        new String[] {"{\"iteration\":0,\"loss\":n", "{\"iteration\":0,\"loss\":1.", "{"}) {
      assertThatThrownBy(() -> MetricsLog.read(new StringReader(cut)))
          .as(cut)
          .isInstanceOf(JsonParseException.class);
    }
  }
}
