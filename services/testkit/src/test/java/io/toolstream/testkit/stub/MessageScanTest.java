package io.toolstream.testkit.stub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageScanTest {
    private final MessageScan scan = new MessageScan();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"id\":1,\"method\":\"tools/call\"} | 1",
                "{ \"method\" : \"tools/call\" , \"id\" : \"a\\\"b\" } | \"a\\\"b\"",
                "{\"params\":{\"id\":7,\"x\":[{\"id\":8}]},\"id\":-3,\"method\":\"tools/call\"} | -3",
                "{\"params\":{\"s\":\"}],\\\\\"},\"method\":\"tools/call\",\"id\":9} | 9",
                "{\"a\":null,\"b\":[],\"c\":{},\"d\":1.5e3,\"method\":\"tools/call\",\"id\":0}| 0"
            })
    void scan_message_findsTopLevelIdAndMethod(String text, String id) {
        byte[] bytes = ("..." + text + "...").getBytes(UTF_8);

        scan.scan(bytes, 3, bytes.length - 6);

        assertThat(new String(bytes, scan.idStart(), scan.idLength(), UTF_8)).isEqualTo(id);
        assertThat(scan.isMethod(StubAnswers.CALL)).isTrue();
    }

    @Test
    void scan_notification_hasNoId() {
        byte[] bytes = "{\"method\":\"notifications/initialized\",\"params\":{\"id\":1}}".getBytes(UTF_8);

        scan.scan(bytes, 0, bytes.length);

        assertThat(scan.hasId()).isFalse();
        assertThat(scan.isMethod(StubAnswers.CALL)).isFalse();
    }
}
