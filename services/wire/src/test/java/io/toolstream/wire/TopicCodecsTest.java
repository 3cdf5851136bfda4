package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.received;
import static io.toolstream.wire.CallRecords.record;
import static io.toolstream.wire.CallRecords.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events, cancel requests and the catalogue. */
class TopicCodecsTest {
    private static final EventCodec EVENTS = new EventCodec();
    private static final CancelCodec CANCELS = new CancelCodec();
    private static final CatalogueCodec CATALOGUE = new CatalogueCodec();

    private static Event event(@Nullable Integer member, @Nullable String code) {
        return new Event(
                new Event.Origin(new RecordPosition("toolstream.calls", 3, 42), member),
                new Event.Subject("c1", "fs", code == null ? "read" : null, null, Priority.BATCH),
                new Event.Ending(code == null ? Status.OK : Status.FAILED, code, 2, "l1", true, code != null),
                new Event.Times(100, 20, 120, code == null ? 0 : 5, code == null ? 0 : 70),
                "worker-1",
                1_800_000_000_000L);
    }

    @Test
    void events_areReadBack() {
        List<Event> events = List.of(event(null, null), event(7, "timed-out"));

        OutboundRecord record = EVENTS.encode(events);

        assertThat(new String(requireNonNull(record.value()), UTF_8))
                .startsWith("{\"events\":[{\"topic\":\"toolstream.calls\",\"partition\":3,\"offset\":42,\"id\":\"c1\"");
        assertThat(EVENTS.decode(received(record)))
                .isEqualTo(new Decoded.WellFormed<>(new EventsRecord(events, List.of())));
    }

    @Test
    void reports_areReadBackAndKeyedByTheirWorker() {
        StateReport.Load load = new StateReport.Load(3, 1, 250);
        StateReport report = new StateReport(
                "worker-1",
                1_800_000_000_000L,
                7,
                1_800_000_007_000L,
                load,
                List.of(new StateReport.OfServer(
                        "fs",
                        load,
                        new StateReport.Breaker(
                                "open",
                                1_200,
                                3,
                                List.of(new StateReport.Change("fs#1", 1_800_000_006_000L, "closed", "open", "no"))),
                        new StateReport.Connections(2, 1, 40, 38, 900),
                        new StateReport.Health(7, 2))));

        OutboundRecord record = EVENTS.encode(report);

        assertThat(new String(requireNonNull(record.key()), UTF_8)).isEqualTo("worker-1");
        assertThat(EVENTS.decode(received(record)))
                .isEqualTo(new Decoded.WellFormed<>(new EventsRecord(List.of(), List.of(report))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"events\":[]}", "{\"events\":[{}]}", "{\"events\":[1]}", "{\"events\":{}}", "[]", ""})
    void events_malformed_areAValue(String value) {
        assertThat(EVENTS.decode(record(value))).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void cancel_isReadBack() {
        OutboundRecord record = CANCELS.encode(new CancelRequest("c\"1"));

        assertThat(record.key()).isEqualTo(utf8("c\"1"));
        assertThat(record.value()).isEqualTo(utf8("{\"type\":\"cancel\",\"id\":\"c\\\"1\"}"));
        assertThat(CANCELS.decode(received(record))).isEqualTo(new Decoded.WellFormed<>(new CancelRequest("c\"1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"cancel\"}",
                "{\"type\":\"pause\",\"id\":\"c\"}",
                "{\"type\":\"cancel\",\"id\":\"\"}",
                "{"
            })
    void cancel_malformed_isAValue(String value) {
        assertThat(CANCELS.decode(record(value))).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void catalogueServer_isReadBack() {
        CatalogueEntry entry = new CatalogueEntry.OfServer(
                "fs",
                CatalogueEntry.Transport.STDIO,
                new CatalogueEntry.Condition(CatalogueEntry.Health.UNHEALTHY, "exited with 1"),
                "2025-11-25",
                12,
                1_800_000_000_000L);

        OutboundRecord record = CATALOGUE.encode(entry);

        assertThat(record.key()).isEqualTo(utf8("[\"fs\"]"));
        assertThat(CATALOGUE.decode(received(record)))
                .isEqualTo(new Decoded.WellFormed<>(new CatalogueChange.Put(entry)));
    }

    @Test
    void catalogueServer_withAllThatIsKnownOfItsTools_isReadBack() {
        CatalogueEntry entry = new CatalogueEntry.OfServer(
                "fs",
                CatalogueEntry.Transport.HTTP,
                new CatalogueEntry.Condition(CatalogueEntry.Health.HEALTHY, null),
                null,
                new CatalogueEntry.Listed(
                        2,
                        Map.of("broken", "why"),
                        new CatalogueEntry.Drift(1, List.of("new"), List.of(), List.of("read", "write"))),
                2);

        assertThat(CATALOGUE.decode(received(CATALOGUE.encode(entry))))
                .isEqualTo(new Decoded.WellFormed<>(new CatalogueChange.Put(entry)));
    }

    @Test
    void catalogueServerAtAWorker_isReadBack() {
        EndpointState endpoint = new EndpointState(
                "fs#1",
                new EndpointState.Condition("degraded", "no answer", 1, 2L),
                new EndpointState.Condition("closed", null, 3, null),
                new EndpointState.Connections(1, 2, 3, 4, 5),
                700L,
                "2025-11-25");
        CatalogueEntry entry = new CatalogueEntry.AtWorker("fs", "w-1", 6, List.of(endpoint), 7);

        OutboundRecord record = CATALOGUE.encode(entry);

        assertThat(record.key()).isEqualTo(utf8("[\"fs\",null,\"w-1\"]"));
        assertThat(CATALOGUE.decode(received(record)))
                .isEqualTo(new Decoded.WellFormed<>(new CatalogueChange.Put(entry)));
        assertThat(CATALOGUE.decode(received(CATALOGUE.encodeRemoval(entry.key()))))
                .isEqualTo(new Decoded.WellFormed<>(new CatalogueChange.Removed(entry.key())));
    }

    @Test
    void catalogueTool_keepsItsDefinitionAsItCame() {
        CatalogueEntry entry =
                new CatalogueEntry.OfTool("fs", "read", RawJson.ofText("{ \"name\" : \"read\", \"x\":1.0 }"), "abc");

        OutboundRecord record = CATALOGUE.encode(entry);

        assertThat(record.key()).isEqualTo(utf8("[\"fs\",\"read\"]"));
        assertThat(new String(requireNonNull(record.value()), UTF_8))
                .isEqualTo("{\"type\":\"tool\",\"server\":\"fs\",\"name\":\"read\",\"digest\":\"abc\","
                        + "\"definition\":{ \"name\" : \"read\", \"x\":1.0 }}");
        assertThat(CATALOGUE.decode(received(record)))
                .isEqualTo(new Decoded.WellFormed<>(new CatalogueChange.Put(entry)));
    }

    @Test
    void catalogueTool_saysThatItsAnswersAreKept() {
        CatalogueEntry entry = new CatalogueEntry.OfTool("fs", "read", RawJson.EMPTY_OBJECT, "abc", "read", true);

        OutboundRecord record = CATALOGUE.encode(entry);

        assertThat(new String(requireNonNull(record.value()), UTF_8))
                .contains("\"effect\":\"read\",\"cacheable\":true,");
        assertThat(CATALOGUE.decode(received(record)))
                .isEqualTo(new Decoded.WellFormed<>(new CatalogueChange.Put(entry)));
    }

    @Test
    void catalogueTombstone_isARemoval() {
        CatalogueKey key = new CatalogueKey("fs", "read");

        assertThat(CATALOGUE.decode(received(CATALOGUE.encodeRemoval(key))))
                .isEqualTo(new Decoded.WellFormed<>(new CatalogueChange.Removed(key)));
    }

    @Test
    void catalogue_valueOfAnotherKey_isMalformed() {
        OutboundRecord tool = CATALOGUE.encode(new CatalogueEntry.OfTool("fs", "read", RawJson.EMPTY_OBJECT, "abc"));

        assertThat(CATALOGUE.decode(keyed("[\"fs\",\"write\"]", tool.value()))).isInstanceOf(Decoded.Malformed.class);
        assertThat(CATALOGUE.decode(keyed("[\"fs\"]", tool.value()))).isInstanceOf(Decoded.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fs",
                "[]",
                "[1]",
                "[\"a\",\"b\",\"c\"]",
                "[\"a\",null]",
                "[\"a\",null,1]",
                "[null,null,\"c\"]",
                "{\"a\":1}",
                "[\"a\""
            })
    void catalogue_otherKeys_areMalformed(String key) {
        assertThat(CATALOGUE.decode(keyed(key, null))).isInstanceOf(Decoded.Malformed.class);
    }

    private static InboundRecord keyed(String key, byte @Nullable [] value) {
        return new InboundRecord(new RecordPosition("toolstream.catalogue", 0, 0), 0L, utf8(key), value, Headers.NONE);
    }
}
