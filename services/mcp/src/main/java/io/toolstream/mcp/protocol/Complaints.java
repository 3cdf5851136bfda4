package io.toolstream.mcp.protocol;

import io.toolstream.mcp.DroppedTool;
import io.toolstream.mcp.transport.Anomalies;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once what is wrong with a server's list of tools, however often it is read. Any thread; bounded. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final int REMEMBERED = 1000;

    private final String server;
    private final Anomalies anomalies;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    Complaints(String server, Anomalies anomalies) {
        this.server = server;
        this.anomalies = anomalies;
    }

    void droppedTool(DroppedTool tool) {
        anomalies.droppedTools(1);
        if (isNew(tool.toString())) {
            LOG.warn("server {}: tool left out: {}", server, tool);
        }
    }

    void listEndedEarly(String why) {
        if (isNew(why)) {
            LOG.warn("server {}: the list of tools is cut off: {}", server, why);
        }
    }

    private boolean isNew(String why) {
        return said.size() < REMEMBERED && said.add(why);
    }
}
