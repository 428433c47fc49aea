package dev.onehot.cli;

import java.lang.reflect.Constructor;

/** Ends the process with an exit code, in the way that whoever waits for it understands. */
public final class ProcessEnd {

  /** YARN's application master sets it for a driver that it runs itself. */
  private static final String APPLICATION_OF_YARN = "spark.yarn.app.id";

  /** Spark's name for a program's exit code, whose constructor differs between versions. */
  private static final String EXIT_CODE = "org.apache.spark.SparkUserAppException";

  private ProcessEnd() {}

  /**
   * Ends the process.
   *
   * @param exitCode not 0
   * @throws RuntimeException with the exit code, for YARN's application master. Of {@link
   *     System#exit} it would only report that something has stopped it
   */
  public static void with(int exitCode) {
    if (System.getProperty(APPLICATION_OF_YARN) == null) {
      System.exit(exitCode);
    }
    throwUnchecked(exception(exitCode));
  }

  /** The exception that Spark takes for an exit code. */
  static Throwable exception(int exitCode) {
    try {
      Constructor<?> constructor = Class.forName(EXIT_CODE).getConstructors()[0];
      Object[] arguments = new Object[constructor.getParameterCount()];
      arguments[0] = exitCode;
      return (Throwable) constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SparkException is checked in Java, but Scala does not care. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwUnchecked(Throwable failure) throws T {
    throw (T) failure;
  }
}
