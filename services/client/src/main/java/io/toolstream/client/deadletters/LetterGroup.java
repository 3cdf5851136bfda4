package io.toolstream.client.deadletters;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters that failed alike.
 *
 * @param fingerprint names the cause: the same for the same code, server and message but for numbers, ids and quoted text
 * @param server null where none could be read
 * @param message of the first
 * @param firstMillis when the first failed, epoch ms
 * @param tools how many there are of each; {@code ?} where none could be read
 */
public record LetterGroup(
        String fingerprint,
        String code,
        @Nullable String server,
        String message,
        long count,
        long firstMillis,
        long lastMillis,
        Map<String, Long> tools) {
    public LetterGroup {
        tools = Map.copyOf(tools);
    }
}
