package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarityOrderTest {

  @ParameterizedTest
  @CsvSource({"1,1", "512,5", "513,5", "1025,1", "3000,64", "3000,65", "5000,784"})
  void everyRowIsThereOnce(int rows, int features) {
    byte[] values = values(new SplittableRandom(3), rows, features);
    int[] order = SimilarityOrder.of(values, rows, features);
    assertThat(Arrays.stream(order).sorted())
        .containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
  }

  /** Rows of as many kinds as there are blocks, each with columns of its own, come apart. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8})
  void rowsOfAKindMakeABlock(int kinds) {
    int rows = kinds * RowBlock.ROWS;
    int features = kinds * 20;
    SplittableRandom random = new SplittableRandom(kinds);
    int[] kindOf = new int[rows];
    byte[] values = new byte[rows * features];
    for (int r = 0; r < rows; r++) {
      // Kinds take turns, so no block of the input has one kind only.
      kindOf[r] = r % kinds;
      for (int j = 0; j < 20; j++) {
        boolean set = random.nextInt(10) > 0;
        values[r * features + kindOf[r] * 20 + j] = (byte) (set ? random.nextInt(1, 256) : 0);
      }
    }

    int[] order = SimilarityOrder.of(values, rows, features);

    for (int from = 0; from < rows; from += RowBlock.ROWS) {
      assertThat(Arrays.stream(order, from, from + RowBlock.ROWS).map(r -> kindOf[r]).distinct())
          .hasSize(1);
    }
  }

  /** Blocks take turns, and the last, which is short, stays the last. */
  @Test
  void rowsWithoutZerosStayInTheirBlocks() {
    byte[] values = new byte[2000 * 30];
    Arrays.fill(values, (byte) 1);
    int[] order = SimilarityOrder.of(values, 2000, 30);
    assertThat(order).containsExactly(IntStream.range(0, 2000).toArray());
  }

  /** Rows of block b have b columns more: of neighbours one has many, the other few. */
  @Test
  void ofAnyRunOfBlocksSomeAreFullAndSomeEmpty() {
    int blocks = 32;
    byte[] values = new byte[blocks * RowBlock.ROWS * blocks];
    for (int r = 0; r < blocks * RowBlock.ROWS; r++) {
      int from = r * blocks;
      Arrays.fill(values, from, from + r % blocks + 1, (byte) 1);
    }

    int[] order = SimilarityOrder.of(values, blocks * RowBlock.ROWS, blocks);

    for (int first = 0; first + 8 <= blocks; first++) {
      double mean =
          IntStream.range(first, first + 8)
              .map(b -> order[b * RowBlock.ROWS] % blocks)
              .average()
              .orElseThrow();
      assertThat(mean).isBetween(11.0, 20.0);
    }
  }

  @Test
  void valuesBehindTheRowsAreNotLookedAt() {
    byte[] values = values(new SplittableRandom(4), 2000, 70);
    byte[] longer = Arrays.copyOf(values, values.length + 100);
    Arrays.fill(longer, values.length, longer.length, (byte) 1);
    assertThat(SimilarityOrder.of(longer, 2000, 70))
        .containsExactly(SimilarityOrder.of(values, 2000, 70));
  }

  /** What any machine must give; a change of it changes all bits of all models. */
  @Test
  void theOrderIsTheSameEverywhere() {
    byte[] values = values(new SplittableRandom(5), 3000, 100);
    int[] order = SimilarityOrder.of(values, 3000, 100);
    assertThat(Arrays.hashCode(order)).isEqualTo(679501051);
    assertThat(SimilarityOrder.of(values, 3000, 100)).containsExactly(order);
  }

  /** Rows of several densities. */
  private static byte[] values(SplittableRandom random, int rows, int features) {
    byte[] values = new byte[rows * features];
    for (int r = 0; r < rows; r++) {
      int density = random.nextInt(1, 10);
      for (int j = 0; j < features; j++) {
        values[r * features + j] = (byte) (random.nextInt(10) < density ? 7 : 0);
      }
    }
    return values;
  }
}
