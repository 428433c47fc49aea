package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.failure.SettingNames;
import dev.onehot.nightly.ChampionOnNewRows.Predictions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChampionOnNewRowsTest {

  private static final Predictions FORMER = new Predictions(9_200, 10_000);

  @Test
  void aSmallDropIsAWarning() {
    ChampionOnNewRows check = check(FORMER, new Predictions(53_000, 60_000));

    assertThat(check.refusal()).isNull();
    assertThat(check.warning())
        .isEqualTo(
            "the champion predicts 0.8833 of the new rows right, and 0.9200 of the rows it was last"
                + " measured on: a drop of 0.0367 (limit 0.02)");
  }

  @Test
  void theLossOfHalfTheLeadIsARefusal() {
    ChampionOnNewRows check = check(FORMER, new Predictions(100, 1_000));

    assertThat(check.warning()).isNull();
    assertThat(SettingNames.plain(check.refusal()))
        .isEqualTo(
            "the champion predicts 0.1000 of the new rows right, and 0.9200 of the rows it was last"
                + " measured on: it has lost 100 % of its lead over always naming the most frequent"
                + " class (0.1100; max-lead-lost is 0.5); are the labels those of the rows?");
  }

  @Test
  void aLimitOfOneLetsAnyLossPass() {
    // Worse than a guess, as with pictures that are inverted from now on.
    ChampionOnNewRows check =
        ChampionOnNewRows.of(
            FORMER,
            new Predictions(0, 1_000),
            0.11,
            new DataLimits(100, 0.5, 0.25, 0.25, 0.1, 0.1, 2, 0.01, 0.02, 1, 0.001));

    assertThat(check.refusal()).isNull();
    assertThat(check.warning()).contains("a drop of 0.9200");
  }

  @Test
  void aDropThatChanceExplainsIsNoAlarm() {
    ChampionOnNewRows check = check(FORMER, new Predictions(90, 100));

    assertThat(check.formerAccuracy() - check.accuracy()).isGreaterThanOrEqualTo(0.02);
    assertThat(check.pValue()).isGreaterThan(0.1);
    assertThat(check.warning()).isNull();
  }

  @Test
  void aTinyDropOfManyRowsIsNoAlarm() {
    ChampionOnNewRows check =
        check(new Predictions(920_000, 1_000_000), new Predictions(910_000, 1_000_000));

    assertThat(check.pValue()).isLessThan(1e-9);
    assertThat(check.warning()).isNull();
    assertThat(check.refusal()).isNull();
  }

  @Test
  void aChampionWithoutALeadCannotLoseIt() {
    ChampionOnNewRows check = check(new Predictions(100, 1_000), new Predictions(10, 1_000));

    assertThat(check.refusal()).isNull();
    assertThat(check.warning()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 60_000, 1_000_000})
  void atMostOneOfAHundredNightsWithoutDriftAlarms(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    int alarms = 0;
    for (int night = 0; night < 100; night++) {
      ChampionOnNewRows check = check(right(random, 10_000), right(random, rows));
      alarms += check.warning() == null && check.refusal() == null ? 0 : 1;
    }
    assertThat(alarms).isLessThanOrEqualTo(1);
  }

  private static Predictions right(SplittableRandom random, int rows) {
    return new Predictions(random.ints(rows, 0, 100).filter(i -> i < 92).count(), rows);
  }

  private static ChampionOnNewRows check(Predictions former, Predictions today) {
    return ChampionOnNewRows.of(former, today, 0.11, DataLimits.defaults());
  }
}
