package io.toolstream.settings.source;

import tools.jackson.databind.JsonNode;

/** What a value is, in the words of messages. */
public final class Kind {
    private Kind() {}

    public static String of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "nothing";
            case BINARY, MISSING, POJO -> "something else";
        };
    }
}
