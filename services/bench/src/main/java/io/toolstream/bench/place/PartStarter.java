package io.toolstream.bench.place;

import java.util.Map;

/** Starts a part, here and now. */
@FunctionalInterface
public interface PartStarter {
    /** Blocks until the part can be used. */
    Part start(Map<String, String> settings) throws Exception;
}
