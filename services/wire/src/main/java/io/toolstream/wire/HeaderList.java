package io.toolstream.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers being written, in order; one whose value is null is left out. */
final class HeaderList {
    private final List<Header> headers;

    /** Begins with these headers. */
    HeaderList(List<Header> first) {
        headers = new ArrayList<>(first);
    }

    HeaderList bytes(String name, byte[] value) {
        headers.add(new Header(name, value));
        return this;
    }

    HeaderList text(String name, @Nullable String value) {
        return value == null ? this : bytes(name, value.getBytes(StandardCharsets.UTF_8));
    }

    HeaderList digits(String name, @Nullable Number value) {
        return text(name, value == null ? null : value.toString());
    }

    /** 4 bytes, big-endian. */
    HeaderList int32(String name, int value) {
        return bytes(name, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /** 8 bytes, big-endian. */
    HeaderList int64(String name, long value) {
        return bytes(name, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** A header unless there is one of its name. */
    HeaderList ifAbsent(Header header) {
        for (Header present : headers) {
            if (present.name().equals(header.name())) {
                return this;
            }
        }
        headers.add(header);
        return this;
    }

    Headers headers() {
        return new Headers(headers);
    }
}
