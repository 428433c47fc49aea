package dev.onehot.api;

import dev.onehot.data.digits.GeneratedSource;
import dev.onehot.data.vectors.LabelledVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Built-in digits as vectors, whose bits the source of the same digits decides. */
record DigitVectors(GeneratedSource source) implements Serializable {

  /** Three blocks. */
  static final DigitVectors SOME = new DigitVectors(GeneratedSource.builtInTraining(1200));

  /** All rows as dense vectors with labels as numbers. */
  List<LabelledVector> rows() {
    int count = (int) source.rows();
    int features = source.features();
    byte[] values = new byte[count * features];
    int[] labels = new int[count];
    source.read(0, count, values, labels);
    List<LabelledVector> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      double[] row = new double[features];
      for (int j = 0; j < features; j++) {
        row[j] = Byte.toUnsignedInt(values[r * features + j]);
      }
      rows.add(LabelledVector.of((double) labels[r], Vectors.dense(row)));
    }
    return rows;
  }

  /** The rows, each changed, in an RDD. */
  JavaRDD<LabelledVector> rdd(
      JavaSparkContext spark, int partitions, UnaryOperator<LabelledVector> change) {
    return spark.parallelize(rows().stream().map(change).toList(), partitions);
  }

  JavaRDD<LabelledVector> rdd(JavaSparkContext spark, int partitions) {
    return rdd(spark, partitions, row -> row);
  }

  /** The features alone. */
  List<Vector> features() {
    return rows().stream().map(LabelledVector::features).toList();
  }
}
