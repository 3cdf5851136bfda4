package io.toolstream.settings.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.Schema;
import com.networknt.schema.ValidationLimitExceededException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The compiled schema of one tool's arguments. Immutable; any thread may validate, nothing blocks, nothing is fetched. Its
 * work is bounded by a multiple of the arguments' size: a schema may come from a hostile server.
 */
public final class ArgumentsSchema {
    private static final int MOST_VIOLATIONS = 10;

    /** Ordinary schemas take less than one step for each byte. */
    private static final long STEPS_PER_BYTE = 4;

    private static final long LEAST_STEPS = 10_000;
    private static final int MOST_DEPTH = 2_000;

    private static final List<Violation> MALFORMED = List.of(new Violation("", "is not well-formed JSON"));

    private final Schema schema;
    private final @Nullable PlainSchema plain;

    private ArgumentsSchema(Schema schema) {
        this.schema = schema;
        this.plain = PlainSchemaReader.read(schema.getSchemaNode());
    }

    /**
     * Compiles a JSON Schema; the dialect is 2020-12 unless it names an older one, down to draft 4.
     *
     * @throws SchemaException if it cannot be used
     */
    public static ArgumentsSchema compile(byte[] schemaJson) {
        return new ArgumentsSchema(SchemaCompiler.compile(schemaJson));
    }

    /**
     * What is wrong with these arguments: at most ten, none if they are right. Never throws: what is not JSON, or too costly
     * to check, is a violation too.
     */
    public List<Violation> validate(byte[] json) {
        return validate(json, 0, json.length);
    }

    /** The same for part of an array. */
    public List<Violation> validate(byte[] json, int offset, int length) {
        if (plain != null && plain.accepts(json, offset, length)) {
            return List.of();
        }
        try {
            JsonNode arguments = Json.MAPPER.readTree(json, offset, length);
            return arguments.isMissingNode() ? MALFORMED : violations(arguments, LEAST_STEPS + STEPS_PER_BYTE * length);
        } catch (JacksonException e) {
            return MALFORMED;
        } catch (ValidationLimitExceededException | StackOverflowError e) {
            return List.of(new Violation("", "cannot be checked: the tool's schema is too costly for these arguments"));
        } catch (RuntimeException e) {
            // A backstop: schema and arguments both come from outside, and one odd pair must not stop a worker.
            return List.of(new Violation(
                    "",
                    "cannot be checked against the tool's schema: "
                            + e.getClass().getSimpleName()));
        }
    }

    private List<Violation> violations(JsonNode arguments, long steps) {
        ExecutionConfig bounds = ExecutionConfig.builder()
                .locale(Locale.ROOT)
                .maxEvaluationSteps(steps)
                .maxEvaluationDepth(MOST_DEPTH)
                .build();
        List<Error> errors = schema.validate(arguments, context -> context.setExecutionConfig(bounds));
        return errors.isEmpty()
                ? List.of()
                : errors.stream()
                        .map(error -> Wording.of(error, schema.getSchemaNode()))
                        .distinct()
                        .limit(MOST_VIOLATIONS)
                        .toList();
    }
}
