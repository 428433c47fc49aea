package dev.onehot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "fetch-mnist", description = "Downloads MNIST and verifies it.")
final class FetchMnistCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
