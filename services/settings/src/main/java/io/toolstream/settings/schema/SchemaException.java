package io.toolstream.settings.schema;

import org.jspecify.annotations.Nullable;

/** A schema that cannot be used: not a schema, of an unknown dialect, too large, or pointing outside of itself. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
