package dev.onehot.bench;

import dev.onehot.data.vectors.LabelledVector;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** scikit-learn's {@code LogisticRegression} on the same dense rows, in a process of its own. */
final class SklearnVectors {

  private SklearnVectors() {}

  /** Writes the rows to files, and runs {@code src/bench/python/sklearn_vectors.py} on them. */
  static void run(
      Path python,
      Path project,
      JavaRDD<LabelledVector> training,
      JavaRDD<LabelledVector> test,
      VectorRows rows,
      double target,
      int cores)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(project.resolve("target/bench/vectors"));
    write(folder.resolve("train"), training.collect());
    write(folder.resolve("test"), test.collect());
    ProcessBuilder process =
        new ProcessBuilder(
            python.toString(),
            project.resolve("src/bench/python/sklearn_vectors.py").toString(),
            "--folder=" + folder,
            "--features=" + rows.features(),
            "--target=" + target);
    process.environment().put("OMP_NUM_THREADS", Integer.toString(cores));
    process.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(cores));
    System.out.flush();
    if (process.inheritIO().start().waitFor() != 0) {
      throw new IOException("scikit-learn failed; its output is above");
    }
  }

  /** Features as float32 and labels as int32, both big-endian. */
  private static void write(Path prefix, List<LabelledVector> rows) throws IOException {
    try (DataOutputStream features = open(prefix, ".features");
        DataOutputStream labels = open(prefix, ".labels")) {
      for (LabelledVector row : rows) {
        for (double value : row.features().toArray()) {
          features.writeFloat((float) value);
        }
        labels.writeInt(Integer.parseInt(row.label()));
      }
    }
  }

  private static DataOutputStream open(Path prefix, String kind) throws IOException {
    return new DataOutputStream(
        new java.io.BufferedOutputStream(
            Files.newOutputStream(prefix.resolveSibling(prefix.getFileName() + kind)), 1 << 16));
  }
}
