package io.toolstream.client.deadletters;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters that failed alike: one cause. Of more than 10,000 causes the further ones are one group, {@code further}.
 *
 * @param fingerprint names the cause: the same for the same code, server and message but for numbers, ids and quoted text
 * @param code as replies have it
 * @param server null where none could be read
 * @param message of the first
 * @param count of the letters
 * @param firstMillis when the first failed, epoch ms
 * @param lastMillis when the last failed, epoch ms
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
