package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowBlockTest {

  @ParameterizedTest
  @CsvSource({"1,1", "1,784", "2,3", "7,65535", "255,10", "256,1", "256,784"})
  void denseRowsComeBackFromTheRowWiseCopy(int rows, int features) {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      byte[] pixels = sparse(random, rows * features);
      char[] labels = labels(random, rows);
      boolean[] heldBack = seed == 0 ? null : some(random, rows);

      RowBlock block = RowBlock.of(3, labels, pixels, features, heldBack);

      int[] order = trainingRowsFirst(rows, heldBack);
      for (int r = 0; r < rows; r++) {
        byte[] expected =
            Arrays.copyOfRange(pixels, order[r] * features, (order[r] + 1) * features);
        assertThat(denseRow(block, r)).isEqualTo(expected);
        assertThat(block.labels()[r]).isEqualTo(labels[order[r]]);
      }
      assertThat(block.index()).isEqualTo(3);
      assertThat(block.rows()).isEqualTo(rows);
      assertThat(block.nonZeros()).isEqualTo(nonZeros(pixels));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,2", "255,10", "256,784"})
  void theColumnWiseCopyHoldsTheSameTrainingRows(int rows, int features) {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      byte[] pixels = sparse(random, rows * features);
      boolean[] heldBack = seed == 0 ? null : some(random, rows);

      RowBlock block = RowBlock.of(0, labels(random, rows), pixels, features, heldBack);

      byte[] rowWise = new byte[block.trainingRows() * features];
      for (int r = 0; r < block.trainingRows(); r++) {
        System.arraycopy(denseRow(block, r), 0, rowWise, r * features, features);
      }
      byte[] columnWise = new byte[rowWise.length];
      for (int j = 0; j < features; j++) {
        int previous = -1;
        for (int k = block.columnStart()[j]; k < block.columnStart()[j + 1]; k++) {
          int row = Byte.toUnsignedInt(block.rowsOfColumns()[k]);
          assertThat(row).isGreaterThan(previous);
          columnWise[row * features + j] = block.valuesOfColumns()[k];
          previous = row;
        }
      }
      assertThat(columnWise).isEqualTo(rowWise);
      assertThat(block.valuesOfColumns()).hasSize(nonZeros(rowWise));
    }
  }

  @Test
  void heldBackRowsStandBehindTheOthersInTheirOldOrder() {
    char[] labels = {0, 1, 2, 3, 4};
    boolean[] heldBack = {true, false, true, false, false};

    RowBlock block = RowBlock.of(0, labels, new byte[] {10, 11, 12, 13, 14}, 1, heldBack);

    assertThat(block.trainingRows()).isEqualTo(3);
    assertThat(block.labels()).isEqualTo(new char[] {1, 3, 4, 0, 2});
    assertThat(block.values()).containsExactly(11, 13, 14, 10, 12);
    assertThat(block.valuesOfColumns()).containsExactly(11, 13, 14);
  }

  @Test
  void aBlockCanHoldBackAllItsRows() {
    RowBlock block =
        RowBlock.of(0, new char[] {7, 8}, new byte[] {1, 2}, 1, new boolean[] {true, true});

    assertThat(block.trainingRows()).isZero();
    assertThat(block.labels()).isEqualTo(new char[] {7, 8});
    assertThat(block.valuesOfColumns()).isEmpty();
  }

  @Test
  void zerosTakeNoPlace() {
    RowBlock block = RowBlock.of(0, new char[256], new byte[256 * 784], 784, null);

    assertThat(block.nonZeros()).isZero();
    assertThat(block.rowsOfColumns()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 257})
  void aBlockHasOneTo256Rows(int rows) {
    assertThatThrownBy(() -> RowBlock.of(0, new char[rows], new byte[257], 1, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a block has 1 to 256 rows, not " + rows);
  }

  @Test
  void rowsThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> RowBlock.of(0, new char[3], new byte[5], 2, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 rows of 2 features do not fit 5 values");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "255,1", "256,1", "257,2", "60000,235"})
  void theGridCoversAllRows(long rows, long blocks) {
    assertThat(RowBlock.count(rows)).isEqualTo(blocks);
  }

  private static byte[] sparse(Random random, int length) {
    byte[] values = new byte[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextInt(5) == 0 ? (byte) random.nextInt(256) : 0;
    }
    return values;
  }

  private static char[] labels(Random random, int rows) {
    char[] labels = new char[rows];
    for (int r = 0; r < rows; r++) {
      labels[r] = (char) random.nextInt(256);
    }
    return labels;
  }

  private static boolean[] some(Random random, int rows) {
    boolean[] heldBack = new boolean[rows];
    for (int r = 0; r < rows; r++) {
      heldBack[r] = random.nextInt(3) == 0;
    }
    return heldBack;
  }

  private static int[] trainingRowsFirst(int rows, boolean[] heldBack) {
    int[] order = new int[rows];
    int next = 0;
    for (boolean wanted : new boolean[] {false, true}) {
      for (int r = 0; r < rows; r++) {
        if ((heldBack != null && heldBack[r]) == wanted) {
          order[next++] = r;
        }
      }
    }
    return order;
  }

  private static byte[] denseRow(RowBlock block, int row) {
    byte[] dense = new byte[block.features()];
    int previous = -1;
    for (int k = block.rowStart()[row]; k < block.rowStart()[row + 1]; k++) {
      assertThat((int) block.columns()[k]).isGreaterThan(previous);
      dense[block.columns()[k]] = block.values()[k];
      previous = block.columns()[k];
    }
    return dense;
  }

  private static int nonZeros(byte[] values) {
    int count = 0;
    for (byte value : values) {
      count += value != 0 ? 1 : 0;
    }
    return count;
  }
}
