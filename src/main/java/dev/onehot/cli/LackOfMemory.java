package dev.onehot.cli;

/**
 * Stops Spark if one of its threads runs out of memory. Spark would wait for that thread's result
 * for ever.
 */
final class LackOfMemory implements Thread.UncaughtExceptionHandler {

  private static volatile OutOfMemoryError first;

  private final Runnable stop;

  /**
   * @param stop stops Spark, so that the command fails
   */
  LackOfMemory(Runnable stop) {
    this.stop = stop;
  }

  /** Watches all threads of this process. */
  void watch() {
    Thread.setDefaultUncaughtExceptionHandler(this);
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (failure instanceof OutOfMemoryError memory) {
      first = memory;
      StoppingNoise.hide();
      // Spark may wait for the thread that failed.
      new Thread(stop, "lack of memory").start();
    } else if (!(failure instanceof InterruptedException && StoppingNoise.isHidden())) {
      System.err.print("Exception in thread \"" + thread.getName() + "\" ");
      failure.printStackTrace();
    }
  }

  /** The reason of a command's failure: lack of memory, if there was one. */
  static Throwable reason(Throwable failure) {
    OutOfMemoryError memory = first;
    first = null;
    return memory == null ? failure : memory;
  }
}
