package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.TaskHandle;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/**
 * A task as its server tells of it.
 *
 * @param json all of it
 */
public record TaskState(String id, Status status, Timing timing, JsonSlice json, Ending ending) {
    private static final JsonFactory FACTORY = JsonCursor.factory(200);
    private static final Duration SHORTEST_POLL = Duration.ofMillis(50);
    private static final Duration USUAL_POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_POLL = Duration.ofMinutes(5);

    /** Where a task stands. */
    public enum Status {
        WORKING,
        INPUT_REQUIRED,
        COMPLETED,
        FAILED,
        CANCELLED;

        static @Nullable Status of(@Nullable String text) {
            for (Status status : values()) {
                if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return status;
                }
            }
            return null;
        }
    }

    /** When to ask again, and how long there is something to ask for; null where the server does not say. */
    public record Timing(
            @Nullable Long pollIntervalMs, @Nullable Long ttlMs) {}

    /**
     * What came of it, once it has ended.
     *
     * @param result of a completed task: what {@code tools/call} would have answered
     * @param isError of that result
     * @param message what the server says about it, bounded; empty if nothing
     */
    public record Ending(
            @Nullable JsonSlice result,
            boolean isError,
            @Nullable Integer errorCode,
            String message) {}

    public @Nullable JsonSlice result() {
        return ending.result();
    }

    public boolean isError() {
        return ending.isError();
    }

    public @Nullable Integer errorCode() {
        return ending.errorCode();
    }

    public String message() {
        return ending.message();
    }

    public TaskHandle handle(String server) {
        return refreshed(new TaskHandle(server, id, USUAL_POLL, null));
    }

    /** The handle with what the server says now about when to ask. */
    public TaskHandle refreshed(TaskHandle task) {
        Duration poll = timing.pollIntervalMs() == null ? task.pollInterval() : clamped(timing.pollIntervalMs());
        Duration ttl = timing.ttlMs() == null ? task.timeToLive() : Duration.ofMillis(timing.ttlMs());
        return new TaskHandle(task.server(), task.id(), poll, ttl);
    }

    private static Duration clamped(long millis) {
        Duration asked = Duration.ofMillis(Math.max(0, millis));
        Duration bounded = asked.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : asked;
        return bounded.compareTo(SHORTEST_POLL) < 0 ? SHORTEST_POLL : bounded;
    }

    /** Empty if there is no id or no status in it. Never throws. */
    public static Optional<TaskState> read(JsonSlice result) {
        try (JsonCursor cursor = new JsonCursor(FACTORY, result.array(), result.offset(), result.length())) {
            cursor.next();
            return new Members().read(cursor, result);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** What was seen so far. */
    private static final class Members {
        private @Nullable String id;
        private @Nullable Status status;
        private @Nullable Long poll;
        private @Nullable Long ttl;
        private @Nullable JsonSlice result;
        private boolean isError;
        private @Nullable FaultReader fault;
        private @Nullable String message;

        Optional<TaskState> read(JsonCursor cursor, JsonSlice json) {
            for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
                member(name, cursor);
            }
            if (id == null || id.isEmpty() || status == null) {
                return Optional.empty();
            }
            boolean isFault = fault != null && fault.isFault();
            String said = isFault && fault != null ? fault.message() : FaultReader.bounded(message);
            Integer code = isFault && fault != null ? (Integer) fault.code() : null;
            return Optional.of(
                    new TaskState(id, status, new Timing(poll, ttl), json, new Ending(result, isError, code, said)));
        }

        private void member(String name, JsonCursor cursor) {
            switch (name) {
                case "taskId" -> id = cursor.text();
                case "status" -> status = Status.of(cursor.text());
                case "pollIntervalMs" -> poll = positive(cursor);
                case "ttlMs" -> ttl = positive(cursor);
                case "statusMessage" -> message = cursor.text();
                case "result" -> result(cursor);
                case "error" -> fault = FaultReader.read(cursor);
                default -> cursor.skip();
            }
        }

        private static @Nullable Long positive(JsonCursor cursor) {
            long number = cursor.number(-1);
            return number < 0 ? null : (Long) number;
        }

        private void result(JsonCursor cursor) {
            if (!cursor.atObject()) {
                cursor.skip();
                return;
            }
            int begin = cursor.begin();
            for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
                if (name.equals("isError")) {
                    isError = Boolean.TRUE.equals(cursor.truth());
                } else {
                    cursor.skip();
                }
            }
            result = cursor.sliceFrom(begin);
        }
    }
}
