package dev.onehot.data.mnist;

import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.Problems;
import dev.onehot.failure.SettingNames;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Downloads the four files of MNIST (Y. LeCun, C. Cortes, C. Burges) from the first mirror that has
 * them. A file gets its name only when its checksum is right; until then its name begins with a
 * dot. Files that are already there with the right content are kept.
 */
public final class MnistDownload {

  /** The public mirrors of the files. */
  public static final List<URI> PUBLIC_MIRRORS =
      List.of(
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          URI.create("http://yann.lecun.com/exdb/mnist/"));

  /** A time-out, in seconds, that gives up on three silent mirrors within ten. */
  public static final int DEFAULT_TIMEOUT_SECONDS = 3;

  /** The original files, with the checksums that their mirrors agree on. */
  private static final List<ChecksummedFile> FILES =
      List.of(
          new ChecksummedFile(
              "train-images-idx3-ubyte.gz",
              "f68b3c2dcbeaaa9fbdd348bbdeb94873",
              "6bbc9ace898e44ae57da46a324031adb"),
          new ChecksummedFile(
              "train-labels-idx1-ubyte.gz",
              "d53e105ee54ea40749a09fcbcd1e9432",
              "a25bea736e30d166cdddb491f175f624"),
          new ChecksummedFile(
              "t10k-images-idx3-ubyte.gz",
              "9fb629c4189551a2d022fa330f9573f3",
              "2646ac647ad5339dbf082846283269ea"),
          new ChecksummedFile(
              "t10k-labels-idx1-ubyte.gz",
              "ec29112dd5afa0611ce80d1b7f02629c",
              "27ae3e4e09519cfbb04c329615203637"));

  private final List<ChecksummedFile> wanted;
  private final List<HttpMirror> mirrors;
  private final Consumer<String> progress;

  /**
   * @param mirrors addresses of folders that hold the files, in the order to try them
   * @param timeout how long a mirror may be silent
   * @param progress gets a line for each file that was kept or downloaded, and for each failed
   *     mirror
   * @throws InvalidSettingsException if there is no mirror, one is not a web address, or the
   *     time-out is not positive; also if the environment names a proxy that cannot be used
   */
  public MnistDownload(List<URI> mirrors, Duration timeout, Consumer<String> progress) {
    this(FILES, mirrors, timeout, progress, System::getenv);
  }

  MnistDownload(
      List<ChecksummedFile> wanted,
      List<URI> mirrors,
      Duration timeout,
      Consumer<String> progress,
      UnaryOperator<String> environment) {
    Problems problems = new Problems();
    problems.require(!mirrors.isEmpty(), "no mirror to download from; name one");
    problems.require(
        timeout.toMillis() > 0, "⟨timeout⟩ must be above 0, not %s s", timeout.toMillis() / 1e3);
    for (URI mirror : mirrors) {
      problems.require(
          ("http".equals(mirror.getScheme()) || "https".equals(mirror.getScheme()))
              && mirror.getHost() != null,
          "mirror %s: must be an address that begins with http:// or https://",
          mirror);
    }
    problems.throwIfAny();
    EnvironmentProxies proxies = EnvironmentProxies.of(environment, ProxySelector.getDefault());
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(proxies);
    Optional.ofNullable(proxies.accounts()).ifPresent(client::authenticator);
    HttpClient built = client.build();
    this.wanted = List.copyOf(wanted);
    this.mirrors =
        mirrors.stream()
            .map(base -> new HttpMirror(built, base, timeout, proxies.nameFor(base)))
            .toList();
    this.progress = progress;
  }

  /**
   * Makes sure that a directory holds the four files.
   *
   * @throws InputException if a file is there with another content, or if no mirror delivers it
   * @throws InvalidSettingsException if the directory cannot be written
   */
  public void into(Path directory, Configuration hadoop) {
    try {
      FileSystem files = Storage.of(directory, hadoop);
      if (files.exists(directory) && files.getFileStatus(directory).isFile()) {
        throw new InvalidSettingsException(
            SettingNames.format("⟨out⟩ %s: exists and is a file; name a directory", directory));
      }
      List<ChecksummedFile> missing = missing(files, directory);
      if (!missing.isEmpty()) {
        download(missing, files, directory);
      }
    } catch (IOException e) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨out⟩ %s: cannot be written (%s); name a directory that can be",
              directory, Storage.reason(e, directory)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException(
          String.format(Locale.ROOT, "%s: the download was interrupted", directory), e);
    }
  }

  /** The files that are missing. Checks the content of those that are there. */
  private List<ChecksummedFile> missing(FileSystem files, Path directory) throws IOException {
    List<ChecksummedFile> missing = new ArrayList<>();
    for (ChecksummedFile file : wanted) {
      Path path = new Path(directory, file.name());
      if (!files.exists(path)) {
        missing.add(file);
        continue;
      }
      Optional<String> mismatch = mismatch(file, files, path);
      if (mismatch.isPresent()) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: is there, but isn't MNIST's (%s); remove it to have it downloaded",
                path,
                mismatch.get()));
      }
      progress.accept(String.format(Locale.ROOT, "%s: already there, kept", file.name()));
    }
    return missing;
  }

  private static Optional<String> mismatch(ChecksummedFile file, FileSystem files, Path path) {
    try {
      return file.mismatch(files, path);
    } catch (IOException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: is there, but cannot be read (%s); remove it to have it downloaded",
              path,
              Storage.reason(e, path)),
          e);
    }
  }

  private void download(List<ChecksummedFile> missing, FileSystem files, Path directory)
      throws IOException, InterruptedException {
    boolean existed = files.exists(directory);
    if (!files.mkdirs(directory)) {
      throw new IOException("mkdir failed");
    }
    progress.accept(
        String.format(Locale.ROOT, "downloading %d files into %s", missing.size(), directory));
    MirroredDownload download = new MirroredDownload(mirrors, files, directory);
    try {
      for (ChecksummedFile file : missing) {
        progress.accept(String.format(Locale.ROOT, "%s: %s", file.name(), download.fetch(file)));
      }
    } catch (MirrorException e) {
      throw new InputException(
          SettingNames.format(
              "%s; copy %s into %s by hand, or run train without ⟨data⟩: it then uses built-in digits",
              e.getMessage(),
              wanted.stream().map(ChecksummedFile::name).collect(Collectors.joining(", ")),
              directory),
          e);
    } finally {
      if (!existed && files.listStatus(directory).length == 0) {
        files.delete(directory, false);
      }
    }
  }
}
