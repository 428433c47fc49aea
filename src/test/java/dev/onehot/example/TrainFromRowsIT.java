package dev.onehot.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.model.SoftmaxModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Spark program of one's own trains with the jar, of which it needs no command line. */
class TrainFromRowsIT {

  @Test
  void aProgramTrainsOnItsOwnRowsWithoutTheCommandLine(@TempDir Path folder) throws Exception {
    Path model = folder.resolve("model");

    String out = new OwnProgram(folder, "local[2]").run(TrainFromRows.class, model.toString());

    assertThat(out).isEqualTo("1.0" + System.lineSeparator());
    SoftmaxModel trained = SoftmaxModel.load(model);
    assertThat(trained.predict(new double[] {0, 0, 200, 0, 0, 0, 0, 0})).isEqualTo(2);
    assertThat(model.resolve("run.json")).exists();
  }
}
