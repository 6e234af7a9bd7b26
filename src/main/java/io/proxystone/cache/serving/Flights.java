package io.proxystone.cache.serving;

import io.proxystone.cache.CacheKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What is on its way from origins; what of it may be shared, by what the requests for it have in common. */
final class Flights {
    private final ConcurrentMap<String, Flight> flights = new ConcurrentHashMap<>();
    private final Set<Flight> all = ConcurrentHashMap.newKeySet();

    /** Whether something like this is on its way. */
    boolean isUnderWay(String shared) {
        return flights.containsKey(shared);
    }

    /** Has a look-up wait for the flight that is under way, or lead one of its own. */
    void joinOrLead(Flight own, Lookup lookup) {
        Flight first = flights.putIfAbsent(own.shared(), own);
        if (first == null) {
            own.start();
        } else if (!first.join(lookup)) {
            flights.remove(own.shared(), first);
            lookup.again();
        }
    }

    void started(Flight flight) {
        all.add(flight);
    }

    /** Nobody joins it any more. */
    void closed(Flight flight) {
        flights.remove(flight.shared(), flight);
    }

    void ended(Flight flight) {
        closed(flight);
        all.remove(flight);
    }

    /** Has nothing stored of what is on its way for a key: it was asked for before the resource changed. */
    void forbidStoring(CacheKey key) {
        for (Flight flight : all) {
            if (flight.key().equals(key)) {
                closed(flight);
                flight.forbidStoring();
            }
        }
    }
}
