package io.toolstream.cli.local;

import io.toolstream.cli.text.Style;
import io.toolstream.cli.text.Table;
import io.toolstream.embedded.Addresses;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.catalogue.ServerTools;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What {@code dev} prints once it is ready: addresses, lines to try, and how the tool servers are. */
record DevBanner(Addresses addresses, TopicNames topics) {
    List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold("kafka") + "  " + addresses.bootstrapServers());
        if (addresses.admin() != null) {
            lines.add(style.bold("admin") + "  http://" + addresses.admin().getHostString() + ":"
                    + addresses.admin().getPort() + "/readyz?verbose");
        }
        boolean hasDemo = addresses.demoTools() != null;
        lines.add(style.bold("try") + "    ./toolstream " + (hasDemo ? "call demo echo text=Hello" : "tools ls"));
        lines.add("       echo '" + (hasDemo ? CALL : ANY_CALL) + "' | kcat -P -b " + addresses.bootstrapServers()
                + " -t " + topics.calls());
        lines.add("       kcat -C -b " + addresses.bootstrapServers() + " -t " + topics.replies());
        lines.add("       ./toolstream metrics top");
        lines.add("");
        return lines;
    }

    private static final String CALL = "{\"server\":\"demo\",\"tool\":\"echo\",\"arguments\":{\"text\":\"Hello\"}}";
    private static final String ANY_CALL = "{\"server\":\"SERVER\",\"tool\":\"TOOL\",\"arguments\":{}}";

    static List<String> servers(Collection<ServerTools> servers, Style style) {
        Table table = new Table("SERVER", "HEALTH", "TOOLS", "REASON");
        servers.stream()
                .sorted(Comparator.comparing(ServerTools::name))
                .forEach(server -> table.row(
                        server.name(),
                        server.condition().health().name().toLowerCase(Locale.ROOT),
                        Integer.toString(server.tools().size()),
                        Objects.requireNonNullElse(server.condition().reason(), "")));
        return table.lines(style);
    }
}
