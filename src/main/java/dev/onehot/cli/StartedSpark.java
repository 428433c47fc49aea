package dev.onehot.cli;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.Utils$;

/**
 * Spark's context for one command.
 *
 * @param context the context
 * @param folders the folders of its temporary files, if they are ours; otherwise null
 */
record StartedSpark(JavaSparkContext context, PrivateFolders folders) implements AutoCloseable {

  /** Stops Spark, without the complaints of threads that still had something to send. */
  @Override
  public void close() {
    StoppingNoise.hide();
    context.close();
    if (folders != null) {
      folders.remove();
      // A later context of this JVM would put them there again, for everybody to read.
      Utils$.MODULE$.clearLocalRootDirs();
    }
  }
}
