package io.toolstream.settings.source;

import java.util.Map;
import java.util.function.Consumer;

/**
 * The references in a text, {@code ${…}}, and what they stand for; {@code $${…}} is a plain {@code ${…}}. One that cannot be
 * resolved is told by its name; values never appear in a message.
 */
public final class References {
    private final ReferenceNames names;

    private References(ReferenceNames names) {
        this.names = names;
    }

    /** {@code ${env:X}}, {@code ${env:X:-default}}, {@code ${file:/path}}. */
    public static References ofSettings(Map<String, String> environment) {
        return new References(new ReferenceNames(environment, Map.of(), false));
    }

    /**
     * Those of {@code mcp.json} too: {@code ${X}}, {@code ${X:-default}}, {@code ${input:x}}.
     *
     * @param fixed names with a meaning of their own, {@code workspaceFolder} for one
     */
    public static References ofServers(Map<String, String> environment, Map<String, String> fixed) {
        return new References(new ReferenceNames(environment, fixed, true));
    }

    /**
     * The text with its references resolved.
     *
     * @param report gets a message for each that cannot be
     */
    public Expanded expand(String text, Consumer<String> report) {
        StringBuilder expanded = new StringBuilder();
        boolean secret = false;
        int at = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", at)) {
            int end = text.indexOf('}', start);
            if (end < 0) {
                report.accept("has a reference ${ without its }");
                break;
            }
            if (start > at && text.charAt(start - 1) == '$') {
                expanded.append(text, at, start - 1).append(text, start, end + 1);
            } else {
                ReferenceNames.Resolved resolved = names.resolve(text.substring(start + 2, end), report);
                expanded.append(text, at, start).append(resolved.value());
                secret |= resolved.isSecret();
            }
            at = end + 1;
        }
        return new Expanded(expanded.append(text, at, text.length()).toString(), secret);
    }
}
