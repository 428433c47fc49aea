package dev.onehot.data.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlyphTest {

  @Test
  void strokesAreReadKnotByKnot() {
    Glyph glyph = Glyph.of("18,8 80,6! 46,98", "34,52 78,50");
    assertThat(glyph.x()).containsExactly(18, 80, 46, 34, 78);
    assertThat(glyph.y()).containsExactly(8, 6, 98, 52, 50);
    assertThat(glyph.role())
        .containsExactly(
            Glyph.Role.START,
            Glyph.Role.CORNER,
            Glyph.Role.SMOOTH,
            Glyph.Role.START,
            Glyph.Role.SMOOTH);
  }

  @Test
  void lineBreaksAtCornersAndAtTheEndsOfStrokes() {
    Glyph glyph = Glyph.of("0,0 10,0 20,0! 30,0 40,0", "50,0 60,0 70,0");
    boolean[] expected = {true, false, true, false, true, true, false, true};
    for (int knot = 0; knot < glyph.size(); knot++) {
      assertThat(glyph.breaksAt(knot)).as("knot %d", knot).isEqualTo(expected[knot]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void everyDigitHasSeveralGlyphsThatStandOnTheGrid(int label) {
    Set<String> distinct = new HashSet<>();
    for (int entry = 0; entry < GlyphCatalogue.size(label); entry++) {
      Glyph glyph = GlyphCatalogue.get(label, entry);
      distinct.add(Arrays.toString(glyph.x()) + Arrays.toString(glyph.y()));
      assertThat(glyph.size()).isLessThanOrEqualTo(GlyphCatalogue.MOST_KNOTS);
      assertThat(glyph.role()[0]).isEqualTo(Glyph.Role.START);
      for (int knot = 0; knot < glyph.size(); knot++) {
        assertThat(glyph.x()[knot]).isBetween(0.0, Glyph.GRID);
        assertThat(glyph.y()[knot]).isBetween(0.0, Glyph.GRID);
      }
    }
    assertThat(distinct).hasSizeGreaterThanOrEqualTo(2);
  }
}
