package dev.onehot.nightly;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.report.Redaction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Tells a web server how a night ended: the JSON of its {@link NightRecord} by POST. Whatever goes
 * wrong is a warning and no failure of the run.
 *
 * <p>A server that refuses the connection, or answers with a status of 500 or more, is asked once
 * more. So it may get a record twice, and knows it by the run's id. Redirects are not followed,
 * because HTTP clients make a GET of a redirected POST.
 *
 * <p>A user and password in the address are sent as HTTP's basic authentication. Messages name
 * neither them nor the path, which is a secret for many services.
 */
public final class Webhook {

  /** How long a webhook may keep the run from its end. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final URI address;
  private final Duration timeout;
  private final Duration pause;
  private final HttpClient client;

  /**
   * @param address an {@link #address}
   */
  public Webhook(URI address) {
    this(address, TIMEOUT, PAUSE);
  }

  /**
   * @param timeout for everything together: both requests and the pause between them
   * @param pause before the second request
   */
  Webhook(URI address, Duration timeout, Duration pause) {
    this.address = address;
    this.timeout = timeout;
    this.pause = pause;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Reads an address.
   *
   * @throws InvalidSettingsException if it does not begin with http:// or https:// and a server
   */
  public static URI address(String text) {
    try {
      URI address = new URI(text);
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      if (address.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Its message would show the whole address.
    }
    throw new InvalidSettingsException(
        SettingNames.format(
            "⟨webhook⟩ %s: is no address; write one that begins with http:// or https:// and a server, without blanks",
            Redaction.uris(text)));
  }

  /**
   * Sends the record.
   *
   * @param warnings gets one line if the server does not say that it has got it
   */
  public void send(NightRecord night, Consumer<String> warnings) {
    try {
      deliver(request(night));
    } catch (IOException | RuntimeException e) {
      warnings.accept(failure(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      warnings.accept(failure("interrupted"));
    }
  }

  private String failure(String reason) {
    return SettingNames.format(
        "⟨webhook⟩ %s: was not told how the run ended (%s)", server(address), reason);
  }

  private HttpRequest request(NightRecord night) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(night.json()));
    if (address.getUserInfo() != null) {
      byte[] account = address.getUserInfo().getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(account));
    }
    return request.build();
  }

  private void deliver(HttpRequest request) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      post(request, deadline);
    } catch (PassingException e) {
      Thread.sleep(pause.toMillis());
      post(request, deadline);
    }
  }

  private void post(HttpRequest request, long deadline) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      // The client's own time-outs cover neither a silent name server nor the answer's body.
      check(answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw new IOException(
          String.format(Locale.ROOT, "no answer within %s s", timeout.toMillis() / 1e3), e);
    } catch (ExecutionException e) {
      throw reason(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private void check(HttpResponse<Void> answer) throws IOException {
    int status = answer.statusCode();
    String line = "HTTP status " + status;
    if (status >= 500) {
      throw new PassingException(line, null);
    }
    if (status >= 300 && status < 400) {
      throw new IOException(line + ": the address has moved" + target(answer));
    }
    if (status < 200 || status >= 400) {
      throw new IOException(line);
    }
  }

  /** Where a redirect leads to, if it says so. */
  private String target(HttpResponse<Void> answer) {
    try {
      return answer
          .headers()
          .firstValue("Location")
          .map(target -> " to " + server(address.resolve(target)))
          .orElse("");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static IOException reason(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return new IOException("name not known", cause);
      }
    }
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (cause instanceof ConnectException) {
      return new PassingException(
          cause.getMessage() == null ? "connection refused" : reason, cause);
    }
    return new IOException(reason, cause);
  }

  /** The server of an address, without anything secret. */
  private static String server(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return String.format(Locale.ROOT, "%s://%s%s", address.getScheme(), address.getHost(), port);
  }

  /** A failure that may be over in a moment. */
  private static final class PassingException extends IOException {

    private static final long serialVersionUID = 1L;

    PassingException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
