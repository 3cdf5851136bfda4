package io.toolstream.settings.source;

import java.util.ArrayList;
import java.util.List;

/** JSON pointers as text (RFC 6901). */
public final class Pointers {
    private Pointers() {}

    /** The pointer of a member or an element. */
    public static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The pointer of what holds this; empty for the root and what is directly in it. */
    public static String parent(String pointer) {
        return pointer.isEmpty() ? "" : pointer.substring(0, pointer.lastIndexOf('/'));
    }

    /** The names on the way to it, as they stand in the document. */
    public static List<String> names(String pointer) {
        List<String> names = new ArrayList<>();
        for (String part : pointer.split("/", -1)) {
            names.add(part.replace("~1", "/").replace("~0", "~"));
        }
        return names.subList(1, names.size());
    }

    /** As people write it: {@code worker.maxInFlight}. */
    public static String dotted(String pointer) {
        return String.join(".", names(pointer));
    }
}
