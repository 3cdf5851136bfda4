package io.toolstream.worker.reply;

import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.Event;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Outcome;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes events of conclusions, cut to a size that lets many stand in one record. */
final class EventComposer {
    private static final int MOST_CHARS = 256;

    private final String workerId;
    private final InstantSource clock;

    EventComposer(String workerId, InstantSource clock) {
        this.workerId = workerId;
        this.clock = clock;
    }

    /**
     * @param isReplied whether a reply was written
     * @param hasDeadLetter whether a dead letter is written
     */
    Event event(Conclusion conclusion, boolean isReplied, boolean hasDeadLetter) {
        Origin.Member member = conclusion.origin().member();
        return new Event(
                new Event.Origin(conclusion.origin().record().position(), member == null ? null : member.index()),
                subject(conclusion),
                ending(conclusion, isReplied, hasDeadLetter),
                conclusion
                        .course()
                        .times(CallDecoder.parkedMillis(conclusion.origin().record())),
                workerId,
                clock.millis());
    }

    private static Event.Subject subject(Conclusion conclusion) {
        Caller caller = conclusion.caller();
        return new Event.Subject(
                caller.id().substring(0, Math.min(caller.id().length(), MOST_CHARS)),
                cut(conclusion.server()),
                cut(conclusion.toolName()),
                cut(caller.context().tenant()),
                caller.priority());
    }

    private static Event.Ending ending(Conclusion conclusion, boolean isReplied, boolean hasDeadLetter) {
        Outcome outcome = conclusion.outcome();
        String code = outcome instanceof Outcome.Failed failed ? code(failed.failure()) : null;
        String cache = conclusion.course().trail().cache().text();
        return new Event.Ending(outcome.status(), code, outcome.attempts(), cache, isReplied, hasDeadLetter);
    }

    private static String code(Failure failure) {
        return failure.code().text();
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS);
    }
}
