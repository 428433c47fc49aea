package dev.onehot.bench;

import dev.onehot.math.BlockKernel;
import dev.onehot.math.GradientSum;
import dev.onehot.math.RoundedWeights;
import dev.onehot.math.RowBlock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The gradient of one block, and of all blocks of a data set. The subclasses say which kernel. */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class KernelBenchmark {

  /** One block with a kernel and a sum that live on. */
  @State(Scope.Thread)
  public static class Block {

    /** See {@link BenchmarkRows#of}. */
    @Param({
      BenchmarkRows.DIGITS,
      "784x10@0.5",
      "784x10@1.0",
      "784x2@0.19",
      "784x100@0.19",
      "784x1000@0.19"
    })
    public String shape;

    private RowBlock block;
    private BlockKernel kernel;
    private GradientSum sum;

    /** Makes the rows. */
    @Setup
    public void setUp() {
      BenchmarkRows rows = BenchmarkRows.of(shape, RowBlock.ROWS);
      RoundedWeights weights = rows.weights();
      block = rows.blocks().get(0);
      kernel = BlockKernel.of(weights);
      sum = new GradientSum(weights.inputs(), weights.classes());
      System.out.println("kernel: " + BlockKernel.description());
    }
  }

  /** All blocks, in the memory of a machine rather than in its caches. */
  @State(Scope.Benchmark)
  public static class Rows {

    /** See {@link BenchmarkRows#of}. */
    @Param({BenchmarkRows.DIGITS, "784x10@0.5", "784x10@1.0", "784x2@0.19", "784x100@0.19"})
    public String shape;

    /** Threads that share the blocks. */
    @Param({"1", "2"})
    public int threads;

    private KernelPass pass;

    /** Makes the rows. */
    @Setup
    public void setUp() {
      BenchmarkRows rows = BenchmarkRows.of(shape, BenchmarkRows.ROWS);
      pass = new KernelPass(rows.blocks(), rows.weights(), threads);
      System.out.println("kernel: " + BlockKernel.description());
    }

    /** Ends the threads. */
    @TearDown
    public void tearDown() {
      pass.close();
    }
  }

  /** A block, from wherever the processor keeps them. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public GradientSum block(Block state) {
    state.kernel.accumulate(state.block, state.sum);
    state.kernel.finish(state.sum);
    return state.sum;
  }

  /** 60,000 rows as one iteration takes them: new kernels and sums, and the merge. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public GradientSum pass(Rows state) {
    return state.pass.run();
  }
}
