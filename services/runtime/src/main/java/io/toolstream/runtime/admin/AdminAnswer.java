package io.toolstream.runtime.admin;

/** What the admin endpoint answers to a request. */
public record AdminAnswer(int status, String type, String body) {
    static final String TEXT = "text/plain; charset=utf-8";

    public static AdminAnswer text(int status, String body) {
        return new AdminAnswer(status, TEXT, body);
    }

    public static AdminAnswer json(int status, String body) {
        return new AdminAnswer(status, "application/json", body);
    }
}
