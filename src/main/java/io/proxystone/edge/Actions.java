package io.proxystone.edge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done when something happens. Nearly always it is one thing, for which no list is made. */
final class Actions {
    private @Nullable Runnable first;
    private List<Runnable> more = List.of();

    void add(Runnable action) {
        if (first == null) {
            first = action;
            return;
        }
        List<Runnable> longer = new ArrayList<>(more);
        longer.add(action);
        more = longer;
    }

    void remove(Runnable action) {
        if (first == action) {
            first = null;
        } else if (!more.isEmpty()) {
            more.remove(action);
        }
    }

    void clear() {
        first = null;
        more = List.of();
    }

    /** Does everything that is there now; what that adds or removes does not count. */
    void run() {
        Runnable one = first;
        List<Runnable> others = List.copyOf(more);
        if (one != null) {
            one.run();
        }
        others.forEach(Runnable::run);
    }
}
