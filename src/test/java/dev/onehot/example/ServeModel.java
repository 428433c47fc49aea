package dev.onehot.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;

/**
 * Serves a model over HTTP on this machine, with the jar alone: no Spark, no Hadoop.
 *
 * <pre>
 *   java -cp target/onehot.jar src/test/java/dev/onehot/example/ServeModel.java MODEL PORT
 * </pre>
 *
 * <p>A request's body is one row of raw features, a byte each. The answer is one line of JSON.
 */
class ServeModel {

  private final SoftmaxModel model;

  private ServeModel(SoftmaxModel model) {
    this.model = model;
  }

  public static void main(String[] args) throws IOException {
    ServeModel service = new ServeModel(SoftmaxModel.load(Path.of(args[0])));
    InetAddress here = InetAddress.getLoopbackAddress();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(here, Integer.parseInt(args[1])), 0);
    server.createContext("/", service::answer);
    // A model is immutable, so many requests may use it at once.
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    System.out.println("serving " + args[0] + " at http:/" + server.getAddress());
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] row = exchange.getRequestBody().readAllBytes();
    boolean fits = row.length == model.features();
    byte[] answer =
        (fits ? predict(row) : "a row has " + model.features() + " bytes, not " + row.length)
            .concat("\n")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(fits ? 200 : 400, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String predict(byte[] row) {
    double[] features = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      features[j] = Byte.toUnsignedInt(row[j]);
    }
    double[] probabilities = model.probabilities(features);
    int label = model.predict(features);
    return String.format(
        Locale.ROOT,
        "{\"label\":\"%s\",\"probability\":%.6f}",
        model.classNames().get(label),
        probabilities[label]);
  }
}
