package io.toolstream.mcp;

/**
 * What came from one tool server unasked, since its start.
 *
 * @param strayAnswers late, duplicate, or to an id never sent
 * @param unreadable no JSON-RPC message
 * @param notices progress, log messages, changed lists
 * @param strayNotices of those, the ones that nobody had a use for
 * @param serverRequests ping and others
 * @param droppedTools entries of {@code tools/list} that are not valid
 * @param badResults that {@link ResultCheck} found wrong
 */
public record AnomalyCounts(
        long strayAnswers,
        long unreadable,
        long notices,
        long strayNotices,
        long serverRequests,
        long droppedTools,
        long badResults) {
    public static final AnomalyCounts NONE = new AnomalyCounts(0, 0, 0, 0, 0, 0, 0);

    /** Of both together. */
    public AnomalyCounts plus(AnomalyCounts other) {
        return new AnomalyCounts(
                strayAnswers + other.strayAnswers,
                unreadable + other.unreadable,
                notices + other.notices,
                strayNotices + other.strayNotices,
                serverRequests + other.serverRequests,
                droppedTools + other.droppedTools,
                badResults + other.badResults);
    }
}
