package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.DataProfile;
import dev.onehot.failure.SettingNames;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataWarningsTest {

  private static final long[] VARIED = {700, 90};
  private static final long[] VARIED_SQUARES = {60_000, 8_100};

  @Test
  void rowsThatCanBeLearntFromAreNotWarnedOf() {
    assertThat(warnings(VARIED, VARIED_SQUARES, 4, 3, 5).ofTraining()).isEmpty();
  }

  @Test
  void valuesThatAreAllZeroAreSaid() {
    assertThat(warnings(new long[2], new long[2], 4, 3, 5).ofTraining())
        .containsExactly("all values of the training rows are 0");
  }

  @Test
  void valuesThatWereScaledAndCutAreSaid() {
    assertThat(warnings(new long[] {0, 7}, new long[] {0, 7}, 4, 3, 5).ofTraining())
        .singleElement()
        .asString()
        .startsWith("no value of the training rows is above 1");
  }

  @Test
  void rowsThatAreAllTheSameAreSaid() {
    assertThat(warnings(new long[] {24, 12 * 255}, new long[] {48, 12 * 65_025}, 4, 3, 5).values())
        .containsExactly(
            "all 12 training rows have the same values, so nothing tells their classes apart");
    assertThat(warnings(new long[] {24, 12 * 255}, new long[] {49, 12 * 65_025}, 4, 3, 5).values())
        .isEmpty();
  }

  @Test
  void oneClassIsNothingToLearn() {
    assertThat(warnings(VARIED, VARIED_SQUARES, 0, 12, 0).ofTraining())
        .containsExactly(
            "all 12 training rows are of class 1: a model of one class has nothing to tell apart");
  }

  @Test
  void allClassesWithoutRowsAreOneLine() {
    assertThat(warnings(VARIED, VARIED_SQUARES, 4, 0, 5, 0, 1).ofTraining())
        .containsExactly("classes 1, 3 have no training rows");
    assertThat(warnings(VARIED, VARIED_SQUARES, 0, 1, 5).ofTraining())
        .containsExactly("class 0 has no training rows");
    long[] many = new long[100];
    many[0] = 1;
    many[50] = 1;
    assertThat(warnings(VARIED, VARIED_SQUARES, many).ofTraining())
        .containsExactly("classes 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 88 more have no training rows");
  }

  @Test
  void ifTheLastClassesHaveNoRowsThereMayBeFewerClasses() {
    assertThat(warnings(VARIED, VARIED_SQUARES, 4, 2, 5, 0, 0).ofTraining())
        .extracting(SettingNames::plain)
        .containsExactly(
            "classes 3, 4 have no training rows; if there are no such classes, give classes 3");
  }

  @Test
  void aModelMustBeBetterThanTheMostFrequentClass() {
    DataWarnings rows = warnings(VARIED, VARIED_SQUARES, 4, 1, 5);
    assertThat(rows.useless(0.6)).isEmpty();
    assertThat(rows.useless(0.5))
        .containsExactly(
            "the accuracy on the training rows, 0.5000, is no better than that of always naming class 2, the most frequent one there: 0.5000");
  }

  private static DataWarnings warnings(long[] sums, long[] squares, long... classCounts) {
    long rows = 0;
    for (long count : classCounts) {
      rows += count;
    }
    DataProfile profile = new DataProfile(rows, rows, 1, 1, sums, squares, classCounts, 0);
    List<String> names =
        IntStream.range(0, classCounts.length).mapToObj(Integer::toString).toList();
    return new DataWarnings("training rows", profile, names);
  }
}
