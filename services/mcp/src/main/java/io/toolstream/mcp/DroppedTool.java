package io.toolstream.mcp;

/**
 * An entry of a server's list of tools that is not offered.
 *
 * @param name as listed; empty if it has none
 * @param reason in words
 */
public record DroppedTool(String name, String reason) {
    @Override
    public String toString() {
        return (name.isEmpty() ? "a tool without a name" : name) + ": " + reason;
    }
}
