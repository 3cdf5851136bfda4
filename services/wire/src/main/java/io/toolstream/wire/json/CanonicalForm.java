package io.toolstream.wire.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Rewrites one JSON value in its canonical form: members sorted, fewest escapes, no whitespace, numbers as written. */
public final class CanonicalForm {
    private CanonicalForm() {}

    /**
     * The canonical form of a text.
     *
     * @throws IllegalArgumentException where it is not one well-formed JSON value
     */
    public static byte[] of(JsonSpan json) {
        try {
            return JsonWalk.over(json, JsonLimits.GENEROUS_DEEP, "", walk -> of(walk, json.length()));
        } catch (JsonWalk.Stop malformed) {
            throw new IllegalArgumentException(malformed.fault().message(), malformed);
        }
    }

    private static byte[] of(JsonWalk walk, int expectedBytes) {
        JsonWriter out = new JsonWriter(expectedBytes);
        write(walk, walk.next(), out);
        if (walk.next() != null) {
            throw new IllegalArgumentException("one JSON value expected, found more");
        }
        return out.toByteArray();
    }

    private static void write(JsonWalk walk, @Nullable JsonToken first, JsonWriter out) {
        if (first == null) {
            throw new IllegalArgumentException("one JSON value expected, found nothing");
        }
        switch (first) {
            case START_OBJECT -> writeObject(walk, out);
            case START_ARRAY -> writeArray(walk, out);
            case VALUE_STRING -> out.string(walk.text());
            default -> out.literal(walk.text());
        }
    }

    private static void writeArray(JsonWalk walk, JsonWriter out) {
        out.beginArray();
        for (JsonToken token = walk.next(); token != JsonToken.END_ARRAY; token = walk.next()) {
            write(walk, token, out);
        }
        out.endArray();
    }

    private static void writeObject(JsonWalk walk, JsonWriter out) {
        List<Member> members = new ArrayList<>();
        while (walk.next() == JsonToken.PROPERTY_NAME) {
            String name = walk.name();
            JsonWriter value = new JsonWriter(64);
            write(walk, walk.next(), value);
            members.add(new Member(name, value.toByteArray()));
        }
        members.sort(Comparator.comparing(Member::name));
        out.beginObject();
        for (Member member : members) {
            out.name(member.name()).raw(member.value(), 0, member.value().length);
        }
        out.endObject();
    }

    /** A member of an object, its value in canonical form. */
    private record Member(String name, byte[] value) {}
}
