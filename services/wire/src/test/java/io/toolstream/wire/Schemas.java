package io.toolstream.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published folder of schemas, examples and test vectors. */
final class Schemas {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Schemas() {}

    static Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("schemas/vectors"))) {
                return at.resolve("schemas");
            }
        }
        throw new IllegalStateException(
                "no folder \"schemas\" above " + Path.of("").toAbsolutePath());
    }

    /** The JSON files of a folder below, by name. */
    static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(folder().resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The rows of a file of test vectors. */
    static Stream<JsonNode> vectors(String name) {
        return StreamSupport.stream(
                tree(read(folder().resolve("vectors").resolve(name))).spliterator(), false);
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static JsonNode tree(byte[] json) {
        return MAPPER.readTree(json);
    }
}
