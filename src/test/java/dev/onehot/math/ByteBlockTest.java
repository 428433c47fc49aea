package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteBlockTest {

  @ParameterizedTest
  @CsvSource({"1,1", "1,784", "2,3", "7,65535", "511,10", "512,1", "512,784"})
  void theNonZerosOfARowComeBackInTheirOrder(int rows, int features) {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      byte[] pixels = sparse(random, rows * features);
      int[] labels = labels(random, rows);
      boolean[] heldBack = seed == 0 ? null : some(random, rows);

      ByteBlock block = ConsecutiveRows.block(3, labels, pixels, features, heldBack);

      int[] order = order(pixels, rows, features, heldBack);
      for (int r = 0; r < rows; r++) {
        byte[] expected =
            Arrays.copyOfRange(pixels, order[r] * features, (order[r] + 1) * features);
        assertThat(denseRow(block, r)).isEqualTo(expected);
        assertThat((int) block.labels()[r]).isEqualTo(labels[order[r]]);
      }
      assertThat(block.index()).isEqualTo(3);
      assertThat(block.rows()).isEqualTo(rows);
      assertThat(block.nonZeros()).isEqualTo(nonZeros(pixels));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,2", "511,10", "512,784"})
  void theColumnWiseCopyHoldsTheSameTrainingRows(int rows, int features) {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      byte[] pixels = sparse(random, rows * features);
      boolean[] heldBack = seed == 0 ? null : some(random, rows);

      ByteBlock block = ConsecutiveRows.block(0, labels(random, rows), pixels, features, heldBack);

      byte[] rowWise = new byte[block.trainingRows() * features];
      for (int r = 0; r < block.trainingRows(); r++) {
        System.arraycopy(denseRow(block, r), 0, rowWise, r * features, features);
      }
      assertThat(columnWise(block)).isEqualTo(rowWise);
    }
  }

  /** The training rows, from the dense columns and the column-wise copy of the others. */
  private static byte[] columnWise(ByteBlock block) {
    int features = block.features();
    byte[] pixels = new byte[block.trainingRows() * features];
    for (int i = 0; i < block.denseColumns.length; i++) {
      for (int r = 0; r < block.trainingRows(); r++) {
        pixels[r * features + block.denseColumns[i]] = (byte) block.denseValue(i, r);
      }
    }
    for (int i = 0; i < block.sparseColumns.length; i++) {
      int previous = -1;
      for (int k = block.columnStart[i]; k < block.columnStart[i + 1]; k++) {
        int row = block.rowsOfColumns[k];
        if (block.valuesOfColumns[k] != 0) {
          assertThat(row).isGreaterThan(previous);
          pixels[row * features + block.sparseColumns[i]] = block.valuesOfColumns[k];
          previous = row;
        }
      }
    }
    return pixels;
  }

  @Test
  void aColumnIsDenseIfAQuarterOfItsValuesAreNotZero() {
    byte[] pixels = {
      1, 0, 5, 0,
      0, 0, 6, 0,
      3, 2, 7, 0,
      0, 0, 8, 0,
      0, 0, 9, 0
    };

    ByteBlock block = ConsecutiveRows.block(0, new int[5], pixels, 4, null);

    assertThat(block.denseColumns).containsExactly((char) 0, (char) 2);
    assertThat(block.sparseColumns).containsExactly((char) 1);
    assertThat(block.nonZeros()).isEqualTo(8);
  }

  @Test
  void rowsAndColumnsOfTheSparsePartAreFilledUpToAMultipleOfFour() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      byte[] pixels = sparse(random, 200 * 50);
      ByteBlock block =
          ConsecutiveRows.block(0, labels(random, 200), pixels, 50, some(random, 200));

      assertThat(Arrays.stream(block.rowStart).map(at -> at % 4)).containsOnly(0);
      assertThat(Arrays.stream(block.columnStart).map(at -> at % 4)).containsOnly(0);
    }
  }

  @Test
  void fourDenseColumnsShareAnIntAndSixteenRowsAStrip() {
    byte[] pixels = new byte[40 * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i + 1);
    }

    int[] values = ConsecutiveRows.block(0, new int[40], pixels, 6, null).denseValues;

    // 40 rows are four strips, of 2 x 16 ints each, and 16 ints are behind the last.
    assertThat(values).hasSize(4 * 32 + 16);
    assertThat(values[0]).isEqualTo(0x04030201);
    assertThat(values[1]).isEqualTo(0x0a090807);
    assertThat(values[16]).isEqualTo(0x0605);
    assertThat(values[32]).isEqualTo(0x64636261);
    assertThat(values[2 * 32 + 7]).isEqualTo(0xeeedeceb);
    assertThat(values[2 * 32 + 16 + 7]).isEqualTo(0xf0ef);
    assertThat(Arrays.stream(values).skip(2 * 32 + 16 + 8)).containsOnly(0);
  }

  @Test
  void heldBackRowsStandBehindTheOthers() {
    int[] labels = {0, 1, 2, 3, 4};
    boolean[] heldBack = {true, false, true, false, false};

    ByteBlock block =
        ConsecutiveRows.block(0, labels, new byte[] {10, 11, 12, 13, 14}, 1, heldBack);

    assertThat(block.trainingRows()).isEqualTo(3);
    assertThat(block.labels()).isEqualTo(new char[] {1, 3, 4, 0, 2});
    assertThat(IntStream.range(0, 5).map(r -> block.denseValue(0, r)))
        .containsExactly(11, 13, 14, 10, 12);
  }

  @Test
  void aBlockCanHoldBackAllItsRows() {
    ByteBlock block =
        ConsecutiveRows.block(
            0, new int[] {7, 8}, new byte[] {1, 2}, 1, new boolean[] {true, true});

    assertThat(block.trainingRows()).isZero();
    assertThat(block.labels()).isEqualTo(new char[] {7, 8});
    assertThat(columnWise(block)).isEmpty();
  }

  @Test
  void theFingerprintIsOfTheRowsAndTheirPositionsNotOfWhichAreHeldBack() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      int[] labels = labels(random, 200);
      byte[] pixels = sparse(random, 200 * 50);
      long fingerprint = ConsecutiveRows.block(7, labels, pixels, 50, null).fingerprint();

      assertThat(ConsecutiveRows.block(7, labels, pixels, 50, some(random, 200)).fingerprint())
          .isEqualTo(fingerprint);
      assertThat(ConsecutiveRows.block(8, labels, pixels, 50, null).fingerprint())
          .isNotEqualTo(fingerprint);
      long[] positions = LongStream.range(7 * 512, 7 * 512 + 200).toArray();
      assertThat(ByteBlock.of(9, positions, labels, pixels, 50, null).fingerprint())
          .isEqualTo(fingerprint);
      positions[random.nextInt(200)] = 5000;
      assertThat(ByteBlock.of(9, positions, labels, pixels, 50, null).fingerprint())
          .isNotEqualTo(fingerprint);
      pixels[random.nextInt(pixels.length)]++;
      assertThat(ConsecutiveRows.block(7, labels, pixels, 50, null).fingerprint())
          .isNotEqualTo(fingerprint);
    }
  }

  @Test
  void rowsAreTakenOutOfTheirGroupInTheOrderNamed() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      byte[] group = sparse(random, 900 * 50);
      int[] labels = labels(random, 900);
      int[] rows = random.ints(0, 900).distinct().limit(200).toArray();
      boolean[] heldBack = seed == 0 ? null : some(random, 200);

      byte[] alone = new byte[200 * 50];
      for (int r = 0; r < 200; r++) {
        System.arraycopy(group, rows[r] * 50, alone, r * 50, 50);
      }
      long[] positions = Arrays.stream(rows).mapToLong(row -> 7000L + row).toArray();
      int[] labelsOfRows = Arrays.stream(rows).map(row -> labels[row]).toArray();
      assertThat(ByteBlock.of(9, 7000, rows, labels, group, 50, heldBack))
          .usingRecursiveComparison()
          .isEqualTo(ByteBlock.of(9, positions, labelsOfRows, alone, 50, heldBack));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void rowsOutsideTheirGroupAreRefused(int row) {
    int[] rows = {0, row};
    assertThatThrownBy(() -> ByteBlock.of(0, 0, rows, new int[3], new byte[6], 2, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row " + row + " of 3");
  }

  @Test
  void aLabelHasSixteenBits() {
    int[] labels = {0, 255, 256, 65_535};
    assertThat(ConsecutiveRows.block(0, labels, new byte[4], 1, null).labels())
        .isEqualTo(new char[] {0, 255, 256, 65_535});
    for (int wrong : new int[] {-1, 65_536}) {
      labels[2] = wrong;
      assertThatThrownBy(() -> ConsecutiveRows.block(0, labels, new byte[4], 1, null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a label is 0 to 65535, not " + wrong);
    }
  }

  @Test
  void zerosTakeNoPlace() {
    ByteBlock block = ConsecutiveRows.block(0, new int[512], new byte[512 * 784], 784, null);

    assertThat(block.nonZeros()).isZero();
    assertThat(block.rowsOfColumns).isEmpty();
    assertThat(block.denseValues).isEmpty();
    assertThat(block.values).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 513})
  void aBlockHasOneTo512Rows(int rows) {
    assertThatThrownBy(() -> ConsecutiveRows.block(0, new int[rows], new byte[513], 1, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a block has 1 to 512 rows, not " + rows);
  }

  @Test
  void rowsThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> ConsecutiveRows.block(0, new int[3], new byte[5], 2, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 rows of 2 features do not fit 5 values");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "511,1", "512,1", "513,2", "60000,118"})
  void theGridCoversAllRows(long rows, long blocks) {
    assertThat(RowBlock.count(rows)).isEqualTo(blocks);
  }

  private static byte[] sparse(Random random, int length) {
    byte[] values = new byte[length];
    for (int i = 0; i < length; i++) {
      // Columns of all densities, whatever the number of columns.
      values[i] = random.nextInt(7) < i % 5 ? (byte) random.nextInt(256) : 0;
    }
    return values;
  }

  private static int[] labels(Random random, int rows) {
    int[] labels = new int[rows];
    for (int r = 0; r < rows; r++) {
      labels[r] = random.nextInt(256);
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

  /** Training rows first; both by how often the forward pass's loop over the sparse part turns. */
  private static int[] order(byte[] pixels, int rows, int features, boolean[] heldBack) {
    Comparator<Integer> held = Comparator.comparing(r -> heldBack != null && heldBack[r]);
    Comparator<Integer> turns =
        Comparator.comparing(
            r ->
                (IntStream.range(0, features)
                            .filter(j -> pixels[r * features + j] != 0)
                            .filter(j -> 4 * nonZeros(column(pixels, rows, features, j)) < rows)
                            .count()
                        + 3)
                    / 4);
    return IntStream.range(0, rows)
        .boxed()
        .sorted(held.thenComparing(turns))
        .mapToInt(r -> r)
        .toArray();
  }

  private static byte[] column(byte[] pixels, int rows, int features, int column) {
    byte[] values = new byte[rows];
    for (int r = 0; r < rows; r++) {
      values[r] = pixels[r * features + column];
    }
    return values;
  }

  private static byte[] denseRow(ByteBlock block, int row) {
    byte[] dense = new byte[block.features()];
    int[] previous = {-1};
    block.forEachNonZero(
        row,
        (column, value) -> {
          assertThat(column).isGreaterThan(previous[0]);
          assertThat(value).isBetween(1f, 255f);
          dense[column] = (byte) (int) value;
          previous[0] = column;
        });
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
