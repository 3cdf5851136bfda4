package io.toolstream.wire;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The headers of one record in their order; names may repeat, the last one counts. */
public record Headers(List<Header> all) implements Iterable<Header> {
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        all = List.copyOf(all);
    }

    public static Headers of(Header... headers) {
        return new Headers(List.of(headers));
    }

    public Optional<byte[]> last(String name) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).name().equals(name)) {
                return Optional.of(all.get(i).value());
            }
        }
        return Optional.empty();
    }

    /** The last value of this name read as UTF-8, malformed bytes replaced. */
    public Optional<String> lastText(String name) {
        return last(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public Iterator<Header> iterator() {
        return all.iterator();
    }
}
