package io.toolstream.worker.limits;

import io.toolstream.settings.ConcurrencySettings;
import io.toolstream.settings.Effect;
import io.toolstream.wire.Call;
import io.toolstream.wire.Header;
import io.toolstream.wire.Priority;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Invocations of one tool that differ in who wants them and until when. */
final class Calls {
    static final Tool TOOL = ToolFixtures.tool("fs", "read_file", Effect.READ);

    private static final String VALUE = "{\"server\":\"fs\",\"tool\":\"read_file\"}";
    private static final Origin ORIGIN = Records.origin();

    /** Not bound by a deadline: simulated time is long. */
    private static final Call ANY = Records.call(VALUE)
            .endingBy(Records.SENT_MILLIS + Duration.ofDays(365).toMillis());

    private static final Map<Priority, Call> BY_PRIORITY = Stream.of(Priority.values())
            .collect(Collectors.toMap(
                    priority -> priority,
                    priority -> Records.call(VALUE, Records.header("priority", priority.text()))
                            .endingBy(ANY.options().deadlineMillis())));

    private Calls() {}

    static ConcurrencySettings limit(int permits, int waiting, Duration waitLimit) {
        return limit(permits, waiting, waitLimit, 25);
    }

    static ConcurrencySettings limit(int permits, int waiting, Duration waitLimit, int background) {
        return new ConcurrencySettings(permits, permits, permits, waiting, waitLimit, background);
    }

    static Invocation any() {
        return new Invocation(ANY, TOOL, ORIGIN);
    }

    static Invocation of(Priority priority, String tenant) {
        return invocation(Records.header("priority", priority.text()), Records.header("tenant", tenant));
    }

    /** Not bound by a deadline. */
    static Invocation of(Priority priority) {
        return new Invocation(Objects.requireNonNull(BY_PRIORITY.get(priority)), TOOL, ORIGIN);
    }

    static Invocation due(Duration in) {
        return invocation(Records.header("deadline", Long.toString(Records.SENT_MILLIS + in.toMillis())));
    }

    static Ticket ticket(Priority priority, String tenant) {
        return new Ticket(of(priority, tenant), 0, Long.MAX_VALUE, false);
    }

    private static Invocation invocation(Header... headers) {
        return new Invocation(Records.call(VALUE, headers), TOOL, ORIGIN);
    }
}
