package dev.onehot.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokensTest {

  @Test
  void someTokensSayThatAValueIsMissing() {
    for (String text : List.of("", "NA", "na", "NaN", "nan", "NULL", "null", "?")) {
      assertThat(isMissing(text)).as(text).isTrue();
    }
    for (String text : List.of("0", "-", "N", "NB", "none", "nil", "n/a", "nuts", "??", "N\1")) {
      assertThat(isMissing(text)).as(text).isFalse();
    }
  }

  @Test
  void lineBreaksAreFoundAtEveryPlace() {
    for (int length = 0; length < 40; length++) {
      for (int at = 0; at < length; at++) {
        byte[] bytes = new byte[length + 9];
        // A byte that differs by 1 from LF, behind or before it, is none.
        java.util.Arrays.fill(bytes, (byte) (at % 2 == 0 ? 11 : 0x8A));
        bytes[at] = '\n';
        for (int from = 0; from <= at; from++) {
          assertThat(LineBreaks.find(bytes, from, length)).isEqualTo(at);
        }
        assertThat(LineBreaks.find(bytes, at + 1, length)).isEqualTo(length);
      }
    }
  }

  @Test
  void textsAreShownOnOneLine() {
    byte[] bytes = "a\r\nb\t\u0000ü".getBytes(StandardCharsets.UTF_8);
    assertThat(Utf8.shown(bytes, 0, bytes.length)).isEqualTo("\"a\\r\\nb\\t\\u0000ü\"");
    bytes[bytes.length - 1] = 'x';
    assertThat(Utf8.shown(bytes, 6, bytes.length)).isEqualTo("\"�x\"");
    assertThat(Utf8.text(bytes, 6, bytes.length)).isNull();
    assertThat(Utf8.text(bytes, 0, 1)).isEqualTo("a");
    assertThat(Utf8.shown("x".repeat(41))).isEqualTo('"' + "x".repeat(40) + "…\"");
    assertThat(Utf8.shown("\n".repeat(41))).isEqualTo('"' + "\\n".repeat(40) + "…\"");
    assertThat(Utf8.shown("😀".repeat(40))).isEqualTo('"' + "😀".repeat(40) + '"');
  }

  @Test
  void labelsAreCanonicalHoweverManyThereAre() {
    LabelTexts labels = new LabelTexts();
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < 5000; i++) {
        assertThat(label(labels, "+" + i + ".0")).isEqualTo(Integer.toString(i));
        assertThat(label(labels, "ä" + i)).isEqualTo("ä" + i);
      }
    }
    assertThat(labels.of(new byte[] {(byte) 0xFC}, 0, 1)).isNull();
  }

  private static String label(LabelTexts labels, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return labels.of(bytes, 0, bytes.length);
  }

  private static boolean isMissing(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return MissingTokens.isMissing(bytes, 0, bytes.length);
  }
}
