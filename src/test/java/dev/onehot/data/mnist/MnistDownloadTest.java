package dev.onehot.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.onehot.ProjectHome;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistDownloadTest {

  /** Longer than any answer takes on a busy machine. */
  private static final Duration PATIENT = Duration.ofSeconds(10);

  private static final Duration IMPATIENT = Duration.ofMillis(400);
  private static final byte[] IMAGES = gzip("pixels ".repeat(30_000), 6);
  private static final byte[] LABELS = gzip("labels ".repeat(2_000), 6);
  private static final List<ChecksummedFile> WANTED =
      List.of(
          new ChecksummedFile("images.gz", md5(IMAGES), md5(text("pixels ".repeat(30_000)))),
          new ChecksummedFile("labels.gz", md5(LABELS), md5(text("labels ".repeat(2_000)))));

  @TempDir Path temporary;

  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> progress = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private Duration timeout = PATIENT;

  @AfterEach
  void stopServers() {
    over.countDown();
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  @Test
  void everyFileOfTheFirstMirrorArrivesWhole() throws IOException {
    download(serve(this::deliver));

    assertThat(target().resolve("images.gz")).hasBinaryContent(IMAGES);
    assertThat(target().resolve("labels.gz")).hasBinaryContent(LABELS);
    assertThat(names()).containsExactly("images.gz", "labels.gz");
    assertThat(progress)
        .hasSize(3)
        .element(1)
        .asString()
        .startsWith("images.gz: %,d bytes from 127.0.0.1:".formatted(IMAGES.length));
  }

  @Test
  void theNextMirrorIsAskedWhenTheFirstIsDown() throws IOException {
    download(refusingMirror(), serve(this::deliver));

    assertThat(names()).containsExactly("images.gz", "labels.gz");
    assertThat(progress.get(1)).contains("Connection refused");
    assertThat(progress.get(2)).doesNotContain("refused");
  }

  @Test
  void aMirrorInTroubleIsAskedOnceMore() throws IOException {
    URI mirror =
        serve(
            exchange -> {
              if (requests.size() == 1) {
                answer(exchange, 503, new byte[0]);
              } else {
                deliver(exchange);
              }
            });

    download(mirror);

    assertThat(requests)
        .containsExactly("/mnist/images.gz", "/mnist/images.gz", "/mnist/labels.gz");
    assertThat(names()).containsExactly("images.gz", "labels.gz");
  }

  @Test
  void aRedirectIsFollowed() throws IOException {
    URI moved = serve(this::deliver);
    URI mirror =
        serve(
            exchange -> {
              String name = Path.of(exchange.getRequestURI().getPath()).getFileName().toString();
              exchange.getResponseHeaders().set("Location", moved + "/" + name);
              answer(exchange, 302, new byte[0]);
            });

    download(mirror);

    assertThat(names()).containsExactly("images.gz", "labels.gz");
  }

  @Test
  void aMirrorWithoutTheFileIsAskedOnlyOnce() {
    URI mirror = serve(exchange -> answer(exchange, 404, text("no such file")));

    assertFailureLeavesNothing("images.gz: no mirror delivered it", "HTTP status 404", mirror);
    assertThat(requests).hasSize(1);
  }

  @Test
  void anotherContentIsRefusedNamingBothChecksums() {
    byte[] other = gzip("other", 6);
    URI mirror = serve(exchange -> answer(exchange, 200, other));

    assertFailureLeavesNothing(
        "images.gz: no mirror delivered it",
        "wrong checksum: MD5 %s instead of %s".formatted(md5(other), md5(IMAGES)),
        mirror);
    assertThat(requests).hasSize(1);
  }

  @Test
  void aMirrorWithAnotherContentIsPassedOver() throws IOException {
    download(serve(exchange -> answer(exchange, 200, text("<html>"))), serve(this::deliver));

    assertThat(target().resolve("images.gz")).hasBinaryContent(IMAGES);
    assertThat(progress.get(1)).contains("a web page came instead");
  }

  @Test
  void theSameContentCompressedAnewIsAccepted() throws IOException {
    byte[] anew = gzip("pixels ".repeat(30_000), 1);
    assertThat(anew).isNotEqualTo(IMAGES);
    URI mirror =
        serve(
            exchange -> {
              if (exchange.getRequestURI().getPath().endsWith("images.gz")) {
                answer(exchange, 200, anew);
              } else {
                deliver(exchange);
              }
            });

    download(mirror);

    assertThat(target().resolve("images.gz")).hasBinaryContent(anew);
  }

  @Test
  void aBodyThatEndsEarlyIsRefusedNamingTheByte() {
    URI mirror =
        serve(
            exchange -> {
              try (exchange) {
                exchange.sendResponseHeaders(200, IMAGES.length);
                exchange.getResponseBody().write(IMAGES, 0, 100);
                exchange.getResponseBody().flush();
              }
            });

    assertFailureLeavesNothing(
        "images.gz: no mirror delivered it",
        "broken off after 100 of %d bytes".formatted(IMAGES.length),
        mirror);
    assertThat(requests).hasSize(2);
  }

  @Test
  void aServerThatFallsSilentInTheMiddleIsGivenUp() {
    timeout = IMPATIENT;
    URI mirror =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, IMAGES.length);
              exchange.getResponseBody().write(IMAGES, 0, 100);
              exchange.getResponseBody().flush();
              awaitTheEnd();
            });

    assertFailureLeavesNothing(
        "images.gz: no mirror delivered it",
        "silent for 400 ms after 100 of %d bytes".formatted(IMAGES.length),
        mirror);
  }

  @Test
  void aSlowServerThatKeepsSendingIsWaitedFor() throws IOException {
    timeout = Duration.ofMillis(800);
    URI mirror =
        serve(
            exchange -> {
              byte[] body = content(exchange);
              exchange.sendResponseHeaders(200, body.length);
              int quarter = body.length / 4;
              for (int i = 0; i < 4; i++) {
                pause(timeout.dividedBy(3));
                int end = i == 3 ? body.length : (i + 1) * quarter;
                exchange.getResponseBody().write(body, i * quarter, end - i * quarter);
                exchange.getResponseBody().flush();
              }
              exchange.close();
            });

    download(mirror);

    assertThat(target().resolve("images.gz")).hasBinaryContent(IMAGES);
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpAtOnce() {
    timeout = IMPATIENT;
    URI mirror = serve(exchange -> awaitTheEnd());

    assertFailureLeavesNothing(
        "images.gz: no mirror could be reached", "no answer within 400 ms", mirror);
    assertThat(requests).hasSize(1);
  }

  @Test
  void offlineEveryMirrorIsNamedWithItsReasonAndWhatToDo() throws IOException {
    URI refusing = refusingMirror();
    URI unknown = URI.create("https://mirror.invalid/mnist/");

    assertFailureLeavesNothing(
        "images.gz: no mirror could be reached",
        "127.0.0.1:%d (Connection refused), mirror.invalid (".formatted(refusing.getPort()),
        refusing,
        unknown);
    assertThatThrownBy(() -> download(refusing, unknown))
        .hasMessageEndingWith(
            "; copy images.gz, labels.gz into %s by hand, or run train without data: it then uses"
                + " built-in digits",
            target());
  }

  @Test
  void theProxyOfTheEnvironmentIsAsked() throws IOException {
    environment.put("http_proxy", "http://" + serve(this::deliver).getAuthority() + "/");

    download(URI.create("http://mirror.invalid/mnist/"));

    assertThat(names()).containsExactly("images.gz", "labels.gz");
    assertThat(requests).containsExactly("/mnist/images.gz", "/mnist/labels.gz");
    assertThat(progress.get(1)).contains(" from mirror.invalid through the proxy 127.0.0.1:");
  }

  @Test
  void aProxyGetsTheUserAndThePassword() throws IOException {
    List<String> accounts = new CopyOnWriteArrayList<>();
    URI proxy =
        serve(
            exchange -> {
              String account = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
              if (account == null) {
                exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"way out\"");
                answer(exchange, 407, new byte[0]);
              } else {
                accounts.add(account);
                deliver(exchange);
              }
            });
    environment.put("HTTP_PROXY", "ann:s%40cret@" + proxy.getAuthority());

    download(URI.create("http://mirror.invalid/mnist/"));

    assertThat(names()).containsExactly("images.gz", "labels.gz");
    assertThat(accounts)
        .contains("Basic " + Base64.getEncoder().encodeToString(text("ann:s@cret")));
    assertThat(String.join("\n", progress)).doesNotContain("s@cret", "s%40cret", "ann");
  }

  @Test
  void aProxyThatWantsAnAccountIsCalledSo() {
    URI proxy =
        serve(
            exchange -> {
              exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"way out\"");
              answer(exchange, 407, new byte[0]);
            });
    environment.put("http_proxy", proxy.getAuthority());

    assertFailureLeavesNothing(
        "images.gz: no mirror delivered it",
        "mirror.invalid through the proxy %s (HTTP status 407: the proxy wants a user and a password"
            .formatted(proxy.getAuthority()),
        URI.create("http://mirror.invalid/mnist/"));
  }

  @Test
  void hostsOfNoProxyAreAskedThemselves() throws IOException {
    environment.put("http_proxy", refusingMirror().getAuthority());
    environment.put("no_proxy", "localhost, 127.0.0.1");

    download(serve(this::deliver));

    assertThat(names()).containsExactly("images.gz", "labels.gz");
    assertThat(progress.get(1)).doesNotContain("proxy");
  }

  @Test
  void aPageThatAsksToLogInIsCalledThat() {
    byte[] page = text("\n<!DOCTYPE html>\n<html><title>Guest network</title></html>");
    URI portal = serve(exchange -> answer(exchange, 200, page));

    assertFailureLeavesNothing(
        "images.gz: no mirror delivered it",
        "(a web page came instead, perhaps one of the network that asks to log in)",
        portal);
    URI gate = serve(exchange -> answer(exchange, 511, page));
    assertFailureLeavesNothing(
        "images.gz: no mirror delivered it",
        "(HTTP status 511: the network wants you to log in, with a browser)",
        gate);
  }

  @Test
  void whatIsAlreadyThereIsKeptAndNotDownloaded() throws IOException {
    Files.createDirectories(target());
    Files.write(target().resolve("images.gz"), gzip("pixels ".repeat(30_000), 1));

    download(serve(this::deliver));

    assertThat(requests).containsExactly("/mnist/labels.gz");
    assertThat(progress).contains("images.gz: already there, kept");
    assertThat(target().resolve("images.gz")).hasBinaryContent(gzip("pixels ".repeat(30_000), 1));
  }

  @Test
  void nothingIsAskedWhenAllIsThere() throws IOException {
    Files.createDirectories(target());
    Files.write(target().resolve("images.gz"), IMAGES);
    Files.write(target().resolve("labels.gz"), LABELS);

    download(refusingMirror());

    assertThat(progress)
        .containsExactly("images.gz: already there, kept", "labels.gz: already there, kept");
  }

  @Test
  void anotherFileOfTheNameIsLeftAloneAndNamed() throws IOException {
    Files.createDirectories(target());
    Files.writeString(target().resolve("labels.gz"), "mine");

    assertThatThrownBy(() -> download(serve(this::deliver)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(target().resolve("labels.gz") + ": is there, but isn't MNIST's")
        .hasMessageContaining("remove it");
    assertThat(requests).isEmpty();
    assertThat(names()).containsExactly("labels.gz");
    assertThat(target().resolve("labels.gz")).hasContent("mine");
  }

  @Test
  void aFileThatFailsLeavesThoseBeforeIt() throws IOException {
    URI mirror =
        serve(
            exchange -> {
              if (exchange.getRequestURI().getPath().endsWith("labels.gz")) {
                answer(exchange, 200, text("<html>"));
              } else {
                deliver(exchange);
              }
            });

    assertThatThrownBy(() -> download(mirror))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("labels.gz: no mirror delivered it");
    assertThat(names()).containsExactly("images.gz");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    URI mirror = serve(this::deliver);

    assertThatThrownBy(() -> download(file, mirror))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("out %s: exists and is a file; name a directory", file);
    assertThatThrownBy(() -> download(file.resolve("below"), mirror))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("out %s: cannot be written", file.resolve("below"));
    assertThat(requests).isEmpty();
  }

  @Test
  void mirrorsThatAreNoWebAddressesAreAllNamed() {
    List<URI> mirrors = List.of(URI.create("ftp://host/mnist/"), URI.create("mnist"));

    assertThatThrownBy(() -> new MnistDownload(mirrors, PATIENT, progress::add))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("ftp://host/mnist/")
        .hasMessageContaining("mirror mnist:");
  }

  @Test
  void theRealFilesHaveTheChecksumsOfTheMirrors() throws IOException {
    Path mnist = ProjectHome.mnist();
    URI mirror =
        serve(
            exchange -> {
              Path name = Path.of(exchange.getRequestURI().getPath()).getFileName();
              answer(exchange, 200, Files.readAllBytes(mnist.resolve(name)));
            });

    new MnistDownload(List.of(mirror), PATIENT, progress::add)
        .into(new org.apache.hadoop.fs.Path(target().toUri()), new Configuration());

    assertThat(names())
        .containsExactly(
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz",
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz");
  }

  private void assertFailureLeavesNothing(String start, String reason, URI... mirrors) {
    assertThatThrownBy(() -> download(mirrors))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(start)
        .hasMessageContaining(reason);
    assertThat(temporary).isEmptyDirectory();
  }

  private void download(URI... mirrors) {
    download(target(), mirrors);
  }

  private void download(Path directory, URI... mirrors) {
    new MnistDownload(WANTED, List.of(mirrors), timeout, progress::add, environment::get)
        .into(new org.apache.hadoop.fs.Path(directory.toString()), new Configuration());
  }

  private Path target() {
    return temporary.resolve("mnist");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> found = Files.list(target())) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private URI serve(HttpHandler handler) {
    try {
      InetAddress loopback = InetAddress.getByName("127.0.0.1");
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      server.setExecutor(threads);
      server.createContext(
          "/mnist/",
          exchange -> {
            requests.add(exchange.getRequestURI().getPath());
            handler.handle(exchange);
          });
      server.start();
      servers.add(server);
      return URI.create("http://127.0.0.1:%d/mnist".formatted(server.getAddress().getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI refusingMirror() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return URI.create("http://127.0.0.1:%d/".formatted(socket.getLocalPort()));
    }
  }

  private void deliver(HttpExchange exchange) throws IOException {
    answer(exchange, 200, content(exchange));
  }

  private static byte[] content(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().endsWith("images.gz") ? IMAGES : LABELS;
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void awaitTheEnd() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] gzip(String text, int level) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(level);
          }
        }) {
      out.write(text(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
