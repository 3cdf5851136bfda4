package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * The {@code error} of a reply.
 *
 * @param code one of {@link ErrorCode#text()}, kept as text because readers must survive codes of later versions
 * @param message says what was wrong, where, and what was expected; never arguments or results
 * @param retryAfterMs milliseconds after which a retry makes sense, if known
 * @param details JSON object with machine-readable particulars, if any
 */
public record CallError(
        String code,
        String message,
        boolean retryable,
        @Nullable Long retryAfterMs,
        MayHaveRun mayHaveRun,
        @Nullable RawJson details) {}
