package io.toolstream.wire;

import io.toolstream.wire.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the fields of our JSON objects; a field whose value is null is left out. */
final class OurJson {
    private final JsonWriter out;

    OurJson(JsonWriter out) {
        this.out = out;
    }

    void begin() {
        out.beginObject();
    }

    void begin(String name) {
        out.name(name).beginObject();
    }

    OurJson end() {
        out.endObject();
        return this;
    }

    void beginArray(String name) {
        out.name(name).beginArray();
    }

    void endArray() {
        out.endArray();
    }

    void text(String name, @Nullable String value) {
        if (value != null) {
            out.name(name).string(value);
        }
    }

    void number(String name, long value) {
        out.name(name).number(value);
    }

    void number(String name, @Nullable Long value) {
        if (value != null) {
            out.name(name).number(value);
        }
    }

    void texts(String name, List<String> values) {
        out.name(name).beginArray();
        values.forEach(out::string);
        out.endArray();
    }

    void bool(String name, boolean value) {
        out.name(name).bool(value);
    }

    /** JSON that is not ours, copied as it is. */
    void raw(String name, @Nullable RawJson value) {
        if (value != null) {
            out.name(name).raw(value.array(), value.offset(), value.length());
        }
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
