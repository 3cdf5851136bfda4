package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.Header;
import io.toolstream.wire.WireLimits;
import io.toolstream.worker.fixture.Records;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaneKeysTest {
    private final LaneKeys laneKeys = new LaneKeys(new CallDecoder(WireLimits.DEFAULT));

    @Test
    void of_header_wins() {
        assertThat(of("{\"tool\":\"t\",\"orderingKey\":\"own\"}", Records.header("ordering-key", "k")))
                .containsExactly("k");
    }

    @Test
    void of_field_isFoundWhereverItStands() {
        assertThat(of("{\"orderingKey\":\"own\",\"tool\":\"t\"}")).containsExactly("own");
        assertThat(of("{\"tool\":\"t\",\"orderingKey\":\"own\"}")).containsExactly("own");
    }

    @Test
    void of_members_areAllTheirKeys() {
        assertThat(of("{\"calls\":[{\"tool\":\"t\",\"orderingKey\":\"a\"},{\"tool\":\"t\"},"
                        + "{\"tool\":\"t\",\"orderingKey\":\"b\"},{\"tool\":\"t\",\"orderingKey\":\"a\"}]}"))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void of_mentionInArguments_isNoKey() {
        assertThat(of("{\"tool\":\"t\",\"arguments\":{\"orderingKey\":\"x\"}}")).isEmpty();
    }

    @Test
    void of_whateverComes_neverThrows() {
        for (String value : new String[] {
            "", "orderingKey", "{\"orderingKey\":", "{\"orderingKey\":1,\"tool\":\"t\"}", "KKKKKKKKKKKK"
        }) {
            assertThat(of(value)).as(value).isEmpty();
        }
    }

    private Set<String> of(String value, Header... headers) {
        return laneKeys.of(Records.of(value, headers));
    }
}
