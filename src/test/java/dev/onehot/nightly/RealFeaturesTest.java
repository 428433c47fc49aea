package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.math.FeatureScaling;
import dev.onehot.math.FeatureTotals;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.FloatBlock;
import dev.onehot.math.FloatRows;
import dev.onehot.math.RowBlock;
import dev.onehot.model.Provenance;
import dev.onehot.model.StoredProfile;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rows of a night are real numbers, of two features: temperatures, and a rare rain. */
class RealFeaturesTest {

  private static final int ROWS = 4_096;
  private static final List<String> NAMES = List.of("temperature", "rain");
  private static final DataChecks CHECKS = new DataChecks(DataLimits.defaults());
  private static final Provenance.Data CHAMPION = night(1, x -> x);

  @Test
  void rowsOfTheSameKindAreNoAlarm() {
    DataFindings findings = CHECKS.of(CHAMPION, night(2, x -> x), NAMES);

    assertThat(findings.accepted()).isTrue();
    assertThat(findings.warnings()).isEmpty();
    assertThat(findings.notes()).isEmpty();
    assertThat(findings.features().compared()).isEqualTo(2);
    assertThat(findings.features().drifted()).isZero();
  }

  @Test
  void aSingleLargeValueIsNoAlarmThoughItsRangeIsAnother() {
    Random once = new Random(0);
    DataFindings findings =
        CHECKS.of(CHAMPION, night(2, x -> once.nextInt(ROWS) == 0 ? 20 * x : x), NAMES);

    assertThat(findings.warnings()).isEmpty();
    assertThat(findings.features().beyondRange()).isPositive();
  }

  @Test
  void aFeatureInOtherUnitsIsNamed() {
    DataFindings findings = CHECKS.of(CHAMPION, night(2, x -> 32 + 1.8 * x), NAMES);

    assertThat(findings.features().drifted()).isEqualTo(1);
    assertThat(findings.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains(
                        "1 of 2 features have drifted, most of all those of feature temperature"));
  }

  @Test
  void aFeatureThatStandsStillIsNamed() {
    DataFindings findings = CHECKS.of(CHAMPION, night(2, x -> 0.5), NAMES);

    assertThat(findings.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("has one value only today")
                    .contains("feature temperature is always 0.5"));
  }

  private static Provenance.Data night(long seed, DoubleUnaryOperator temperature) {
    Random random = new Random(seed);
    float[] values = new float[2 * ROWS];
    double[] largest = new double[2];
    for (int r = 0; r < ROWS; r++) {
      values[2 * r] = (float) temperature.applyAsDouble(12 + 8 * random.nextGaussian());
      values[2 * r + 1] = random.nextInt(5) == 0 ? random.nextFloat() : 0;
      for (int j = 0; j < 2; j++) {
        largest[j] = Math.max(largest[j], Math.abs(values[2 * r + j]));
      }
    }
    short[] exponents = new short[2];
    for (int j = 0; j < 2; j++) {
      exponents[j] = (short) Math.ceil(Math.log(largest[j]) / Math.log(2));
    }
    FeatureValues held = FeatureValues.real(exponents, FeatureScaling.uniform(1));
    FeatureTotals totals = null;
    for (int from = 0; from < ROWS; from += RowBlock.ROWS) {
      RowBlock block =
          FloatBlock.of(
              from / RowBlock.ROWS,
              0,
              IntStream.range(from, from + RowBlock.ROWS).toArray(),
              new int[ROWS],
              null,
              new FloatRows(2, values),
              held,
              null);
      totals = totals == null ? FeatureTotals.of(block, ROWS) : totals;
      totals.add(block);
    }
    return new Provenance.Data(
        "a night",
        List.of(),
        ROWS,
        ROWS,
        null,
        null,
        "0",
        StoredProfile.of(List.of("a", "b"), new long[] {ROWS / 2, ROWS / 2}, totals, held));
  }
}
