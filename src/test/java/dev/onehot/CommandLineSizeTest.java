package dev.onehot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command line only parses, wires and reports, so its classes stay small. */
class CommandLineSizeTest {

  private static final int MOST_LINES = 150;

  @Test
  void noClassOfTheCommandLineIsLong() throws IOException {
    List<Path> sources;
    try (Stream<Path> found = Files.list(ProjectHome.resolve("src/main/java/dev/onehot/cli"))) {
      sources = found.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(sources)
        .isNotEmpty()
        .allSatisfy(
            source -> assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(MOST_LINES));
  }
}
