package io.toolstream.testkit.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.testkit.json.Json;

/** The stub's answers in bytes; of a {@code tools/call} only the id and the length are put in. */
final class StubAnswers {
    static final byte[] CALL = "tools/call".getBytes(UTF_8);

    private static final int LONGEST_ID = 256;
    private static final byte[] BEFORE_ID = "{\"jsonrpc\":\"2.0\",\"id\":".getBytes(UTF_8);
    private static final String TOOLS = "{\"tools\":[{\"name\":\"echo\",\"description\":\"Answers at once\","
            + "\"inputSchema\":{\"type\":\"object\"},\"annotations\":{\"readOnlyHint\":true}}]}";

    private final byte[] afterId;
    private final byte[][] headsByIdLength = new byte[LONGEST_ID][];

    StubAnswers(int resultBytes) {
        this.afterId = (",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"" + "o".repeat(resultBytes) + "\"}]}}")
                .getBytes(UTF_8);
        for (int i = 0; i < LONGEST_ID; i++) {
            headsByIdLength[i] = head(200, BEFORE_ID.length + i + afterId.length);
        }
    }

    /** The answer to a call whose id stands there. */
    void call(byte[] source, int idStart, int idLength, Output output) {
        int length = Math.min(idLength, LONGEST_ID - 1);
        output.add(headsByIdLength[length]);
        output.add(BEFORE_ID);
        output.add(source, idStart, length);
        output.add(afterId);
    }

    /** Whatever is not a call: rare, so it is read properly. */
    void other(String body, Output output) {
        Json message = Json.parse(body);
        String id = message.member("id").map(Json::raw).orElse("");
        if (id.isEmpty() || message.text("method").isEmpty()) {
            output.add(head(202, 0));
            return;
        }
        String answer = switch (message.text("method").orElseThrow()) {
            case "initialize" -> "\"result\":" + initialized(message);
            case "tools/list" -> "\"result\":" + TOOLS;
            case "ping" -> "\"result\":{}";
            default -> "\"error\":{\"code\":-32601,\"message\":\"Method not found\"}";
        };
        byte[] bytes = ("{\"jsonrpc\":\"2.0\",\"id\":" + id + "," + answer + "}").getBytes(UTF_8);
        output.add(head(200, bytes.length));
        output.add(bytes);
    }

    void status(int status, Output output) {
        output.add(head(status, 0));
    }

    private static String initialized(Json message) {
        String asked = message.member("params")
                .flatMap(params -> params.text("protocolVersion"))
                .orElse("");
        String version = asked.startsWith("2025-") ? asked : "2025-11-25";
        return "{\"protocolVersion\":" + Json.quote(version)
                + ",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"stub\",\"version\":\"1\"}}";
    }

    private static byte[] head(int status, int length) {
        String type = length == 0 ? "" : "Content-Type: application/json\r\n";
        return ("HTTP/1.1 " + status + " S\r\n" + type + "Content-Length: " + length + "\r\n\r\n").getBytes(UTF_8);
    }
}
