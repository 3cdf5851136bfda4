package io.toolstream.metrics.stream;

import io.toolstream.wire.MetricsScope;

/** Scopes as bytes: how many names they have, and these. */
final class Scopes {
    private Scopes() {}

    static void write(ByteOutput out, MetricsScope scope) {
        String server = scope.server();
        String tool = scope.tool();
        if (server == null) {
            out.number(0);
        } else if (tool == null) {
            out.number(1).text(server);
        } else {
            out.number(2).text(server).text(tool);
        }
    }

    static MetricsScope read(ByteInput in) {
        long names = in.number();
        if (names == 0) {
            return MetricsScope.TOTAL;
        }
        return names == 1 ? MetricsScope.server(in.text()) : new MetricsScope(in.text(), in.text());
    }
}
