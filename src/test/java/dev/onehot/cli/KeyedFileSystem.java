package dev.onehot.cli;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files behind URIs like {@code keyed://KEY:SECRET@bucket/path}. */
public final class KeyedFileSystem extends RawLocalFileSystem {

  private URI uri;

  @Override
  public void initialize(URI name, Configuration hadoop) throws IOException {
    super.initialize(URI.create("file:///"), hadoop);
    uri = URI.create(name.getScheme() + "://" + name.getRawAuthority());
  }

  @Override
  public URI getUri() {
    return uri == null ? super.getUri() : uri;
  }

  @Override
  protected void checkPath(Path path) {
    // Every path is ours.
  }
}
