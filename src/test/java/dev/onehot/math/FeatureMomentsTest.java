package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureMomentsTest {

  private static final int FEATURES = 60;

  private final SplittableRandom random = new SplittableRandom(6);
  private final RandomFloatBlocks rows =
      new RandomFloatBlocks(random, FEATURES, 4, true, 0, 0.3, true, 300, 41, 1);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void meansAndVariancesAreWeightedAndOfTheTrainingRows(boolean centred) {
    float[] classWeights = rows.classWeights(random);
    FeatureValues values = scaled(centred);
    ModelRows model = new ModelRows(rows, values, classWeights);

    FeatureMoments moments = sum(rows.blocks, classWeights);

    for (int j = 0; j < FEATURES; j++) {
      int feature = j;
      double mean = model.mean(row -> row[feature]);
      double variance = model.mean(row -> (row[feature] - mean) * (row[feature] - mean));
      // What a mean or a square may lose is measured by the scale of what blocks hold.
      double unit = values.scale(j);
      assertThat(moments.means(values)[j]).isEqualTo(mean, within(1e-12 * unit));
      assertThat(moments.variances(values)[j]).isEqualTo(variance, within(1e-12 * unit * unit));
    }
  }

  @Test
  void partsInAnyOrderAgreeToTheBit() {
    FeatureMoments parts = sum(rows.blocks.subList(1, 3), null);
    parts.merge(new FeatureMoments(FEATURES, 1, 342));
    parts.merge(sum(rows.blocks.subList(0, 1), null));

    FeatureMoments whole = sum(rows.blocks, null);

    assertThat(parts.means(rows.values)).isEqualTo(whole.means(rows.values));
    assertThat(parts.variances(rows.values)).isEqualTo(whole.variances(rows.values));
  }

  @Test
  void withoutRowsAllIsZero() {
    FeatureMoments none = new FeatureMoments(FEATURES, 1, 342);

    assertThat(none.means(scaled(true))).containsOnly(0);
    assertThat(none.variances(scaled(true))).containsOnly(0);
  }

  @Test
  void bytesAreMeasuredAsTheModelSeesThem() {
    RandomBlocks bytes = new RandomBlocks(2, 17, 3, 0.5, 0.2, 256, 60);
    FeatureMoments moments = new FeatureMoments(17, 255, 316);
    bytes.blocks.forEach(block -> moments.add(block, null));

    double[][] x = bytes.features();
    for (int j = 0; j < 17; j++) {
      double mean = 0;
      double square = 0;
      for (double[] row : x) {
        mean += row[j] / x.length;
        square += row[j] * row[j] / x.length;
      }
      assertThat(moments.means(ByteBlock.VALUES)[j]).isEqualTo(mean, within(1e-12));
      assertThat(moments.variances(ByteBlock.VALUES)[j])
          .isEqualTo(square - mean * mean, within(1e-12));
    }
  }

  private FeatureMoments sum(List<? extends RowBlock> blocks, float[] classWeights) {
    FeatureMoments sum = new FeatureMoments(FEATURES, 1, 342);
    blocks.forEach(block -> sum.add(block, classWeights));
    return sum;
  }

  private FeatureValues scaled(boolean centred) {
    double[] scales =
        IntStream.range(0, FEATURES)
            .mapToDouble(j -> Math.scalb(1 + j / 100.0, -rows.values.exponent(j)))
            .toArray();
    double[] shifts =
        IntStream.range(0, FEATURES)
            .mapToDouble(j -> Math.scalb(0.3 - j / 100.0, rows.values.exponent(j)))
            .toArray();
    return rows.values.withScaling(FeatureScaling.of(scales, centred ? shifts : null));
  }
}
