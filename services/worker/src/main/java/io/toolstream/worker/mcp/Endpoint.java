package io.toolstream.worker.mcp;

import io.toolstream.mcp.ToolServer;
import io.toolstream.settings.McpSettings;
import io.toolstream.worker.invoke.Capacity;

/**
 * One place where a tool server is reached: what breakers, permits and learned time limits belong to.
 *
 * @param server the tool server's name in the operator's file
 * @param name the server's own where there is one place, else with its number in the list, as {@code fs#2}
 * @param toolServer what is called there
 * @param settings as they hold for this server
 * @param capacity of its connections
 */
public record Endpoint(
        String server, String name, ToolServer toolServer, Place place, McpSettings settings, Capacity capacity) {
    /** One whose connections carry as much as one likes. */
    public Endpoint(String server, String name, ToolServer toolServer, Place place, McpSettings settings) {
        this(server, name, toolServer, place, settings, Capacity.SHARED);
    }

    /** Where an endpoint is, seen from here. */
    public enum Place {
        /** A process of ours, which may exit. */
        CHILD,
        /** This machine. */
        LOOPBACK,
        ELSEWHERE
    }

    public boolean isChild() {
        return place == Place.CHILD;
    }

    /** Whether it is another one for every worker, so that what happens to it here says nothing to others. */
    public boolean isLoopbackOrChild() {
        return place != Place.ELSEWHERE;
    }

    /** Whether there are others that do the same. */
    public boolean isReplica() {
        return !name.equals(server);
    }
}
