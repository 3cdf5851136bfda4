package io.toolstream.wire;

/**
 * Why a record or a call is not executed: what was wrong, where (JSON pointer, header name or line:column) and what was
 * expected, in one sentence. Nothing ran.
 */
public record Refusal(ErrorCode code, String message) {}
