package dev.onehot.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

  /** Longer than any answer takes on a busy machine. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private static final Duration IMPATIENT = Duration.ofMillis(300);
  private static final String SECRET_PATH = "/services/T0/B1/s3cr3t";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void theServerGetsTheRecordAsJson() {
    statuses.add(204);
    send("http://", PATIENT);

    assertThat(warnings).isEmpty();
    assertThat(bodies).hasSize(1);
    assertThat(NightRecord.parse(bodies.get(0))).isEqualTo(Nights.promoted());
    HttpExchange request = requests.get(0);
    assertThat(request.getRequestMethod()).isEqualTo("POST");
    assertThat(request.getRequestURI()).hasToString(SECRET_PATH);
    assertThat(request.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void aUserInTheAddressLogsInAndIsNotShown() {
    statuses.add(403);
    send("http://ann:pa%3Ass@", PATIENT);

    // Base64 of ann:pa:ss
    assertThat(requests.get(0).getRequestHeaders().getFirst("Authorization"))
        .isEqualTo("Basic YW5uOnBhOnNz");
    assertThat(warnings)
        .containsExactly(
            "webhook http://127.0.0.1:%d: was not told how the run ended (HTTP status 403)"
                .formatted(server.getAddress().getPort()));
  }

  @Test
  void aServerInTroubleIsAskedOnceMore() {
    statuses.addAll(List.of(503, 200));
    send("http://", PATIENT);

    assertThat(bodies).hasSize(2).containsOnly(Nights.promoted().json());
    assertThat(warnings).isEmpty();
  }

  @Test
  void aServerThatStaysInTroubleIsAWarning() {
    statuses.addAll(List.of(500, 500, 200));
    send("http://", PATIENT);

    assertThat(bodies).hasSize(2);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains("(HTTP status 500)").doesNotContain("s3cr3t");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    send("http://", IMPATIENT);

    assertThat(bodies).hasSizeLessThanOrEqualTo(1);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).endsWith("(no answer within 0.3 s)").doesNotContain("s3cr3t");
  }

  @Test
  void aServerThatIsDownIsAWarning() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    send("http://127.0.0.1:" + port + SECRET_PATH, PATIENT, Duration.ZERO);

    assertThat(warnings)
        .containsExactly(
            "webhook http://127.0.0.1:%d: was not told how the run ended (connection refused)"
                .formatted(port));
  }

  @Test
  void aRedirectIsNotFollowedAsTheRecordWouldBeLost() {
    statuses.addAll(List.of(302, 200));
    send("http://", PATIENT);

    assertThat(bodies).hasSize(1);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .endsWith("(HTTP status 302: the address has moved to https://new.example:8443)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://host/x", "host/x", "https:///x", "https://u:hidden@host/a b", "mailto:a@b"})
  void whatIsNoAddressOfTheWebIsRefusedWithoutItsPassword(String address) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> Webhook.address(address))
        .withMessageContaining(
            "is no address; write one that begins with http:// or https:// and a server")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hidden"));
  }

  private void send(String begin, Duration timeout) {
    send(
        begin + "127.0.0.1:" + server.getAddress().getPort() + SECRET_PATH, timeout, Duration.ZERO);
  }

  private void send(String address, Duration timeout, Duration pause) {
    new Webhook(Webhook.address(address), timeout, pause)
        .send(Nights.promoted(), text -> warnings.add(SettingNames.plain(text)));
  }

  /** Gives the next status, or no answer if there is none. */
  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange);
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Integer status = statuses.poll();
    if (status == null) {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().set("Location", "https://u:p@new.example:8443/s3cr3t");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
