package dev.onehot.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinningTest {

  @Test
  void aShortCurveKeepsAllPoints() {
    assertThat(Thinning.kept(List.of(new double[300]), 300))
        .containsExactly(IntStream.range(0, 300).toArray());
  }

  @Test
  void aLongCurveKeepsItsEndsAndEverySpike() {
    double[] curve = IntStream.range(0, 100_000).mapToDouble(i -> Math.sin(i / 9000.0)).toArray();
    curve[1234] = 5;
    curve[77_777] = -5;
    int[] kept = Thinning.kept(List.of(curve), 300);
    assertThat(kept).hasSizeLessThanOrEqualTo(300).isSorted().contains(0, 1234, 77_777, 99_999);
  }

  @Test
  void theSpikesOfEveryCurveAreKept() {
    double[] flat = new double[5000];
    double[] spiky = new double[5000];
    spiky[4321] = 1;
    assertThat(Thinning.kept(List.of(flat, spiky), 300)).contains(4321);
  }

  @Test
  void missingValuesAreNoSpikes() {
    double[] none = new double[5000];
    Arrays.fill(none, Double.NaN);
    assertThat(Thinning.kept(List.of(none), 300)).containsExactly(0, 4999);
  }
}
