package io.toolstream.worker.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.wire.Call;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Refusal;
import io.toolstream.worker.catalogue.CatalogueSnapshot;
import io.toolstream.worker.catalogue.ServerTools;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class AdmissionTest {
    private static final String NUMBERS =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}},\"required\":[\"a\"]}";
    private static final String ADD =
            "{\"server\":\"math\",\"tool\":\"add\",\"arguments\":{\"a\":1},\"timeoutMs\":1000}";

    private final ManualClock clock = new ManualClock();
    private final List<String> refreshed = new ArrayList<>();
    private CatalogueSnapshot catalogue = catalogue("add");
    private CompletableFuture<Void> refreshing = CompletableFuture.completedFuture(null);

    @Test
    void admit_goodCall_isAnInvocationOfItsTool() {
        Invocation invocation = admit(ADD).join();

        assertThat(invocation.tool().title()).isEqualTo("math/add");
        assertThat(refreshed).isEmpty();
    }

    @Test
    void admit_pastDeadline_isExpired() {
        clock.advance(Duration.ofSeconds(1));

        assertThat(refusal(ADD).code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
    }

    @Test
    void admit_pastDeadlineAfterParking_saysWhatKeptIt() {
        clock.advance(Duration.ofSeconds(1));
        InboundRecord record = Records.of(ADD, Records.header(HeaderNames.PARKED_MS, "950"));

        assertThat(admission().admit(Records.call(ADD), new Origin(record, () -> true, null)))
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withMessageContaining("after 950 ms in which it was parked");
    }

    @Test
    void admit_justBeforeDeadline_isAdmitted() {
        clock.advance(Duration.ofMillis(999));

        assertThat(admit(ADD)).isCompleted();
    }

    @Test
    void admit_argumentsThatBreakTheSchema_saysWhereAndNotWhat() {
        Failure refusal =
                refusal("{\"server\":\"math\",\"tool\":\"add\",\"arguments\":{\"a\":\"hunter2 is my password\"}}");

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENTS);
        assertThat(refusal.message()).contains("/arguments/a").doesNotContain("hunter2");
    }

    @Test
    void admit_unknownTool_looksAgainAfterAsking() {
        refreshing = new CompletableFuture<>();
        CompletableFuture<Invocation> admitted =
                admit("{\"server\":\"math\",\"tool\":\"new_tool\",\"arguments\":{\"a\":1}}");
        assertThat(admitted).isNotDone();

        catalogue = catalogue("add", "new_tool");
        refreshing.complete(null);

        assertThat(admitted.join().tool().name()).isEqualTo("new_tool");
        assertThat(refreshed).containsExactly("math");
    }

    @Test
    void admit_whileAServerHangs_waitsNoLongerThanTheCaller() {
        refreshing = new CompletableFuture<>();

        Failure refusal = refusal("{\"server\":\"math\",\"tool\":\"sub\",\"timeoutMs\":50}");

        assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_TOOL);
        assertThat(refreshing).isNotDone();
    }

    @Test
    void admit_toolThatStaysUnknown_isAskedForOnce() {
        assertThat(refusal("{\"server\":\"math\",\"tool\":\"sub\"}").code()).isEqualTo(ErrorCode.UNKNOWN_TOOL);
        assertThat(refreshed).containsExactly("math");
    }

    @Test
    void admit_serverNeverRead_isUnavailableAndRetryable() {
        catalogue = new CatalogueSnapshot(
                List.of(new ServerTools("math", new Condition(Health.UNHEALTHY, "exit 1"), false, Map.of(), Map.of())));

        Failure refusal = refusal(ADD);

        assertThat(refusal.code()).isEqualTo(ErrorCode.SERVER_UNAVAILABLE);
        assertThat(refusal.isRetryable()).isTrue();
        assertThat(refusal.message()).contains("exit 1");
    }

    @Test
    void admit_asksRulesInOrder() {
        List<String> asked = new ArrayList<>();
        Admission admission = admission(
                rule(asked, "tenant", null),
                rule(asked, "quota", new Refusal(ErrorCode.TENANT_MISMATCH, "not yours")),
                rule(asked, "never", null));

        CompletableFuture<Invocation> admitted = admission.admit(Records.call(ADD), Records.origin());

        assertThat(admitted).isCompletedExceptionally();
        assertThat(asked).containsExactly("tenant", "quota");
    }

    private CompletableFuture<Invocation> admit(String call) {
        return admission(new ArgumentsRule()).admit(Records.call(call), Records.origin());
    }

    private Failure refusal(String call) {
        try {
            admit(call).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof InvocationFailed refused) {
                return refused.failure();
            }
            throw e;
        }
        throw new AssertionError("admitted");
    }

    private Admission admission(AdmissionRule... rules) {
        return new Admission(
                () -> catalogue,
                server -> {
                    refreshed.add(server);
                    return refreshing;
                },
                List.of(rules),
                Runnable::run,
                clock);
    }

    private static AdmissionRule rule(List<String> asked, String name, @Nullable Refusal refusal) {
        return (Call call, Tool tool) -> {
            asked.add(name);
            return Optional.ofNullable(refusal);
        };
    }

    private static CatalogueSnapshot catalogue(String... tools) {
        Map<String, Tool> byName = new HashMap<>();
        for (String tool : tools) {
            byName.put(tool, ToolFixtures.tool("math", tool, Effect.READ, NUMBERS));
        }
        return new CatalogueSnapshot(
                List.of(new ServerTools("math", new Condition(Health.HEALTHY, null), true, byName, Map.of())));
    }
}
