package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileNameEncodingTest {

  private final FileNameEncoding ascii = new FileNameEncoding(StandardCharsets.US_ASCII);
  private final FileNameEncoding utf8 = new FileNameEncoding(StandardCharsets.UTF_8);

  @Test
  void namesOfTheCharacterSetAreHeld() {
    assertThat(ascii.holds("models/one?two")).isTrue();
    assertThat(utf8.holds("models/modèle ü 日本 😀 ??")).isTrue();
  }

  @Test
  void whatTheJvmCouldNotDecodeIsNot() {
    byte[] bytes = "modèle".getBytes(StandardCharsets.UTF_8);
    assertThat(ascii.holds(new String(bytes, StandardCharsets.US_ASCII))).isFalse();

    byte[] latin = "modèle".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(utf8.holds(new String(latin, StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void whatSparksLauncherCouldNotPrintIsNot() {
    assertThat(ascii.holds("mod??le")).isFalse();
  }

  @Test
  void whatCouldNotBeAFilesNameIsNot() {
    assertThat(ascii.holds("modèle, from a settings file")).isFalse();
  }
}
