package dev.onehot.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.failure.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsBesideTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte,    train-labels-idx1-ubyte",
    "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte",
    "train-images-idx3-ubyte,    train-labels-idx1-ubyte.gz",
    "train-images.idx3-ubyte,    train-labels-idx1-ubyte.gz",
    "emnist-letters-train-images-idx3-ubyte.gz, emnist-letters-train-labels-idx1-ubyte.gz",
    "qmnist-train-images-idx3-ubyte, qmnist-train-labels-idx2-int.gz",
    "mnist8m-patterns-idx3-ubyte, mnist8m-labels-idx1-ubyte",
    "x-images-idx2-double, x-labels-idx1-ubyte.gz",
    "x-images.idx4-short.gz, x-labels-idx1-int",
    "images, labels"
  })
  void labelsAreFoundInTheOtherCompressionAndSpelling(String images, String labels)
      throws IOException {
    Files.createFile(folder.resolve(labels));
    assertThat(LabelsBeside.of(path(images), new Configuration()).labels())
        .containsExactly(path(labels));
  }

  @Test
  void labelsThatAreNowhereKeepTheirName() {
    assertThat(LabelsBeside.of(path("images.gz"), new Configuration()).labels())
        .containsExactly(path("labels.gz"));
  }

  @Test
  void aFileThatIsSomethingElseIsCalledThatFirst() throws IOException {
    Files.writeString(folder.resolve("mnist_train.csv"), "label,1x1\n5,0\n");
    assertThatThrownBy(() -> LabelsBeside.of(path("mnist_train.csv"), new Configuration()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mnist_train.csv: is text, perhaps CSV, that begins with");
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.toString(), name);
  }
}
