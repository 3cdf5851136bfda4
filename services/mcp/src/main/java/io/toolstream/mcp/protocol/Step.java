package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** How it goes on after one exchange. */
sealed interface Step<T> {
    /** There is the answer. */
    record Done<T>(T value) implements Step<T> {}

    /** There is none and will be none. */
    record Failed<T>(McpException why) implements Step<T> {}

    /** Something is to be asked, after a while. */
    record After<T>(Duration delay, Inquiry<T> next) implements Step<T> {}

    /** Something is to be asked as soon as it is known; a failure is an {@link McpException}. */
    record When<T>(CompletableFuture<Inquiry<T>> next) implements Step<T> {}
}
