package io.toolstream.kafka;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the records that were in flight at two crashes one at a time, over all partitions of the engine, each after the
 * broker knows which one it is. What follows them in their partition waits; other partitions go on. Poll thread.
 */
final class Isolation {
    private static final Logger log = LoggerFactory.getLogger(Isolation.class);

    private final Dispatcher dispatcher;
    private final Committer committer;
    private @Nullable TrackedRecord alone;

    Isolation(Dispatcher dispatcher, Committer committer) {
        this.dispatcher = dispatcher;
        this.committer = committer;
    }

    void turn(Collection<Assignment> assignments) {
        if (alone != null && alone.isOpen()) {
            return;
        }
        if (alone != null) {
            alone.assignment().marks().isolate(Take.NOBODY);
            alone = null;
        }
        for (Assignment assignment : assignments) {
            if (assignment.isIsolating() && alone == null) {
                take(assignment);
            }
        }
    }

    private void take(Assignment assignment) {
        assignment.advance();
        TrackedRecord next = assignment.heldBack().peekFirst();
        if (assignment.isPastSuspects(next)) {
            assignment.endIsolation().forEach(dispatcher::add);
            committer.mark(List.of(assignment));
            log.info("{}: all records that were in flight at two crashes are over", assignment.partition());
        } else if (next != null && dispatcher.hasRoomFor(next)) {
            assignment.marks().isolate(next.offset());
            if (committer.mark(List.of(assignment))) {
                alone = assignment.heldBack().removeFirst();
                dispatcher.handOverAlone(alone, assignment.marks().history().crashes(next.offset()));
            } else {
                assignment.marks().isolate(Take.NOBODY);
            }
        }
    }
}
