package io.toolstream.mcp.auth;

import io.toolstream.mcp.transport.HttpFields;

/**
 * An access token.
 *
 * @param refreshNanos when to get another one, on the clock of {@link System#nanoTime()}: some time before it ends
 * @param scopes that it was asked for with
 */
record Token(String value, long refreshNanos, String scopes) {
    boolean isFresh(long nowNanos) {
        return nowNanos - refreshNanos < 0;
    }

    /** Whether it was asked for with all the scopes of a challenge. */
    boolean hasAll(Challenge challenge) {
        String wanted = challenge.scope();
        return wanted == null || Challenge.split(scopes).containsAll(Challenge.split(wanted));
    }

    HttpFields addTo(HttpFields fields) {
        return fields.with("Authorization", "Bearer " + value);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Token";
    }
}
