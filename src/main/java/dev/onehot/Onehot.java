package dev.onehot;

import dev.onehot.cli.CommandLineApplication;
import dev.onehot.cli.ProcessEnd;
import dev.onehot.cli.ResultStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The entry point: {@code spark-submit --class dev.onehot.Onehot onehot.jar COMMAND …}. */
public final class Onehot {

  private Onehot() {}

  public static void main(String[] args) {
    PrintStream out =
        new ResultStream(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8);
    int exitCode = CommandLineApplication.run(out, System.err, System.getenv(), args);
    if (exitCode != 0) {
      ProcessEnd.with(exitCode);
    }
  }
}
