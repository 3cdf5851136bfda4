package io.toolstream.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PayloadTest {
    private final Payload payload = new Payload(64);

    @Test
    void arguments_areOfTheSizeAsked() {
        assertThat(payload.arguments(1_000_000_042L)).hasSize(64);
        assertThat(new String(payload.arguments(42), StandardCharsets.US_ASCII))
                .startsWith("{\"number\":42,\"pad\":\"xx")
                .endsWith("x\"}");
    }

    @Test
    void call_holdsItsArguments() {
        byte[] call = payload.call(42);

        assertThat(payload.isEchoedIn(call, 0, call.length, 42)).isTrue();
        assertThat(new String(call, StandardCharsets.US_ASCII)).endsWith("x\"}}");
    }

    @Test
    void isEchoedIn_anothersAnswer_isFalse() {
        byte[] call = payload.call(42);

        assertThat(payload.isEchoedIn(call, 0, call.length, 43)).isFalse();
        assertThat(payload.isEchoedIn(call, 0, call.length, 4)).isFalse();
        assertThat(payload.isEchoedIn(call, 0, call.length - 2, 42)).isFalse();
        assertThat(payload.isEchoedIn(new byte[0], 0, 0, 42)).isFalse();
    }
}
