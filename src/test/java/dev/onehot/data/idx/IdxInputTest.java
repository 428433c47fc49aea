package dev.onehot.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.Gzip;
import dev.onehot.data.ImageShape;
import dev.onehot.data.MissingValues;
import dev.onehot.data.RowPiece;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of all types, read in pieces. */
class IdxInputTest {

  private static final int ROWS = 7;
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(IdxType.class)
  void numbersOfEachTypeAreReadInAnySplitsRawAndCompressed(IdxType type) throws IOException {
    double[] values = values(type, 3 * ROWS);
    for (String extension : List.of("", ".gz")) {
      IdxBytes.write(folder, "a-images" + extension, type, new int[] {ROWS, 3}, values);
      labels("a-labels" + extension);
      for (long bytes : new long[] {1, 2L * 3 * type.bytes(), 1 << 20}) {
        IdxInput input = open(MissingValues.REFUSE, extension);
        assertThat(input.features()).isEqualTo(3);
        assertThat(input.labelled()).isTrue();
        List<IdxPieceSplit> splits = input.splits(bytes);
        assertThat(splits.size() > 1).isEqualTo(extension.isEmpty() && bytes < 1 << 20);
        Rows rows = read(splits);
        assertThat(rows.values).containsExactly(floats(values));
        assertThat(rows.labels).containsExactly("0", "1", "2", "0", "1", "2", "0");
      }
    }
  }

  @Test
  void aLowestAndAHighestNumberOfEachTypeIsRead() throws IOException {
    Map<IdxType, double[]> limitsOf =
        Map.of(
            IdxType.UBYTE, new double[] {0, 255},
            IdxType.BYTE, new double[] {-128, 127},
            IdxType.SHORT, new double[] {-32768, 32767},
            IdxType.INT, new double[] {Integer.MIN_VALUE, Integer.MAX_VALUE});
    for (IdxType type : limitsOf.keySet()) {
      double[] limits = limitsOf.get(type);
      IdxBytes.write(folder, "a-images", type, new int[] {1, 2}, limits);
      IdxBytes.write(folder, "a-labels", IdxType.UBYTE, new int[] {1}, 4);
      assertThat(read(open(MissingValues.REFUSE, "").splits()).values)
          .containsExactly(floats(limits));
    }
  }

  @ParameterizedTest
  @CsvSource({"'7', 1", "'7,2', 2", "'7,2,3', 6", "'7,2,1,3', 6", "'7,1,2,3,2', 12"})
  void rowsMayHaveAnyNumberOfDimensions(String sizes, int features) throws IOException {
    int[] all = Arrays.stream(sizes.split(",")).mapToInt(Integer::parseInt).toArray();
    double[] values = values(IdxType.FLOAT, ROWS * features);
    IdxBytes.write(folder, "a-images", IdxType.FLOAT, all, values);
    labels("a-labels");

    IdxInput input = open(MissingValues.REFUSE, "");

    assertThat(input.features()).isEqualTo(features);
    assertThat(input.pictures().isPresent()).isEqualTo(all.length == 3);
    assertThat(read(input.splits()).values).containsExactly(floats(values));
  }

  @Test
  void shardsFollowOneAnother() throws IOException {
    double[] values = values(IdxType.DOUBLE, 6);
    var one =
        IdxBytes.write(
            folder, "x-images", IdxType.DOUBLE, new int[] {2, 1, 2}, Arrays.copyOf(values, 4));
    var two =
        IdxBytes.write(
            folder,
            "y-images.gz",
            IdxType.DOUBLE,
            new int[] {1, 1, 2},
            Arrays.copyOfRange(values, 4, 6));
    List<IdxShard> shards = IdxShard.open(List.of(one, two), null, HADOOP);

    IdxInput all = new IdxInput(shards, Long.MAX_VALUE, MissingValues.REFUSE);
    assertThat(all.pictures()).contains(new ImageShape(1, 2));
    assertThat(all.labelled()).isFalse();
    assertThat(read(all.splits()).values).containsExactly(floats(values));
    assertThat(read(new IdxInput(shards, 1, MissingValues.REFUSE).splits()).values)
        .containsExactly((float) values[0], (float) values[1]);
  }

  @Test
  void shardsOfDifferentTypesOrSizesAreRefused() throws IOException {
    var one = IdxBytes.write(folder, "x-images", IdxType.DOUBLE, new int[] {1, 2}, 1, 2);
    var two = IdxBytes.write(folder, "y-images", IdxType.FLOAT, new int[] {1, 2}, 1, 2);
    var three = IdxBytes.write(folder, "z-images", IdxType.DOUBLE, new int[] {1, 3}, 1, 2, 3);
    assertThatThrownBy(() -> IdxShard.open(List.of(one, two), null, HADOOP))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s: holds 32-bit floats, but %s holds 64-bit floats; all must have one type",
            two, one);
    assertThatThrownBy(() -> IdxShard.open(List.of(one, three), null, HADOOP))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s: rows of 3 numbers, but those of %s have 2; all must have one size", three, one);
  }

  @Test
  void aMissingNumberIsTreatedAsAskedFor() throws IOException {
    double[] values = {1, 2, Double.NaN, 4};
    IdxBytes.write(folder, "a-images", IdxType.FLOAT, new int[] {2, 2}, values);
    IdxBytes.write(folder, "a-labels", IdxType.UBYTE, new int[] {2}, 0, 1);

    RowPiece refused = open(MissingValues.REFUSE, "").splits().get(0).read(HADOOP, 0).next();
    assertThat(refused.rows()).isOne();
    assertThat(SettingNames.plain(refused.firstBad().get(0).toString()))
        .isEqualTo(
            folder
                + "/a-images: row 2, feature 1: found NaN, expected a number, or missing zero or mean");
    assertThat(read(open(MissingValues.ZERO, "").splits()).values)
        .containsExactly(floats(1, 2, 0, 4));
    assertThat(read(open(MissingValues.MEAN, "").splits()).values)
        .containsExactly(floats(1, 2, Float.NaN, 4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e39, -1e39, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aNumberThatDoesNotFitIsABadRow(double value) throws IOException {
    IdxBytes.write(folder, "a-images", IdxType.DOUBLE, new int[] {3, 1}, 1, value, 3);
    IdxBytes.write(folder, "a-labels", IdxType.UBYTE, new int[] {3}, 0, 1, 2);

    RowPiece piece = open(MissingValues.ZERO, "").splits().get(0).read(HADOOP, 5).next();

    assertThat(piece.label(1)).isEqualTo("2");
    assertThat(piece.firstBad().get(0))
        .hasToString(
            "%s/a-images: row 2, feature 1: found %s, expected a number that fits 32 bits"
                .formatted(folder, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void aTruncatedFileIsRefusedNamingTheRow(String extension) throws IOException {
    byte[] whole = IdxBytes.of(IdxType.SHORT, new int[] {ROWS, 3}, values(IdxType.SHORT, 21));
    byte[] cut = Arrays.copyOf(whole, whole.length - 3);
    Files.write(
        folder.resolve("a-images" + extension), extension.isEmpty() ? cut : Gzip.compressed(cut));
    labels("a-labels");
    assertThatThrownBy(
            () ->
                read(
                    new IdxInput(
                            IdxShard.open(
                                List.of(IdxBytes.path(folder, "a-images" + extension)),
                                List.of(IdxBytes.path(folder, "a-labels")),
                                HADOOP),
                            Long.MAX_VALUE,
                            MissingValues.REFUSE)
                        .splits()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "truncated: row 6, at byte 48, isn't whole: expected 54 bytes for 7 rows, found 51");
  }

  private IdxInput open(MissingValues missing, String extension) {
    List<IdxShard> shards =
        IdxShard.open(
            List.of(IdxBytes.path(folder, "a-images" + extension)),
            List.of(IdxBytes.path(folder, "a-labels" + extension)),
            HADOOP);
    return new IdxInput(shards, Long.MAX_VALUE, missing);
  }

  private void labels(String name) throws IOException {
    IdxBytes.write(folder, name, IdxType.UBYTE, new int[] {ROWS}, 0, 1, 2, 0, 1, 2, 0);
  }

  private static double[] values(IdxType type, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = type == IdxType.UBYTE ? i * 7 % 256 : type.isWhole() ? i * 5 - 50 : i * 0.37 - 3;
    }
    return values;
  }

  private static Float[] floats(double... values) {
    Float[] floats = new Float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private record Rows(List<Float> values, List<String> labels) {}

  private static Rows read(List<IdxPieceSplit> splits) {
    Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
    for (IdxPieceSplit split : splits) {
      Iterator<RowPiece> pieces = split.read(HADOOP, 0);
      while (pieces.hasNext()) {
        RowPiece piece = pieces.next();
        int features = piece.values().features();
        for (int r = 0; r < piece.rows(); r++) {
          float[] dense = new float[features];
          int[] columns = new int[features];
          float[] values = new float[features];
          int count = piece.values().copyNonZeros(r, columns, values);
          for (int k = 0; k < count; k++) {
            dense[columns[k]] = values[k];
          }
          for (float value : dense) {
            rows.values.add(value);
          }
          rows.labels.add(piece.label(r));
        }
      }
    }
    return rows;
  }
}
