package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.math.Activation;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.ConsecutiveRows;
import dev.onehot.math.FeatureScaling;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.FloatBlock;
import dev.onehot.math.RowBlock;
import dev.onehot.math.SparseRows;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelWarmUpTest {

  private static final int FEATURES = 40;
  private static final int CLASSES = 10;

  @ParameterizedTest
  @EnumSource(Activation.class)
  void theKernelRunsOverABlockAgainAndAgain(Activation activation) {
    for (boolean bias : new boolean[] {false, true}) {
      KernelWarmUp warmUp = new KernelWarmUp(ByteBlock.VALUES, CLASSES, bias, activation);

      assertThat(warmUp.run(block(FEATURES))).isBetween(1, KernelWarmUp.PASSES);
    }
  }

  @Test
  void aLayerOfMoreThanAQuarterOfAMillionWeightsIsNotWarmedUpFor() {
    RowBlock block = block(1 << 10);

    assertThat(new KernelWarmUp(ByteBlock.VALUES, (1 << 8) + 1, false, Activation.RELU).run(block))
        .isZero();
    assertThat(new KernelWarmUp(ByteBlock.VALUES, 1 << 8, true, Activation.RELU).run(block))
        .isZero();
    assertThat(new KernelWarmUp(ByteBlock.VALUES, 1 << 8, false, Activation.RELU).run(block))
        .isPositive();
  }

  @Test
  void ofAMillionFeaturesOnlyThoseOfTheBlockAreWarmedUpFor() {
    int features = 1 << 20;
    int[] starts = IntStream.rangeClosed(0, RowBlock.ROWS).map(r -> r * 2).toArray();
    int[] columns = new int[2 * RowBlock.ROWS];
    float[] values = new float[columns.length];
    for (int k = 0; k < columns.length; k += 2) {
      columns[k] = k;
      columns[k + 1] = features - 1 - k;
      values[k] = 1;
      values[k + 1] = -0.5f;
    }
    FeatureValues scales = FeatureValues.real(new short[features], FeatureScaling.uniform(1));
    FloatBlock block =
        FloatBlock.of(
            0,
            0,
            IntStream.range(0, RowBlock.ROWS).toArray(),
            new int[RowBlock.ROWS],
            null,
            new SparseRows(features, starts, columns, values),
            scales,
            null);

    assertThat(new KernelWarmUp(scales, CLASSES, true, Activation.RELU).run(block)).isPositive();
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void aJvmHasOneThreadForItWhichEndsByItselfAndBlocksPassUnchanged() throws InterruptedException {
    KernelWarmUp warmUp = new KernelWarmUp(ByteBlock.VALUES, CLASSES, false, Activation.RELU);
    RowBlock block = block(FEATURES);
    long before = warmUpThreads();

    assertThat(warmUp.apply(block)).isSameAs(block);
    assertThat(warmUp.apply(block)).isSameAs(block);

    assertThat(warmUpThreads()).isLessThanOrEqualTo(before + 1);
    while (warmUpThreads() > 0) {
      Thread.sleep(10);
    }
  }

  private static long warmUpThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("kernel warm-up"))
        .peek(thread -> assertThat(thread.isDaemon()).isTrue())
        .count();
  }

  private static RowBlock block(int features) {
    Random random = new Random(1);
    int[] labels = new int[RowBlock.ROWS];
    byte[] pixels = new byte[RowBlock.ROWS * features];
    for (int r = 0; r < labels.length; r++) {
      labels[r] = random.nextInt(CLASSES);
      for (int j = 0; j < features; j++) {
        pixels[r * features + j] = random.nextInt(3) == 0 ? (byte) random.nextInt(256) : 0;
      }
    }
    return ConsecutiveRows.block(0, labels, pixels, features, null);
  }
}
