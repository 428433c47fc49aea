package dev.onehot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A feature is a number: that some are unsigned bytes is known to few. */
class ByteValuesTest {

  /** The largest byte in a program: comments and text may speak of it. */
  private static final Pattern LARGEST_BYTE =
      Pattern.compile("\\b255\\b|\\b0x0*ff\\b|(?<![\\w.])MAX_VALUE|RowBlock\\.MAX_VALUE");

  private static final Pattern COMMENTS_AND_TEXT =
      Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"(\\\\.|[^\"\\\\])*\"", Pattern.DOTALL);

  /**
   * The formats, the digits, the byte block, its order of rows, its totals, and its kernels; and
   * pictures on a page, whose colours are bytes whatever the features are.
   */
  private static final Pattern MAY_KNOW =
      Pattern.compile(
          "data/(idx|digits)/.*"
              + "|report/page/Picture\\.java"
              + "|math/(ByteTotals|ByteBlock|ByteBlockBuilder|RowValues|SimilarityOrder|ScalarBlockKernel|Vector\\w*)\\.java");

  @Test
  void nothingButTheByteBlockItsKernelsAndItsReadersKnowsTheLargestByte() throws IOException {
    Path sources = ProjectHome.resolve("src/main/java/dev/onehot");

    assertThat(knowing(sources)).isNotEmpty().allMatch(file -> MAY_KNOW.matcher(file).matches());
  }

  private static List<String> knowing(Path sources) throws IOException {
    try (var files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> LARGEST_BYTE.matcher(code(file)).find())
          .map(file -> sources.relativize(file).toString())
          .toList();
    }
  }

  private static String code(Path file) {
    try {
      return COMMENTS_AND_TEXT.matcher(Files.readString(file)).replaceAll(" ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
