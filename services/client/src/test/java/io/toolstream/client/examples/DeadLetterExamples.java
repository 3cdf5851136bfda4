package io.toolstream.client.examples;

import io.toolstream.client.deadletters.DeadLetters;
import io.toolstream.client.deadletters.LetterFilter;
import io.toolstream.client.deadletters.ReplayOrder;
import io.toolstream.client.deadletters.ReplayReport;
import io.toolstream.client.deadletters.Verdict;
import java.time.Instant;
import java.util.List;

/** What the Javadoc of the dead letters shows, to be compiled and run. */
public final class DeadLetterExamples {
    private DeadLetterExamples() {}

    public static String replaying(DeadLetters letters, List<String> shown) {
        LetterFilter meant = LetterFilter.OPEN.server("fs").code("connect-failed");
        ReplayOrder order =
                ReplayOrder.of(meant, "ann@ops").withNote("fs is back").atMostPerSecond(50);
        long planned = letters.preview(order).count(Verdict.SENT_AGAIN); // nothing is sent, nothing written
        ReplayReport report = letters.replay(order, (sent, of) -> shown.add(sent + " of " + of));
        String end = switch (report.end().ending()) {
            case ALL_SENT -> report.sent() + " of " + planned + " sent";
            case SOME_REFUSED -> "not sent, for their topics are gone: " + report.refused();
            case TRIAL_FAILED -> "the others were kept back: " + report.stoppedBecause();
            case INTERRUPTED, CANNOT_SEND -> "to be gone on with: " + report.plan();
        };
        return end;
    }

    public static List<String> causes(DeadLetters letters, Instant outage) {
        LetterFilter meant =
                LetterFilter.OPEN.server("fs").code("connect-failed").between(outage, outage.plusSeconds(600));
        List<String> causes = letters.groups(meant).stream()
                .map(group -> group.count() + " × " + group.code() + ", cause " + group.fingerprint())
                .toList();
        return causes;
    }
}
