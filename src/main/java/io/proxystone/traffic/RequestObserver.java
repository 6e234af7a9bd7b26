package io.proxystone.traffic;

/**
 * Learns of every request a listener has finished with. It is called on the event loop of the client's connection and must
 * neither wait nor throw.
 */
@FunctionalInterface
public interface RequestObserver {
    void requestEnded(RequestRecord request);

    /** One that tells several others. */
    static RequestObserver all(RequestObserver... observers) {
        RequestObserver[] targets = observers.clone();
        return request -> {
            for (RequestObserver observer : targets) {
                observer.requestEnded(request);
            }
        };
    }
}
