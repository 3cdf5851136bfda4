package io.toolstream.worker.resilience;

import io.toolstream.worker.invoke.Answer;
import org.jspecify.annotations.Nullable;

/** How a stage ended, as {@code CompletableFuture.handle} gives it: exactly one of the two is set. */
record Ending(@Nullable Answer answer, @Nullable Throwable thrown) {}
