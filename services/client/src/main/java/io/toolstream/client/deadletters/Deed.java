package io.toolstream.client.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * Something that was done about a dead letter.
 *
 * @param atMillis epoch ms
 * @param by who did it
 * @param note why; null where nothing was said
 * @param sent null: it was put aside
 */
public record Deed(
        long atMillis,
        String by,
        @Nullable String note,
        @Nullable Sent sent) {
    /**
     * That its call was sent again.
     *
     * @param replay that did it
     * @param id of the new call
     */
    public record Sent(String replay, String id) {}
}
