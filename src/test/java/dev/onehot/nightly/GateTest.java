package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.evaluate.Calibration;
import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.ConfusionMatrix;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.failure.InvalidSettingsException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {

  /** Of 10,000 rows, half in each of two classes, the champion predicts 9,000 right. */
  private static final Evaluation CHAMPION = evaluation(0.30, 4500, 4500);

  private final Gate gate = new Gate(GateLimits.defaults(), List.of("0", "1", "2"));

  @Test
  void aBetterModelPassesWithItsFigures() {
    GateVerdict verdict = judge(evaluation(0.29, 4600, 4550), 250, 100);
    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.sentence())
        .isEqualTo(
            "accuracy 0.9150 on 10,000 rows (limit 0.8900, champion 0.9000), log loss 0.2900 (champion 0.3000)");
    assertThat(verdict.criteria())
        .extracting(Criterion::name)
        .containsExactly(
            "published files",
            "dead classes",
            "accuracy",
            "log loss",
            "chance (McNemar)",
            "recall of the worst class");
  }

  @Test
  void accuracyBelowTheMarginIsRefused() {
    // Hardly any row is right with only one of them, so that chance has nothing to say.
    GateVerdict verdict = judge(evaluation(0.30, 4450, 4440), 0, 6);
    assertThat(refused(verdict)).containsExactly("accuracy");
    assertThat(verdict.sentence())
        .isEqualTo("accuracy 0.8890 is below 0.8900, the champion's 0.9000 less a margin of 0.01");
  }

  @Test
  void logLossAboveTheMarginIsRefused() {
    GateVerdict verdict = judge(evaluation(0.3301, 4500, 4500), 50, 50);
    assertThat(refused(verdict)).containsExactly("log loss");
    assertThat(verdict.sentence())
        .isEqualTo(
            "log loss 0.3301 is above 0.3300, the champion's 0.3000 and a margin of 0.1 of it");
    assertThat(judge(evaluation(0.3299, 4500, 4500), 50, 50).passed()).isTrue();
  }

  @Test
  void aLossThatIsNoNumberIsRefused() {
    assertThat(refused(judge(evaluation(Double.NaN, 4500, 4500), 50, 50)))
        .containsExactly("log loss");
  }

  @Test
  void worseByLessThanTheMarginButByMoreThanChanceIsRefused() {
    // p = 0.0014 for 40 against 75.
    GateVerdict verdict = judge(evaluation(0.30, 4480, 4485), 40, 75);
    assertThat(refused(verdict)).containsExactly("chance (McNemar)");
    assertThat(verdict.sentence())
        .startsWith("accuracy 0.8965 is worse than the champion's 0.9000 by more than chance")
        .contains("the champion alone is right on 75 rows, the challenger alone on 40")
        .contains("p = 0.0014, and the limit is 0.01 (McNemar's test)");
  }

  @Test
  void worseByChanceAndBetterByMoreThanChancePass() {
    assertThat(judge(evaluation(0.30, 4480, 4485), 400, 435).passed()).isTrue();
    assertThat(judge(evaluation(0.30, 4520, 4515), 75, 40).passed()).isTrue();
  }

  @Test
  void aClassThatIsHardlyRecognizedIsRefused() {
    Evaluation champion = evaluation(0.30, 4900, 100);
    GateVerdict verdict = judge(evaluation(0.30, 4950, 50), champion, 100, 100);
    assertThat(refused(verdict)).containsExactly("recall of the worst class");
    assertThat(verdict.sentence())
        .isEqualTo(
            "recall 0.0100 of class 1 is below the floor of 0.25, and the champion has 0.0200");
  }

  @Test
  void aClassWithoutRowsIsNotJudged() {
    // Class 2 has none.
    Criterion recall = judge(evaluation(0.30, 4500, 4400), 50, 50).criteria().get(5);
    assertThat(recall.figure()).isEqualTo("0.8800 (class 1)");
    assertThat(recall.passed()).isTrue();
  }

  @Test
  void aDeadClassIsRefused() {
    GateVerdict verdict = judge(CHAMPION, List.of("1"), Optional.empty());
    assertThat(refused(verdict)).containsExactly("dead classes");
    assertThat(verdict.sentence())
        .isEqualTo("class 1 is dead behind the gate of the activation, and none may be");
    assertThat(judge(CHAMPION, List.of("1", "2"), Optional.empty()).sentence())
        .startsWith("classes 1, 2 are dead ");
  }

  @Test
  void filesThatDoNotFitAreRefusedBeforeAllElse() {
    GateVerdict verdict = judge(CHAMPION, List.of("1"), Optional.of("model.onnx scores otherwise"));
    assertThat(refused(verdict)).containsExactly("published files", "dead classes");
    assertThat(verdict.sentence()).isEqualTo("model.onnx scores otherwise");
  }

  @Test
  void theFirstModelMustBeBetterThanAGuess() {
    GateVerdict verdict = first(evaluation(0.30, 4500, 4400));
    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.sentence())
        .isEqualTo(
            "accuracy 0.8900 and log loss 0.3000 on 10,000 rows, with no champion to compare with");
    assertThat(verdict.criteria())
        .extracting(Criterion::name)
        .containsExactly(
            "published files", "dead classes", "accuracy", "recall of the worst class");

    // Chance alone reaches 0.5 + 2.326 * sqrt(0.25 / 10,000) in one case of a hundred.
    verdict = first(evaluation(0.69, 2600, 2516));
    assertThat(refused(verdict)).containsExactly("accuracy");
    assertThat(verdict.sentence())
        .isEqualTo(
            "accuracy 0.5116 is not above 0.5116, which a guess reaches by chance on 10,000 rows:"
                + " always naming class 0 is right on 0.5000 of them");
    assertThat(first(evaluation(0.69, 2600, 2517)).passed()).isTrue();
  }

  @Test
  void withRowsOfOneClassAloneNothingCanBeGuessed() {
    long[][] counts = {{90, 10, 0}, {0, 0, 0}, {0, 0, 0}};
    assertThat(first(evaluation(0.30, counts)).passed()).isTrue();
  }

  @Test
  void theLimitsAreSettings() {
    Gate strict = new Gate(new GateLimits(0, 0, 0.9), List.of("0", "1", "2"));
    GateVerdict verdict =
        strict.judge(challenger(evaluation(0.3001, 4400, 4590), comparison(CHAMPION, 5, 6)));
    assertThat(refused(verdict))
        .containsExactly("accuracy", "log loss", "recall of the worst class");
    assertThat(
            new Gate(new GateLimits(0, 0, 0.9), List.of("0", "1", "2"))
                .judge(challenger(CHAMPION, comparison(CHAMPION, 5, 5)))
                .passed())
        .isTrue();
  }

  @Test
  void limitsOutOfRangeAreAllNamed() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> new GateLimits(-0.1, Double.NaN, 2))
        .withMessageContaining("max-accuracy-loss must be 0 to 1, not -0.1")
        .withMessageContaining("max-loss-increase must be a share, 0 or more, not NaN")
        .withMessageContaining("min-recall must be 0 to 1, not 2.0");
  }

  private GateVerdict judge(Evaluation own, long onlyOwn, long onlyChampion) {
    return judge(own, CHAMPION, onlyOwn, onlyChampion);
  }

  private GateVerdict judge(Evaluation own, Evaluation champion, long onlyOwn, long onlyChampion) {
    return gate.judge(challenger(own, comparison(champion, onlyOwn, onlyChampion)));
  }

  private GateVerdict judge(Evaluation own, List<String> dead, Optional<String> files) {
    return gate.judge(new Gate.Challenger(own, comparison(CHAMPION, 50, 50), dead, files));
  }

  private GateVerdict first(Evaluation own) {
    return gate.judge(challenger(own, null));
  }

  private static Gate.Challenger challenger(Evaluation own, Comparison comparison) {
    return new Gate.Challenger(own, comparison, List.of(), Optional.empty());
  }

  private static Comparison comparison(Evaluation champion, long onlyOwn, long onlyChampion) {
    return new Comparison(champion, 0, onlyOwn, onlyChampion, 0, 0, List.of());
  }

  private static List<String> refused(GateVerdict verdict) {
    return verdict.criteria().stream()
        .filter(criterion -> !criterion.passed())
        .map(Criterion::name)
        .toList();
  }

  private static Evaluation evaluation(double loss, long right0, long right1) {
    long[][] counts = {
      {right0, 5000 - right0, 0},
      {5000 - right1, right1, 0},
      {0, 0, 0}
    };
    return evaluation(loss, counts);
  }

  private static Evaluation evaluation(double loss, long[][] counts) {
    return new Evaluation(
        loss, 0, 0, new ConfusionMatrix(counts), new Calibration(List.of()), List.of(), List.of());
  }
}
