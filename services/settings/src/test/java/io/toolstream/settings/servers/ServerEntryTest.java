package io.toolstream.settings.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerEntryTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:1/, true",
        "http://127.0.0.1/, true",
        "http://[::1]:80/, true",
        "http://10.1.2.3/, true",
        "http://172.31.0.1/, true",
        "http://172.32.0.1/, false",
        "http://192.168.1.1/, true",
        "http://100.64.0.1/, true",
        "http://[fd00::1]/, true",
        "http://[2001:db8::1]/, false",
        "http://tools/, true",
        "http://tools.svc.cluster.local/, true",
        "http://host.docker.internal/, true",
        "http://localhost.example.com/, false",
        "http://10.example.com/, false",
        "http://8.8.8.8/, false",
        "https://example.com/, false",
    })
    void isNear_goesByTheAddressAlone(String url, boolean near) {
        assertThat(new ServerEntry.Http("x", URI.create(url), Map.of()).isNear())
                .isEqualTo(near);
    }
}
