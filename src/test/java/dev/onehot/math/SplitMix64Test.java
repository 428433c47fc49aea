package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitMix64Test {

  private static final int DRAWS = 200_000;

  private final SplitMix64 random = new SplitMix64();

  @Test
  void streamIsThatOfJavasSplittableRandom() {
    long seed = 1024;
    long row = 77;
    // SplittableRandom(z) first returns the mix of z + γ.
    long mixedSeed = new SplittableRandom(seed).nextLong();
    long goldenGamma = 0x9E3779B97F4A7C15L;
    long state = new SplittableRandom((mixedSeed ^ row) - goldenGamma).nextLong();
    SplittableRandom reference = new SplittableRandom(state);
    random.start(seed, row);
    for (int i = 0; i < 100; i++) {
      assertThat(random.next()).isEqualTo(reference.nextLong());
    }
  }

  @Test
  void bellHasMeanZeroAndVarianceOneAndNoOutliers() {
    random.start(1, 0);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = random.bell();
      assertThat(Math.abs(x)).isLessThan(Math.sqrt(12));
      sum += x;
      squares += x * x;
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(0.01));
    assertThat(squares / DRAWS).isCloseTo(1, within(0.015));
  }

  @Test
  void uniformDrawsFillTheirInterval() {
    random.start(2, 0);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = random.between(-3, 5);
      least = Math.min(least, x);
      most = Math.max(most, x);
      sum += x;
    }
    assertThat(least).isBetween(-3.0, -2.99);
    assertThat(most).isBetween(4.99, 5.0);
    assertThat(sum / DRAWS).isCloseTo(1, within(0.03));
  }

  @Test
  void integersAreEquallyLikely() {
    random.start(3, 0);
    int[] counts = new int[7];
    for (int i = 0; i < DRAWS; i++) {
      counts[random.below(7)]++;
    }
    for (int count : counts) {
      assertThat(count / (double) DRAWS).isCloseTo(1 / 7.0, within(0.004));
    }
  }
}
