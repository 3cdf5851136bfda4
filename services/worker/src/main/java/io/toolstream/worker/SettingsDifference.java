package io.toolstream.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which settings differ between two records of one kind: names such as {@code timeouts.connect}, never values, which may be
 * secret. Pure.
 */
final class SettingsDifference {
    private final List<String> names = new ArrayList<>();

    private SettingsDifference() {}

    static List<String> between(Record before, Record after) {
        SettingsDifference difference = new SettingsDifference();
        difference.compare("", before, after);
        return List.copyOf(difference.names);
    }

    private void compare(String name, @Nullable Object before, @Nullable Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Record one && after instanceof Record other && one.getClass() == other.getClass()) {
            components(name, one, other);
        } else if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> other) {
            entries(name, one, other);
        } else {
            names.add(name);
        }
    }

    private void components(String name, Record before, Record after) {
        for (RecordComponent component : before.getClass().getRecordComponents()) {
            compare(joined(name, component.getName()), value(component, before), value(component, after));
        }
    }

    private void entries(String name, Map<?, ?> before, Map<?, ?> after) {
        Set<String> keys = new TreeSet<>();
        before.keySet().forEach(key -> keys.add(String.valueOf(key)));
        after.keySet().forEach(key -> keys.add(String.valueOf(key)));
        keys.forEach(key -> compare(joined(name, key), before.get(key), after.get(key)));
    }

    private static String joined(String name, String next) {
        return name.isEmpty() ? next : name + "." + next;
    }

    private static @Nullable Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("settings are public records without side effects", e);
        }
    }
}
