package dev.onehot.data.npy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayNamesTest {

  @ParameterizedTest
  @CsvSource({
    "X, y",
    "x_train, y_train",
    "X_train, y_train",
    "train_x-0001, train_y-0001",
    "x1, y1",
    "features, labels",
    "data, target",
    "data, targets",
    "images, labels",
    "train_images, train_labels",
    "kmnist-train-imgs, kmnist-train-labels",
    "rows, rows-labels",
    "rows, rows_labels",
    "rows, rows_y",
    "box, box-labels"
  })
  void labelsAreNamedLikeTheirFeatures(String features, String labels) {
    assertThat(ArrayNames.labelsOf(features)).contains(labels);
  }

  @Test
  void aWordWithinAWordIsNone() {
    assertThat(ArrayNames.labelsOf("box")).doesNotContain("boy");
    assertThat(ArrayNames.labelsOf("database")).doesNotContain("labelsbase", "ybase");
  }

  @ParameterizedTest
  @CsvSource({
    "X y, X, X",
    "y X, X, X",
    "x_test x_train y_train y_test, x_train, x_test",
    "train_images train_labels val_images val_labels test_images test_labels, train_images, test_images",
    "arr_0 arr_1, arr_0, arr_0",
    "arr_0, arr_0, arr_0",
    "data target images target_names, data, data",
    "rows rows_labels, rows, rows",
    "a b, a b, a b",
    "X x, X x, X x"
  })
  void featuresAreFoundAmongTheArraysOfAnArchive(String names, String train, String test) {
    List<String> all = List.of(names.split(" "));
    assertThat(ArrayNames.features(all, NpyPart.TRAIN)).containsExactly(train.split(" "));
    assertThat(ArrayNames.features(all, NpyPart.TEST)).containsExactly(test.split(" "));
  }

  @Test
  void anArchiveMayHoldBothParts() {
    assertThat(ArrayNames.hasBothParts(List.of("x_train", "y_train", "x_test", "y_test"))).isTrue();
    assertThat(ArrayNames.hasBothParts(List.of("x_train", "y_train"))).isFalse();
    assertThat(ArrayNames.hasBothParts(List.of("X", "y"))).isFalse();
  }
}
