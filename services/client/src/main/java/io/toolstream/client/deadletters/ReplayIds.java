package io.toolstream.client.deadletters;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids of calls that are sent again: made of the letter and the number alone, so that a call sent twice is seen to be one. */
final class ReplayIds {
    private ReplayIds() {}

    static String of(String letter, int number) {
        return UUID.nameUUIDFromBytes((letter + "#" + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
