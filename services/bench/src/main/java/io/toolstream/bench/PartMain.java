package io.toolstream.bench;

import io.toolstream.bench.place.PartServer;
import java.io.IOException;

/** The main class of a part's own process: its kind, its settings. */
final class PartMain {
    private PartMain() {}

    public static void main(String[] arguments) throws IOException {
        PartServer.serve(PartKind.valueOf(arguments[0])::start, arguments[1]);
    }
}
