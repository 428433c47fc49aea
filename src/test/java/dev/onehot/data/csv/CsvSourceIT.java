package dev.onehot.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.ProjectHome;
import dev.onehot.data.PieceSource;
import dev.onehot.data.RowChunk;
import dev.onehot.data.RowSource;
import dev.onehot.failure.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV through Spark: tasks read ranges, and all is known of the rows when they have been read. */
class CsvSourceIT {

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("CsvSourceIT")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void theMeasuresOfIrisesAreThoseOfTheFile() throws IOException {
    Path file = ProjectHome.iris().resolve("train.csv");
    List<String> expected =
        Files.readAllLines(file).stream().skip(1).map(CsvSourceIT::withFloats).toList();
    for (long rangeBytes : new long[] {500, 1 << 20}) {
      RowSource rows = surveyed(CsvFiles.of(file), rangeBytes);
      assertThat(rows.rows()).isEqualTo(100);
      assertThat(rows.classLabels()).containsExactly("setosa", "versicolor", "virginica");
      assertThat(rows.featureNames())
          .containsExactly("sepal_length", "sepal_width", "petal_length", "petal_width");
      assertThat(inOrder(rows)).isEqualTo(expected);
      rows.forget();
    }
  }

  private static String withFloats(String line) {
    String[] fields = line.split(",");
    StringBuilder row = new StringBuilder();
    for (int j = 0; j < 4; j++) {
      row.append(Float.parseFloat(fields[j])).append(',');
    }
    return row.append(fields[4]).toString();
  }

  @Test
  void rangesThatBeginInQuotesAreReadRightInTheEnd() throws IOException {
    StringBuilder text = new StringBuilder("size,note,label\n");
    List<String> expected = new ArrayList<>();
    for (int r = 0; r < 200; r++) {
      String label = r % 3 == 0 ? "a" : "b";
      text.append(r).append(".5,\"some\n1,2,a\nlines\",").append(label).append('\n');
      expected.add(r + ".5," + label);
    }
    CsvFiles file = CsvFiles.of(folder.resolve("notes.csv"), text.toString()).without("note");
    RowSource rows = surveyed(file, 97);
    assertThat(inOrder(rows)).isEqualTo(expected);
    rows.forget();
  }

  @Test
  void aBadRowIsCountedFromTheBeginningOfItsFile() throws IOException {
    StringBuilder text = new StringBuilder("size,label\n");
    for (int r = 1; r <= 300; r++) {
      text.append(r == 217 ? "tall" : r + ".5").append(r % 2 == 0 ? ",a\n" : ",b\n");
    }
    Path good = Files.writeString(folder.resolve("1.csv"), "label,size\na,1\nb,2\n");
    Path bad = Files.writeString(folder.resolve("2.csv"), text);
    assertThatThrownBy(() -> surveyed(CsvFiles.of(good, bad), 100))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "2.csv: row 217, column 1 (size): found \"tall\", expected a number, or drop-columns to leave out a column of texts; ");
  }

  @Test
  void filesWithoutRowsSayWhatTheyHold() throws IOException {
    CsvFiles header = CsvFiles.of(folder.resolve("1.csv"), "size,label\n");
    assertThatThrownBy(() -> surveyed(header, 100))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("1.csv: has a header and no rows");
    CsvFiles bad = CsvFiles.of(folder.resolve("2.csv"), "size,label\n1\n2\n").label("label");
    assertThatThrownBy(() -> surveyed(bad.maxBadRows(5), 100))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("2.csv: has no rows but bad ones");
  }

  private static RowSource surveyed(CsvFiles files, long rangeBytes) {
    return new PieceSource(files.open(rangeBytes), files.options(), Long.MAX_VALUE, CsvFiles.HADOOP)
        .surveyed(spark, files.known(), 2, note -> {}, rows -> {});
  }

  private static List<String> inOrder(RowSource source) {
    List<String> rows = new ArrayList<>();
    for (RowChunk chunk : source.rowsInOrder(spark, 3).collect()) {
      float[] features = new float[chunk.features()];
      for (int r = 0; r < chunk.rows(); r++) {
        chunk.copyFeatures(r, features);
        StringBuilder row = new StringBuilder();
        for (float feature : features) {
          row.append(feature).append(',');
        }
        rows.add(row + source.classLabels().get(chunk.label(r)));
      }
    }
    return rows;
  }
}
