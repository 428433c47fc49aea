package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.onehot.failure.InputException;
import java.io.StringReader;
import java.util.List;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final TrainingFigures FIGURES =
      new TrainingFigures(
          30,
          "all iterations done",
          0.25,
          0.9,
          null,
          null,
          null,
          null,
          null,
          "ab",
          List.of("7"),
          List.of("class 7 is dead"),
          3,
          1,
          0.02,
          100,
          200,
          600,
          "scalar",
          "local[2]");

  @Test
  void aFailureHasItsExitCodeAndItsLine() {
    Verdict verdict =
        Verdict.failed(new SparkException("Job aborted", new InputException("a: no rows")));
    JsonObject json = verdict.json();

    assertThat(json.get("status").getAsString()).isEqualTo("failed");
    assertThat(json.get("exitCode").getAsInt()).isEqualTo(3);
    assertThat(json.get("message").getAsString()).isEqualTo("a: no rows");
    assertThat(json.keySet()).containsExactly("status", "exitCode", "message");
    assertThat(Verdict.parse(new StringReader(verdict.json().toString()))).isEmpty();
  }

  @Test
  void aFailureThatNobodyExpectedIsSaidToBeThat() {
    Verdict verdict = Verdict.failed(new IllegalStateException("odd\nand more"));
    assertThat(verdict.exitCode()).isEqualTo(1);
    assertThat(verdict.message()).isEqualTo("unexpected failure: IllegalStateException: odd");
  }

  @Test
  void aVerdictWithTextForANumberIsDamaged() {
    String json = Verdict.succeeded(FIGURES).json().toString().replace("0.25", "\"n\"");
    assertThatExceptionOfType(JsonParseException.class)
        .isThrownBy(() -> Verdict.parse(new StringReader(json)));
  }

  @Test
  void theVerdictOnATrainingIsReadAsItWasWritten() {
    Verdict verdict = Verdict.succeeded(FIGURES);
    JsonObject json = verdict.json();

    assertThat(Verdict.parse(new StringReader(verdict.json().toString()))).contains(verdict);
    assertThat(json.get("message").isJsonNull()).isTrue();
    assertThat(json.get("trainAccuracy").getAsDouble()).isEqualTo(0.9);
    assertThat(json.get("testAccuracy").isJsonNull()).isTrue();
  }
}
