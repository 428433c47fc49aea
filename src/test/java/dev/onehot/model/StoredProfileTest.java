package dev.onehot.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.math.Activation;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.ByteTotals;
import dev.onehot.math.FeatureScaling;
import dev.onehot.math.FeatureTotals;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.FloatBlock;
import dev.onehot.math.RowBlock;
import dev.onehot.math.SparseRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StoredProfileTest {

  private static final List<String> NAMES = List.of("cat", "dog");

  /** Of a cat and three dogs with two features. */
  private static final StoredProfile PROFILE =
      profile(new long[] {1, 3}, new byte[] {0, 10, 1, 7, (byte) 200, 0, 10, 30});

  @Test
  void meansAndVariancesAreThoseOfTheRows() {
    assertThat(PROFILE.rows()).isEqualTo(4);
    assertThat(PROFILE.classRows()).containsExactly(Map.entry("cat", 1L), Map.entry("dog", 3L));
    assertThat(PROFILE.features()).isEqualTo(2);
    assertThat(PROFILE.least()).containsExactly(0, 0);
    assertThat(PROFILE.largest()).containsExactly(200, 30);
    assertThat(PROFILE.mean()).containsExactly(52.75, 11.75);
    assertThat(PROFILE.variance()).containsExactly(7242.6875, 124.1875);
    assertThat(PROFILE.zeros()).containsExactly(1, 1);
    assertThat(PROFILE.bins()[0]).containsExactly(1, 1);
    assertThat(PROFILE.bins()[4]).containsExactly(1, 0);
    assertThat(PROFILE.isWhole()).isTrue();
  }

  @Test
  void modelJsonHasEachArrayOfTheProfileOnOneLine() throws IOException {
    String json = modelJson(PROFILE);

    assertThat(json.lines().map(String::trim))
        .contains("\"profile\": {", "\"classRows\": {\"cat\":1,\"dog\":3},")
        .contains("\"mean\": [52.75,11.75],", "\"bins\": [[1,1],[2,3],[0,0],[0,0],[1,0]]");
    assertThat(ModelFiles.provenance(new StringReader(json)).data().profile())
        .usingRecursiveComparison()
        .isEqualTo(PROFILE);
  }

  @Test
  void filesOfFormerVersionsHaveNoProfile() throws IOException {
    String json = modelJson(null);

    assertThat(json).contains("fingerprint").doesNotContain("profile");
    assertThat(ModelFiles.provenance(new StringReader(json)).data().profile()).isNull();
  }

  @Test
  void aDamagedProfileIsNotWhole() throws IOException {
    String json = modelJson(PROFILE);

    for (String wrong :
        List.of(
            json.replace("\"rows\": 4,", "\"rows\": 0,"),
            json.replace("[52.75,11.75]", "[52.75]"),
            json.replace("\"variance\"", "\"variances\""),
            json.replace("\"cat\":1", "\"cat\":null"),
            json.replace("[[1,1],", "[[2,1],"),
            json.replace("[[1,1],[2,3]", "[[-1,1],[4,3]"),
            json.replace("[[1,1],", "[[1],"),
            json.replace("[[1,1],", "[null,"),
            json.replace("[[1,1],", "["))) {
      assertThat(wrong).isNotEqualTo(json);
      assertThat(ModelFiles.provenance(new StringReader(wrong)).data().profile().isWhole())
          .as(wrong)
          .isFalse();
    }
  }

  @Test
  void binsOfRealNumbersCanBeComparedWithThoseOfALargerRange() {
    StoredProfile small =
        new StoredProfile(
            20,
            Map.of("cat", 20L),
            null,
            new short[] {-2},
            new double[9],
            new double[1],
            new double[1],
            new double[1],
            new double[1],
            new long[] {4},
            new long[][] {{1}, {2}, {3}, {0}, {4}, {1}, {2}, {3}, {4}});

    assertThat(small.binsOf(0, -2)).containsExactly(1, 2, 3, 0, 4, 1, 2, 3, 4);
    assertThat(small.binsOf(0, -1)).containsExactly(0, 0, 3, 3, 4, 3, 7, 0, 0);
    assertThat(small.binsOf(0, 0)).containsExactly(0, 0, 0, 6, 4, 10, 0, 0, 0);
    assertThat(small.binsOf(0, 100)).containsExactly(0, 0, 0, 6, 4, 10, 0, 0, 0);
  }

  @Test
  void manyFeaturesAreOnlyCounted() throws IOException {
    FeatureValues wide = FeatureValues.real(new short[70_000], FeatureScaling.uniform(1));
    RowBlock block =
        FloatBlock.of(
            0,
            0,
            new int[] {0},
            new int[1],
            null,
            new SparseRows(70_000, new int[] {0, 1}, new int[] {69_999}, new float[] {0.5f}),
            wide,
            null);
    FeatureTotals totals = FeatureTotals.of(block, 1);
    totals.add(block);

    StoredProfile profile = StoredProfile.of(NAMES, new long[] {1, 0}, totals, wide);

    assertThat(profile.features()).isEqualTo(70_000);
    assertThat(profile.hasFeatures()).isFalse();
    assertThat(profile.isWhole()).isTrue();
    String json = modelJson(profile);
    assertThat(json).hasSizeLessThan(5_000).contains("\"wide\": 70000");
    assertThat(ModelFiles.provenance(new StringReader(json)).data().profile()).isEqualTo(profile);
  }

  private static StoredProfile profile(long[] classCounts, byte[] values) {
    int rows = values.length / 2;
    FeatureTotals totals = new ByteTotals(2);
    totals.add(
        ByteBlock.of(0, LongStream.range(0, rows).toArray(), new int[rows], values, 2, null));
    return StoredProfile.of(NAMES, classCounts, totals, ByteBlock.VALUES);
  }

  private static String modelJson(StoredProfile profile) throws IOException {
    Provenance.Data data = new Provenance.Data("some", List.of(), 5, 4, null, null, "00", profile);
    Provenance provenance =
        new Provenance("run", "now", "1", "2", Map.of(), data, null, "3", "4", "5");
    Map<String, ByteArrayOutputStream> files = new TreeMap<>();
    ModelFiles.write(
        new SoftmaxModel(new double[4], null, Activation.RELU, 1, NAMES),
        provenance,
        new DigestedFiles(
            name -> files.computeIfAbsent(name, ignored -> new ByteArrayOutputStream())));
    return files.get(ModelFiles.DESCRIPTION).toString(StandardCharsets.UTF_8);
  }
}
