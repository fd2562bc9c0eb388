package org.hikae.nbd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that are listened on, and URIs. */
class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:10809, 127.0.0.1:10809",
        "127.3.4.5:0, 127.3.4.5:0",
        "[::1]:65535, [0:0:0:0:0:0:0:1]:65535",
        "[127.0.0.1]:1, 127.0.0.1:1"
    })
    void ofThisMachineAloneAreAllowed(String text, String shown) throws IOException {
        assertThat(Loopback.show(Loopback.parse(text))).isEqualTo(shown);
        assertThat(Loopback.show(Loopback.parse(shown))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:10809", "[::]:10809", "192.0.2.1:10809", "[2001:db8::1]:1"})
    void thatOthersCanReachAreRefused(String text) {
        assertThatThrownBy(() -> Loopback.parse(text)).hasMessageContaining("others can reach");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10809", ":10809", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:10809", "a:b:1"})
    void thatAreNoneAreRefused(String text) {
        assertThatThrownBy(() -> Loopback.parse(text)).hasMessageContaining("is not an address and a port");
    }

    @ParameterizedTest
    @CsvSource({
        "data, /h/nbd.sock, nbd+unix:///data?socket=/h/nbd.sock",
        "n2/data, /h/nbd.sock, nbd+unix:///n2/data?socket=/h/nbd.sock",
        "data@12, /a b/ü&%?#, nbd+unix:///data@12?socket=/a%20b/%C3%BC%26%25%3F%23"
    })
    void urisAreEncoded(String export, String socket, String uri) {
        assertThat(ExportUri.of(Path.of(socket), export)).isEqualTo(uri);
    }
}
