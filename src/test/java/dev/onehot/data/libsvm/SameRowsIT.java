package dev.onehot.data.libsvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.Digits;
import dev.onehot.data.FormatFiles;
import dev.onehot.data.FormatOptions;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.ImageShape;
import dev.onehot.data.KnownRows;
import dev.onehot.data.PieceSource;
import dev.onehot.data.RowSource;
import dev.onehot.data.idx.IdxFiles;
import dev.onehot.data.idx.IdxRows;
import dev.onehot.math.RowBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same digits in LIBSVM and as other numbers in IDX give the blocks of IDX's bytes. */
class SameRowsIT {

  private static final HeldBackRows NONE = HeldBackRows.none();
  private static final Digits DIGITS = Digits.random(3, 2500, new ImageShape(5, 4));
  private static final Configuration HADOOP = new Configuration();

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark = new JavaSparkContext(new SparkConf().setAppName("SameRowsIT"));
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @BeforeEach
  void theDigitsAsBytes() throws IOException {
    DIGITS.write(folder, "");
  }

  @Test
  void linesGiveTheBlocksOfBytesWhateverTheRanges() throws IOException {
    FormatFiles files =
        FormatFiles.ofIdx(
            folder.resolve("train-images-idx3-ubyte"), folder.resolve("train-labels-idx1-ubyte"));
    for (String format : List.of("libsvm", "libsvm.gz")) {
      var path = new org.apache.hadoop.fs.Path(files.write(folder, "digits", format).toString());
      for (long rangeBytes : new long[] {100, 10_000, 1 << 20}) {
        LibsvmInput input =
            LibsvmInput.open(
                List.of(path),
                FormatOptions.defaults(),
                KnownRows.nothing(),
                true,
                HADOOP,
                rangeBytes);
        assertSameBlocks(new PieceSource(input, FormatOptions.defaults(), Long.MAX_VALUE, HADOOP));
      }
    }
  }

  @Test
  void integersGiveTheBlocksOfBytes() throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + 4 * DIGITS.pixels().length);
    images.putInt(0xC03).putInt(DIGITS.rows()).putInt(5).putInt(4);
    for (byte pixel : DIGITS.pixels()) {
      images.putInt(Byte.toUnsignedInt(pixel));
    }
    Files.write(folder.resolve("train-images-idx3-int"), images.array());
    RowSource source = idx("train-images-idx3-int");
    assertThat(source).isInstanceOf(PieceSource.class);
    assertSameBlocks(source);
  }

  private RowSource idx(String images) {
    return IdxRows.open(
        new IdxFiles(List.of(path(images)), List.of(path("train-labels-idx1-ubyte"))),
        FormatOptions.defaults(),
        KnownRows.nothing(),
        Long.MAX_VALUE,
        HADOOP);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.toString(), name);
  }

  private void assertSameBlocks(RowSource source) {
    RowSource surveyed = source.surveyed(spark, KnownRows.nothing(), 2, note -> {}, rows -> {});
    RowSource bytes = idx("train-images-idx3-ubyte");
    assertThat(surveyed.rows()).isEqualTo(DIGITS.rows());
    assertThat(surveyed.classLabels()).isEqualTo(bytes.classLabels());
    List<RowBlock> expected = bytes.blocks(spark, 3, NONE).collect();
    assertThat(surveyed.blocks(spark, 2, NONE).collect())
        .usingRecursiveComparison()
        .isEqualTo(expected);
    surveyed.forget();
  }
}
