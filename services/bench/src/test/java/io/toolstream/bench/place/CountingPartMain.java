package io.toolstream.bench.place;

import java.io.IOException;
import java.util.Map;

/** Main class of a child for tests: counts how often it was asked, fails to start or halts when told to. */
final class CountingPartMain {
    private CountingPartMain() {}

    public static void main(String[] arguments) throws IOException {
        PartServer.serve(CountingPartMain::start, arguments[1]);
    }

    private static Part start(Map<String, String> settings) {
        System.out.println("noise on standard output must not disturb");
        if (settings.containsKey("refuse")) {
            throw new IllegalStateException("refused:\n" + settings.get("refuse"));
        }
        return new Part() {
            private int asked;

            @Override
            public Map<String, String> facts() {
                return Map.of("asked", Integer.toString(asked++), "setting", settings.getOrDefault("setting", ""));
            }

            @Override
            public void close() {}
        };
    }
}
