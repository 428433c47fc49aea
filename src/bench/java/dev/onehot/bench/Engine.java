package dev.onehot.bench;

import java.util.List;
import java.util.Map;

/**
 * A trainer on Spark.
 *
 * @param <M> its models
 */
interface Engine<M> {

  /** Reads training and test rows into Spark's cache. */
  void load(String folder);

  /** Rows trained on. */
  long trainingRows();

  /** Rows tested on. */
  long testRows();

  /** The ways to train that are worth a trial; all take the same steps. */
  List<String> variants();

  /** Makes ready for a variant; not on the clock. */
  void prepare(String variant);

  /** Trains from the start. */
  M fit(String variant, int iterations);

  /** The share of test rows that the model predicts right. */
  double testAccuracy(M model);

  /** Forgets the iterations so far. */
  void startRecording();

  /** Milliseconds of each iteration since then; asked once Spark has stopped. */
  List<Double> iterationMilliseconds();

  /** Bytes of the training rows as the iterations read them. */
  long cachedBytes();

  /** A turn of bare passes, without Spark, and of iterations beside them. */
  default Passes takeTurn() {
    throw new UnsupportedOperationException("no bare passes");
  }

  /** What it is made of. */
  Map<String, String> versions();
}
