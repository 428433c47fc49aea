package dev.onehot.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the methods of test classes what takes long to make: a {@link StandaloneCluster} of two
 * workers, and {@link SharedDigits}. There is one of each for all classes of this JVM, made when it
 * is first asked for. Whoever asks for the cluster gets it whole: two workers, no application.
 */
final class SharedFixtures implements ParameterResolver {

  private static final int WORKERS = 2;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == StandaloneCluster.class || type == SharedDigits.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    // The engine closes what is in there after the last test.
    Store store = test.getRoot().getStore(ExtensionContext.Namespace.create(SharedFixtures.class));
    if (parameter.getParameter().getType() == SharedDigits.class) {
      return store.computeIfAbsent("digits", key -> new SharedDigits(), SharedDigits.class);
    }
    StandaloneCluster cluster =
        store.computeIfAbsent("cluster", key -> new SharedCluster(), SharedCluster.class).cluster;
    cluster.restore(WORKERS);
    return cluster;
  }

  private static final class SharedCluster implements AutoCloseable {

    private final Path folder;
    private final StandaloneCluster cluster;

    SharedCluster() {
      try {
        folder = Files.createTempDirectory("cluster");
        cluster = StandaloneCluster.start(folder, WORKERS, Map.of());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      cluster.close();
      FileUtil.fullyDelete(folder.toFile());
    }
  }
}
