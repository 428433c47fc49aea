package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondMomentSumTest {

  /** So that products stay as they are. */
  private static final FeatureValues UNSCALED = new FeatureValues(255, 1);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void meanIsThatOfTheTrainingRowsAlone(boolean bias) {
    RandomBlocks random = new RandomBlocks(3, 19, 4, 0.4, 0.3, 256, 1, 100, 3);
    double[][] x = random.features();
    int inputs = bias ? 20 : 19;
    double[][] mean = sum(random.blocks, 19, bias).mean();
    assertThat(mean).hasDimensions(inputs, inputs);
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < inputs; j++) {
        double expected = 0;
        for (double[] row : x) {
          expected += (i < 19 ? row[i] : 1) * (j < 19 ? row[j] : 1) / x.length;
        }
        assertThat(mean[i][j]).isEqualTo(expected, within(1e-12));
        assertThat(mean[j][i]).isEqualTo(mean[i][j]);
      }
    }
  }

  @Test
  void sumsOfPartsInAnyOrderAgreeToTheBit() {
    List<RowBlock> blocks = new RandomBlocks(4, 13, 3, 0.5, 0.1, 256, 256, 90, 31, 7).blocks;
    SecondMomentSum parts = sum(blocks.subList(3, 5), 13, true);
    parts
        .merge(sum(blocks.subList(0, 1), 13, true))
        .merge(new ByteMomentSum(13, true, ByteBlock.VALUES));
    parts.merge(sum(blocks.subList(1, 3), 13, true));
    SecondMomentSum whole = sum(blocks, 13, true);
    assertThat(parts.weight()).isEqualTo(whole.weight());
    assertThat(parts.mean()).isDeepEqualTo(whole.mean());
  }

  @Test
  void theLargestBlocksAreExactUpToTheMostRows() {
    RowBlock white = white(256);
    ByteMomentSum sum = new ByteMomentSum(3, true, ByteBlock.VALUES);
    int blocks = sum.maxRows() / 256;
    for (int b = 0; b < blocks; b++) {
      sum.add(white, 256);
    }
    for (double[] row : sum.mean()) {
      assertThat(row).containsExactly(new double[] {1, 1, 1, 1}, within(1e-15));
    }
    SecondMomentSum unscaled = new ByteMomentSum(3, true, UNSCALED);
    unscaled.merge(sum);
    assertThat(unscaled.mean()[0][0]).isEqualTo(65_025);
    assertThatThrownBy(() -> sum.add(white, 256))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("33025 rows");
  }

  @Test
  void ofABlockEvenlySpacedRowsAreTaken() {
    byte[] pixels = new byte[200];
    for (int r = 0; r < 200; r++) {
      pixels[r] = (byte) (r + 1);
    }
    ByteMomentSum sum = new ByteMomentSum(1, false, UNSCALED);

    sum.add(ConsecutiveRows.block(0, new int[200], pixels, 1, null), 4);

    assertThat(sum.weight()).isEqualTo(4);
    double expected = (1 + 51 * 51 + 101 * 101 + 151 * 151) / 4.0;
    assertThat(sum.mean()[0][0]).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 257})
  void fromOneTo256RowsOfABlockCanBeTaken(int rows) {
    ByteMomentSum sum = new ByteMomentSum(3, false, ByteBlock.VALUES);
    RowBlock white = white(1);
    assertThatThrownBy(() -> sum.add(white, rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(rows + " rows of a block");
  }

  @Test
  void noRowsGiveZeros() {
    RowBlock heldBack =
        ConsecutiveRows.block(
            0, new int[2], new byte[] {1, 2, 3, 4}, 2, new boolean[] {true, true});
    SecondMomentSum sum = sum(List.of(heldBack), 2, false);
    assertThat(sum.weight()).isZero();
    assertThat(sum.mean()).isDeepEqualTo(new double[2][2]);
  }

  @Test
  void blocksOfOtherFeaturesAreRefused() {
    ByteMomentSum sum = new ByteMomentSum(4, false, ByteBlock.VALUES);
    RowBlock white = white(1);
    assertThatThrownBy(() -> sum.add(white, 256)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valuesWhoseProductsAreNotExactInFloat32AreRefused() {
    FeatureValues large = new FeatureValues(257, 1);
    assertThatThrownBy(() -> new ByteMomentSum(1, false, large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("products are not exact in float32: values up to 257.0, multiplied by 1.0");
  }

  private static SecondMomentSum sum(List<RowBlock> blocks, int features, boolean bias) {
    ByteMomentSum sum = new ByteMomentSum(features, bias, ByteBlock.VALUES);
    blocks.forEach(block -> sum.add(block, SecondMomentSum.MAX_ROWS_OF_BLOCK));
    return sum;
  }

  private static RowBlock white(int rows) {
    byte[] pixels = new byte[rows * 3];
    Arrays.fill(pixels, (byte) 255);
    return ConsecutiveRows.block(0, new int[rows], pixels, 3, null);
  }
}
