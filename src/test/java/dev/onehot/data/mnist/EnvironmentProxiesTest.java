package dev.onehot.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onehot.failure.InvalidSettingsException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "http_proxy,  http://proxy:3128,       http://host/,  proxy:3128",
    "HTTP_PROXY,  proxy:3128,              http://host/,  proxy:3128",
    "http_proxy,  http://proxy,            http://host/,  proxy:80",
    "https_proxy, http://ann:pw@proxy:8080/, https://host/, proxy:8080",
    "HTTPS_PROXY, proxy:8080,              https://host/, proxy:8080",
    "all_proxy,   proxy:8080,              https://host/, proxy:8080",
    "https_proxy, proxy:8080,              http://host/,",
    "http_proxy,  ' ',                     http://host/,"
  })
  void eachSchemeHasItsVariable(String variable, String value, String address, String proxy) {
    assertThat(proxies(Map.of(variable, value)).nameFor(URI.create(address))).isEqualTo(proxy);
  }

  @Test
  void smallLettersWin() {
    EnvironmentProxies proxies = proxies(Map.of("http_proxy", "small:1", "HTTP_PROXY", "large:2"));
    assertThat(proxies.nameFor(URI.create("http://host/"))).isEqualTo("small:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.com              | http://example.com/       | true",
        "example.com              | http://data.example.com/  | true",
        ".example.com             | http://data.EXAMPLE.com/  | true",
        "*.example.com            | http://data.example.com/  | true",
        "example.com              | http://badexample.com/    | false",
        "other,  example.com      | http://example.com/       | true",
        "example.com:8080         | http://example.com:8080/  | true",
        "example.com:8080         | http://example.com/       | false",
        "example.com:80           | http://example.com/       | true",
        "127.0.0.1                | http://127.0.0.1:9/       | true",
        "*                        | http://anything/          | true",
        "none                     | http://example.com/       | false"
      })
  void noProxyNamesHostsAndDomains(String direct, String address, boolean isDirect) {
    EnvironmentProxies proxies = proxies(Map.of("http_proxy", "proxy:1", "no_proxy", direct));
    assertThat(proxies.nameFor(URI.create(address))).isEqualTo(isDirect ? null : "proxy:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socks5://ann:secret@proxy:1080", "http://", "https://secret@proxy", "a b"})
  void whatIsNoHttpProxyIsRefusedWithoutItsPassword(String value) {
    assertThatThrownBy(() -> proxies(Map.of("https_proxy", value)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith(
            "https_proxy (in the environment) holds no address of an HTTP proxy")
        .message()
        .doesNotContain("secret");
  }

  private static EnvironmentProxies proxies(Map<String, String> environment) {
    return EnvironmentProxies.of(environment::get, null);
  }
}
