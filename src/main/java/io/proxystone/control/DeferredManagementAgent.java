package io.proxystone.control;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.management.DefaultManagementAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers a context's MBeans only while its revision is live. So revisions can follow each other under one name, and a
 * console shows the one that serves.
 */
final class DeferredManagementAgent extends DefaultManagementAgent {
    private static final Logger LOG = LoggerFactory.getLogger(DeferredManagementAgent.class);

    private enum Phase {
        PREPARING,
        LIVE,
        RETIRED
    }

    private final Map<ObjectName, Object> waiting = new LinkedHashMap<>();
    private Phase phase = Phase.PREPARING;

    DeferredManagementAgent(CamelContext context) {
        super(context);
    }

    @Override
    public synchronized void register(Object managed, ObjectName name, boolean force) throws JMException {
        switch (phase) {
            case PREPARING -> waiting.put(name, managed);
            case LIVE -> {
                waiting.put(name, managed);
                super.register(managed, name, force);
            }
            case RETIRED -> {
                // The names belong to the next revision.
            }
        }
    }

    @Override
    public synchronized void unregister(ObjectName name) throws JMException {
        waiting.remove(name);
        if (phase == Phase.LIVE) {
            super.unregister(name);
        }
    }

    @Override
    public synchronized boolean isRegistered(ObjectName name) {
        return phase == Phase.LIVE ? super.isRegistered(name) : waiting.containsKey(name);
    }

    /** Registers everything that has been waiting. */
    synchronized void goLive() {
        phase = Phase.LIVE;
        waiting.forEach((name, managed) -> {
            try {
                super.register(managed, name, true);
            } catch (JMException e) {
                LOG.atWarn().addKeyValue("name", name).log("MBean cannot be registered: {}", e.getMessage());
            }
        });
    }

    /** Takes everything off the MBean server, for good. */
    synchronized void retire() {
        for (ObjectName name : waiting.keySet()) {
            try {
                super.unregister(name);
            } catch (JMException e) {
                LOG.atWarn().addKeyValue("name", name).log("MBean cannot be removed: {}", e.getMessage());
            }
        }
        waiting.clear();
        phase = Phase.RETIRED;
    }
}
