package io.toolstream.client.deadletters;

import io.toolstream.wire.ReplayEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was done about one dead letter, folded from the replays topic. For one thread. */
final class History {
    private final String letter;
    private final List<Deed> deeds = new ArrayList<>();
    private final Map<String, @Nullable String> notes = new HashMap<>();

    /** What a killed replay could not tell may be told twice. */
    private final Set<String> ids = new HashSet<>();

    History(String letter) {
        this.letter = letter;
    }

    void add(ReplayEntry entry) {
        if (entry instanceof ReplayEntry.Planned planned) {
            notes.put(planned.plan(), planned.author().note());
        } else if (entry instanceof ReplayEntry.Resolved one && one.letter().equals(letter)) {
            deeds.add(deed(one.author(), one.author().note(), null));
        } else if (entry instanceof ReplayEntry.Sent one && one.letter().equals(letter) && ids.add(one.id())) {
            deeds.add(deed(one.author(), notes.get(one.plan()), new Deed.Sent(one.plan(), one.id())));
        }
    }

    private static Deed deed(ReplayEntry.Author author, @Nullable String note, Deed.@Nullable Sent sent) {
        return new Deed(author.atMillis(), author.by(), note, sent);
    }

    List<Deed> deeds() {
        return List.copyOf(deeds);
    }
}
