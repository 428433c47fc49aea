package dev.onehot.bench;

import dev.onehot.math.BlockKernel;
import dev.onehot.math.GradientSum;
import dev.onehot.math.RoundedWeights;
import dev.onehot.math.RowBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The gradient over all blocks as one iteration computes it, without Spark: each thread takes a run
 * of blocks with a kernel and a sum of its own, and the sums are merged.
 */
final class KernelPass implements AutoCloseable {

  private final RoundedWeights weights;
  private final List<Callable<GradientSum>> runs = new ArrayList<>();
  private final ExecutorService threads;

  KernelPass(List<RowBlock> blocks, RoundedWeights weights, int threads) {
    this.weights = weights;
    this.threads = Executors.newFixedThreadPool(threads);
    for (int t = 0; t < threads; t++) {
      List<RowBlock> run =
          blocks.subList(t * blocks.size() / threads, (t + 1) * blocks.size() / threads);
      runs.add(() -> sum(run));
    }
  }

  /** One pass. */
  GradientSum run() {
    try {
      GradientSum sum = null;
      for (Future<GradientSum> part : threads.invokeAll(runs)) {
        sum = sum == null ? part.get() : sum.merge(part.get());
      }
      return sum;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private GradientSum sum(List<RowBlock> run) {
    BlockKernel kernel = BlockKernel.of(weights);
    GradientSum sum = new GradientSum(weights.inputs(), weights.classes());
    run.forEach(block -> kernel.accumulate(block, sum));
    kernel.finish(sum);
    return sum;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
