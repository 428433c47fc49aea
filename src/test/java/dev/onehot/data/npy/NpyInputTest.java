package dev.onehot.data.npy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.Gzip;
import dev.onehot.data.ImageShape;
import dev.onehot.data.KnownRows;
import dev.onehot.data.MissingValues;
import dev.onehot.math.ByteRows;
import dev.onehot.model.NpyFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyInputTest {

  @TempDir Path folder;

  @Test
  void everyTypeInEveryOrderAndVersionIsReadAsNumpyReadsIt() throws IOException {
    Map<String, float[]> expected = new LinkedHashMap<>();
    for (String line : resource("arrays.txt").lines().toList()) {
      String[] words = line.split(" ");
      float[] numbers = new float[words.length - 1];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Float.parseFloat(words[i + 1]);
      }
      expected.put(words[0], numbers);
    }
    assertThat(expected).hasSize(48);
    try (ZipInputStream zip =
        new ZipInputStream(NpyInputTest.class.getResourceAsStream("/numpy/arrays.npz"))) {
      for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
        write(entry.getName(), zip.readAllBytes());
        NpyInput input = unlabelled(entry.getName());
        assertThat(input.features()).isEqualTo(3);
        String name = entry.getName().replace(".npy", "");
        assertThat(ReadRows.of(input, 0).flat()).as(name).containsExactly(expected.get(name));
      }
    }
  }

  @Test
  void weightsThatAModelHasWrittenAreRead() throws IOException {
    double[] values = new SplittableRandom(1).doubles(20, -5, 5).toArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NpyFormat.write(out, values, 10, 2);
    write("W1.npy", out.toByteArray());
    float[] read = ReadRows.of(unlabelled("W1.npy"), 0).flat();
    for (int i = 0; i < values.length; i++) {
      assertThat(read[i]).isEqualTo((float) values[i]);
    }
  }

  @Test
  void wholeNumbersUpTo255AreBytesWhateverTheirType() throws IOException {
    write("X.npy", NumpyFile.doubles("(2, 2)", 0, 1, -0.0, 255));
    assertThat(unlabelled("X.npy").splits().get(0).read(new Configuration(), 0).next().values())
        .isInstanceOf(ByteRows.class);
  }

  @Test
  void aNegativeZeroIsZero() throws IOException {
    write("X.npy", NumpyFile.doubles("(1, 2)", -0.0, 0.5));
    assertThat(ReadRows.of(unlabelled("X.npy"), 0).flat()).containsExactly(0f, 0.5f);
  }

  @ParameterizedTest
  @CsvSource({
    "'(6,)', 1, ''",
    "'(6, 1)', 1, ''",
    "'(3, 2)', 2, ''",
    "'(1, 2, 3)', 6, 2x3",
    "'(1, 2, 3, 1)', 6, 2x3",
    "'(1, 1, 2, 3)', 6, ''"
  })
  void aRowIsAnEntryOfTheFirstDimension(String shape, int features, String pictures)
      throws IOException {
    write("X.npy", NumpyFile.bytes(shape, 1, 2, 3, 4, 5, 6));
    NpyInput input = unlabelled("X.npy");
    assertThat(input.features()).isEqualTo(features);
    assertThat(input.pictures().map(ImageShape::toString).orElse("")).isEqualTo(pictures);
    ReadRows rows = ReadRows.of(input, 0);
    assertThat(rows.flat()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(rows.features()).hasSize(6 / features);
  }

  /** The second array is large enough for several splits and pieces. */
  @ParameterizedTest
  @CsvSource({"u1, 1000, 4, 5", "f8, 9000, 10, 20"})
  void fortranOrderGivesTheSameRows(String type, int rows, int height, int width)
      throws IOException {
    int itemBytes = type.charAt(1) - '0';
    byte[] items = new byte[rows * height * width * itemBytes];
    new SplittableRandom(2).nextBytes(items);
    for (int i = 7; itemBytes == 8 && i < items.length; i += 8) {
      items[i] = 63; // neither infinite nor NaN
    }
    byte[] byColumns = new byte[items.length];
    for (int r = 0; r < rows; r++) {
      for (int h = 0; h < height; h++) {
        for (int w = 0; w < width; w++) {
          int c = ((r * height + h) * width + w) * itemBytes;
          int f = ((w * height + h) * rows + r) * itemBytes;
          System.arraycopy(items, c, byColumns, f, itemBytes);
        }
      }
    }
    String shape = "(" + rows + ", " + height + ", " + width + ")";
    write("C.npy", NumpyFile.npy("<" + type, false, shape, items));
    write("F.npy", NumpyFile.npy("<" + type, true, shape, byColumns));
    write("P.npy.gz", Gzip.compressed(Files.readAllBytes(folder.resolve("F.npy"))));
    float[] expected = ReadRows.of(unlabelled("C.npy"), 0).flat();
    assertThat(expected).hasSize(rows * height * width);
    boolean large = items.length > 8 << 20;
    assertThat(unlabelled("C.npy").splits()).hasSize(large ? 2 : 1);
    assertThat(unlabelled("F.npy").splits()).hasSize(large ? 2 : 1);
    assertThat(Arrays.equals(ReadRows.of(unlabelled("F.npy"), 0).flat(), expected)).isTrue();
    assertThat(Arrays.equals(ReadRows.of(unlabelled("P.npy.gz"), 0).flat(), expected)).isTrue();
  }

  @Test
  void splitsAndPiecesHaveTheirSizes() throws IOException {
    write("X.npy", NumpyFile.npy("|u1", false, "(40000, 700)", new byte[28_000_000]));
    List<NpySplit> splits = unlabelled("X.npy").splits();
    assertThat(splits).hasSize(4);
    assertThat(splits).allSatisfy(split -> assertThat(split.bytes()).isLessThan(8_388_609));
    assertThat(splits.get(0).rowsOfPiece()).isEqualTo((4 << 20) / 700);
    write("X.npy.gz", Gzip.compressed(Files.readAllBytes(folder.resolve("X.npy"))));
    Files.delete(folder.resolve("X.npy"));
    assertThat(unlabelled("X.npy.gz").splits()).hasSize(1);
    assertThat(ReadRows.of(unlabelled("X.npy.gz"), 0).features()).hasSize(40_000);
  }

  @ParameterizedTest
  @CsvSource({
    "X.npy, y.npy",
    "X_train.npy, y_train.npy",
    "X_train.npy.gz, y_train.npy.gz",
    "X.npy, y.npy.gz",
    "rows.npy, rows-labels.npy",
    "images.npy, labels.npy"
  })
  void labelsAreFoundBesideTheFile(String x, String y) throws IOException {
    write(x, NumpyFile.bytes("(3, 2)", 1, 2, 3, 4, 5, 6));
    write(y, NumpyFile.bytes("(3,)", 7, 0, 7));
    ReadRows rows = ReadRows.of(labelled(FormatOptions.defaults(), x), 0);
    assertThat(rows.labels()).containsExactly("7", "0", "7");
    assertThat(rows.flat()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void filesOfLabelsAmongFilesOfRowsAreNoRows() throws IOException {
    write("X-1.npy", NumpyFile.bytes("(2, 1)", 1, 2));
    write("X-2.npy", NumpyFile.bytes("(1, 1)", 3));
    write("y-1.npy", NumpyFile.bytes("(2,)", 0, 1));
    write("y-2.npy", NumpyFile.bytes("(1,)", 2));
    NpyInput input = labelled(FormatOptions.defaults(), "X-1.npy", "X-2.npy", "y-1.npy", "y-2.npy");
    ReadRows rows = ReadRows.of(input, 0);
    assertThat(rows.flat()).containsExactly(1, 2, 3);
    assertThat(rows.labels()).containsExactly("0", "1", "2");
    assertThat(input.files()).hasSize(4).allMatch(file -> file.startsWith("file:/"));
  }

  @Test
  void labelsAreNumbersOrTexts() throws IOException {
    write("X.npy", NumpyFile.bytes("(3, 1)", 1, 2, 3));
    write("y.npy", NumpyFile.texts(6, "setosa", "Zoë 🙂", "+07"));
    assertThat(ReadRows.of(labelled(FormatOptions.defaults(), "X.npy"), 0).labels())
        .containsExactly("setosa", "Zoë 🙂", "7");
    write("y.npy", NumpyFile.doubles("(3, 1)", -1, 1e18, 2.5));
    assertThat(ReadRows.of(labelled(FormatOptions.defaults(), "X.npy"), 0).labels())
        .containsExactly("-1", "1000000000000000000", "2.5");
    write(
        "y.npy",
        NumpyFile.npy("|S3", false, "(3,)", "ab\0c\0\0abc".getBytes(StandardCharsets.UTF_8)));
    assertThat(ReadRows.of(labelled(FormatOptions.defaults(), "X.npy"), 0).labels())
        .containsExactly("ab", "c", "abc");
    write("y.npy", NumpyFile.npy("|b1", false, "(3,)", new byte[] {1, 0, 1}));
    assertThat(ReadRows.of(labelled(FormatOptions.defaults(), "X.npy"), 0).labels())
        .containsExactly("1", "0", "1");
  }

  @ParameterizedTest
  @CsvSource({"first, '5 9', '1 2 3 4'", "last, '2 4', '5 1 9 3'", "2, '1 3', '5 2 9 4'"})
  void labelsMayBeAColumnOfTheRows(String column, String labels, String features)
      throws IOException {
    for (String type : new String[] {"u1", "f8"}) {
      write(
          "rows.npy",
          type.equals("u1")
              ? NumpyFile.bytes("(2, 3)", 5, 1, 2, 9, 3, 4)
              : NumpyFile.doubles("(2, 3)", 5, 1, 2, 9, 3, 4));
      ReadRows rows = ReadRows.of(labelled(options(column, null), "rows.npy"), 0);
      assertThat(String.join(" ", rows.labels())).isEqualTo(labels);
      assertThat(rows.flat()).containsExactly(floats(features));
    }
  }

  @Test
  void weightsAreAColumnOrAnArray() throws IOException {
    write("X.npy", NumpyFile.doubles("(2, 3)", 5, 0.25, 2, 9, 3, 4));
    write("y.npy", NumpyFile.bytes("(2,)", 0, 1));
    write("sample_weight.npy", NumpyFile.doubles("(2,)", 1.5, 0));
    ReadRows column = ReadRows.of(labelled(options(null, "2"), "X.npy"), 0);
    assertThat(column.weights()).containsExactly(0.25f, 3f);
    assertThat(column.flat()).containsExactly(5, 2, 9, 4);
    ReadRows array = ReadRows.of(labelled(options(null, "sample_weight"), "X.npy"), 0);
    assertThat(array.weights()).containsExactly(1.5f, 0f);
    assertThat(array.flat()).containsExactly(5, 0.25f, 2, 9, 3, 4);
  }

  @Test
  void columnsCanBeLeftOut() throws IOException {
    write("X.npy", NumpyFile.bytes("(2, 3)", 5, 1, 2, 9, 3, 4));
    FormatOptions options =
        new FormatOptions(
            null, "none", null, List.of("1", "3"), null, false, null, MissingValues.REFUSE, 0);
    assertThat(ReadRows.of(open(options, false, "X.npy"), 0).flat()).containsExactly(1, 3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anArchiveLikeThatOfKerasHasBothParts(boolean packed) throws IOException {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("x_test", NumpyFile.bytes("(1, 2, 2)", 9, 8, 7, 6));
    arrays.put("x_train", NumpyFile.bytes("(2, 2, 2)", 1, 2, 3, 4, 5, 6, 7, 8));
    arrays.put("y_train", NumpyFile.bytes("(2,)", 3, 1));
    arrays.put("y_test", NumpyFile.bytes("(1,)", 2));
    write("mnist.npz", NumpyFile.npz(packed, arrays));
    List<org.apache.hadoop.fs.Path> files = paths("mnist.npz");
    assertThat(NpyInput.holdsBothParts(files, new Configuration())).isTrue();
    NpyInput train = labelled(FormatOptions.defaults(), "mnist.npz");
    assertThat(train.pictures()).contains(new ImageShape(2, 2));
    assertThat(train.description()).endsWith("mnist.npz (x_train)");
    assertThat(train.files()).hasSize(1);
    assertThat(ReadRows.of(train, 0).flat()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(ReadRows.of(train, 0).labels()).containsExactly("3", "1");
    NpyInput test =
        NpyInput.open(
            files,
            NpyPart.TEST,
            FormatOptions.defaults(),
            KnownRows.nothing(),
            true,
            new Configuration());
    assertThat(ReadRows.of(test, 0).flat()).containsExactly(9, 8, 7, 6);
    assertThat(ReadRows.of(test, 0).labels()).containsExactly("2");
  }

  @Test
  void missingValuesAreTreatedAsAsked() throws IOException {
    write("X.npy", NumpyFile.doubles("(2, 2)", 1, Double.NaN, 3, 4.5));
    assertThat(ReadRows.of(open(missing(MissingValues.ZERO), false, "X.npy"), 0).flat())
        .containsExactly(1, 0, 3, 4.5f);
    assertThat(ReadRows.of(open(missing(MissingValues.MEAN), false, "X.npy"), 0).flat())
        .containsExactly(1, Float.NaN, 3, 4.5f);
    ReadRows refused = ReadRows.of(open(missing(MissingValues.REFUSE), false, "X.npy"), 1);
    assertThat(refused.flat()).containsExactly(3, 4.5f);
    assertThat(refused.bad().get(0).record()).isEqualTo(1);
  }

  @Test
  void readingStopsAfterTooManyBadRows() throws IOException {
    double[] values = new double[100];
    Arrays.fill(values, Double.NaN);
    write("X.npy", NumpyFile.doubles("(100, 1)", values));
    ReadRows rows = ReadRows.of(unlabelled("X.npy"), 2);
    assertThat(rows.features()).isEmpty();
    assertThat(rows.bad()).hasSize(3);
  }

  @Test
  void rowsToScoreNeedNoColumnOfLabels() throws IOException {
    write("X.npy", NumpyFile.bytes("(1, 3)", 1, 2, 3));
    KnownRows known = new KnownRows(3, List.of(), List.of("0", "1"), null);
    NpyInput input =
        NpyInput.open(paths("X.npy"), options("last", null), known, false, new Configuration());
    assertThat(input.labelled()).isFalse();
    assertThat(input.features()).isEqualTo(3);
  }

  private static FormatOptions options(String labelColumn, String weightColumn) {
    return new FormatOptions(
        null, labelColumn, weightColumn, List.of(), null, false, null, MissingValues.REFUSE, 0);
  }

  private static FormatOptions missing(MissingValues missing) {
    return new FormatOptions(null, null, null, List.of(), null, false, null, missing, 0);
  }

  private NpyInput unlabelled(String name) {
    return open(options("none", null), false, name);
  }

  private NpyInput labelled(FormatOptions options, String... names) {
    return open(options, true, names);
  }

  private NpyInput open(FormatOptions options, boolean labelsRequired, String... names) {
    return NpyInput.open(
        paths(names), options, KnownRows.nothing(), labelsRequired, new Configuration());
  }

  private List<org.apache.hadoop.fs.Path> paths(String... names) {
    return Arrays.stream(names)
        .map(name -> new org.apache.hadoop.fs.Path(folder.resolve(name).toString()))
        .toList();
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private static float[] floats(String numbers) {
    String[] words = numbers.split(" ");
    float[] floats = new float[words.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(words[i]);
    }
    return floats;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = NpyInputTest.class.getResourceAsStream("/numpy/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
