package io.toolstream.mcp.http;

import io.toolstream.mcp.McpClientSettings.IdleLimits;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long an unused connection may be kept: shorter than the server keeps it. */
final class KeepAlive {
    private static final Pattern TIMEOUT = Pattern.compile("(?i)(?:^|[,\\s])timeout\\s*=\\s*([0-9]{1,9})");
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private KeepAlive() {}

    /** What {@code Keep-Alive: timeout=5} promises, or null. */
    static @Nullable Duration announced(@Nullable String field) {
        if (field == null) {
            return null;
        }
        Matcher matcher = TIMEOUT.matcher(field);
        return matcher.find() ? Duration.ofSeconds(Long.parseLong(matcher.group(1))) : null;
    }

    /** A second less than announced, or half of it where that is more: the clocks start apart by the way there. */
    static Duration limit(@Nullable Duration announced, IdleLimits limits) {
        if (announced == null) {
            return shorter(limits.unannounced(), limits.limit());
        }
        Duration half = announced.dividedBy(2);
        Duration less = announced.minus(MARGIN);
        return shorter(less.compareTo(half) > 0 ? less : half, limits.limit());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
