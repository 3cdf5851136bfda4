package io.toolstream.bench.stub;

import io.toolstream.bench.stub.JsonMembers.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** MCP as far as calling one tool needs it: the tool {@code echo} answers its arguments as structured content. */
final class StubProtocol {
    private static final String TOOLS = """
            {"tools":[{"name":"echo","description":"Answers its arguments","inputSchema":{"type":"object",\
            "properties":{"number":{"type":"integer"},"pad":{"type":"string"}},"required":["number"]},\
            "annotations":{"readOnlyHint":true,"idempotentHint":true}}]}""";
    private static final String INITIALIZED = """
            {"protocolVersion":"%s","capabilities":{"tools":{}},"serverInfo":{"name":"stub","version":"1"}}""";
    private static final byte[] OPENING = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] RESULT = ascii(",\"result\":");
    private static final byte[] ECHO =
            ascii("{\"content\":[{\"type\":\"text\",\"text\":\"echo\"}],\"isError\":false,\"structuredContent\":");
    private static final byte[] UNKNOWN = ascii(",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
    private static final byte[] EMPTY_OBJECT = ascii("{}");

    private final AtomicLong calls = new AtomicLong();

    /** Tool calls answered since the start. */
    long calls() {
        return calls.get();
    }

    /** The body of the answer to one POST, or null where none is due (a notification). */
    byte @Nullable [] answer(byte[] body) {
        Value message = new Value(body, 0, body.length);
        Value id = JsonMembers.find(message, "id");
        Value method = JsonMembers.find(message, "method");
        if (id == null || method == null) {
            return null;
        }
        Value params = JsonMembers.find(message, "params");
        return switch (method.string()) {
            case "tools/call" -> echo(id, member(params, "arguments"));
            case "initialize" -> result(id, ascii(INITIALIZED.formatted(version(params))));
            case "tools/list" -> result(id, ascii(TOOLS));
            case "ping" -> result(id, EMPTY_OBJECT);
            default -> concat(OPENING, id.bytes(), UNKNOWN);
        };
    }

    private byte[] echo(Value id, @Nullable Value arguments) {
        calls.incrementAndGet();
        byte[] echoed = arguments == null ? EMPTY_OBJECT : arguments.bytes();
        return concat(OPENING, id.bytes(), RESULT, ECHO, echoed, ascii("}}"));
    }

    /** What the client asked for: the stub speaks all versions it is asked to. */
    private static String version(@Nullable Value params) {
        Value version = member(params, "protocolVersion");
        return version == null ? "2025-11-25" : version.string();
    }

    private static @Nullable Value member(@Nullable Value object, String name) {
        return object == null ? null : JsonMembers.find(object, name);
    }

    private static byte[] result(Value id, byte[] result) {
        return concat(OPENING, id.bytes(), RESULT, result, ascii("}"));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(512);
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
