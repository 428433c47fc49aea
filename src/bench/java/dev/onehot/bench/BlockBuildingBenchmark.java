package dev.onehot.bench;

import dev.onehot.math.ByteBlock;
import dev.onehot.math.RowBlock;
import dev.onehot.math.SimilarityOrder;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** From dense rows to blocks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BlockBuildingBenchmark {

  /** Half of {@link BenchmarkRows#ROWS}, as MNIST's two groups. */
  private static final int ROWS_OF_GROUP = 59 * RowBlock.ROWS;

  /** See {@link BenchmarkRows#of}. */
  @Param({BenchmarkRows.DIGITS, "784x10@0.5", "784x10@1.0"})
  public String shape;

  private BenchmarkRows rows;
  private int[] rowsOfBlock;
  private BenchmarkRows group;

  /** Makes the rows. */
  @Setup
  public void setUp() {
    rows = BenchmarkRows.of(shape, RowBlock.ROWS);
    rowsOfBlock = IntStream.range(0, RowBlock.ROWS).toArray();
    group = BenchmarkRows.of(shape, ROWS_OF_GROUP);
  }

  /** The order of a group's rows. */
  @Benchmark
  public int[] order() {
    return SimilarityOrder.of(group.pixels(), ROWS_OF_GROUP, group.features());
  }

  /** A block in both copies, row-wise and column-wise. */
  @Benchmark
  public RowBlock build() {
    return ByteBlock.of(0, 0, rowsOfBlock, rows.labels(), rows.pixels(), rows.features(), null);
  }
}
