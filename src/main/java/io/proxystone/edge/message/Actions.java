package io.proxystone.edge.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done when something happens. Nearly always it is one thing, for which no list is made. */
public final class Actions {
    private @Nullable Runnable first;
    private List<Runnable> more = List.of();

    public void add(Runnable action) {
        if (first == null) {
            first = action;
            return;
        }
        List<Runnable> longer = new ArrayList<>(more);
        longer.add(action);
        more = longer;
    }

    public void remove(Runnable action) {
        if (first == action) {
            first = null;
        } else if (!more.isEmpty()) {
            more.remove(action);
        }
    }

    public void clear() {
        first = null;
        more = List.of();
    }

    /** Does everything that is there now; what that adds or removes does not count. */
    public void run() {
        Runnable one = first;
        List<Runnable> others = List.copyOf(more);
        if (one != null) {
            one.run();
        }
        others.forEach(Runnable::run);
    }
}
