package dev.onehot.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onehot.math.SplitMix64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DistortionTest {

  private static final int POINTS = 201;

  private final SplitMix64 random = new SplitMix64();
  private final Trace trace = new Trace(POINTS);

  @BeforeEach
  void startTheStream() {
    random.start(5, 0);
  }

  @Test
  void steadyHandPassesThroughEveryKnotInShortLines() {
    Glyph glyph = Glyph.of("20,8 80,6! 62,46 46,98", "34,52 78,50");
    new Pen().draw(glyph, 0, random, trace);
    int p = 0;
    for (int knot = 0; knot < glyph.size(); knot++) {
      while (trace.x[p] != glyph.x()[knot] || trace.y[p] != glyph.y()[knot]) {
        p++;
        assertThat(p).as("the point that is knot %d", knot).isLessThan(trace.size());
        double length = Math.hypot(trace.x[p] - trace.x[p - 1], trace.y[p] - trace.y[p - 1]);
        assertThat(!trace.penDown[p] || length < 10).isTrue();
      }
      assertThat(trace.penDown[p]).isEqualTo(glyph.role()[knot] != Glyph.Role.START);
    }
    assertThat(p).isEqualTo(trace.size() - 1);
  }

  @Test
  void unsteadyHandMovesTheKnotsALittle() {
    Glyph glyph = Glyph.of("50,0 50,100");
    new Pen().draw(glyph, 1, random, trace);
    assertThat(trace.x[0]).isNotEqualTo(50).isCloseTo(50, within(10.0));
    assertThat(trace.y[0]).isNotEqualTo(0).isCloseTo(0, within(10.0));
  }

  @Test
  void elasticFieldIsSmoothEvenBeyondTheGrid() {
    diagonal(-20, 120);
    new ElasticField().bend(trace, 1, random);
    double step = 140.0 / (POINTS - 1);
    double moved = 0;
    for (int p = 1; p < POINTS; p++) {
      moved = Math.max(moved, Math.abs(trace.x[p] - (-20 + p * step)));
      assertThat(trace.x[p] - trace.x[p - 1]).isCloseTo(step, within(step));
      assertThat(trace.y[p] - trace.y[p - 1]).isCloseTo(step, within(step));
    }
    assertThat(moved).isGreaterThan(1);
  }

  @Test
  void affineMapKeepsStraightLinesStraightAndEvenlyDivided() {
    diagonal(0, 100);
    new AffineMap().transform(trace, random);
    for (int p = 1; p < POINTS - 1; p++) {
      assertThat(trace.x[p]).isCloseTo((trace.x[p - 1] + trace.x[p + 1]) / 2, within(1e-9));
      assertThat(trace.y[p]).isCloseTo((trace.y[p - 1] + trace.y[p + 1]) / 2, within(1e-9));
    }
    assertThat(trace.x[POINTS - 1]).isNotEqualTo(100);
  }

  private void diagonal(double from, double to) {
    trace.clear();
    for (int p = 0; p < POINTS; p++) {
      double at = from + (to - from) * p / (POINTS - 1);
      trace.lineTo(at, at, 1);
    }
  }
}
