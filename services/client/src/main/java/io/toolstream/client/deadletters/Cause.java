package io.toolstream.client.deadletters;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a call failed, in a form that is the same for calls that failed alike: the code, the server, and the message without
 * what differs from call to call.
 *
 * @param fingerprint 12 hex digits that name the cause
 * @param shape the message with {@code #} for numbers and {@code …} for ids and quoted text
 */
record Cause(String fingerprint, String shape) {
    private static final Pattern ID = Pattern.compile(
            "\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F-]{22,27}\\b|\\b(?=[0-9a-f]*[0-9])[0-9a-f]{16,}\\b");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");

    static Cause of(String code, @Nullable String server, String message) {
        String shape = QUOTED.matcher(message).replaceAll("…");
        shape = ID.matcher(shape).replaceAll("…");
        shape = NUMBER.matcher(shape).replaceAll("#");
        return new Cause(digest(code + "\n" + (server == null ? "" : server) + "\n" + shape), shape);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
