package io.toolstream.cli.json;

/** Lays out well-formed JSON anew: only white space between tokens changes, every token stays as it was written. */
public final class JsonLayout {
    private static final String INDENT = "  ";

    private final StringBuilder out;
    private final boolean isIndented;
    private int depth;

    private JsonLayout(int expected, boolean isIndented) {
        this.out = new StringBuilder(expected);
        this.isIndented = isIndented;
    }

    /** On one line, without white space. */
    public static String line(String json) {
        return new JsonLayout(json.length(), false).layOut(json);
    }

    /** One member or item per line. */
    public static String indented(String json) {
        return new JsonLayout(json.length() * 2, true).layOut(json);
    }

    /** The same, on lines of its own within an array or object. */
    public static String indentedItem(String json) {
        JsonLayout layout = new JsonLayout(json.length() * 2, true);
        layout.depth = 1;
        layout.newLine();
        return layout.layOut(json);
    }

    private String layOut(String json) {
        int i = 0;
        while (i < json.length()) {
            char c = json.charAt(i);
            if (c == '"') {
                int end = endOfString(json, i);
                out.append(json, i, end);
                i = end;
            } else {
                structure(c, json, i);
                i++;
            }
        }
        return out.toString();
    }

    private static int endOfString(String json, int begin) {
        int i = begin + 1;
        while (i < json.length() && json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, json.length());
    }

    private void structure(char c, String json, int at) {
        switch (c) {
            case ' ', '\t', '\r', '\n' -> {
                // between tokens: made anew
            }
            case '{', '[' -> {
                out.append(c);
                depth++;
                if (!closesNext(json, at)) {
                    newLine();
                }
            }
            case '}', ']' -> {
                depth--;
                if (!isEmpty()) {
                    newLine();
                }
                out.append(c);
            }
            case ',' -> {
                out.append(c);
                newLine();
            }
            case ':' -> out.append(isIndented ? ": " : ":");
            default -> out.append(c);
        }
    }

    private static boolean closesNext(String json, int at) {
        int i = at + 1;
        while (i < json.length() && Character.isWhitespace(json.charAt(i))) {
            i++;
        }
        return i < json.length() && (json.charAt(i) == '}' || json.charAt(i) == ']');
    }

    /** Whether the object or array that closes now holds nothing: its opening bracket is the last thing written. */
    private boolean isEmpty() {
        char last = out.charAt(out.length() - 1);
        return last == '{' || last == '[';
    }

    private void newLine() {
        if (isIndented) {
            out.append('\n').append(INDENT.repeat(depth));
        }
    }
}
