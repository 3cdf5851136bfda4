package io.toolstream.settings.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Compiles schemas that others wrote: checked against their own dialect first, closed to the world outside of them. */
final class SchemaCompiler {
    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_TEXT = 200;

    private static final String DEFAULT_DIALECT = "https://json-schema.org/draft/2020-12/schema";

    /** What {@code $schema} says, without scheme and trailing {@code #}, to the meta-schema that comes with the library. */
    private static final Map<String, String> DIALECTS = Map.of(
            "json-schema.org/draft/2020-12/schema", DEFAULT_DIALECT,
            "json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2019-09/schema",
            "json-schema.org/draft-07/schema", "http://json-schema.org/draft-07/schema#",
            "json-schema.org/draft-06/schema", "http://json-schema.org/draft-06/schema#",
            "json-schema.org/draft-04/schema", "http://json-schema.org/draft-04/schema#");

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .locale(Locale.ROOT)
            .regularExpressionFactory(BoundedPattern::of)
            .build();

    /** Without a cache: schemas of different servers may claim the same {@code $id}. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaCacheEnabled(false)
                    .schemaRegistryConfig(CONFIG)
                    .schemaLoader(loader -> loader.allow(iri -> DIALECTS.containsKey(plain(iri.toString())))));

    private static final SchemaRegistry META = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemaRegistryConfig(CONFIG));

    private SchemaCompiler() {}

    static Schema compile(byte[] json) {
        JsonNode document = parse(json);
        checkAgainstDialect(document);
        try {
            Schema schema = REGISTRY.getSchema(document);
            schema.initializeValidators();
            return schema;
        } catch (com.networknt.schema.SchemaException e) {
            throw new SchemaException("the schema cannot be used: " + reason(e), e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new SchemaException("the schema cannot be used: " + reason(e), e);
        }
    }

    private static JsonNode parse(byte[] json) {
        if (json.length > MOST_BYTES) {
            throw new SchemaException("the schema has " + json.length + " bytes, more than " + MOST_BYTES, null);
        }
        try {
            JsonNode document = Json.MAPPER.readTree(json);
            if (document.isObject()) {
                return document;
            }
            throw new SchemaException("the schema is not a JSON object", null);
        } catch (JacksonException e) {
            throw new SchemaException("the schema is not well-formed JSON", e);
        }
    }

    private static void checkAgainstDialect(JsonNode document) {
        JsonNode named = document.path("$schema");
        String dialect = named.isMissingNode() ? DEFAULT_DIALECT : DIALECTS.get(plain(named.asString("")));
        if (dialect == null) {
            throw new SchemaException(
                    "the schema's dialect is not supported: 2020-12, 2019-09 and drafts 7, 6 and 4 are", null);
        }
        List<Error> errors = META.getSchema(SchemaLocation.of(dialect)).validate(document);
        Optional<Error> first = errors.stream().findFirst();
        if (first.isPresent()) {
            throw new SchemaException(
                    "the schema is not one: " + first.get().getInstanceLocation() + " "
                            + shortened(first.get().getMessage()),
                    null);
        }
    }

    private static String plain(String iri) {
        return iri.replaceFirst("^https?://", "").replaceFirst("#$", "");
    }

    private static String reason(Throwable cause) {
        if (cause instanceof StackOverflowError) {
            return "it is nested too deep";
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : shortened(message);
    }

    private static String shortened(String message) {
        String plain = message.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= MOST_TEXT ? plain : plain.substring(0, MOST_TEXT) + "…";
    }
}
