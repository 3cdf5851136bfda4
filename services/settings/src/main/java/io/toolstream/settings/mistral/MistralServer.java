package io.toolstream.settings.mistral;

import java.util.Optional;

/**
 * One server of the list.
 *
 * @param pointer where it stands
 * @param id empty: a random one at each start
 * @param label for people
 */
record MistralServer(
        String pointer, Optional<String> id, String label, MistralSource source, boolean isEnabled, Prefix prefix) {
    /**
     * What stands before the names of its tools, with an underscore.
     *
     * @param text empty: nothing
     * @param isRandom whether it is another one at each start
     */
    record Prefix(Optional<String> text, boolean isRandom) {}
}
