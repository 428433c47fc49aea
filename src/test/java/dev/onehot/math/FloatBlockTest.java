package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.junit.jupiter.api.Test;

class FloatBlockTest {

  private static final FeatureValues UP_TO_EIGHT =
      FeatureValues.real(new short[] {3, 3}, FeatureScaling.uniform(1));

  @Test
  void theNonZerosOfARowComeBackInTheirOrderAndScaled() {
    for (int trial = 0; trial < 30; trial++) {
      SplittableRandom random = new SplittableRandom(trial);
      RandomFloatBlocks data = randomBlock(random);
      FloatBlock block = data.blocks.get(0);
      int[] order = order(data);
      int nonZeros = 0;
      for (int r = 0; r < block.rows(); r++) {
        float[] expected = scaled(data, order[r]);
        assertThat(row(block, r)).containsExactly(expected);
        assertThat((int) block.labels()[r]).isEqualTo(data.labels.get(order[r]));
        assertThat(block.rowWeight(r))
            .isEqualTo(data.weights == null ? 1 : data.weights.get(order[r]));
        nonZeros += (int) IntStream.range(0, expected.length).filter(j -> expected[j] != 0).count();
      }
      assertThat(block.nonZeros()).isEqualTo(nonZeros);
      assertThat(block.features()).isEqualTo(data.features);
    }
  }

  @Test
  void theColumnWiseCopyHoldsTheSameTrainingRows() {
    for (int trial = 0; trial < 30; trial++) {
      FloatBlock block = randomBlock(new SplittableRandom(trial)).blocks.get(0);
      float[][] columnWise = new float[block.trainingRows()][block.features()];
      for (int r = 0; r < block.trainingRows(); r++) {
        for (int i = 0; i < block.denseColumns.length; i++) {
          columnWise[r][block.denseColumns[i]] =
              block.denseValues[FloatBlock.denseAt(block.denseColumns.length, i, r)];
        }
      }
      for (int i = 0; i < block.sparseColumns.length; i++) {
        for (int k = block.columnStart[i]; k < block.columnStart[i + 1]; k++) {
          columnWise[block.rowsOfColumns[k]][block.sparseColumns[i]] = block.valuesOfColumns[k];
        }
      }
      for (int r = 0; r < block.trainingRows(); r++) {
        assertThat(columnWise[r]).containsExactly(row(block, r));
      }
    }
  }

  @Test
  void theLayoutOfTheInputDoesNotMatter() {
    for (int trial = 0; trial < 20; trial++) {
      RandomFloatBlocks data = randomBlock(new SplittableRandom(trial));
      boolean[] held = held(data);
      int rows = data.rows.size();
      byte[] dense = bytes(data.block(0, 0, rows, held, false));
      assertThat(bytes(data.block(0, 0, rows, held, true))).isEqualTo(dense);
    }
  }

  @Test
  void columnsWithoutNonZerosAreLeftOutAndFullOnesAreDense() {
    float[] raw = new float[RowBlock.ROWS * 4];
    for (int r = 0; r < RowBlock.ROWS; r++) {
      raw[r * 4 + 1] = 0.25f;
    }
    raw[3] = 1;
    FloatBlock block =
        FloatBlock.of(
            0,
            0,
            IntStream.range(0, RowBlock.ROWS).toArray(),
            new int[RowBlock.ROWS],
            null,
            new FloatRows(4, raw),
            FeatureValues.real(new short[4], FeatureScaling.uniform(1)),
            null);

    assertThat(block.denseColumns).containsExactly(1);
    assertThat(block.sparseColumns).containsExactly(3);
    assertThat(block.withoutEmptyColumns().denseColumns).containsExactly(0);
    assertThat(block.withoutEmptyColumns().sparseColumns).containsExactly(1);
    assertThat(row(block.withoutEmptyColumns(), 0)).containsExactly(0.25f, 1);
  }

  @Test
  void aFingerprintHasValuesLabelsWeightsAndPositionsInIt() {
    float[] raw = {1, 0, 0, 2};
    int[] labels = {0, 1};
    long before = block(0, labels, null, raw).fingerprint();

    assertThat(block(0, labels, null, raw).fingerprint()).isEqualTo(before);
    assertThat(block(1, labels, null, raw).fingerprint()).isNotEqualTo(before);
    assertThat(block(0, new int[] {1, 0}, null, raw).fingerprint()).isNotEqualTo(before);
    assertThat(block(0, labels, new float[] {1, 0.5f}, raw).fingerprint()).isNotEqualTo(before);
    assertThat(block(0, labels, null, new float[] {1, 0, 0, 2.5f}).fingerprint())
        .isNotEqualTo(before);
    assertThat(block(0, labels, null, new float[] {0, 1, 0, 2}).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void theFingerprintDoesNotDependOnRowsHeldBack() {
    RandomFloatBlocks data = randomBlock(new SplittableRandom(4));
    int rows = data.rows.size();
    long expected = data.block(0, 0, rows, null, true).fingerprint();
    assertThat(data.block(0, 0, rows, held(data), true).fingerprint()).isEqualTo(expected);
  }

  @Test
  void whatIsLargerThanItMayBeOrMissingIsRefused() {
    for (float wrong : new float[] {8.5f, -9, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> block(0, new int[2], null, new float[] {1, 2, 3, wrong}))
          .withMessageContaining("feature 2");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> block(0, new int[] {0, 65_536}, null, new float[4]));
    assertThatIllegalArgumentException().isThrownBy(() -> block(0, new int[3], null, new float[4]));
  }

  @Test
  void kryoGivesTheSameBlock() {
    Kryo kryo = new KryoSerializer(new SparkConf(false)).newKryo();
    for (int trial = 0; trial < 10; trial++) {
      FloatBlock block = randomBlock(new SplittableRandom(trial)).blocks.get(0);
      byte[] written = bytes(block);
      FloatBlock read = (FloatBlock) kryo.readClassAndObject(new Input(written));
      assertThat(bytes(read)).isEqualTo(written);
      for (int r = 0; r < block.rows(); r++) {
        assertThat(row(read, r)).containsExactly(row(block, r));
      }
    }
  }

  private static byte[] bytes(FloatBlock block) {
    Kryo kryo = new KryoSerializer(new SparkConf(false)).newKryo();
    Output output = new Output(1 << 10, -1);
    kryo.writeClassAndObject(output, block);
    return output.toBytes();
  }

  private static FloatBlock block(long position, int[] labels, float[] weights, float[] raw) {
    return FloatBlock.of(
        0, position, new int[] {0, 1}, labels, weights, new FloatRows(2, raw), UP_TO_EIGHT, null);
  }

  private static RandomFloatBlocks randomBlock(SplittableRandom random) {
    return new RandomFloatBlocks(
        random,
        random.nextInt(1, 60),
        random.nextInt(2, 9),
        true,
        0,
        random.nextBoolean() ? 0 : 0.3,
        random.nextBoolean(),
        random.nextInt(1, RowBlock.ROWS + 1));
  }

  private static boolean[] held(RandomFloatBlocks data) {
    boolean[] held = new boolean[data.rows.size()];
    for (int r = 0; r < held.length; r++) {
      held[r] = data.heldBack.get(r);
    }
    return held;
  }

  /** The rows in the order of the block: training rows, then those held back. */
  private static int[] order(RandomFloatBlocks data) {
    return IntStream.concat(
            IntStream.range(0, data.rows.size()).filter(r -> !data.heldBack.get(r)),
            IntStream.range(0, data.rows.size()).filter(r -> data.heldBack.get(r)))
        .toArray();
  }

  private static float[] scaled(RandomFloatBlocks data, int row) {
    float[] scaled = data.rows.get(row).clone();
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] = (float) Math.scalb((double) scaled[j], -data.values.exponent(j)) + 0f;
    }
    return scaled;
  }

  /** A row of a block with its zeros. Fails if columns don't ascend. */
  private static float[] row(FloatBlock block, int row) {
    float[] all = new float[block.features()];
    int[] last = {-1};
    block.forEachNonZero(
        row,
        (column, value) -> {
          assertThat(column).isGreaterThan(last[0]);
          assertThat(value).isNotZero();
          last[0] = column;
          all[column] = value;
        });
    return all;
  }
}
