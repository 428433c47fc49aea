package dev.onehot.data.mnist;

import dev.onehot.failure.InvalidSettingsException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The proxies that {@code http_proxy}, {@code https_proxy}, {@code all_proxy} and {@code no_proxy}
 * name, as curl and wget read them: in small letters or, if that is not set, in capitals. Where
 * they name none, the JVM's own settings decide, such as {@code -Dhttps.proxyHost}.
 */
final class EnvironmentProxies extends ProxySelector {

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** Java otherwise sends no password in the clear to a proxy that it asks for a tunnel. */
  private static final String DISABLED_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

  /** A proxy's address, with the user and the password for it if there are any. */
  private record Address(String host, int port, String user, String password) {}

  private final Map<String, Address> byScheme;
  private final List<String> direct;
  private final ProxySelector otherwise;

  private EnvironmentProxies(
      Map<String, Address> byScheme, List<String> direct, ProxySelector otherwise) {
    this.byScheme = byScheme;
    this.direct = direct;
    this.otherwise = otherwise;
  }

  /**
   * Reads the variables.
   *
   * @param environment gives the value of a variable, or null
   * @throws InvalidSettingsException if a variable holds no address of an HTTP proxy
   */
  static EnvironmentProxies of(UnaryOperator<String> environment, ProxySelector otherwise) {
    Map<String, Address> byScheme = new HashMap<>();
    for (String scheme : List.of("http", "https")) {
      for (String variable : List.of("all_proxy", scheme + "_proxy")) {
        String value = value(environment, variable);
        if (value != null) {
          byScheme.put(scheme, address(variable, value));
        }
      }
    }
    String direct = value(environment, "no_proxy");
    return new EnvironmentProxies(
        Map.copyOf(byScheme),
        direct == null
            ? List.of()
            : List.of(direct.toLowerCase(Locale.ROOT).strip().split("[\\s,]+")),
        otherwise);
  }

  private static String value(UnaryOperator<String> environment, String variable) {
    String small = environment.apply(variable);
    String value = small == null ? environment.apply(variable.toUpperCase(Locale.ROOT)) : small;
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static Address address(String variable, String value) {
    try {
      URI uri = URI.create(value.contains("://") ? value : "http://" + value);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        String[] account =
            uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        return new Address(
            uri.getHost(),
            uri.getPort() < 0 ? HTTP_PORT : uri.getPort(),
            account.length > 0 ? decoded(account[0]) : null,
            account.length > 1 ? decoded(account[1]) : "");
      }
    } catch (IllegalArgumentException e) {
      // The value may hold a password, so it is not shown.
    }
    throw new InvalidSettingsException(
        variable
            + " (in the environment) holds no address of an HTTP proxy; write http://HOST:PORT or"
            + " http://USER:PASSWORD@HOST:PORT, with % codes for special characters");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The proxy for an address, as {@code host:port}; null if there is none. */
  String nameFor(URI address) {
    for (Proxy proxy : select(address)) {
      if (proxy.address() instanceof InetSocketAddress socket) {
        return socket.getHostString() + ":" + socket.getPort();
      }
    }
    return null;
  }

  @Override
  public List<Proxy> select(URI address) {
    Address proxy = byScheme.get(address.getScheme().toLowerCase(Locale.ROOT));
    if (proxy == null) {
      return otherwise == null ? List.of(Proxy.NO_PROXY) : otherwise.select(address);
    }
    return isDirect(address)
        ? List.of(Proxy.NO_PROXY)
        : List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port())));
  }

  /** Whether {@code no_proxy} names the host, its domain, or everything. */
  private boolean isDirect(URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    int standard = "https".equalsIgnoreCase(address.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    int port = address.getPort() < 0 ? standard : address.getPort();
    for (String entry : direct) {
      String name = entry.replaceFirst("^\\*?\\.", "");
      String withoutPort = name.replaceFirst("(?<=[^:]):" + port + "$", "");
      if (entry.equals("*") || host.equals(withoutPort) || host.endsWith("." + withoutPort)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    // The request fails, and its message names the proxy.
  }

  /** Answers a proxy that asks for a user and a password; null if no proxy has one. */
  Authenticator accounts() {
    if (byScheme.values().stream().allMatch(proxy -> proxy.user() == null)) {
      return null;
    }
    // Read once, by the first client of this JVM.
    if (System.getProperty(DISABLED_FOR_TUNNELS) == null) {
      System.setProperty(DISABLED_FOR_TUNNELS, "");
    }
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        if (getRequestorType() != RequestorType.PROXY) {
          return null;
        }
        return byScheme.values().stream()
            .filter(proxy -> proxy.user() != null)
            .filter(proxy -> proxy.port() == getRequestingPort())
            .filter(proxy -> proxy.host().equalsIgnoreCase(getRequestingHost()))
            .findFirst()
            .map(p -> new PasswordAuthentication(p.user(), p.password().toCharArray()))
            .orElse(null);
      }
    };
  }
}
