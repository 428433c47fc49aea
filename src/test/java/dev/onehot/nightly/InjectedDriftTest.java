package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.model.Provenance;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nights with drift, each of a thousand, of sixty thousand and of a million rows. */
class InjectedDriftTest {

  private static final int SEED = 26;
  private static final DataLimits LIMITS = DataLimits.defaults();
  private static final Population DIGITS = Population.digits(3_000);

  @ParameterizedTest
  @ValueSource(ints = {1_000, 60_000, 1_000_000})
  void paleInkIsSeen(int rows) {
    Population pale =
        DIGITS.with((picture, row, column) -> (picture[28 * row + column] & 0xFF) * 7 / 10);

    DataFindings findings = findings(rows, pale);

    assertThat(findings.accepted()).isTrue();
    assertThat(findings.warnings())
        .singleElement()
        .asString()
        .matches("the values of \\d+ of 784 features have drifted, .*; mean of all values .*");
    assertThat(findings.features().mean())
        .isBetween(
            0.6 * findings.features().championMean(), 0.8 * findings.features().championMean());
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 60_000, 1_000_000})
  void aClassThatIsThreeTimesAsFrequentIsNamed(int rows) {
    Provenance.Data champion = champion(rows);
    int[] drawn = DIGITS.draw(new SplittableRandom(SEED), rows, label -> label == 3 ? 1 : 1 / 3.0);

    DataFindings findings = new DataChecks(LIMITS).of(champion, DIGITS.data(drawn));

    assertThat(findings.warnings())
        .filteredOn(warning -> warning.startsWith("the classes' shares have drifted"))
        .singleElement()
        .asString()
        .contains("class 3 has 2", "in the champion's data ")
        .doesNotContain("class 4");
    assertThat(findings.labels().totalVariation()).isBetween(0.1, 0.2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 60_000, 1_000_000})
  void aDeadRowOfPixelsIsNamed(int rows) {
    Population dead =
        DIGITS.with((picture, row, column) -> row == 14 ? 0 : picture[28 * row + column] & 0xFF);

    assertThat(findings(rows, dead).warnings())
        .first()
        .asString()
        .matches(
            "\\d+ of 784 features have one value only today, .* \\(row 14\\); feature \\d+ \\(row 14, .*");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 60_000, 1_000_000})
  void picturesShiftedByTwoPixelsAreSeenWithTheirMiddle(int rows) {
    Population shifted =
        DIGITS.with(
            (picture, row, column) -> row < 2 ? 0 : picture[28 * (row - 2) + column] & 0xFF);

    assertThat(findings(rows, shifted).warnings())
        .last()
        .asString()
        .startsWith("the values of ")
        .containsPattern("centre of mass of the pictures at row 1[56]\\.\\d, column 1[34]\\.\\d")
        .containsPattern("champion's data 1[34]\\.\\d, 1[34]\\.\\d");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 60_000, 1_000_000})
  void shuffledLabelsAreSeenByTheChampionAlone(int rows) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] predicted = nearestMeans();
    int[] shuffled = shuffled(random);
    Population wrong = DIGITS.withLabels(shuffled);
    int[] drawn = DIGITS.draw(random, rows);

    assertThat(new DataChecks(LIMITS).of(champion(rows), wrong.data(drawn)).warnings()).isEmpty();
    var former = right(predicted, DIGITS.labels(), DIGITS.draw(random, 10_000));
    ChampionOnNewRows check =
        ChampionOnNewRows.of(former, right(predicted, shuffled, drawn), 0.11, LIMITS);
    assertThat(check.refusal()).startsWith("the champion predicts 0.").contains("its lead");
    assertThat(check.warning()).isNull();
    ChampionOnNewRows clean =
        ChampionOnNewRows.of(former, right(predicted, DIGITS.labels(), drawn), 0.11, LIMITS);
    assertThat(clean.refusal()).isNull();
    assertThat(clean.warning()).isNull();
  }

  private static Provenance.Data champion(int rows) {
    return DIGITS.data(DIGITS.draw(new SplittableRandom(SEED + 1), rows));
  }

  private static DataFindings findings(int rows, Population drifted) {
    int[] drawn = drifted.draw(new SplittableRandom(SEED), rows);
    return new DataChecks(LIMITS).of(champion(rows), drifted.data(drawn));
  }

  private static ChampionOnNewRows.Predictions right(int[] predicted, int[] labels, int[] drawn) {
    long right = 0;
    long rows = 0;
    for (int r = 0; r < drawn.length; r++) {
      right += predicted[r] == labels[r] ? drawn[r] : 0;
      rows += drawn[r];
    }
    return new ChampionOnNewRows.Predictions(right, rows);
  }

  private static int[] shuffled(SplittableRandom random) {
    int[] shuffled = DIGITS.labels().clone();
    for (int i = shuffled.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int label = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = label;
    }
    return shuffled;
  }

  /** A simple champion: the class whose mean picture is nearest. */
  private static int[] nearestMeans() {
    int features = DIGITS.values()[0].length;
    double[][] means = new double[DIGITS.classes()][features];
    int[] counts = new int[DIGITS.classes()];
    for (int r = 0; r < DIGITS.labels().length; r++) {
      counts[DIGITS.labels()[r]]++;
      for (int j = 0; j < features; j++) {
        means[DIGITS.labels()[r]][j] += DIGITS.values()[r][j] & 0xFF;
      }
    }
    int[] predicted = new int[DIGITS.labels().length];
    for (int r = 0; r < predicted.length; r++) {
      double nearest = Double.MAX_VALUE;
      for (int c = 0; c < means.length; c++) {
        double distance = 0;
        for (int j = 0; j < features; j++) {
          double d = (DIGITS.values()[r][j] & 0xFF) - means[c][j] / counts[c];
          distance += d * d;
        }
        if (distance < nearest) {
          nearest = distance;
          predicted[r] = c;
        }
      }
    }
    return predicted;
  }
}
