package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.model.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nights without any drift, of all sizes and shapes. */
class FalseAlarmsTest {

  private static final int NIGHTS = 100;
  private static final DataChecks CHECKS = new DataChecks(DataLimits.defaults());

  private static final Population DIGITS = Population.digits(3_000);

  @ParameterizedTest
  @CsvSource({"1000,1000", "60000,60000", "1000000,1000000", "1000,60000", "100,100"})
  void atMostOneOfAHundredNightsOfDigitsAlarms(int championRows, int rows) {
    SplittableRandom random = new SplittableRandom(championRows + rows);
    List<String> alarms = new ArrayList<>();
    for (int night = 0; night < NIGHTS; night++) {
      Provenance.Data champion = DIGITS.data(DIGITS.draw(random, championRows));
      Provenance.Data today = DIGITS.data(DIGITS.draw(random, rows));
      alarms.addAll(alarms(CHECKS.of(champion, today)));
    }
    assertThat(alarms).hasSizeLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"10,2,1000", "10000,100,1000", "10,2,60000", "10,100,60000"})
  void neitherDoNightsOfFewOrManyFeaturesAndClassesRareOnesAndConstants(
      int features, int classes, int rows) {
    SplittableRandom random = new SplittableRandom(features + classes + rows);
    Population population = population(random, features, classes);
    // The last class has five rows a night on average.
    double rare = 5.0 / rows;
    List<String> alarms = new ArrayList<>();
    for (int night = 0; night < NIGHTS; night++) {
      Provenance.Data champion =
          population.data(population.draw(random, rows), classRows(random, classes, rows, rare));
      Provenance.Data today =
          population.data(population.draw(random, rows), classRows(random, classes, rows, rare));
      alarms.addAll(alarms(CHECKS.of(champion, today)));
    }
    assertThat(alarms).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aRareClassWithoutRowsIsNamedButNoAlarm() {
    Population population = population(new SplittableRandom(1), 10, 2);
    int[] drawn = population.draw(new SplittableRandom(2), 60_000);

    DataFindings findings =
        CHECKS.of(
            population.data(drawn, new long[] {59_995, 5}),
            population.data(drawn, new long[] {60_000, 0}));

    assertThat(alarms(findings)).isEmpty();
    assertThat(findings.notes())
        .containsExactly(
            "class 1 has no rows; the champion's data had 5 of 60,000, so this may be chance");
  }

  private static List<String> alarms(DataFindings findings) {
    List<String> alarms = new ArrayList<>(findings.refusals());
    alarms.addAll(findings.warnings());
    return alarms.isEmpty() ? alarms : List.of(String.join("; ", alarms));
  }

  /** One feature in five is constant; of the others, each has zeros of another share. */
  private static Population population(SplittableRandom random, int features, int classes) {
    byte[][] values = new byte[100][features];
    for (byte[] row : values) {
      for (int j = 0; j < features; j++) {
        double zeros = (j % 97) / 97.0;
        if (j % 5 == 0) {
          row[j] = (byte) (j % 2 * 200);
        } else if (random.nextDouble() >= zeros) {
          row[j] = (byte) random.nextInt(256);
        }
      }
    }
    return new Population(values, new int[values.length], classes, null);
  }

  private static long[] classRows(SplittableRandom random, int classes, int rows, double rare) {
    long[] counts = new long[classes];
    for (int r = 0; r < rows; r++) {
      counts[random.nextDouble() < rare ? classes - 1 : random.nextInt(classes - 1)]++;
    }
    return counts;
  }
}
