package dev.onehot.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.data.Digits;
import dev.onehot.data.ImageShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {

  @Test
  void runsFollowOneAnotherFromAnyRowOn(@TempDir Path folder) throws IOException {
    Digits digits = Digits.random(1, 10, new ImageShape(2, 3));
    digits.writeShards(folder, "", 4, 10);
    List<IdxShard> shards =
        IdxShard.open(
            paths(folder, "train-images-idx3-ubyte"),
            paths(folder, "train-labels-idx1-ubyte"),
            new Configuration());
    try (IdxReader reader = new IdxReader(shards, IdxClasses.ofNumbers(10), new Configuration())) {
      byte[] values = new byte[5 * 6];
      int[] labels = new int[5];

      reader.read(1, 2, values, labels);
      reader.read(3, 5, values, labels);

      assertThat(values).isEqualTo(digits.slice(3, 8).pixels());
      assertThat(labels).isEqualTo(digits.slice(3, 8).source().labels());
      assertThatThrownBy(() -> reader.read(9, 1, values, labels))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("row 9 instead of 8");
    }
  }

  private static List<org.apache.hadoop.fs.Path> paths(Path folder, String name) {
    return List.of(
        new org.apache.hadoop.fs.Path(folder.toString(), name + "-00000-of-00002"),
        new org.apache.hadoop.fs.Path(folder.toString(), name + "-00001-of-00002"));
  }
}
