package io.toolstream.mcp.protocol;

import io.toolstream.mcp.ClientOffers;
import io.toolstream.mcp.transport.Anomalies;

/**
 * What all calls of one server have in common.
 *
 * @param server the name that the operator gave it
 * @param pollLimitNanos how long one question about a task may take
 * @param anomalies where to count results that break their schemas
 */
record CallContext(String server, ClientOffers offers, long pollLimitNanos, Anomalies anomalies) {}
