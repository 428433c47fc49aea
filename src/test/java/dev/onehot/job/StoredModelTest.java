package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.data.KnownRows;
import dev.onehot.data.RandomAccessSource;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.math.Activation;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredModelTest {

  @TempDir private java.nio.file.Path folder;

  private StoredModel model;

  /** Rows with names of their features. */
  private record Named(List<String> featureNames) implements RandomAccessSource {

    @Override
    public int features() {
      return featureNames.size();
    }

    @Override
    public long rows() {
      return 1;
    }

    @Override
    public boolean labelled() {
      return false;
    }

    @Override
    public String description() {
      return "flowers.csv";
    }

    @Override
    public void read(long position, int rows, byte[] values, int[] labels) {
      throw new AssertionError("nothing is read");
    }
  }

  @BeforeEach
  void save() throws IOException {
    new SoftmaxModel(new double[4], null, Activation.RELU, 1, List.of("no", "yes"))
        .withLabels(List.of("-1", "1"))
        .withFeatureNames(List.of("length", "width"))
        .withMissingMeans(new double[] {1, 2})
        .save(folder);
    Files.writeString(folder.resolve("run.json"), "{}");
    model = StoredModel.open(new Path(folder.toUri()), new Configuration());
  }

  @Test
  void whatRowsHaveToFitIsWhatTheModelKnows() {
    KnownRows known = model.knownRows();
    assertThat(known.features()).isEqualTo(2);
    assertThat(known.featureNames()).containsExactly("length", "width");
    assertThat(known.labels()).containsExactly("-1", "1");
    assertThat(known.means()).containsExactly(1, 2);
  }

  @Test
  void rowsOfOtherFeaturesAreRefusedByName() {
    assertThatCode(() -> model.requireFeaturesOf(new Named(List.of("length", "width"))))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> model.requireFeaturesOf(new Named(List.of("length", "colour"))))
        .withMessage(
            "flowers.csv: feature 2 is \"colour\", but \"width\" in the model %s; use rows and a model that fit",
            model.directory());
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> model.requireFeaturesOf(new Named(List.of("length"))))
        .withMessageContaining("rows of 1 features, but the model");
  }

  @Test
  void aTrainingThatStartsFromItHasItsClasses() {
    List<String> names = List.of("no", "yes");
    assertThatCode(() -> model.requireClasses(List.of("-1", "1"), names))
        .doesNotThrowAnyException();
    assertRefused(List.of("0", "1"), names, "whose class 0 has the label \"-1\", but the rows");
    assertRefused(List.of("-1", "1", "2"), names, "a model of 2 classes, but the rows have 3");
    assertRefused(
        List.of("-1", "1"),
        List.of("no", "maybe"),
        "a model that calls class 1 \"yes\", but here it is \"maybe\"; give its names as");
  }

  private void assertRefused(List<String> labels, List<String> names, String message) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> model.requireClasses(labels, names))
        .withMessageContaining(message);
  }

  @Test
  void aModelThatDoesNotFitIsRefusedBeforeItIsRead() throws IOException {
    java.nio.file.Path large = Files.createDirectory(folder.resolve("large"));
    // As long as 94 million weights, of which the disk holds none.
    try (RandomAccessFile weights = new RandomAccessFile(large.resolve("W1.npy").toFile(), "rw")) {
      weights.setLength(94_000_000L * Double.BYTES + 128);
    }
    Path directory = new Path(large.toUri());
    FileSystem files = directory.getFileSystem(new Configuration());
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> StoredModel.requireMemory(directory, files, 1L << 30))
        .withMessageContainingAll("1,024 MB", "1,534 MB", "large", "driver-memory");
    assertThatCode(() -> StoredModel.requireMemory(directory, files, 2L << 30))
        .doesNotThrowAnyException();
  }
}
