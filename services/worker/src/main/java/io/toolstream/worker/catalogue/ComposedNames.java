package io.toolstream.worker.catalogue;

import java.util.stream.Stream;

/** The forms in which one name says server and tool; for those who cannot say a server of its own. */
public final class ComposedNames {
    private ComposedNames() {}

    /** Everything that may stand before the tool's own name. */
    public static Stream<String> prefixes(String server) {
        return Stream.of(
                server + "__", "mcp__" + server + "__", server + ".", server + "/", server + ":", server + "_");
    }

    static Stream<String> of(String server, String tool) {
        return prefixes(server).map(prefix -> prefix + tool);
    }
}
