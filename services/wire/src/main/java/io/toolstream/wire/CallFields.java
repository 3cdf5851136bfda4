package io.toolstream.wire;

import java.util.Set;

/** The names of the fields of a call, and of a record of several calls. */
final class CallFields {
    static final String ID = "id";
    static final String SERVER = "server";
    static final String TOOL = "tool";
    static final String ARGUMENTS = "arguments";
    static final String CORRELATION_ID = "correlationId";
    static final String DEADLINE = "deadline";
    static final String TIMEOUT_MS = "timeoutMs";
    static final String IDEMPOTENCY_KEY = "idempotencyKey";
    static final String ORDERING_KEY = "orderingKey";
    static final String PRIORITY = "priority";
    static final String CACHE = "cache";
    static final String PROGRESS = "progress";
    static final String BATCH = "batch";
    static final String INPUT_RESPONSES = "inputResponses";
    static final String REQUEST_STATE = "requestState";
    static final String TOOL_CALL_ID = "toolCallId";
    static final String CONVERSATION = "conversation";
    static final String TENANT = "tenant";
    static final String META = "_meta";

    /** The members of a record of several calls. */
    static final String CALLS = "calls";

    static final Set<String> ALL = Set.of(
            ID,
            SERVER,
            TOOL,
            ARGUMENTS,
            CORRELATION_ID,
            DEADLINE,
            TIMEOUT_MS,
            IDEMPOTENCY_KEY,
            ORDERING_KEY,
            PRIORITY,
            CACHE,
            PROGRESS,
            BATCH,
            INPUT_RESPONSES,
            REQUEST_STATE,
            TOOL_CALL_ID,
            CONVERSATION,
            TENANT,
            META,
            CALLS);

    private CallFields() {}
}
