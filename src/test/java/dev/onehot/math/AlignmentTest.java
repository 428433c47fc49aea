package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlignmentTest {

  /** More than half of the largest region. */
  private static final int HUMONGOUS = 5 << 20;

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void theFirstIsWithinAVector(int bytes) {
    for (int i = 0; i < 1_000; i++) {
      int first = new Alignment(new float[100 + i % 7 * 2], bytes).first();
      assertThat(first).isBetween(0, bytes / Float.BYTES - 1);
    }
  }

  @Test
  void arraysLieAtAnyMultipleOfEightBytes() {
    Set<Integer> firsts = new TreeSet<>();
    for (int i = 0; i < 1_000; i++) {
      firsts.add(new Alignment(new float[100 + i % 7 * 2], 64).first());
    }
    assertThat(firsts).containsExactly(0, 2, 4, 6, 8, 10, 12, 14);
  }

  /** G1 puts an array of half a region or more at the beginning of one; its header has 16 bytes. */
  @Test
  void whatIsKnownOfAnAddressIsFound() {
    assumeTrue(
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .anyMatch(collector -> collector.getName().startsWith("G1")),
        "skipped: this JVM's garbage collector is not G1, which says where large arrays lie");
    float[] array = new float[HUMONGOUS];
    assertThat(new Alignment(array, 64).first()).isEqualTo(12);
    assertThat(new Alignment(array, 32).first()).isEqualTo(4);
    assertThat(new Alignment(array, 16).first()).isZero();
  }
}
