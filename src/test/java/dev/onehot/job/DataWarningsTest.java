package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.DataProfile;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.ByteTotals;
import dev.onehot.math.FeatureTotals;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DataWarningsTest {

  private static final IntBinaryOperator VARIED = (row, feature) -> row * (feature + 2);

  @Test
  void rowsThatCanBeLearntFromAreNotWarnedOf() {
    assertThat(warnings(VARIED, 4, 3, 5).ofTraining()).isEmpty();
  }

  @Test
  void valuesThatAreAllZeroAreSaid() {
    assertThat(warnings((row, feature) -> 0, 4, 3, 5).ofTraining())
        .containsExactly("all values of the training rows are 0");
  }

  @Test
  void valuesThatWereScaledAndCutAreSaid() {
    assertThat(warnings((row, feature) -> feature * row % 2, 4, 3, 5).ofTraining())
        .singleElement()
        .asString()
        .startsWith("no value of the training rows is above 1");
  }

  @Test
  void rowsThatAreAllTheSameAreSaid() {
    assertThat(warnings((row, feature) -> feature == 0 ? 2 : 255, 4, 3, 5).values())
        .containsExactly(
            "all 12 training rows have the same values, so nothing tells their classes apart");
    assertThat(warnings((row, feature) -> row == 11 ? 3 : 2, 4, 3, 5).values()).isEmpty();
  }

  @Test
  void oneClassIsNothingToLearn() {
    assertThat(warnings(VARIED, 0, 12, 0).ofTraining())
        .containsExactly(
            "all 12 training rows are of class 1: a model of one class has nothing to tell apart");
  }

  @Test
  void aClassOfOneRowAmongManyIsSaid() {
    assertThat(warnings(VARIED, 40, 1, 39).ofTraining())
        .containsExactly(
            "of the training rows only one is of class 1; is its label misspelt, cut off, or the name of a column?");
    assertThat(warnings(VARIED, 4, 1, 3).ofTraining()).isEmpty();
  }

  @Test
  void allClassesWithoutRowsAreOneLine() {
    assertThat(warnings(VARIED, 4, 0, 5, 0, 1).ofTraining())
        .containsExactly("classes 1, 3 have no training rows");
    assertThat(warnings(VARIED, 0, 1, 5).ofTraining())
        .containsExactly("class 0 has no training rows");
    long[] many = new long[100];
    many[0] = 1;
    many[50] = 1;
    assertThat(warnings(VARIED, many).ofTraining())
        .containsExactly("classes 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 88 more have no training rows");
  }

  @Test
  void ifTheLastClassesHaveNoRowsThereMayBeFewerClasses() {
    assertThat(warnings(VARIED, 4, 2, 5, 0, 0).ofTraining())
        .extracting(SettingNames::plain)
        .containsExactly(
            "classes 3, 4 have no training rows; if there are no such classes, give classes 3");
  }

  @Test
  void aModelMustBeBetterThanTheMostFrequentClass() {
    DataWarnings rows = warnings(VARIED, 4, 1, 5);
    assertThat(rows.useless(0.6)).isEmpty();
    assertThat(rows.useless(0.5))
        .containsExactly(
            "the accuracy on the training rows, 0.5000, is no better than that of always naming class 2, the most frequent one there: 0.5000");
  }

  /**
   * @param values gives the value of a row and one of two features
   */
  private static DataWarnings warnings(IntBinaryOperator values, long... classCounts) {
    int rows = (int) Arrays.stream(classCounts).sum();
    byte[] bytes = new byte[2 * rows];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values.applyAsInt(i / 2, i % 2);
    }
    FeatureTotals totals = new ByteTotals(2);
    totals.add(ByteBlock.of(0, LongStream.range(0, rows).toArray(), new int[rows], bytes, 2, null));
    DataProfile profile =
        new DataProfile(rows, rows, 1, 1, ByteBlock.VALUES, totals, classCounts, 0);
    List<String> names =
        IntStream.range(0, classCounts.length).mapToObj(Integer::toString).toList();
    return new DataWarnings("training rows", profile, names);
  }
}
