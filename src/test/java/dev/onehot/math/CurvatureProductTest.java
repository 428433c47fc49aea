package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurvatureProductTest {

  private static final int FEATURES = 60;
  private static final long ROWS = 342;

  private final SplittableRandom random = new SplittableRandom(7);
  private final RandomFloatBlocks rows =
      new RandomFloatBlocks(random, FEATURES, 4, true, 0, 0.3, true, 300, 41, 1);

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void aDirectionIsMultipliedByTheWeightedSecondMomentsOfTheTrainingRows(
      boolean centred, boolean bias) {
    FeatureValues values = scaled(centred);
    float[] classWeights = rows.classWeights(random);
    double[] direction = direction(bias);
    ModelRows model = new ModelRows(rows, values, classWeights);

    double[] product = product(rows.blocks, direction, values, classWeights, bias);

    assertThat(product).hasSameSizeAs(direction);
    for (int i = 0; i < direction.length; i++) {
      int input = i;
      double expected =
          model.mean(row -> (input < FEATURES ? row[input] : 1) * projection(row, direction, bias));
      assertThat(product[i]).isEqualTo(expected, within(1e-11));
    }
  }

  private static double projection(double[] row, double[] direction, boolean bias) {
    double sum = bias ? direction[FEATURES] : 0;
    for (int j = 0; j < FEATURES; j++) {
      sum += row[j] * direction[j];
    }
    return sum;
  }

  @Test
  void partsInAnyOrderAgreeToTheBit() {
    FeatureValues values = scaled(true);
    CurvatureDirection direction =
        new CurvatureDirection(direction(true), values, null, ROWS, true);
    CurvatureProduct parts = sum(rows.blocks.subList(1, 3), direction);
    parts.merge(new CurvatureProduct(FEATURES, ROWS));
    parts.merge(sum(rows.blocks.subList(0, 1), direction));

    assertThat(parts.mean(direction, values, true))
        .isEqualTo(sum(rows.blocks, direction).mean(direction, values, true));
  }

  @Test
  void theLargestRowsDoNotOverflow() {
    byte[] pixels = new byte[RowBlock.ROWS * 3];
    Arrays.fill(pixels, (byte) 255);
    RowBlock white = ConsecutiveRows.block(0, new int[RowBlock.ROWS], pixels, 3, null);
    double[] direction = {1e3, -2e3, 3e3};
    FeatureValues values = new FeatureValues(255, 1);

    double[] product = product(List.of(white, white), direction, values, null, false);

    for (double p : product) {
      assertThat(p).isEqualTo(255.0 * 255 * 2e3, within(1e-3));
    }
  }

  @Test
  void withoutRowsItIsZero() {
    CurvatureDirection direction =
        new CurvatureDirection(direction(true), scaled(true), null, ROWS, true);

    assertThat(new CurvatureProduct(FEATURES, ROWS).mean(direction, scaled(true), true))
        .hasSize(FEATURES + 1)
        .containsOnly(0);
  }

  private double[] direction(boolean bias) {
    return random.doubles(bias ? FEATURES + 1 : FEATURES, -1, 1).toArray();
  }

  private static double[] product(
      List<? extends RowBlock> blocks,
      double[] direction,
      FeatureValues values,
      float[] classWeights,
      boolean bias) {
    long count = blocks.stream().mapToLong(RowBlock::rows).sum();
    CurvatureDirection sent = new CurvatureDirection(direction, values, classWeights, count, bias);
    CurvatureProduct sum = new CurvatureProduct(blocks.get(0).features(), count);
    blocks.forEach(block -> sum.add(block, sent));
    return sum.mean(sent, values, bias);
  }

  private static CurvatureProduct sum(
      List<? extends RowBlock> blocks, CurvatureDirection direction) {
    CurvatureProduct sum = new CurvatureProduct(FEATURES, ROWS);
    blocks.forEach(block -> sum.add(block, direction));
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
