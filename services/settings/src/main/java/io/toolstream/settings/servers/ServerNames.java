package io.toolstream.settings.servers;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names of servers in one list: fit to be a name, and not to be mixed up with each other. */
final class ServerNames {
    private static final int LONGEST = 128;

    private final Notes notes;
    private final Map<String, String> seen = new HashMap<>();

    ServerNames(Notes notes) {
        this.notes = notes;
    }

    void check(String name, String pointer) {
        if (name.isBlank() || name.length() > LONGEST || name.codePoints().anyMatch(Character::isISOControl)) {
            notes.keyProblem(pointer, "expected a name of 1 to " + LONGEST + " characters, none of them control");
        }
        String twin = seen.putIfAbsent(folded(name), pointer);
        if (twin != null) {
            String first = notes.tree().keyOrigin(twin).toString();
            notes.keyProblem(pointer, "looks the same as the server at " + first + " but for case or form");
        }
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
