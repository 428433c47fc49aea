package dev.onehot.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onehot.math.ByteBlock;
import dev.onehot.math.FeatureScaling;
import dev.onehot.math.FeatureTotals;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.FloatBlock;
import dev.onehot.math.FloatRows;
import dev.onehot.math.RowBlock;
import dev.onehot.math.ScalingKind;
import org.junit.jupiter.api.Test;

/** How the figures of rows become a scaling: of four rows of four features. */
class DataScalingTest {

  private static final float[] ROWS = {
    1000.5f, -3, 0.25f, 0, //
    1001.5f, 1, 0.25f, 0, //
    1000.5f, 1, 0.25f, 0, //
    1001.5f, 1, 0.25f, 0
  };

  private final DataProfile reals = reals();

  @Test
  void noneLeavesFeaturesAsTheyAre() {
    assertThat(reals.scaling(ScalingKind.NONE)).isEqualTo(FeatureScaling.uniform(1));
  }

  @Test
  void maxDividesByTheLargestMagnitude() {
    assertThat(reals.scaling(ScalingKind.MAX))
        .isEqualTo(FeatureScaling.of(new double[] {1 / 1001.5, 1 / 3.0, 4, 1}, null));
  }

  @Test
  void standardGivesAMeanOf0AndADeviationOf1() {
    FeatureScaling scaling = reals.scaling(ScalingKind.STANDARD);

    assertThat(scaling.shift(0)).isEqualTo(1001);
    assertThat(scaling.scale(0)).isCloseTo(2, within(1e-9));
    assertThat(scaling.shift(1)).isZero();
    assertThat(scaling.scale(1)).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    // Features of one value.
    assertThat(scaling.shift(2)).isEqualTo(0.25);
    assertThat(scaling.scale(2)).isEqualTo(4);
    assertThat(scaling.shift(3)).isZero();
    assertThat(scaling.scale(3)).isEqualTo(1);
    assertThat(reals.meanSquares(scaling)).containsExactly(new double[] {1, 1, 0, 0}, within(1e-9));
  }

  @Test
  void theLargestMagnitudeOfBytesIsThatOfAllBytes() {
    RowBlock block =
        ByteBlock.of(0, new long[] {0, 1}, new int[2], new byte[] {0, 7, 4, 7}, 2, null);
    DataProfile bytes = profile(block, ByteBlock.VALUES);

    assertThat(bytes.scaling(ScalingKind.MAX)).isEqualTo(FeatureScaling.uniform(1 / 255.0));
    assertThat(bytes.scaling(ScalingKind.STANDARD))
        .isEqualTo(FeatureScaling.of(new double[] {0.5, 1 / 7.0}, new double[] {2, 7}));
  }

  @Test
  void whatRowsAskForDependsOnTheirValues() {
    assertThat(ScalingKind.defaultFor(ByteBlock.VALUES, false)).isEqualTo(ScalingKind.MAX);
    assertThat(ScalingKind.defaultFor(reals.values(), false)).isEqualTo(ScalingKind.STANDARD);
    assertThat(ScalingKind.defaultFor(reals.values(), true)).isEqualTo(ScalingKind.MAX);
  }

  private static DataProfile reals() {
    FeatureValues values =
        FeatureValues.real(new short[] {10, 2, -2, 0}, FeatureScaling.uniform(1));
    return profile(
        FloatBlock.of(
            0, 0, new int[] {0, 1, 2, 3}, new int[4], null, new FloatRows(4, ROWS), values, null),
        values);
  }

  private static DataProfile profile(RowBlock block, FeatureValues values) {
    FeatureTotals totals = FeatureTotals.of(block, block.rows());
    totals.add(block);
    return new DataProfile(
        block.rows(), block.rows(), 1, 1, values, totals, new long[] {block.rows()}, 0);
  }
}
