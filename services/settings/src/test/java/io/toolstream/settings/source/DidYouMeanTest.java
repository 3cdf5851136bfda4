package io.toolstream.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DidYouMeanTest {
    private static final List<String> KNOWN = List.of("retries", "maxInFlight", "read_file", "write_file", "id");

    @ParameterizedTest
    @CsvSource({
        "retrys, retries",
        "max_in_flight, maxInFlight",
        "MAXINFLIGHT, maxInFlight",
        "maxInFlihgt, maxInFlight",
        "readfile, read_file",
        "reed_file, read_file",
        "idd, id",
    })
    void among_closeName_findsIt(String unknown, String expected) {
        assertThat(DidYouMean.among(KNOWN, unknown)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"timeout", "xy", "file", "''"})
    void among_nothingClose_isSilent(String unknown) {
        assertThat(DidYouMean.among(KNOWN, unknown)).isEmpty();
        assertThat(DidYouMean.hint(KNOWN, unknown)).isEmpty();
    }

    @Test
    void among_absurdlyLongName_isSilent() {
        assertThat(DidYouMean.among(List.of("a".repeat(300)), "a".repeat(301))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc, abc, 0", "abc, abd, 1", "abc, acb, 1", "abc, ab, 1", "'', abc, 3", "kitten, sitting, 3"})
    void distance_countsEdits(String one, String other, int distance) {
        assertThat(DidYouMean.distance(one, other)).isEqualTo(distance);
        assertThat(DidYouMean.distance(other, one)).isEqualTo(distance);
    }
}
