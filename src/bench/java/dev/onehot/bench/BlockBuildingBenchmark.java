package dev.onehot.bench;

import dev.onehot.math.RowBlock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the dense rows of a block to a block. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BlockBuildingBenchmark {

  /** See {@link BenchmarkRows#of}. */
  @Param({BenchmarkRows.DIGITS, "784x10@0.5", "784x10@1.0"})
  public String shape;

  private BenchmarkRows rows;

  /** Makes the rows. */
  @Setup
  public void setUp() {
    rows = BenchmarkRows.of(shape, RowBlock.ROWS);
  }

  /** Both copies, row-wise and column-wise. */
  @Benchmark
  public RowBlock build() {
    return RowBlock.of(0, rows.labels(), rows.pixels(), rows.features(), null);
  }
}
