package dev.onehot.train;

import dev.onehot.math.Activation;
import dev.onehot.math.BlockKernel;
import dev.onehot.math.FeatureScaling;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.FloatBlock;
import dev.onehot.math.GradientSum;
import dev.onehot.math.RoundedWeights;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.DirectRdd;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaRDD;
import scala.runtime.AbstractFunction1;

/**
 * Warms up the kernel while blocks are loaded. It passes all blocks on, and uses the first block in
 * a JVM to make the JVM compile the kernel before the first iteration. Until the kernel is
 * compiled, every vector is an object on the heap, and a block takes a thousand times as long.
 *
 * <p>A separate thread runs the kernel on this block and discards the sum. Nothing waits for it. It
 * rests longer than it works, so that the JVM can compile meanwhile: on two cores the kernel then
 * becomes fast after a third of the passes. The block holds real rows, so the JVM compiles for real
 * data.
 */
public final class KernelWarmUp extends AbstractFunction1<RowBlock, RowBlock>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * The most passes. After that many over a block of MNIST, the kernel was compiled in all but a
   * few runs.
   */
  static final int PASSES = 50;

  /** No pass begins after this time. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(3);

  /**
   * How long the thread rests after a pass, in durations of that pass, up to {@link
   * #LONGEST_REST_NANOS}.
   */
  private static final int REST = 3;

  private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /**
   * With more weights there is no warm-up: computing would take longer than compiling, and the sum
   * needs memory.
   */
  private static final long MOST_WEIGHTS = 1 << 18;

  /**
   * The same for a block of real numbers, where only weights of the columns that it has are made. A
   * kernel reads them where they are, and a pass takes as long as the block has non-zeros.
   */
  private static final long MOST_WEIGHTS_OF_COLUMNS = 1 << 21;

  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private final FeatureValues values;
  private final int classes;
  private final boolean bias;
  private final Activation activation;

  KernelWarmUp(FeatureValues values, int classes, boolean bias, Activation activation) {
    this.values = values;
    this.classes = classes;
    this.bias = bias;
    this.activation = activation;
  }

  /** Returns the same blocks. Loading them warms up the kernel for the training that follows. */
  public static JavaRDD<RowBlock> during(
      JavaRDD<RowBlock> blocks, FeatureValues values, TrainingOptions options, int classes) {
    boolean centred = options.scale() != null && options.scale().isCentred();
    KernelWarmUp warmUp =
        new KernelWarmUp(
            values, classes, centred || options.hasBias(values.scaling()), options.activation());
    return DirectRdd.map(blocks, warmUp, RowBlock.class);
  }

  @Override
  public RowBlock apply(RowBlock block) {
    if (STARTED.compareAndSet(false, true)) {
      Thread thread = new Thread(() -> run(block), "kernel warm-up");
      thread.setDaemon(true);
      thread.start();
    }
    return block;
  }

  /** Whether all labels are in range. Profiling refuses other rows. */
  private static boolean hasLabelsBelow(int classes, RowBlock block) {
    for (char label : block.labels()) {
      if (label >= classes) {
        return false;
      }
    }
    return true;
  }

  /** Warms up the kernel on a block. Returns the number of passes. */
  int run(RowBlock block) {
    if (!hasLabelsBelow(classes, block)) {
      return 0;
    }
    return block instanceof FloatBlock floats
        ? run(floats.withoutEmptyColumns(), null, MOST_WEIGHTS_OF_COLUMNS)
        : run(block, values, MOST_WEIGHTS);
  }

  /**
   * Warms up the kernel on a block.
   *
   * @param blockValues what its values are; null if they are real numbers, each up to 1
   */
  private int run(RowBlock block, FeatureValues blockValues, long mostWeights) {
    int inputs = bias ? block.features() + 1 : block.features();
    if ((long) inputs * classes > mostWeights) {
      return 0;
    }
    FeatureValues used =
        blockValues == null
            ? FeatureValues.real(new short[block.features()], FeatureScaling.uniform(1))
            : blockValues;
    BlockKernel kernel = BlockKernel.of(smallWeights(block, inputs, used));
    GradientSum sum = new GradientSum(inputs, classes);
    long start = System.nanoTime();
    int passes = 0;
    try {
      for (long now = start; passes < PASSES && now - start < MOST_NANOS; passes++) {
        kernel.accumulate(block, sum);
        kernel.finish(sum);
        long length = System.nanoTime() - now;
        TimeUnit.NANOSECONDS.sleep(Math.min(REST * length, LONGEST_REST_NANOS));
        now = System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return passes;
  }

  /** Small weights of both signs, so that some gates are open and some closed. */
  private RoundedWeights smallWeights(RowBlock block, int inputs, FeatureValues used) {
    double[] weights = new double[inputs * classes];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 0.01 * (i % 7 - 3);
    }
    return RoundedWeights.of(
        weights, block.features(), classes, bias, activation, used, block.rows());
  }
}
