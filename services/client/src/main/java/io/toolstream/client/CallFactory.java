package io.toolstream.client;

import io.toolstream.wire.Call;
import io.toolstream.wire.CallOptions;
import io.toolstream.wire.ReplyRoute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what a caller wants into the call on the topic. */
final class CallFactory {
    private CallFactory() {}

    /**
     * What one sending adds to a {@link ToolCall}.
     *
     * @param replyPartition null: the worker chooses it by hash of the correlation id
     * @param progress whether replies that are not final are wanted
     */
    record Sending(
            PendingCall.Identity identity,
            long deadlineMillis,
            String replyTopic,
            @Nullable Integer replyPartition,
            boolean progress) {}

    static Call call(ToolCall wanted, Sending sending) {
        byte[] correlationId = sending.identity().correlationId().getBytes(StandardCharsets.UTF_8);
        return new Call(
                sending.identity().id(),
                wanted.target(),
                wanted.argumentsJson(),
                new ReplyRoute(correlationId, sending.replyTopic(), sending.replyPartition(), List.of()),
                options(wanted.wishes(), sending),
                wanted.context());
    }

    private static CallOptions options(CallWishes wishes, Sending sending) {
        CallWishes.Resume resume = wishes.resume();
        return new CallOptions(
                sending.deadlineMillis(),
                wishes.priority(),
                wishes.cache(),
                sending.progress(),
                wishes.idempotencyKey(),
                wishes.orderingKey(),
                resume == null ? null : resume.inputResponses(),
                resume == null ? null : resume.requestState());
    }
}
