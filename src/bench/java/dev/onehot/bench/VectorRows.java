package dev.onehot.bench;

import dev.onehot.data.vectors.LabelledVector;
import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;

/** Generated rows: the same for a kind of rows and an index, on any machine. */
interface VectorRows extends Serializable {

  /** F. */
  int features();

  /** C. */
  int classes();

  /** Features of a row. */
  Vector features(long row);

  /** The class of a row with these features. */
  int label(long row, Vector features);

  /** A row, of which nobody else knows how it was made. */
  default LabelledVector row(long index) {
    Vector features = features(index);
    return LabelledVector.of(label(index, features), features);
  }

  /** Rows {@code first … first + count - 1}, not cached. */
  default JavaRDD<LabelledVector> rdd(
      JavaSparkContext spark, String name, long first, long count, int partitions) {
    return spark
        .parallelize(IntStream.range(0, partitions).boxed().toList(), partitions)
        .mapPartitionsWithIndex(
            (Integer p, Iterator<Integer> one) -> rows(first, count, p, partitions), true)
        .setName(name);
  }

  private Iterator<LabelledVector> rows(long first, long count, int p, int partitions) {
    return LongStream.range(first + count * p / partitions, first + count * (p + 1) / partitions)
        .mapToObj(this::row)
        .iterator();
  }
}
