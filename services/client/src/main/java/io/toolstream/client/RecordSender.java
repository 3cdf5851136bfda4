package io.toolstream.client;

import io.toolstream.wire.BatchReply;
import io.toolstream.wire.Call;
import io.toolstream.wire.CallEncoder;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplyRoute;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Sends several calls in one record, and watches over it until all of them are answered. Any thread, nothing blocks.
 *
 * <p>The reply that closes a record comes after those of its members on the same partition. A member that has no reply by
 * then will get none that this client sees: its reply tail broke and began anew behind it. Such members are sent once more
 * under the same names, if each of them has an idempotency key: a tool that runs once then does not run again, its reply
 * comes from the ledger; any other may run again. Without a key they are left to their time-out.
 */
final class RecordSender {
    private static final int MOST_SENDINGS = 3;

    private final Dispatcher dispatcher;
    private final OpenRecords openRecords;
    private final CallEncoder encoder = new CallEncoder();

    RecordSender(Dispatcher dispatcher, OpenRecords openRecords) {
        this.dispatcher = dispatcher;
        this.openRecords = openRecords;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** @param members of the table, more than one */
    void send(String recordId, List<PendingCall> members) {
        Sending sending = new Sending(recordId, List.copyOf(members), dispatcher.deadlineMillis(Duration.ZERO), 1);
        sending.members().stream()
                .collect(Collectors.groupingBy(member -> dispatcher.timeout(member.call())))
                .forEach(this::watch);
        dispatcher.whenConnected(partition -> dispatch(sending, partition));
    }

    /** One alarm for all members of one time-out: most often for the whole record. */
    private void watch(Duration timeout, List<PendingCall> members) {
        Runnable alarm = dispatcher.alarm(timeout, () -> members.forEach(member -> dispatcher.giveUp(member, timeout)));
        Countdown countdown = new Countdown(members.size(), alarm);
        members.forEach(member -> member.arm(countdown.part()));
    }

    /**
     * @param beganMillis when the time of its members began; the same for all sendings
     * @param number of the sending, from 1
     */
    private record Sending(String recordId, List<PendingCall> members, long beganMillis, int number) {}

    private void dispatch(Sending sending, int partition) {
        List<PendingCall> unanswered =
                unanswered(sending).stream().filter(PendingCall::beginSending).toList();
        if (unanswered.isEmpty()) {
            return;
        }
        String correlationId = dispatcher.identities().nextCorrelationId();
        openRecords.open(correlationId, closing -> closed(sending, closing));
        OutboundRecord record = encode(sending, unanswered, correlationId, partition);
        CompletionStage<RecordPosition> acknowledged = dispatcher.publish(record, unanswered.size());
        acknowledged.whenComplete((position, failure) -> {
            if (failure == null) {
                unanswered.forEach(member -> member.accepted(position));
            } else {
                openRecords.forget(correlationId);
                unanswered.forEach(member -> dispatcher.notAccepted(member, failure));
            }
        });
    }

    private OutboundRecord encode(Sending sending, List<PendingCall> members, String correlationId, int partition) {
        ReplyRoute route = new ReplyRoute(
                correlationId.getBytes(StandardCharsets.UTF_8), dispatcher.replyTopic(), partition, List.of());
        List<Call> calls = new ArrayList<>(members.size());
        for (PendingCall member : members) {
            long deadlineMillis =
                    sending.beganMillis() + dispatcher.timeout(member.call()).toMillis();
            calls.add(dispatcher.wireCall(member, deadlineMillis, partition));
        }
        return encoder.encode(sending.recordId(), route, calls);
    }

    private void closed(Sending sending, BatchReply closing) {
        List<PendingCall> missing = unanswered(sending);
        boolean mayBeSentAgain = sending.number() < MOST_SENDINGS
                && missing.stream().allMatch(member -> member.call().wishes().idempotencyKey() != null);
        if (!missing.isEmpty() && mayBeSentAgain) {
            Sending again = new Sending(closing.id(), missing, sending.beganMillis(), sending.number() + 1);
            dispatcher.whenConnected(partition -> dispatch(again, partition));
        }
    }

    private static List<PendingCall> unanswered(Sending sending) {
        return sending.members().stream()
                .filter(member -> !member.future().isDone())
                .toList();
    }
}
