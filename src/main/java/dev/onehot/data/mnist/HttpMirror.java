package dev.onehot.data.mnist;

import dev.onehot.data.mnist.MirrorException.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** A folder of files on a web server. */
final class HttpMirror {

  private static final int PROXY_LOGIN = 407;
  private static final int NETWORK_LOGIN = 511;

  private final HttpClient client;
  private final URI base;
  private final Duration timeout;
  private final String proxy;

  /**
   * @param base the folder's address
   * @param timeout how long the server may be silent before its answer and between two parts of it;
   *     the time before the answer includes looking up its name and connecting
   * @param proxy the proxy on the way, for messages; null if there is none
   */
  HttpMirror(HttpClient client, URI base, Duration timeout, String proxy) {
    this.client = client;
    this.base = base.getPath().endsWith("/") ? base : URI.create(base + "/");
    this.timeout = timeout;
    this.proxy = proxy;
  }

  /** The server's host, with the port if the URL names one, and the proxy if there is one. */
  String name() {
    String host = base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
    return proxy == null ? host : host + " through the proxy " + proxy;
  }

  /**
   * Copies a file.
   *
   * @return the number of bytes
   * @throws MirrorException if the mirror does not deliver the whole file; part of it may be
   *     written
   * @throws IOException if writing failed
   */
  long copy(String file, OutputStream out)
      throws MirrorException, IOException, InterruptedException {
    HttpResponse<Publisher<List<ByteBuffer>>> response = request(file);
    int status = response.statusCode();
    try (SilenceBoundedBody body = new SilenceBoundedBody(response.body(), timeout)) {
      if (status != 200) {
        // Too many requests, or an error on the server's side.
        boolean passing = status == 429 || status >= 500;
        throw new MirrorException(
            passing && status != NETWORK_LOGIN ? Stage.BROKEN : Stage.ANSWERED,
            "HTTP status " + status + meaning(status),
            null);
      }
      OptionalLong length = response.headers().firstValueAsLong("Content-Length");
      return body.writeTo(out, length);
    }
  }

  private static String meaning(int status) {
    return switch (status) {
      case PROXY_LOGIN ->
          ": the proxy wants a user and a password; set http_proxy and https_proxy to"
              + " http://USER:PASSWORD@HOST:PORT";
      case NETWORK_LOGIN -> ": the network wants you to log in, with a browser";
      default -> "";
    };
  }

  private HttpResponse<Publisher<List<ByteBuffer>>> request(String file)
      throws MirrorException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(base.resolve(file)).build();
    CompletableFuture<HttpResponse<Publisher<List<ByteBuffer>>>> answer =
        client.sendAsync(request, BodyHandlers.ofPublisher());
    try {
      // The client's own time-outs don't cover a name server that is silent.
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new MirrorException(
          Stage.UNREACHABLE,
          String.format(Locale.ROOT, "no answer within %d ms", timeout.toMillis()),
          e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static MirrorException failure(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return new MirrorException(Stage.UNREACHABLE, "name not known", cause);
      }
    }
    if (cause instanceof ConnectException) {
      String reason = cause.getMessage() == null ? "Connection refused" : cause.getMessage();
      return new MirrorException(Stage.TURNED_DOWN, reason, cause);
    }
    Stage stage = cause instanceof SSLException ? Stage.ANSWERED : Stage.BROKEN;
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new MirrorException(stage, reason, cause);
  }
}
