package io.toolstream.settings;

import tools.jackson.databind.JsonNode;

/** Which values are secret whoever set them: never shown, and better given by reference. */
final class SecretKeys {
    private static final String KAFKA = "/kafka/client/";

    private SecretKeys() {}

    static boolean isSecret(String pointer, JsonNode value) {
        return pointer.equals("/redis/secret")
                || (pointer.equals("/redis/url") && RedisUrl.holdsCredentials(value.asString("")))
                || (pointer.startsWith(KAFKA) && KafkaProperties.isSecret(pointer.substring(KAFKA.length())));
    }
}
