package io.toolstream.mcp.stdio;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out whose answer a line was of which only the edges are known. */
final class OversizedLine {
    private static final String VERSION = "\"jsonrpc\"\\s*:\\s*\"2\\.0\"";
    private static final String ID = "\"id\"\\s*:\\s*([0-9]{1,15})";

    private static final Pattern FIRST = Pattern.compile("^\\s*\\{\\s*(?:" + VERSION + "\\s*,\\s*)?" + ID + "\\s*,");

    /** The last brace closes the message, so a member right before it belongs to the message. */
    private static final Pattern LAST = Pattern.compile(ID + "\\s*(?:,\\s*" + VERSION + "\\s*)?\\}\\s*$");

    private OversizedLine() {}

    static OptionalLong id(byte[] head, byte[] tail) {
        Matcher first = FIRST.matcher(new String(head, StandardCharsets.ISO_8859_1));
        Matcher last = LAST.matcher(new String(tail, StandardCharsets.ISO_8859_1));
        if (first.find()) {
            return OptionalLong.of(Long.parseLong(first.group(1)));
        }
        return last.find() ? OptionalLong.of(Long.parseLong(last.group(1))) : OptionalLong.empty();
    }
}
