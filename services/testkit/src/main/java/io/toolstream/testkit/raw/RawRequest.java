package io.toolstream.testkit.raw;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request as it came. Header names are in lower case. */
public record RawRequest(String method, Map<String, String> headers, String body) {
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");
    private static final Pattern TOOL = Pattern.compile("\"name\":\"([^\"]*)\"");

    public long id() {
        return Long.parseLong(first(ID, "-1"));
    }

    /** The JSON-RPC method. */
    public String rpc() {
        return first(METHOD, "");
    }

    public String tool() {
        return first(TOOL, "");
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private String first(Pattern pattern, String otherwise) {
        Matcher matcher = pattern.matcher(body);
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
