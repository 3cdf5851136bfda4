package io.toolstream.settings;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.toolstream.settings.source.DidYouMean;
import io.toolstream.settings.source.Kind;
import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceReader;
import io.toolstream.settings.source.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The published schema of the settings, as it lies on the class path. */
final class SettingsSchema {
    private static final String RESOURCE = "settings.schema.json";

    private final JsonNode document;
    private final Definition root;

    private SettingsSchema(JsonNode document) {
        this.document = document;
        this.root = Definition.of(document);
    }

    static SettingsSchema load() {
        try (InputStream in = SettingsSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            Problems problems = new Problems();
            SourceTree document = SourceReader.json(in.readAllBytes(), RESOURCE, problems);
            problems.throwIfAny();
            return new SettingsSchema(document.root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Definition root() {
        return root;
    }

    /**
     * Adds a problem for each key and value that breaks the schema.
     *
     * @return pointers of the values that do; an unknown key is none
     */
    Set<String> validate(SourceTree tree, Problems problems) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document);
        Set<String> wrong = new HashSet<>();
        for (Error error : schema.validate(tree.root())) {
            String at = error.getInstanceLocation().toString();
            if (error.getKeyword().equals("additionalProperties")) {
                unknown(tree, at, error.getProperty(), problems);
            } else if (wrong.add(at) && !problems.isAt(at)) {
                wrong(tree, at, problems);
            }
        }
        return wrong;
    }

    private void unknown(SourceTree tree, String section, String name, Problems problems) {
        List<String> known = definition(section).map(Definition::names).orElse(List.of());
        String hint = DidYouMean.hint(known, name);
        problems.add(tree.keyProblem(
                Pointers.child(section, name), "is not a setting" + (hint.isEmpty() ? elsewhere(name) : hint)));
    }

    /** A key in the wrong section. */
    private String elsewhere(String name) {
        List<String> found = new ArrayList<>();
        findKey(root, "", name, found);
        return found.isEmpty() ? "" : ", did you mean " + String.join(" or ", found) + "?";
    }

    private static void findKey(Definition section, String path, String name, List<String> found) {
        for (String key : section.names()) {
            String at = path.isEmpty() ? key : path + "." + key;
            if (key.equals(name)) {
                found.add(at);
            }
            section.child(key).ifPresent(child -> findKey(child, at, name, found));
        }
    }

    private void wrong(SourceTree tree, String pointer, Problems problems) {
        if (Followers.isFollowing(tree.origin(pointer))) {
            return;
        }
        String expected = definition(pointer).map(Definition::expected).orElse("something else");
        JsonNode found = tree.root().at(pointer);
        String what = found.isNumber() ? found.asString() : Kind.of(found);
        problems.add(tree.problem(pointer, "expected " + expected + ", found " + what));
    }

    /** What the schema says about the value at a pointer. */
    Optional<Definition> definition(String pointer) {
        Optional<Definition> at = Optional.of(root);
        for (String part : Pointers.names(pointer)) {
            at = at.flatMap(definition -> definition.child(part));
        }
        return at;
    }
}
