package io.toolstream.cli.text;

/** Colours, or none. */
public final class Style {
    private final boolean isOn;

    private Style(boolean isOn) {
        this.isOn = isOn;
    }

    public static Style of(boolean isOn) {
        return new Style(isOn);
    }

    public String good(String text) {
        return with("32", text);
    }

    public String bad(String text) {
        return with("31", text);
    }

    public String warning(String text) {
        return with("33", text);
    }

    public String bold(String text) {
        return with("1", text);
    }

    public String faint(String text) {
        return with("2", text);
    }

    private String with(String code, String text) {
        return isOn && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
