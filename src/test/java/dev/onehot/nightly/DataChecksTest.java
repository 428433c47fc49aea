package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.onehot.failure.SettingNames;
import dev.onehot.model.Provenance;
import dev.onehot.model.StoredProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataChecksTest {

  private static final DataChecks CHECKS = new DataChecks(DataLimits.defaults());
  private static final Population POPULATION = population(6);
  private static final Provenance.Data CHAMPION = night(POPULATION, 4_000, 2_000, 2_000);

  @Test
  void rowsLikeTheChampionsAreAccepted() {
    DataFindings findings = CHECKS.of(CHAMPION, night(POPULATION, 3_000, 1_500, 1_500));

    assertThat(findings.accepted()).isTrue();
    assertThat(findings.warnings()).isEmpty();
    assertThat(findings.notes()).isEmpty();
    assertThat(findings.rows()).isEqualTo(3_000);
    assertThat(findings.championRows()).isEqualTo(4_000);
    assertThat(findings.features().compared()).isEqualTo(6);
  }

  @Test
  void tooFewRowsAreRefused() {
    assertThat(refusals(CHAMPION, night(POPULATION, 99, 50, 49)))
        .containsExactly(
            "there are 99 rows to train on, fewer than min-rows (100)",
            "there are 99 rows to train on, 0.025 of the champion's 4,000; min-rows-share is 0.5");
    assertThat(refusals(null, night(POPULATION, 99, 50, 49))).hasSize(1);
    assertThat(refusals(CHAMPION, night(POPULATION, 2_000, 1_000, 1_000))).isEmpty();
    assertThat(refusals(CHAMPION, night(POPULATION, 0, 0, 0))).hasSize(2);
  }

  @Test
  void aClassWithoutRowsIsRefusedByName() {
    assertThat(refusals(CHAMPION, night(POPULATION, 3_000, 3_000, 0)))
        .containsExactly("class 1 has no rows; the champion's data had 2,000 of 4,000");
    assertThat(refusals(CHAMPION, night(POPULATION, 3_000, 3_000)))
        .as("a class that today's settings don't know")
        .containsExactly("class 1 has no rows; the champion's data had 2,000 of 4,000");
  }

  @Test
  void manyClassesWithoutRowsAreOneSentence() {
    long[] then = IntStream.range(0, 20).mapToLong(c -> 200).toArray();
    long[] now = IntStream.range(0, 20).mapToLong(c -> c < 10 ? 400 : 0).toArray();

    assertThat(refusals(night(POPULATION, 4_000, then), night(POPULATION, 4_000, now)))
        .containsExactly(
            "classes 10, 11, 12, 13, 14 and 5 more have no rows; the champion's data had 2,000 of"
                + " 4,000");
  }

  @Test
  void otherFeaturesAreRefused() {
    DataFindings findings = CHECKS.of(CHAMPION, night(population(7), 3_000, 1_500, 1_500));

    assertThat(findings.refusals())
        .containsExactly("the rows have 7 features, the champion's data had 6");
    assertThat(findings.features()).isNull();
  }

  @Test
  void valuesThatAreAllZeroAreRefused() {
    Population zeros = new Population(new byte[10][6], new int[10], 2, null);

    assertThat(refusals(CHAMPION, night(zeros, 3_000, 1_500, 1_500)))
        .containsExactly("all values of the 3,000 rows are 0");
  }

  @Test
  void oneRareClassOfManyThatTriplesIsNamed() {
    long[] then = IntStream.range(0, 100).mapToLong(c -> 600).toArray();
    long[] now = then.clone();
    now[42] = 1_800;
    long rows = 61_200;

    DataFindings findings =
        CHECKS.of(night(POPULATION, 60_000, then), night(POPULATION, (int) rows, now));

    assertThat(findings.labels().totalVariation()).isLessThan(0.03);
    assertThat(findings.warnings())
        .singleElement()
        .asString()
        .startsWith(
            "the classes' shares have drifted: class 42 has 2.9 % of the rows, 1.0 % in the"
                + " champion's data (limit: 2.0 times as large or as small); of all classes");
  }

  @Test
  void withoutAProfileNothingIsCompared() {
    Provenance.Data old = new Provenance.Data("old", List.of(), 9, 9, null, null, "0", null);
    Provenance.Data damaged =
        new Provenance.Data(
            "old",
            List.of(),
            9,
            9,
            null,
            null,
            "0",
            new StoredProfile(9, Map.of(), null, null, null, null, null, null, null, null, null));
    Provenance.Data today = night(POPULATION, 3_000, 1_500, 1_500);

    assertThat(CHECKS.of(old, today).accepted()).isTrue();
    assertThat(CHECKS.of(old, today).notes())
        .singleElement()
        .asString()
        .startsWith("the champion's model carries no profile of its data");
    assertThat(CHECKS.of(damaged, today).notes())
        .singleElement()
        .asString()
        .startsWith("the profile of the champion's data is damaged");
  }

  @Test
  void findingsCanBeWrittenAsJsonWhateverTheyAre() {
    byte[][] bright = new byte[10][6];
    for (byte[] row : bright) {
      Arrays.fill(row, (byte) 255);
    }
    DataFindings findings =
        CHECKS.of(
            night(new Population(new byte[10][6], new int[10], 2, null), 3_000, 3_000, 0),
            night(new Population(bright, new int[10], 2, null), 3_000, 0, 3_000));

    assertThat(findings.warnings()).hasSize(4);
    assertThat(findings.features().worst().get(0).meanShift()).isEqualTo(2);
    assertThat(String.join(" ", findings.warnings())).doesNotContain("Infinity", "NaN");
    assertThat(new Gson().toJson(findings)).contains("\"compared\":6");
  }

  private static List<String> refusals(Provenance.Data champion, Provenance.Data today) {
    return CHECKS.of(champion, today).refusals().stream().map(SettingNames::plain).toList();
  }

  private static Provenance.Data night(Population population, int rows, long... classRows) {
    return population.data(population.draw(new SplittableRandom(rows), rows), classRows);
  }

  private static Population population(int features) {
    SplittableRandom random = new SplittableRandom(features);
    byte[][] values = new byte[500][features];
    for (byte[] row : values) {
      random.nextBytes(row);
    }
    return new Population(values, new int[500], 2, null);
  }
}
