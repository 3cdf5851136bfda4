package io.toolstream.settings.mistral;

import io.toolstream.settings.source.DidYouMean;
import io.toolstream.settings.source.Kind;
import io.toolstream.settings.source.Pointers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The fields of one object as a Rust program with serde reads them: exact names and types, nothing converted. */
record StrictFields(JsonNode object, String pointer, Findings findings) {
    /** What serde's unsigned 64-bit integers hold. */
    private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    boolean isNamed(String name) {
        return object.has(name);
    }

    boolean has(String name) {
        return !isAbsent(name);
    }

    String at(String name) {
        return Pointers.child(pointer, name);
    }

    Optional<String> required(String name) {
        return present(name) ? string(object.path(name), at(name)) : Optional.empty();
    }

    /** A field that may be missing but not null. */
    Optional<String> unlessMissing(String name) {
        return isNamed(name) ? string(object.path(name), at(name)) : Optional.empty();
    }

    Optional<String> optional(String name) {
        return isAbsent(name) ? Optional.empty() : string(object.path(name), at(name));
    }

    Optional<Long> number(String name) {
        JsonNode value = object.path(name);
        if (isAbsent(name)) {
            return Optional.empty();
        }
        boolean isFit = value.isIntegralNumber()
                && value.bigIntegerValue().signum() >= 0
                && value.bigIntegerValue().compareTo(MOST) <= 0;
        if (!isFit) {
            findings.problem(at(name), "expected a whole number that is not negative, found " + Kind.of(value));
            return Optional.empty();
        }
        return Optional.of(
                value.bigIntegerValue().min(BigInteger.valueOf(Long.MAX_VALUE)).longValue());
    }

    boolean requiredFlag(String name) {
        return present(name) && flag(name, false);
    }

    /** A field that may be missing but not null. */
    boolean flag(String name, boolean otherwise) {
        JsonNode value = object.path(name);
        if (isNamed(name) && !value.isBoolean()) {
            findings.problem(at(name), "expected true or false, found " + Kind.of(value));
        }
        return value.booleanValue(otherwise);
    }

    List<String> requiredTexts(String name) {
        return present(name) ? texts(name) : List.of();
    }

    List<String> texts(String name) {
        JsonNode list = object.path(name);
        List<String> texts = new ArrayList<>();
        if (!list.isArray()) {
            findings.problem(at(name), "expected a list of strings, found " + Kind.of(list));
        }
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            string(list.get(i), Pointers.child(at(name), String.valueOf(i))).ifPresent(texts::add);
        }
        return texts;
    }

    Map<String, String> map(String name) {
        JsonNode map = object.path(name);
        Map<String, String> texts = new LinkedHashMap<>();
        if (isAbsent(name)) {
            return texts;
        }
        if (!map.isObject()) {
            findings.problem(at(name), "expected an object of strings, found " + Kind.of(map));
        }
        map.forEachEntry(
                (key, value) -> string(value, Pointers.child(at(name), key)).ifPresent(text -> texts.put(key, text)));
        return texts;
    }

    /** Unknown fields are passed over, as there; those that look like a slip are told, comments are not. */
    void warnOfUnknown(List<String> known) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name) && !name.startsWith("_") && !name.startsWith("$")) {
                findings.warnings()
                        .add(findings.tree()
                                .keyProblem(
                                        at(name),
                                        "is not known to mistral.rs and passed over" + DidYouMean.hint(known, name)));
            }
        }
    }

    private boolean present(String name) {
        if (!isNamed(name)) {
            findings.problem(pointer, "has no " + name + ", which mistral.rs requires");
        }
        return isNamed(name);
    }

    private Optional<String> string(JsonNode value, String at) {
        if (!value.isString()) {
            findings.problem(at, "expected a string, found " + Kind.of(value));
            return Optional.empty();
        }
        return Optional.of(value.stringValue());
    }

    private boolean isAbsent(String name) {
        return object.path(name).isMissingNode() || object.path(name).isNull();
    }
}
