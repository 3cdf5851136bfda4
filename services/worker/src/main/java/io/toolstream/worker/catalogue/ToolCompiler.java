package io.toolstream.worker.catalogue;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.settings.ToolPolicy;
import io.toolstream.settings.schema.ArgumentsSchema;
import io.toolstream.worker.invoke.Tool;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes tools of definitions. Compiling a schema is slow, so a definition that has not changed keeps its tool; it happens on
 * the catalogue's thread and never when a call is waiting for a known tool.
 */
final class ToolCompiler {
    private static final Logger log = LoggerFactory.getLogger(ToolCompiler.class);

    private ToolCompiler() {}

    static Compiled compile(CatalogueSource source, ToolDefinition definition, @Nullable Tool before) {
        String digest = digest(definition.json());
        if (before != null && before.digest().equals(digest)) {
            return new Compiled.Usable(before);
        }
        try {
            ArgumentsSchema schema = ArgumentsSchema.compile(bytes(definition.inputSchema()));
            return new Compiled.Usable(new Tool(
                    source.name(),
                    definition.name(),
                    source.effects().apply(definition),
                    digest,
                    schema,
                    ToolPolicy.DEFAULT));
        } catch (RuntimeException | StackOverflowError e) {
            log.warn(
                    "tool {} of {} is disabled: its input schema: {}",
                    definition.name(),
                    source.name(),
                    e.getMessage());
            return new Compiled.Unusable("its input schema cannot be used: " + e.getMessage());
        }
    }

    static String digest(JsonSlice json) {
        MessageDigest sha256 = sha256();
        sha256.update(json.array(), json.offset(), json.length());
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static byte[] bytes(JsonSlice json) {
        return Arrays.copyOfRange(json.array(), json.offset(), json.offset() + json.length());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
