/** Rows of Spark's own vectors, {@code org.apache.spark.ml.linalg.Vector}, in somebody's RDD. */
package dev.onehot.data.vectors;
